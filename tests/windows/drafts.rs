//! Forms in progress in real windows: killed in the middle, taken up in another, never on two
//! at once, on plain and on sealed data.

use std::{fs, path::Path, time::Duration};

use portable_pty::CommandBuilder;

use super::{at_home, clinic, deed};
use crate::{cli::accounts::Sealed, support::pty::Pty};

/// The rows of the form, without the title, notices and hints, and where the cursor stands.
fn form(screen: &vt100::Screen) -> (Vec<String>, (u16, u16)) {
    let rows = screen.rows(0, 80).skip(1).take(19);
    let rows = rows.filter(|row| !row.contains("接着上次"));
    let rows = rows.map(|row| row.trim_end().to_owned()).collect();
    (rows, screen.cursor_position())
}

/// Bytes of all drafts.
fn written(data: &Path) -> u64 {
    let files = fs::read_dir(data.join("drafts")).into_iter().flatten();
    files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum()
}

/// Waits until every key is written: the screen is drawn before.
fn is_written(data: &Path) {
    let mut before = 0;
    loop {
        std::thread::sleep(Duration::from_millis(150));
        let now = written(data);
        if 0 < now && now == before {
            return;
        }
        before = now;
    }
}

/// Kills the window on a form and takes the form up in another.
fn outlives(data: &Path, killed: Pty, next: impl Fn() -> Pty) {
    is_written(data);
    let before = killed.look(form);
    killed.signal("KILL");
    drop(killed);
    let next = next();
    next.wait_for("没填完的表");
    next.wait_for("1 ");
    next.press("1");
    next.wait_for("接着上次");
    // A key that changes nothing, and the notice is gone.
    next.wait("every field and the cursor as they were", |screen| {
        let (rows, cursor) = form(screen);
        let lost = before.0.iter().filter(|row| !rows.contains(row));
        lost.count() == 0 && cursor == before.1
    });
}

#[test]
fn a_visit_outlives_a_kill_to_the_last_key() {
    let place = clinic();
    let killed = at_home(&place, "王建国");
    killed.press("<enter>");
    killed.wait_for("随访 F01");
    // Way of visiting, all normal, a pressure half typed.
    killed.press("2<f5>1388");
    killed.wait_for("[138/  8]");
    outlives(&place.data(), killed, || place.window("王建国"));
}

#[test]
fn an_open_list_and_its_codes_outlive_a_kill() {
    let place = clinic();
    let killed = at_home(&place, "王建国");
    killed.press("<enter>");
    killed.wait_for("随访 F01");
    killed.press("223");
    killed.wait_for("[2,3");
    outlives(&place.data(), killed, || place.window("王建国"));
}

#[test]
fn a_split_outlives_a_kill() {
    let place = clinic();
    let killed = deed(&place, "王建国", "2", "哪些人分出去", "3<enter>3<enter>5");
    killed.wait_for("张建军 子 36");
    is_written(&place.data());
    // The dialog stands over another screen then: only its own rows are compared.
    let dialog = |screen: &vt100::Screen| -> Vec<String> {
        let rows = screen.rows(0, 80).filter(|row| row.contains('│'));
        let rows = rows.filter_map(|row| Some(row.split('│').nth(1)?.trim().to_owned()));
        rows.filter(|row| !row.contains("接着上次")).collect()
    };
    let before = killed.look(dialog);
    assert_eq!(before.len(), 5, "{before:?}");
    killed.signal("KILL");
    drop(killed);
    let next = place.window("王建国");
    next.wait_for("没填完的表");
    next.wait_for("1 ");
    next.press("1");
    next.wait("the answers as they were", |screen| {
        dialog(screen) == before
    });
}

#[test]
fn an_agreement_to_be_signed_outlives_a_kill() {
    let place = clinic();
    let killed = at_home(&place, "王建国");
    killed.press("<f7>");
    killed.wait_for("还缺");
    killed.press("2");
    outlives(&place.data(), killed, || place.window("王建国"));
}

