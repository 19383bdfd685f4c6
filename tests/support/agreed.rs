//! A clinic in 2025 with a family of four, two more people and two doctors: agreements asked of
//! its desk as any window would.

use std::{collections::BTreeSet, sync::Arc};

use cunyi::{
    desk::{
        Change, Command, Desk, Request, Stop,
        reply::{Done, Reply},
        request::{NewHousehold, NewPerson, Party},
    },
    domain::{
        agreement::{
            action::{Action, Proposal},
            consent::{Consent, ConsentKind, Guardian},
            contract::{Agreement, Basic, Choice, Contents, Origin, Representative, Scope},
            doctor::{Doctor, DoctorKind, PartyA},
            money::Fen,
            package::{Package, PackageItem},
            refusal::AgreementRefusal,
            signed::{Place, RepresentativeSignature, Signature, Signing},
            state::State,
            team::Team,
            unit::{Unit, UnitKind, UnitMember},
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        clinic::Role,
        clock::Clock,
        day::Day,
        household::MoveReason,
        id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId, VillageId},
        refusal::Refusal,
        rows::{agreement::AgreementRow, id_key},
        tables::Read,
        value::{Answers, Value},
    },
    store::Store,
};

use super::clinic::{Clinic, catalog, day};

pub const DOCTOR: StaffId = StaffId(1);
pub const CLERK: StaffId = StaffId(2);
pub const OTHER: StaffId = StaffId(3);
pub const A: DoctorId = DoctorId(1);
pub const B: DoctorId = DoctorId(2);
pub const WANG: PersonId = PersonId(1);
pub const WIFE: PersonId = PersonId(2);
/// Born 2015.
pub const CHILD: PersonId = PersonId(3);
pub const GRANNY: PersonId = PersonId(4);
pub const ZHANG: PersonId = PersonId(5);
pub const ALL: &[PersonId] = &[WANG, WIFE, CHILD, GRANNY];
pub const FIRST: HouseholdId = HouseholdId(1);
pub const SECOND: HouseholdId = HouseholdId(2);

/// A clinic whose desk is asked by several of its staff.
pub struct Town {
    pub clinic: Clinic,
    folder: tempfile::TempDir,
    asked: u32,
    pages: u32,
}

pub fn somebody(name: &str, sex: &str, birth: &str, relation: u8, word: &str) -> NewPerson {
    let mut card = Answers::new();
    card.insert("name".into(), Value::Text(name.into()));
    card.insert("sex".into(), Value::Code(sex.into()));
    card.insert("birth".into(), Value::Date(day(birth)));
    NewPerson {
        card,
        relation,
        relation_word: word.into(),
        joined_by: MoveReason::MovedIn,
        from: day("2020-01-01"),
        told: None,
    }
}

fn home(members: Vec<NewPerson>) -> Command {
    let mut card = Answers::new();
    card.insert("group".into(), Value::Text("3".into()));
    Command::AddHousehold(NewHousehold {
        village: VillageId(1),
        outside_no: None,
        card,
        members,
    })
}

pub fn doctor(name: &str, staff: Option<StaffId>) -> Doctor {
    Doctor {
        id: DoctorId(0),
        name: name.to_owned(),
        staff,
        id_no: String::new(),
        licence: "LIC1".to_owned(),
        kind: DoctorKind::Village,
        from: day("2015-01-01"),
        until: None,
        cap: None,
        phone: String::new(),
    }
}

pub fn contents(doctor: DoctorId, people: &[PersonId]) -> Contents {
    let choice = |person: &PersonId| Choice {
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
        covered: people.iter().map(choice).collect(),
        left_out: Vec::new(),
        representative: people.first().map(|one| Representative::Member(*one)),
        fees: Vec::new(),
        phone: "15400000321".to_owned(),
    }
}

pub fn consent(person: PersonId, on: &str, page: &str) -> Consent {
    let is_minor = person == CHILD;
    Consent {
        person,
        kind: if is_minor {
            ConsentKind::Guardian
        } else {
            ConsentKind::Signed
        },
        on: day(on),
        evidence: page.to_owned(),
        taken_by: CLERK,
        guardian: is_minor.then(|| Guardian {
            name: "李秀英".to_owned(),
            relation: "母亲".to_owned(),
            person: Some(WIFE),
        }),
    }
}

