//! The words for values of the clinic's settings and for what is wrong with one.
//!
//! Labels of keys stand in the catalogue.

use crate::domain::{
    settings::{LONGEST_LINE, Moves, SettingDefinition, SettingFault, SettingProblem, Shape},
    text::{Lang, Text},
};

/// Returns a value as people read it, with its unit.
pub fn value(shape: Shape, value: &str, lang: Lang) -> String {
    if let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == value) {
        return word.get(lang).to_owned();
    }
    let unit = shape.unit().get(lang);
    match (shape, lang) {
        (Shape::Line, _) if value.is_empty() => BY_HAND.get(lang).to_owned(),
        (Shape::Line, _) => value.to_owned(),
        (
            Shape::Days
            | Shape::DaysOrNone
            | Shape::Months
            | Shape::Years
            | Shape::Times
            | Shape::Hours
            | Shape::Minutes
            | Shape::Count
            | Shape::Term
            | Shape::Yuan,
            Lang::Zh,
        ) => format!("{value}{unit}"),
        (Shape::Pressure | Shape::Glucose, _) | (_, Lang::En) => {
            format!("{value} {unit}").trim_end().to_owned()
        }
        (Shape::MonthPair | Shape::ScorePair | Shape::Terms, Lang::Zh) => {
            format!("{}{unit}", value.replace(',', "、"))
        }
        (
            Shape::YesNo | Shape::Schedule | Shape::RateFrom | Shape::Exclusive | Shape::HardCap,
            Lang::Zh,
        ) => value.to_owned(),
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
    if shape == Shape::Line {
        return LINE.get(lang).replace("{}", &LONGEST_LINE.to_string());
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
    let counted = |count: usize, (zh, en): (&str, &str)| {
        let text = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        (0 < count).then(|| text.replace("{}", &count.to_string()))
    };
    let told = [
        counted(moves.due, ("{}个到期日会变", "{} due dates move")),
        counted(moves.added, ("新增{}项", "{} tasks are added")),
        counted(moves.gone, ("减少{}项", "{} tasks are dropped")),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let rows = [
        counted(moves.rows_more, ("应访多{}行", "{} rows more due")),
        counted(moves.rows_less, ("应访少{}行", "{} rows fewer due")),
        counted(
            moves.aside_more,
            ("可提前、顺便多{}行", "{} more early or standing"),
        ),
        counted(
            moves.aside_less,
            ("可提前、顺便少{}行", "{} fewer early or standing"),
        ),
    ];
    let rows: Vec<String> = rows.into_iter().flatten().collect();
    let people = moves.people;
    let due = match (told.is_empty(), lang) {
        (true, Lang::Zh) => "没有到期日因此变动。".to_owned(),
        (true, Lang::En) => "No due date moves.".to_owned(),
        (false, Lang::Zh) => format!("涉及{people}人：{}。", told.join("，")),
        (false, Lang::En) => format!("{people} people: {}.", told.join(", ")),
    };
    let listed = match (rows.is_empty(), lang) {
        (true, Lang::Zh) => "今天的名单不变。".to_owned(),
        (true, Lang::En) => "Today's lists stay as they are.".to_owned(),
        (false, Lang::Zh) => format!("今天的名单：{}。", rows.join("，")),
        (false, Lang::En) => format!("Today's lists: {}.", rows.join(", ")),
    };
    let kept = counted(
        moves.kept,
        (
            "已定下的{}项随访日期不变，从下一次记录起按新设置。",
            "{} visits set already keep their dates; the next records follow the new settings.",
        ),
    );
    [due, listed].into_iter().chain(kept).collect()
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
        (SettingFault::TooLong { most }, Lang::Zh) => format!("最多{most}个字"),
        (SettingFault::TooLong { most }, Lang::En) => format!("at most {most} signs"),
    }
}

/// Of a line that is empty: its place on paper stays blank.
const BY_HAND: Text = text("空着手写", "left blank");
const LINE: Text = text("最多{}个字", "at most {} signs");

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
    ("household", text("按户", "household")),
    ("person", text("按人", "person")),
    ("override", text("批准后可签", "with approval")),
    ("never", text("不可签", "never")),
];

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