#[test]
fn of_two_windows_offered_a_form_one_gets_it() {
    let place = clinic();
    let killed = at_home(&place, "王建国");
    killed.press("<enter>");
    killed.wait_for("随访 F01");
    killed.press("2<f5>1388");
    killed.wait_for("[138/  8]");
    is_written(&place.data());
    killed.signal("KILL");
    drop(killed);
    let windows = [place.window("王建国"), place.window("王建国")];
    for window in &windows {
        window.wait_for("没填完的表");
    }
    // At once, as far as two keyboards can.
    for window in &windows {
        window.press("1");
    }
    for window in &windows {
        window.wait("one of the two", |screen| {
            let seen = screen.contents();
            seen.contains("[138/  8]") || seen.contains("草稿不在了")
        });
    }
    let have = |window: &Pty| window.look(|screen| screen.contents().contains("[138/  8]"));
    assert_eq!(windows.iter().filter(|window| have(window)).count(), 1);
}

#[test]
fn what_a_window_still_holds_is_offered_when_it_lets_go() {
    let place = clinic();
    let first = at_home(&place, "王建国");
    first.press("<enter>");
    first.wait_for("随访 F01");
    first.press("2<f5>1388");
    first.wait_for("[138/  8]");
    is_written(&place.data());
    let second = place.window("王建国");
    second.wait_for("2窗口");
    let offered = |screen: &vt100::Screen| screen.contents().contains("没填完的表");
    assert!(!second.look(offered));
    second.press("<f3>zdf");
    second.wait_for("张德福");
    first.signal("HUP");
    drop(first);
    second.wait("the only window", |screen| {
        !screen.contents().contains("2窗口")
    });
    // Nobody is asked in the middle of a search; back at the queue he is.
    assert!(!second.look(offered));
    second.press("<esc>");
    second.wait_for("没填完的表");
    second.press("1");
    second.wait_for("[138/  8]");
}

#[test]
fn what_was_put_down_here_is_not_offered_when_another_window_closes() {
    let place = clinic();
    let other = place.window("王建国");
    other.wait_for("今日随访");
    let here = at_home(&place, "王建国");
    here.press("<enter>");
    here.wait_for("随访 F01");
    here.press("2<f5>1388");
    here.wait_for("[138/  8]");
    is_written(&place.data());
    here.press("<esc><esc><esc>");
    here.wait_for("2窗口");
    here.wait_for("今日随访");
    other.signal("HUP");
    drop(other);
    here.wait("the only window", |screen| {
        !screen.contents().contains("2窗口")
    });
    std::thread::sleep(Duration::from_millis(600));
    assert!(!here.look(|screen| screen.contents().contains("没填完的表")));
}

/// A window on sealed data.
fn sealed_window(place: &Sealed) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cunyi"));
    command.args(["--data", place.data().to_str().unwrap(), "--lang", "zh"]);
    command.env("CUNYI_PASSWORD_FILE", place.word("first-word"));
    let pty = Pty::start(command);
    pty.wait_for("应访");
    pty
}

#[test]
fn a_sealed_form_outlives_a_kill_and_shows_nothing_where_it_lies() {
    let place = Sealed::new();
    let roster = place.data().join("roster.csv");
    let rows = "姓名,性别,出生日期,组,户主姓名,与户主关系\n张德福,男,1956-03-01,3,张德福,户主\n";
    fs::write(&roster, rows).unwrap();
    let import = format!("import {}", roster.display());
    assert_eq!(place.ask("first-word", &import).code, 0);
    let on = cunyi::domain::day::plus_days(chrono::Utc::now().date_naive(), -100);
    let enrol = format!("enrol p1 htn --date {on}");
    let said = place.ask("first-word", &enrol);
    assert_eq!(said.code, 0, "{said:?}");
    fs::remove_file(&roster).unwrap();

    let killed = sealed_window(&place);
    killed.wait_for("▸");
    killed.press("<enter>");
    killed.wait_for("随访 F01");
    killed.press("2<f5>1388");
    killed.wait_for("[138/  8]");
    is_written(&place.data());
    for file in fs::read_dir(place.data().join("drafts")).unwrap() {
        let lies = fs::read(file.unwrap().path()).unwrap();
        for shown in ["张德福", "visit", "F01", "138"] {
            assert!(
                !lies
                    .windows(shown.len())
                    .any(|part| part == shown.as_bytes())
            );
        }
    }
    outlives(&place.data(), killed, || sealed_window(&place));
}
