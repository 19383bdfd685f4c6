//! The words of the pictures, zh and en side by side.

use chrono::Datelike;

use crate::{
    domain::{
        day::Day,
        text::{Lang, Text},
    },
    tui::theme::Look,
};

pub const YEAR: Text = text("全年", "Year");
pub const TRENDS: Text = text("趋势", "Trends");
pub const GROWTH: Text = text("生长", "Growth");
pub const DOSES: Text = text("接种", "Vaccines");
pub const PREGNANCY: Text = text("孕产", "Pregnancy");

pub const PAGES: Text = text("换图", "Page");
pub const MONTHS: Text = text("换月", "Month");
pub const YEARS: Text = text("换年/时段", "Year, time");
pub const SCROLL: Text = text("上下看", "Scroll");
pub const CELLS: Text = text("选剂次", "Choose dose");

pub const GIVEN: Text = text(
    "{}已记过，{}种的；记错了按 {} 打开往次记录更正",
    "{} is recorded, given on {}; {} opens past visits to correct it",
);
pub const NO_DOSE: Text = text(
    "这一页没有要补记的；{} 看往次记录",
    "Nothing to record on this page; {} opens past visits",
);

pub const LOADING: Text = text("正在读取…", "Reading...");

/// Fills the holes `{}` of a sentence in order.
pub fn fill(look: &Look, sentence: Text, parts: &[&str]) -> String {
    let mut filled = look.say(sentence).to_owned();
    for part in parts {
        filled = filled.replacen("{}", part, 1);
    }
    filled
}

/// Returns the year as it heads a page.
pub fn of_year(year: i32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{year}年"),
        Lang::En => year.to_string(),
    }
}

/// Returns the day, without its year where that is this one.
pub fn short(day: Day, today: Day) -> String {
    if day.year() == today.year() {
        day.format("%m-%d").to_string()
    } else {
        day.to_string()
    }
}

/// Returns an age in months as said: `8月`, `3岁`, `2岁6月`.
pub fn age(months: u32, lang: Lang) -> String {
    match (lang, months / 12, months % 12) {
        (Lang::Zh, 0, months) => format!("{months}月"),
        (Lang::Zh, years, 0) => format!("{years}岁"),
        (Lang::Zh, years, months) if 1 < years => format!("{years}岁{months}月"),
        (Lang::Zh, _, _) => format!("{months}月"),
        (Lang::En, 0, months) => format!("{months}m"),
        (Lang::En, years, 0) => format!("{years}y"),
        (Lang::En, years, months) if 1 < years => format!("{years}y{months}m"),
        (Lang::En, _, _) => format!("{months}m"),
    }
}

pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
