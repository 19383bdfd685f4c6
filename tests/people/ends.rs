//! Ends by the rules (§18), and what is kept with the head of a household (§14).

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{
        Command,
        request::{ContactDraft, MovePerson, SplitHousehold},
    },
    domain::{
        course::{
            ProgrammeStatus,
            happening::{EndReason, Happening},
        },
        day::Day,
        form::FilledForm,
        household::MoveReason,
        id::PersonId,
        identity::Sex,
        programmes::{
            Facts,
            ProgrammeKind::{self, Disabled, Poverty, Smd, Tb},
            disabled::Disability,
            poverty::HouseholdNeed,
            smd::Consent,
            tb::Treatment,
        },
        value::{Answers, Value},
    },
};

use super::clinic::{Clinic, Home, code, day, family, resident};

fn end(clinic: &Clinic, person: PersonId, kind: ProgrammeKind) -> Option<EndReason> {
    match clinic.programme(person, kind)?.status {
        ProgrammeStatus::Ended { why, .. } => Some(why),
        ProgrammeStatus::Managed
        | ProgrammeStatus::Lost { .. }
        | ProgrammeStatus::Refused { .. } => None,
    }
}

/// A watched household, visited since August.
fn watched(clinic: &mut Clinic) -> Home {
    let home = family(clinic);
    clinic.set_home(home.id, &[("hh_type", code("3"))]);
    let facts = Facts::Household(HouseholdNeed::Monitored);
    clinic.enters(home.members[0], "2026-08-01", Poverty, facts);
    home
}

/// Who the household's visit is kept with, the day it was entered, and when it is due.
fn kept(clinic: &Clinic, people: &[PersonId]) -> Vec<(usize, Day, Day)> {
    let kept = people.iter().enumerate().filter_map(|(at, person)| {
        let programme = clinic.programme(*person, Poverty)?;
        let slot = programme.slot.clone().filter(|_| programme.is_open())?;
        Some((at, programme.entered, slot.due))
    });
    kept.collect()
}

const ENTERED: &str = "2026-08-01";
const DUE: &str = "2026-09-01";

/// Does it, sees who has the visit, undoes it, sees that it is back with the first.
fn moves(clinic: &mut Clinic, home: &Home, command: Command, wanted: Option<usize>) {
    let first = vec![(0, day(ENTERED), day(DUE))];
    assert_eq!(kept(clinic, &home.members), first);
    clinic.does(command);
    let wanted = wanted.map(|at| (at, day(ENTERED), day(DUE)));
    assert_eq!(kept(clinic, &home.members), Vec::from_iter(wanted));
    clinic.is_clean();
    clinic.undo();
    assert_eq!(kept(clinic, &home.members), first);
    clinic.is_clean();
}

#[test]
fn the_households_visit_goes_with_its_head() {
    let mut clinic = Clinic::new();
    let home = watched(&mut clinic);
    let [head, wife, son, ..] = home.members[..] else {
        panic!("no family");
    };
    let on = day("2026-11-01");
    let household = home.id;
    let change = Command::ChangeHead {
        household,
        head: son,
        on,
    };
    moves(&mut clinic, &home, change, Some(2));
    let death = Command::RecordDeath {
        person: head,
        on,
        cause: "脑卒中".to_owned(),
        new_head: Some(wife),
    };
    moves(&mut clinic, &home, death.clone(), Some(1));
    let away = Command::MoveOut {
        person: head,
        on,
        to: "县城".to_owned(),
        new_head: Some(wife),
    };
    moves(&mut clinic, &home, away, Some(1));
    let split = Command::SplitHousehold(SplitHousehold {
        from: household,
        members: vec![head, wife],
        head,
        card: Answers::new(),
        on,
        old_head: Some(son),
    });
    moves(&mut clinic, &home, split, Some(2));
    clinic.does(death);
    assert_eq!(end(&clinic, head, Poverty), Some(EndReason::HandedOn));
}

