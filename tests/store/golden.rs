//! Every kind of event as it stands in journals for ever. The golden file
//! fails on a renamed or lost key; a new kind or an added optional key is
//! written into it once with `CUNYI_GOLDEN=write`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use cunyi::{
    desk::{
        Command, Question, Reply,
        request::{ContactDraft, MovePerson, NewHousehold, NewPerson, SplitHousehold},
    },
    domain::{
        clinic::Role,
        course::{
            ProgrammeStatus,
            finding::Finding,
            happening::{
                Declined, DoneElsewhere, EndReason, Enrolled, Evidence, Happening, LastVisit,
                LostReason, Measured, Missed, PressureScreened, ReferralResult, TakenOver, Visited,
            },
        },
        event::{
            Entry, Event,
            clinic::{
                AccountRecovered, CopyBroughtBack, CopyMade, CopyProven, CopyTaken, LooksTold,
                PasswordGiven, RecoveryRenewed, SignInsTold,
            },
            contact::FormKept,
            import::RowTaken,
        },
        form::{FilledForm, Mark},
        household::MoveReason,
        id::{AgreementId, HouseholdId, PersonId, StaffId, VillageId, VisitId},
        looking::{Handed, Look, Way},
        open_form::SectionsDone,
        person::AgreementTold,
        programmes::{
            Facts, ProgrammeKind,
            outpatient::{LongPrescription, Slip},
            poverty::HouseholdNeed,
            screen35::RiskFactor,
        },
        proposal::Ground,
        settings::Pressure,
        signing_in::{Attempt, Outcome},
        task::{Mode, Task, TaskKind},
        value::{Answers, Value},
    },
    store::Store,
};

use crate::support::clinic::{Clinic, day, visit};

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/journal.json")
}

/// The kind of an event; a new one does not compile until it is named here.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::ClinicSetUp(_) => "clinic_set_up",
        Event::ClinicRenamed(_) => "clinic_renamed",
        Event::StaffAdded(_) => "staff_added",
        Event::StaffChanged(_) => "staff_changed",
        Event::VillageAdded(_) => "village_added",
        Event::VillageChanged(_) => "village_changed",
        Event::ClockConfirmed(_) => "clock_confirmed",
        Event::RoundMarked(_) => "round_marked",
        Event::PasswordGiven(_) => "password_given",
        Event::RecoveryRenewed(_) => "recovery_renewed",
        Event::AccountRecovered(_) => "account_recovered",
        Event::SignInsTold(_) => "sign_ins_told",
        Event::LooksTold(_) => "looks_told",
        Event::CopyMade(_) => "copy_made",
        Event::CopyProven(_) => "copy_proven",
        Event::CopyBroughtBack(_) => "copy_brought_back",
        Event::HouseholdAdded(_) => "household_added",
        Event::HouseholdChanged(_) => "household_changed",
        Event::HeadChanged(_) => "head_changed",
        Event::HouseholdEnded(_) => "household_ended",
        Event::HouseholdReopened(_) => "household_reopened",
        Event::PersonAdded(_) => "person_added",
        Event::PersonChanged(_) => "person_changed",
        Event::RelationChanged(_) => "relation_changed",
        Event::RecordNumberIssued(_) => "record_number_issued",
        Event::PersonStateChanged(_) => "person_state_changed",
        Event::PersonMoved(_) => "person_moved",
        Event::PersonLeft(_) => "person_left",
        Event::TagSet(_) => "tag_set",
        Event::TagCleared(_) => "tag_cleared",
        Event::AgreementTold(_) => "agreement_told",
        Event::ContactRecorded(_) => "contact_recorded",
        Event::ContactCorrected(_) => "contact_corrected",
        Event::ContactWithdrawn(_) => "contact_withdrawn",
        Event::ContactRedecided(_) => "contact_redecided",
        Event::FormKept(_) => "form_kept",
        Event::SettingsChanged(_) => "settings_changed",
        Event::RowTaken(_) => "row_taken",
        Event::RequestUndone(_) => "request_undone",
        Event::AgreementChanged(changed) => changed.change.key(),
        Event::DoctorKept(_) => "doctor_kept",
        Event::TeamKept(_) => "team_kept",
        Event::UnitKept(_) => "unit_kept",
        Event::PackageKept(_) => "package_kept",
        Event::VoucherKept(_) => "voucher_kept",
        Event::ReportSent(_) => "report_sent",
    }
}

