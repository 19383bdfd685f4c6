//! Which agreement, household or unit a word means.

use super::read::Reader;
use crate::{
    cli::{
        open::{Session, unexpected},
        print::Trouble,
        wording,
    },
    desk::{
        Question, Reply,
        reply::{AgreementBrief, AgreementView},
    },
    domain::{
        agreement::{
            contract::Scope, number::AgreementNumber, signed::Signing, state::State, unit::Unit,
        },
        form::typed,
        id::{AgreementId, PersonId, UnitId},
        refusal::RecordRefusal,
        text::Lang,
    },
};

/// What is to be signed.
pub enum Target {
    /// One begun before.
    Begun(AgreementId),
    /// A new one, for these people; empty for everybody.
    New(Scope, Vec<PersonId>),
}

/// Reads what is to be signed: `a12` or a number, a household, a person (he alone), a unit.
pub fn target(session: &Session<'_>, text: &str) -> Result<Target, Trouble> {
    if is_agreement(text) {
        return Ok(Target::Begun(brief(session, text)?.id));
    }
    if text.trim().to_lowercase().parse::<UnitId>().is_ok() {
        return Ok(Target::New(
            Scope::Unit(unit(session, text)?.id),
            Vec::new(),
        ));
    }
    let household = match session.either(text)? {
        (Some(person), household) => {
            return Ok(Target::New(Scope::Members(household), vec![person]));
        }
        (None, household) => household,
    };
    // What was begun with the whole household is gone on with.
    let scope = Scope::Household(household);
    let begun = of(session, text)?.into_iter().find(|one| {
        let waits = matches!(one.state, State::Draft | State::Printed);
        waits && one.scope == scope
    });
    Ok(match begun {
        Some(begun) => Target::Begun(begun.id),
        None => Target::New(scope, Vec::new()),
    })
}

/// Finds one agreement: `a12`, its printed number, or the running one of a household or person.
///
/// # Errors
/// Refuses where nothing or several answer to it.
pub fn brief(session: &Session<'_>, text: &str) -> Result<AgreementBrief, Trouble> {
    let unknown = || {
        let what = text.to_owned();
        Trouble::refused(&RecordRefusal::Unknown { what }.into(), session.call.lang)
    };
    let question = Question::FindAgreement(text.to_owned());
    let Reply::Agreements(mut found) = session.ask(question)? else {
        return Err(unexpected());
    };
    if found.is_empty() && !is_agreement(text) {
        found = of(session, text)?;
        let is_open = |one: &AgreementBrief| match one.state {
            State::Draft | State::Printed | State::Active | State::Ending => true,
            State::Renewed
            | State::Terminated
            | State::Expired
            | State::Superseded
            | State::Void => false,
        };
        if found.iter().any(is_open) {
            found.retain(is_open);
        }
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(unknown()),
        several => {
            let lang = session.call.lang;
            let line = |one: &AgreementBrief| {
                let number = one.number.clone().unwrap_or_default();
                let word = one.word.name().get(lang);
                format!("{} {number} {} {word}", one.id, one.head)
            };
            let refusal = RecordRefusal::Several {
                what: text.to_owned(),
                found: several.iter().map(line).collect(),
            };
            Err(Trouble::refused(&refusal.into(), lang))
        }
    }
}

fn is_agreement(text: &str) -> bool {
    let text = typed::ascii_text(text.trim());
    text.parse::<AgreementNumber>().is_ok() || text.to_lowercase().parse::<AgreementId>().is_ok()
}

fn of(session: &Session<'_>, text: &str) -> Result<Vec<AgreementBrief>, Trouble> {
    let question = match session.either(text)? {
        (Some(person), _) => Question::Person(person),
        (None, household) => Question::Household(household),
    };
    match session.ask(question)? {
        Reply::Person(view) => Ok(view.agreements),
        Reply::Household(view) => Ok(view.agreements),
        _ => Err(unexpected()),
    }
}

/// Asks for an agreement whole.
pub fn view(
    session: &Session<'_>,
    agreement: AgreementId,
    signing: Option<Signing>,
) -> Result<AgreementView, Trouble> {
    let signing = signing.map(Box::new);
    match session.ask(Question::Agreement { agreement, signing })? {
        Reply::Agreement(view) => Ok(*view),
        _ => Err(unexpected()),
    }
}

/// Finds a unit by id or name.
///
/// # Errors
/// Refuses, naming those there are.
pub fn unit(session: &Session<'_>, text: &str) -> Result<Unit, Trouble> {
    let parties = Reader::new(session).parties()?;
    let text = text.trim();
    let named = |one: &&Unit| one.name == text || one.id.to_string() == text.to_lowercase();
    let found = parties.units.iter().find(named).cloned();
    found.ok_or_else(|| {
        let known = parties.units.iter();
        let known: Vec<String> = known
            .map(|one| format!("{} {}", one.id, one.name))
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let what = match session.call.lang {
            Lang::Zh => "单位",
            Lang::En => "unit",
        };
        let message = wording::no_word(what, text, &known, session.call.lang);
        Trouble::input("E-UNKNOWN", Some("UNIT"), message)
    })
}
