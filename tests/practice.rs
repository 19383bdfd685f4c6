//! The practice village once built: the same every time, sound, and looking like a real morning.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use chrono::Datelike;
use cunyi::{
    catalog::Catalog,
    desk::{
        Desk, Question, Reply, Stop,
        reply::{AgreementList, AgreementListView, PersonView, QueueView},
        request::{AgreementListAsk, QueueAsk},
    },
    domain::{
        agreement::{
            cap::Fill,
            change::{self, Change},
            consent::ConsentKind,
            contract::{Agreement, Origin, Scope},
            fulfilment::{self, Record, Standing},
            signed::{ClosedBy, LeaveReason, NotRenewed},
            state::{State, Transition},
        },
        clock::{Clock, Moment},
        course::{
            self, Course, Happening, PersonFacts, ProgrammeCourse, ProgrammeStatus, Recorded,
            standing,
        },
        day::{Day, plus_days},
        event::{Entry, Event},
        household::{self, Household},
        id::{AgreementId, HouseholdId, PersonId, VillageId},
        identity::Sex,
        person::Person,
        picture::{self, Life},
        programmes::ProgrammeKind,
        proposal::{Known, Proposal, proposals},
        queue::{self, Member, Place, Work},
        rows::CourseRow,
        settings::Settings,
        task::{Task, TaskKind},
        visit,
    },
    practice::{self, Summary},
    store::Store,
};

use crate::support::open_work;

/// 2026-11-21, 10:00 in China.
struct Morning;

impl Clock for Morning {
    fn now(&self) -> Moment {
        1_795_226_400_000
    }
}

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

struct Village {
    desk: Desk,
    summary: Summary,
    folder: tempfile::TempDir,
}

fn empty() -> (Desk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
    let desk = Desk::new(store, Arc::new(Morning), catalog, "practice", None);
    (desk, folder)
}

fn built(people: u32, seed: u64) -> Village {
    built_on(people, seed, today())
}

fn built_on(people: u32, seed: u64, day: Day) -> Village {
    let (desk, folder) = empty();
    let summary = practice::build(&desk, people, seed, day, |_| true)
        .unwrap_or_else(|stop| panic!("{stop:?}"));
    Village {
        desk,
        summary,
        folder,
    }
}

impl Village {
    fn entries(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = Vec::new();
        loop {
            let first = all.last().map_or(1, |entry| entry.seq + 1);
            let asked = Question::Journal { first, limit: 5000 };
            let Reply::Journal(entries) = self.desk.answer(&asked).unwrap() else {
                panic!("no journal");
            };
            if entries.is_empty() {
                return all;
            }
            all.extend(entries);
        }
    }

    fn person(&self, id: PersonId) -> PersonView {
        match self.desk.answer(&Question::Person(id)).unwrap() {
            Reply::Person(person) => *person,
            other => panic!("{other:?}"),
        }
    }

    fn queue(&self) -> QueueView {
        let asked = QueueAsk {
            all: true,
            ..QueueAsk::default()
        };
        match self.desk.answer(&Question::Queue(asked)).unwrap() {
            Reply::Queue(queue) => *queue,
            other => panic!("{other:?}"),
        }
    }

    fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

#[test]
fn the_same_people_seed_and_day_write_the_same_entries() {
    let (one, other) = (built(400, 5), built(400, 5));
    assert_eq!(one.summary, other.summary);
    let entries = one.entries();
    assert_eq!(entries, other.entries(), "ids and times included");
    assert_ne!(entries, built(400, 6).entries());
    one.is_clean();
}

#[test]
fn entries_follow_one_another_in_time_and_name_staff() {
    let village = built(500, 2);
    let entries = village.entries();
    let mut staff = BTreeSet::new();
    for pair in entries.windows(2) {
        assert!(pair[0].at <= pair[1].at, "{} {}", pair[0].seq, pair[1].seq);
    }
    for entry in &entries {
        staff.insert(entry.user);
        assert!(entry.day <= today());
    }
    assert_eq!(staff.len(), 4, "three of the staff, and the program's roll");
    let contact = |entry: &&Entry| matches!(entry.events[0], Event::ContactRecorded(_));
    let last = entries.iter().rfind(contact).unwrap();
    assert!(last.day < today(), "today is still to come");
    assert!(plus_days(today(), -4) < last.day);
}

#[test]
fn nobody_is_left_out_and_every_size_stands() {
    for people in [1, 7, 90] {
        let village = built(people, 3);
        assert_eq!(village.summary.people, u64::from(people));
        village.is_clean();
    }
}

/// What a doctor sees on opening the queue.
#[derive(Debug, Default)]
struct Seen {
    due: usize,
    /// Rows with a hypertension or diabetes visit.
    follow_ups: usize,
    first_priority: usize,
    referral_checks: usize,
    overdue: usize,
    /// The most days anything dated is late.
    most_late: i64,
    /// Rows with attempts already made.
    attempted: usize,
    /// Households with two people due or more.
    shared: usize,
}

fn seen(view: &QueueView) -> Seen {
    let mut seen = Seen::default();
    let mut houses = BTreeMap::<_, u32>::new();
    for row in view.due.iter().map(|row| &row.row) {
        let has = |kinds: &[TaskKind]| row.tasks.iter().any(|task| kinds.contains(&task.kind));
        let follows = has(&[TaskKind::HtnVisit, TaskKind::DmVisit]);
        seen.due += 1;
        seen.follow_ups += usize::from(follows);
        seen.referral_checks += usize::from(has(&[TaskKind::ReferralCheck]));
        seen.first_priority += usize::from(row.priority.number() == 1);
        seen.overdue += usize::from(row.is_overdue(view.day));
        seen.attempted += usize::from(row.tasks.iter().any(|task| 0 < task.attempts));
        // Families put doses off for months; yearly work only rides along.
        let is_dated = |task: &&Task| {
            !task.window.is_standing() && !matches!(task.kind, TaskKind::Vaccination(_))
        };
        let late = row.tasks.iter().filter(is_dated);
        let late = late.map(|task| task.days_late(view.day)).max();
        seen.most_late = seen.most_late.max(late.unwrap_or_default());
        *houses.entry(row.household).or_default() += 1;
    }
    seen.shared = houses.values().filter(|rows| 1 < **rows).count();
    seen
}

#[test]
fn the_morning_looks_like_a_real_one() {
    let village = built(3000, 1);
    let view = village.queue();
    let (counts, seen) = (view.counts, seen(&view));
    assert!((35..=58).contains(&seen.due), "{seen:?}");
    assert!(2 * seen.due <= 7 * seen.follow_ups, "{seen:?}");
    assert!((1..=7).contains(&seen.first_priority), "{seen:?}");
    assert!(1 <= seen.referral_checks, "{seen:?}");
    assert!((2..=12).contains(&seen.overdue), "{seen:?}");
    assert!(seen.most_late <= 60, "{seen:?}");
    assert!((1..=10).contains(&seen.attempted), "{seen:?}");
    assert!((1..=12).contains(&seen.shared), "{seen:?}");
    assert!((40..=300).contains(&counts.early), "{counts:?}");
    assert!((200..=900).contains(&counts.standing), "{counts:?}");
    every_visit_is_decided_as_it_stands(&village);
    every_programme_has_its_people(&village);
    every_kind_of_work_was_done(&village);
    it_is_signed(&village);
}

/// On any day of the two years to come, while nothing more is recorded.
#[test]
fn keys_find_whoever_has_yearly_work_standing_and_nobody_else() {
    let village = built(200, 9);
    let path = village.folder.path().join("clinic.redb");
    let mut courses: Vec<CourseRow> = Vec::new();
    let store = Store::open(&path, None).unwrap();
    let every = store.snapshot().unwrap().every(|course| {
        courses.push(course);
        Ok(true)
    });
    every.unwrap();
    let mut counts = BTreeSet::new();
    for days in (0..730).step_by(13) {
        let day = plus_days(today(), days);
        let asked = |all| QueueAsk {
            day: Some(day),
            all,
            ..QueueAsk::default()
        };
        let [counted, listed] = [false, true].map(|all| {
            match village.desk.answer(&Question::Queue(asked(all))).unwrap() {
                Reply::Queue(queue) => queue,
                other => panic!("{other:?}"),
            }
        });
        let stands = courses.iter().filter(|course| stands(course, day)).count();
        assert_eq!(listed.standing.len(), stands, "{day}");
        assert_eq!(counted.counts.standing, stands, "{day}, while not listed");
        counts.insert(stands);
    }
    assert!(10 < counts.len(), "{counts:?}");
}

/// Says whether somebody has a row of yearly work, by the rules and no key.
fn stands(course: &CourseRow, day: Day) -> bool {
    let place = Place {
        village: VillageId(1),
        group: 1,
        household_number: 1,
        member_number: 1,
    };
    let (_, work) = work(course, (HouseholdId(1), place, ""), day);
    work.standing.is_some()
}

/// What is to be done for somebody, by the rules.
fn work(
    course: &CourseRow,
    (household, place, doctor): (HouseholdId, Place, &str),
    day: Day,
) -> (Member, Work) {
    let settings = Settings::default();
    let (tasks, owed) = course.pressed(day, &settings);
    let member = Member {
        person: course.person,
        household,
        place,
        doctor: doctor.to_owned(),
        tasks,
        owed,
        is_done_today: false,
        is_attempted_today: false,
    };
    let work = queue::work(&member, day, &settings);
    (member, work)
}

/// Everybody's rows, whole.
struct Whole {
    people: BTreeMap<PersonId, Person>,
    households: BTreeMap<HouseholdId, Household>,
    courses: BTreeMap<PersonId, CourseRow>,
}

impl Whole {
    fn of(village: &Village) -> Self {
        let store = Store::open(&village.folder.path().join("clinic.redb"), None).unwrap();
        let snapshot = store.snapshot().unwrap();
        let mut whole = Self {
            people: BTreeMap::new(),
            households: BTreeMap::new(),
            courses: BTreeMap::new(),
        };
        let people = snapshot.every(|person: Person| {
            whole.people.insert(person.id, person);
            Ok(true)
        });
        people.unwrap();
        let households = snapshot.every(|household: Household| {
            whole.households.insert(household.id, household);
            Ok(true)
        });
        households.unwrap();
        let courses = snapshot.every(|course: CourseRow| {
            whole.courses.insert(course.person, course);
            Ok(true)
        });
        courses.unwrap();
        whole
    }

