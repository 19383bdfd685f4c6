//! The words for refusals about residents.
//!
//! What is wrong with one answer of the card is said by `form`.

use super::FieldName;
use crate::domain::{refusal::PersonRefusal, text::Lang};

/// Says why the request is refused and what to do.
pub fn refusal(refusal: &PersonRefusal, name: FieldName<'_>, lang: Lang) -> String {
    use PersonRefusal as R;
    match refusal {
        R::Card(faults) => super::form::faults(faults, name, lang),
        R::Future { field } => future(&name(field), lang),
        R::NoHousehold
        | R::NoName
        | R::SameNumber { .. }
        | R::DeathDate { .. }
        | R::NotHere { .. }
        | R::BeforeStay { .. }
        | R::IsHere { .. } => match lang {
            Lang::Zh => zh(refusal),
            Lang::En => en(refusal),
        },
    }
}

fn future(field: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{field}：日期在今天之后，请核对。"),
        Lang::En => format!("{field}: the date lies after today, please check it."),
    }
}

fn zh(refusal: &PersonRefusal) -> String {
    use PersonRefusal as R;
    match refusal {
        R::NoHousehold => "每个人都要属于一户，请先选户或新建一户。".to_owned(),
        R::NoName => "还没有姓名；新生儿没取名的填“未取名”，一时不知道的填“待补”。".to_owned(),
        R::SameNumber { other, name } => {
            format!("这个证件号已经是{name}（{other}）的，请核对证件；若是同一个人，请改那份档案。")
        }
        R::DeathDate { earliest, latest } => {
            format!("死亡日期应在{earliest}（出生）到{latest}（今天）之间，请核对。")
        }
        R::NotHere { person } => {
            format!("{person}已迁出、死亡或作废，不能再记；若已回来，请先办“迁回”。")
        }
        R::IsHere { person } => format!("{person}本来就在这里，不用迁回。"),
        R::BeforeStay { person, since } => {
            format!("{person}从{since}起才在现在的户里，日期不能早于这一天，请核对。")
        }
        R::Card(_) | R::Future { .. } => String::new(),
    }
}

fn en(refusal: &PersonRefusal) -> String {
    use PersonRefusal as R;
    match refusal {
        R::NoHousehold => {
            "Everybody belongs to a household: choose one, or add a new one.".to_owned()
        }
        R::NoName => "The name is missing; write 未取名 for a child not named yet, 待补 when it is not known."
            .to_owned(),
        R::SameNumber { other, name } => format!(
            "This identity number is already {name}'s ({other}): check the document; if it is the same person, change that card."
        ),
        R::DeathDate { earliest, latest } => format!(
            "The day of death lies between {earliest} (birth) and {latest} (today): please check it."
        ),
        R::NotHere { person } => format!(
            "{person} has moved away, has died or is void: nothing can be recorded; if the person is back, record the return first."
        ),
        R::IsHere { person } => format!("{person} is here already; there is no return to record."),
        R::BeforeStay { person, since } => format!(
            "{person} joined the present household on {since}: the date cannot be earlier, please check it."
        ),
        R::Card(_) | R::Future { .. } => String::new(),
    }
}
