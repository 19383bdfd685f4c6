//! One household signed at once in two terminals, each with a process of its own on the store.

use std::sync::Arc;

use cunyi::{
    desk::{Change, Desk, Stop},
    domain::{
        agreement::{action::Action, contract::Scope, state::State},
        clock::{Clock, Moment},
        id::{AgreementId, StaffId},
        text::Lang,
    },
    lang::refusals,
    store::Store,
};
use portable_pty::CommandBuilder;

use crate::support::{
    agreed::{A, ALL, B, CLERK, FIRST, OTHER, Town, asks, contents, done, signing},
    clinic::catalog,
    pty::Pty,
};

/// Tells the process beside the test what to sign: store, time, agreement, page, staff.
const TOLD: &str = "CUNYI_TEST_SIGNS";

struct Fixed(Moment);

impl Clock for Fixed {
    fn now(&self) -> Moment {
        self.0
    }
}

/// A terminal in which a process waits for Enter and then signs.
fn terminal(town: &Town, id: AgreementId, page: &str, by: StaffId) -> Pty {
    let now = town.clinic.clock.now();
    let told = format!("{}|{now}|{}|{page}|{}", town.path().display(), id.0, by.0);
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args([
        "agreements::twice::a_process_beside_the_test_signs",
        "--exact",
        "--nocapture",
    ]);
    command.env(TOLD, told);
    Pty::start(command)
}

#[test]
fn of_two_terminals_one_signs_and_the_other_is_told_by_whom_and_when() {
    for turn in 0..3 {
        let mut town = Town::new();
        let scope = Scope::Household(FIRST);
        let ours = town.draft(scope, contents(A, ALL)).unwrap();
        let theirs = town.draft(scope, contents(B, ALL)).unwrap();
        let one = terminal(&town, ours, "ZP1", CLERK);
        let other = terminal(&town, theirs, "ZP2", OTHER);
        for terminal in [&one, &other] {
            terminal.wait_for("按回车签约");
        }
        let (first, second) = if turn == 1 {
            (&other, &one)
        } else {
            (&one, &other)
        };
        first.send(b"\r");
        second.send(b"\r");
        for terminal in [&one, &other] {
            terminal.wait_for("办完");
        }
        let signed = [&one, &other].map(|one| one.look(|seen| seen.contents().contains("签好了")));
        assert_eq!(signed.iter().filter(|one| **one).count(), 1, "{signed:?}");
        let (told, name) = if signed[0] {
            (&other, "李小燕")
        } else {
            (&one, "赵明")
        };
        let seen = told.look(vt100::Screen::contents);
        assert!(seen.contains("E-AGR-EXCL"), "{seen}");
        assert!(seen.contains(name), "{seen}");
        assert!(seen.contains("10:00"), "{seen}");
        let states = [ours, theirs].map(|id| town.state(id));
        let wanted = signed.map(|one| if one { State::Active } else { State::Draft });
        assert_eq!(states, wanted);
        town.clinic.is_clean();
    }
}

/// Does nothing unless it was started for the test above.
#[test]
fn a_process_beside_the_test_signs() {
    let Ok(told) = std::env::var(TOLD) else {
        return;
    };
    let parts: Vec<&str> = told.split('|').collect();
    let [path, now, id, page, by] = parts[..] else {
        panic!("{told}");
    };
    let store = Store::open(path.as_ref()).unwrap();
    let clock = Arc::new(Fixed(now.parse().unwrap()));
    let desk = Desk::new(store, clock, catalog(), page, None);
    println!("按回车签约");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    let sign = Action::Sign(Box::new(signing(ALL, "2025-08-12", page)));
    let change = Change {
        id: format!("sign/{page}"),
        by: StaffId(by.parse().unwrap()),
        seen: Vec::new(),
        date_is: None,
        command: asks(Some(AgreementId(id.parse().unwrap())), sign),
    };
    match done(&desk, &change) {
        Ok(_) => println!("签好了"),
        Err(Stop::Refused(refusal)) => {
            println!(
                "{} {}",
                refusal.code(),
                refusals::refusal(&refusal, Lang::Zh)
            );
        }
        Err(stop) => println!("{stop:?}"),
    }
    println!("办完");
}
