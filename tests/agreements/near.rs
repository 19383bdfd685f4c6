//! Promises near the end of their agreement year in the day's queue: which row they make or pull
//! forward, how long it can wait, and what takes it away again.

use std::sync::Arc;

use cunyi::{
    desk::{
        Command,
        reply::{QueueRow, QueueView},
        request::ContactDraft,
    },
    domain::{
        agreement::{
            action::{Action, Voiding},
            approval::{Approval, Approver},
            promise::Service,
            signed::VoidFinding,
        },
        clinic::Role,
        course::happening::{Enrolled, Happening},
        id::AgreementId,
        programmes::{ProgrammeKind, reason::Reason},
        queue::Priority,
        task::TaskKind,
    },
};

use crate::support::{
    agreed::{A, DOCTOR, GRANNY, OTHER, Town},
    clinic::{day, visit},
    live::Window,
};

fn enrol(town: &mut Town, kind: ProgrammeKind) {
    let draft = ContactDraft {
        happening: Some(Happening::Enrolled(Enrolled::in_programme(kind))),
        ..ContactDraft::about(GRANNY, town.today())
    };
    town.change(DOCTOR, Command::RecordContact(Box::new(draft)))
        .unwrap();
}

fn sees(town: &mut Town, on: &str) {
    town.on(on);
    let seen = visit(GRANNY, on, 138, 84);
    town.change(DOCTOR, Command::RecordContact(Box::new(seen)))
        .unwrap();
}

/// Granny followed up for hypertension and signed from 2025-08-12 to 2026-08-11: four visits
/// promised, three made, the next one due four days too late.
fn three_of_four() -> (Town, AgreementId) {
    let mut town = Town::new();
    enrol(&mut town, ProgrammeKind::Htn);
    let id = town.sign_first(A).unwrap();
    for on in ["2025-09-01", "2026-02-20", "2026-05-15"] {
        sees(&mut town, on);
    }
    (town, id)
}

fn of_granny(view: &QueueView) -> Vec<&Arc<QueueRow>> {
    let all = view.due.iter().chain(&view.early);
    all.filter(|row| row.row.person == GRANNY).collect()
}

#[test]
fn a_visit_that_would_come_too_late_is_pulled_into_the_agreement_year() {
    let (mut town, id) = three_of_four();
    town.on("2026-07-31");
    let visits = |view: &QueueView| {
        let rows = of_granny(view).into_iter();
        let tasks = rows.flat_map(|row| row.row.tasks.clone());
        tasks
            .filter(|task| task.kind == TaskKind::HtnVisit)
            .collect::<Vec<_>>()
    };
    assert_eq!(visits(&town.clinic.queue()), []);
    town.on("2026-08-01");
    let view = town.clinic.queue();
    let pulled = visits(&view);
    assert_eq!(pulled.len(), 1, "one row and no second for the programme");
    assert_eq!(pulled[0].due, day("2026-08-01"));
    assert_eq!(pulled[0].latest, Some(day("2026-08-11")));
    assert_eq!(pulled[0].reason, Reason::Promised { done: 3, times: 4 });
    let row = of_granny(&view)[0];
    assert_eq!(row.row.latest, Some(day("2026-08-11")));
    assert!(row.forms.contains(&"F01".to_owned()), "{:?}", row.forms);
    let owed = &row.row.owed;
    let owed = owed.iter().find(|one| one.service == Service::HtnVisits);
    let owed = owed.unwrap();
    assert_eq!(owed.number, "QY529901103101202500001");
    assert_eq!(
        (owed.agreement, owed.required, owed.done, owed.until),
        (id, 4, 3, day("2026-08-11"))
    );
    sees(&mut town, "2026-08-05");
    let view = town.clinic.queue();
    assert_eq!(visits(&view), []);
    town.clinic.is_clean();
}

#[test]
fn a_visit_made_before_its_window_keeps_the_promise_all_the_same() {
    let (mut town, _) = three_of_four();
    sees(&mut town, "2026-07-20");
    town.on("2026-08-05");
    let view = town.clinic.queue();
    let owed = of_granny(&view).into_iter().flat_map(|row| &row.row.owed);
    let services: Vec<Service> = owed.map(|one| one.service).collect();
    assert!(!services.contains(&Service::HtnVisits), "{services:?}");
    town.clinic.is_clean();
}

