//! `cunyi referral list`: the referrals under way, by their age.

use serde_json::json;

use super::{
    open::{Session, unexpected},
    print::{self, Answer, Trouble},
};
use crate::{
    desk::{
        Question, Reply,
        reply::{ReferralRow, Stands},
    },
    domain::{
        programmes::reason::Reason,
        text::{Lang, Text},
    },
};

/// Lists them.
///
/// # Errors
/// Fails with the store.
pub fn run(session: &Session<'_>) -> Result<Answer, Trouble> {
    let Reply::Referrals(view) = session.ask(Question::Referrals)? else {
        return Err(unexpected());
    };
    let lang = session.call.lang;
    let rows: Vec<_> = view.rows.iter().map(document).collect();
    let lines: Vec<_> = view.rows.iter().map(|row| line(row, lang)).collect();
    let document = json!({ "date": view.today.to_string(), "referrals": rows });
    Ok(Answer::new(document, print::table(lang, &HEADS, &lines)))
}

fn document(row: &ReferralRow) -> serde_json::Value {
    let (state, day) = match row.stands {
        Stands::Open(due) => ("open", Some(due)),
        Stands::Waiting => ("waiting", None),
        Stands::Returned(on) => ("returned", Some(on)),
    };
    let check = day.filter(|_| state == "open").map(|day| day.to_string());
    let returned = day.filter(|_| state == "returned");
    let programmes = row.programmes.iter();
    json!({
        "person": row.who.person.to_string(),
        "name": row.who.name,
        "household": row.who.household.to_string(),
        "place": row.who.place,
        "sent": row.sent.to_string(),
        "days": row.age,
        "to": row.to,
        "reason": row.reason,
        "rule_reason": row.why.map(Reason::key),
        "programmes": programmes.map(|kind| kind.code()).collect::<Vec<_>>(),
        "urgent": row.urgent,
        "slip": row.has_slip,
        "state": state,
        "check_due": check,
        "returned": returned.map(|day| day.to_string()),
    })
}

fn line(row: &ReferralRow, lang: Lang) -> Vec<String> {
    let slip = if row.has_slip { YES } else { NONE };
    let stands = match row.stands {
        Stands::Open(due) => format!("{} {due}", CHECK.get(lang)),
        Stands::Waiting => WAITING.get(lang).to_owned(),
        Stands::Returned(on) => format!("{} {on}", RETURNED.get(lang)),
    };
    let by_rules = row.why.map(|why| why.text().get(lang).to_owned());
    let reason = Some(row.reason.clone()).filter(|reason| !reason.is_empty());
    vec![
        row.who.person.to_string(),
        row.who.name.clone(),
        row.who.place.clone(),
        row.sent.to_string(),
        row.age.to_string(),
        slip.get(lang).to_owned(),
        stands,
        row.to.clone(),
        reason.or(by_rules).unwrap_or_default(),
    ]
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const YES: Text = text("有", "yes");
const NONE: Text = text("未开", "none");
const CHECK: Text = text("待核实", "check");
const WAITING: Text = text("待回转单", "no return slip");
const RETURNED: Text = text("已回转", "returned");
const HEADS: [Text; 9] = [
    text("编号", "id"),
    text("姓名", "name"),
    text("组-门", "door"),
    text("转出日", "sent"),
    text("天数", "days"),
    text("转诊单", "slip"),
    text("进展", "stands"),
    text("转往", "to"),
    text("原因", "why"),
];
