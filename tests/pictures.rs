//! Pictures of one person: the year, trends, growth, vaccinations, a pregnancy.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use crate::support::{
    village::{change, clinic, day, enrol, household, record, resident, visit},
    window::Window,
};
use cunyi::{
    desk::{Command, Desk, Question, Reply, request::ContactDraft},
    domain::{
        course::{
            finding::Finding,
            happening::{Enrolled, FormFacts, Happening, Measured, Visited},
        },
        form::{self, FilledForm, fill},
        id::PersonId,
        programmes::{
            Facts, ProgrammeKind,
            anc::{AntenatalCheck, Pregnancy},
            child::Birth,
            pnc::{Delivery, PostnatalVisit},
            vax::{Dose, Given},
        },
        task::{Mode, TaskKind},
        value::{Decimal, Value},
    },
};

/// One household: a patient, a pregnant woman, a mother and her child.
fn family() -> Arc<Desk> {
    let desk = clinic();
    let members = vec![
        resident("李国强", "男", "1952-03-04"),
        resident("周晓燕", "女", "1997-05-06").relation(3, "儿媳"),
        resident("何小梅", "女", "1995-02-03").relation(4, "女儿"),
        resident("李安安", "男", "2026-01-10").relation(5, "孙子"),
    ];
    let (_, people) = household(&desk, "3", members);
    patient(&desk, people[0]);
    pregnant(&desk, people[1]);
    mother(&desk, people[2]);
    child(&desk, people[3]);
    desk
}

fn patient(desk: &Desk, person: PersonId) {
    enrol(desk, person, ProgrammeKind::Htn, "2025-02-10");
    enrol(desk, person, ProgrammeKind::Dm, "2025-02-10");
    for (on, sbp, dbp, own) in [
        ("2025-02-20", 168, 96, false),
        ("2025-03-04", 158, 92, false),
        ("2025-03-15", 148, 86, false),
        ("2025-06-14", 142, 84, true),
        ("2025-09-20", 139, 82, false),
        ("2026-01-08", 146, 85, false),
        ("2026-05-11", 152, 88, false),
        ("2026-05-24", 144, 84, true),
    ] {
        let mut draft = visit(person, on, sbp, dbp);
        if own {
            let source = Value::Code("2".to_owned());
            draft.forms[0]
                .answers
                .insert("bp_source".to_owned(), source);
        }
        record(desk, draft);
    }
    for (on, tenths) in [("2025-05-11", 82), ("2026-08-20", 67)] {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(glucose(tenths));
        record(desk, draft);
    }
    let mut missed = ContactDraft::about(person, day("2026-09-03"));
    missed.happening = Some(Happening::NotReached {
        kinds: BTreeSet::from([TaskKind::HtnVisit]),
        reason: None,
        missed: None,
    });
    record(desk, missed);
}

fn glucose(tenths: i64) -> Happening {
    let measured = Measured {
        fbg: Some(Decimal::from_thousandths(tenths * 100)),
        ..Measured::default()
    };
    visited(
        measured,
        BTreeMap::from([(ProgrammeKind::Dm, FormFacts::default())]),
        Vec::new(),
    )
}

fn visited(
    measured: Measured,
    forms: BTreeMap<ProgrammeKind, FormFacts>,
    findings: Vec<Finding>,
) -> Happening {
    Happening::Visited(Visited {
        mode: Mode::Home,
        measured,
        pregnant: false,
        lactating: false,
        forms,
        referral_result: None,
        findings,
        next: BTreeMap::new(),
    })
}

fn enter(desk: &Desk, person: PersonId, on: &str, programme: ProgrammeKind, facts: Facts) {
    let mut draft = ContactDraft::about(person, day(on));
    draft.happening = Some(Happening::Enrolled(Enrolled {
        facts,
        ..Enrolled::in_programme(programme)
    }));
    change(desk, Command::RecordContact(Box::new(draft))).unwrap();
}

fn find(desk: &Desk, person: PersonId, on: &str, finding: Finding) {
    let mut draft = ContactDraft::about(person, day(on));
    draft.happening = Some(visited(Measured::default(), BTreeMap::new(), vec![finding]));
    record(desk, draft);
}

fn pregnant(desk: &Desk, person: PersonId) {
    let facts = Facts::Pregnancy(Pregnancy::since(day("2026-05-20")));
    enter(desk, person, "2026-07-28", ProgrammeKind::Anc, facts);
    let check = AntenatalCheck {
        edd: Some(day("2027-03-01")),
        hb: Some(104),
        ..AntenatalCheck::default()
    };
    find(desk, person, "2026-08-03", Finding::Antenatal(check));
}

fn mother(desk: &Desk, person: PersonId) {
    let delivery = Delivery {
        delivered: day("2026-10-20"),
        discharged: Some(day("2026-10-24")),
        done: BTreeMap::new(),
    };
    enter(
        desk,
        person,
        "2026-10-25",
        ProgrammeKind::Pnc,
        Facts::Delivery(delivery),
    );
    find(
        desk,
        person,
        "2026-10-29",
        Finding::Postnatal(PostnatalVisit::default()),
    );
}