/// Of agreements every change is a kind of its own.
const KINDS: usize = 38 + 23 + 7;

fn named(name: &str, sex: &str, birth: &str, relation: u8, word: &str) -> NewPerson {
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
        told: Some(AgreementTold {
            state: "已签约".into(),
            signed_on: Some(day("2026-01-05")),
            doctor: Some("王建国".into()),
        }),
    }
}

fn ids(clinic: &Clinic, name: &str) -> PersonId {
    let text = name.to_owned();
    let Reply::Search(found) = clinic
        .desk
        .answer(&Question::Search { text, limit: 1 })
        .unwrap()
    else {
        panic!("no search");
    };
    found.rows[0].person
}

fn home_of(clinic: &Clinic, person: PersonId) -> cunyi::domain::id::HouseholdId {
    match clinic.desk.answer(&Question::Person(person)).unwrap() {
        Reply::Person(view) => view.household.id,
        other => panic!("{other:?}"),
    }
}

/// A year in which everything happens once.
fn year(clinic: &mut Clinic) {
    let mut ask = |command: Command| clinic.change(command).unwrap();
    ask(Command::RenameClinic {
        name: "石桥村第一卫生室".into(),
    });
    ask(Command::AddStaff {
        name: "李小燕".into(),
        role: Role::PublicHealth,
    });
    ask(Command::ChangeStaff {
        staff: StaffId(2),
        name: "李小燕".into(),
        role: Role::Doctor,
        active: true,
        own: None,
    });
    ask(Command::AddVillage {
        name: "大坪村".into(),
        code: None,
    });
    let home = |members: Vec<NewPerson>, village: u64| {
        let mut card = Answers::new();
        card.insert("group".into(), Value::Text("3".into()));
        Command::AddHousehold(NewHousehold {
            village: VillageId(village),
            outside_no: Some(format!("H{village}")),
            card,
            members,
        })
    };
    let first = ask(home(
        vec![
            named("张德福", "1", "1956-03-01", 0, "户主"),
            named("张秀英", "2", "1958-05-01", 1, "配偶"),
            named("张建军", "1", "1982-07-01", 2, "长子"),
            named("张建民", "1", "1985-07-01", 2, "次子"),
        ],
        1,
    ));
    let second = ask(home(vec![named("王桂兰", "2", "1955-02-02", 0, "户主")], 2));
    let [head, wife, son, other] = first.people[..] else {
        panic!("four people")
    };
    let (first, second) = (first.households[0], second.households[0]);
    ask(Command::ChangeVillage {
        village: VillageId(2),
        name: "大坪村".into(),
        code: Some("529901103102".into()),
    });
    let mut card = Answers::new();
    card.insert("group".into(), Value::Text("3".into()));
    card.insert("address".into(), Value::Text("石桥村3组12号".into()));
    ask(Command::ChangeHousehold {
        household: first,
        card: card.clone(),
    });
    let newborn = NewPerson {
        joined_by: MoveReason::Birth,
        ..named("张小宝", "1", "2026-03-01", 4, "孙子")
    };
    let baby = ask(Command::AddPerson {
        household: first,
        person: newborn,
    })
    .people[0];
    let mut changed = named("张秀英", "2", "1958-05-02", 1, "配偶").card;
    changed.insert("phone".into(), Value::Text("15400000321".into()));
    ask(Command::ChangePerson {
        person: wife,
        card: changed,
    });
    ask(Command::ChangeRelation {
        person: other,
        relation: 2,
        word: "三子".into(),
    });
    ask(Command::ChangeHead {
        household: first,
        head: son,
        on: day("2026-04-01"),
    });
    ask(Command::SplitHousehold(SplitHousehold {
        from: first,
        members: vec![other],
        head: other,
        card,
        on: day("2026-05-01"),
        old_head: None,
    }));
    ask(Command::MovePerson(MovePerson {
        person: baby,
        to: second,
        relation: 8,
        word: "其他".into(),
        on: day("2026-05-02"),
        reason: MoveReason::Correction,
        new_head: None,
    }));
    ask(Command::MergeHouseholds {
        from: second,
        into: first,
        on: day("2026-05-03"),
    });
    ask(Command::SetTag {
        person: wife,
        tag: "K14".into(),
        evidence: "入户评估".into(),
    });
    ask(Command::ClearTag {
        person: wife,
        tag: "K14".into(),
        why: "已恢复".into(),
    });
    follow_up(clinic, head, wife);
    let mut ask = |command: Command| clinic.change(command).unwrap();
    ask(Command::RecordDeath {
        person: head,
        on: day("2026-11-20"),
        cause: "脑血管病".into(),
        new_head: None,
    });
    ask(Command::MoveOut {
        person: baby,
        on: day("2026-11-20"),
        to: "县城".into(),
        new_head: None,
    });
    ask(Command::MoveBack {
        person: baby,
        household: first,
        on: day("2026-11-21"),
        relation: 4,
        word: "孙子".into(),
    });
    let alone = home_of(clinic, other);
    let mut ask = |command: Command| clinic.change(command).unwrap();
    ask(Command::MoveOut {
        person: other,
        on: day("2026-11-20"),
        to: "县城".into(),
        new_head: None,
    });
    ask(Command::MoveBack {
        person: other,
        household: alone,
        on: day("2026-11-21"),
        relation: 0,
        word: "户主".into(),
    });
    ask(Command::VoidPerson {
        person: other,
        why: "重复".into(),
        same_as: Some(son),
        new_head: None,
    });
    ask(Command::MarkRound {
        people: vec![wife],
        on: true,
    });
    ask(Command::Undo);
    ask(Command::ChangeSettings {
        values: [("htn.unsat_days".into(), "21".into())].into(),
    });
    proposals(clinic, son, wife);
}

