//! `cunyi voucher`: 代金券 and 减免券, issued, used and made void.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{KIND, NOTHING, keep, text};
use crate::{
    cli::{
        agreement::Reader,
        open::Session,
        print::{self, Answer, Trouble},
        seen::SeenUntil,
        values,
    },
    desk::{reply::PartiesView, request::Party},
    domain::{
        agreement::voucher::{Holder, Voucher, VoucherState},
        text::{Lang, Text},
    },
};

/// What `voucher` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Add {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long, value_name = "1|2")]
        kind: String,
        #[arg(long, value_name = "YUAN")]
        amount: String,
        #[arg(long, value_name = "PERSON|HOUSEHOLD")]
        to: String,
        #[arg(long, value_name = "DATE")]
        issued: Option<String>,
        #[arg(long, value_name = "DATE")]
        expires: String,
        #[command(flatten)]
        seen: SeenUntil,
    },
    Void {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        seen: SeenUntil,
    },
}

/// Lists, issues or makes void.
///
/// # Errors
/// Refuses unknown people and numbers, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let reader = Reader::new(session);
    let parties = reader.parties()?;
    let lang = session.call.lang;
    let (number, party, seen) = match &arguments.action {
        None | Some(Action::List) => return Ok(answer(&parties, |_| true, lang)),
        Some(Action::Add {
            number,
            kind,
            amount,
            to,
            issued,
            expires,
            seen,
        }) => {
            let holder = match session.either(to)? {
                (Some(person), _) => Holder::Person(person),
                (None, household) => Holder::Household(household),
            };
            let voucher = Voucher {
                number: number.trim().to_owned(),
                kind: reader.coded("--kind", kind)?,
                amount: reader.money("--amount", amount)?,
                holder,
                issued: session.day("--issued", issued.as_deref())?,
                expires: session.day("--expires", Some(expires))?,
                state: VoucherState::Unused,
            };
            (number.trim(), Party::Voucher(voucher), *seen)
        }
        Some(Action::Void {
            number,
            reason,
            seen,
        }) => {
            let party = Party::VoidVoucher {
                number: number.clone(),
                reason: reason.clone(),
            };
            (number.trim(), party, *seen)
        }
    };
    keep(session, &parties, (party, seen), |parties| {
        answer(parties, |one| one.number == number, lang)
    })
}

fn answer(parties: &PartiesView, wanted: impl Fn(&Voucher) -> bool, lang: Lang) -> Answer {
    let vouchers = || parties.vouchers.iter().filter(|one| wanted(one));
    let rows: Vec<Value> = vouchers().map(document).collect();
    let cells: Vec<Vec<String>> = vouchers()
        .map(|one| {
            vec![
                one.number.clone(),
                one.kind.name().get(lang).to_owned(),
                one.amount.to_string(),
                holder(one),
                one.issued.to_string(),
                one.expires.to_string(),
                match one.state {
                    VoucherState::Unused => UNUSED.get(lang).to_owned(),
                    VoucherState::Used { on } => format!("{} {on}", USED.get(lang)),
                    VoucherState::Void => VOID.get(lang).to_owned(),
                },
            ]
        })
        .collect();
    let heads = [NUMBER, KIND, AMOUNT, HOLDER, ISSUED, EXPIRES, STATE];
    let text = if cells.is_empty() {
        NOTHING.get(lang).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Answer::new(json!({"vouchers": rows}), text)
}

fn holder(voucher: &Voucher) -> String {
    match voucher.holder {
        Holder::Person(person) => person.to_string(),
        Holder::Household(household) => household.to_string(),
    }
}

fn document(voucher: &Voucher) -> Value {
    let amount = voucher.amount.to_string();
    let (state, used) = match voucher.state {
        VoucherState::Unused => ("unused", None),
        VoucherState::Used { on } => ("used", Some(on)),
        VoucherState::Void => ("void", None),
    };
    json!({
        "number": voucher.number,
        "kind": voucher.kind.code(),
        "amount": amount.parse().map_or_else(|_| json!(amount), values::number),
        "to": holder(voucher),
        "issued": voucher.issued,
        "expires": voucher.expires,
        "state": state,
        "used": used,
    })
}

const NUMBER: Text = text("券号", "number");
const AMOUNT: Text = text("金额", "amount");
const HOLDER: Text = text("发给", "issued to");
const ISSUED: Text = text("发放", "issued");
const EXPIRES: Text = text("到期", "expires");
const STATE: Text = text("状态", "state");
const UNUSED: Text = text("未用", "unused");
const USED: Text = text("已用", "used");
const VOID: Text = text("作废", "void");
