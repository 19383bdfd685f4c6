//! Asks for the file a print goes to: the round sheet (who is visited today, where, by which
//! telephone, for what), or a document. The file is the paper layer's.

use ratatui::{Frame, layout::Rect};

use super::{Outcome, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Glance, QueueRow},
    },
    domain::id::PersonId,
    lang::outcome,
    paper::{
        export::{Overwrite, Table, TableCell, TableColumn},
        print::Document,
    },
    tui::{
        action::{Action, Person},
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells, frame,
            hints::{self, Hint},
            questions::{Did, Item, Questions},
            who,
        },
        words::queue as words,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[Hint::of(&[Action::Person(Person::Save)]), hints::BACK];

/// What is written, and where it goes.
#[derive(Debug)]
pub struct State {
    prompt: Questions,
    what: What,
    asked: Option<Ticket>,
}

#[derive(Debug)]
enum What {
    /// Who stands on the round sheet.
    Round {
        rows: Vec<QueueRow>,
        glances: Vec<Glance>,
    },
    Documents {
        /// What they are, as a stable key.
        what: &'static str,
        people: Vec<PersonId>,
        documents: Vec<Document>,
    },
}

/// Something to be written to a file.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub file: String,
    pub overwrite: Overwrite,
    pub content: Content,
    /// What it is, as a stable key, and whom it tells of.
    pub what: &'static str,
    pub people: Vec<PersonId>,
}

/// What a file is made of.
#[derive(Debug, Clone)]
pub enum Content {
    /// A table with the line above it.
    Table { title: String, table: Table },
    /// One after the other: the copies of a paper.
    Documents(Vec<Document>),
}

impl State {
    /// Returns the question for the file of these rows.
    pub fn of(rows: Vec<&QueueRow>, hand: &Hand<'_>) -> Self {
        let title = hand.look.say(words::SHEET_TITLE);
        let name = format!("{title}-{}.txt", hand.today());
        let rows = rows.into_iter().cloned().collect();
        let glances = Vec::new();
        Self::asking(&name, What::Round { rows, glances })
    }

    /// Returns the question for the file of documents: `what` they are, as a stable key, and
    /// whom they tell of.
    pub fn of_documents(
        documents: Vec<Document>,
        name: &str,
        (what, people): (&'static str, Vec<PersonId>),
    ) -> Self {
        let what = What::Documents {
            what,
            people,
            documents,
        };
        Self::asking(name, what)
    }

    fn asking(name: &str, what: What) -> Self {
        Self {
            prompt: Questions::of(vec![Item::text(words::SHEET_FILE, name)]),
            what,
            asked: None,
        }
    }

    fn sheet(&self, hand: &Hand<'_>) -> Sheet {
        let (what, people, content) = match &self.what {
            What::Round { rows, glances } => {
                let people = rows.iter().map(|row| row.row.person).collect();
                ("round", people, round(rows, glances, hand))
            }
            What::Documents {
                what,
                people,
                documents,
            } => (*what, people.clone(), Content::Documents(documents.clone())),
        };
        Sheet {
            file: self.prompt.text(0).to_owned(),
            overwrite: Overwrite::Refused,
            content,
            what,
            people,
        }
    }
}

fn round(rows: &[QueueRow], glances: &[Glance], hand: &Hand<'_>) -> Content {
    let look = hand.look;
    let columns = [
        ("place", words::WHERE),
        ("name", words::NAME),
        ("what", words::WHAT),
        ("due", words::WHEN),
        ("phone", words::PHONE),
        ("last", words::LAST),
        ("address", words::ADDRESS),
    ];
    let column = |(key, title)| TableColumn::new(key, look.say(title));
    let rows = rows.iter().map(|row| round_row(row, glances, hand));
    Content::Table {
        title: look
            .say(words::SHEET_DATE)
            .replace("{clinic}", &hand.place.clinic)
            .replace("{day}", &hand.today().to_string()),
        table: Table {
            columns: columns.into_iter().map(column).collect(),
            rows: rows.collect(),
        },
    }
}

fn round_row(shown: &QueueRow, glances: &[Glance], hand: &Hand<'_>) -> Vec<TableCell> {
    let (look, today, row) = (hand.look, hand.today(), &shown.row);
    let glance = glances.iter().find(|glance| glance.person == row.person);
    let last = glance
        .and_then(|glance| glance.last.as_ref())
        .map(|contact| {
            let measured = contact.happening.measured().unwrap_or_default();
            let measured = outcome::measured(&measured, look.lang);
            format!("{} {measured}", who::near(contact.day, today))
        });
    let who = who::sex_age(look, shown.sex, shown.birth, today);
    let cells = [
        Some(shown.place.clone()),
        Some(format!("{} {who}", shown.name)),
        Some(super::queue::what(look, row)),
        Some(super::queue::due(look, row, today)),
        glance.map(|glance| glance.phone.clone()),
        last,
        glance.map(|glance| glance.address.clone()),
    ];
    cells.into_iter().map(TableCell::text).collect()
}

/// Asks for telephones and addresses.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    if let What::Round { rows, .. } = &state.what {
        let people = rows.iter().map(|row| row.row.person).collect();
        state.asked = Some(hand.ask(Question::Glances(people)));
    }
}

/// Takes them.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked == Some(ticket) {
        state.asked = None;
    }
    match reply {
        Ok(Reply::Glances(told)) => {
            if let What::Round { glances, .. } = &mut state.what {
                *glances = told;
            }
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Person>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.prompt.key(action, key) != Did::Accepted {
        return None;
    }
    if state.prompt.text(0).is_empty() {
        state.prompt.complain(0, words::SHEET_NO_FILE);
        return None;
    }
    let sheet = state.sheet(hand);
    hand.write(sheet);
    Some(Outcome::Leave)
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.prompt.paste(text);
}

/// Returns whether keys wait for the telephones.
pub fn holds(state: &State) -> bool {
    state.asked.is_some()
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let (title, hint) = match &state.what {
        What::Round { rows, .. } => {
            let hint = look.say(words::SHEET_HINT);
            let hint = hint.replace("{}", &rows.len().to_string());
            (look.say(words::SHEET_TITLE), hint)
        }
        What::Documents { .. } => {
            let hint = look.say(words::PRINT_HINT).to_owned();
            (look.say(words::PRINT_TITLE), hint)
        }
    };
    let inner = frame::draw_box(look, frame, area, (60, 5), title);
    state.prompt.draw(look, frame, inner);
    cells::put(
        frame,
        inner.x,
        inner.y + 2,
        &hint,
        usize::from(inner.width),
        look.dim(),
    );
}