/// Answers of the forms of children, complete; those that change come beside.
fn child_form(person: PersonId, on: &str, id: &str, typed: &[(&str, &str)]) -> ContactDraft {
    let examples = crate::service_forms::examples::all();
    let mut example = examples.into_iter().find(|e| e.form.id == id).unwrap();
    example.context.birth = Some(day("2026-01-10"));
    example.context.sex = Some("1".to_owned());
    example.context.visit = day(on);
    example.context.today = day(on);
    let changes: Vec<(String, String)> = typed
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect();
    let filled = example.filled(&changes);
    let mut answers = fill::relevant(&example.form, &filled.answers, &example.context);
    // What only this age is asked: normal.
    let open = form::missing(&example.form, &answers, &example.context);
    for field in open.into_iter().filter(|field| !field.by_rules) {
        let normal = match &field.kind {
            form::Kind::Dec { .. } | form::Kind::Int => Value::Int(
                field
                    .soft
                    .or(field.hard)
                    .map_or(2, |range| range.low.thousandths() / 1000),
            ),
            _ => Value::Code("1".to_owned()),
        };
        answers.insert(field.key.clone(), normal);
    }
    let form = FilledForm {
        form: id.to_owned(),
        edition: "3".to_owned(),
        visit: day(on),
        answers,
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    };
    ContactDraft {
        forms: vec![form],
        ..ContactDraft::about(person, day(on))
    }
}

/// The child's forms. Filling them reads the whole catalogue: it is done once.
fn checks(person: PersonId) -> &'static [ContactDraft] {
    static CHECKS: OnceLock<Vec<ContactDraft>> = OnceLock::new();
    CHECKS.get_or_init(|| {
        let newborn = [
            ("sex", "1"),
            ("birth", "2026-01-10"),
            ("weeks", "36"),
            ("birth_weight", "2.90"),
            ("weight", "2.95"),
            ("birth_length", "48"),
        ];
        let mut drafts = vec![child_form(person, "2026-01-17", "F15", &newborn)];
        for (on, weight, length) in [
            ("2026-02-08", "4.00", "53"),
            ("2026-04-12", "6.10", "60"),
            ("2026-07-14", "6.90", "65.5"),
            ("2026-09-14", "6.80", "68"),
        ] {
            let grown = [("weight", weight), ("length", length)];
            drafts.push(child_form(person, on, "F16", &grown));
        }
        drafts
    })
}

fn child(desk: &Desk, person: PersonId) {
    enter(
        desk,
        person,
        "2026-01-13",
        ProgrammeKind::Child,
        Facts::Birth(Birth::default()),
    );
    enter(
        desk,
        person,
        "2026-01-13",
        ProgrammeKind::Vax,
        Facts::Doses(Given::new()),
    );
    enter(
        desk,
        person,
        "2026-01-13",
        ProgrammeKind::TcmChild,
        Facts::Done(BTreeMap::new()),
    );
    for draft in checks(person) {
        record(desk, draft.clone());
    }
    let doses = [
        (Dose::HepB1, "2026-01-10"),
        (Dose::Bcg1, "2026-01-11"),
        (Dose::HepB2, "2026-02-05"),
        (Dose::Ipv1, "2026-03-12"),
        (Dose::Ipv2, "2026-04-12"),
        (Dose::Dtap1, "2026-03-12"),
        (Dose::Dtap2, "2026-05-12"),
        (Dose::HepB3, "2026-07-14"),
    ];
    let doses: Given = doses
        .into_iter()
        .map(|(dose, on)| (dose, day(on)))
        .collect();
    find(desk, person, "2026-07-15", Finding::Vaccinated(doses));
}

/// The pictures of somebody of the family, after these keys.
fn seen(name: &str, keys: &str) -> Window {
    Window::of(family, Some("王建国")).keys(&format!("<f3>{name}<ctrl-t>{keys}"))
}

#[test]
fn a_year_is_seen_on_one_screen() {
    insta::assert_snapshot!(seen("李国强", "").screen());
    insta::assert_snapshot!(seen("李国强", "<pgup><right>").english().screen());
    insta::assert_snapshot!(seen("李安安", "<left><left>").ascii().screen());
    insta::assert_snapshot!(seen("李国强", "<left>").size(120, 40).screen());
}

#[test]
fn trends_are_true_to_scale_and_name_the_last_values() {
    insta::assert_snapshot!(seen("李国强", "<tab>").screen());
    insta::assert_snapshot!(seen("李国强", "<tab><pgdn>").english().ascii().screen());
    insta::assert_snapshot!(seen("李国强", "<tab><pgup>").size(120, 40).screen());
}

