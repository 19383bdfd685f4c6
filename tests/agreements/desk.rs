//! Agreements through the desk: the journal keeps them, repeats are answered, two desks do not
//! sign one household, coverage ends with people, and the roll does each day once.

use cunyi::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{AgreementList, AgreementListView, AgreementProposalView, ConsentRule},
        request::{AgreementListAsk, AgreementProposalAsk, ContactDraft, MovePerson, Party},
    },
    domain::{
        agreement::{
            action::{Action, Joining},
            approval::{Approval, Approver},
            cap::CapOverride,
            contract::{Basic, Origin, Representative, Scope},
            doctor::{Cap, Doctor},
            refusal::AgreementRefusal,
            signed::{ClosedBy, LeaveReason, NotRenewed, Renewal, Side},
            standing::Word,
            state::State,
        },
        aspect::{Aspect, Seen},
        course::happening::{Enrolled, Happening},
        household::MoveReason,
        id::{AgreementId, StaffId},
        programmes::{ProgrammeKind, general::Term},
        refusal::{RecordRefusal, Refusal},
        rows::id_key,
        tables::Read,
    },
    store::Store,
};

use crate::support::{
    agreed::{
        A, ALL, B, CHILD, CLERK, DOCTOR, FIRST, GRANNY, OTHER, SECOND, Town, WANG, WIFE, ZHANG,
        asks, codes, consent, contents, doctor, done, signing,
    },
    asking::{assessed, notice, of_staff, signs, voiding},
    clinic::day,
};

#[test]
fn a_signed_agreement_stands_in_the_journal_and_opens_the_assessments() {
    let (town, id) = Town::signed();
    let agreement = town.of(id);
    assert_eq!(agreement.state(), State::Active);
    assert_eq!(
        agreement.number.unwrap().as_str(),
        "QY529901103101202500001"
    );
    let term = Term {
        start: day("2025-08-12"),
        end: Some(day("2026-08-11")),
    };
    for person in ALL {
        assert_eq!(assessed(&town, *person), Some(term), "{person}");
    }
    let row = town.row(id);
    let what: Vec<&str> = row.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(what, ["drafted", "numbered", "signed"]);
    assert!(row.steps.iter().all(|step| step.by == CLERK));
    town.clinic.is_clean();
}

#[test]
fn a_repeated_request_signs_once() {
    let mut town = Town::new();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    let sign = Action::Sign(Box::new(signing(ALL, "2025-08-12", "ZP1")));
    let change = town.request(CLERK, asks(Some(id), sign));
    let first = done(&town.clinic.desk, &change).unwrap();
    let again = done(&town.clinic.desk, &change).unwrap();
    assert_eq!(first, again);
    assert_eq!(town.row(id).steps.len(), 3);
}

#[test]
fn of_two_desks_that_sign_one_household_the_second_is_told_by_whom_and_when() {
    let mut town = Town::new();
    let scope = Scope::Household(FIRST);
    let ours = town.draft(scope, contents(A, ALL)).unwrap();
    let theirs = town.draft(scope, contents(B, ALL)).unwrap();
    let other = town.desk("w2");
    let sign = |page| Action::Sign(Box::new(signing(ALL, "2025-08-12", page)));
    let change = town.request(OTHER, asks(Some(theirs), sign("ZP2")));
    done(&other, &change).unwrap();
    let refused = town.ask(ours, sign("ZP1")).unwrap_err();
    let Stop::Refused(Refusal::Agreement(AgreementRefusal::Rules { found, others })) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(found[0].code(), "E-AGR-EXCL");
    assert_eq!(others.len(), 1);
    assert_eq!((others[0].id, others[0].by.as_str()), (theirs, "赵明"));
    assert_eq!(others[0].doctor, "赵明");
    assert_eq!(
        others[0].at,
        cunyi::domain::clock::Clock::now(&*town.clinic.clock)
    );

    // The same draft on both desks: who changed it meanwhile is named as for any card.
    let mut stale = town.request(CLERK, asks(Some(theirs), sign("ZP3")));
    stale.seen = vec![Seen {
        aspect: Aspect::Agreement(theirs),
        revision: 1,
    }];
    let refused = done(&town.clinic.desk, &stale).unwrap_err();
    let Stop::Refused(Refusal::Record(RecordRefusal::Stale(told))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        (told.name.as_str(), told.cause.as_str()),
        ("赵明", "agreement_sign")
    );
}

