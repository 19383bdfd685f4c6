//! What else happens to agreements: doubts, renewal spoken of, who acts, discarded, made void.

use clap::Args;

use super::{
    members::act,
    read::{Approving, Reader},
    target, told,
};
use crate::{
    cli::{
        open::Session,
        print::{Answer, Trouble},
        seen::SeenUntil,
    },
    domain::agreement::action::{Action, Voiding},
};

/// What `agreement spoken` takes.
#[derive(Debug, Args)]
pub struct SpokenArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement doubt` takes.
#[derive(Debug, Args)]
pub struct DoubtArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "TEXT")]
    cause: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement clear` takes.
#[derive(Debug, Args)]
pub struct ClearArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "TEXT")]
    finding: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement acting` takes.
#[derive(Debug, Args)]
pub struct ActingArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(value_name = "DOCTOR")]
    doctor: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement discard` takes.
#[derive(Debug, Args)]
pub struct DiscardArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement void` takes.
#[derive(Debug, Args)]
pub struct VoidArguments {
    #[arg(value_name = "NUMBER")]
    number: String,
    #[arg(long, value_name = "1|2")]
    finding: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    approving: Approving,
    #[arg(long, value_name = "DATE")]
    informed: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

fn done(
    session: &Session<'_>,
    number: &str,
    seen: SeenUntil,
    action: impl FnOnce() -> Result<Action, Trouble>,
) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let brief = target::brief(session, number)?;
    let view = target::view(session, brief.id, None)?;
    act(session, &view, action()?, seen)
}

/// Renewal was spoken of with the representative.
pub fn spoken(session: &Session<'_>, asked: &SpokenArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let on = session.day("--date", asked.date.as_deref())?;
        Ok(Action::SpeakOfRenewal { on })
    })
}

/// 存疑
pub fn doubt(session: &Session<'_>, asked: &DoubtArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let cause = asked.cause.clone();
        Ok(Action::Doubt { cause })
    })
}

/// 属实
pub fn clear(session: &Session<'_>, asked: &ClearArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let finding = asked.finding.clone();
        Ok(Action::ClearDoubt { finding })
    })
}

/// Who acts while the doctor of record has left.
pub fn acting(session: &Session<'_>, asked: &ActingArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let reader = Reader::new(session);
        let doctor = reader.doctor(&reader.parties()?, &asked.doctor)?;
        Ok(Action::NameActing { doctor })
    })
}

/// T14
pub fn discard(session: &Session<'_>, asked: &DiscardArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let reason = asked.reason.clone();
        Ok(Action::Discard { reason })
    })
}

/// T15
pub fn void(session: &Session<'_>, asked: &VoidArguments) -> Result<Answer, Trouble> {
    done(session, &asked.number, asked.seen, || {
        let reader = Reader::new(session);
        let informed = asked.informed.as_deref();
        Ok(Action::Void(Box::new(Voiding {
            finding: reader.coded("--finding", &asked.finding)?,
            reason: asked.reason.clone(),
            approval: reader.approval(&asked.approving)?,
            informed: informed
                .map(|day| session.day("--informed", Some(day)))
                .transpose()?,
        })))
    })
}