fn contact(clinic: &mut Clinic, person: PersonId, on: &str, happening: Happening) {
    let mut draft = ContactDraft::about(person, day(on));
    draft.happening = Some(happening);
    clinic
        .change(Command::RecordContact(Box::new(draft)))
        .unwrap();
}

fn follow_up(clinic: &mut Clinic, head: PersonId, wife: PersonId) {
    let pressure = PressureScreened {
        pressure: Pressure::new(146, 88),
        risk: Some([RiskFactor::FamilyHistory].into()),
        secondary_suspected: false,
    };
    contact(
        clinic,
        wife,
        "2026-01-10",
        Happening::PressureScreened(pressure),
    );
    clinic.enrol(head, "2026-01-10");
    clinic.enrol(wife, "2026-02-10");
    let none = || [TaskKind::HtnVisit].into();
    contact(
        clinic,
        head,
        "2026-02-11",
        Happening::NotReached {
            kinds: none(),
            reason: None,
            missed: Some(Missed::NotHome),
        },
    );
    contact(
        clinic,
        head,
        "2026-02-20",
        Happening::RefusedVisit { kinds: none() },
    );
    let mut record = |person, on: &str, sbp| {
        let draft = visit(person, on, sbp, 86);
        clinic
            .change(Command::RecordContact(Box::new(draft)))
            .unwrap()
            .contacts[0]
            .id
    };
    record(head, "2026-03-01", 156);
    record(head, "2026-03-15", 158);
    let seen: VisitId = record(wife, "2026-03-10", 156);
    record(wife, "2026-03-20", 152);
    let mut corrected = visit(wife, "2026-03-10", 136, 86);
    corrected.forms[0]
        .answers
        .insert("lab_text".into(), Value::Text("心电图正常".into()));
    let reason = "看错读数".to_owned();
    let draft = Box::new(corrected);
    clinic
        .change(Command::CorrectContact {
            contact: seen,
            draft,
            reason,
        })
        .unwrap();
    let reason = "录错人".to_owned();
    clinic
        .change(Command::WithdrawContact {
            contact: seen,
            reason,
        })
        .unwrap();
    let asked = Happening::ReferralChecked {
        result: ReferralResult::InHospital,
        mode: Mode::Phone,
    };
    contact(clinic, head, "2026-03-28", asked);
    let elsewhere = Happening::DoneElsewhere(DoneElsewhere {
        programme: ProgrammeKind::Htn,
        visit_day: day("2026-04-20"),
        place: "县医院".into(),
        evidence: Evidence::Paper,
        measured: Measured {
            sbp: Some(130),
            dbp: Some(80),
            ..Measured::default()
        },
    });
    contact(clinic, wife, "2026-04-21", elsewhere);
    let lost = Happening::Lost {
        programme: ProgrammeKind::Htn,
        reason: LostReason::WorkingAway,
    };
    contact(clinic, wife, "2026-06-01", lost);
    let last_visit = LastVisit {
        day: day("2026-05-20"),
        measured: Measured {
            sbp: Some(132),
            dbp: Some(82),
            ..Measured::default()
        },
    };
    let brought = Happening::BroughtIn {
        programme: ProgrammeKind::Htn,
        last_visit,
    };
    contact(clinic, wife, "2026-06-02", brought);
}

