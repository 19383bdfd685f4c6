//! Agreements at V and T, three households of four signed: the lists with all their counts, the
//! registers of a day, the doctors' panels, what a form lacks, a signing as it is saved, and the
//! day on which a hundred agreements renew themselves.
//!
//! Each must find what was signed before its time counts. A page one looks at is held against a
//! frame of 16 ms, counts over everything against 100 ms; a signing is written like a visit.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "../tests/store/disk.rs"]
mod disk;
mod village;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        reply::{AgreementList, AgreementListView},
        request::{AgreementListAsk, AgreementPreviewAsk, Party},
    },
    domain::{
        agreement::{
            action::{Action, Proposal},
            consent::{Consent, ConsentKind, Guardian},
            contract::{Basic, Choice, Contents, Origin, Representative, Scope},
            doctor::{Doctor, DoctorKind, PartyA},
            signed::{Place, RepresentativeSignature, Signature, Signing},
        },
        clock::Clock,
        day::{Day, age_years, plus_days},
        id::{DoctorId, HouseholdId, PersonId, StaffId},
    },
    store::Store,
};
use disk::Disk;
use village::{Morning, Size, Village, catalog, median, sizes, tell, today};

const FRAME: Duration = Duration::from_millis(16);
const COUNTS: Duration = Duration::from_millis(100);
/// Agreements that end with yesterday, each renewed by the roll of today.
const RENEWED: usize = 100;
/// Persons a doctor takes: fewer than a village doctor may.
const PANEL: usize = 900;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A household that signs: adults first.
struct Home {
    id: HouseholdId,
    members: Vec<(PersonId, Day)>,
}

fn main() {
    for size in sizes() {
        let village = Village::build(size);
        let desk = village.desk();
        let homes = homes(&desk);
        let (to_sign, signed): (Vec<_>, Vec<_>) = homes
            .into_iter()
            .enumerate()
            .partition(|(at, _)| at % 4 == 3);
        let signed: Vec<Home> = signed.into_iter().map(|(_, home)| home).collect();
        let to_sign: Vec<Home> = to_sign.into_iter().map(|(_, home)| home).collect();
        let doctors = doctors(&desk, &signed);
        let begun = Instant::now();
        sign_all(&desk, &signed, doctors);
        println!(
            "{}: {} households signed with {doctors} doctors in {:.1?}",
            size.name,
            signed.len(),
            begun.elapsed()
        );
        asked(size, &village, signed.len(), to_sign.len());
        previewed(size, &village, &to_sign[0]);
        saved(size, &village, &to_sign);
        rolled(size, &village);
    }
}

fn homes(desk: &Desk) -> Vec<Home> {
    let Reply::People(people) = desk.answer(&Question::ExportPeople).unwrap() else {
        panic!("no people");
    };
    let mut homes: BTreeMap<HouseholdId, Vec<(PersonId, Day)>> = BTreeMap::new();
    for row in people.iter().filter(|row| row.person.is_here()) {
        let birth = row.person.birth().unwrap_or(today());
        let home = homes.entry(row.person.household).or_default();
        home.push((row.person.id, birth));
    }
    let homes = homes.into_iter().map(|(id, mut members)| {
        members.sort_by_key(|(person, birth)| (*birth, *person));
        Home { id, members }
    });
    // A year ago, when the first hundred signed, an adult was there and everybody was born.
    let then = plus_days(today(), -365);
    let adult = |home: &Home| {
        home.members
            .iter()
            .any(|(_, birth)| 18 <= age_years(*birth, then))
    };
    let born = |home: &Home| home.members.iter().all(|(_, birth)| *birth <= then);
    homes.filter(|home| adult(home) && born(home)).collect()
}

/// As many doctors as the people need; returns how many.
fn doctors(desk: &Desk, signed: &[Home]) -> usize {
    let people: usize = signed.iter().map(|home| home.members.len()).sum();
    let count = (people / PANEL + 1).max(signed.len() / 280 + 1);
    for number in 0..count {
        let doctor = Doctor {
            phone: String::new(),
            id: DoctorId(0),
            name: format!("签约医生{number}"),
            staff: None,
            id_no: String::new(),
            licence: format!("LIC{number}"),
            kind: DoctorKind::Village,
            from: plus_days(today(), -3000),
            until: None,
            cap: None,
        };
        let keep = Command::KeepParty(Box::new(Party::Doctor(None, doctor)));
        desk.change(&change(format!("doctor/{number}"), keep))
            .unwrap();
    }
    count
}

