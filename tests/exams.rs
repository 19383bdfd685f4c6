//! A check-up filled in over days and by several people: kept for everybody until it is whole.

use std::sync::Arc;

use crate::support::{
    village::{self, change, change_by, day, enrol, household, record, resident},
    window::Window,
};
use cunyi::{
    desk::{
        Command, Desk, Question, Reply, Stop,
        reply::{OpenTold, VisitDeskView},
        request::{ContactDraft, KeptForm, QueueAsk},
    },
    domain::{
        clinic::Role,
        form::{FilledForm, Mark, fill, typed},
        id::PersonId,
        programmes::ProgrammeKind,
        refusal::{ContactRefusal, Refusal},
        value::{Answers, Value},
    },
};

/// What the whole check-up says, as typed.
const WHOLE: &str = "symptoms=1 temp=36.5 pulse=72 rr=18 sbp_l=134 dbp_l=80 sbp_r=138 dbp_r=82 \
    height=155 weight=56 waist=80 self_health=1 self_care=1 cognition=1 mood=1 ex_often=1 ex_min=30 \
    ex_years=10 ex_kind=散步 food=1 smoking=1 drinking=1 exposure=1 lips=1 teeth=2 throat=1 \
    vision_l=4.6 vision_r=4.7 hearing=1 motion=1 skin=1 sclera=1 lymph=1 barrel_chest=1 \
    breath_sounds=1 rales=1 heart_rate=72 rhythm=1 murmur=1 tenderness=1 mass=1 liver=1 spleen=1 \
    ascites=1 oedema=1 hb=128 wbc=6.1 plt=220 urine_protein=1 urine_sugar=1 urine_ketone=1 \
    urine_blood=2 fbg=5.4 ecg=1 hba1c=5.6 alt=18 ast=20 tbil=12 cr=62 urea=5.1 tc=4.81 tg=1.2 \
    ldl=2.6 hdl=1.4 chest_film=1 ultrasound=1 brain=1 kidney=1 heart=1 vessels=1 eyes=4 nerves=1 \
    systems=1 evaluation=1 guidance=2 risk_control=4,6 vaccine_advised=流感疫苗";

fn clinic() -> (Arc<Desk>, PersonId) {
    let desk = village::clinic();
    let staff = Command::AddStaff {
        name: "李小燕".to_owned(),
        role: Role::PublicHealth,
    };
    change(&desk, staff).unwrap();
    let (_, people) = household(&desk, "3", vec![resident("王桂兰", "女", "1950-08-30")]);
    enrol(&desk, people[0], ProgrammeKind::Elderly, "2026-01-10");
    enrol(&desk, people[0], ProgrammeKind::Htn, "2026-01-10");
    record(&desk, village::visit(people[0], "2026-08-20", 134, 82));
    (desk, people[0])
}

fn asked(desk: &Desk, person: PersonId) -> Box<VisitDeskView> {
    let forms = vec!["F07".to_owned()];
    let day = None;
    let question = Question::VisitDesk { person, forms, day };
    let Reply::VisitDesk(view) = desk.answer(&question).unwrap() else {
        panic!("no desk");
    };
    view
}

fn open(desk: &Desk, person: PersonId) -> Option<OpenTold> {
    asked(desk, person).open.remove(0)
}

/// The form with these answers typed over what stands there.
fn filled(desk: &Desk, person: PersonId, before: Option<&FilledForm>, typed: &str) -> FilledForm {
    let view = asked(desk, person);
    let form = &view.forms[0];
    let opened = fill::opening(form, &view.contexts[0]);
    let mut answers: Answers = before.map_or(opened.answers, |form| form.answers.clone());
    let mut marks = before.map_or(opened.marks, |form| form.marks.clone());
    for part in typed.split_whitespace() {
        let (key, text) = part.split_once('=').unwrap();
        let value = typed::parse(form.field(key).unwrap(), text, view.today).unwrap();
        answers.insert(key.to_owned(), value);
        marks.insert(key.to_owned(), Mark::Typed);
    }
    FilledForm {
        form: form.id.clone(),
        edition: form.edition.clone(),
        visit: before.map_or(view.today, |form| form.visit),
        answers,
        marks,
        confirmed: std::collections::BTreeSet::new(),
    }
}

