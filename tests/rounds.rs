//! A month of the practice village, worked through by a doctor who takes the rows in order: on
//! their papers, or with an honest word that nobody was there.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, atomic::AtomicI64},
};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Question, Reply, Request,
        reply::{QueueRow, QueueView, VisitDeskView},
        request::{ContactDraft, QueueAsk},
    },
    domain::{
        course::{
            Happening, PersonFacts,
            happening::{Missed, ReferralResult},
        },
        day::{Day, plus_days},
        form::{self, FilledForm, Severity},
        id::{PersonId, StaffId},
        identity::Sex,
        task::{Mode, Task, TaskKind},
        visit,
    },
    practice::{self, Chance, Occasion, Patient},
    store::Store,
};

use crate::support::{open_work, village::Standing};

/// 2026-11-21, 10:00 in China.
const MORNING: i64 = 1_795_226_400_000;
const DAY: i64 = 86_400_000;

fn first_day() -> Day {
    "2026-11-21".parse().unwrap()
}

/// A practice clinic keeps its day, unless it is opened as of another.
fn opened(folder: &tempfile::TempDir, catalog: &'static Catalog, day: Day) -> Desk {
    let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
    let noon = Standing(AtomicI64::new(
        MORNING + (day - first_day()).num_days() * DAY,
    ));
    Desk::new(store, Arc::new(noon), catalog, "t1", Some(day))
}

struct Doctor {
    desk: Desk,
    folder: tempfile::TempDir,
    catalog: &'static Catalog,
    chance: Chance,
    requests: u32,
    /// What was recorded, by name.
    told: BTreeMap<String, u32>,
}

impl Doctor {
    fn of(people: u32, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let today = first_day();
        let desk = opened(&folder, catalog, today);
        practice::build(&desk, people, seed, today, |_| true)
            .unwrap_or_else(|stop| panic!("{stop:?}"));
        Self {
            desk,
            folder,
            catalog,
            chance: Chance::of(seed, &[30]),
            requests: 0,
            told: BTreeMap::new(),
        }
    }

    fn answer(&self, question: &Question) -> Reply {
        self.desk.answer(question).unwrap()
    }

    fn queue(&self) -> QueueView {
        match self.answer(&Question::Queue(QueueAsk::default())) {
            Reply::Queue(queue) => *queue,
            other => panic!("{other:?}"),
        }
    }

