//! What holds at every moment, counted over everything there is.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{Question, Reply, reply::AgreementList, request::AgreementListAsk},
    domain::{
        agreement::{
            cap::Panel,
            change::{AgreementChanged, Change, apply},
            contract::{Agreement, Origin, Scope},
            rules::Exclusive,
            state::{State, Transition},
            term::Span,
        },
        course::{ProgrammeCourse, standing},
        day::plus_days,
        event::Event,
        id::{AgreementId, PersonId},
        programmes::ProgrammeKind,
        rows::{CourseRow, id_key},
        tables::Read,
    },
};

use super::{Known, Walk, counted, is_running};

/// Nobody is covered twice, a household has one doctor and one term at a time, every fee line
/// balances, who is covered lives where he is covered, and every count equals its count.
pub fn whole(walk: &Walk) {
    let known = walk.known();
    once(&known);
    if walk.rule == Exclusive::Household {
        terms_follow(&known);
        one_doctor(walk, &known);
    }
    at_home(walk, &known);
    let all = known.agreements.iter().filter_map(Agreement::signed);
    for line in all.flat_map(|signed| &signed.fees) {
        assert!(line.balances(), "{line:?}");
    }
    panels(walk, &known);
    lists(walk, &known);
    counted::whole(walk, &known);
}

fn meets(one: Option<Span>, other: Option<Span>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.shared(other).is_some())
}

fn members(agreement: &Agreement) -> BTreeSet<PersonId> {
    let signed = agreement.signed().into_iter();
    let members = signed.flat_map(|signed| &signed.members);
    members.map(|member| member.person).collect()
}

fn once(known: &Known) {
    for (at, one) in known.agreements.iter().enumerate() {
        for other in &known.agreements[at + 1..] {
            for person in members(one).intersection(&members(other)) {
                let (first, second) = (one.coverage(*person), other.coverage(*person));
                let told = format!("{person} {} {first:?} {} {second:?}", one.id, other.id);
                assert!(!meets(first, second), "{told}\n{one:#?}\n{other:#?}");
            }
        }
    }
}

fn terms_follow(known: &Known) {
    let term = |one: &Agreement| {
        let signed = one.signed().filter(|signed| signed.voided.is_none())?;
        Span::new(signed.term.start, signed.last_day())
    };
    for (at, one) in known.agreements.iter().enumerate() {
        for other in &known.agreements[at + 1..] {
            let both = matches!(
                (one.scope, other.scope),
                (Scope::Household(a), Scope::Household(b)) if a == b
            );
            let clear = !both || !meets(term(one), term(other));
            assert!(clear, "{} and {}\n{one:#?}\n{other:#?}", one.id, other.id);
        }
    }
}

/// From tomorrow on all covered members of a household have the same doctor of record and team;
/// who came today from elsewhere may have his last day there.
fn one_doctor(walk: &Walk, known: &Known) {
    let tomorrow = plus_days(walk.town.today(), 1);
    let mut of: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
    for agreement in &known.agreements {
        if agreement.scope.household().is_none() {
            continue;
        }
        for person in agreement.covered_on(tomorrow) {
            let doctor = (agreement.contents.doctor, agreement.contents.team);
            let home = known.person(person).household;
            let of = of.entry(home).or_default();
            of.entry(doctor).or_default().push((agreement.id, person));
        }
    }
    for (home, doctors) in of {
        assert!(doctors.len() == 1, "{home}: {doctors:?}");
    }
}

/// Who is covered from tomorrow on is here, and lives in the household he is covered with.
fn at_home(walk: &Walk, known: &Known) {
    let tomorrow = plus_days(walk.town.today(), 1);
    for agreement in &known.agreements {
        for person in agreement.covered_on(tomorrow) {
            let person = known.person(person);
            let told = || format!("{person:#?}\n{agreement:#?}");
            assert!(person.is_here(), "{}", told());
            if let Some(home) = agreement.scope.household() {
                assert!(person.household == home, "{}", told());
            }
        }
    }
}

fn panels(walk: &Walk, known: &Known) {
    let today = walk.town.today();
    let Reply::Parties(parties) = walk.town.clinic.desk.answer(&Question::Parties).unwrap() else {
        panic!("parties answer with themselves");
    };
    for told in parties.doctors {
        let mut counted = Panel::default();
        for agreement in &known.agreements {
            let of = agreement.contents.doctor.filter(|of| *of == told.doctor.id);
            for person in of.iter().flat_map(|_| agreement.covered_on(today)) {
                let home = agreement.scope.household();
                let home = home.unwrap_or(known.person(person).household);
                counted.persons.insert(person);
                counted.households.insert(home);
            }
        }
        let counts = (counted.persons.len(), counted.households.len());
        assert_eq!((told.persons, told.households), counts, "{:?}", told.doctor);
    }
}