    fn name(&self, person: PersonId) -> &str {
        self.people[&person].name()
    }

    /// The rows of a day with all they show.
    fn rows(&self, day: Day) -> Vec<Shown> {
        let mut rows = Vec::new();
        for course in self.courses.values() {
            let person = &self.people[&course.person];
            let home = &self.households[&person.household];
            let place = Place {
                village: home.village,
                group: home.group(),
                household_number: home.serial,
                member_number: person.member_no,
            };
            let doctor = home.text(household::key::DOCTOR);
            let (_, work) = work(course, (home.id, place, doctor), day);
            let who = course.who(day);
            rows.extend(work.rows.into_iter().chain(work.standing).map(|row| {
                let forms = visit::forms_of(&row.tasks, &who);
                let head = home.head.map_or("", |head| self.name(head)).to_owned();
                let name = person.name().to_owned();
                (row, forms, name, person.birth(), head)
            }));
        }
        rows.sort_by_key(in_order);
        rows
    }

    /// What is proposed for whom.
    fn proposed(&self, today: Day) -> Vec<(PersonId, Proposal)> {
        let mut all = Vec::new();
        for household in self.households.values() {
            let members = || household.members.iter().map(|id| &self.people[id]);
            let course = |person: PersonId| &self.courses[&person].course;
            let is_visited = members().any(|member| {
                let poverty = course(member.id).programmes.get(&ProgrammeKind::Poverty);
                poverty.is_some_and(ProgrammeCourse::is_open)
            });
            for person in members() {
                let own = members().filter(|child| child.mother() == Some(person.id));
                let known = Known {
                    person,
                    course: course(person.id),
                    household,
                    is_household_visited: is_visited,
                    last_birth: own.filter_map(Person::birth).max(),
                };
                let proposed = proposals(&known, today, &Settings::default());
                all.extend(proposed.into_iter().map(|one| (person.id, one)));
            }
        }
        all
    }
}

/// A row with its forms, the name, the birth and the head's name.
type Shown = (queue::Row, Vec<String>, String, Option<Day>, String);

fn in_order((row, ..): &Shown) -> (PersonId, bool, Day, usize) {
    let tasks = row.tasks.iter();
    let standing = tasks.filter(|task| task.window.is_standing()).count();
    (row.person, 0 < standing, row.due, row.tasks.len())
}

/// Over the year to come, while nothing more is recorded.
#[test]
fn what_lists_read_of_people_says_what_their_whole_rows_do() {
    let village = built(400, 3);
    let whole = Whole::of(&village);
    let (mut all, mut early) = (0, 0);
    for days in (0..400).step_by(16) {
        let day = plus_days(today(), days);
        let asked = |all| {
            let asked = QueueAsk {
                day: Some(day),
                all,
                ..QueueAsk::default()
            };
            match village.desk.answer(&Question::Queue(asked)).unwrap() {
                Reply::Queue(view) => view,
                other => panic!("{other:?}"),
            }
        };
        // First of those whose keys tell what is counted of them their courses are not read.
        let (counted, view) = (asked(false), asked(true));
        assert_eq!(counted.counts, view.counts, "{day}");
        early += view.counts.early;
        let shown = view.due.iter().chain(&view.early).chain(&view.standing);
        let mut shown: Vec<Shown> = shown
            .map(|one| {
                let mut row = one.row.clone();
                row.is_attempted_today = false;
                let (name, head) = (one.name.clone(), one.head.clone());
                (row, one.forms.clone(), name, one.birth, head)
            })
            .collect();
        shown.sort_by_key(in_order);
        assert_eq!(shown, whole.rows(day), "{day}");
        all += shown.len();
    }
    assert!(2_000 < all && 50 < early, "{all} rows, {early} early");
    let asked = Question::Proposals(None);
    let Reply::Proposals(view) = village.desk.answer(&asked).unwrap() else {
        panic!("no proposals");
    };
    let proposed = view.rows.into_iter().map(|row| (row.person, row.proposal));
    let mut proposed: Vec<(PersonId, Proposal)> = proposed.collect();
    proposed.sort_by_key(|(person, _)| *person);
    let mut expected = whole.proposed(today());
    expected.sort_by_key(|(person, _)| *person);
    assert_eq!(proposed, expected);
    assert!(5 < proposed.len(), "{} proposals", proposed.len());
}

/// A third of a village on a Monday, a Sunday, in December and after New Year.
#[test]
fn other_mornings_look_real_too() {
    let mornings = [
        (2, "2026-11-23"),
        (3, "2026-11-22"),
        (4, "2026-12-10"),
        (5, "2027-01-05"),
    ];
    for (seed, day) in mornings {
        let village = built_on(1000, seed, day.parse().unwrap());
        let seen = seen(&village.queue());
        // In December whoever still lacks the year's check has a row.
        let most = if day.starts_with("2026-12") { 34 } else { 24 };
        assert!((6..=most).contains(&seen.due), "{day} {seen:?}");
        assert!(seen.due <= 12 * seen.follow_ups, "{day} {seen:?}");
        assert!((1..=5).contains(&seen.first_priority), "{day} {seen:?}");
        assert!(seen.overdue <= 6, "{day} {seen:?}");
        assert!(seen.most_late <= 60, "{day} {seen:?}");
    }
}

fn facts_of(view: &PersonView) -> PersonFacts {
    let person = &view.member.person;
    PersonFacts {
        birth: person.birth().unwrap(),
        is_female: person.sex() == Sex::Female,
        registered: Some(person.created),
    }
}

/// `CUNYI_VILLAGE_DAYS=1 CUNYI_VILLAGE_PEOPLE=3000 cargo test --test all practice::` builds a
/// whole village for every day from `CUNYI_VILLAGE_FROM` on (the end of 2026), of two years.
#[test]
fn a_village_can_be_built_for_any_day_of_two_years() {
    let told = |name: &str| std::env::var(name).ok();
    let number = |name: &str, usual: u32| told(name).map_or(usual, |text| text.parse().unwrap());
    let (each, people) = (
        number("CUNYI_VILLAGE_DAYS", 67),
        number("CUNYI_VILLAGE_PEOPLE", 36),
    );
    let first = told("CUNYI_VILLAGE_FROM").unwrap_or_else(|| "2026-12-31".to_owned());
    let first: Day = first.parse().unwrap();
    let step = usize::try_from(each).unwrap();
    let days = first.iter_days().take(2 * 365).step_by(step);
    let ends = ["2027-02-28", "2027-12-31", "2028-02-29"];
    let ends = ends.iter().map(|day| day.parse().unwrap());
    let days: BTreeSet<Day> = days.chain(ends).collect();
    // Shared out as they come, so that both cores are busy to the end.
    let waiting = Mutex::new(days.into_iter());
    let next = || waiting.lock().unwrap().next();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(day) = next() {
                    a_village_stands(people, day);
                }
            });
        }
    });
}