#[test]
fn evidence_and_vouchers_serve_one_agreement_only() {
    let (mut town, _) = Town::signed();
    let id = town
        .draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    let again = signing(&[ZHANG], "2025-08-12", "ZP0001");
    let refused = town.ask(id, Action::Sign(Box::new(again)));
    assert_eq!(codes(refused), ["E-AGR-EVDUP"]);
    town.sign(id).unwrap();
    let number = town.of(id).number.unwrap();
    assert_eq!(number.as_str(), "QY529901103101202500002");
}

#[test]
fn a_draft_is_undone_and_a_signature_is_not() {
    let mut town = Town::new();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    town.change(CLERK, Command::Undo).unwrap();
    let store = Store::open(&town.path(), None).unwrap();
    let gone: Option<cunyi::domain::rows::agreement::AgreementRow> =
        store.snapshot().unwrap().get(&id_key(id.0)).unwrap();
    assert_eq!(gone, None);
    let next = town.sign_first(A).unwrap();
    assert!(next != id, "an id is never used again");
    let refused = codes(town.change(CLERK, Command::Undo));
    assert_eq!(refused, ["E-UNDO-STANDS"]);
    assert_eq!(town.state(next), State::Active);
    town.clinic.is_clean();
}

#[test]
fn a_doctor_with_a_full_panel_signs_above_it_only_with_anothers_approval() {
    let mut town = Town::new();
    let cap = Cap {
        persons: 3,
        households: None,
    };
    let full = Doctor {
        cap: Some(cap),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), full));
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    assert_eq!(codes(town.sign(id)), ["E-AGR-CAP"]);
    let mut above = |by: StaffId| {
        let name = String::new();
        let approval = Approval {
            by: Approver::Staff { id: by, name },
            on: day("2025-08-12"),
        };
        let mut signed = signing(ALL, "2025-08-12", "ZP9");
        signed.above_cap = Some(CapOverride {
            reason: "邻村医生退休".to_owned(),
            approval: Some(approval),
        });
        town.ask(id, Action::Sign(Box::new(signed)))
    };
    assert_eq!(codes(above(DOCTOR)), ["E-AGR-APPROVE"]);
    assert_eq!(codes(above(CLERK)), ["E-AGR-APPROVE"]);
    assert_eq!(codes(above(StaffId(77))), ["E-STAFF"]);
    above(OTHER).unwrap();
    let signed = town.of(id).signed().unwrap().signing.clone().unwrap();
    let approval = signed.above_cap.unwrap().approval.unwrap();
    let name = "赵明".to_owned();
    assert_eq!(approval.by, Approver::Staff { id: OTHER, name });
}

#[test]
fn a_death_ends_the_coverage_in_its_own_entry_and_undoing_it_brings_it_back() {
    let (mut town, id) = Town::signed();
    town.on("2026-03-04");
    let death = Command::RecordDeath {
        person: GRANNY,
        on: day("2026-03-03"),
        cause: "脑血管病".to_owned(),
        new_head: None,
    };
    let told = town.change(CLERK, death).unwrap();
    assert_eq!(told.agreements, [id]);
    let signed = town.of(id);
    assert_eq!(signed.coverage(GRANNY).unwrap().to, day("2026-03-03"));
    assert_eq!(signed.covered_on(day("2026-03-04")).len(), 3);
    town.clinic.is_clean();
    town.change(CLERK, Command::Undo).unwrap();
    assert_eq!(town.of(id).coverage(GRANNY).unwrap().to, day("2026-08-11"));
    town.clinic.is_clean();
}

#[test]
fn the_last_member_who_moves_out_ends_the_agreement() {
    let (mut town, id) = Town::signed();
    town.on("2026-03-03");
    for person in [GRANNY, CHILD, WIFE, WANG] {
        assert_eq!(town.state(id), State::Active);
        let out = Command::MoveOut {
            person,
            on: day("2026-03-03"),
            to: "县城".to_owned(),
            new_head: None,
        };
        town.change(CLERK, out).unwrap();
    }
    let closing = town.of(id).signed().unwrap().closing.clone().unwrap();
    assert_eq!(closing.by, ClosedBy::NobodyLeft);
    assert_eq!(closing.last_day, day("2026-03-03"));
    town.clinic.is_clean();
}

