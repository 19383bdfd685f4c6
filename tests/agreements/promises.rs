//! 履约: promises counted from contacts, and what a list says of them.

use cunyi::domain::{
    agreement::{
        contract::Origin,
        fulfilment::{Completed, Promise, Record, Standing, What, promises},
        promise::{Contact, Item, Service},
        roll::{self, HeldBack, Today},
    },
    id::AgreementId,
    programmes::ProgrammeKind,
    task::TaskKind,
};

use super::village::{A, GRANNY, World, d, world};

fn visit(day: &str, task: TaskKind, contact: Contact) -> Completed {
    Completed {
        day: d(day),
        what: What::Task(task),
        contact,
    }
}

fn of(
    world: &World,
    id: AgreementId,
    done: &[Completed],
    service: Service,
    today: &str,
) -> Promise {
    let record = Record {
        completed: done,
        scheduled: &[],
    };
    let all = promises(world.of(id), GRANNY, record, d(today));
    let mut found = all
        .into_iter()
        .filter(|one| one.item == Item::Basic(service));
    found.next().unwrap()
}

fn hypertensive() -> (World, AgreementId) {
    let mut world = world();
    world.person(GRANNY).programmes.insert(ProgrammeKind::Htn);
    let id = world.sign_first(A, Origin::New, "2025-08-12").unwrap();
    (world, id)
}

#[test]
fn four_visits_a_year_fall_due_in_quarters_of_the_agreement_year() {
    let (world, id) = hypertensive();
    let face = Contact::FaceToFace;
    let mut done = vec![
        visit("2025-08-20", TaskKind::HtnVisit, face),
        visit("2025-08-20", TaskKind::HtnVisit, face),
        visit("2025-11-20", TaskKind::HtnVisit, Contact::Any),
    ];
    let visits = |done: &[Completed], today| of(&world, id, done, Service::HtnVisits, today);
    let promise = visits(&done, "2025-11-12");
    assert_eq!((promise.required, promise.done, promise.missed), (4, 1, 0));
    assert_eq!(promise.due_next, Some(d("2026-02-11")));
    assert_eq!(promise.standing(d("2025-11-12"), 30), Standing::OnTrack);
    assert_eq!(promise.standing(d("2026-01-12"), 30), Standing::DueSoon);
    let promise = visits(&done, "2026-02-12");
    assert_eq!((promise.due, promise.missed), (2, 1));
    assert_eq!(promise.standing(d("2026-02-12"), 30), Standing::Behind);
    done.push(visit("2026-02-13", TaskKind::HtnVisit, face));
    done.push(visit("2026-05-01", TaskKind::HtnVisit, face));
    let promise = visits(&done, "2026-08-12");
    assert_eq!((promise.kept(), promise.missed), (3, 1));
    assert_eq!(promise.standing(d("2026-08-12"), 30), Standing::Broken);
    done.push(visit("2026-08-11", TaskKind::HtnVisit, face));
    let promise = visits(&done, "2026-08-12");
    assert_eq!(promise.standing(d("2026-08-12"), 30), Standing::Kept);
}

#[test]
fn a_whole_yearly_check_stands_for_the_assessment() {
    let (world, id) = hypertensive();
    let done = [visit("2025-10-01", TaskKind::HtnExam, Contact::FaceToFace)];
    let promise = of(&world, id, &done, Service::Assessment, "2025-10-02");
    assert_eq!(
        (promise.required, promise.done, promise.due_next),
        (1, 1, None)
    );
}

#[test]
fn more_than_a_month_of_missed_days_waits_for_the_date_to_be_confirmed() {
    let (last, today) = (d("2026-08-01"), d("2026-09-01"));
    let clock = Today::AsTheClockSays;
    assert_eq!(roll::days(last, today, clock).map(Iterator::count), Ok(31));
    let later = d("2026-09-02");
    let held = roll::days(last, later, clock).map(Iterator::count);
    assert_eq!(held, Err(HeldBack { missed: 32 }));
    let confirmed = roll::days(last, later, Today::Confirmed);
    assert_eq!(confirmed.map(Iterator::count), Ok(32));
}
