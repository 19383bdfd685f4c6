//! The words for values of the clinic's settings and for what is wrong with one.
//!
//! Labels of keys stand in the catalogue.

use crate::domain::{
    settings::{Moves, SettingDefinition, SettingFault, SettingProblem, Shape},
    text::{Lang, Text},
};

/// Returns a value as people read it, with its unit.
pub fn value(shape: Shape, value: &str, lang: Lang) -> String {
    if let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == value) {
        return word.get(lang).to_owned();
    }
    let unit = shape.unit().get(lang);
    match (shape, lang) {
        (
            Shape::Days
            | Shape::DaysOrNone
            | Shape::Months
            | Shape::Years
            | Shape::Times
            | Shape::Hours,
            Lang::Zh,
        ) => format!("{value}{unit}"),
        (Shape::Pressure | Shape::Glucose, _) | (_, Lang::En) => {
            format!("{value} {unit}").trim_end().to_owned()
        }
        (Shape::MonthPair | Shape::ScorePair, Lang::Zh) => {
            format!("{}{unit}", value.replace(',', "、"))
        }
        (Shape::YesNo | Shape::Schedule | Shape::RateFrom, Lang::Zh) => value.to_owned(),
    }
}

/// Returns what a value may be: its words, or the range of its numbers.
pub fn range(definition: &SettingDefinition, lang: Lang) -> String {
    let shape = definition.shape;
    let words: Vec<String> = shape
        .words()
        .iter()
        .map(|word| value(shape, word, lang))
        .collect();
    if shape.is_word() {
        return words.join("/");
    }
    let (low, high) = (&definition.low, &definition.high);
    let to = match lang {
        Lang::Zh => "～",
        Lang::En => "-",
    };
    if words.is_empty() {
        return format!("{low}{to}{high}");
    }
    format!("{}/1{to}{high}", words.join("/"))
}

/// Says what a change of settings moves, a sentence a line.
pub fn moves(moves: &Moves, lang: Lang) -> Vec<String> {
    let Moves {
        due,
        added,
        gone,
        people,
        rows_more,
        rows_less,
        kept,
    } = moves;
    let moves_nothing = due + added + gone == 0;
    let rows_stay = rows_more + rows_less == 0;
    let mut lines = match lang {
        Lang::Zh => vec![
            if moves_nothing {
                "没有到期日因此变动。".to_owned()
            } else {
                format!("{people}人的{due}个到期日会变，新增{added}项，减少{gone}项。")
            },
            if rows_stay {
                "今日随访的名单不变。".to_owned()
            } else {
                format!("今日随访多{rows_more}行，少{rows_less}行。")
            },
        ],
        Lang::En => vec![
            if moves_nothing {
                "No due date moves.".to_owned()
            } else {
                format!(
                    "{due} due dates of {people} people move, {added} tasks are added, {gone} dropped."
                )
            },
            if rows_stay {
                "Today's queue stays as it is.".to_owned()
            } else {
                format!("Today's queue gains {rows_more} rows and loses {rows_less}.")
            },
        ],
    };
    match (kept, lang) {
        (0, _) => {}
        (_, Lang::Zh) => lines.push(format!(
            "已定下的{kept}项随访日期不变，从下一次记录起按新设置。"
        )),
        (_, Lang::En) => lines.push(format!(
            "{kept} visits set already keep their dates; the next records follow the new settings."
        )),
    }
    lines
}

/// Says what is wrong with one value.
pub fn problem(problem: &SettingProblem, lang: Lang) -> String {
    let SettingProblem {
        key,
        value: given,
        fault,
    } = problem;
    let fault = self::fault(fault, lang);
    match lang {
        Lang::Zh => format!("{key}={given}：{fault}。"),
        Lang::En => format!("{key}={given}: {fault}."),
    }
}

/// Says what is wrong, without the key.
pub fn fault(fault: &SettingFault, lang: Lang) -> String {
    match (fault, lang) {
        (SettingFault::UnknownKey, Lang::Zh) => "没有这项设置".to_owned(),
        (SettingFault::UnknownKey, Lang::En) => "there is no such setting".to_owned(),
        (SettingFault::NotReadable, Lang::Zh) => "看不懂这个值，请照默认值的写法".to_owned(),
        (SettingFault::NotReadable, Lang::En) => {
            "cannot be read: write it like the default".to_owned()
        }
        (SettingFault::OutOfRange { low, high }, Lang::Zh) => {
            format!("应在{low}到{high}之间")
        }
        (SettingFault::OutOfRange { low, high }, Lang::En) => {
            format!("must lie between {low} and {high}")
        }
        (SettingFault::WrongOrder, Lang::Zh) => "两个数的大小次序不对".to_owned(),
        (SettingFault::WrongOrder, Lang::En) => {
            "the two numbers stand in the wrong order".to_owned()
        }
    }
}

const WORDS: &[(&str, Text)] = &[
    ("yes", text("是", "yes")),
    ("no", text("否", "no")),
    ("none", text("不设", "none")),
    ("auto", text("自动", "automatic")),
    ("nip-2021", text("2021年版", "2021")),
    ("nip-2025", text("2025年版", "2025")),
    ("nip-2026", text("2026年版", "2026")),
    ("discharge", text("出院", "discharge")),
    ("delivery", text("分娩", "delivery")),
];

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