#[test]
fn who_joins_another_household_leaves_the_agreement_of_the_old_one() {
    let (mut town, id) = Town::signed();
    town.on("2026-03-03");
    let moves = Command::MovePerson(MovePerson {
        person: GRANNY,
        to: SECOND,
        relation: 5,
        word: "母亲".to_owned(),
        on: day("2026-03-03"),
        reason: MoveReason::Marriage,
        new_head: None,
    });
    town.change(CLERK, moves).unwrap();
    assert_eq!(town.of(id).coverage(GRANNY).unwrap().to, day("2026-03-02"));
    assert_eq!(assessed(&town, GRANNY), None);
    let merge = Command::MergeHouseholds {
        from: FIRST,
        into: SECOND,
        on: day("2026-03-03"),
    };
    assert_eq!(codes(town.change(CLERK, merge)), ["E-HH-AGR"]);
    let joins = Action::Join(Box::new(Joining {
        person: GRANNY,
        basic: Some(Basic::Included),
        consent: consent(GRANNY, "2026-03-03", "ZP77"),
        incapable: String::new(),
        above_cap: None,
    }));
    let next = town
        .draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    let refused = town.ask(next, joins);
    assert_eq!(codes(refused), ["E-AGR-STATE"]);
    town.clinic.is_clean();
}

#[test]
fn a_corrected_name_puts_the_agreement_in_doubt_and_decides_nothing() {
    let (mut town, id) = Town::signed();
    let store = Store::open(&town.path(), None).unwrap();
    let known: Option<cunyi::domain::person::Person> =
        store.snapshot().unwrap().get(&id_key(WIFE.0)).unwrap();
    let mut card = known.unwrap().card;
    let name = cunyi::domain::value::Value::Text("李秀瑛".to_owned());
    card.insert("name".to_owned(), name);
    town.change(CLERK, Command::ChangePerson { person: WIFE, card })
        .unwrap();
    let signed = town.of(id).signed().unwrap().clone();
    assert_eq!(signed.doubts, ["card_corrected p2 name"]);
    assert_eq!(town.state(id), State::Active);
    let finding = "已核对身份证".to_owned();
    town.ask(id, Action::ClearDoubt { finding }).unwrap();
    assert_eq!(town.of(id).signed().unwrap().doubts, [""; 0]);
}

#[test]
fn a_void_agreement_covers_nobody() {
    let (mut town, id) = Town::signed();
    let voiding = |by| voiding(of_staff(by), "2025-08-12");
    assert_eq!(codes(town.ask(id, voiding(DOCTOR))), ["E-AGR-APPROVE"]);
    town.ask(id, voiding(OTHER)).unwrap();
    assert_eq!(town.state(id), State::Void);
    assert_eq!(assessed(&town, WANG), None);
    town.clinic.is_clean();
}

#[test]
fn a2_untouched_it_is_renewed_by_the_roll_of_the_day_after() {
    let (mut town, id) = Town::signed();
    town.on("2026-08-11");
    assert_eq!(town.roll().unwrap().agreements, []);
    town.on("2026-08-12");
    let told = town.roll().unwrap();
    let next = AgreementId(2);
    assert_eq!(told.agreements, [next, id]);
    assert_eq!(told.counts["agreements_begun"], 1);
    assert_eq!(town.state(id), State::Renewed);
    let signed = town.of(next).signed().unwrap().clone();
    assert_eq!(signed.term.end(), day("2027-08-11"));
    assert_eq!(signed.renewal, Renewal::Unconfirmed);
    assert!(
        town.row(next)
            .steps
            .iter()
            .all(|step| step.by == StaffId::PROGRAM)
    );
    let term = Term {
        start: day("2025-08-12"),
        end: Some(day("2027-08-11")),
    };
    assert_eq!(assessed(&town, WANG), Some(term));
    town.clinic.is_clean();
}

#[test]
fn a3_a_contact_that_spoke_of_it_confirms_the_renewal() {
    let (mut town, id) = Town::signed();
    town.on("2026-07-20");
    let spoke = |person, on: &str| {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(
            ProgrammeKind::Htn,
        )));
        draft.renewal_spoken = true;
        Command::RecordContact(Box::new(draft))
    };
    // His wife does not represent the household.
    assert_eq!(
        codes(town.change(CLERK, spoke(WIFE, "2026-07-20"))),
        ["E-AGR-REP"]
    );
    let told = town.change(CLERK, spoke(WANG, "2026-07-20")).unwrap();
    assert_eq!(told.agreements, [id]);
    town.on("2026-08-12");
    town.roll().unwrap();
    let signed = town.of(AgreementId(2)).signed().unwrap().clone();
    assert_eq!(signed.renewal, Renewal::Confirmed);
}

