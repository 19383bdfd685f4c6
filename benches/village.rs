//! The practice clinics the benchmarks work on: V of 3,000 people and T of 50,000, built
//! through the desk into a temporary folder. `CUNYI_BENCH=V` or `=T` leaves only the one, `=S`
//! takes 200,000 people and `=C` a million, which has to be waited for.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::Criterion;
use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Folder, Question, Reply, Seat,
        reply::QueueView,
        request::{ContactDraft, QueueAsk, SetUp},
    },
    domain::{
        clock::{Clock, Moment},
        day::Day,
        form::FilledForm,
        id::{PersonId, StaffId},
        programmes::ProgrammeKind,
        value::{Answers, Value},
    },
    paper::export::{self, Format, Overwrite, Table, TableCell, TableColumn},
    practice::{self, Summary},
};

/// A size to measure at: its name and how many people.
#[derive(Clone, Copy)]
pub struct Size {
    pub name: &'static str,
    pub people: u32,
}

/// Every size there is, the smallest first; the first two are measured unless one is asked for.
const SIZES: [Size; 4] = [
    Size {
        name: "V",
        people: 3_000,
    },
    Size {
        name: "T",
        people: 50_000,
    },
    Size {
        name: "S",
        people: 200_000,
    },
    Size {
        name: "C",
        people: 1_000_000,
    },
];

/// V and T, or the one that is asked for.
pub fn sizes() -> Vec<Size> {
    let Ok(wanted) = std::env::var("CUNYI_BENCH") else {
        return SIZES[..2].to_vec();
    };
    let asked: Vec<Size> = SIZES
        .into_iter()
        .filter(|size| size.name == wanted)
        .collect();
    assert!(!asked.is_empty(), "CUNYI_BENCH is V, T, S or C");
    asked
}

impl Size {
    /// Picks this size's figure: the village's, the township's, or that of whatever is larger.
    pub fn pick<T>(self, village: T, township: T, larger: T) -> T {
        match self.name {
            "V" => village,
            "T" => township,
            _ => larger,
        }
    }
}

/// Few samples: the figures are compared with bounds, not with each other.
pub fn criterion() -> Criterion {
    Criterion::default()
        .configure_from_args()
        .without_plots()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
}

/// 2026-11-21, 10:00 in China.
pub struct Morning;

impl Clock for Morning {
    fn now(&self) -> Moment {
        1_795_226_400_000
    }
}

/// The place of this process.
pub fn seat(window: &str) -> Seat {
    Seat {
        clock: Arc::new(Morning),
        catalog: catalog(),
        window: window.to_owned(),
        today: None,
    }
}

pub fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 21).unwrap()
}

pub fn catalog() -> &'static Catalog {
    use std::sync::OnceLock;
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::built_in().unwrap())
}

/// A clinic in a folder of its own.
pub struct Village {
    pub folder: Folder,
    pub summary: Summary,
    _kept: tempfile::TempDir,
}

impl Village {
    /// Builds the clinic, and says how long that took.
    pub fn build(size: Size) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let folder = Folder::at(kept.path());
        let begun = Instant::now();
        let desk = Desk::create(&folder, seat("practice")).unwrap();
        let summary = practice::build(&desk, size.people, 1, today(), |_| true).unwrap();
        println!(
            "{}: {} people, {} entries, built in {:.1?}",
            size.name,
            summary.people,
            summary.entries,
            begun.elapsed()
        );
        assert_eq!(summary.people, u64::from(size.people));
        Self {
            folder,
            summary,
            _kept: kept,
        }
    }

    /// Opens a desk on it, as a window does.
    pub fn desk(&self) -> Desk {
        Desk::open(&self.folder, None, seat("bench")).unwrap()
    }
}

/// Asks today's queue.
pub fn queue(desk: &Desk, all: bool) -> QueueView {
    let asked = QueueAsk {
        all,
        ..QueueAsk::default()
    };
    match desk.answer(&Question::Queue(asked)).unwrap() {
        Reply::Queue(queue) => *queue,
        other => panic!("{other:?}"),
    }
}

