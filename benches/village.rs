//! The practice clinics the benchmarks work on: V of 3,000 people and T of 50,000, built
//! through the desk. `CUNYI_BENCH=V` or `=T` leaves only the one, `=S` takes 200,000 people and
//! `=C` a million, which has to be waited for. C began its records a hundred days ago instead of
//! two years: it is measured for its people, and its past would be that of a province. `=V10` is
//! the village with ten years behind it.
//!
//! A clinic is built once, by a process of its own so that no benchmark has its memory, and kept
//! for every benchmark of the same program; each works on a copy.

#[path = "figures.rs"]
pub mod figures;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command as Process,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
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
        day::{Day, plus_days},
        form::FilledForm,
        id::{PersonId, StaffId},
        programmes::ProgrammeKind,
        value::{Answers, Value},
    },
    paper::{
        export::{self, Format, Overwrite, Table, TableCell, TableColumn},
        roster::MOST_ROWS,
    },
    practice,
};
use figures::{Amount, Bound};

/// A size to measure at: its name and how many people.
#[derive(Clone, Copy)]
pub struct Size {
    pub name: &'static str,
    pub people: u32,
    /// Days of its past; two years where it is not told.
    past: Option<i64>,
}

/// Every size there is, the smallest first; the first two are measured unless one is asked for.
const SIZES: [Size; 5] = [
    Size::of("V", 3_000),
    Size::of("T", 50_000),
    Size {
        past: Some(10 * 365 + 80),
        ..Size::of("V10", 3_000)
    },
    Size::of("S", 200_000),
    Size {
        past: Some(100),
        ..Size::of("C", 1_000_000)
    },
];

/// V and T, or the one that is asked for.
fn sizes() -> Vec<Size> {
    let Ok(wanted) = std::env::var("CUNYI_BENCH") else {
        return SIZES[..2].to_vec();
    };
    let asked: Vec<Size> = SIZES
        .into_iter()
        .filter(|size| size.name == wanted)
        .collect();
    assert!(!asked.is_empty(), "CUNYI_BENCH is V, T, V10, S or C");
    asked
}

/// Begins a benchmark of this name; returns the sizes to measure at.
pub fn begin(bench: &str) -> Vec<Size> {
    let sizes = sizes();
    let names: Vec<&str> = sizes.iter().map(|size| size.name).collect();
    figures::begin(bench, &names);
    sizes
}

/// Builds a clinic where this process was started for that; returns whether it was.
pub fn was_building() -> bool {
    let folder = std::env::var_os(FOLDER);
    if let Some(folder) = &folder {
        Village::build_here(Path::new(folder));
    }
    folder.is_some()
}

/// Tells the process that builds a clinic where to, and of what size.
const FOLDER: &str = "CUNYI_BENCH_FOLDER";
const SIZE: &str = "CUNYI_BENCH_SIZE";

impl Size {
    const fn of(name: &'static str, people: u32) -> Self {
        Self {
            name,
            people,
            past: None,
        }
    }

    /// Picks this size's figure: the village's, the township's, or that of whatever is larger.
    pub fn pick<T>(self, village: T, township: T, larger: T) -> T {
        match self.name {
            "V" | "V10" => village,
            "T" => township,
            _ => larger,
        }
    }

    /// How often the same is done again to find the middle: a few times where once takes seconds.
    pub fn samples(self) -> usize {
        if self.is_large() { 5 } else { 21 }
    }

    /// Says whether it is larger than a township: what takes minutes there is done once.
    pub fn is_large(self) -> bool {
        self.pick(false, false, true)
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
    /// How many people it has.
    pub people: u64,
    _kept: tempfile::TempDir,
}

/// What building a clinic took.
#[derive(Debug, Clone, Copy)]
pub struct Built {
    pub people: u64,
    pub entries: u64,
    pub took: Duration,
    /// What the processor did for it.
    pub processor: Duration,
    /// The most memory its process had.
    pub peak_kib: u64,
    /// The data file.
    pub bytes: u64,
}

impl Village {
    /// Copies the clinic that is kept for this program; it is built where there is none.
    pub fn build(size: Size) -> Self {
        let from = Self::kept(size);
        if !from.exists() {
            Self::build_anew(size);
        }
        let kept = tempfile::tempdir().unwrap();
        copy(&from, kept.path());
        Self {
            folder: Folder::at(kept.path()),
            people: size.people.into(),
            _kept: kept,
        }
    }

    /// Returns what building the clinic took that is kept for this program, and builds it where
    /// there is none.
    pub fn built(size: Size) -> Built {
        let (kept, told) = (Self::kept(size), Self::told(size));
        if !kept.exists() || !told.exists() {
            Self::build_anew(size);
        }
        let said = fs::read_to_string(told).unwrap();
        let numbers = said.split_whitespace().map(|word| word.parse().unwrap());
        let numbers: Vec<u64> = numbers.collect();
        let [people, entries, took, processor, peak_kib, bytes] = numbers[..] else {
            panic!("{said}");
        };
        assert_eq!(people, u64::from(size.people));
        Built {
            people,
            entries,
            took: Duration::from_millis(took),
            processor: Duration::from_millis(processor),
            peak_kib,
            bytes,
        }
    }

