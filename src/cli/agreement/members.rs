//! Members of a running agreement: who joins, who leaves, whose own word comes later.

use clap::Args;

use super::{
    read::{Approving, Reader},
    sign::knowing,
    signing::{Taken, consent},
    target, told,
};
use crate::{
    cli::{
        open::Session,
        print::{Answer, Trouble},
        seen::SeenUntil,
        wording,
    },
    desk::{Command, reply::AgreementView},
    domain::{
        agreement::{
            action::{Action, Joining},
            cap::CapOverride,
            consent::Consent,
            contract::Basic,
            signed::LeaveReason,
        },
        id::PersonId,
        text::Text,
    },
};

/// What `agreement join` takes.
#[derive(Debug, Args)]
pub struct JoinArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "KIND,EVIDENCE[,GUARDIAN,RELATION]")]
    consent: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long = "taken-by", value_name = "NAME")]
    taken_by: Option<String>,
    #[arg(long, value_name = "GROUNDS")]
    incapable: Option<String>,
    #[arg(long = "above-cap", value_name = "REASON")]
    above_cap: Option<String>,
    #[command(flatten)]
    approving: Approving,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement leave` takes.
#[derive(Debug, Args)]
pub struct LeaveArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "died|moved|opts_out")]
    reason: String,
    #[arg(long, value_name = "TEXT")]
    to: Option<String>,
    #[arg(long, value_name = "KIND,EVIDENCE[,GUARDIAN,RELATION]")]
    consent: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long = "taken-by", value_name = "NAME")]
    taken_by: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement confirm` takes.
#[derive(Debug, Args)]
pub struct ConfirmArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "KIND,EVIDENCE[,GUARDIAN,RELATION]")]
    consent: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long = "taken-by", value_name = "NAME")]
    taken_by: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// A running agreement and somebody it is, or will be, about.
struct About {
    view: AgreementView,
    person: PersonId,
}

impl About {
    fn find(session: &Session<'_>, number: &str, person: &str) -> Result<Self, Trouble> {
        let brief = target::brief(session, number)?;
        let view = target::view(session, brief.id, None)?;
        let person = knowing(session, &view.people).person(person)?;
        Ok(Self { view, person })
    }

    fn consent(
        &self,
        session: &Session<'_>,
        given: &str,
        (date, taken_by): (Option<&str>, Option<&str>),
    ) -> Result<Consent, Trouble> {
        let reader = knowing(session, &self.view.people);
        let taken = taken(&reader, date, taken_by)?;
        consent(&reader, given, Some(self.person), &taken)
    }

    fn change(
        &self,
        session: &Session<'_>,
        action: Action,
        seen: SeenUntil,
    ) -> Result<Answer, Trouble> {
        act(session, &self.view, action, seen)
    }
}

fn taken(
    reader: &Reader<'_, '_>,
    date: Option<&str>,
    taken_by: Option<&str>,
) -> Result<Taken, Trouble> {
    Ok(Taken {
        on: reader.day("--date", date)?,
        by: match taken_by {
            Some(name) => reader.staff("--taken-by", name)?.0,
            None => reader.session.user()?,
        },
    })
}

/// Does one thing with an agreement and tells how it stands then.
pub fn act(
    session: &Session<'_>,
    view: &AgreementView,
    action: Action,
    seen: SeenUntil,
) -> Result<Answer, Trouble> {
    let command = Command::Agreement {
        agreement: Some(view.agreement.id),
        action: Box::new(action),
    };
    let done = session.change_seen(seen.of(&view.seen), command)?;
    told::of_done(session, &done)
}

/// T04
pub fn join(session: &Session<'_>, asked: &JoinArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let about = About::find(session, &asked.number, &asked.person)?;
    let by = (asked.date.as_deref(), asked.taken_by.as_deref());
    let above_cap = match &asked.above_cap {
        Some(reason) => Some(CapOverride {
            reason: reason.clone(),
            approval: Reader::new(session).approval(&asked.approving)?,
        }),
        None => None,
    };
    let joining = Joining {
        person: about.person,
        basic: Some(Basic::Included),
        consent: about.consent(session, &asked.consent, by)?,
        incapable: asked.incapable.clone().unwrap_or_default(),
        above_cap,
    };
    about.change(session, Action::Join(Box::new(joining)), asked.seen)
}

/// T05
pub fn leave(session: &Session<'_>, asked: &LeaveArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let lang = session.call.lang;
    let about = About::find(session, &asked.number, &asked.person)?;
    let last_day = session.day("--date", asked.date.as_deref())?;
    let reason = match asked.reason.trim() {
        "died" => LeaveReason::Died,
        "moved" => LeaveReason::MovedOut {
            to: asked.to.clone().unwrap_or_default(),
        },
        "opts_out" => {
            let Some(given) = &asked.consent else {
                let message = session.call.say(OPTS_OUT);
                return Err(Trouble::input("E-AGR-CONSENT", Some("--consent"), message));
            };
            let by = (asked.date.as_deref(), asked.taken_by.as_deref());
            let signature = Box::new(about.consent(session, given, by)?);
            LeaveReason::OptsOut { signature }
        }
        other => {
            let known = ["died", "moved", "opts_out"];
            let message = wording::no_word("--reason", other, &known, lang);
            return Err(Trouble::input("E-CODE", Some("--reason"), message));
        }
    };
    let action = Action::Leave {
        person: about.person,
        last_day,
        reason,
    };
    about.change(session, action, asked.seen)
}

/// A provisional member's own word.
pub fn confirm(session: &Session<'_>, asked: &ConfirmArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let about = About::find(session, &asked.number, &asked.person)?;
    let by = (asked.date.as_deref(), asked.taken_by.as_deref());
    let consent = about.consent(session, &asked.consent, by)?;
    about.change(session, Action::Confirm(consent), asked.seen)
}

const OPTS_OUT: Text = Text {
    zh: "本人要求退出，要有本人或监护人的签字：--consent 1,页码。",
    en: "Who opts out signs for it, or the guardian does: --consent 1,PAGE.",
};
