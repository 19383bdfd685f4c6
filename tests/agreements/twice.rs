//! One household signed at once in two terminals, each with the whole program in it.

use cunyi::{
    desk::{Command, request::Party},
    domain::clinic::Role,
};

use crate::{
    cli::Place,
    support::{
        agreed::{DOCTOR, OTHER, doctor},
        pty::Pty,
        village::{change, household, resident},
    },
};

const ENTER: &[u8] = b"\r";
const ESC: &[u8] = b"\x1b";
const F3: &[u8] = b"\x1bOR";
const F5: &[u8] = b"\x1b[15~";
const F7: &[u8] = b"\x1b[18~";
const PAGE_DOWN: &[u8] = b"\x1b[6~";
const F9: &[u8] = b"\x1b[20~";

/// A clinic of two doctors and a household of two who can sign.
fn clinic() -> Place {
    let place = Place::new();
    let desk = place.desk();
    for name in ["李小燕", "赵明"] {
        let (name, role) = (name.to_owned(), Role::Doctor);
        change(&desk, Command::AddStaff { name, role }).unwrap();
    }
    for (name, staff) in [("王建国", DOCTOR), ("赵明", OTHER)] {
        let party = Party::Doctor(None, doctor(name, Some(staff)));
        change(&desk, Command::KeepParty(Box::new(party))).unwrap();
    }
    let couple = vec![
        resident("张德福", "男", "1956-03-01").phone("15400000321"),
        resident("张秀英", "女", "1959-05-02").relation(1, "配偶"),
    ];
    household(&desk, "3", couple);
    place
}

/// A terminal in which this staff member has filled in the form, with this page of signatures.
fn filled(place: &Place, user: &str, page: &str) -> Pty {
    let pty = place.window(user);
    pty.send(F3);
    pty.wait_for("查户");
    pty.send(b"zdf");
    pty.wait_for("张德福");
    pty.send(ENTER);
    pty.wait_for("张秀英");
    pty.send(F7);
    pty.wait_for("还缺");
    // The couple, one year, the page they signed on.
    pty.send(format!("21{page}").as_bytes());
    pty.wait_for(page);
    pty.send(ENTER);
    pty.send(F5);
    // Everybody signed on it, the representative too, and the clinic.
    pty.send(b"11");
    pty.wait("nothing missing", |screen| {
        !screen.contents().contains("还缺")
    });
    pty
}

#[test]
fn of_two_windows_one_signs_and_the_other_is_told_by_whom_and_when() {
    for turn in 0..2 {
        let place = clinic();
        let ours = filled(&place, "王建国", "P0312");
        let theirs = filled(&place, "赵明", "P0401");
        let order = if turn == 0 {
            [&ours, &theirs]
        } else {
            [&theirs, &ours]
        };
        for window in order {
            window.send(F9);
        }
        for window in order {
            window.wait("signed, or told why not", |screen| {
                let seen = screen.contents();
                seen.contains("已生效 张德福户") || seen.contains("还不能生效")
            });
        }
        let signed = |pty: &Pty| pty.look(|screen| screen.contents().contains("已生效"));
        let (winner, loser, page) = match (signed(&ours), signed(&theirs)) {
            (true, false) => ("王建国", &theirs, "P0401"),
            (false, true) => ("赵明", &ours, "P0312"),
            both => panic!("{both:?}"),
        };
        loser.wait_for(&format!("由{winner}于"));
        // The box closes, and everything typed still stands.
        loser.send(ESC);
        loser.wait("the form without the box", |screen| {
            !screen.contents().contains("还不能生效")
        });
        for _ in 0..2 {
            loser.send(PAGE_DOWN);
        }
        loser.wait_for(page);
        for window in [ours, theirs] {
            window.signal("KILL");
        }
        let counts = place.ask("agreement list").json()["counts"].clone();
        assert_eq!(
            (&counts["running"], &counts["drafts"]),
            (&1.into(), &0.into())
        );
        let checked = place.ask("check").json();
        assert_eq!(checked["ok"], true, "{checked}");
        assert_eq!(checked["agreements"], 1, "{checked}");
    }
}
