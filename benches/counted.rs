//! Instructions of single steps, counted by callgrind: a queue asked of a desk just opened, a move
//! in the queue and a key of a search with all they bring until the frame is written, a visit
//! saved. Where times of two machines or of two busy hours cannot be compared, these can.
//!
//! Each step runs in this program under valgrind, which counts only while one is done; the
//! terminal that would read the frames is left out. What is done is checked before and after.

use std::{
    path::Path,
    process::{Command as Process, Stdio},
    sync::Arc,
};

use cunyi::{
    desk::{Change, Command, Desk, Folder},
    domain::id::StaffId,
};

use crate::line::Line;
use crate::village::{
    Village, begin, beside, due_visits,
    figures::{Amount, Bound},
    queue, seat,
};

/// Tells the process under valgrind which step to do, and in which clinic.
pub const STEP: &str = "CUNYI_BENCH_STEP";
const PLACE: &str = "CUNYI_BENCH_PLACE";
/// Every step is done so many times, and the middle told of none: the sum is divided.
const TIMES: u16 = 12;

/// What is counted: its name for the process, and for people.
const STEPS: [(&str, &str); 4] = [
    ("search", "instructions of a search key"),
    ("move", "instructions of a move in the queue"),
    ("cold", "instructions of the queue, cold"),
    ("save", "instructions of a visit saved"),
];

/// Counts at the sizes of a village and of a township.
pub fn run() {
    let sizes = begin("counted");
    let version = on_one_processor().arg("--version").output().ok();
    let Some(version) = version.filter(|said| said.status.success()) else {
        println!("valgrind or taskset is not there: no instructions are counted");
        return;
    };
    let version = String::from_utf8(version.stdout).unwrap();
    for size in sizes {
        if size.is_large() {
            println!(
                "{}: too large to be made ready under valgrind, nothing is counted",
                size.name
            );
            continue;
        }
        let village = Village::build(size);
        for (step, what) in STEPS {
            let million = f64::from(counted(step, village.folder.root())) / 1e6;
            let told = format!("callgrind, {}", version.trim());
            beside(
                what,
                size,
                Amount::Number(million, "million"),
                Bound::None,
                &told,
            );
        }
    }
}

/// Begins valgrind where a pass is not shared out: it counts only on the thread that asked.
fn on_one_processor() -> Process {
    let mut valgrind = Process::new("taskset");
    valgrind.args(["--cpu-list", "0", "valgrind"]);
    valgrind
}

/// Runs a step under callgrind; returns how many instructions it is, one time of many.
fn counted(step: &str, place: &Path) -> u32 {
    let mut valgrind = on_one_processor();
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*measured_step*"])
        .arg(std::env::current_exe().unwrap())
        .env(STEP, step)
        .env(PLACE, place);
    let out = valgrind.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    let collected = said.split("Collected : ").nth(1).unwrap();
    let all: u64 = collected
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!(0 < all, "{said}");
    u32::try_from(all / u64::from(TIMES)).unwrap()
}

/// Does a step as often as it is counted.
///
/// # Panics
/// Where the step is none, or does not do what it is counted for.
pub fn done(step: &str) {
    let place = std::env::var_os(PLACE).unwrap();
    let folder = Folder::at(Path::new(&place));
    let desk = || Desk::open(&folder, None, seat("counted")).unwrap();
    match step {
        "cold" => {
            for _ in 0..TIMES {
                let desk = desk();
                assert!(measured_step(|| queue(&desk, false).due.len()) >= 20);
            }
        }
        "save" => saved(&desk()),
        "move" => moved(Arc::new(desk())),
        "search" => searched(Arc::new(desk())),
        other => panic!("{other} is no step"),
    }
}

/// What is counted; under this name callgrind finds it.
#[inline(never)]
fn measured_step<T>(step: impl FnOnce() -> T) -> T {
    std::hint::black_box(step())
}

fn moved(desk: Arc<Desk>) {
    let mut line = Line::open(&desk, "王建国");
    // The first keys bring what stays afterwards.
    line.keys("<down><down><up>");
    assert!(line.screen().contains("今日随访"), "{}", line.screen());
    let mut line = line.unseen();
    for key in ["<down>", "<up>"] {
        for _ in 0..TIMES / 2 {
            let sent = measured_step(|| line.keys(key));
            assert!(sent.iter().all(|bytes| 0 < *bytes), "every key moves");
        }
    }
}

fn searched(desk: Arc<Desk>) {
    const QUERY: &str = "zxh1";
    let mut line = Line::open(&desk, "王建国");
    // The first search makes the index.
    line.keys("<f3>zx");
    assert!(line.screen().contains('▸'), "{}", line.screen());
    line.keys("<esc>");
    let mut line = line.unseen();
    for _ in 0..usize::from(TIMES) / QUERY.len() {
        line.keys("<f3>");
        for sign in QUERY.chars() {
            let key = sign.to_string();
            let sent = measured_step(|| line.keys(&key));
            assert!(sent.iter().all(|bytes| 0 < *bytes), "every key is seen");
        }
        line.keys("<esc>");
    }
}

fn saved(desk: &Desk) {
    let people = 3_000;
    let drafts = due_visits(desk, people, usize::from(TIMES) + 1);
    for (serial, draft) in drafts.iter().enumerate() {
        let change = Change {
            id: format!("counted/{serial}"),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command: Command::RecordContact(Box::new(draft.clone())),
        };
        let save = || desk.change(&change).unwrap();
        // The first one finds nothing read yet.
        let done = if serial == 0 {
            save()
        } else {
            measured_step(save)
        };
        assert!(!done.contacts[0].decision.opened.is_empty());
    }
    assert_eq!(drafts.len(), usize::from(TIMES) + 1);
}