fn a_village_stands(people: u32, day: Day) {
    println!("{people} people on {day}");
    let village = built_on(people, u64::from(day.ordinal()), day);
    village.is_clean();
    let view = village.queue();
    assert_eq!(view.day, day);
    let is_busy = !view.due.is_empty() || 0 < view.counts.early + view.counts.standing;
    assert!(is_busy, "{day}: nothing to do");
    for id in 1..=village.summary.people {
        let view = village.person(PersonId(id));
        let course = &view.member.course;
        let faults = open_work::faults(course, &facts_of(&view), day);
        assert!(faults.is_empty(), "{day}, p{id}: {faults:#?}");
    }
}

/// Who is followed up in what, in a village of three thousand.
fn every_programme_has_its_people(village: &Village) {
    let mut open = BTreeMap::<&str, u32>::new();
    let (mut consent_refused, mut lost, mut behind) = (0, 0, 0);
    for id in 1..=village.summary.people {
        let view = village.person(PersonId(id));
        let course = &view.member.course;
        for (kind, programme) in &course.programmes {
            *open.entry(kind.code()).or_default() += u32::from(programme.is_open());
            if *kind == ProgrammeKind::Smd {
                lost += u32::from(matches!(programme.status, ProgrammeStatus::Lost { .. }));
                let refused = matches!(programme.status, ProgrammeStatus::Refused { .. });
                consent_refused += u32::from(refused);
            }
        }
        let tasks = standing::tasks(course, &facts_of(&view), today(), &Settings::default());
        let is_late = |task: &Task| {
            let is_dose = matches!(task.kind, TaskKind::Vaccination(_));
            is_dose && plus_days(task.first_due, 10) < today()
        };
        behind += u32::from(tasks.iter().any(is_late));
    }
    let bounds = [
        ("elderly", 550..=760),
        ("tcm_elderly", 550..=760),
        ("smd", 11..=18),
        ("tb", 2..=4),
        ("anc", 7..=12),
        ("pnc", 1..=6),
        ("child", 150..=210),
        ("vax", 150..=210),
        ("tcm_child", 70..=115),
        ("disabled", 45..=80),
        ("poverty", 110..=150),
    ];
    for (code, bounds) in bounds {
        assert!(bounds.contains(&open[code]), "{code}: {open:?}");
    }
    assert!((8..=22).contains(&behind), "{behind} behind on vaccines");
    assert_eq!((consent_refused, lost), (1, 1));
}

