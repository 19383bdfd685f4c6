//! A village of two households, two doctors and a unit, with every agreement signed in it.
//!
//! Every change is applied as it comes, and held to the listed transitions.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::domain::{
    agreement::{
        Outcome,
        action::{Action, Proposal},
        around::{Around, Home, Resident},
        cap::Panel,
        change::{AgreementChanged, Change, apply},
        consent::{Consent, ConsentKind, Guardian},
        contract::{Agreement, Basic, Choice, Contents, Origin, Representative, Scope},
        decide,
        doctor::{Doctor, DoctorKind, PartyA},
        money::Fen,
        package::{Package, PackageItem},
        promise::Degrees,
        refusal::Refusal,
        roll::{self, Today},
        rules::AgreementRules,
        signed::{Place, RepresentativeSignature, Signature, Signed, Signing},
        state::State,
        unit::{Unit, UnitKind, UnitMember},
        voucher::{Holder, Voucher, VoucherKind, VoucherState},
    },
    day::Day,
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, UnitId},
    person::PersonState,
    programmes::ProgrammeKind,
    record_number::VillageCode,
    tags::TagSet,
};

pub const WANG: PersonId = PersonId(1);
pub const WIFE: PersonId = PersonId(2);
/// Born 2015.
pub const CHILD: PersonId = PersonId(3);
pub const GRANNY: PersonId = PersonId(4);
pub const ZHANG: PersonId = PersonId(5);
pub const LIU: PersonId = PersonId(6);
pub const FIRST: HouseholdId = HouseholdId(1);
pub const SECOND: HouseholdId = HouseholdId(2);
pub const A: DoctorId = DoctorId(1);
pub const B: DoctorId = DoctorId(2);
pub const ALL: &[PersonId] = &[WANG, WIFE, CHILD, GRANNY];
/// The clerk who enters everything.
pub const CLERK: StaffId = StaffId(9);

pub fn d(text: &str) -> Day {
    text.parse().unwrap()
}

#[derive(Debug, Clone)]
pub struct World {
    pub rules: AgreementRules,
    pub homes: Vec<Home>,
    pub people: Vec<Resident>,
    pub doctors: Vec<Doctor>,
    pub packages: Vec<Package>,
    pub vouchers: Vec<Voucher>,
    pub unit: Unit,
    pub book: BTreeMap<AgreementId, Agreement>,
    pub log: Vec<AgreementChanged>,
    pub numbers: Vec<String>,
    pub by: StaffId,
    pub reported: Option<Day>,
    pub crowd: Panel,
    pages: u32,
}

fn resident(id: PersonId, name: &str, birth: &str, household: HouseholdId) -> Resident {
    Resident {
        id,
        name: name.to_owned(),
        birth: birth.parse().ok(),
        household,
        state: PersonState::Here,
        tags: TagSet::EMPTY,
        programmes: BTreeSet::from([ProgrammeKind::General]),
        degrees: Degrees::default(),
        staff: None,
    }
}

fn doctor(id: DoctorId, name: &str) -> Doctor {
    Doctor {
        id,
        name: name.to_owned(),
        staff: Some(StaffId(id.0)),
        id_no: String::new(),
        licence: format!("LIC{}", id.0),
        kind: DoctorKind::Village,
        from: d("2015-01-01"),
        until: None,
        cap: None,
        phone: String::new(),
    }
}

pub fn world() -> World {
    let home = |id, members: &[PersonId]| Home {
        id,
        head: members.first().copied(),
        members: members.to_vec(),
        ended: None,
    };
    World {
        rules: AgreementRules::default(),
        homes: vec![home(FIRST, ALL), home(SECOND, &[ZHANG, LIU])],
        people: vec![
            resident(WANG, "王国强", "1970-03-01", FIRST),
            resident(WIFE, "李秀英", "1972-05-02", FIRST),
            resident(CHILD, "王小明", "2015-06-03", FIRST),
            resident(GRANNY, "王桂兰", "1950-07-04", FIRST),
            resident(ZHANG, "张伟", "1980-08-05", SECOND),
            resident(LIU, "刘芳", "1985-09-06", SECOND),
        ],
        doctors: vec![doctor(A, "赵明"), doctor(B, "钱进")],
        packages: vec![Package {
            code: "Z01".to_owned(),
            name: "上门护理包".to_owned(),
            price: Fen(12_000),
            items: vec![PackageItem {
                name: "上门护理".to_owned(),
                times: 6,
            }],
            tags: Vec::new(),
            from: d("2020-01-01"),
            to: None,
        }],
        vouchers: Vec::new(),
        unit: Unit {
            id: UnitId(1),
            name: "石桥砖厂".to_owned(),
            kind: UnitKind::Company,
            credit_code: String::new(),
            contact: "孙立".to_owned(),
            phone: "13800000000".to_owned(),
            address: "石桥村".to_owned(),
            headcount: 20,
            members: vec![UnitMember::Resident(WANG), UnitMember::Resident(ZHANG)],
        },
        book: BTreeMap::new(),
        log: Vec::new(),
        numbers: Vec::new(),
        by: CLERK,
        reported: None,
        crowd: Panel::default(),
        pages: 0,
    }
}