    fn visit_desk(&self, person: PersonId, forms: &[String]) -> VisitDeskView {
        let asked = Question::VisitDesk {
            person,
            forms: forms.to_vec(),
            day: None,
        };
        match self.answer(&asked) {
            Reply::VisitDesk(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    fn record(&mut self, draft: ContactDraft, view: Option<&VisitDeskView>) {
        self.requests += 1;
        let change = Change {
            id: format!("round/{}", self.requests),
            by: StaffId(1),
            seen: view.map_or_else(Vec::new, |view| view.seen.clone()),
            date_is: None,
            command: Command::RecordContact(Box::new(draft.clone())),
        };
        self.desk
            .ask(&Request::Change(Box::new(change)))
            .unwrap_or_else(|stop| panic!("{stop:?} to {draft:?}"));
    }

    fn note(&mut self, what: &str) {
        *self.told.entry(what.to_owned()).or_default() += 1;
    }

    fn row(&mut self, row: &QueueRow, day: Day) {
        let row = &row.row;
        let kinds: BTreeSet<TaskKind> = row.tasks.iter().map(|task| task.kind).collect();
        let about = ContactDraft::about(row.person, day);
        let is_referred = kinds.contains(&TaskKind::ReferralCheck);
        if is_referred && self.chance.holds(500) {
            let result = self.chance.weighted(&[(0, 6), (1, 1), (2, 2), (3, 1)]);
            let result = [
                ReferralResult::Attended,
                ReferralResult::InHospital,
                ReferralResult::NotAttended,
                ReferralResult::Unreachable,
            ][result];
            let mode = Mode::Phone;
            let happening = Some(Happening::ReferralChecked { result, mode });
            self.note("referral");
            return self.record(ContactDraft { happening, ..about }, None);
        }
        if self.chance.holds(90) {
            let happening = Some(Happening::NotReached {
                kinds,
                reason: None,
                missed: Some(Missed::NotHome),
            });
            self.note("not reached");
            return self.record(ContactDraft { happening, ..about }, None);
        }
        let mut tasks = row.tasks.clone();
        tasks.extend(row.riding.clone());
        let ids = forms_of(self, row.person, &tasks, day);
        assert!(!ids.is_empty(), "{tasks:?} have no form");
        let view = self.visit_desk(row.person, &ids);
        let forms = self.filled(&view, day, is_by_home(&kinds));
        for form in &forms {
            self.note(&form.form);
        }
        let referral_result = is_referred.then_some(ReferralResult::Attended);
        let draft = ContactDraft {
            forms,
            referral_result,
            ..about
        };
        self.record(draft, Some(&view));
    }

    fn filled(&mut self, view: &VisitDeskView, day: Day, by_home: bool) -> Vec<FilledForm> {
        let facts = PersonFacts {
            birth: view.person.birth().unwrap(),
            is_female: view.person.sex() == Sex::Female,
            registered: Some(view.person.created),
        };
        let mut fixed = Chance::of(view.person.id.0, &[7]);
        let card = view.contexts.first().unwrap().card.clone();
        let patient = Patient::invented(facts, card, &view.course, day, &mut fixed);
        let reading = patient.latent.reading(day, &mut self.chance);
        let on = Occasion {
            day,
            mode: if by_home { Mode::Home } else { Mode::Clinic },
            by: "王建国",
            course: &view.course,
            reading: &reading,
        };
        let mut forms = Vec::new();
        for (form, context) in view.forms.iter().zip(&view.contexts) {
            let told = practice::told(form, &patient, &on, &mut self.chance);
            let filled = practice::fill_in(form, context, told, &mut self.chance);
            let faults: Vec<_> = form::check(form, &filled.answers, context)
                .into_iter()
                .filter(|problem| problem.severity() == Severity::Hard)
                .collect();
            assert!(faults.is_empty(), "{}: {faults:?}", form.id);
            assert!(self.catalog.form(&filled.form).is_some());
            forms.push(filled);
        }
        forms
    }

    /// Works until nobody is left; who was not reached stays for another day.
    fn morning(&mut self, day: Day) -> usize {
        self.desk = opened(&self.folder, self.catalog, day);
        let mut seen = BTreeSet::new();
        let mut rows = 0;
        loop {
            let queue = self.queue();
            let next = queue.due.iter().find(|row| !seen.contains(&row.row.person));
            let Some(row) = next else { return rows };
            seen.insert(row.row.person);
            self.row(row, queue.day);
            rows += 1;
        }
    }

    /// What is wrong with anybody.
    fn faults(&self, people: u64, today: Day) -> Vec<String> {
        let mut faults = Vec::new();
        for id in 1..=people {
            let Reply::Person(view) = self.answer(&Question::Person(PersonId(id))) else {
                panic!("no {id}");
            };
            let facts = PersonFacts {
                birth: view.member.person.birth().unwrap(),
                is_female: view.member.person.sex() == Sex::Female,
                registered: Some(view.member.person.created),
            };
            let found = open_work::faults(&view.member.course, &facts, today);
            faults.extend(found.into_iter().map(|fault| format!("p{id}: {fault}")));
        }
        faults
    }
}

fn forms_of(doctor: &Doctor, person: PersonId, tasks: &[Task], day: Day) -> Vec<String> {
    let Reply::Person(view) = doctor.answer(&Question::Person(person)) else {
        panic!("no {person}");
    };
    let who = visit::Who {
        course: &view.member.course,
        birth: view.member.person.birth().unwrap(),
        day,
    };
    visit::forms_of(tasks, &who)
}

/// Work that is done at the people's homes only.
fn is_by_home(kinds: &BTreeSet<TaskKind>) -> bool {
    kinds.iter().any(|kind| {
        matches!(
            kind,
            TaskKind::PostnatalVisit
                | TaskKind::NewbornVisit
                | TaskKind::NewbornExtra
                | TaskKind::HouseholdVisit
        )
    })
}

/// `CUNYI_PEOPLE=3000 cargo test --test all rounds::` works through a whole village.
#[test]
fn a_month_of_rounds_leaves_a_clean_clinic() {
    let people = std::env::var("CUNYI_PEOPLE").map_or(600, |people| people.parse().unwrap());
    let mut doctor = Doctor::of(people, 11);
    let mut rows = 0;
    for morning in 0..30 {
        rows += doctor.morning(plus_days(first_day(), morning));
    }
    let checked = doctor.desk.check(|_| true).unwrap().checked;
    assert_eq!(checked.faults, Vec::new());
    let today = doctor.queue().day;
    let faults = doctor.faults(people.into(), today);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(people / 4 < rows.try_into().unwrap(), "{rows} rows");
    for wanted in ["F01", "F02", "F07", "F27", "not reached", "referral"] {
        assert!(
            doctor.told.contains_key(wanted),
            "{wanted}: {:?}",
            doctor.told
        );
    }
}
