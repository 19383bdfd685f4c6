//! Today's queue: asked of a desk just opened, after another window saved something, and after
//! this desk did; and a household of twelve with two thousand past services.
//!
//! The queue must hold a morning's work, and the household all its services, before either is
//! timed.

use std::{
    cell::Cell,
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::BatchSize;
use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        reply::QueueView,
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
        queue::Row,
    },
};

use crate::script;
use crate::village::{
    Size, Village, begin, beside, criterion,
    figures::{Amount, Bound, milliseconds},
    median, queue, steady, tell, today,
};

/// Types queries key by key; each is answered with the rows a page shows.
fn searched(size: Size, desk: &Desk, people: u64) {
    let mut took = Vec::new();
    let mut found = 0;
    for query in script::queries(desk, people) {
        for (end, sign) in query.char_indices() {
            let text = query[..end + sign.len_utf8()].to_owned();
            let asked = Question::Search { text, limit: 24 };
            let begun = Instant::now();
            let answer = black_box(desk.answer(black_box(&asked)));
            took.push(begun.elapsed());
            let Ok(Reply::Search(view)) = answer else {
                panic!("no search");
            };
            found += usize::from(!view.rows.is_empty());
        }
    }
    assert!(
        took.len() * 8 / 10 < found,
        "{found} of {} keys find somebody",
        took.len()
    );
    let first = took.remove(0);
    tell(
        "the search made ready, its first key",
        size,
        first,
        Bound::None,
    );
    took.sort_unstable();
    let at = |thousandth: usize| Amount::Time(took[took.len() * thousandth / 1000]);
    let what = "a search key answered with its rows, p99";
    let told = format!("{} in the middle", at(500));
    beside(
        what,
        size,
        at(990),
        milliseconds(size.pick(2, 8, 50)),
        &told,
    );
}

/// Measures at every size.
pub fn run() {
    let sizes = begin("queue");
    let mut criterion = criterion();
    for size in sizes {
        let village = Village::build(size);
        let due = queue(&village.desk(), false).due;
        assert!(20 <= due.len(), "{} rows are no morning", due.len());
        let (desk, peer, person) = (village.desk(), village.desk(), due[0].row.person);
        let times = Times {
            size,
            desk: &desk,
            serial: Cell::new(0),
            person,
        };
        let (bound, rows) = (milliseconds(size.pick(5, 20, 100)), due.len());
        let first = Amount::Time(median(cold(size, &village)));
        beside(
            "today's queue, cold",
            size,
            first,
            bound,
            &format!("{rows} rows"),
        );
        let after_peer = median(times.after(&peer));
        tell("the queue after a peer's save", size, after_peer, bound);
        let after_own = median(times.after(&desk));
        tell(
            "the queue after an own save",
            size,
            after_own,
            milliseconds(2),
        );
        let held = queue(&desk, false);
        let anew = queue(&village.desk(), false);
        assert_eq!(held.counts, anew.counts, "what is held is what is there");
        let rows = |view: &QueueView| -> Vec<Row> {
            view.due.iter().map(|shown| shown.row.clone()).collect()
        };
        assert!(rows(&held) == rows(&anew), "in the same order");
        searched(size, &desk, village.people);
        let large = large_household(&desk);
        let opened = median(times.opening(large));
        let what = "a household of 12 with 2,000 past services";
        tell(what, size, opened, milliseconds(5));

        if size.is_large() {
            // What is looked at more closely here takes too long at this size.
            continue;
        }
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

fn cold(size: Size, village: &Village) -> Vec<Duration> {
    repeated(size, || {
        let desk = village.desk();
        let begun = Instant::now();
        black_box(queue(&desk, false));
        begun.elapsed()
    })
}

/// Asks one desk over and over.
struct Times<'a> {
    size: Size,
    desk: &'a Desk,
    serial: Cell<u32>,
    person: PersonId,
}

impl Times<'_> {
    /// The queue after a save by `desk`.
    fn after(&self, desk: &Desk) -> Vec<Duration> {
        repeated(self.size, || {
            self.mark(desk);
            let begun = Instant::now();
            black_box(queue(self.desk, false));
            begun.elapsed()
        })
    }

    fn opening(&self, household: HouseholdId) -> Vec<Duration> {
        repeated(self.size, || {
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

fn repeated(size: Size, time: impl FnMut() -> Duration) -> Vec<Duration> {
    std::iter::repeat_with(time).take(size.samples()).collect()
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
fn large_household(desk: &Desk) -> HouseholdId {
    let first = plus_days(today(), -730);
    let (person, form) = example(desk, first);
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

/// The card and the last hypertension form of somebody for whom it has been meant for years.
fn example(desk: &Desk, before: Day) -> (Person, FilledForm) {
    let view = |id| match desk.answer(&Question::Person(id)).unwrap() {
        Reply::Person(view) => *view,
        other => panic!("{other:?}"),
    };
    let example = (1..).map(PersonId).find_map(|id| {
        let view = view(id);
        let mut forms = view.contacts.into_iter().flat_map(|contact| contact.forms);
        let form = forms.rfind(|form| form.form == "F01")?;
        let person = view.member.person;
        let is_meant = person.is_here() && person.age(before).is_some_and(|age| 40 <= age);
        is_meant.then_some((person, form))
    });
    example.unwrap()
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
