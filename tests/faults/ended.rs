//! A window whose terminal goes away, or that is asked to end, with a form half filled in: the
//! form waits as a draft, and no lock is left.

use cunyi::{
    desk::Folder,
    desk::{Question, Reply, Windows},
    domain::id::StaffId,
};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::{cli::Place, support::pty::Pty};

/// A window of the binary on the visit form of the person due, its first answers given.
fn half_filled(place: &Place) -> Pty {
    let pty = opened(place);
    pty.wait_for("李国强");
    pty.send(b"\r");
    pty.wait_for("随访方式");
    pty.send(b"21152");
    pty.wait_for("152");
    pty
}

fn opened(place: &Place) -> Pty {
    Pty::start(command(place))
}

fn command(place: &Place) -> CommandBuilder {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("cunyi"));
    command.args(["--user", "王建国", "--lang", "zh"]);
    command.env("CUNYI_DATA", place.data());
    command.env("HOME", place.data());
    command
}

fn drafts(place: &Place) -> usize {
    let by = StaffId(1);
    match place.desk().answer(&Question::Drafts { by }).unwrap() {
        Reply::Drafts(drafts) => drafts.iter().filter(|draft| draft.is_own).count(),
        other => panic!("{other:?}"),
    }
}

fn nobody_is_here(place: &Place) {
    let windows = Windows::of(&Folder::at(place.data()));
    assert_eq!(windows.here().unwrap(), Vec::new());
}

#[test]
fn a_window_asked_to_end_keeps_the_form_and_leaves_no_lock() {
    for (signal, number) in [("TERM", 15), ("HUP", 1)] {
        let place = Place::new();
        place.patient();
        let pty = half_filled(&place);
        pty.signal(signal);
        let (code, _) = pty.ends_clean();
        assert_eq!(code, 2, "{signal} {number}");
        assert_eq!(drafts(&place), 1, "{signal}");
        nobody_is_here(&place);
        let pty = opened(&place);
        pty.wait_for("没填完的表");
        pty.send(b"1");
        pty.wait_for("152");
        pty.signal("KILL");
    }
}

/// The line breaks: nobody reads the terminal any more, and no key comes.
#[test]
fn a_window_whose_terminal_is_gone_keeps_the_form_and_ends() {
    let place = Place::new();
    place.patient();
    let size = PtySize {
        rows: 24,
        cols: 80,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut child = pair.slave.spawn_command(command(&place)).unwrap();
    drop(pair.slave);
    let mut out = pair.master.try_clone_reader().unwrap();
    let mut keyboard = pair.master.take_writer().unwrap();
    let mut screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    for (text, keys) in [("李国强", "\r"), ("随访方式", "21152"), ("152", "")] {
        let mut bytes = [0; 8192];
        while !screen.screen().contents().contains(text) {
            let read = out.read(&mut bytes).unwrap();
            assert!(read != 0, "{}", screen.screen().contents());
            screen.process(&bytes[..read]);
        }
        keyboard.write_all(keys.as_bytes()).unwrap();
    }
    drop((out, keyboard, pair.master));
    child.wait().unwrap();
    assert_eq!(drafts(&place), 1);
    nobody_is_here(&place);
}
