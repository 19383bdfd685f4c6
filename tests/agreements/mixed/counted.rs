//! What lists and registers find by keys and read in part, against everything there is, read
//! whole.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{
        Desk, Question, Reply,
        reply::{AgreementList, AgreementListRow, RegistersView},
        request::AgreementListAsk,
    },
    domain::{
        agreement::{contract::Agreement, register, rules::AgreementRules},
        day::{Day, plus_days, year_start},
        id::{DoctorId, HouseholdId, PersonId},
        programmes::PROGRAMMES,
        tags::TagSet,
    },
};

use super::{Known, Walk};

/// Every list and register is what reading everything gives.
pub fn whole(walk: &Walk, known: &Known) {
    let tags = tags(walk);
    to_sign(walk, known, &tags);
    doctor_left(walk, known);
    found(walk, known);
    proposed(walk);
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

/// What a register tells of an agreement; the rest is not read for it.
fn in_register(one: &Agreement) -> String {
    let signed = one.signed().unwrap();
    let about = (one.id, &one.number, one.scope, one.contents.doctor);
    let terms = (signed.on, signed.term, signed.last_day());
    let members = signed.members.iter().map(|member| member.person);
    let members: Vec<PersonId> = members.collect();
    let voided = signed.voided.as_ref().map(|voided| voided.on);
    format!("{about:?} {terms:?} {members:?} {voided:?}")
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
    let within = |day: Day| from <= day && day <= until;
    let stands = |one: &&Agreement| {
        one.signed_here().is_some_and(|signed| {
            let voided = signed.voided.as_ref().map(|voided| voided.on);
            let served = signed.on <= until && first <= signed.last_day();
            served && (within(signed.on) || voided.is_some_and(within))
        })
    };
    let expected: Vec<_> = known.agreements.iter().filter(stands).collect();
    for view in [&lines, &counted] {
        let registered = view
            .registered
            .iter()
            .map(|one| in_register(&one.agreement));
        let registered: Vec<String> = registered.collect();
        let known_so: Vec<String> = expected.iter().map(|one| in_register(one)).collect();
        assert_eq!(registered, known_so, "{from} to {until}");
        let here = known.people.iter().filter(|person| person.is_here());
        let here: BTreeSet<PersonId> = here.map(|person| person.id).collect();
        assert_eq!(view.residents, here);
        for one in &view.registered {
            if one.agreement.signed().unwrap().on == walk.town.today() {
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
        let middle = plus_days(from, (until - from).num_days() / 2);
        for day in [from, middle, until] {
            sheets(view, known, day);
        }
    }
    let promised: BTreeSet<_> = counted.promises().keys().copied().collect();
    let counts = expected.iter().filter(|one| {
        let signed = one.signed().unwrap();
        signed.voided.is_none() && within(signed.on)
    });
    let counts: BTreeSet<_> = counts.map(|one| one.id).collect();
    assert_eq!(promised, counts, "{from} to {until}");
}

/// The sums of the day's sheets, added up from every agreement there is.
fn sheets(view: &RegistersView, known: &Known, day: Day) {
    let covered = known.agreements.iter().flat_map(|one| {
        let people = one.covered_on(day).into_iter();
        people.filter(|person| {
            let member = one.signed().unwrap().member(*person).unwrap();
            member.counts_on(day, &view.rules)
        })
    });
    let covered: BTreeSet<PersonId> = covered
        .filter(|person| view.residents.contains(person))
        .collect();
    let first = year_start(chrono::Datelike::year(&day));
    let since = |own: DoctorId, first: Day| {
        let signed = known.agreements.iter().filter_map(move |one| {
            let signed = one.signed_here().filter(|one| one.voided.is_none())?;
            let is_own = one.contents.doctor == Some(own);
            (is_own && first <= signed.on && signed.on <= day).then_some((one, signed))
        });
        let homes = signed.clone().filter_map(|(one, _)| one.scope.household());
        let members = signed.clone().flat_map(|(_, signed)| &signed.members);
        let members = members.filter(|member| member.page == 0);
        let people: BTreeSet<PersonId> = members.map(|member| member.person).collect();
        (homes.collect::<BTreeSet<_>>(), people)
    };
    let all = register::sheets(&view.registered, (view.from, view.until), view.asked());
    let all: Vec<_> = all.collect();
    for doctor in &view.doctors {
        let sheet = register::sheet(&view.registered, doctor.id, day, view.asked());
        assert_eq!(*sheet.covered, covered, "{day}");
        let sums = (sheet.year_sums.households, sheet.year_sums.persons);
        assert_eq!(sums, since(doctor.id, first), "{day}");
        let sums = (sheet.day_sums.households, sheet.day_sums.persons);
        assert_eq!(sums, since(doctor.id, day), "{day}");
        // Sheets of several days are those of each.
        let among = all.iter();
        let among = among.filter(|one| (one.doctor, one.day) == (doctor.id, day));
        let lines: Vec<usize> = among.map(|one| one.lines.len()).collect();
        let own: Vec<usize> = Some(sheet.lines.len())
            .filter(|n| 0 < *n)
            .into_iter()
            .collect();
        assert_eq!(lines, own, "{day}");
    }
}

/// A search says of everybody what his agreements, read whole, say.
fn found(walk: &Walk, known: &Known) {
    let (today, rules) = (walk.town.today(), AgreementRules::default());
    for person in &known.people {
        let text = person.name().to_owned();
        let Reply::Search(view) = ask(walk, &Question::Search { text, limit: 100 }) else {
            panic!("a search answers with whom it found");
        };
        let Some(row) = view.rows.iter().find(|row| row.person == person.id) else {
            continue;
        };
        let own = known.agreements.iter();
        let mut own = own.filter(|one| one.coverage(person.id).is_some());
        let now = own.clone().find(|one| {
            let covers = one.coverage(person.id).unwrap();
            covers.holds(today)
        });
        let now = now.or_else(|| own.next_back());
        let expected = now.map(|one| (one.id, one.word(today, &rules)));
        assert_eq!(row.signed, expected, "{}", person.id);
    }
}

/// A desk that follows what is altered says of proposals what one just opened says.
fn proposed(walk: &Walk) {
    let told = |desk: &Desk| match desk.answer(&Question::Proposals(None)).unwrap() {
        Reply::Proposals(view) => view.rows,
        other => panic!("{other:?}"),
    };
    let rows = told(&walk.town.clinic.desk);
    let anew = told(&walk.town.desk("anew"));
    assert_eq!(format!("{rows:?}"), format!("{anew:?}"));
    let entered: usize = rows.iter().map(|row| row.proposal.entries.len()).sum();
    let kinds = PROGRAMMES.iter().map(|programme| {
        let desk = &walk.town.clinic.desk;
        match desk
            .answer(&Question::Proposals(Some(programme.kind)))
            .unwrap()
        {
            Reply::Proposals(view) => view.rows.len(),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(kinds.sum::<usize>(), entered);
}
