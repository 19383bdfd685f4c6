//! The copies of an agreement on their way to a file: the originals first, what goes beyond them
//! as reprints.

use crate::{
    desk::{Question, Reply, Stop, reply::AgreementPaperView},
    domain::{agreement::contract::Sheet, clock, id::AgreementId, text::Text},
    paper::{agreement::Facts, print::Document},
    tui::{
        hand::Hand,
        port::Ticket,
        screens::{Outcome, Screen, sheet, unexplained},
    },
};

use super::words;

/// Asks for what the paper tells.
pub fn ask(id: AgreementId, hand: &mut Hand<'_>) -> Ticket {
    hand.ask(Question::AgreementPaper(id))
}

/// Asks for the file the copies of this paper printed last go to.
pub fn came(reply: Result<Reply, Stop>, paper: Sheet, hand: &Hand<'_>) -> Option<Outcome> {
    let view = match reply {
        Ok(Reply::AgreementPaper(view)) => view,
        other => return unexplained(other),
    };
    let number = view.agreement.number.as_ref().map(ToString::to_string);
    let number = number.unwrap_or_else(|| view.today.to_string());
    let name = format!("{}-{}-{number}.html", hand.look.say(file(paper)), view.head);
    let people = view.people.iter().map(|(person, _)| person.id);
    let asked = sheet::State::of_documents(
        copies(&view, paper)?,
        &name,
        ("agreement", people.collect()),
    );
    Some(Outcome::Open(Box::new(Screen::Sheet(Box::new(asked)))))
}

const fn file(paper: Sheet) -> Text {
    match paper {
        Sheet::Agreement => words::PRINTED_FILE,
        Sheet::Supplement(_) => words::PRINTED_SUPPLEMENT,
        Sheet::End => words::PRINTED_END,
    }
}

fn copies(view: &AgreementPaperView, paper: Sheet) -> Option<Vec<Document>> {
    let facts = Facts {
        today: view.today,
        clinic: &view.clinic,
        head: &view.head,
        address: &view.address,
        household_no: &view.household_no,
        agreement: &view.agreement,
        people: &view.people,
        promises: &view.promises,
        fees: &view.fees,
        doctor: view.doctor.as_ref(),
        team: view.team.as_ref(),
        packages: &view.packages,
        auto_renew: view.auto_renew,
        on_paper: &view.on_paper,
    };
    let at = format!("{} {}", view.today, clock::time_of(view.now));
    let last = view.agreement.last_print(paper)?;
    let all = view.agreement.copies(paper);
    let first = all.saturating_sub(last.copies) + 1;
    facts.copies(paper, &last.template, first..=all, &at)
}
