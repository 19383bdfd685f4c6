//! The words for requests about agreements that were refused whole: every reason a line, and who
//! changed what stands in the way.

use super::agreement::refusal;
use crate::domain::{
    agreement::{
        refusal::{AgreementRefusal, Other},
        unit::UnitFault,
    },
    clock::{day_of, time_of},
    text::{Lang, Text},
};

/// Says why what was asked about agreements is refused, a line each, and who changed the
/// agreements that stand in the way.
pub fn asked(refused: &AgreementRefusal, lang: Lang) -> String {
    match refused {
        AgreementRefusal::Rules { found, others } => {
            let lines = found.iter().map(|one| refusal(one, lang));
            let lines = lines.chain(others.iter().map(|one| other(one, lang)));
            lines.collect::<Vec<_>>().join("\n")
        }
        AgreementRefusal::Unit(faults) => {
            let lines = faults.iter().map(|fault| unit(fault, lang));
            lines.collect::<Vec<_>>().join("\n")
        }
        AgreementRefusal::Voucher { number } => match lang {
            Lang::Zh => format!("券{number}已经登记过，或已用、已作废，请核对号码。"),
            Lang::En => format!(
                "Voucher {number} is registered already, or used or void: check its number."
            ),
        },
        AgreementRefusal::HeldBack { missed, needed } => match lang {
            Lang::Zh => format!(
                "已有{missed}天没有办理到期续约，请{}先确认电脑上的今天日期是否正确。",
                needed.name().zh
            ),
            Lang::En => format!(
                "Renewals of {missed} days are waiting: the {} must confirm today's date first.",
                needed.name().en
            ),
        },
    }
}

fn other(other: &Other, lang: Lang) -> String {
    let Other {
        id,
        number,
        doctor,
        by,
        at,
    } = other;
    let (day, time) = (day_of(*at), time_of(*at));
    let number = if number.is_empty() {
        id.to_string()
    } else {
        number.clone()
    };
    match lang {
        Lang::Zh => format!("协议{number}：医生{doctor}，由{by}于{day} {time}办理。"),
        Lang::En => format!("Agreement {number}: doctor {doctor}, by {by} on {day} at {time}."),
    }
}

fn unit(fault: &UnitFault, lang: Lang) -> String {
    let text = match fault {
        UnitFault::Missing { field } => {
            let (zh, en) = match *field {
                "name" => ("单位名称", "the name"),
                "contact" => ("联系人", "the contact"),
                "phone" => ("电话", "the telephone"),
                "address" => ("地址", "the address"),
                _ => ("人数", "the headcount"),
            };
            return match lang {
                Lang::Zh => format!("还没有填写单位的{zh}。"),
                Lang::En => format!("Fill in {en} of the unit."),
            };
        }
        UnitFault::CreditCode => Text {
            zh: "统一社会信用代码不对，请对照证照核对18位代码。",
            en: "The credit code is wrong: compare its 18 signs with the licence.",
        },
        UnitFault::Elsewhere { person, unit } => {
            return match lang {
                Lang::Zh => format!("{person}已在单位{unit}的名单上，一人只能在一个单位。"),
                Lang::En => format!("{person} is on the list of unit {unit} already."),
            };
        }
    };
    text.get(lang).to_owned()
}
