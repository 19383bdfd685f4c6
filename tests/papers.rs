//! The papers of the consulting room: register, long prescriptions, referral slips, through
//! the desk and at the keyboard. Everybody here is invented.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use cunyi::{
    desk::{
        Command, Desk, Question, Reply, Stop,
        reply::{ReferralsView, Stands},
        request::ContactDraft,
    },
    domain::{
        form::FilledForm,
        id::PersonId,
        refusal::{ContactRefusal, Refusal},
        task::{Task, TaskKind},
        value::{Answers, Value},
    },
    paper::{
        export::{ExportFailure, Overwrite},
        print::Document,
    },
    tui::{
        message::{Effect, Message},
        screens::sheet::{Content, Sheet},
    },
};

use crate::support::{
    village::{change, day, record, village, village_then, visit},
    window::Window,
};

const CHEN: PersonId = PersonId(6);
const DAHAI: PersonId = PersonId(7);

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

fn paper(form: &str, on: &str, answers: &[(&str, Value)]) -> FilledForm {
    let desk = village();
    let edition = desk.catalog().form(form).unwrap().edition.clone();
    let answers = answers.iter().cloned();
    let mut answers: Answers = answers
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    if form != "F24" && form != "F20_record" && form != "F22" {
        let card = [
            ("name", text("陈某")),
            ("sex", code("1")),
            ("address", text("1组")),
        ];
        answers.extend(card.map(|(key, value)| (key.to_owned(), value)));
    }
    answers.insert("visit_date".to_owned(), Value::Date(day(on)));
    FilledForm {
        form: form.to_owned(),
        edition,
        visit: day(on),
        answers,
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    }
}

fn told(person: PersonId, on: &str, forms: Vec<FilledForm>) -> ContactDraft {
    ContactDraft {
        forms,
        ..ContactDraft::about(person, day(on))
    }
}

fn consulted(on: &str, pressure: Option<(i64, i64)>) -> FilledForm {
    let mut form = paper(
        "F20",
        on,
        &[
            ("complaint", text("咳嗽3天")),
            ("onset", Value::Date(day("2026-11-18"))),
            ("first_visit", code("1")),
            ("diagnosis", text("上呼吸道感染")),
            ("handling", text("对症治疗")),
            ("infectious", code("1")),
        ],
    );
    if let Some((sbp, dbp)) = pressure {
        form.answers.insert("sbp".to_owned(), Value::Int(sbp));
        form.answers.insert("dbp".to_owned(), Value::Int(dbp));
    }
    form
}

fn slip(on: &str) -> FilledForm {
    paper(
        "F21",
        on,
        &[
            ("to_org", text("县人民医院")),
            ("to_dept", text("心内科")),
            ("level", code("1")),
            ("impression", text("高血压3级")),
            ("reason", text("血压186/112,头晕")),
            ("treatment", text("口服降压药")),
            ("doctor_phone", text("15422220001")),
            ("org", text("石桥村卫生室")),
            ("state", code("1")),
        ],
    )
}

fn return_slip(on: &str) -> FilledForm {
    paper(
        "F21_back",
        on,
        &[
            ("to_org", text("石桥村卫生室")),
            ("results", text("心电图正常")),
            ("plan", text("氨氯地平每日一次")),
            ("diagnosis", text("高血压")),
            ("from_doctor", text("赵医生")),
        ],
    )
}

fn prescription(on: &str, weeks: i64, signed: bool) -> FilledForm {
    let drug = [
        ("name", text("氨氯地平")),
        ("times", Value::Int(1)),
        ("amount", Value::Dec("5".parse().unwrap())),
        ("unit", code("1")),
        ("class", code("1")),
    ];
    let drug: Answers = drug
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect();
    paper(
        "F24",
        on,
        &[
            ("diagnosis", text("高血压")),
            ("stable", Value::Bool(true)),
            ("signed", Value::Bool(signed)),
            ("drugs", Value::Rows(vec![drug])),
            ("weeks", Value::Int(weeks)),
            ("start", Value::Date(day(on))),
        ],
    )
}

fn tasks(desk: &Desk, person: PersonId) -> Vec<Task> {
    match desk.answer(&Question::Person(person)).unwrap() {
        Reply::Person(view) => view.member.tasks,
        other => panic!("{other:?}"),
    }
}