/// Every kind of work was done at least once.
fn every_kind_of_work_was_done(village: &Village) {
    let mut done = BTreeSet::new();
    for event in village.entries().iter().flat_map(|entry| &entry.events) {
        if let Event::ContactRecorded(contact) = event {
            done.extend(contact.decision.completed.iter().copied());
        }
    }
    for kind in TaskKind::all() {
        // Doses of other schedules and variants, and those before the village was entered.
        let is_dose = matches!(kind, TaskKind::Vaccination(_));
        let is_done = done.contains(&kind);
        assert!(is_done || is_dose, "{} never", kind.key());
    }
    let is_dose = |kind: &&TaskKind| matches!(kind, TaskKind::Vaccination(_));
    assert!(18 <= done.iter().filter(is_dose).count(), "{done:?}");
}

/// Walks every person's contacts once more by the rules of today.
fn every_visit_is_decided_as_it_stands(village: &Village) {
    let mut walked = 0;
    for id in 1..=village.summary.people {
        let view = village.person(PersonId(id));
        let facts = facts_of(&view);
        let mut contacts = view.contacts;
        contacts.sort_by_key(|contact| (contact.day, contact.seq));
        let recorded: Vec<Recorded> = contacts
            .iter()
            .map(|contact| Recorded {
                day: contact.day,
                happening: contact.happening.clone(),
                decision: contact.decision.clone(),
            })
            .collect();
        let settings = Settings::default();
        let anew = course::redecide(&Course::default(), &facts, &recorded, |_| &settings);
        for (contact, decision) in contacts.iter().zip(anew) {
            assert_eq!(contact.decision, decision, "{} of {id}", contact.id);
            walked += 1;
        }
    }
    assert!(18_000 < walked, "{walked} contacts");
}

