//! How an agreement ends by both sides: notice, the two signatures, the end sheet.

use clap::Args;

use super::{members::act, read::Reader, sign::knowing, target, told};
use crate::{
    cli::{
        open::Session,
        print::{Answer, Trouble},
        seen::SeenUntil,
    },
    desk::{Command, reply::AgreementView},
    domain::{
        agreement::{
            action::Action,
            signed::{Notice, NoticeReason, Side, Signature},
            state::State,
        },
        day::Day,
        text::Text,
    },
};

/// What `agreement end` takes: as much of it as is told is done, in this order.
#[derive(Debug, Args)]
pub struct EndArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
    #[arg(long, value_name = "1..4")]
    way: Option<String>,
    #[arg(long, value_name = "1..5")]
    reason: Option<String>,
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "NAME")]
    resident: Option<String>,
    #[arg(long, value_name = "NAME")]
    clinic: Option<String>,
    #[arg(long = "last-day", value_name = "DATE")]
    last_day: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    sheet: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement withdraw` takes.
#[derive(Debug, Args)]
pub struct WithdrawArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "PERSON")]
    by: String,
    #[arg(long, value_name = "TEXT")]
    evidence: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement stop` takes.
#[derive(Debug, Args)]
pub struct StopArguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long, value_name = "TEXT")]
    evidence: String,
    #[arg(long = "last-day", value_name = "DATE")]
    last_day: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

fn found(session: &Session<'_>, number: &str) -> Result<AgreementView, Trouble> {
    let brief = target::brief(session, number)?;
    target::view(session, brief.id, None)
}

/// T06, the signatures, T08: what is told of them, in one entry.
pub fn end(session: &Session<'_>, asked: &EndArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let view = found(session, &asked.number)?;
    let reader = knowing(session, &view.people);
    let on = session.day("--date", asked.date.as_deref())?;
    let mut actions = Vec::new();
    if let Some(by) = &asked.by {
        actions.push(Action::GiveNotice(notice(&reader, asked, by, on)?));
    }
    let sides = [
        (Side::Resident, &asked.resident),
        (Side::Clinic, &asked.clinic),
    ];
    for (side, name) in sides {
        if let Some(name) = name {
            let staff = match side {
                Side::Clinic => reader.staff("--clinic", name).ok().map(|(id, _)| id),
                Side::Resident => None,
            };
            let name = name.trim().to_owned();
            let signature = Signature { name, staff, on };
            actions.push(Action::SignEnding { side, signature });
        }
    }
    if asked.sheet.is_some() || asked.last_day.is_some() {
        actions.push(Action::End {
            last_day: session.day("--last-day", asked.last_day.as_deref())?,
            sheet: asked.sheet.clone().unwrap_or_default(),
        });
    }
    if actions.is_empty() {
        let next = match view.brief.state {
            State::Ending => SIGN_NEXT,
            State::Draft
            | State::Printed
            | State::Active
            | State::Renewed
            | State::Terminated
            | State::Expired
            | State::Superseded
            | State::Void => NOTICE_FIRST,
        };
        return Err(Trouble::input("E-ARGUMENT", None, session.call.say(next)));
    }
    let command = Command::AgreementSteps {
        agreement: Some(view.agreement.id),
        actions,
    };
    let done = session.change_seen(asked.seen.of(&view.seen), command)?;
    told::of_done(session, &done)
}

fn notice(
    reader: &Reader<'_, '_>,
    asked: &EndArguments,
    by: &str,
    on: Day,
) -> Result<Notice, Trouble> {
    Ok(Notice {
        on,
        by: reader.person(by)?,
        way: reader.coded("--way", asked.way.as_deref().unwrap_or("1"))?,
        reason: match &asked.reason {
            Some(given) => reader.coded("--reason", given)?,
            None => NoticeReason::Other,
        },
        note: asked.note.clone().unwrap_or_default(),
    })
}

/// T07
pub fn withdraw(session: &Session<'_>, asked: &WithdrawArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let view = found(session, &asked.number)?;
    let action = Action::WithdrawNotice {
        by: knowing(session, &view.people).person(&asked.by)?,
        on: session.day("--date", asked.date.as_deref())?,
        evidence: asked.evidence.clone(),
    };
    act(session, &view, action, asked.seen)
}

/// T13: the institution stops the service.
pub fn stop(session: &Session<'_>, asked: &StopArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let view = found(session, &asked.number)?;
    let action = Action::StopService {
        last_day: session.day("--last-day", asked.last_day.as_deref())?,
        evidence: asked.evidence.clone(),
    };
    act(session, &view, action, asked.seen)
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NOTICE_FIRST: Text = text(
    "请写明谁提出解约：--by 人，--way 1当面 2电话 3书面 4线上，--reason 1搬迁 2服务不满意 3换医生 4费用 5其他。",
    "Say who gives notice: --by PERSON, --way 1..4, --reason 1..5.",
);
const SIGN_NEXT: Text = text(
    "已提出解约。双方签字：--resident 姓名 --clinic 姓名；签完写 --last-day 日期 --sheet 解约单编号。",
    "Notice was given. Both sides sign: --resident NAME --clinic NAME; then --last-day DATE --sheet NUMBER.",
);
