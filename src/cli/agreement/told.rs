//! How an agreement is told: one line, or whole.

use clap::Args;
use serde_json::{Map, Value, json};

use super::{document, target};
use crate::{
    cli::{
        open::Session,
        print::{self, Answer, Trouble},
        wording,
    },
    desk::reply::{AgreementBrief, AgreementPerson, AgreementView, Done},
    domain::{
        agreement::{contract::Scope, fulfilment::Promise, signed::Member, standing::Flags},
        text::{Lang, Text},
    },
    lang::refusals::agreement as words,
};

/// What `agreement show` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD|PERSON")]
    number: String,
}

/// Shows an agreement whole.
pub fn run(session: &Session<'_>, asked: &Arguments) -> Result<Answer, Trouble> {
    let brief = target::brief(session, &asked.number)?;
    Ok(whole(session, &target::view(session, brief.id, None)?))
}

/// Tells the agreements a change began or changed; the last one whole.
pub fn of_done(session: &Session<'_>, done: &Done) -> Result<Answer, Trouble> {
    // A renewal closes the one before in the same entry: the new one is what was asked for.
    let Some(agreement) = done.agreements.first() else {
        return Ok(Answer::new(
            json!({"agreements": []}),
            session.call.say(UNCHANGED).to_owned(),
        ));
    };
    Ok(whole(session, &target::view(session, *agreement, None)?))
}

/// Returns the keys of what is to be known of it besides its state.
pub fn flags(flags: Flags) -> Vec<&'static str> {
    named(flags).into_iter().map(|(key, _)| key).collect()
}

fn named(flags: Flags) -> Vec<(&'static str, Text)> {
    let all = [
        (flags.to_renew, "to_renew", words_of("该续约", "to renew")),
        (flags.expiring, "expiring", words_of("将到期", "expiring")),
        (
            flags.consent_incomplete,
            "consent_incomplete",
            words_of("待本人确认", "consent incomplete"),
        ),
        (
            flags.renewal_unconfirmed,
            "renewal_unconfirmed",
            words_of("续约未确认", "renewal unconfirmed"),
        ),
        (
            flags.unconfirmed_for_long,
            "unconfirmed_for_long",
            words_of("续约超31天未确认", "unconfirmed for long"),
        ),
        (
            flags.over_cap,
            "over_cap",
            words_of("超上限", "above the cap"),
        ),
        (flags.in_doubt, "in_doubt", words_of("存疑", "in doubt")),
        (
            flags.doctor_left,
            "doctor_left",
            words_of("医生已离任", "doctor left"),
        ),
        (
            flags.brought_in,
            "brought_in",
            words_of("名册带入", "told by a roster"),
        ),
    ];
    let set = all.into_iter().filter(|(is_set, ..)| *is_set);
    set.map(|(_, key, name)| (key, name)).collect()
}