#[test]
fn two_years_hold_everything_that_happens_in_a_clinic() {
    let village = built(1500, 8);
    let mut seen = BTreeSet::new();
    for event in village.entries().iter().flat_map(|entry| &entry.events) {
        if matches!(event, Event::ContactCorrected(_)) {
            seen.insert("corrected".to_owned());
        }
        let Event::ContactRecorded(contact) = event else {
            continue;
        };
        for rule in &contact.decision.rules {
            seen.insert(rule.id().to_owned());
        }
        seen.insert(match &contact.happening {
            Happening::Visited(visited) => format!("{:?}", visited.mode),
            Happening::Enrolled(_) => "enrolled".to_owned(),
            Happening::ReferralChecked { .. } => "referral".to_owned(),
            Happening::NotReached { .. } => "not reached".to_owned(),
            Happening::RefusedVisit { .. } => "refused".to_owned(),
            Happening::RefusedProgramme { .. } => "refused programme".to_owned(),
            Happening::DoneElsewhere(_) => "elsewhere".to_owned(),
            Happening::BroughtIn { .. } => "brought in".to_owned(),
            Happening::Left { .. } => "left".to_owned(),
            Happening::PressureScreened(_) => "screened".to_owned(),
            Happening::Returned
            | Happening::Lost { .. }
            | Happening::TargetSet { .. }
            | Happening::Declined(_)
            | Happening::TakenOver(_) => continue,
        });
    }
    let wanted = [
        "Clinic",
        "Home",
        "Phone",
        "enrolled",
        "referral",
        "not reached",
        "refused",
        "refused programme",
        "elsewhere",
        "brought in",
        "corrected",
        "left",
        "screened",
        "H00",
        "H4",
        "H5",
        "H6",
        "D4",
        "D5",
        "D7",
        "HS2",
        "R1",
        "R2",
        "R4",
        "U1",
        "U2",
        "U3",
        "U4",
        "E1",
        "E2",
        "E4",
        "EX1",
        "P1",
        "P4",
        "B3",
        "B7",
        "G1",
        "G4",
        "G9",
        "G10",
        "C1",
        "C2",
        "V1",
        "X1",
        "X2",
        "Q1",
        "Q2",
    ];
    for wanted in wanted {
        assert!(seen.contains(wanted), "{wanted} never happened: {seen:?}");
    }
}

#[test]
fn building_can_be_ended_and_never_builds_on_a_store_in_use() {
    let (desk, _folder) = empty();
    let ended = practice::build(&desk, 300, 1, today(), |_| false);
    assert!(matches!(ended, Err(Stop::Failed(_))), "{ended:?}");
    let again = practice::build(&desk, 300, 1, today(), |_| true);
    assert!(matches!(again, Err(Stop::Refused(_))), "{again:?}");
}

impl Village {
    fn list(&self, list: AgreementList) -> AgreementListView {
        let asked = AgreementListAsk {
            list,
            from: 0,
            limit: 5,
        };
        match self.desk.answer(&Question::AgreementList(asked)).unwrap() {
            Reply::AgreementList(view) => *view,
            other => panic!("{other:?}"),
        }
    }
}

/// Every agreement as the journal leaves it, the ways taken, and what happened, each counted.
struct Signed {
    agreements: BTreeMap<AgreementId, Agreement>,
    ways: BTreeMap<Transition, u32>,
    what: BTreeMap<&'static str, u32>,
}

fn signed(village: &Village) -> Signed {
    let mut signed = Signed {
        agreements: BTreeMap::new(),
        ways: BTreeMap::new(),
        what: BTreeMap::new(),
    };
    for entry in village.entries() {
        for event in &entry.events {
            let Event::AgreementChanged(changed) = event else {
                continue;
            };
            let before = signed.agreements.remove(&changed.agreement);
            let after = change::apply(before, changed);
            signed.agreements.extend(after.map(|one| (one.id, one)));
            if let Some(way) = changed.transition {
                *signed.ways.entry(way).or_default() += 1;
            }
            *signed.what.entry(changed.change.key()).or_default() += 1;
            if let Change::Signed(_) = changed.change {
                assert_ne!(entry.cause, "", "{}", entry.seq);
            }
        }
    }
    signed
}