#[test]
fn a_yearly_check_of_the_calendar_year_makes_a_row_before_the_agreement_year_ends() {
    let mut town = Town::new();
    enrol(&mut town, ProgrammeKind::Elderly);
    town.sign_first(A).unwrap();
    let checks = |town: &Town| {
        let view = town.clinic.queue();
        let rows = of_granny(&view).into_iter();
        let with = |row: &&Arc<QueueRow>| {
            let mut tasks = row.row.tasks.iter();
            tasks.any(|task| task.kind == TaskKind::ElderlyExam)
        };
        let rows: Vec<Arc<QueueRow>> = rows.filter(with).cloned().collect();
        assert!(rows.len() < 2);
        rows.into_iter().next()
    };
    town.on("2026-07-11");
    assert!(checks(&town).is_none(), "until then it rides along");
    town.on("2026-07-12");
    let row = checks(&town).unwrap();
    assert_eq!(row.row.priority, Priority::DueToday);
    assert_eq!(row.row.latest, Some(day("2026-08-11")));
    assert!(row.forms.contains(&"F07".to_owned()), "{:?}", row.forms);
    town.on("2026-07-20");
    let row = checks(&town).unwrap();
    assert_eq!(row.row.priority, Priority::Grace);
    let services = row.row.owed.iter().map(|one| one.service);
    let services: Vec<Service> = services.collect();
    assert_eq!(services, [Service::Assessment, Service::ElderlyExam]);
    town.on("2026-08-12");
    assert!(
        checks(&town).is_none(),
        "the year is over: nothing keeps it"
    );
}

#[test]
fn an_assessment_makes_a_row_in_the_last_month_of_its_agreement_year_whatever_the_month() {
    let (mut town, _) = Town::signed();
    town.on("2026-07-01");
    assert_eq!(town.clinic.queue().due.len(), 0);
    town.on("2026-07-20");
    let view = town.clinic.queue();
    let kinds = view.due.iter().flat_map(|row| &row.row.tasks);
    let assess = kinds.filter(|task| task.kind == TaskKind::GeneralAssess);
    let promised = assess.inspect(|task| {
        assert_eq!(task.reason, Reason::Promised { done: 0, times: 1 });
    });
    assert_eq!(promised.count(), 4, "the four who signed");
}

#[test]
fn with_the_agreement_void_or_over_the_row_goes() {
    let (mut town, id) = three_of_four();
    town.on("2026-08-03");
    let owes = |town: &Town| {
        let view = town.clinic.queue();
        let rows = of_granny(&view).into_iter();
        rows.filter(|row| !row.row.owed.is_empty()).count()
    };
    assert_eq!(owes(&town), 1);
    let voiding = Voiding {
        finding: VoidFinding::NotAgreed,
        reason: "本人不知情".to_owned(),
        informed: Some(day("2026-08-03")),
        approval: Some(Approval {
            by: Approver::Staff {
                id: OTHER,
                name: String::new(),
            },
            on: day("2026-08-03"),
        }),
    };
    town.ask(id, Action::Void(Box::new(voiding))).unwrap();
    assert_eq!(owes(&town), 0);
    town.clinic.is_clean();
}

#[test]
fn a_failed_attempt_on_the_pulled_row_names_its_next_day() {
    let (mut town, _) = three_of_four();
    town.on("2026-08-02");
    let tried = ContactDraft {
        happening: Some(Happening::NotReached {
            kinds: [TaskKind::HtnVisit].into(),
            reason: None,
            missed: None,
        }),
        ..ContactDraft::about(GRANNY, town.today())
    };
    town.change(DOCTOR, Command::RecordContact(Box::new(tried)))
        .unwrap();
    town.on("2026-08-09");
    let view = town.clinic.queue();
    let row = of_granny(&view)[0];
    let task = row.row.tasks.iter();
    let task = task.clone().find(|task| task.kind == TaskKind::HtnVisit);
    let task = task.unwrap();
    assert_eq!(task.due, day("2026-08-09"));
    assert_eq!(task.latest, Some(day("2026-08-11")));
}

#[test]
fn the_row_says_promise_and_its_key_tells_number_times_and_last_day() {
    let (mut town, _) = three_of_four();
    town.on("2026-08-02");
    let (name, role) = ("孙小玲".to_owned(), Role::PublicHealth);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    let window = Window::open(&Arc::new(town.desk("w1")), "王建国", "w1");
    // The yearly check leads, it has been due the longer.
    window.shows("履约0/1次");
    window.shows("08-11");
    let told = window.keys("<end><f5>");
    told.shows("PR1");
    told.shows("QY529901103101202500001 高血压随访：本协议年承诺4次，已做3次");
    told.shows("最晚2026-08-11做才算");
    // One visit keeps it all: the yearly check goes along.
    let form = told.keys("<esc><enter>");
    form.shows("F01");
    form.shows("王桂兰");
}