/// Returns the keys every telling of an agreement has.
pub fn document(brief: &AgreementBrief) -> Map<String, Value> {
    let told = json!({
        "id": brief.id.to_string(),
        "number": brief.number,
        "state": brief.word.key(),
        "start": brief.term.map(|term| term.from),
        "end": brief.term.map(|term| term.to),
        "doctor": brief.doctor,
        "team": brief.team,
        "household": brief.scope.household().map(|home| home.to_string()),
        "unit": match brief.scope {
            Scope::Unit(unit) => Some(unit.to_string()),
            Scope::Household(_) | Scope::Members(_) => None,
        },
        "head": brief.head,
        "place": brief.place,
        "phone": brief.phone,
        "years": brief.years,
        "covered": brief.covered,
        "flags": flags(brief.flags),
    });
    match told {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Returns agreements, each with the keys every telling has.
pub fn documents(briefs: &[AgreementBrief]) -> Value {
    let told = briefs.iter().map(|brief| Value::Object(document(brief)));
    told.collect()
}

/// Lays agreements out below an empty line; nothing where there is none.
pub fn text(briefs: &[AgreementBrief], lang: Lang) -> String {
    if briefs.is_empty() {
        return String::new();
    }
    let briefs: Vec<&AgreementBrief> = briefs.iter().collect();
    format!("\n{}", table(&briefs, lang))
}

/// Lays agreements out, one a line.
pub fn table(briefs: &[&AgreementBrief], lang: Lang) -> String {
    let row = |brief: &&AgreementBrief| {
        let names = named(brief.flags).into_iter().map(|(_, name)| name);
        let names: Vec<&str> = names.map(|name| name.get(lang)).collect();
        vec![
            brief.id.to_string(),
            brief.number.clone().unwrap_or_default(),
            brief.place.clone(),
            brief.head.clone(),
            brief.word.name().get(lang).to_owned(),
            brief.covered.to_string(),
            days(brief),
            brief.doctor.clone(),
            names.join(" "),
        ]
    };
    let rows: Vec<Vec<String>> = briefs.iter().map(row).collect();
    let heads = [
        wording::ID,
        NUMBER,
        wording::PLACE,
        wording::HEAD,
        STATE,
        COVERED,
        TERM,
        DOCTOR,
        FLAGS,
    ];
    print::table(lang, &heads, &rows)
}

fn days(brief: &AgreementBrief) -> String {
    let days = brief
        .term
        .map(|term| format!("{} – {}", term.from, term.to));
    days.unwrap_or_default()
}

fn whole(session: &Session<'_>, view: &AgreementView) -> Answer {
    let lang = session.call.lang;
    let told = document::whole(view, document(&view.brief));
    Answer::new(Value::Object(told), text_of(view, lang))
}

fn text_of(view: &AgreementView, lang: Lang) -> String {
    let brief = &view.brief;
    let head = format!("{} {}", brief.place, brief.head);
    let names: Vec<&str> = named(brief.flags)
        .iter()
        .map(|(_, name)| name.get(lang))
        .collect();
    let number = brief.number.clone();
    let lines = [
        (wording::ID, brief.id.to_string()),
        (NUMBER, number.unwrap_or_else(|| WAITS.get(lang).to_owned())),
        (STATE, brief.word.name().get(lang).to_owned()),
        (FLAGS, names.join(" ")),
        (wording::HOUSEHOLD, head.trim().to_owned()),
        (TERM, days(brief)),
        (
            DOCTOR,
            format!("{} {}", brief.doctor, brief.team).trim().to_owned(),
        ),
    ];
    let mut text = print::pairs(lang, &lines);
    text.push('\n');
    text.push_str(&people_text(view, lang));
    let missing = &view.missing.required;
    if !missing.is_empty() {
        text.push('\n');
        text.push_str(LACKS.get(lang));
        for one in missing {
            text.push_str(&["  ", one.code(), " ", &words::refusal(one, lang), "\n"].concat());
        }
    }
    text
}

fn people_text(view: &AgreementView, lang: Lang) -> String {
    let signed = view.agreement.signed();
    let contents = &view.agreement.contents;
    let row = |person: &AgreementPerson| {
        let member = signed.and_then(|signed| signed.member(person.person));
        let left = contents
            .left_out
            .iter()
            .find(|left| left.person == person.person);
        let chosen = contents
            .covered
            .iter()
            .any(|one| one.person == person.person);
        let said = match (member, left) {
            (Some(member), _) => consent_text(member, lang),
            (None, Some(left)) => format!(
                "{} {} {}",
                UNSIGNED.get(lang),
                left.reason.name().get(lang),
                left.note
            ),
            (None, None) if chosen => String::new(),
            (None, None) => UNSIGNED.get(lang).to_owned(),
        };
        let promised: u32 = person.promises.iter().map(|one| one.required).sum();
        let kept: u32 = person.promises.iter().map(Promise::kept).sum();
        let missed: u32 = person.promises.iter().map(|one| one.missed).sum();
        let names: Vec<&str> = person.tags.iter().map(|tag| tag.name().get(lang)).collect();
        vec![
            person.person.to_string(),
            person.name.clone(),
            person.relation.clone(),
            names.join(" "),
            person
                .coverage
                .map_or_else(String::new, |days| format!("{} – {}", days.from, days.to)),
            if promised == 0 {
                String::new()
            } else {
                format!("{kept}/{promised}")
            },
            if missed == 0 {
                String::new()
            } else {
                missed.to_string()
            },
            said.trim().to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = view.people.iter().map(row).collect();
    let heads = [
        wording::ID,
        wording::NAME,
        wording::RELATION,
        wording::TAGS,
        DAYS,
        KEPT,
        MISSED,
        CONSENT,
    ];
    print::table(lang, &heads, &rows)
}

fn consent_text(member: &Member, lang: Lang) -> String {
    let consent = member.confirmed.as_ref().unwrap_or(&member.consent);
    format!(
        "{} {} {}",
        consent.kind.name().get(lang),
        consent.on,
        consent.evidence
    )
}

const fn words_of(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NUMBER: Text = words_of("协议编号", "number");
const STATE: Text = words_of("状态", "state");
const COVERED: Text = words_of("人数", "people");
const TERM: Text = words_of("起止", "term");
const DOCTOR: Text = words_of("签约医生", "doctor");
const FLAGS: Text = words_of("提醒", "marks");
const DAYS: Text = words_of("签约期间", "covered");
const KEPT: Text = words_of("履约", "kept");
const MISSED: Text = words_of("逾期", "missed");
const CONSENT: Text = words_of("同意", "consent");
const WAITS: Text = words_of("待编号", "no number yet");
const UNSIGNED: Text = words_of("未签", "not signed");
const LACKS: Text = words_of("还缺：\n", "Missing:\n");
const UNCHANGED: Text = words_of("没有改动。\n", "Nothing changed.\n");
