//! The copies of an agreement on their way to a file: the originals first, what goes beyond them
//! as reprints.

use crate::{
    desk::{Question, Reply, Stop, reply::AgreementPaperView},
    domain::{clock, id::AgreementId},
    paper::{
        agreement::{Copy, Facts, ORIGINALS, Printing, agreement},
        print::Document,
    },
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

/// Asks for the file the copies printed last go to.
pub fn came(reply: Result<Reply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    let view = match reply {
        Ok(Reply::AgreementPaper(view)) => view,
        other => return unexplained(other),
    };
    let number = view.agreement.number.as_ref().map(ToString::to_string);
    let name = format!(
        "{}-{}-{}.html",
        hand.look.say(words::PRINTED_FILE),
        view.head,
        number.unwrap_or_else(|| view.today.to_string())
    );
    let asked = sheet::State::of_documents(copies(&view)?, &name);
    Some(Outcome::Open(Box::new(Screen::Sheet(Box::new(asked)))))
}

fn copies(view: &AgreementPaperView) -> Option<Vec<Document>> {
    let contract = Facts {
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
    }
    .contract();
    let at = format!("{} {}", view.today, clock::time_of(view.now));
    let last = view.agreement.prints.last()?;
    let all = view.agreement.copies();
    let first = all.saturating_sub(last.copies) + 1;
    let numbers = first..=all;
    let documents = numbers.map(|number| {
        let copy = if number <= ORIGINALS {
            Copy::Original(number)
        } else {
            Copy::Reprint
        };
        agreement(&contract, &last.template, Printing { at: &at, copy })
    });
    documents.collect()
}