/// The village is signed at a believable rate, and everything an agreement can
/// come to has come to some.
fn it_is_signed(village: &Village) {
    let signed = signed(village);
    let all = || signed.agreements.values();
    let covered: BTreeSet<PersonId> = all().flat_map(|one| one.covered_on(today())).collect();
    let (mut residents, mut key, mut key_covered) = (0, 0, 0);
    for id in 1..=village.summary.people {
        let view = village.person(PersonId(id));
        if view.member.person.is_here() {
            residents += 1;
            if view.member.tags.is_key(true) {
                key += 1;
                key_covered += usize::from(covered.contains(&PersonId(id)));
            }
        }
    }
    let rate = covered.len() * 1000 / residents;
    assert!(
        (700..=750).contains(&rate),
        "{rate} of a thousand, {residents} residents"
    );
    let rate = key_covered * 1000 / key;
    assert!(
        (800..=920).contains(&rate),
        "{rate} of a thousand, {key} key people"
    );
    let mut states = BTreeMap::<&str, u32>::new();
    for one in all() {
        *states.entry(one.state().name().en).or_default() += 1;
    }
    for state in State::ALL {
        let name = state.name().en;
        assert!(states.contains_key(name), "{name}: none of {states:?}");
    }
    let wanted = (1..=15).filter(|way| *way != 13);
    for way in wanted.map(|way| format!("T{way:02}")) {
        let mut ways = signed.ways.keys();
        assert!(
            ways.any(|one| format!("{one:?}") == way),
            "{way} never taken: {:?}",
            signed.ways
        );
    }
    for what in [
        "notice_withdrawn",
        "ending_signed",
        "member_confirmed",
        "renewal_spoken",
        "voucher_used",
    ] {
        assert!(
            signed.what.contains_key(what),
            "{what} never: {:?}",
            signed.what
        );
    }
    who_is_on_them(&signed);
    doctors_keep_to_their_caps(village);
    some_promises_are_broken(village, &signed);
    let lists = village.list(AgreementList::Running).counts;
    for (list, count) in &lists {
        assert!(0 < *count, "{} is empty: {lists:?}", list.key());
    }
}

/// The village doctors' lists are as good as full; one household stands above, with approval.
fn doctors_keep_to_their_caps(village: &Village) {
    let Reply::Parties(view) = village.desk.answer(&Question::Parties).unwrap() else {
        panic!("no parties");
    };
    let mut near = 0;
    for one in &view.doctors {
        let name = &one.doctor.name;
        let told = format!("{name}: {} in {}", one.persons, one.households);
        assert!(0 < one.persons && one.persons <= one.cap.persons, "{told}");
        let most = one.cap.households.map(|most| most + 1);
        assert!(most.is_none_or(|most| one.households <= most), "{told}");
        near += u32::from(matches!(one.fill, Fill::Near | Fill::Over));
    }
    assert_eq!(near, 2, "both village doctors");
    for (team, warnings) in &view.teams {
        assert_eq!(warnings.as_slice(), [], "{}", team.name);
    }
}

fn who_is_on_them(signed: &Signed) {
    let mut left_out = BTreeSet::new();
    let (mut births, mut later, mut long, mut died, mut moved) = (0, 0, 0, 0, 0);
    let (mut run_out, mut units, mut automatic, mut by_hand) = (0, 0, 0, 0);
    let (mut told, mut above) = (0, 0);
    for one in signed.agreements.values() {
        left_out.extend(one.contents.left_out.iter().map(|left| left.reason.code()));
        units += u32::from(matches!(one.scope, Scope::Unit(_)));
        automatic += u32::from(matches!(one.origin, Origin::Automatic { .. }));
        by_hand += u32::from(matches!(one.origin, Origin::Renewal { .. }));
        told += u32::from(one.origin == Origin::BroughtIn);
        let Some(signed) = one.signed() else { continue };
        let signing = signed.signing.as_ref();
        above += u32::from(signing.is_some_and(|signing| signing.above_cap.is_some()));
        for member in &signed.members {
            let is_supplement = 0 < member.page;
            let is_childs = member.consent.kind == ConsentKind::Guardian;
            births += u32::from(is_supplement && is_childs);
            later += u32::from(is_supplement && !is_childs);
            let since = plus_days(member.consent.on, 30);
            long += u32::from(member.is_unconfirmed() && since < today());
            match member.left.as_ref().map(|left| &left.reason) {
                Some(LeaveReason::Died) => died += 1,
                Some(LeaveReason::MovedOut { .. }) => moved += 1,
                _ => {}
            }
        }
        let closing = signed.closing.as_ref().map(|closing| &closing.by);
        if let Some(ClosedBy::NotRenewed { reasons }) = closing {
            run_out += u32::from(reasons.contains(&NotRenewed::EndUnsigned));
        }
    }
    assert!(3 <= left_out.len(), "{left_out:?}");
    assert_eq!((units, above), (1, 1));
    for (what, count) in [
        ("children on a supplement", births),
        ("others on a supplement", later),
        ("unconfirmed for long", long),
        ("died", died),
        ("moved out", moved),
        ("run out without both signatures", run_out),
        ("continued by themselves", automatic),
        ("renewed by hand", by_hand),
        ("brought in by a roster", told),
    ] {
        assert!(0 < count, "none {what}");
    }
}