fn referrals(desk: &Desk) -> ReferralsView {
    match desk.answer(&Question::Referrals).unwrap() {
        Reply::Referrals(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn somebody_at_the_desk_is_written_into_the_register_of_the_day() {
    let desk = village();
    let done = record(
        &desk,
        told(
            DAHAI,
            "2026-11-21",
            vec![consulted("2026-11-21", Some((128, 82)))],
        ),
    );
    let decision = &done.contacts[0].decision;
    assert_eq!(decision.completed, [TaskKind::BpScreen]);
    let Reply::Register(view) = desk.answer(&Question::Register(None)).unwrap() else {
        panic!("no register");
    };
    let rows: Vec<_> = view.rows.iter().map(|row| row.who.name.as_str()).collect();
    assert_eq!(rows, ["陈大海"]);
    assert_eq!(view.rows[0].line.diagnosis, "上呼吸道感染");
    assert_eq!(view.rows[0].by, "王建国");
}

#[test]
fn the_first_visit_of_the_year_from_35_on_asks_for_a_pressure() {
    let draft = told(DAHAI, "2026-11-21", vec![consulted("2026-11-21", None)]);
    let refused = change(&village(), Command::RecordContact(Box::new(draft)));
    let Err(Stop::Refused(Refusal::Contact(ContactRefusal::Form { faults, .. }))) = refused else {
        panic!("{refused:?}");
    };
    let at: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
    assert!(at.iter().any(|fault| fault.contains("sbp")), "{at:?}");
}

#[test]
fn a_long_prescription_stands_in_the_queue_when_it_ends() {
    let desk = village_then(24);
    record(
        &desk,
        told(
            DAHAI,
            "2026-11-21",
            vec![prescription("2026-11-21", 4, true)],
        ),
    );
    let review = tasks(&desk, DAHAI)
        .into_iter()
        .find(|task| task.kind == TaskKind::PrescriptionReview)
        .unwrap();
    assert_eq!(
        (review.earliest, review.due, review.latest),
        (
            day("2026-12-11"),
            day("2026-12-15"),
            Some(day("2026-12-18"))
        )
    );
    let window = Window::of(village_then_prescribed, Some("王建国"));
    let screen = window.screen();
    assert!(screen.contains("长期处方到期"), "{screen}");
    let asked = Question::VisitDesk {
        person: DAHAI,
        forms: Vec::new(),
        day: None,
    };
    let Reply::VisitDesk(opened) = desk.answer(&asked).unwrap() else {
        panic!("no forms");
    };
    let forms: Vec<&str> = opened.forms.iter().map(|form| form.id.as_str()).collect();
    assert_eq!(forms, ["F24"]);
}

fn village_then_prescribed() -> Arc<Desk> {
    let desk = village_then(24);
    record(
        &desk,
        told(
            DAHAI,
            "2026-11-21",
            vec![prescription("2026-11-21", 4, true)],
        ),
    );
    desk
}

#[test]
fn who_has_not_signed_gets_no_long_prescription() {
    let forms = vec![prescription("2026-11-21", 4, false)];
    let draft = told(DAHAI, "2026-11-21", forms);
    assert!(change(&village(), Command::RecordContact(Box::new(draft))).is_err());
}

#[test]
fn a_referral_ages_until_its_return_slip_is_here() {
    let desk = village();
    let open = referrals(&desk);
    let rows: Vec<_> = open
        .rows
        .iter()
        .map(|row| (row.who.person, row.age))
        .collect();
    assert_eq!(rows, [(CHEN, 20)]);
    assert!(!open.rows[0].has_slip);
    assert!(matches!(open.rows[0].stands, Stands::Open(_)));

    record(&desk, told(CHEN, "2026-11-02", vec![slip("2026-11-02")]));
    let row = &referrals(&desk).rows[0];
    assert_eq!((row.to.as_str(), row.has_slip), ("县人民医院 心内科", true));

    // Told by phone that she has been there: the referral is closed, the slip still waits.
    let happening = cunyi::domain::course::Happening::ReferralChecked {
        result: cunyi::domain::course::happening::ReferralResult::Attended,
        mode: cunyi::domain::task::Mode::Phone,
    };
    let mut draft = ContactDraft::about(CHEN, day("2026-11-10"));
    draft.happening = Some(happening);
    record(&desk, draft);
    let row = &referrals(&desk).rows[0];
    assert_eq!((row.stands, row.age), (Stands::Waiting, 19));

    record(
        &desk,
        told(CHEN, "2026-11-15", vec![return_slip("2026-11-15")]),
    );
    let row = &referrals(&desk).rows[0];
    assert_eq!(
        (row.stands, row.age),
        (Stands::Returned(day("2026-11-15")), 13)
    );
}

#[test]
fn a_slip_opens_with_what_the_visit_told() {
    let asked = Question::VisitDesk {
        person: CHEN,
        forms: vec!["F21".to_owned(), "F21_back".to_owned()],
        day: None,
    };
    let desk = village();
    record(&desk, visit(CHEN, "2026-11-20", 178, 104));
    let Reply::VisitDesk(view) = desk.answer(&asked).unwrap() else {
        panic!("no forms");
    };
    let given = |key: &str| view.contexts[0].given.get(key).cloned();
    assert_eq!(given("org"), Some(text("石桥村卫生室")));
    assert_eq!(given("impression"), Some(text("高血压")));
    assert_eq!(given("reason"), Some(text("血压178/104mmHg")));
    let back = &view.contexts[1].given;
    assert_eq!(back.get("to_org"), Some(&text("石桥村卫生室")));
    let first: Vec<&str> = view
        .choices
        .iter()
        .flat_map(|c| &c.forms)
        .map(String::as_str)
        .collect();
    assert!(
        first.contains(&"F20") && first.contains(&"F24"),
        "{first:?}"
    );
}

fn sent(desk: &Desk) {
    record(desk, told(CHEN, "2026-11-02", vec![slip("2026-11-02")]));
    record(
        desk,
        told(
            DAHAI,
            "2026-11-21",
            vec![consulted("2026-11-21", Some((128, 82)))],
        ),
    );
}

fn at(list: &str) -> Window {
    let keys = format!("<f4>{list}<enter>");
    Window::of(village, Some("王建国"))
        .elsewhere(sent)
        .keys(&keys)
}

#[test]
fn a_household_says_also_of_papers_without_values_what_they_were() {
    let window = Window::of(village, Some("王建国")).elsewhere(sent);
    let screen = window.keys("<f3>陈<enter>").screen();
    let row = screen.lines().find(|line| line.contains(" 11-02 "));
    assert!(row.is_some_and(|row| row.contains("开转诊单")), "{screen}");
}

#[test]
fn the_referrals_and_the_register_are_lists_of_their_own() {
    insta::assert_snapshot!(at("转诊").screen());
    insta::assert_snapshot!(at("转诊").english().size(120, 40).screen());
    insta::assert_snapshot!(at("门诊日志").screen());
    insta::assert_snapshot!(at("门诊日志").english().size(120, 40).screen());
}

#[test]
fn from_the_list_of_referrals_everything_about_one_is_a_key_away() {
    for (key, wanted) in [
        ("<enter>", "往次记录"),
        ("<f6>", "转入单位"),
        ("<f9>", "转回单位"),
        ("<f5>", "转诊"),
        ("<tab>", "1人次"),
        ("<tab><left>", "2026-11-20  0人次"),
        ("<tab><left><right>", "2026-11-21  1人次"),
        ("<tab><tab>", "待核实 1"),
    ] {
        let screen = at("转诊").keys(key).screen();
        assert!(screen.contains(wanted), "{key} {wanted}:\n{screen}");
    }
}

/// What the window wants written after these keys.
fn written(window: &Window) -> Vec<Sheet> {
    let effects = window.effects().into_iter();
    let sheets = effects.filter_map(|effect| match effect {
        Effect::Write(sheet) => Some(*sheet),
        _ => None,
    });
    sheets.collect()
}

#[test]
fn a_slip_is_printed_from_the_list_of_referrals() {
    let asked = at("转诊").keys("<f8>");
    insta::assert_snapshot!(asked.screen());
    let sheets = written(&asked.keys("<f2>"));
    let [sheet] = sheets.as_slice() else {
        panic!("{sheets:?}");
    };
    assert_eq!(sheet.overwrite, Overwrite::Refused);
    assert!(sheet.file.starts_with("转诊单-") && sheet.file.ends_with("-2026-11-02.html"));
    assert!(matches!(sheet.content, Content::Documents(_)));
}

#[test]
fn a_print_replaces_a_file_only_when_told_to() {
    let there = || {
        let sheet = Sheet {
            file: "a.html".to_owned(),
            overwrite: Overwrite::Refused,
            content: Content::Documents(vec![Document::default()]),
            what: "slip",
            people: Vec::new(),
        };
        Message::Written(Box::new(sheet), Err(ExportFailure::Exists))
    };
    let asked = at("转诊").then(there);
    assert!(asked.screen().contains("已有同名文件 a.html，要覆盖吗？"));
    assert_eq!(written(&at("转诊").then(there).keys("2")).len(), 0);
    assert_eq!(written(&at("转诊").then(there).keys("<esc>")).len(), 0);
    let sheets = written(&asked.keys("1"));
    assert_eq!(sheets[0].overwrite, Overwrite::Allowed);
}

#[test]
fn who_has_no_slip_yet_is_told_so() {
    let window = Window::of(village, Some("王建国")).keys("<f4>转诊<enter><f8>");
    assert!(
        window.screen().contains("还没有这张单子"),
        "{}",
        window.screen()
    );
}