fn lists(walk: &Walk, known: &Known) {
    let ask = |list| {
        let asked = AgreementListAsk {
            list,
            from: 0,
            limit: 1000,
        };
        match walk
            .town
            .clinic
            .desk
            .answer(&Question::AgreementList(asked))
        {
            Ok(Reply::AgreementList(view)) => view,
            other => panic!("{other:?}"),
        }
    };
    for list in AgreementList::ALL {
        let view = ask(list);
        let count = view.counts.iter().find(|(one, _)| *one == list).unwrap().1;
        assert_eq!(view.rows.len(), count, "{list:?}");
        let counted =
            |is: fn(&Agreement) -> bool| known.agreements.iter().filter(|one| is(one)).count();
        let wanted = match list {
            AgreementList::Running => counted(is_running),
            AgreementList::Drafts => counted(|one| one.state() == State::Draft),
            AgreementList::Printed => counted(|one| one.state() == State::Printed),
            AgreementList::Ending => counted(|one| one.state() == State::Ending),
            AgreementList::ToSign => {
                let is_signed = |home| {
                    let mut running = known.agreements.iter().filter(|one| is_running(one));
                    running.any(|one| one.scope.household() == Some(home))
                };
                let homes = known.lived_in();
                homes.iter().filter(|home| !is_signed(home.id)).count()
            }
            _ => continue,
        };
        assert_eq!(count, wanted, "{list:?}");
    }
}

/// Every state was reached by a listed way, every number given once; returns the ways taken.
/// The journal alone gives the same agreements.
pub fn listed(walk: &Walk) -> BTreeSet<Transition> {
    let asked = Question::Journal {
        first: 1,
        limit: 1_000_000,
    };
    let Reply::Journal(entries) = walk.town.clinic.desk.answer(&asked).unwrap() else {
        panic!("the journal answers with itself");
    };
    let mut undone = BTreeSet::new();
    for entry in entries
        .iter()
        .rev()
        .filter(|entry| !entry.events.is_empty())
    {
        if undone.contains(&entry.seq) {
            continue;
        }
        for event in &entry.events {
            if let Event::RequestUndone(taken) = event {
                undone.extend(taken.first..=taken.last);
            }
        }
    }
    let mut ways = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    let mut book: BTreeMap<AgreementId, Agreement> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !undone.contains(&entry.seq)) {
        for event in &entry.events {
            if let Event::AgreementChanged(changed) = event {
                ways.extend(changed.transition);
                if let Change::Numbered { number } = &changed.change {
                    assert!(numbers.insert(number.to_string()), "{number} again");
                }
                take(&mut book, changed);
            }
        }
    }
    let kept = walk.known().agreements;
    assert_eq!(book.into_values().collect::<Vec<_>>(), kept);
    ways
}

fn take(book: &mut BTreeMap<AgreementId, Agreement>, changed: &AgreementChanged) {
    let before = book.remove(&changed.agreement);
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
        // What a roster tells was signed by nobody here; no listed way leads there.
        None if matches!(changed.change, Change::BroughtIn(_)) => {
            assert_eq!((was, is), (Some(State::Draft), State::Active));
        }
        None => assert!(
            was.is_none_or(|was| was == is),
            "{was:?} → {is:?} by no way"
        ),
    }
    book.insert(changed.agreement, after);
}

/// Whoever is covered from today on has the yearly assessment open, and nobody else.
pub fn assessed(walk: &Walk) {
    let known = walk.known();
    let today = walk.town.today();
    let snapshot = walk.store.snapshot().unwrap();
    for person in known.here() {
        // What a roster tells is served once he confirmed it himself.
        let serves = |one: &Agreement| {
            let signed = one.signed()?;
            let is_told = one.origin == Origin::BroughtIn;
            let waits = is_told && signed.member(person)?.is_unconfirmed();
            one.coverage(person).filter(|_| !waits)
        };
        let spans: Vec<Span> = known.agreements.iter().filter_map(serves).collect();
        let covered = spans.iter().any(|span| today <= span.to);
        let course: Option<CourseRow> = snapshot.get(&id_key(person.0)).unwrap();
        let open = course.is_some_and(|row| {
            let general = row.course.programmes.get(&ProgrammeKind::General);
            let runs = |one: &ProgrammeCourse| {
                let is_over = |birth| standing::is_over(ProgrammeKind::General, one, birth, today);
                one.is_open() && !known.person(person).birth().is_some_and(is_over)
            };
            row.course.ended.is_none() && general.is_some_and(runs)
        });
        assert_eq!(open, covered, "{person} {today} {spans:?}");
    }
}
