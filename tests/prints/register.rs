//! Registers that build themselves, counted from agreements decided by the domain.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    domain::{
        agreement::{
            action::{Action, Voiding},
            approval::{Approval, Approver},
            contract::{Origin, Scope},
            coverage::Coverage,
            fulfilment::{Completed, Record, What, promises},
            package::Package,
            performance,
            promise::Contact,
            register::{Asked, By, Counted, Counts, Of, Registered, Sheet, campaign, sheet},
            rules::AgreementRules,
            signed::VoidFinding,
        },
        day::Day,
        id::{AgreementId, DoctorId, PersonId, StaffId},
        programmes::ProgrammeKind,
        tags::{Tag, TagSet},
        task::TaskKind,
    },
    paper::{
        export::{self, Format},
        print::plain,
        register::{self, Told},
    },
};

use crate::agreements::village::{
    A, ALL, GRANNY, LIU, SECOND, WANG, World, ZHANG, contents, d, world,
};

/// Two households signed on one day, the first with a hypertensive granny of 75.
fn signed() -> (World, AgreementId, AgreementId) {
    let mut world = world();
    world.person(GRANNY).programmes.insert(ProgrammeKind::Htn);
    let first = world.sign_first(A, Origin::New, "2025-08-12").unwrap();
    let scope = Scope::Household(SECOND);
    let people = contents(A, &[ZHANG, LIU]);
    let second = world
        .sign(scope, Origin::New, people, "2025-08-12")
        .unwrap();
    (world, first, second)
}

/// All agreements as a register is told of them, entered on the day they were signed.
fn registered(world: &World) -> Vec<Registered> {
    let mut granny = TagSet::EMPTY;
    granny.insert(Tag::Elderly);
    granny.insert(Tag::Hypertension);
    let of = |agreement: &cunyi::domain::agreement::contract::Agreement| {
        let home = agreement.scope.household();
        let home = world.homes.iter().find(|one| Some(one.id) == home).unwrap();
        let head = world.people.iter().find(|one| Some(one.id) == home.head);
        let head = head.unwrap().name.clone();
        Registered {
            agreement: agreement.clone(),
            entered: agreement.signed().unwrap().on,
            village: "石桥村".to_owned(),
            representative: head.clone(),
            head,
            residents: home.members.iter().copied().collect(),
            tags: BTreeMap::from([(GRANNY, granny)]),
        }
    };
    world.book.values().map(of).collect()
}

/// All that sheets of a world are made of.
struct Book {
    all: Vec<Registered>,
    year: Vec<Counted>,
    coverage: Vec<Coverage>,
    residents: BTreeSet<PersonId>,
    rules: AgreementRules,
}

impl Book {
    fn of(world: &World) -> Self {
        let all = registered(world);
        let agreements = || all.iter().map(|one| &one.agreement);
        let signed = agreements().filter_map(|one| one.signed());
        Self {
            year: agreements().filter_map(Counted::of).collect(),
            coverage: signed.flat_map(Coverage::of).collect(),
            residents: (1..=8).map(PersonId).collect(),
            rules: world.rules.clone(),
            all,
        }
    }

    fn sheet(&self, doctor: DoctorId, day: &str) -> Sheet<'_> {
        let asked = Asked {
            rules: &self.rules,
            include_k11: true,
            residents: &self.residents,
            coverage: &self.coverage,
            year: &self.year,
        };
        sheet(&self.all, doctor, d(day), asked)
    }
}

fn told(packages: &[Package]) -> Told {
    Told {
        clinic: "石桥镇卫生院".to_owned(),
        ground: "石桥村".to_owned(),
        recorder: "周敏".to_owned(),
        doctors: BTreeMap::from([(A, "赵明".to_owned())]),
        packages: packages.to_vec(),
        ..Told::default()
    }
}

fn void(world: &mut World, id: AgreementId, on: &str) {
    let voiding = Voiding {
        finding: VoidFinding::NotAgreed,
        reason: "本人不知情".to_owned(),
        approval: Some(Approval {
            by: Approver::Staff {
                id: StaffId(77),
                name: "吴院长".to_owned(),
            },
            on: d(on),
        }),
        informed: Some(d(on)),
    };
    world
        .ask(Some(id), &Action::Void(Box::new(voiding)), on)
        .unwrap();
}

#[test]
fn a_day_adds_up_and_every_count_knows_its_people() {
    let (world, first, second) = signed();
    let book = Book::of(&world);
    let day = book.sheet(A, "2025-08-12");
    let ids: Vec<AgreementId> = day.lines.iter().map(|line| line.of.agreement.id).collect();
    assert_eq!(ids, [first, second]);
    assert_eq!(day.day_sums.households.len(), 2);
    assert_eq!(day.day_sums.persons.len(), 6);
    assert_eq!(day.day_sums.key, BTreeSet::from([GRANNY]));
    assert_eq!(
        day.lines[0].key[&Tag::Hypertension],
        BTreeSet::from([GRANNY])
    );
    assert_eq!((day.covered.len(), day.residents.len()), (6, 8));
}

