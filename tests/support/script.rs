//! The fixed script by which bytes are counted: 30 rows down and 30 up in the queue with its
//! detail lines, 200 search queries typed key by key, one F01 answered singly.
//!
//! Each part asserts what stands on the screen before its figures count.

use std::sync::Arc;

use cunyi::{
    desk::{
        Desk, Question, Reply,
        reply::{QueueRow, VisitDeskView},
        request::QueueAsk,
    },
    domain::{id::PersonId, task::TaskKind, value::Value},
};

use super::line::Line;

/// Bytes of single keys.
#[derive(Debug, Default)]
pub struct Figures(Vec<usize>);

impl Figures {
    /// The middle of them.
    pub fn median(&self) -> usize {
        self.part(50)
    }

    /// At most so many for so many of a hundred keys.
    pub fn part(&self, percent: usize) -> usize {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
        sorted[at]
    }

    pub fn most(&self) -> usize {
        self.part(100)
    }

    pub fn keys(&self) -> usize {
        self.0.len()
    }
}

/// What the script sent.
#[derive(Debug, Default)]
pub struct Sent {
    /// Moves in the queue, until its detail lines stand.
    pub moves: Figures,
    /// Keys of search queries, until their rows stand.
    pub searched: Figures,
    /// Keys in the form.
    pub typed: Figures,
    /// Keys that lead from one screen to another.
    pub turned: Figures,
    /// Keys of a stable revisit from its row until it is saved: answered singly, and with the
    /// key that says that all is normal.
    pub singly: usize,
    pub all_normal: usize,
}

/// How the first visit of a session was made, which the others take over: at the clinic.
pub const MODE: &str = "1";
/// The answers of a stable visit, one by one: no symptoms, 138/86, 74, 66.5, and nothing out of
/// the ordinary.
pub const VISIT: &str = "1138867466.511111";
/// The same with the key that says that all is normal: only what is measured is typed.
const ALL_NORMAL: &str = "<f5>138867466.5";
/// Saves, and confirms what the form takes over from the last visit.
const SAVE: &str = "<f2><f2>";

/// Opens the form of a row that asks for one more F01 and nothing else, of somebody whose last
/// one takes over into it; none of another row.
pub fn revisited(desk: &Desk, row: &QueueRow) -> Option<VisitDeskView> {
    let kinds = row.row.tasks.iter().map(|task| task.kind);
    if row.forms != ["F01"] || !kinds.eq([TaskKind::HtnVisit]) {
        return None;
    }
    let asked = Question::VisitDesk {
        person: row.row.person,
        forms: Vec::new(),
        day: None,
    };
    let Ok(Reply::VisitDesk(view)) = desk.answer(&asked) else {
        panic!("no form");
    };
    let opens = view.forms.iter().map(|form| &*form.id);
    let mut before = view.last.iter().flat_map(|last| &last.forms);
    let is_again = before.any(|filled| filled.form == "F01");
    (opens.eq(["F01"]) && view.drafts.is_empty() && is_again).then_some(*view)
}

/// Runs the script in a window of its own; `to_rows` leads to a list of more than 30 rows, where
/// today's is shorter.
pub fn run(desk: &Arc<Desk>, people: u64, to_rows: &str) -> Sent {
    let mut line = Line::open(desk, "王建国");
    let mut sent = Sent::default();
    line.keys(to_rows);
    move_about(&mut line, &mut sent);
    line = Line::open(desk, "王建国");
    for query in queries(desk, people) {
        search(&mut line, &query, &mut sent);
    }
    visit(&mut line, desk, &mut sent);
    sent.singly = revisit(&mut line, desk, VISIT);
    sent.all_normal = revisit(&mut line, desk, ALL_NORMAL);
    sent
}

