//! The rows of the packages chosen, and of their fee lines.

use super::{
    super::{
        known::Form,
        spot::{Part, Spot},
        words,
    },
    content::{Line, Row},
};
use crate::{
    domain::{agreement::money::Fen, id::PersonId, text::Text},
    tui::theme::Look,
};

/// Returns the rows of the packages: who chose which, and what each costs.
pub fn lines(form: &Form, look: &Look, width: u16) -> Vec<Line> {
    let note = |text: Text| {
        Row::new(form, look, width)
            .word(look.say(text), width, look.dim())
            .done()
    };
    let mut lines = vec![note(words::BASIC)];
    if form.known.packages.is_empty() {
        lines.push(note(words::NO_PACKAGES));
        return lines;
    }
    for person in form.covered() {
        let told = form.known.person(person);
        let row =
            Row::new(form, look, width).word(told.map_or("", |one| &one.name), 10, look.text());
        let rest = row.rest();
        lines.push(row.spot(&Spot::Extras(person), rest).done());
    }
    let fees = form.fee_lines();
    if !fees.is_empty() {
        lines.push(Line::default());
        lines.push(fee_heading(form, look, width));
    }
    for (person, code, year) in fees {
        lines.push(fee_title(form, look, width, (person, &code, year)));
        lines.push(fee_row(form, look, width, (person, &code, year)));
    }
    lines
}

const MONEY: u16 = 7;
const NUMBER: u16 = 8;

fn fee_width(part: Part) -> u16 {
    match part {
        Part::Insurance | Part::Other | Part::Paid => MONEY,
        Part::Voucher | Part::Reduction | Part::Receipt => NUMBER,
    }
}

fn fee_heading(form: &Form, look: &Look, width: u16) -> Line {
    let mut row = Row::new(form, look, width).word("", 1, look.dim());
    for part in Part::ALL {
        row = row.word(look.say(part.label()), fee_width(part), look.dim());
    }
    row.word(look.say(words::PAYS), MONEY, look.dim()).done()
}

fn fee_title(
    form: &Form,
    look: &Look,
    width: u16,
    (person, code, year): (PersonId, &str, u32),
) -> Line {
    let told = form.known.person(person);
    let package = form.known.packages.iter().find(|one| one.code == code);
    let text = look
        .say(words::FEE_YEAR)
        .replace("{name}", told.map_or("", |one| &one.name))
        .replace("{package}", package.map_or(code, |one| &one.name))
        .replace("{year}", &year.to_string())
        .replace(
            "{price}",
            &package.map_or(Fen::ZERO, |one| one.price).to_string(),
        );
    Row::new(form, look, width)
        .word(&text, width, look.text())
        .done()
}

fn fee_row(
    form: &Form,
    look: &Look,
    width: u16,
    (person, code, year): (PersonId, &str, u32),
) -> Line {
    let mut row = Row::new(form, look, width).word("", 1, look.dim());
    for part in Part::ALL {
        let spot = Spot::Fee(person, code.to_owned(), year, part);
        row = row.spot(&spot, fee_width(part));
    }
    let pays = form.fee(person, code, year).resident.to_string();
    row.word(&pays, MONEY, look.strong()).done()
}