    /// Builds the clinic in a process of its own and keeps it in place of older ones, beside it
    /// what building it took: that of the large ones is not waited for a second time.
    fn build_anew(size: Size) {
        let kept = Self::kept(size);
        let all = kept.parent().unwrap();
        fs::create_dir_all(all).unwrap();
        for older in fs::read_dir(all).unwrap().flatten() {
            let name = older.file_name().to_string_lossy().into_owned();
            if name.starts_with(&format!("{}-", size.name)) {
                let remove = match older.file_type().unwrap().is_dir() {
                    true => fs::remove_dir_all,
                    false => fs::remove_file,
                };
                remove(older.path()).unwrap();
            }
        }
        let building = kept.with_extension("building");
        let mut child = Process::new(std::env::current_exe().unwrap());
        let child = child.env(FOLDER, &building);
        let out = child.env(SIZE, size.name).output().unwrap();
        assert!(out.status.success(), "{out:?}");
        let said = String::from_utf8(out.stdout).unwrap();
        println!("{}: built, {}", size.name, said.trim());
        let bytes = Folder::at(&building).database().metadata().unwrap().len();
        fs::write(Self::told(size), format!("{} {bytes}\n", said.trim())).unwrap();
        fs::rename(building, &kept).unwrap();
    }

    fn told(size: Size) -> PathBuf {
        Self::kept(size).with_extension("built")
    }

    /// Builds a clinic in this process and prints people, entries, milliseconds, those of the
    /// processor, KiB.
    fn build_here(folder: &Path) {
        let name = std::env::var(SIZE).unwrap();
        let size = SIZES.into_iter().find(|size| size.name == name).unwrap();
        let begun = Instant::now();
        let desk = Desk::create(&Folder::at(folder), seat("practice")).unwrap();
        let plan = practice::plan(size.people, 1, today());
        let first = size.past.map(|days| plus_days(today(), -days));
        let first = first.unwrap_or_else(|| practice::begins(today()));
        let summary = practice::build_from(&desk, plan, first, |_| true).unwrap();
        let took = begun.elapsed().as_millis();
        println!(
            "{} {} {took} {} {}",
            summary.people,
            summary.entries,
            processor_time().as_millis(),
            memory("self", "VmHWM:")
        );
    }

    /// Where the clinic of this size and this program is kept; the comparisons, which have no
    /// program, take what is there.
    fn kept(size: Size) -> PathBuf {
        let clinics = figures::folder().join("clinics");
        let prefix = format!("{}-", size.name);
        let Some(program) = option_env!("CARGO_BIN_EXE_cunyi") else {
            let there = fs::read_dir(&clinics).into_iter().flatten().flatten();
            let is_one = |name: &str| name.starts_with(&prefix) && !name.contains('.');
            let mut there = there.map(|entry| entry.file_name().to_string_lossy().into_owned());
            let name = there.find(|name| is_one(name));
            return clinics.join(name.unwrap_or(prefix + "compared"));
        };
        let about = fs::metadata(program).unwrap();
        let made = about.modified().unwrap();
        let made = made.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        clinics.join(format!("{prefix}{}-{}", about.len(), made.as_nanos()))
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

/// Tells a time beside its bound.
pub fn tell(what: &str, size: Size, figure: Duration, bound: Bound) {
    beside(what, size, Amount::Time(figure), bound, "");
}

/// Tells a figure beside its bound and beside what it is compared with.
pub fn beside(what: &str, size: Size, figure: Amount, bound: Bound, other: &str) {
    figures::tell(what, size.name, figure, bound, other);
}

/// The program windows are opened with: the one benchmarks are built with, or the one
/// `CUNYI_PROGRAM` names, which may be the one that is handed out.
pub fn program() -> Option<OsString> {
    let built = option_env!("CARGO_BIN_EXE_cunyi").map(OsString::from);
    std::env::var_os("CUNYI_PROGRAM").or(built)
}

/// What a line of a process's status says in KiB, or 0 where it cannot be told.
pub fn memory(process: &str, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}

/// An amount of memory in MB of 1,024 KiB.
#[allow(clippy::cast_precision_loss)]
pub fn megabytes(kib: u64) -> Amount {
    Amount::Number(kib as f64 / 1024.0, "MB")
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    // Who may look in goes with it: a window speaks up where others may.
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
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

/// What the processor has done for the threads of this process, as far as it can be told.
pub fn processor_time() -> Duration {
    processor("self")
}

/// What it has done for those of any process.
pub fn processor(process: &str) -> Duration {
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    let tasks = tasks.into_iter().flatten().flatten();
    let nanoseconds = tasks.filter_map(|task| {
        let had = fs::read_to_string(task.path().join("schedstat")).ok()?;
        had.split_whitespace().next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanoseconds.sum())
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

/// Writes a roster of so many people, or of as many households as one roster may have; returns
/// its rows.
pub fn write_roster(size: Size, file: &Path) -> usize {
    let mut rows = Vec::new();
    for household in practice::plan(size.people, 7, today()) {
        if (MOST_ROWS as usize) < rows.len() + household.members.len() {
            break;
        }
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
    let written = rows.len();
    assert!(written == size.people as usize || MOST_ROWS < size.people);
    let columns = COLUMNS.map(|title| TableColumn::new(title, title));
    let table = Table {
        columns: columns.into(),
        rows,
    };
    export::to_file(&table, Format::Xlsx, file, Overwrite::Refused).unwrap();
    written
}

fn text(card: &Answers, key: &str) -> TableCell {
    TableCell::text(card.get(key).and_then(Value::text))
}
