//! The words for what wants a second look on a card.

use super::{identity, phone};
use crate::domain::{doubt::Doubt, text::Lang};

/// Says what to look at.
pub fn doubt(doubt: &Doubt, lang: Lang) -> String {
    match (doubt, lang) {
        (Doubt::Mother { name, years }, Lang::Zh) => {
            format!("母亲{name}生这个孩子时{years}岁，请核对出生日期和母亲是哪一位。")
        }
        (Doubt::Mother { name, years }, Lang::En) => format!(
            "The mother {name} was {years} years old at the birth: check the dates and who the mother is."
        ),
        (Doubt::Similar { name, place, .. }, Lang::Zh) => {
            format!("{place} 已有姓名、性别、出生日期都相同的{name}，请核对是不是同一个人。")
        }
        (Doubt::Similar { name, place, .. }, Lang::En) => format!(
            "{name} at {place} has the same name, sex and birth date: is it the same person?"
        ),
        (Doubt::Phone(remark), _) => phone::remark(remark, lang),
        (Doubt::Number(remark), _) => identity::remark(remark, lang),
    }
}