fn move_about(line: &mut Line, sent: &mut Sent) {
    // What the status line said of the morning goes with the first key.
    line.keys("<up>");
    let first = seen(line);
    assert!(first.contains("今日随访") && first.contains('▸'), "{first}");
    for key in ["<down>", "<up>"] {
        sent.moves.0.extend(line.keys(&key.repeat(30)));
    }
    assert_eq!(seen(line), first);
    let moved = sent.moves.0.iter();
    assert!(moved.clone().all(|bytes| 0 < *bytes), "every key moves");
}

/// The screen without the blanks at the ends of its rows.
fn seen(line: &Line) -> String {
    let screen = line.screen();
    let rows: Vec<&str> = screen.lines().map(str::trim_end).collect();
    rows.join("\n")
}

fn search(line: &mut Line, query: &str, sent: &mut Sent) {
    sent.turned.0.extend(line.keys("<f3>"));
    sent.searched.0.extend(line.keys(query));
    let seen = line.screen();
    assert!(seen.contains('▸'), "{query} finds nobody:\n{seen}");
    sent.turned.0.extend(line.keys("<esc>"));
}

/// Two hundred queries for people all over the clinic, in eight ways.
pub fn queries(desk: &Desk, people: u64) -> Vec<String> {
    let every = people / 200;
    let asked = (0..200).map(|at| {
        let Ok(Reply::Person(view)) = desk.answer(&Question::Person(PersonId(1 + at * every)))
        else {
            panic!("no person");
        };
        let card = &view.member.person.card;
        let text = |key: &str| card.get(key).and_then(Value::text).unwrap_or_default();
        let (name, id, phone) = (text("name"), text("id_no"), text("phone"));
        let tail = |text: &str, signs: usize| text[text.len().saturating_sub(signs)..].to_owned();
        let initials: String = syllables(name).iter().map(|one| &one[..1]).collect();
        match at % 8 {
            0 => initials,
            1 => initials + &tail(id, 2).to_lowercase(),
            2 => syllables(name).concat(),
            3 => syllables(name)[0].clone() + &initials[1..],
            4 if !id.is_empty() => tail(id, 4).to_lowercase(),
            5 if !phone.is_empty() => tail(phone, 4),
            _ => name.to_owned(),
        }
    });
    asked.collect()
}

fn syllables(name: &str) -> Vec<String> {
    use pinyin::ToPinyin;
    let read = |sign: char| Some(sign.to_pinyin()?.plain().replace('ü', "v"));
    name.chars().filter_map(read).collect()
}

/// Answers the F01 of the first such row, whom the session begins with.
fn visit(line: &mut Line, desk: &Desk, sent: &mut Sent) {
    let name = to_visit(line, desk);
    sent.turned.0.extend(line.keys("<enter>"));
    let form = line.screen();
    assert!(form.contains(&name) && form.contains("F01"), "{form}");
    sent.typed.0.extend(line.keys(MODE));
    sent.typed.0.extend(line.keys(VISIT));
    sent.turned.0.extend(line.keys(SAVE));
    is_saved(line, &name);
}

/// The same for the next such row, once it is known how visits are made; returns how many keys
/// it took.
fn revisit(line: &mut Line, desk: &Desk, answers: &str) -> usize {
    let name = to_visit(line, desk);
    let pressed = line.keys(&format!("<enter>{answers}{SAVE}"));
    is_saved(line, &name);
    pressed.len()
}

/// Goes to the first row that asks for one more F01 and nothing else; returns its name.
fn to_visit(line: &mut Line, desk: &Desk) -> String {
    let Ok(Reply::Queue(queue)) = desk.answer(&Question::Queue(QueueAsk::default())) else {
        panic!("no queue");
    };
    let mut rows = queue.due.iter();
    let steps = rows.position(|row| revisited(desk, row).is_some());
    let steps = steps.expect("an F01 once more");
    line.keys("<home>");
    line.keys(&"<down>".repeat(steps));
    queue.due[steps].name.clone()
}

fn is_saved(line: &Line, name: &str) {
    let saved = line.screen();
    assert!(saved.contains(&format!("已保存 {name}")), "{saved}");
}
