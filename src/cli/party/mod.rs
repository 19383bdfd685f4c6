//! Who signs agreements and what is offered: `doctor`, `team`, `unit`, `package`, `voucher`.

pub mod doctor;
pub mod package;
pub mod team;
pub mod unit;
pub mod voucher;

use super::{
    open::Session,
    print::{Answer, Trouble},
};
use crate::{
    desk::{Command, reply::PartiesView, request::Party},
    domain::{day::Day, text::Text},
};

/// Writes a party down, and tells how it stands then.
fn keep(
    session: &Session<'_>,
    parties: &PartiesView,
    (party, seen): (Party, super::seen::SeenUntil),
    told: impl FnOnce(&PartiesView) -> Answer,
) -> Result<Answer, Trouble> {
    let seen = seen.of(&parties.seen);
    session.change_seen(seen, Command::KeepParty(Box::new(party)))?;
    let parties = super::agreement::Reader::new(session).parties()?;
    Ok(told(&parties))
}

/// Reads a day that may be left out.
fn day(session: &Session<'_>, option: &str, given: Option<&str>) -> Result<Option<Day>, Trouble> {
    given.map(|day| session.day(option, Some(day))).transpose()
}

fn days(from: Day, until: Option<Day>) -> String {
    let until = until.map_or_else(String::new, |until| until.to_string());
    format!("{from} – {until}").trim_end().to_owned()
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const KIND: Text = text("类别", "kind");
const DAYS: Text = text("起止", "days");
const PERSONS: Text = text("人数", "persons");
const CODE: Text = text("编号", "code");
const PHONE: Text = text("电话", "phone");
const NOTHING: Text = text("还没有登记。\n", "Nothing is written down yet.\n");