#[test]
fn a5_notice_signed_by_one_side_lets_it_run_out() {
    let (mut town, id) = Town::signed();
    town.on("2026-08-01");
    town.ask(id, notice("2026-08-01")).unwrap();
    town.ask(id, signs(Side::Resident, "2026-08-01")).unwrap();
    town.on("2026-08-12");
    town.roll().unwrap();
    assert_eq!(town.state(id), State::Expired);
    let marks = town.row(id).marks();
    let mark = cunyi::domain::rows::agreement::Mark::EndUnsigned;
    assert_eq!(marks, [(mark, day("2026-08-11"))]);
    // The to-do is done by the signature that was missing.
    town.ask(id, signs(Side::Clinic, "2026-08-12")).unwrap();
    assert_eq!(town.row(id).marks(), []);
    assert_eq!(town.state(id), State::Expired);
    let term = assessed(&town, WANG).unwrap();
    assert_eq!(term.last_day(), day("2026-08-11"), "over by time alone");
    town.clinic.is_clean();
}

#[test]
fn a8_the_doctor_left_so_nothing_is_renewed() {
    let (mut town, id) = Town::signed();
    town.on("2026-06-30");
    let gone = Doctor {
        until: Some(day("2026-06-30")),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), gone));
    town.on("2026-08-12");
    town.roll().unwrap();
    let closing = town.of(id).signed().unwrap().closing.clone().unwrap();
    let ClosedBy::NotRenewed { reasons } = closing.by else {
        panic!("{:?}", closing.by);
    };
    assert_eq!(reasons, [NotRenewed::DoctorLeft].into());
}

#[test]
fn a11_three_years_closed_are_three_terms_once_today_is_confirmed() {
    let (mut town, id) = Town::signed();
    town.on("2029-01-05");
    let mut unconfirmed = town.request(DOCTOR, Command::RollAgreements);
    unconfirmed.date_is = None;
    let refused = done(&town.clinic.desk, &unconfirmed);
    assert_eq!(codes(refused), ["E-AGR-ROLL"]);
    assert_eq!(town.state(id), State::Active);
    town.roll().unwrap();
    let terms: Vec<_> = (2..=4).map(|n| town.of(AgreementId(n))).collect();
    let starts: Vec<String> = terms
        .iter()
        .map(|one| one.signed().unwrap().term.start.to_string())
        .collect();
    assert_eq!(starts, ["2026-08-12", "2027-08-12", "2028-08-12"]);
    let states: Vec<State> = terms
        .iter()
        .map(cunyi::domain::agreement::contract::Agreement::state)
        .collect();
    assert_eq!(states, [State::Renewed, State::Renewed, State::Active]);
    town.clinic.is_clean();
}

