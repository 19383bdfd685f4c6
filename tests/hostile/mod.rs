//! Text, files and stores from people who mean harm, or from broken programs: nothing of them
//! acts on a terminal, nothing hangs, nothing falls.

mod lies;
#[cfg(unix)]
mod room;
#[cfg(unix)]
mod shown;
mod thrown;
#[path = "../fuzz/throws.rs"]
mod throws;
mod written;

use cunyi::{
    domain::{
        clinic::{Role, Staff},
        event::{
            Change, Event,
            clinic::{ClinicRenamed, StaffAdded},
            household::HouseholdChanged,
            person::{PersonChanged, RelationChanged},
        },
        id::{HouseholdId, PersonId, StaffId},
        text::is_invisible,
        value::Value,
    },
    store::{Header, Store},
};

use crate::{cli::Place, support::clinic::day};

/// Text that would do something if a terminal got it as it is.
const NASTY: &[&str] = &[
    "\u{1b}[2J\u{1b}[38;5;123m",
    "\u{1b}]52;c;cm0gLXJmIH4=\u{7}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}]0;title\u{1b}\\",
    "\u{9b}2J\u{9d}0;x\u{9c}\u{90}q\u{9c}",
    "\u{202e}\u{2066}\u{2067}\u{200f}",
    "\u{200b}\u{200d}\u{feff}\u{ad}\u{2060}\u{e0041}",
    "\r\u{8}\u{8}\u{7f}\u{0}\u{7}\u{c}\u{b}",
    "\u{2028}\u{2029}\u{85}",
    "\u{e000}\u{f8ff}\u{fdd0}\u{ffff}\u{378}",
    "👨\u{200d}👩\u{200d}👧🇨🇳\u{fe0f}",
];

/// All of it, around a name that can be searched.
fn nasty(name: &str) -> String {
    let (first, rest) = NASTY.split_at(5);
    format!("{}{name}{}", first.concat(), rest.concat())
}

/// A tower of marks on a letter.
fn tower(marks: usize) -> String {
    format!("王{}", "\u{301}".repeat(marks))
}

/// A practice clinic whose journal, written by another program, holds such text wherever text
/// can stand.
fn poisoned() -> Place {
    let place = Place::new();
    let people = [place.patient(), place.patient_two()];
    let store = Store::open(&place.data().join("clinic.redb"), None).unwrap();
    let text = |text: String| Some(Value::Text(text));
    let changed = |person: PersonId, field: &str, to: String| {
        Event::PersonChanged(PersonChanged {
            person,
            changes: vec![Change {
                field: field.to_owned(),
                before: None,
                after: text(to),
            }],
        })
    };
    let mut events = vec![
        changed(people[0], "name", nasty("王毒")),
        changed(people[0], "address", nasty("大坪村")),
        changed(people[0], "phone", nasty("154")),
        changed(people[1], "name", tower(100_000)),
        changed(people[1], "address", "长".repeat(1_000_000)),
        Event::StaffAdded(StaffAdded {
            staff: Staff {
                id: StaffId(2),
                name: nasty("李毒"),
                role: Role::Doctor,
                active: true,
            },
        }),
        Event::ClinicRenamed(ClinicRenamed {
            before: String::new(),
            after: nasty("毒村卫生室"),
        }),
    ];
    for household in [1, 2] {
        events.push(Event::HouseholdChanged(HouseholdChanged {
            household: HouseholdId(household),
            changes: vec![Change {
                field: "address".to_owned(),
                before: None,
                after: text(nasty("河边")),
            }],
        }));
    }
    events.push(Event::RelationChanged(RelationChanged {
        person: people[0],
        household: HouseholdId(1),
        relation: 0,
        relation_word: nasty("户主"),
    }));
    let header = Header {
        at: 1_795_226_400_000,
        day: day("2026-11-21"),
        user: StaffId(1),
        window: nasty("w"),
        request: nasty("r"),
        cause: nasty("c"),
    };
    store
        .write(|writing| writing.append(&header, events))
        .unwrap();
    place
}

/// Asserts that nothing in these bytes would act on a terminal that gets them as text.
fn is_harmless(bytes: &[u8], of: &str) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{of}: no UTF-8"));
    let bad = |c: &char| (c.is_control() && *c != '\n') || is_invisible(*c);
    let found: String = text.chars().filter(bad).collect();
    assert!(
        found.is_empty(),
        "{of}: {found:?} in\n{:?}",
        text.chars().take(2_000).collect::<String>()
    );
}