fn proposals(clinic: &mut Clinic, head: PersonId, wife: PersonId) {
    let declined = Happening::Declined(Declined {
        programmes: [ProgrammeKind::Elderly, ProgrammeKind::TcmElderly].into(),
        ground: Ground::Aged {
            years: 65,
            on: day("2026-06-03"),
        },
        reason: "在外地子女家".into(),
    });
    contact(clinic, wife, "2026-06-03", declined);
    let facts = Facts::Household(HouseholdNeed::Monitored);
    let entered = Happening::Enrolled(Enrolled {
        facts: facts.clone(),
        ..Enrolled::in_programme(ProgrammeKind::Poverty)
    });
    contact(clinic, head, "2026-06-04", entered);
    let slot = clinic_slot(clinic);
    let handed = Happening::Left {
        programme: Some(ProgrammeKind::Poverty),
        why: EndReason::HandedOn,
    };
    contact(clinic, head, "2026-06-05", handed);
    let taken = Happening::TakenOver(Box::new(TakenOver {
        programme: ProgrammeKind::Poverty,
        from: head,
        entered: day("2026-06-04"),
        status: ProgrammeStatus::Managed,
        slot,
        attempts: 0,
        last: None,
        facts,
    }));
    contact(clinic, wife, "2026-06-05", taken);
    let papers = Happening::Visited(Visited {
        mode: Mode::Clinic,
        measured: Measured::default(),
        pregnant: false,
        lactating: false,
        forms: std::collections::BTreeMap::new(),
        referral_result: None,
        findings: vec![
            Finding::Consulted {
                diagnosis: "感冒".into(),
            },
            Finding::Noted,
            Finding::Referred(Slip {
                to: "县人民医院 内科".into(),
                reason: "胸闷".into(),
                urgent: false,
            }),
            Finding::Prescribed(LongPrescription {
                diagnosis: "高血压".into(),
                start: day("2026-06-06"),
                end: day("2026-07-31"),
            }),
        ],
        next: std::collections::BTreeMap::new(),
    });
    contact(clinic, head, "2026-06-06", papers);
    let returned = Happening::Visited(Visited {
        mode: Mode::Clinic,
        measured: Measured::default(),
        pregnant: false,
        lactating: false,
        forms: std::collections::BTreeMap::new(),
        referral_result: None,
        findings: vec![Finding::SlipReturned],
        next: std::collections::BTreeMap::new(),
    });
    contact(clinic, head, "2026-06-16", returned);
    let stopped = Happening::Left {
        programme: Some(ProgrammeKind::Outpatient),
        why: EndReason::Stopped,
    };
    contact(clinic, head, "2026-06-20", stopped);
}

/// The visit of the household the contact just recorded opened.
fn clinic_slot(clinic: &Clinic) -> Option<Task> {
    let Reply::Journal(entries) = clinic
        .desk
        .answer(&Question::Journal {
            first: clinic.head(),
            limit: 1,
        })
        .unwrap()
    else {
        panic!("no journal");
    };
    let Event::ContactRecorded(told) = entries.last()?.events.last()? else {
        return None;
    };
    told.decision.opened.first().cloned()
}