pub fn contents(doctor: DoctorId, people: &[PersonId]) -> Contents {
    Contents {
        party_a: PartyA::Institution,
        doctor: Some(doctor),
        team: None,
        years: 1,
        covered: people
            .iter()
            .map(|person| Choice {
                person: *person,
                basic: Some(Basic::Included),
                extras: Vec::new(),
                incapable: String::new(),
            })
            .collect(),
        left_out: Vec::new(),
        representative: people.first().map(|one| Representative::Member(*one)),
        fees: Vec::new(),
        phone: "13900000000".to_owned(),
    }
}

pub fn voucher(number: &str, holder: Holder) -> Voucher {
    Voucher {
        number: number.to_owned(),
        kind: VoucherKind::Cash,
        amount: Fen(5000),
        holder,
        issued: d("2025-01-01"),
        expires: d("2025-12-31"),
        state: VoucherState::Unused,
    }
}

pub fn codes(refusals: &[Refusal]) -> Vec<&'static str> {
    refusals.iter().map(Refusal::code).collect()
}

impl World {
    pub fn page(&mut self) -> String {
        self.pages += 1;
        format!("ZP{:04}", self.pages)
    }

    pub fn person(&mut self, id: PersonId) -> &mut Resident {
        self.people.iter_mut().find(|one| one.id == id).unwrap()
    }

    pub fn consent(&self, person: PersonId, on: &str, page: &str) -> Consent {
        let years = self.people.iter().find(|one| one.id == person);
        let is_minor = years
            .and_then(|one| one.years(d(on)))
            .is_none_or(|n| n < 18);
        Consent {
            person,
            kind: if is_minor {
                ConsentKind::Guardian
            } else {
                ConsentKind::Signed
            },
            on: d(on),
            evidence: page.to_owned(),
            taken_by: CLERK,
            guardian: is_minor.then(|| Guardian {
                name: "李秀英".to_owned(),
                relation: "母亲".to_owned(),
                person: Some(WIFE),
            }),
        }
    }