fn keep(desk: &Desk, by: u64, person: PersonId, forms: Vec<KeptForm>) -> Result<(), Stop> {
    change_by(desk, by, Command::KeepForms { person, forms }).map(|_| ())
}

fn is_clean(desk: &Desk) {
    let Reply::Checked(view) = desk.answer(&Question::Check).unwrap() else {
        panic!("no check");
    };
    assert!(view.checked.faults.is_empty(), "{:?}", view.checked.faults);
}

fn dropped(desk: &Desk, person: PersonId, reason: &str) -> Result<(), Stop> {
    let (form, reason) = ("F07".to_owned(), reason.to_owned());
    let command = Command::DropForm {
        person,
        form,
        reason,
    };
    change_by(desk, 1, command).map(|_| ())
}

#[test]
fn a_check_up_in_progress_is_given_up_with_a_reason_and_taken_back() {
    let (desk, person) = clinic();
    let not_open = dropped(&desk, person, "去县医院了").unwrap_err();
    assert!(matches!(
        not_open,
        Stop::Refused(Refusal::Contact(ContactRefusal::NotInProgress { .. }))
    ));
    let now = filled(&desk, person, None, "symptoms=1 temp=36.5 pulse=72");
    keep(&desk, 1, person, vec![KeptForm { before: None, now }]).unwrap();
    let kept = open(&desk, person);
    let no_reason = dropped(&desk, person, " ").unwrap_err();
    assert!(matches!(
        no_reason,
        Stop::Refused(Refusal::Contact(ContactRefusal::NoReason))
    ));
    dropped(&desk, person, "去县医院了").unwrap();
    assert_eq!(open(&desk, person), None);
    is_clean(&desk);
    change(&desk, Command::Undo).unwrap();
    assert_eq!(open(&desk, person), kept);
    is_clean(&desk);
}

#[test]
fn two_people_fill_in_one_check_up_and_recording_it_ends_it() {
    let (desk, person) = clinic();
    assert_eq!(open(&desk, person), None);
    let now = filled(&desk, person, None, "symptoms=1 temp=36.5 pulse=72");
    let before = None;
    keep(&desk, 1, person, vec![KeptForm { before, now }]).unwrap();
    let first = open(&desk, person).unwrap();
    assert_eq!((first.progress.done, first.begun), (1, day("2026-11-21")));
    assert_eq!(
        first.filled.answers["temp"],
        Value::Dec("36.5".parse().unwrap())
    );

    // The laboratory comes later, and somebody else writes it down.
    let before = Some(first.filled.clone());
    let now = filled(&desk, person, before.as_ref(), "hb=128");
    keep(&desk, 2, person, vec![KeptForm { before, now }]).unwrap();
    let second = open(&desk, person).unwrap();
    assert_eq!(second.filled.answers["hb"], Value::Int(128));
    let by: Vec<(usize, &str)> = second
        .parts
        .iter()
        .map(|part| (part.section, part.by.as_str()))
        .collect();
    assert!(by.contains(&(0, "王建国")), "{by:?}");
    assert!(by.contains(&(6, "李小燕")), "{by:?}");
    is_clean(&desk);

    let whole = filled(&desk, person, Some(&second.filled), WHOLE);
    let draft = ContactDraft {
        forms: vec![whole],
        ..ContactDraft::about(person, day("2026-11-21"))
    };
    record(&desk, draft);
    assert_eq!(open(&desk, person), None);
    is_clean(&desk);
    // Taken back, the check-up is in progress again.
    change(&desk, Command::Undo).unwrap();
    assert_eq!(open(&desk, person), Some(second));
    is_clean(&desk);
}

