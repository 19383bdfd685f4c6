//! Agreements a roster tells of: counted and listed before they are taken, named 名册带入 wherever
//! they are shown, and promised anything only once somebody's own word is there.

use std::{collections::BTreeMap, path::PathBuf};

use cunyi::{
    desk::{
        Command, Desk, Question, Reply,
        reply::{AgreementList, AgreementView},
        request::{AgreementListAsk, ContactDraft, QueueAsk},
    },
    domain::{
        agreement::{
            fulfilment::{Promise, Standing},
            promise::{Item, Service},
        },
        course::{
            finding::Finding,
            happening::{Enrolled, Happening, Measured, Visited},
        },
        id::AgreementId,
        programmes::{ProgrammeKind, elderly::Exam},
        task::{Mode, TaskKind},
    },
};

use crate::support::{
    village::{change, clinic, day},
    window::Window,
};

const ROWS: [&str; 4] = [
    "户编号,户主姓名,与户主关系,姓名,性别,身份证号,出生日期,联系电话,村（居）,组,家庭住址,人群分类,签约状态,签约日期,签约医生",
    "7,张德福,户主,张德福,男,,1955-01-01,15400000001,石桥村,3,石桥村3组7号,高血压,已签约,2026-03-01,赵明",
    "7,张德福,妻,李秀英,女,,1957-02-03,15400000002,石桥村,3,石桥村3组7号,,已签约,2026-03-01,赵明",
    "8,赵大海,户主,赵大海,男,,1995-05-05,15400000003,石桥村,3,石桥村3组8号,,未签约,,",
];

fn file() -> PathBuf {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .unwrap()
        .keep();
    let path = folder.join("带签约.csv");
    std::fs::write(&path, ROWS.join("\n")).unwrap();
    path
}

/// The roster opened in the import screen.
fn opened() -> Window {
    let path = file();
    let screen = Window::of(clinic, Some("王建国")).keys("<f4>drmc<enter>");
    let keys = format!("{}<enter>", path.display());
    screen.at(1).keys(&keys).at(2)
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn whole(desk: &Desk) -> AgreementView {
    let (agreement, signing) = (AgreementId(1), None);
    match desk
        .answer(&Question::Agreement { agreement, signing })
        .unwrap()
    {
        Reply::Agreement(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn promised(desk: &Desk) -> Vec<Promise> {
    let people = whole(desk).people;
    let one = people.into_iter().find(|one| one.name == "张德福");
    one.unwrap().promises
}

#[test]
fn the_agreements_a_file_tells_of_are_counted_and_listed() {
    let told = opened().keys("<left>");
    sees(&told, &["带入协议 1", "[", "新增 3"]);
    let listed = opened().keys("<right><right><right><right>");
    sees(
        &listed,
        &["[带入协议 1]", "赵明 2026-03-01 签约 张德福 李秀英"],
    );
    let taken = listed.keys("<f2>").at(3);
    sees(&taken, &["带入协议1份待确认"]);
}

#[test]
fn such_an_agreement_is_called_so_on_its_list_its_page_and_its_household() {
    let taken = opened().keys("<f2>").at(3);
    // The head of the queue says how many wait, and its key opens that list.
    sees(&taken, &["─── 签约 带入待确认1 ─"]);
    let lists = taken.keys("<ctrl-y>");
    sees(&lists, &["名册带入 02-28", "待本人确认"]);
    sees(&lists.clone().keys("<enter>"), &["名册带入"]);
    sees(&lists.keys("<tab>"), &["协议", "名册带入"]);
}

#[test]
fn who_confirms_is_promised_services_at_once() {
    let taken = opened().keys("<f2>").at(3);
    let page = taken.keys("<f4>qymd<enter><enter>");
    page.clone()
        .elsewhere(|desk| assert_eq!(promised(desk), []))
        .screen();
    let confirmed = page.keys("<enter><enter>1P77<f2>");
    sees(&confirmed, &["已办 本人确认：张德福", "按承诺服务"]);
    confirmed
        .elsewhere(|desk| {
            let promises = promised(desk);
            let today = whole(desk).today;
            let assessment = Item::Basic(Service::Assessment);
            let own = promises.iter().find(|one| one.item == assessment).unwrap();
            assert_eq!((own.required, own.done), (1, 0));
            assert_ne!(own.standing(today, 0), Standing::Broken);
            let others = whole(desk).people;
            let wife = others.iter().find(|one| one.name == "李秀英").unwrap();
            assert_eq!(wife.promises, [], "she said nothing yet");
            let list = AgreementList::ToConfirm;
            let (from, limit) = (0, 10);
            let asked = AgreementListAsk { list, from, limit };
            let Reply::AgreementList(view) = desk.answer(&Question::AgreementList(asked)).unwrap()
            else {
                panic!("no list");
            };
            assert_eq!(view.rows.len(), 1, "until she confirms, too");
        })
        .screen();
}

/// Enters 张德福 for the yearly check of older people, and checks him in this agreement year.
fn check_up(desk: &Desk) {
    let person = whole(desk).people[0].person;
    let record = |on: &str, happening| {
        let draft = ContactDraft {
            happening: Some(happening),
            ..ContactDraft::about(person, day(on))
        };
        change(desk, Command::RecordContact(Box::new(draft))).unwrap();
    };
    let entered = Enrolled::in_programme(ProgrammeKind::Elderly);
    record("2026-10-01", Happening::Enrolled(entered));
    let seen = Visited {
        mode: Mode::Clinic,
        measured: Measured::default(),
        pregnant: false,
        lactating: false,
        forms: BTreeMap::new(),
        referral_result: None,
        findings: vec![Finding::Exam(Exam::default())],
        next: BTreeMap::new(),
    };
    record("2026-10-02", Happening::Visited(seen));
}

#[test]
fn a_yearly_check_before_he_confirmed_stands_for_the_assessment_he_is_promised() {
    let taken = opened().keys("<f2>").at(3).elsewhere(check_up);
    let confirmed = taken.keys("<ctrl-y><enter><enter><enter>1P77<f2>");
    sees(&confirmed, &["已办 本人确认：张德福"]);
    confirmed
        .elsewhere(|desk| {
            let mut promises = promised(desk).into_iter();
            let assessment = Item::Basic(Service::Assessment);
            let own = promises.find(|one| one.item == assessment).unwrap();
            assert_eq!((own.required, own.done), (1, 1));
            let asked = QueueAsk {
                all: true,
                ..QueueAsk::default()
            };
            let Reply::Queue(queue) = desk.answer(&Question::Queue(asked)).unwrap() else {
                panic!("no queue");
            };
            let rows = queue.due.iter().chain(&queue.early).chain(&queue.standing);
            let tasks = rows.flat_map(|row| row.row.tasks.iter().chain(&row.row.riding));
            let mut assess = tasks.filter(|task| task.kind == TaskKind::GeneralAssess);
            assert_eq!(assess.next(), None, "kept already");
        })
        .screen();
}
