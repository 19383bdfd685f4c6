//! What left the store, in the words people use for it.

use crate::domain::{
    looking::Handed,
    text::{Lang, Text},
};

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// Says what left the store, how much of it and in which form.
pub fn handed(handed: &Handed, lang: Lang) -> String {
    let Handed { what, rows, format } = handed;
    let known = WORDS.iter().find(|(key, _)| key == what);
    let what = known.map_or(what.as_str(), |(_, text)| text.get(lang));
    match lang {
        Lang::Zh => format!("{what} {rows}行 {format}"),
        Lang::En => format!("{what}, {rows} rows, {format}"),
    }
}

/// By the stable key that is noted; papers with a name of their own keep it.
const WORDS: &[(&str, Text)] = &[
    ("people", text("居民名册", "residents")),
    ("journal", text("账本", "the journal")),
    ("register", text("门诊日志", "outpatient register")),
    ("agreements", text("签约协议名单", "agreements")),
    ("agreement", text("签约协议", "agreement")),
    ("slip", text("转诊单", "referral slip")),
    ("report", text("签约登记表", "register of signings")),
    ("round", text("走访单", "round sheet")),
];