#[test]
fn the_year_runs_on_and_another_doctor_has_his_own_sheet() {
    let (world, ..) = signed();
    let book = Book::of(&world);
    let later = book.sheet(A, "2025-12-31");
    assert!(later.lines.is_empty() && later.day_sums.persons.is_empty());
    assert_eq!(later.year_sums.persons.len(), 6);
    assert_eq!(book.sheet(A, "2026-01-01").year_sums.persons.len(), 0);
    let other = book.sheet(DoctorId(2), "2025-08-12");
    assert!(other.lines.is_empty());
}

/// A14: not counted in any month of the year; the register shows a correction line.
#[test]
fn a_void_agreement_keeps_its_line_counts_nowhere_and_is_corrected() {
    let (mut world, first, _) = signed();
    void(&mut world, first, "2026-01-15");
    let book = Book::of(&world);
    let day = book.sheet(A, "2025-08-12");
    assert_eq!(day.lines.len(), 2);
    assert_eq!(day.lines[0].counts, Counts::MadeVoid(d("2026-01-15")));
    assert_eq!(day.day_sums.persons, BTreeSet::from([ZHANG, LIU]));
    assert_eq!(day.year_sums.households, BTreeSet::from([SECOND]));
    assert!(!day.covered.contains(&WANG));
    let corrected = book.sheet(A, "2026-01-15");
    assert_eq!(corrected.lines[0].counts, Counts::Corrects(d("2025-08-12")));
    assert!(corrected.day_sums.persons.is_empty());
    let total = campaign(&book.all, (d("2025-08-01"), d("2026-08-01")), By::Day, true).total;
    assert_eq!(total.agreements.len(), 1);
}

#[test]
fn a_renewal_stands_on_the_day_it_begins() {
    let (mut world, ..) = signed();
    world.roll("2026-08-10", "2026-08-12");
    let book = Book::of(&world);
    let day = book.sheet(A, "2026-08-12");
    let kinds: Vec<&str> = day.lines.iter().map(|line| line.kind.name().zh).collect();
    assert_eq!(kinds, ["自动续约", "自动续约"]);
}

#[test]
fn a_campaign_adds_up_by_doctor_village_and_day() {
    let (world, ..) = signed();
    let all = registered(&world);
    let span = (d("2025-08-01"), d("2025-08-31"));
    for (by, of) in [
        (By::Doctor, Of::Doctor(Some(A))),
        (By::Village, Of::Village("石桥村".to_owned())),
        (By::Day, Of::Day(d("2025-08-12"))),
    ] {
        let sums = campaign(&all, span, by, true);
        assert_eq!(sums.sums[&of], sums.total);
        assert_eq!(sums.total.persons.len(), 6);
    }
    let listing = register::campaign(
        &campaign(&all, span, By::Village, true),
        By::Village,
        &told(&[]),
    );
    assert_eq!(listing.rows.len(), 2);
}

#[test]
fn what_was_entered_later_says_so() {
    let (world, ..) = signed();
    let mut book = Book::of(&world);
    book.all[1].entered = d("2025-08-20");
    let day = book.sheet(A, "2025-08-12");
    let printed = register::sheet(&day, &told(&[])).document("2025-08-20 17:00");
    assert!(plain::text(&[printed], 66).contains("2025-08-20补录"));
}

#[test]
fn the_register_of_a_day_prints() {
    let (mut world, first, _) = signed();
    void(&mut world, first, "2026-01-15");
    let book = Book::of(&world);
    let day = book.sheet(A, "2025-08-12");
    let listing = register::sheet(&day, &told(&world.packages));
    let text = plain::text(&[listing.document("2026-01-15 17:00")], 46);
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
}

#[test]
fn no_cell_of_a_register_can_run_as_a_formula() {
    let (world, ..) = signed();
    let mut book = Book::of(&world);
    book.all[0].head = "=HYPERLINK(1)".to_owned();
    let day = book.sheet(A, "2025-08-12");
    let table = register::sheet(&day, &told(&[])).table();
    let mut out = Vec::new();
    export::to_writer(&table, Format::Csv, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains(",'=HYPERLINK(1),"), "{text}");
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn performance_sets_what_was_done_against_what_was_promised() {
    let (world, first, _) = signed();
    let until: Day = d("2026-02-28");
    let done = Completed {
        day: d("2025-09-01"),
        what: What::Task(TaskKind::HtnVisit),
        contact: Contact::FaceToFace,
    };
    let record = Record {
        completed: std::slice::from_ref(&done),
        scheduled: &[],
    };
    let nothing = Record::default();
    let of = |person: PersonId| {
        let record = if person == GRANNY { record } else { nothing };
        promises(world.of(first), person, record, until)
    };
    let promised = BTreeMap::from([(first, ALL.iter().copied().flat_map(of).collect())]);
    let all = registered(&world);
    let span = (d("2025-08-01"), until);
    let table = performance::table(&all, &promised, A, span, true);
    assert_eq!(table.rows.len(), 2);
    let listing = register::performance(&table, &told(&world.packages));
    let text = plain::text(&[listing.document("2026-02-28 17:00")], 40);
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
}