/// Repeats a hypertension form of somebody followed up on another day, with steady values.
pub fn steady(person: PersonId, day: Day, form: &FilledForm) -> ContactDraft {
    let mut form = form.clone();
    for key in ["class", "next_date", "referral", "ref_reason", "ref_org"] {
        form.answers.remove(key);
        form.marks.remove(key);
    }
    let steady = [("mode", "2"), ("bp_source", "1"), ("adr", "1")];
    for (key, code) in steady {
        form.answers
            .insert(key.to_owned(), Value::Code(code.to_owned()));
    }
    for key in ["adr_text", "adr_hard", "compl_text"] {
        form.answers.remove(key);
    }
    form.answers.insert("compl".to_owned(), Value::Bool(false));
    for (key, number) in [("sbp", 128), ("dbp", 78), ("heart_rate", 74)] {
        form.answers.insert(key.to_owned(), Value::Int(number));
    }
    form.answers
        .insert("visit_date".to_owned(), Value::Date(day));
    form.visit = day;
    ContactDraft {
        forms: vec![form],
        ..ContactDraft::about(person, day)
    }
}

/// Returns the middle of all times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prints a figure beside its bound.
pub fn tell(what: &str, size: Size, figure: Duration, bound: Duration) {
    let verdict = if figure <= bound { "within" } else { "ABOVE" };
    println!(
        "{what}, {}: {figure:.2?} ({verdict} {bound:.0?})",
        size.name
    );
}

/// Repeats the last hypertension form of people followed up, with today's date; at most so many.
pub fn due_visits(desk: &Desk, people: u64, most: usize) -> Vec<ContactDraft> {
    let mut drafts = Vec::new();
    for id in (1..=people).map(PersonId) {
        let Reply::Person(view) = desk.answer(&Question::Person(id)).unwrap() else {
            panic!("no person");
        };
        let managed = view.member.course.programmes.get(&ProgrammeKind::Htn);
        let is_due = managed.is_some_and(|course| {
            course.is_open() && course.referral_open.is_none() && course.entered < today()
        });
        let mut forms = view.contacts.iter().flat_map(|contact| &contact.forms);
        let last = forms.rfind(|form| form.form == "F01");
        if let (true, Some(form)) = (is_due && view.member.person.is_here(), last) {
            drafts.push(steady(id, today(), form));
        }
        if most <= drafts.len() {
            break;
        }
    }
    drafts
}

/// What the processor has done for this process, as far as it can be told.
pub fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// What the roster's file is called.
pub const ROSTER: &str = "roster.xlsx";

/// The columns as township rosters name them.
const COLUMNS: [&str; 11] = [
    "序号",
    "户编号",
    "户主姓名",
    "与户主关系",
    "姓名",
    "性别",
    "身份证号",
    "出生日期",
    "联系电话",
    "组",
    "家庭住址",
];

/// Sets an empty clinic up.
pub fn set_up(desk: &Desk) {
    let change = Change {
        id: "bench/0".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::SetUp(SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), None)],
            doctor: "王建国".to_owned(),
            practice_day: Some(today()),
            store: [7; 16],
        }),
    };
    desk.change(&change).unwrap();
}

/// Writes a roster of so many people.
pub fn write_roster(size: Size, file: &Path) {
    let mut rows = Vec::new();
    for household in practice::plan(size.people, 7, today()) {
        let head = &household.members[0].card;
        for member in &household.members {
            let card = &member.card;
            let sex = match card.get("sex").and_then(Value::code) {
                Some("1") => "男",
                _ => "女",
            };
            rows.push(vec![
                TableCell::Whole(i64::try_from(rows.len() + 1).unwrap()),
                text(&household.card, "hh_no"),
                text(head, "name"),
                TableCell::Text(member.kinship.word.clone()),
                text(card, "name"),
                TableCell::Text(sex.to_owned()),
                text(card, "id_no"),
                TableCell::Date(member.birth),
                text(card, "phone"),
                text(&household.card, "group"),
                text(&household.card, "address"),
            ]);
        }
    }
    assert_eq!(rows.len(), size.people as usize);
    let columns = COLUMNS.map(|title| TableColumn::new(title, title));
    let table = Table {
        columns: columns.into(),
        rows,
    };
    export::to_file(&table, Format::Xlsx, file, Overwrite::Refused).unwrap();
}

fn text(card: &Answers, key: &str) -> TableCell {
    TableCell::text(card.get(key).and_then(Value::text))
}