#[test]
fn a_child_stands_against_the_reference() {
    insta::assert_snapshot!(seen("李安安", "<tab>").screen());
    insta::assert_snapshot!(seen("李安安", "<tab>").english().ascii().screen());
    insta::assert_snapshot!(seen("李安安", "<tab>").size(120, 40).screen());
}

#[test]
fn vaccinations_stand_as_in_the_booklet() {
    insta::assert_snapshot!(seen("李安安", "<tab><tab>").screen());
    insta::assert_snapshot!(
        seen("李安安", "<tab><tab><down>")
            .english()
            .ascii()
            .screen()
    );
    insta::assert_snapshot!(seen("李安安", "<shift-tab>").size(120, 40).screen());
}

/// Doses of a booklet used to be entered one by one from today's work, each with today
/// proposed as its day.
#[test]
fn a_dose_of_the_booklet_opens_on_its_form_and_asks_its_day_first() {
    let form = seen("李安安", "<shift-tab><enter>").screen();
    assert!(form.contains("F27 预防接种"), "{form}");
    assert!(form.contains("脊灰减毒疫苗第3剂"), "{form}");
    insta::assert_snapshot!(form);
}

#[test]
fn a_recorded_dose_makes_way_for_the_next_open_one() {
    let keys = "<shift-tab><enter>20260912<f5>石桥村卫生室<f2><f2>";
    let page = seen("李安安", keys).screen();
    assert!(page.contains("[接种]"), "{page}");
    assert!(page.contains("✓2026-09-12"), "{page}");
    let next = seen("李安安", &format!("{keys}<enter>")).screen();
    assert!(next.contains("F27 预防接种"), "{next}");
    assert!(!next.contains("脊灰减毒疫苗第3剂"), "{next}");
    // What the booklet says of the place stands already.
    assert!(next.contains("石桥村卫生室"), "{next}");
}

#[test]
fn a_given_dose_and_a_page_without_doses_say_why_nothing_opens() {
    let given = seen("李安安", "<shift-tab><up><up><up><up><up><up><enter>").screen();
    assert!(given.contains("已记过"), "{given}");
    let year = seen("李安安", "<enter>").screen();
    assert!(year.contains("这一页没有要补记的"), "{year}");
}

/// Undo inside a form did nothing and said nothing.
#[test]
fn undo_in_a_form_says_why_it_does_nothing() {
    let form = seen("李安安", "<shift-tab><enter><f12>").screen();
    assert!(form.contains("表里不能撤销上一步"), "{form}");
}

#[test]
fn the_form_of_a_dose_leads_to_the_vaccinations() {
    let page = Window::of(family, Some("王建国"))
        .keys("<f3>李安安<f2><ctrl-t>")
        .screen();
    assert!(page.contains("[接种]"), "{page}");
}

#[test]
fn a_pregnancy_lies_on_a_line_of_weeks() {
    insta::assert_snapshot!(seen("周晓燕", "<tab>").screen());
    insta::assert_snapshot!(seen("周晓燕", "<tab>").english().ascii().screen());
    insta::assert_snapshot!(seen("何小梅", "<tab>").size(120, 40).screen());
}

#[test]
fn only_pages_with_something_on_them_are_turned_to() {
    let screen = seen("周晓燕", "").screen();
    assert!(screen.contains("[全年]  孕产"), "{screen}");
    assert!(
        !screen.contains("接种") && !screen.contains("生长"),
        "{screen}"
    );
    let around = seen("周晓燕", "<tab><tab>").screen();
    assert!(around.contains("[全年]"), "{around}");
}

#[test]
fn the_same_key_leads_there_from_everywhere_and_back_leads_back() {
    let from_queue = Window::of(family, Some("王建国")).keys("<ctrl-t>").screen();
    assert!(from_queue.contains("[全年]"), "{from_queue}");
    let from_household = Window::of(family, Some("王建国")).keys("<tab>t").screen();
    assert!(from_household.contains("[全年]"), "{from_household}");
    let from_form = Window::of(family, Some("王建国"))
        .keys("<f3>李国强<f2><ctrl-t>")
        .screen();
    assert!(from_form.contains("[全年]"), "{from_form}");
    let back = seen("李国强", "<esc>").screen();
    assert!(back.contains("查户"), "{back}");
}

#[test]
fn without_colours_every_picture_reads_the_same() {
    for (name, keys) in [("李国强", ""), ("李国强", "<tab>"), ("李安安", "<tab>")] {
        let coloured = seen(name, keys).screen();
        assert_eq!(seen(name, keys).without_colours().screen(), coloured);
    }
}

#[test]
fn one_question_reads_this_persons_contacts_alone() {
    let desk = family();
    let Ok(Reply::Picture(view)) = desk.answer(&Question::Picture(PersonId(2))) else {
        panic!("no picture");
    };
    assert!(
        view.contacts
            .iter()
            .all(|contact| contact.person == PersonId(2))
    );
    assert_eq!(view.contacts.len(), 2);
    assert_eq!(view.today, day("2026-11-21"));
}