fn change(id: String, command: Command) -> Change {
    Change {
        id,
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command,
    }
}

fn contents(home: &Home, doctor: DoctorId) -> Contents {
    let choice = |(person, _): &(PersonId, Day)| Choice {
        person: *person,
        basic: Some(Basic::Included),
        extras: Vec::new(),
        incapable: String::new(),
    };
    Contents {
        party_a: PartyA::Institution,
        doctor: Some(doctor),
        team: None,
        years: 1,
        covered: home.members.iter().map(choice).collect(),
        left_out: Vec::new(),
        representative: Some(Representative::Member(home.members[0].0)),
        fees: Vec::new(),
        phone: String::new(),
    }
}

fn signing(home: &Home, on: Day) -> Signing {
    let page = format!("P{}", home.id.0);
    let is_minor = |birth: Day| age_years(birth, on) < 18;
    let consent = |(person, birth): &(PersonId, Day)| Consent {
        person: *person,
        kind: if is_minor(*birth) {
            ConsentKind::Guardian
        } else {
            ConsentKind::Signed
        },
        on,
        evidence: page.clone(),
        taken_by: StaffId(1),
        guardian: is_minor(*birth).then(|| Guardian {
            name: "家长".to_owned(),
            relation: "父母".to_owned(),
            person: None,
        }),
    };
    Signing {
        consents: home.members.iter().map(consent).collect(),
        representative: Some(RepresentativeSignature {
            kind: ConsentKind::Signed,
            on,
            evidence: page.clone(),
            taken_by: StaffId(1),
        }),
        clinic: Some(Signature {
            name: "签约医生".to_owned(),
            staff: None,
            on,
        }),
        start: None,
        time: "10:20".to_owned(),
        place: Place::Clinic,
        equipment: BTreeSet::new(),
        also_done: BTreeSet::new(),
        above_cap: None,
        late_reason: String::new(),
    }
}

fn steps(home: &Home, doctor: DoctorId, on: Day) -> Command {
    let draft = Action::Draft(Box::new(Proposal {
        scope: Scope::Household(home.id),
        origin: Origin::New,
        contents: contents(home, doctor),
    }));
    let sign = Action::Sign(Box::new(signing(home, on)));
    Command::AgreementSteps {
        agreement: None,
        actions: vec![draft, sign],
    }
}

/// Signs every household: the first hundred a year ago, whose terms end with yesterday.
fn sign_all(desk: &Desk, homes: &[Home], doctors: usize) {
    let now = Morning.now();
    for (batch, part) in homes.chunks(RENEWED).enumerate() {
        let back = if batch == 0 { 365 } else { 100 };
        let mut left = part.iter().enumerate();
        desk.relive(|_| {
            let (at, home) = left.next()?;
            let number = (batch * RENEWED + at) % doctors + 1;
            let doctor = DoctorId(u64::try_from(number).unwrap());
            let command = steps(home, doctor, plus_days(today(), -back));
            Some((
                now - back * DAY,
                change(format!("sign/{}", home.id), command),
            ))
        })
        .unwrap();
    }
}