#[test]
fn a_split_of_others_leaves_the_visit_where_it_is() {
    let mut clinic = Clinic::new();
    let home = watched(&mut clinic);
    let leaving = vec![home.members[2], home.members[3]];
    let split = Command::SplitHousehold(SplitHousehold {
        from: home.id,
        members: leaving,
        head: home.members[2],
        card: Answers::new(),
        on: day("2026-11-01"),
        old_head: None,
    });
    moves(&mut clinic, &home, split, Some(0));
}

#[test]
fn a_head_who_marries_away_leaves_the_visit_behind() {
    let mut clinic = Clinic::new();
    let home = watched(&mut clinic);
    let other = resident("李国强", Sex::Male, "1968-02-01", 0, "户主");
    let other = clinic.home(1, other, &[]);
    let moved = Command::MovePerson(MovePerson {
        person: home.members[0],
        to: other.id,
        relation: 8,
        word: "其他".to_owned(),
        on: day("2026-11-01"),
        reason: MoveReason::Marriage,
        new_head: Some(home.members[1]),
    });
    moves(&mut clinic, &home, moved, Some(1));
}

#[test]
fn a_merged_household_is_visited_where_the_other_is_watched_and_else_no_more() {
    let mut clinic = Clinic::new();
    let home = watched(&mut clinic);
    let other = resident("李国强", Sex::Male, "1968-02-01", 0, "户主");
    let other = clinic.home(1, other, &[]);
    let on = day("2026-11-01");
    let merge = Command::MergeHouseholds {
        from: home.id,
        into: other.id,
        on,
    };
    moves(&mut clinic, &home, merge.clone(), None);
    clinic.set_home(other.id, &[("hh_type", code("2"))]);
    clinic.does(merge);
    let taken = clinic.programme(other.members[0], Poverty).unwrap();
    assert_eq!(taken.entered, day(ENTERED));
    assert_eq!(taken.slot.as_ref().unwrap().due, day(DUE));
    assert_eq!(
        taken.facts.household(),
        Some(&HouseholdNeed::Relieved),
        "as the household it is now"
    );
    assert_eq!(
        end(&clinic, home.members[0], Poverty),
        Some(EndReason::HandedOn)
    );
    clinic.is_clean();
}

#[test]
fn a_household_that_is_ordinary_again_is_not_visited_any_more() {
    let mut clinic = Clinic::new();
    let home = watched(&mut clinic);
    let head = home.members[0];
    // Another kind that is watched too changes nothing.
    clinic.set_home(home.id, &[("hh_type", code("4"))]);
    assert_eq!(end(&clinic, head, Poverty), None);
    clinic.set_home(home.id, &[("hh_type", code("1"))]);
    assert_eq!(end(&clinic, head, Poverty), Some(EndReason::GroundGone));
    assert_eq!(kept(&clinic, &home.members), []);
    clinic.is_clean();
    clinic.undo();
    assert_eq!(end(&clinic, head, Poverty), None);
    clinic.undo();
    // There again, it is proposed again.
    clinic.set_home(home.id, &[("hh_type", code("2"))]);
    let proposed = clinic.proposed();
    assert!(
        proposed.contains(&"张德福 poverty household".to_owned()),
        "{proposed:?}"
    );
}

#[test]
fn a_disability_no_longer_told_ends_its_visits() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let person = home.members[2];
    let disability = |kind: &str| ("disability", Value::Codes(vec![kind.to_owned()]));
    clinic.set(person, &[disability("5")]).unwrap();
    clinic.does(Command::SetTag {
        person,
        tag: "K08".to_owned(),
        evidence: "残疾证".to_owned(),
    });
    let facts = Facts::Disability(Disability::default());
    clinic.enters(person, "2026-08-01", Disabled, facts);
    // The tag still tells it.
    clinic.set(person, &[disability("1")]).unwrap();
    assert_eq!(end(&clinic, person, Disabled), None);
    clinic.does(Command::ClearTag {
        person,
        tag: "K08".to_owned(),
        why: "复评不再残疾".to_owned(),
    });
    assert_eq!(end(&clinic, person, Disabled), Some(EndReason::GroundGone));
    clinic.is_clean();
    clinic.undo();
    assert_eq!(end(&clinic, person, Disabled), None);
    clinic.is_clean();
}

