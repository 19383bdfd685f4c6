//! What lists and registers find by keys and read in part, against everything there is, read
//! whole.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{
        Question, Reply,
        reply::{AgreementList, AgreementListRow, RegistersView},
        request::AgreementListAsk,
    },
    domain::{
        agreement::rules::AgreementRules,
        day::{Day, plus_days, year_start},
        id::{HouseholdId, PersonId},
        tags::TagSet,
    },
};

use super::{Known, Walk};

/// Every list and register is what reading everything gives.
pub fn whole(walk: &Walk, known: &Known) {
    let tags = tags(walk);
    to_sign(walk, known, &tags);
    doctor_left(walk, known);
    let today = walk.town.today();
    for from in [today, plus_days(today, -40), plus_days(today, -400)] {
        registers(walk, known, (from, today), &tags);
    }
}

fn ask(walk: &Walk, question: &Question) -> Reply {
    walk.town.clinic.desk.answer(question).unwrap()
}

/// Everybody's groups today, as an export tells them.
fn tags(walk: &Walk) -> BTreeMap<PersonId, TagSet> {
    let Reply::People(rows) = ask(walk, &Question::ExportPeople) else {
        panic!("an export answers with people");
    };
    let rows = rows.into_iter();
    rows.map(|row| (row.person.id, row.tags)).collect()
}

fn page(walk: &Walk, list: AgreementList, from: usize, limit: usize) -> Vec<AgreementListRow> {
    let asked = AgreementListAsk { list, from, limit };
    match ask(walk, &Question::AgreementList(asked)) {
        Reply::AgreementList(view) => view.rows,
        other => panic!("{other:?}"),
    }
}

/// Those with most key people first, whatever page is asked for.
fn to_sign(walk: &Walk, known: &Known, tags: &BTreeMap<PersonId, TagSet>) {
    let all = page(walk, AgreementList::ToSign, 0, 1000);
    let key = |row: &AgreementListRow| (row.household, row.key_people);
    let expected = |row: &AgreementListRow| {
        let mut homes = known.homes.iter();
        let home = homes.find(|home| Some(home.id) == row.household).unwrap();
        let members = home.members.iter();
        let is_key = |person: &&PersonId| tags[*person].is_key(true);
        (home.members.len(), members.filter(is_key).count())
    };
    for row in &all {
        assert_eq!((row.people, row.key_people), expected(row), "{row:?}");
    }
    assert!(all.is_sorted_by(|one, next| next.key_people <= one.key_people));
    for limit in [1, 2, 3] {
        let mut paged: Vec<(Option<HouseholdId>, usize)> = Vec::new();
        while paged.len() < all.len() {
            let rows = page(walk, AgreementList::ToSign, paged.len(), limit);
            assert!(!rows.is_empty() && rows.len() <= limit);
            paged.extend(rows.iter().map(key));
        }
        assert_eq!(paged, all.iter().map(key).collect::<Vec<_>>());
    }
}

fn doctor_left(walk: &Walk, known: &Known) {
    let Reply::Parties(parties) = ask(walk, &Question::Parties) else {
        panic!("parties answer with themselves");
    };
    let doctors: Vec<_> = parties.doctors.into_iter().map(|one| one.doctor).collect();
    let (today, rules) = (walk.town.today(), AgreementRules::default());
    let left = known.agreements.iter();
    let left = left.filter(|one| one.flags(today, &rules, &doctors).doctor_left);
    let expected: BTreeSet<_> = left.map(|one| one.id).collect();
    let rows = page(walk, AgreementList::DoctorLeft, 0, 1000);
    let listed: Vec<_> = rows.iter().map(|row| row.agreement.as_ref()).collect();
    let ids: BTreeSet<_> = listed.iter().map(|one| one.unwrap().id).collect();
    assert_eq!((ids, rows.len()), (expected.clone(), expected.len()));
}

fn registers(
    walk: &Walk,
    known: &Known,
    (from, until): (Day, Day),
    tags: &BTreeMap<PersonId, TagSet>,
) {
    let told = |question| match ask(walk, &question) {
        Reply::Registers(view) => view,
        other => panic!("{other:?}"),
    };
    let lines: Box<RegistersView> = told(Question::Registers { from, until });
    let counted = told(Question::Performance { from, until });
    assert_eq!(lines.promises, None);
    let first = year_start(chrono::Datelike::year(&from));
    let signed = |one: &cunyi::domain::agreement::contract::Agreement| {
        let signed = one.signed()?;
        let served = signed.on <= until && first <= signed.last_day();
        served.then_some(signed.on)
    };
    let served = known.agreements.iter();
    let served: Vec<_> = served.filter(|one| signed(one).is_some()).collect();
    for view in [&lines, &counted] {
        let registered: Vec<_> = view.registered.iter().map(|one| &one.agreement).collect();
        assert_eq!(registered, served, "{from} to {until}");
        let here = known.people.iter().filter(|person| person.is_here());
        let here: BTreeSet<PersonId> = here.map(|person| person.id).collect();
        assert_eq!(view.residents, here);
        for one in &view.registered {
            if signed(&one.agreement) == Some(walk.town.today()) {
                let expected = |person: &PersonId| tags.get(person).copied().unwrap_or_default();
                for (person, told) in &one.tags {
                    // Who is gone is exported no more.
                    assert!(
                        !here.contains(person) || *told == expected(person),
                        "{person}"
                    );
                }
            }
        }
    }
    let within = served.iter().filter(|one| from <= signed(one).unwrap());
    let within: BTreeSet<_> = within.map(|one| one.id).collect();
    let promised: BTreeSet<_> = counted.promises().keys().copied().collect();
    assert_eq!(promised, within, "{from} to {until}");
}