    pub fn signing(&mut self, people: &[PersonId], on: &str) -> Signing {
        let page = self.page();
        let consents = people.iter().map(|one| self.consent(*one, on, &page));
        Signing {
            consents: consents.collect(),
            representative: Some(RepresentativeSignature {
                kind: ConsentKind::Signed,
                on: d(on),
                evidence: page.clone(),
                taken_by: CLERK,
            }),
            clinic: Some(Signature {
                name: "赵明".to_owned(),
                staff: Some(StaffId(1)),
                on: d(on),
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

    pub fn next(&self) -> AgreementId {
        let last = self.log.iter().map(|one| one.agreement.0).max();
        AgreementId(last.unwrap_or_default() + 1)
    }

    pub fn decide(&self, id: Option<AgreementId>, action: &Action, today: &str) -> Outcome {
        let agreement = id.and_then(|id| self.book.get(&id));
        let scope = match action {
            Action::Draft(proposal) => Some(proposal.scope),
            _ => agreement.map(|one| one.scope),
        };
        let home = scope.and_then(Scope::household);
        let home = self.homes.iter().find(|one| Some(one.id) == home);
        let agreements: Vec<Agreement> = self.book.values().cloned().collect();
        let mut evidence = BTreeMap::new();
        for one in &agreements {
            for number in one.signed().into_iter().flat_map(Signed::evidence) {
                evidence.entry(number.to_owned()).or_insert(one.id);
            }
        }
        let household = |id| {
            self.people
                .iter()
                .find(|one| one.id == id)
                .map(|one| one.household)
        };
        let mut panels = BTreeMap::new();
        for doctor in &self.doctors {
            let mut panel = Panel::of(doctor.id, &agreements, d(today), household);
            panel.persons.extend(&self.crowd.persons);
            panel.households.extend(&self.crowd.households);
            panels.insert(doctor.id, panel);
        }
        let village: VillageCode = "150622103101".parse().unwrap();
        let mut serials: BTreeMap<i32, u32> = BTreeMap::new();
        for number in &self.numbers {
            let year = number[14..18].parse().unwrap();
            let serial: u32 = number[18..].parse().unwrap();
            let last = serials.entry(year).or_default();
            *last = serial.max(*last);
        }
        let around = Around {
            rules: &self.rules,
            by: self.by,
            home,
            unit: Some(&self.unit),
            people: &self.people,
            doctors: &self.doctors,
            packages: &self.packages,
            vouchers: &self.vouchers,
            agreements: &agreements,
            panels: &panels,
            evidence: &evidence,
            village: Some(&village),
            serials: &serials,
            next: self.next(),
            reported: self.reported,
        };
        decide(agreement, &around, action, d(today))
    }

    /// Decides and applies; every state is reached only by a listed transition.
    pub fn ask(&mut self, id: Option<AgreementId>, action: &Action, today: &str) -> Outcome {
        let changes = self.decide(id, action, today)?;
        for changed in &changes {
            self.take(changed);
        }
        Ok(changes)
    }

    fn take(&mut self, changed: &AgreementChanged) {
        let before = self.book.remove(&changed.agreement);
        let was = before.as_ref().map(Agreement::state);
        let after = apply(before, changed).unwrap();
        let is = after.state();
        let begins_by_itself = matches!(after.origin, Origin::Automatic { .. });
        match changed.transition {
            Some(way) if !begins_by_itself || !matches!(changed.change, Change::Signed(_)) => {
                let from = way.from();
                let allowed = was.map_or(from.is_empty(), |was| from.contains(&was));
                assert!(allowed, "{way:?} from {was:?}");
                assert_eq!(way.to().unwrap_or(is), is, "{way:?}");
            }
            Some(_) => assert_eq!((was, is), (Some(State::Draft), State::Active)),
            None => assert!(
                was.is_none_or(|was| was == is),
                "{was:?} → {is:?} by no way"
            ),
        }
        if let Change::Numbered { number } = &changed.change {
            assert!(
                !self.numbers.contains(&number.to_string()),
                "{number} again"
            );
            self.numbers.push(number.to_string());
        }
        if let Change::VoucherUsed { number, on } = &changed.change {
            let voucher = self.vouchers.iter_mut().find(|one| one.number == *number);
            voucher.unwrap().state = VoucherState::Used { on: *on };
        }
        self.book.insert(changed.agreement, after);
        self.log.push(changed.clone());
    }

    pub fn draft(
        &mut self,
        scope: Scope,
        origin: Origin,
        contents: Contents,
        today: &str,
    ) -> Result<AgreementId, Vec<Refusal>> {
        let id = self.next();
        let proposal = Proposal {
            scope,
            origin,
            contents,
        };
        self.ask(None, &Action::Draft(Box::new(proposal)), today)?;
        Ok(id)
    }

    /// Drafts and signs for the whole first household.
    pub fn sign_first(
        &mut self,
        doctor: DoctorId,
        origin: Origin,
        on: &str,
    ) -> Result<AgreementId, Vec<Refusal>> {
        self.sign(Scope::Household(FIRST), origin, contents(doctor, ALL), on)
    }

    pub fn sign(
        &mut self,
        scope: Scope,
        origin: Origin,
        contents: Contents,
        on: &str,
    ) -> Result<AgreementId, Vec<Refusal>> {
        let people: Vec<PersonId> = contents.covered.iter().map(|one| one.person).collect();
        let id = self.draft(scope, origin, contents, on)?;
        let signing = self.signing(&people, on);
        self.ask(Some(id), &Action::Sign(Box::new(signing)), on)?;
        Ok(id)
    }

    /// The agreement of the examples: the first household with A from 2025-08-12.
    pub fn a1() -> (Self, AgreementId) {
        let mut world = world();
        let id = world.sign_first(A, Origin::New, "2025-08-12").unwrap();
        (world, id)
    }

    /// Rolls every day after `last` up to `today`.
    pub fn roll(&mut self, last: &str, today: &str) {
        for day in roll::days(d(last), d(today), Today::Confirmed).unwrap() {
            for id in roll::due(self.book.values(), day) {
                self.ask(Some(id), &Action::Roll, &day.to_string()).unwrap();
            }
        }
    }

    pub fn of(&self, id: AgreementId) -> &Agreement {
        &self.book[&id]
    }

    pub fn state(&self, id: AgreementId) -> State {
        self.of(id).state()
    }

    pub fn end(&self, id: AgreementId) -> Day {
        self.of(id).signed().unwrap().last_day()
    }
}
