//! Today's queue: asked of a desk just opened, after another window saved something, and after
//! this desk did; and a household of twelve with two thousand past services.
//!
//! The queue must hold a morning's work, and the household all its services, before either is
//! timed.
#![allow(clippy::unwrap_used, dead_code)]

mod village;

use std::{
    cell::Cell,
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::BatchSize;
use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        request::{ContactDraft, NewHousehold, NewPerson},
    },
    domain::{
        clock::Moment,
        course::happening::{Enrolled, Happening},
        day::{Day, plus_days},
        form::FilledForm,
        household::MoveReason,
        id::{HouseholdId, PersonId, StaffId, VillageId},
        person::Person,
        programmes::ProgrammeKind,
    },
};
use village::{Size, Village, criterion, median, queue, sizes, steady, tell, today};

/// What is measured, with its bounds.
struct Bounds {
    cold: Duration,
    peer: Duration,
    own: Duration,
    household: Duration,
}

fn bounds(size: Size) -> Bounds {
    let cold = size.pick(5, 20, 100);
    Bounds {
        cold: Duration::from_millis(cold),
        peer: Duration::from_millis(cold),
        own: Duration::from_millis(2),
        household: Duration::from_millis(5),
    }
}

fn main() {
    let mut criterion = criterion();
    for size in sizes() {
        let village = Village::build(size);
        let due = queue(&village.desk(), false).due;
        assert!(20 <= due.len(), "{} rows are no morning", due.len());
        println!("{}: {} rows due", size.name, due.len());
        let bounds = bounds(size);
        let (desk, peer, person) = (village.desk(), village.desk(), due[0].row.person);
        let times = Times {
            desk: &desk,
            serial: Cell::new(0),
            person,
        };
        tell("cold", size, median(cold(&village)), bounds.cold);
        let after_peer = median(times.after(&peer));
        tell("after a peer's save", size, after_peer, bounds.peer);
        let after_own = median(times.after(&desk));
        tell("after an own save", size, after_own, bounds.own);
        let large = large_household(&desk, person);
        let opened = median(times.opening(large));
        tell("household of 12", size, opened, bounds.household);

        let mut group = criterion.benchmark_group("queue");
        group.bench_function(format!("cold, {}", size.name), |bench| {
            bench.iter_batched(
                || village.desk(),
                |desk| black_box(queue(&desk, false).due.len()),
                BatchSize::PerIteration,
            );
        });
        for (name, by) in [("a peer's", &peer), ("an own", &desk)] {
            group.bench_function(format!("after {name} save, {}", size.name), |bench| {
                bench.iter_batched(
                    || times.mark(by),
                    |()| black_box(queue(&desk, false).due.len()),
                    BatchSize::PerIteration,
                );
            });
        }
        group.bench_function(format!("household of 12, {}", size.name), |bench| {
            bench.iter(|| black_box(open(&desk, large)));
        });
        group.finish();
    }
}

fn cold(village: &Village) -> Vec<Duration> {
    repeated(|| {
        let desk = village.desk();
        let begun = Instant::now();
        black_box(queue(&desk, false));
        begun.elapsed()
    })
}

/// Asks one desk over and over.
struct Times<'a> {
    desk: &'a Desk,
    serial: Cell<u32>,
    person: PersonId,
}

impl Times<'_> {
    /// The queue after a save by `desk`.
    fn after(&self, desk: &Desk) -> Vec<Duration> {
        repeated(|| {
            self.mark(desk);
            let begun = Instant::now();
            black_box(queue(self.desk, false));
            begun.elapsed()
        })
    }

    fn opening(&self, household: HouseholdId) -> Vec<Duration> {
        repeated(|| {
            let begun = Instant::now();
            black_box(open(self.desk, household));
            begun.elapsed()
        })
    }

    /// A small save: somebody is put on the round, or taken off it.
    fn mark(&self, desk: &Desk) {
        let serial = self.serial.get();
        self.serial.set(serial + 1);
        let command = Command::MarkRound {
            people: vec![self.person],
            on: serial.is_multiple_of(2),
        };
        desk.change(&change(format!("bench/{serial}"), command))
            .unwrap();
    }
}

fn repeated(time: impl FnMut() -> Duration) -> Vec<Duration> {
    std::iter::repeat_with(time).take(21).collect()
}