fn list(desk: &Desk, list: AgreementList) -> AgreementListView {
    let (from, limit) = (0, 20);
    let asked = AgreementListAsk { list, from, limit };
    match desk.answer(&Question::AgreementList(asked)).unwrap() {
        Reply::AgreementList(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn timed<T>(mut ask: impl FnMut() -> T) -> Duration {
    let times = std::iter::repeat_with(|| {
        let begun = Instant::now();
        std::hint::black_box(ask());
        begun.elapsed()
    });
    median(times.take(11).collect())
}

fn asked(size: Size, village: &Village, signed: usize, to_sign: usize) {
    let desk = village.desk();
    let begun = Instant::now();
    let first = list(&desk, AgreementList::ToSign);
    tell(
        "households to sign, the first time",
        size,
        begun.elapsed(),
        COUNTS,
    );
    let counts: BTreeMap<AgreementList, usize> = first.counts.iter().copied().collect();
    assert_eq!(counts[&AgreementList::Running], signed);
    assert!(to_sign <= counts[&AgreementList::ToSign], "{counts:?}");
    for (what, one) in [
        ("households to sign", AgreementList::ToSign),
        ("everything that runs", AgreementList::Running),
        ("to renew", AgreementList::ToRenew),
    ] {
        let rows = list(&desk, one).rows.len();
        assert_eq!(rows, 20, "{what}");
        tell(
            &format!("{what} and all counts"),
            size,
            timed(|| list(&desk, one)),
            FRAME,
        );
    }
    let day = plus_days(today(), -100);
    let register = Question::Registers {
        from: day,
        until: day,
    };
    let Reply::Registers(view) = desk.answer(&register).unwrap() else {
        panic!("no register");
    };
    assert!(
        signed - RENEWED <= view.registered.len(),
        "a register of a day"
    );
    let time = timed(|| desk.answer(&register).unwrap());
    tell(
        "registers of a day on which all were signed",
        size,
        time,
        COUNTS,
    );
    let today = Question::Registers {
        from: today(),
        until: today(),
    };
    let time = timed(|| desk.answer(&today).unwrap());
    tell("registers of a quiet day", size, time, COUNTS);
    let Reply::Parties(parties) = desk.answer(&Question::Parties).unwrap() else {
        panic!("no parties");
    };
    let households: usize = parties.doctors.iter().map(|one| one.households).sum();
    assert_eq!(households, signed - RENEWED);
    let time = timed(|| desk.answer(&Question::Parties).unwrap());
    tell("panels of all doctors", size, time, COUNTS);
}

fn previewed(size: Size, village: &Village, home: &Home) {
    let desk = village.desk();
    let asked = AgreementPreviewAsk {
        agreement: None,
        proposal: Proposal {
            scope: Scope::Household(home.id),
            origin: Origin::New,
            contents: contents(home, DoctorId(1)),
        },
        signing: signing(home, today()),
        by: StaffId(1),
    };
    let asked = Question::AgreementPreview(Box::new(asked));
    let Reply::AgreementPreview(view) = desk.answer(&asked).unwrap() else {
        panic!("no preview");
    };
    assert_eq!(view.missing.required, []);
    let time = timed(|| desk.answer(&asked).unwrap());
    tell("what a form lacks", size, time, FRAME);
}

/// Signs forty households, on a disk that counts what is written to it.
fn saved(size: Size, village: &Village, homes: &[Home]) {
    let path = village.folder.root().join("clinic.redb");
    let disk = Disk::holding(std::fs::read(path).unwrap());
    let store = Store::on_disk(disk.clone()).unwrap();
    let desk = Desk::new(store, Arc::new(Morning), catalog(), "bench", None);
    let (mut pages, mut flushes, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for home in homes.iter().take(40) {
        let command = steps(home, DoctorId(1), today());
        let change = change(format!("saved/{}", home.id), command);
        let before = disk.written();
        let begun = Instant::now();
        desk.change(&change).unwrap();
        times.push(begun.elapsed());
        let after = disk.written();
        pages.push(after.0 - before.0);
        flushes.push(after.1 - before.1);
    }
    pages.sort_unstable();
    flushes.sort_unstable();
    println!(
        "a signing, {}: {:.2?}, {} pages in the middle, {} at most, {} flushes",
        size.name,
        median(times),
        pages[pages.len() / 2],
        pages[pages.len() - 1],
        flushes[flushes.len() / 2]
    );
}

/// The day on which a hundred agreements renew themselves, on such a disk.
fn rolled(size: Size, village: &Village) {
    let path = village.folder.root().join("clinic.redb");
    let disk = Disk::holding(std::fs::read(path).unwrap());
    let store = Store::on_disk(disk.clone()).unwrap();
    let desk = Desk::new(store, Arc::new(Morning), catalog(), "bench", None);
    let before = disk.written();
    let begun = Instant::now();
    let done = desk
        .change(&change("roll".to_owned(), Command::RollAgreements))
        .unwrap();
    let time = begun.elapsed();
    let after = disk.written();
    assert_eq!(done.continued.len(), RENEWED);
    println!(
        "a roll of {RENEWED} renewals, {}: {time:.1?}, {:.2?} each, {} pages, {} flushes",
        size.name,
        time / u32::try_from(RENEWED).unwrap(),
        after.0 - before.0,
        after.1 - before.1
    );
}