#[test]
fn two_desks_that_roll_at_once_roll_each_day_once() {
    let (mut town, _) = Town::signed();
    let second = town
        .draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    town.sign(second).unwrap();
    town.on("2026-08-12");
    let requests = [
        town.request(DOCTOR, Command::RollAgreements),
        town.request(CLERK, Command::RollAgreements),
    ];
    let desks = [town.desk("w2"), town.desk("w3")];
    let counts: usize = std::thread::scope(|scope| {
        let rolls = desks.iter().zip(&requests);
        let threads: Vec<_> = rolls
            .map(|(desk, change)| scope.spawn(|| done(desk, change).unwrap().agreements.len()))
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(counts, 4);
    for old in [1, 2] {
        assert_eq!(town.state(AgreementId(old)), State::Renewed);
    }
    for new in [3, 4] {
        assert_eq!(town.state(AgreementId(new)), State::Active);
    }
    town.clinic.is_clean();
}

#[test]
fn a_renewal_by_hand_and_another_doctor_go_on_with_the_assessment() {
    let (mut town, id) = Town::signed();
    town.on("2026-07-01");
    let scope = Scope::Household(FIRST);
    let next = town
        .propose(scope, Origin::Renewal { of: id }, contents(A, ALL))
        .unwrap();
    town.sign(next).unwrap();
    assert_eq!(town.state(id), State::Renewed);
    let term = assessed(&town, WANG).unwrap();
    assert_eq!(
        (term.start, term.last_day()),
        (day("2025-08-12"), day("2027-08-11"))
    );
    town.on("2026-09-10");
    let origin = Origin::Change {
        of: vec![next],
        reason: "换医生".to_owned(),
    };
    let other = town.propose(scope, origin, contents(B, ALL)).unwrap();
    town.sign(other).unwrap();
    assert_eq!(town.state(next), State::Superseded);
    let term = assessed(&town, WANG).unwrap();
    assert_eq!(
        (term.start, term.last_day()),
        (day("2026-09-10"), day("2027-09-09"))
    );
    town.clinic.is_clean();
}

#[test]
fn a_member_who_opts_out_leaves_by_his_own_signature() {
    let (mut town, id) = Town::signed();
    town.on("2025-09-01");
    let leaves = Action::Leave {
        person: WIFE,
        last_day: day("2025-09-01"),
        reason: LeaveReason::OptsOut {
            signature: Box::new(consent(WIFE, "2025-09-01", "ZP88")),
        },
    };
    town.ask(id, leaves).unwrap();
    let until = |person| assessed(&town, person).unwrap().last_day();
    assert_eq!(until(WIFE), day("2025-09-01"));
    assert_eq!(until(WANG), day("2026-08-11"));
}

fn ask(town: &Town, question: Question) -> Reply {
    town.clinic.desk.answer(&question).unwrap()
}

fn list(town: &Town, list: AgreementList) -> AgreementListView {
    let (from, limit) = (0, 50);
    let asked = AgreementListAsk { list, from, limit };
    match ask(town, Question::AgreementList(asked)) {
        Reply::AgreementList(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn proposal(town: &Town, scope: Scope) -> AgreementProposalView {
    let asked = AgreementProposalAsk {
        scope,
        people: Vec::new(),
        reason: String::new(),
        by: OTHER,
    };
    match ask(town, Question::AgreementProposal(asked)) {
        Reply::AgreementProposal(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_proposal_opens_nearly_done() {
    let (mut town, id) = Town::signed();
    let view = proposal(&town, Scope::Household(SECOND));
    let contents = &view.proposal.contents;
    // Who asks is a doctor himself.
    assert_eq!((contents.doctor, contents.years), (Some(B), 1));
    assert_eq!(contents.representative, Some(Representative::Member(ZHANG)));
    assert_eq!(contents.covered.len(), 1);
    assert_eq!(view.found, []);
    assert_eq!(view.proposal.origin, Origin::New);

    town.on("2026-07-01");
    let view = proposal(&town, Scope::Household(FIRST));
    // The household keeps its doctor; what runs is renewed.
    assert_eq!(view.proposal.contents.doctor, Some(A));
    assert_eq!(view.proposal.origin, Origin::Renewal { of: id });
    let rules: Vec<ConsentRule> = view.people.iter().map(|one| one.consent_rule).collect();
    let own = ConsentRule::Own;
    assert_eq!(rules, [own, own, ConsentRule::Guardian, own]);
    assert_eq!(view.found, []);
    let done = town
        .change(CLERK, asks(None, Action::Draft(Box::new(view.proposal))))
        .unwrap();
    town.sign(done.agreements[0]).unwrap();
}

#[test]
fn what_is_missing_is_named_by_person() {
    let mut town = Town::new();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, &[WANG, WIFE, CHILD]))
        .unwrap();
    let mut taken = signing(&[WANG, CHILD], "2025-08-12", "ZP1");
    taken.clinic = None;
    let signing = Some(Box::new(taken));
    let Reply::Agreement(view) = ask(
        &town,
        Question::Agreement {
            agreement: id,
            signing,
        },
    ) else {
        panic!("no agreement");
    };
    let missing: Vec<String> = view
        .missing
        .required
        .iter()
        .map(|one| cunyi::lang::refusals::agreement::refusal(one, cunyi::domain::text::Lang::Zh))
        .collect();
    assert!(
        missing.iter().any(|line| line.starts_with("李秀英")),
        "{missing:?}"
    );
    assert!(
        missing.iter().any(|line| line.starts_with("王桂兰")),
        "{missing:?}"
    );
    assert!(
        missing.iter().any(|line| line.starts_with("甲方")),
        "{missing:?}"
    );
    assert_eq!(missing.len(), 3);
    assert_eq!(view.people.len(), 4);
    assert_eq!(view.steps.len(), 1);
    assert_eq!(view.steps[0].1, "李小燕");
}

#[test]
fn every_list_holds_what_it_says() {
    let (mut town, id) = Town::signed();
    let count = |town: &Town, wanted| {
        let view = list(town, wanted);
        let told = view
            .counts
            .iter()
            .find(|(list, _)| *list == wanted)
            .unwrap()
            .1;
        assert_eq!(told, view.rows.len(), "{wanted:?}");
        told
    };
    assert_eq!(count(&town, AgreementList::ToSign), 1);
    assert_eq!(count(&town, AgreementList::Running), 1);
    assert_eq!(count(&town, AgreementList::ToRenew), 0);
    town.draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    assert_eq!(count(&town, AgreementList::Drafts), 1);
    town.on("2026-06-12");
    assert_eq!(count(&town, AgreementList::ToRenew), 1);
    assert_eq!(count(&town, AgreementList::Expiring), 0);
    town.on("2026-07-13");
    assert_eq!(count(&town, AgreementList::Expiring), 1);
    town.ask(
        id,
        Action::Doubt {
            cause: "回访".to_owned(),
        },
    )
    .unwrap();
    assert_eq!(count(&town, AgreementList::InDoubt), 1);
    town.on("2026-08-12");
    town.roll().unwrap();
    assert_eq!(count(&town, AgreementList::Unconfirmed), 1);
    let row = &list(&town, AgreementList::Unconfirmed).rows[0];
    assert_eq!(
        (row.head.as_str(), row.people, row.key_people),
        ("王国强", 4, 1)
    );
    let gone = Doctor {
        until: Some(day("2026-08-12")),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), gone));
    town.on("2026-08-13");
    assert_eq!(count(&town, AgreementList::DoctorLeft), 1);
}

#[test]
fn a_household_shows_what_is_promised_and_a_search_how_it_stands() {
    let (town, id) = Town::signed();
    let Reply::Household(view) = ask(&town, Question::Household(FIRST)) else {
        panic!("no household");
    };
    assert_eq!(view.agreements[0].id, id);
    assert_eq!(view.agreements[0].word, Word::Active);
    let granny = view
        .members
        .iter()
        .find(|one| one.person.id == GRANNY)
        .unwrap();
    let covered = granny.agreement.as_ref().unwrap();
    assert_eq!(covered.until, day("2026-08-11"));
    let assessment = &covered.promises[0];
    assert_eq!((assessment.required, assessment.done), (1, 0));
    assert_eq!(assessment.due_next, Some(day("2026-08-11")));
    let text = "王桂兰".to_owned();
    let Reply::Search(found) = ask(&town, Question::Search { text, limit: 5 }) else {
        panic!("no search");
    };
    assert_eq!(found.rows[0].signed, Some((id, Word::Active)));
    for (text, people) in [("#已签约", 4), ("#未签约", 1)] {
        let text = text.to_owned();
        let Reply::Search(found) = ask(&town, Question::Search { text, limit: 9 }) else {
            panic!("no search");
        };
        assert_eq!(found.rows.len(), people, "{}", found.query);
    }
}

#[test]
fn each_doctors_panel_counts_whom_he_signed() {
    let (mut town, _) = Town::signed();
    let second = town
        .draft(Scope::Household(SECOND), contents(B, &[ZHANG]))
        .unwrap();
    town.sign(second).unwrap();
    let Reply::Parties(parties) = ask(&town, Question::Parties) else {
        panic!("no parties");
    };
    let panels: Vec<(usize, usize)> = parties
        .doctors
        .iter()
        .map(|one| (one.persons, one.households))
        .collect();
    assert_eq!(panels, [(4, 1), (1, 1)]);
}

#[test]
fn the_clinics_settings_hold_for_its_agreements() {
    let mut town = Town::new();
    let values = [
        ("term.key".to_owned(), "3".to_owned()),
        ("term.general".to_owned(), "3".to_owned()),
        ("term.default".to_owned(), "3".to_owned()),
        ("cap.village.persons".to_owned(), "4".to_owned()),
        ("cap.hard".to_owned(), "never".to_owned()),
    ];
    let values = values.into();
    town.change(DOCTOR, Command::ChangeSettings { values })
        .unwrap();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    assert_eq!(codes(town.sign(id)), ["E-AGR-TERM"]);
    let years = 3;
    let edited = cunyi::domain::agreement::contract::Contents {
        years,
        ..contents(A, ALL)
    };
    town.ask(id, Action::Edit(Box::new(edited))).unwrap();
    town.sign(id).unwrap();
    assert_eq!(town.of(id).signed().unwrap().term.end(), day("2028-08-11"));
    let second = proposal(&town, Scope::Household(SECOND)).proposal.contents;
    assert_eq!(second.years, 3);
    let contents = cunyi::domain::agreement::contract::Contents {
        doctor: Some(A),
        ..second
    };
    let second = town.draft(Scope::Household(SECOND), contents).unwrap();
    assert_eq!(codes(town.sign(second)), ["E-AGR-CAP"]);
}
