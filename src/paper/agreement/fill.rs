//! A template's words and places become blocks: holes are filled, what is not known is a line
//! to write on.

use super::{Contract, Renews, Told, shown};
use crate::{
    catalog::papers::{Hole, Template, Words},
    domain::{agreement::term::Term, day::Day},
    paper::print::Block,
};
use chrono::Datelike as _;

/// To be written by hand.
const BLANK: &str = "________________";
const BLANK_DAY: &str = "______年____月____日";
/// Instead of a number, while the village has no code.
const NO_NUMBER: &str = "待编码";

/// Returns the blocks of the paper.
pub(super) fn blocks(template: &Template, told: &Told<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in &template.parts {
        if part.only.is_some_and(|show| !shown::has(show, told)) {
            continue;
        }
        blocks.push(Block::Heading(filled(&part.heading, told)));
        blocks.extend(part.blocks.iter().flat_map(|words| block(words, told)));
    }
    blocks
}

fn block(words: &Words, told: &Told<'_>) -> Vec<Block> {
    let strong_if = |renews: Renews, text: &String| {
        let is_so = told.contract.renews == renews;
        is_so.then(|| Block::Strong(filled(text, told)))
    };
    match words {
        Words::Text(text) => vec![Block::Text(filled(text, told))],
        Words::Strong(text) => vec![Block::Strong(filled(text, told))],
        Words::Renew(text) => Vec::from_iter(strong_if(Renews::ByItself, text)),
        Words::NoRenew(text) => Vec::from_iter(strong_if(Renews::OnlyByHand, text)),
        Words::Show(show) => shown::blocks(*show, told),
    }
}

fn filled(text: &str, told: &Told<'_>) -> String {
    Hole::ALL.iter().fold(text.to_owned(), |text, hole| {
        if text.contains(hole.mark()) {
            text.replace(hole.mark(), &fact(*hole, told))
        } else {
            text
        }
    })
}

fn fact(hole: Hole, told: &Told<'_>) -> String {
    let contract = told.contract;
    let clinic = &contract.clinic;
    let term = contract.term;
    match hole {
        Hole::Number => number(contract),
        Hole::Clinic => or_blank(&clinic.name),
        Hole::Doctor => or_blank(&clinic.doctor),
        Hole::Phone => or_blank(&clinic.phone),
        Hole::Hours => or_blank(&clinic.hours),
        Hole::Complaint => or_blank(&clinic.complaint),
        Hole::Head => or_blank(&contract.residents.head),
        Hole::Years => match contract.years {
            0 => "____".to_owned(),
            years => years.to_string(),
        },
        Hole::Start => day(term.map(|term| term.start)),
        Hole::End => day(term.map(Term::end)),
        Hole::NextStart => day(term.map(Term::next_start)),
        Hole::Page => told.supplement.map_or_else(
            || "____".to_owned(),
            |supplement| supplement.page.to_string(),
        ),
    }
}

/// Returns the number as it stands on paper.
pub(super) fn number(contract: &Contract) -> String {
    let number = contract.number.as_ref();
    number.map_or_else(|| NO_NUMBER.to_owned(), ToString::to_string)
}

/// Returns the text, or a line to write on.
pub(super) fn or_blank(text: &str) -> String {
    match text.trim() {
        "" => BLANK.to_owned(),
        text => text.to_owned(),
    }
}

/// Returns the day as 2026年2月20日, or a place to write one.
pub(super) fn day(day: Option<Day>) -> String {
    let written = |day: Day| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    day.map_or_else(|| BLANK_DAY.to_owned(), written)
}