pub fn signing(people: &[PersonId], on: &str, page: &str) -> Signing {
    Signing {
        consents: people.iter().map(|one| consent(*one, on, page)).collect(),
        representative: Some(RepresentativeSignature {
            kind: ConsentKind::Signed,
            on: day(on),
            evidence: page.to_owned(),
            taken_by: CLERK,
        }),
        clinic: Some(Signature {
            name: "王建国".to_owned(),
            staff: Some(DOCTOR),
            on: day(on),
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

impl Town {
    /// The clinic on 2025-08-12.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
        let mut clinic = Clinic::of(store);
        let today = day("2026-11-21");
        let back = (day("2025-08-12") - today).num_milliseconds();
        clinic.clock.turn(back);
        clinic.set_up().unwrap();
        let mut town = Self {
            clinic,
            folder,
            asked: 0,
            pages: 0,
        };
        for name in ["李小燕", "赵明"] {
            let (name, role) = (name.to_owned(), Role::Doctor);
            town.change(DOCTOR, Command::AddStaff { name, role })
                .unwrap();
        }
        let first = vec![
            somebody("王国强", "1", "1970-03-01", 0, "户主"),
            somebody("李秀英", "2", "1972-05-02", 1, "配偶"),
            somebody("王小明", "1", "2015-06-03", 2, "长子"),
            somebody("王桂兰", "2", "1950-07-04", 5, "母亲"),
        ];
        town.change(DOCTOR, home(first)).unwrap();
        let second = vec![somebody("张伟", "1", "1980-08-05", 0, "户主")];
        town.change(DOCTOR, home(second)).unwrap();
        town.keep(Party::Doctor(None, doctor("王建国", Some(DOCTOR))));
        town.keep(Party::Doctor(None, doctor("赵明", Some(OTHER))));
        town
    }

    /// The clinic where the first family signed with A on 2025-08-12 for a year.
    pub fn signed() -> (Self, AgreementId) {
        let mut town = Self::new();
        let id = town.sign_first(A).unwrap();
        (town, id)
    }

    /// Another desk on the same data.
    pub fn desk(&self, window: &str) -> Desk {
        let store = Store::open(&self.path(), None).unwrap();
        let clock = Arc::clone(&self.clinic.clock) as Arc<dyn Clock>;
        Desk::new(store, clock, catalog(), window, None)
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("clinic.redb")
    }

    pub fn today(&self) -> Day {
        cunyi::domain::clock::day_of(self.clinic.clock.now())
    }

    /// Puts the clock to 10:00 of a later day.
    pub fn on(&mut self, text: &str) {
        let ahead = (day(text) - self.today()).num_milliseconds();
        self.clinic.clock.turn(ahead);
    }

    pub fn request(&mut self, by: StaffId, command: Command) -> Change {
        self.asked += 1;
        Change {
            id: format!("q{}", self.asked),
            by,
            seen: Vec::new(),
            date_is: Some(self.today()),
            command,
        }
    }

    pub fn change(&mut self, by: StaffId, command: Command) -> Result<Done, Stop> {
        let change = self.request(by, command);
        done(&self.clinic.desk, &change)
    }

    pub fn keep(&mut self, party: Party) {
        self.change(DOCTOR, Command::KeepParty(Box::new(party)))
            .unwrap();
    }

    pub fn ask(&mut self, id: AgreementId, action: Action) -> Result<Done, Stop> {
        self.change(CLERK, asks(Some(id), action))
    }

    pub fn page(&mut self) -> String {
        self.pages += 1;
        format!("ZP{:04}", self.pages)
    }

    pub fn draft(&mut self, scope: Scope, contents: Contents) -> Result<AgreementId, Stop> {
        let origin = Origin::New;
        self.propose(scope, origin, contents)
    }

    pub fn propose(
        &mut self,
        scope: Scope,
        origin: Origin,
        contents: Contents,
    ) -> Result<AgreementId, Stop> {
        let proposal = Proposal {
            scope,
            origin,
            contents,
        };
        let done = self.change(CLERK, asks(None, Action::Draft(Box::new(proposal))))?;
        Ok(done.agreements[0])
    }

    /// Signs a draft today for everybody it covers.
    pub fn sign(&mut self, id: AgreementId) -> Result<Done, Stop> {
        let page = self.page();
        let covered = self.of(id).contents.covered;
        let people: Vec<PersonId> = covered.iter().map(|one| one.person).collect();
        let signing = signing(&people, &self.today().to_string(), &page);
        self.ask(id, Action::Sign(Box::new(signing)))
    }

    pub fn sign_first(&mut self, doctor: DoctorId) -> Result<AgreementId, Stop> {
        let id = self.draft(Scope::Household(FIRST), contents(doctor, ALL))?;
        self.sign(id)?;
        Ok(id)
    }

    pub fn roll(&mut self) -> Result<Done, Stop> {
        self.change(DOCTOR, Command::RollAgreements)
    }

    pub fn row(&self, id: AgreementId) -> AgreementRow {
        let store = Store::open(&self.path(), None).unwrap();
        let snapshot = store.snapshot().unwrap();
        snapshot.get(&id_key(id.0)).unwrap().unwrap()
    }

    pub fn of(&self, id: AgreementId) -> Agreement {
        self.row(id).agreement
    }

    pub fn state(&self, id: AgreementId) -> State {
        self.of(id).state()
    }
}

pub fn asks(agreement: Option<AgreementId>, action: Action) -> Command {
    let action = Box::new(action);
    Command::Agreement { agreement, action }
}

pub fn done(desk: &Desk, change: &Change) -> Result<Done, Stop> {
    match desk.ask(&Request::Change(Box::new(change.clone())))? {
        Reply::Done(done) => Ok(done),
        other => panic!("{other:?}"),
    }
}

/// The codes a request was refused with.
pub fn codes<R: std::fmt::Debug>(answer: Result<R, Stop>) -> Vec<String> {
    match answer {
        Err(Stop::Refused(Refusal::Agreement(AgreementRefusal::Rules { found, .. }))) => {
            found.iter().map(|one| one.code().to_owned()).collect()
        }
        Err(Stop::Refused(refusal)) => vec![refusal.code()],
        other => panic!("{other:?}"),
    }
}

/// A doctor, a team, a unit, a package, a voucher, and a draft, of the first household and person.
pub fn one_of_each() -> Vec<Command> {
    let first = PersonId(1);
    let team = Team {
        id: TeamId(0),
        name: "石桥团队".to_owned(),
        code: String::new(),
        leader: Some(A),
        members: Vec::new(),
        areas: Vec::new(),
    };
    let unit = Unit {
        id: UnitId(0),
        name: "石桥砖厂".to_owned(),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".to_owned(),
        phone: "15400000323".to_owned(),
        address: "石桥村".to_owned(),
        headcount: 20,
        members: vec![UnitMember::Resident(first)],
    };
    let package = Package {
        code: "Z01".to_owned(),
        name: "上门护理包".to_owned(),
        price: Fen(12_000),
        items: vec![PackageItem {
            name: "上门护理".to_owned(),
            times: 6,
        }],
        tags: Vec::new(),
        from: day("2020-01-01"),
        to: None,
    };
    let voucher = Voucher {
        number: "D001".to_owned(),
        kind: VoucherKind::Cash,
        amount: Fen(5000),
        holder: Holder::Person(first),
        issued: day("2026-01-01"),
        expires: day("2027-12-31"),
        state: VoucherState::Unused,
    };
    let parties = [
        Party::Doctor(None, doctor("王建国", None)),
        Party::Team(None, team),
        Party::Unit(None, unit),
        Party::Package(package),
        Party::Voucher(voucher),
    ];
    let keep = |party| Command::KeepParty(Box::new(party));
    let mut commands: Vec<Command> = parties.into_iter().map(keep).collect();
    let proposal = Proposal {
        scope: Scope::Members(FIRST),
        origin: Origin::New,
        contents: contents(A, &[first]),
    };
    commands.push(asks(None, Action::Draft(Box::new(proposal))));
    commands
}