fn journal() -> Vec<Entry> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
    let mut clinic = Clinic::of(store);
    clinic.set_up().unwrap();
    year(&mut clinic);
    clinic.is_clean();
    assert_eq!(ids(&clinic, "张秀英"), PersonId(2));
    let Reply::Journal(mut entries) = clinic
        .desk
        .answer(&Question::Journal {
            first: 1,
            limit: 1000,
        })
        .unwrap()
    else {
        panic!("no journal");
    };
    let mut last = entries.last().unwrap().clone();
    last.events = vec![
        Event::FormKept(FormKept {
            person: PersonId(1),
            programme: ProgrammeKind::Elderly,
            form: "F07".into(),
            filled: Some(FilledForm {
                form: "F07".into(),
                edition: "1".into(),
                visit: day("2026-11-21"),
                answers: [("pulse".to_owned(), Value::Int(72))].into(),
                marks: [("pulse".to_owned(), Mark::Typed)].into(),
                confirmed: BTreeSet::new(),
            }),
            sections: vec![1],
            progress: SectionsDone { done: 0, all: 11 },
            reason: None,
        }),
        Event::FormKept(FormKept {
            person: PersonId(1),
            programme: ProgrammeKind::Elderly,
            form: "F07".into(),
            filled: None,
            sections: Vec::new(),
            progress: SectionsDone::default(),
            reason: Some("去县医院体检了".into()),
        }),
        Event::RowTaken(RowTaken {
            lineage: "花名册".into(),
            row_key: "529901198002124771".into(),
            person: PersonId(1),
            values: [("姓名".to_owned(), "张德福".to_owned())].into(),
        }),
        Event::ClockConfirmed(cunyi::domain::event::clinic::ClockConfirmed {
            day: day("2026-11-21"),
        }),
        Event::PasswordGiven(PasswordGiven { staff: StaffId(2) }),
        Event::RecoveryRenewed(RecoveryRenewed {}),
        Event::AccountRecovered(AccountRecovered { staff: StaffId(2) }),
        Event::CopyMade(CopyMade { head: 12 }),
        Event::CopyProven(CopyProven { head: 12 }),
        Event::SignInsTold(SignInsTold {
            attempts: vec![
                attempt(Some(StaffId(2)), Outcome::Wrong),
                attempt(None, Outcome::Nobody),
                attempt(None, Outcome::WrongCode),
                attempt(Some(StaffId(2)), Outcome::Opened),
                attempt(None, Outcome::Recovered),
            ],
        }),
        Event::LooksTold(LooksTold {
            looks: Way::ALL.into_iter().map(look).collect(),
        }),
        Event::CopyBroughtBack(CopyBroughtBack {
            head: 12,
            copy: Some(CopyTaken {
                at: 1_795_226_400_000,
                head: 10,
            }),
            by: "王建国".into(),
            by_code: false,
        }),
    ];
    last.events.extend(super::agreed::events());
    entries.push(last);
    entries
}

fn attempt(staff: Option<StaffId>, outcome: Outcome) -> Attempt {
    Attempt {
        at: 1_795_226_400_000,
        staff,
        outcome,
        is_told: false,
        window: "w1".to_owned(),
    }
}

#[test]
fn every_kind_of_event_reads_as_it_always_did() {
    let now = journal();
    let kinds: BTreeSet<&str> = now
        .iter()
        .flat_map(|entry| &entry.events)
        .map(kind)
        .collect();
    assert_eq!(kinds.len(), KINDS, "not in the story: {kinds:?}");
    let path = golden();
    if std::env::var_os("CUNYI_GOLDEN").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let kept: Vec<Entry> = serde_json::from_str(&text).unwrap();
    let again = serde_json::to_string_pretty(&kept).unwrap();
    // Line by line, so that a failure names the key.
    for (at, (kept, again)) in text.lines().zip(again.lines()).enumerate() {
        assert_eq!(kept, again, "line {}", at + 1);
    }
    let kept: BTreeSet<&str> = kept
        .iter()
        .flat_map(|entry| &entry.events)
        .map(kind)
        .collect();
    assert_eq!(
        kept.len(),
        KINDS,
        "a kind is missing from the golden file: {kept:?}"
    );
}

fn look(way: Way) -> Look {
    let leaves = matches!(way, Way::Print | Way::Export);
    Look {
        at: 1_795_226_400_000,
        by: (way != Way::Export).then_some(StaffId(2)),
        window: "w1".to_owned(),
        way,
        people: vec![PersonId(1)],
        household: (way == Way::Household).then_some(HouseholdId(1)),
        agreement: (way == Way::Agreement).then_some(AgreementId(1)),
        handed: leaves.then(|| Handed {
            what: "people".to_owned(),
            rows: 3,
            format: "csv".to_owned(),
        }),
    }
}
