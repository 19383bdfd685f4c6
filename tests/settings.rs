//! The clinic's settings: who changes them, from which day they are in force, what they move.

mod keys;
mod window;

use cunyi::{
    desk::{
        Change, Command, Question, Reply, Request, Stop,
        reply::{SettingsPreview, SettingsView},
        request::QueueAsk,
    },
    domain::{
        aspect::{Aspect, Seen},
        clinic::Role,
        contact::Contact,
        id::{PersonId, StaffId},
        refusal::{RecordRefusal, Refusal},
        settings::{Moves, Section, SettingFault, Values},
    },
};

use crate::support::clinic::{Clinic, day, visit};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn values(pairs: &[(&str, &str)]) -> Values {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

fn set(clinic: &mut Clinic, pairs: &[(&str, &str)]) {
    let values = values(pairs);
    clinic.change(Command::ChangeSettings { values }).unwrap();
}

fn by(
    clinic: &Clinic,
    id: &str,
    staff: u64,
    seen: Vec<Seen>,
    pairs: &[(&str, &str)],
) -> Result<(), Stop> {
    let change = Change {
        id: id.to_owned(),
        by: StaffId(staff),
        seen,
        date_is: None,
        command: Command::ChangeSettings {
            values: values(pairs),
        },
    };
    clinic
        .desk
        .ask(&Request::Change(Box::new(change)))
        .map(|_| ())
}

fn view(clinic: &Clinic) -> SettingsView {
    let question = Question::Settings { by: StaffId(1) };
    match clinic.desk.answer(&question).unwrap() {
        Reply::Settings(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn preview(clinic: &Clinic, pairs: &[(&str, &str)]) -> SettingsPreview {
    let values = values(pairs);
    match clinic
        .desk
        .answer(&Question::SettingsPreview { values })
        .unwrap()
    {
        Reply::SettingsPreview(preview) => *preview,
        other => panic!("{other:?}"),
    }
}

fn contacts(clinic: &Clinic, person: PersonId) -> Vec<Contact> {
    match clinic.desk.answer(&Question::Person(person)).unwrap() {
        Reply::Person(view) => view.contacts,
        other => panic!("{other:?}"),
    }
}

/// How many days after a visit the next one is due, and by which edition.
fn intervals(clinic: &Clinic, person: PersonId) -> Vec<(i64, u32)> {
    let opened = |contact: &Contact| {
        let task = contact.decision.opened.first()?;
        Some(((task.due - contact.day).num_days(), contact.edition))
    };
    contacts(clinic, person)
        .iter()
        .skip(1)
        .filter_map(opened)
        .collect()
}

fn refusal(result: Result<(), Stop>) -> RecordRefusal {
    match result {
        Err(Stop::Refused(Refusal::Record(refusal))) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_visit_is_decided_with_the_settings_of_its_day_and_names_them() {
    let mut clinic = Clinic::new();
    let people = ["张德福", "李国强"].map(|name| {
        let person = clinic.person(name, "1970-05-05");
        clinic.enrol(person, "2026-10-01");
        person
    });
    let [early, late] = people;
    clinic.clock.turn(3 * DAY);
    set(&mut clinic, &[("htn.unsat_days", "21")]);
    let mut record = |person, on, sbp| {
        let draft = visit(person, on, sbp, 85);
        let command = Command::RecordContact(Box::new(draft));
        clinic.change(command).unwrap();
    };
    // Told of only now: the settings of its day count.
    record(early, "2026-11-20", 165);
    record(late, "2026-11-24", 165);
    // What comes before is told of later: the visit after it is decided again, by its own day.
    record(late, "2026-11-10", 135);
    assert_eq!(intervals(&clinic, early), [(14, 0)]);
    assert_eq!(intervals(&clinic, late), [(92, 0), (21, 1)]);
    clinic.is_clean();
}

#[test]
fn a_change_lets_the_queue_find_people_by_other_days_and_the_tables_equal_a_replay() {
    let mut clinic = Clinic::new();
    for (name, on) in [("张德福", "2026-11-05"), ("李国强", "2026-11-20")] {
        let person = clinic.person(name, "1970-05-05");
        clinic.enrol(person, on);
    }
    let early = |clinic: &Clinic| {
        let asked = QueueAsk {
            all: true,
            ..QueueAsk::default()
        };
        match clinic.desk.answer(&Question::Queue(asked)).unwrap() {
            Reply::Queue(queue) => (queue.early.len(), queue.counts.standing),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(early(&clinic).0, 0);
    set(&mut clinic, &[("lead_days", "20")]);
    assert_eq!(early(&clinic).0, 1);
    set(
        &mut clinic,
        &[("lead_days", "30"), ("lead_days_annual", "0")],
    );
    assert_eq!(early(&clinic).0, 2);
    clinic.is_clean();
    set(
        &mut clinic,
        &[("lead_days", "7"), ("lead_days_annual", "30")],
    );
    assert_eq!(early(&clinic).0, 0);
    clinic.is_clean();
}

#[test]
fn a_visit_of_before_a_change_is_undone_and_the_change_stays() {
    let mut clinic = Clinic::new();
    let (name, role) = ("李小燕".to_owned(), Role::Doctor);
    clinic.change(Command::AddStaff { name, role }).unwrap();
    let person = clinic.person("张德福", "1970-05-05");
    clinic.enrol(person, "2026-10-01");
    let draft = visit(person, "2026-11-20", 135, 80);
    clinic
        .change(Command::RecordContact(Box::new(draft)))
        .unwrap();
    let change = &[("lead_days", "20"), ("routine.early_days", "20")];
    by(&clinic, "other", 2, Vec::new(), change).unwrap();
    let done = clinic.change(Command::Undo).unwrap();
    assert_eq!(done.undone_what.unwrap().cause, "record_contact");
    assert_eq!(contacts(&clinic, person).len(), 1);
    assert_eq!(view(&clinic).edition, 2);
    // One's own change is not passed over: it is changed back.
    set(&mut clinic, &[("lead_days", "7")]);
    let cause = "change_settings".to_owned();
    let refused = clinic.change(Command::Undo).map(|_| ());
    assert_eq!(refusal(refused), RecordRefusal::Stands { cause });
    clinic.is_clean();
}

#[test]
fn only_an_administrator_changes_settings_where_there_is_one() {
    let mut clinic = Clinic::new();
    for (name, role) in [("李小燕", Role::PublicHealth), ("赵管理", Role::Admin)] {
        let name = name.to_owned();
        clinic.change(Command::AddStaff { name, role }).unwrap();
    }
    let change = &[("lead_days", "9")];
    let needed = RecordRefusal::NotAllowed {
        needed: Role::Admin,
    };
    assert_eq!(refusal(by(&clinic, "a", 1, Vec::new(), change)), needed);
    assert_eq!(refusal(by(&clinic, "b", 2, Vec::new(), change)), needed);
    assert_eq!(view(&clinic).locked, Some(needed));
    by(&clinic, "c", 3, Vec::new(), change).unwrap();
    assert_eq!(view(&clinic).edition, 1);
}

#[test]
fn every_problem_is_told_at_its_key_and_nothing_is_changed() {
    let mut clinic = Clinic::new();
    let wrong = [
        ("htn.unsat_days", "40"),
        ("dm.fbg_target", "low"),
        ("no.key", "1"),
        ("lead_days", "9"),
    ];
    let range = SettingFault::OutOfRange {
        low: "14".to_owned(),
        high: "28".to_owned(),
    };
    let told =
        |problems: Vec<cunyi::domain::settings::SettingProblem>| -> Vec<(String, SettingFault)> {
            problems.into_iter().map(|p| (p.key, p.fault)).collect()
        };
    let expected = [
        ("htn.unsat_days".to_owned(), range),
        ("dm.fbg_target".to_owned(), SettingFault::NotReadable),
        ("no.key".to_owned(), SettingFault::UnknownKey),
    ];
    assert_eq!(told(preview(&clinic, &wrong).problems), expected);
    let values = values(&wrong);
    let refused = clinic
        .change(Command::ChangeSettings { values })
        .map(|_| ());
    let RecordRefusal::Settings(problems) = refusal(refused) else {
        panic!("not a problem of settings");
    };
    assert_eq!(told(problems), expected);
    assert_eq!(view(&clinic).edition, 0);
}

#[test]
fn a_section_changed_meanwhile_is_a_conflict_and_another_section_is_none() {
    let mut clinic = Clinic::new();
    let seen = view(&clinic).seen;
    let of = |section| {
        let aspect = Aspect::Settings(section);
        seen.iter()
            .copied()
            .filter(|seen| seen.aspect == aspect)
            .collect::<Vec<_>>()
    };
    set(&mut clinic, &[("htn.unsat_days", "21")]);
    by(&clinic, "a", 1, of(Section::Dm), &[("dm.unsat_days", "21")]).unwrap();
    let RecordRefusal::Stale(stale) = refusal(by(
        &clinic,
        "b",
        1,
        of(Section::Htn),
        &[("htn.unsat_days", "28")],
    )) else {
        panic!("no conflict");
    };
    assert_eq!(
        (stale.name.as_str(), stale.cause.as_str()),
        ("王建国", "change_settings")
    );
}

#[test]
fn a_preview_counts_what_really_moves() {
    let mut clinic = Clinic::new();
    for (name, birth) in [("张德福", "1970-05-05"), ("李国强", "1975-05-05")] {
        let person = clinic.person(name, birth);
        clinic.enrol(person, "2026-10-28");
    }
    // The first visits, due on 28 November, were decided on enrolment and keep their days.
    let before = preview(&clinic, &[("enrol.first_months", "2,4")]);
    let untouched = Moves {
        kept: 2,
        ..Moves::default()
    };
    assert_eq!(before.moves, untouched);
    let changed = ("lead_days".to_owned(), "7".to_owned(), "14".to_owned());
    let shown = preview(&clinic, &[("lead_days", "14")]);
    assert_eq!(shown.changes, [changed]);
    assert_eq!(shown.moves, untouched);
    let nothing = preview(&clinic, &[("lead_days", "7")]);
    assert_eq!(nothing.changes, []);
    set(&mut clinic, &[("lead_days", "7")]);
    assert_eq!(view(&clinic).edition, 0);
}

#[test]
fn a_key_tells_who_changed_it_and_since_when() {
    let mut clinic = Clinic::new();
    set(&mut clinic, &[("dm.fbg_target", "6.5")]);
    clinic.clock.turn(2 * DAY);
    set(&mut clinic, &[("dm.fbg_target", "7")]);
    let view = view(&clinic);
    let setting = view
        .settings
        .iter()
        .find(|s| s.definition.key == "dm.fbg_target")
        .unwrap();
    let told: Vec<_> = setting
        .history
        .iter()
        .map(|told| {
            (
                told.before.as_str(),
                told.value.as_str(),
                told.since,
                told.by.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("6.5", "7.0", day("2026-11-23"), "王建国"),
            ("7.0", "6.5", day("2026-11-21"), "王建国"),
        ]
    );
    assert!(!setting.is_own);
    let others = view
        .settings
        .iter()
        .filter(|setting| !setting.history.is_empty());
    assert_eq!(others.count(), 1);
}