/// The promises of this year and of the years that are over, of every tenth household.
fn some_promises_are_broken(village: &Village, signed: &Signed) {
    let mut stands = BTreeMap::<Standing, u32>::new();
    for id in signed.agreements.keys().filter(|id| id.0 % 10 == 0) {
        let asked = Question::Agreement {
            agreement: *id,
            signing: None,
        };
        let Reply::Agreement(view) = village.desk.answer(&asked).unwrap() else {
            panic!("no agreement");
        };
        let promises = view.people.iter().flat_map(|one| &one.promises);
        for promise in promises {
            *stands.entry(promise.standing(today(), 30)).or_default() += 1;
        }
    }
    let all: u32 = stands.values().sum();
    let broken = stands[&Standing::Broken] + stands[&Standing::Behind];
    assert!(all / 100 <= broken && broken <= all / 4, "{stands:?}");
    assert!(all / 3 <= stands[&Standing::Kept], "{stands:?}");
}

#[test]
fn registers_say_what_everything_there_is_says() {
    let village = built(600, 1);
    promises_are_kept_as_contacts_tell(&village, &signed(&village));
    registers_of_days_are_those_of_the_year(&village);
}

/// What was promised and done of two years by some agreements, counted from every contact there
/// is.
fn promises_are_kept_as_contacts_tell(village: &Village, signed: &Signed) {
    let settings = Settings::default();
    for from in [plus_days(today(), -364), plus_days(today(), -800)] {
        let asked = Question::Performance {
            from,
            until: today(),
        };
        let Reply::Registers(view) = village.desk.answer(&asked).unwrap() else {
            panic!("no registers");
        };
        let mut promised = 0;
        for (id, promises) in view.promises().iter().filter(|(id, _)| id.0 % 7 == 0) {
            let agreement = &signed.agreements[id];
            let members = agreement.signed().unwrap().members.iter();
            let members = members.filter(|member| member.page == 0);
            let people: BTreeSet<PersonId> = members.map(|member| member.person).collect();
            let mut expected = Vec::new();
            for person in people {
                let view = village.person(person);
                let facts = facts_of(&view);
                let mut contacts = view.contacts;
                contacts.sort_by_key(|contact| (contact.day, contact.seq));
                let life = Life {
                    person: &facts,
                    is_here: view.member.person.is_here(),
                    course: &view.member.course,
                    contacts: &contacts,
                    today: today(),
                    settings: &settings,
                };
                let record = Record {
                    completed: &picture::completed(&life),
                    scheduled: &picture::scheduled(&life),
                };
                expected.extend(fulfilment::promises(agreement, person, record, today()));
            }
            assert_eq!(*promises, expected, "{id}");
            promised += promises.len();
        }
        assert!(50 < promised, "{promised} promises");
    }
}

/// Whoever is looked up one by one is who he is where everybody is read at once.
fn registers_of_days_are_those_of_the_year(village: &Village) {
    let registers = |from: Day, until: Day| {
        let asked = Question::Registers { from, until };
        match village.desk.answer(&asked).unwrap() {
            Reply::Registers(view) => view,
            other => panic!("{other:?}"),
        }
    };
    let first = plus_days(today(), -364);
    let year = registers(first, today());
    let mut compared = 0;
    for day in first.iter_days().take(365).step_by(9) {
        let own = registers(day, day).registered;
        compared += own.len();
        for one in own {
            let mut among = year.registered.iter();
            let same = among.find(|other| other.agreement.id == one.agreement.id);
            assert_eq!(format!("{one:?}"), format!("{:?}", same.unwrap()), "{day}");
        }
    }
    assert!(2 < compared, "{compared} agreements");
}
