//! Random work against a plain map: what is read back is what was written,
//! undo included, and replay gives the same.

use std::collections::BTreeMap;

use cunyi::{
    desk::{Command, Question, Reply, Stop},
    domain::{
        id::PersonId,
        value::{Answers, Value},
    },
    store::Store,
};

use crate::support::clinic::{Clinic, visit};

/// What a person should look like: name, and the pressures of standing visits by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Expected {
    name: String,
    visits: BTreeMap<String, (i64, u64)>,
}

type Model = BTreeMap<PersonId, Expected>;

const STEPS: usize = 150;

fn walk(seed: u64) {
    let mut chance = fastrand::Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    let mut clinic = Clinic::of(Store::open(&path, None).unwrap());
    clinic.set_up().unwrap();
    let mut model = Model::new();
    // What one undo would bring back; undo of undo brings it forth again.
    let mut before: Option<Model> = None;
    for step in 0..STEPS {
        let was = model.clone();
        let people: Vec<PersonId> = model.keys().copied().collect();
        let kind = chance.u8(0..10);
        let went = match (people.as_slice(), kind) {
            ([], _) | (_, 0) => add(&mut clinic, &mut model, step),
            (people, 1..=2) => rename(
                &mut clinic,
                &mut model,
                people[chance.usize(..people.len())],
                step,
            ),
            (_, 3) => undo(&mut clinic, &mut model, &mut before, seed, step),
            (people, 4) => withdraw(
                &mut clinic,
                &mut model,
                people[chance.usize(..people.len())],
            ),
            (people, _) => {
                let person = people[chance.usize(..people.len())];
                let day = format!("2026-{:02}-{:02}", chance.u8(8..=10), chance.u8(1..=28));
                record(&mut clinic, &mut model, person, &day, chance.i64(110..190))
            }
        };
        if went {
            before = Some(was);
        }
        if step % 40 == 0 {
            clinic.is_clean();
        }
    }
    compare(&clinic, &model, seed);
    clinic.is_clean();
    drop(clinic);
    let again = Clinic::of(Store::open(&path, None).unwrap());
    compare(&again, &model, seed);
}

fn add(clinic: &mut Clinic, model: &mut Model, step: usize) -> bool {
    let name = format!(
        "李{}",
        char::from_u32(0x4e00 + u32::try_from(step).unwrap()).unwrap()
    );
    let person = clinic.person(&name, "1958-02-01");
    model.insert(
        person,
        Expected {
            name,
            visits: BTreeMap::new(),
        },
    );
    clinic.enrol(person, "2026-07-01");
    true
}

fn rename(clinic: &mut Clinic, model: &mut Model, person: PersonId, step: usize) -> bool {
    let name = format!(
        "王{}",
        char::from_u32(0x5e00 + u32::try_from(step).unwrap()).unwrap()
    );
    let mut card: Answers = view(clinic, person).card;
    card.insert("name".into(), Value::Text(name.clone()));
    clinic
        .change(Command::ChangePerson { person, card })
        .unwrap();
    model.get_mut(&person).unwrap().name = name;
    true
}

fn record(clinic: &mut Clinic, model: &mut Model, person: PersonId, day: &str, sbp: i64) -> bool {
    let draft = visit(person, day, sbp, 80);
    let expected = model.get_mut(&person).unwrap();
    match clinic.change(Command::RecordContact(Box::new(draft))) {
        Ok(done) => {
            let id = done.contacts[0].id.0;
            let old = expected.visits.insert(day.to_owned(), (sbp, id));
            assert_eq!(old, None, "two visits on {day}");
            true
        }
        Err(Stop::Refused(refusal)) => {
            assert_eq!(refusal.code(), "E-FORM-DUP");
            assert!(expected.visits.contains_key(day));
            false
        }
        Err(other) => panic!("{other:?}"),
    }
}

fn withdraw(clinic: &mut Clinic, model: &mut Model, person: PersonId) -> bool {
    let expected = model.get_mut(&person).unwrap();
    let Some((_, (_, id))) = expected.visits.pop_first() else {
        return false;
    };
    let contact = cunyi::domain::id::VisitId(id);
    let reason = "录错".to_owned();
    clinic
        .change(Command::WithdrawContact { contact, reason })
        .unwrap();
    true
}

fn undo(
    clinic: &mut Clinic,
    model: &mut Model,
    before: &mut Option<Model>,
    seed: u64,
    step: usize,
) -> bool {
    match (clinic.change(Command::Undo), before.take()) {
        (Ok(_), Some(was)) if was.len() == model.len() => {
            *before = Some(std::mem::replace(model, was));
        }
        // Adding a person is two requests here: the enrolment alone was undone.
        (Ok(_), Some(_)) => {
            clinic.change(Command::Undo).unwrap();
        }
        (answer, was) => panic!(
            "seed {seed}, step {step}: {answer:?} with {}",
            was.is_some()
        ),
    }
    false
}

struct View {
    card: Answers,
    visits: BTreeMap<String, (i64, u64)>,
}

fn view(clinic: &Clinic, person: PersonId) -> View {
    let Reply::Person(view) = clinic.desk.answer(&Question::Person(person)).unwrap() else {
        panic!("no person");
    };
    let standing = view
        .contacts
        .iter()
        .filter(|c| c.withdrawn.is_none() && !c.forms.is_empty());
    View {
        visits: standing
            .map(|contact| {
                let sbp = contact.forms[0].answers["sbp"].number().unwrap();
                (
                    contact.day.to_string(),
                    (sbp.thousandths() / 1000, contact.id.0),
                )
            })
            .collect(),
        card: view.member.person.card,
    }
}

fn compare(clinic: &Clinic, model: &Model, seed: u64) {
    for (person, expected) in model {
        let found = view(clinic, *person);
        let name = found.card["name"].text().unwrap();
        assert_eq!(
            (name, &found.visits),
            (expected.name.as_str(), &expected.visits),
            "seed {seed}"
        );
    }
}

#[test]
fn random_work_reads_back_as_it_was_done() {
    for seed in 1..=4 {
        walk(seed);
    }
}