fn form(id: &str, on: &str, answers: &[(&str, Value)]) -> FilledForm {
    let answers = answers.iter();
    FilledForm {
        form: id.to_owned(),
        edition: "3".to_owned(),
        visit: day(on),
        answers: answers
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    }
}

/// A form that tells of a death ends its own programme; the death itself is told of, and can
/// be recorded with the day it happened.
#[test]
fn a_death_told_on_a_form_is_still_to_be_recorded() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let person = home.members[2];
    clinic.enters(person, "2026-08-01", Smd, Facts::Consent(Consent::Given));
    let told = [
        ("mode", code("3")),
        ("informant", Value::Codes(vec!["2".to_owned()])),
        ("death_date", Value::Date(day("2026-11-05"))),
        ("death_cause", code("4")),
    ];
    let draft = ContactDraft {
        forms: vec![form("F04", "2026-11-20", &told)],
        ..ContactDraft::about(person, day("2026-11-20"))
    };
    let done = clinic.does(Command::RecordContact(Box::new(draft)));
    assert_eq!(end(&clinic, person, Smd), Some(EndReason::Died));
    let death = done.death.unwrap();
    assert_eq!((death.person, death.told.on), (person, day("2026-11-05")));
    clinic.does(Command::RecordDeath {
        person,
        on: death.told.on,
        cause: "意外".to_owned(),
        new_head: None,
    });
    clinic.is_clean();
}

#[test]
fn tuberculosis_closed_by_a_death_does_not_stand_in_the_way_of_its_day() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let person = home.members[2];
    let facts = Facts::Treatment(Treatment::default());
    clinic.enters(person, "2026-08-01", Tb, facts);
    let closing = [
        ("mode", code("2")),
        ("start", Value::Date(day("2026-08-05"))),
        ("month_no", Value::Int(3)),
        ("referral", code("1")),
        ("supervisor", code("2")),
        ("symptoms", Value::Codes(vec!["0".to_owned()])),
        ("smoke", Value::Int(0)),
        (
            "drink",
            Value::Dec(cunyi::domain::value::Decimal::from_int(0)),
        ),
        ("regimen", Value::Text("2HRZE/4HR".to_owned())),
        ("usage", code("1")),
        ("drug_form", Value::Codes(vec!["1".to_owned()])),
        ("missed_doses", Value::Int(0)),
        ("missed_days", Value::Int(0)),
        ("adr", code("1")),
        ("comorbid", code("1")),
        ("stop_reason", code("2")),
        ("stop_date", Value::Date(day("2026-11-05"))),
        ("visits_due", Value::Int(3)),
        ("visits_done", Value::Int(3)),
        ("doses_due", Value::Int(90)),
        ("doses_taken", Value::Int(88)),
        ("assessor", Value::Text("王建国".to_owned())),
    ];
    let draft = ContactDraft {
        forms: vec![form("F06", "2026-11-20", &closing)],
        ..ContactDraft::about(person, day("2026-11-20"))
    };
    let done = clinic.does(Command::RecordContact(Box::new(draft)));
    assert_eq!(end(&clinic, person, Tb), Some(EndReason::Died));
    assert_eq!(done.death.unwrap().told.on, day("2026-11-05"));
    clinic.does(Command::RecordDeath {
        person,
        on: day("2026-11-05"),
        cause: "肺结核".to_owned(),
        new_head: None,
    });
    clinic.is_clean();
}

#[test]
fn a_pregnancy_that_ends_without_a_birth_ends_its_checks() {
    use cunyi::domain::programmes::{ProgrammeKind::Anc, anc::Pregnancy};
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let woman = home.members[3];
    let facts = Facts::Pregnancy(Pregnancy::since(day("2026-08-01")));
    clinic.enters(woman, "2026-09-01", Anc, facts);
    let ended = Happening::Left {
        programme: Some(Anc),
        why: EndReason::PregnancyEnded,
    };
    clinic.happens(woman, "2026-11-10", ended);
    assert_eq!(end(&clinic, woman, Anc), Some(EndReason::PregnancyEnded));
    assert!(
        clinic
            .person(woman)
            .member
            .tasks
            .iter()
            .all(|task| { !task.programmes.contains(&Anc) })
    );
}