#[test]
fn what_was_filled_in_at_the_same_time_is_put_together_and_never_written_over() {
    let (desk, person) = clinic();
    let now = filled(&desk, person, None, "symptoms=1");
    let before = None;
    keep(&desk, 1, person, vec![KeptForm { before, now }]).unwrap();
    let before = Some(open(&desk, person).unwrap().filled);
    let keep_from = |by, typed: &str| {
        let before = before.clone();
        let now = filled(&desk, person, before.as_ref(), typed);
        keep(&desk, by, person, vec![KeptForm { before, now }])
    };
    keep_from(1, "temp=36.5").unwrap();
    keep_from(2, "hb=128").unwrap();
    let answers = open(&desk, person).unwrap().filled.answers;
    assert!(answers.contains_key("temp") && answers.contains_key("hb"));
    let refused = keep_from(1, "hb=130").unwrap_err();
    let Stop::Refused(Refusal::Contact(ContactRefusal::KeptMeanwhile { field, by, .. })) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!((field.as_str(), by.as_str()), ("hb", "李小燕"));
    assert_eq!(open(&desk, person).unwrap().filled.answers, answers);
}

#[test]
fn keeping_a_part_completes_no_work_and_is_undone_by_itself() {
    let (desk, person) = clinic();
    let row = |desk: &Desk| {
        let Reply::Queue(queue) = desk.answer(&Question::Queue(QueueAsk::default())).unwrap()
        else {
            panic!("no queue");
        };
        queue
            .due
            .into_iter()
            .find(|row| row.row.person == person)
            .unwrap()
    };
    let before = row(&desk);
    assert_eq!(before.open, None);
    let now = filled(&desk, person, None, "symptoms=1 temp=36.5");
    keep(&desk, 1, person, vec![KeptForm { before: None, now }]).unwrap();
    let after = row(&desk);
    assert_eq!(after.row, before.row);
    assert_eq!(after.open.as_ref().unwrap().progress.done, 1);
    change(&desk, Command::Undo).unwrap();
    assert_eq!(row(&desk).open, None);
    assert_eq!(open(&desk, person), None);
}

fn begun() -> Arc<Desk> {
    let (desk, person) = clinic();
    let now = filled(&desk, person, None, "symptoms=1 temp=36.5");
    keep(&desk, 2, person, vec![KeptForm { before: None, now }]).unwrap();
    desk
}

#[test]
fn a_check_up_is_gone_on_with_at_its_first_open_question_by_anybody() {
    let window = Window::of(begun, Some("王建国"));
    let queue = window.screen();
    assert!(queue.contains("已填1/"), "{queue}");
    // The hypertension visit comes first, the check-up behind it.
    let window = window.keys("<enter>");
    let seen = window.screen();
    assert!(seen.contains("李小燕 11-21"), "{seen}");
    let check = window.clone().keys("<pgdn>").screen();
    assert!(check.contains("F07 健康体检表"), "{check}");
    let window = window.keys("<pgdn><f7>");
    let list = window.screen();
    assert!(list.contains("分节") && list.contains("一般状况"), "{list}");
    let done = list.lines().find(|line| line.contains(" 1 症状")).unwrap();
    assert!(
        done.contains('✓') && done.contains("李小燕 11-21"),
        "{list}"
    );
    let window = window.keys("2");
    let section = window.screen();
    assert!(section.contains("36.5"), "{section}");
    let left = window.keys("72<esc>").screen();
    assert!(left.contains("谁都可以接着填"), "{left}");
}

/// Two doses of one day are two records: neither may be taken for the other.
#[test]
fn a_form_of_which_a_day_has_several_is_in_progress_for_nobody_else() {
    let (desk, person) = clinic();
    let now = FilledForm {
        form: "F27".to_owned(),
        ..filled(&desk, person, None, "symptoms=1")
    };
    let refused = keep(&desk, 1, person, vec![KeptForm { before: None, now }]).unwrap_err();
    assert!(matches!(
        refused,
        Stop::Refused(Refusal::Contact(ContactRefusal::NoForm { .. }))
    ));
}