fn change(id: String, command: Command) -> Change {
    Change {
        id,
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command,
    }
}

/// Returns how many contacts of a household its screen is told of.
fn open(desk: &Desk, household: HouseholdId) -> usize {
    match desk.answer(&Question::Household(household)).unwrap() {
        Reply::Household(view) => view.members.len(),
        other => panic!("{other:?}"),
    }
}

const MEMBERS: usize = 12;
const SERVICES: usize = 2_000;

/// Enters a household of twelve, each followed up every few days for two years.
fn large_household(desk: &Desk, like: PersonId) -> HouseholdId {
    let first = plus_days(today(), -730);
    let (person, form) = example(desk, like);
    let done = lived(desk, vec![(first, household_of(&person, first))]);
    let (household, people) = done[0].clone();
    assert_eq!(people.len(), MEMBERS);
    let enrolments = people.iter().map(|id| (first, enrolment(*id, first)));
    lived(desk, enrolments.collect());
    let visits = (0..SERVICES).map(|at| {
        let (of, round) = (at % MEMBERS, i64::try_from(at / MEMBERS).unwrap());
        let day = plus_days(first, 7 + round * 4);
        assert!(day < today());
        let draft = steady(people[of], day, &form);
        (day, Command::RecordContact(Box::new(draft)))
    });
    lived(desk, visits.collect());
    let past = |id: &PersonId| match desk.answer(&Question::Person(*id)).unwrap() {
        Reply::Person(view) => view.contacts.len(),
        other => panic!("{other:?}"),
    };
    let services: usize = people.iter().map(past).sum();
    assert!(SERVICES <= services, "{services} past services");
    assert_eq!(open(desk, household), MEMBERS);
    household
}

/// Somebody's card, and a hypertension form of anybody.
fn example(desk: &Desk, like: PersonId) -> (Person, FilledForm) {
    let view = |id| match desk.answer(&Question::Person(id)).unwrap() {
        Reply::Person(view) => *view,
        other => panic!("{other:?}"),
    };
    let form = (1..).map(PersonId).find_map(|id| {
        let contacts = view(id).contacts;
        let mut forms = contacts.into_iter().flat_map(|contact| contact.forms);
        forms.rfind(|form| form.form == "F01")
    });
    (view(like).member.person, form.unwrap())
}

fn household_of(like: &Person, from: Day) -> Command {
    let member = |at: usize| {
        let mut card = like.card.clone();
        for key in ["id_type", "id_no", "record_no", "phone"] {
            card.remove(key);
        }
        NewPerson {
            card,
            relation: if at == 0 { 0 } else { 7 },
            relation_word: if at == 0 { "户主" } else { "兄弟" }.to_owned(),
            joined_by: MoveReason::MovedIn,
            from,
            told: None,
        }
    };
    Command::AddHousehold(NewHousehold {
        village: VillageId(1),
        outside_no: None,
        card: std::collections::BTreeMap::new(),
        members: (0..MEMBERS).map(member).collect(),
    })
}

fn enrolment(person: PersonId, day: Day) -> Command {
    let enrolled = Enrolled::in_programme(ProgrammeKind::Htn);
    Command::RecordContact(Box::new(ContactDraft {
        happening: Some(Happening::Enrolled(enrolled)),
        ..ContactDraft::about(person, day)
    }))
}

/// Makes the changes on their days of the past; returns households and people entered.
fn lived(desk: &Desk, commands: Vec<(Day, Command)>) -> Vec<(HouseholdId, Vec<PersonId>)> {
    let mut commands = commands.into_iter().enumerate();
    let mut entered = Vec::new();
    let word = commands.size_hint().0;
    desk.relive(|lived| {
        if let Some(done) = lived.map(|lived| &lived.done)
            && let Some(id) = done.households.first()
        {
            entered.push((*id, done.people.clone()));
        }
        let (at, (day, command)) = commands.next()?;
        let time = day.and_hms_opt(2, 0, 0).unwrap().and_utc();
        let time: Moment = time.timestamp_millis();
        let wait = Moment::try_from(at % MEMBERS).unwrap();
        Some((time + wait, change(format!("lived/{word}/{at}"), command)))
    })
    .unwrap_or_else(|stop| panic!("{stop:?}"));
    entered
}
