//! Cards and dialogs put down unfinished, and changed by two windows at once.

use cunyi::{
    desk::{Command, Desk, Question, Reply},
    domain::{
        id::{HouseholdId, PersonId, StaffId},
        value::{Answers, Value},
    },
};

use crate::support::{
    village::{change_by, day, village_on_disk},
    window::Window,
};

/// From the first open field of the card up to the name.
const TO_NAME: &str = "<up><up><up><up><up><up>";

/// At the household of 张德福, his wife and his son.
fn home() -> Window {
    Window::of(village_on_disk, Some("王建国")).keys("<f3>zdf<enter>")
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn misses(window: &Window, unwanted: &[&str]) {
    let screen = window.screen();
    for text in unwanted {
        assert!(!screen.contains(text), "{text}:\n{screen}");
    }
}

/// 李小燕 changes fields of 张德福's card.
fn changes_person(desk: &Desk, fields: &[(&str, &str)]) {
    let person = PersonId(1);
    let Ok(Reply::Person(view)) = desk.answer(&Question::Person(person)) else {
        panic!("no card");
    };
    let card = with(view.member.person.card, fields);
    change_by(desk, 2, Command::ChangePerson { person, card }).unwrap();
}

/// 李小燕 changes fields of the household's card.
fn changes_household(desk: &Desk, fields: &[(&str, &str)]) {
    let household = HouseholdId(1);
    let Ok(Reply::Household(view)) = desk.answer(&Question::Household(household)) else {
        panic!("no household");
    };
    let card = with(view.household.card, fields);
    change_by(desk, 2, Command::ChangeHousehold { household, card }).unwrap();
}

fn with(mut card: Answers, fields: &[(&str, &str)]) -> Answers {
    for (field, text) in fields {
        card.insert((*field).to_owned(), Value::Text((*text).to_owned()));
    }
    card
}

fn drafts(desk: &Desk) -> usize {
    let by = StaffId(1);
    match desk.answer(&Question::Drafts { by }).unwrap() {
        Reply::Drafts(drafts) => drafts.len(),
        other => panic!("{other:?}"),
    }
}

// ---- put down and taken up ------------------------------------------------------------------

#[test]
fn esc_puts_a_card_down_however_fast_it_was_typed() {
    let kept = home().keys("<f2><down><down><down>大<esc>");
    sees(&kept, &["草稿已留：张德福", "成员 3"]);
    let kept = kept.elsewhere(|desk| assert_eq!(drafts(desk), 1));
    let again = kept.keys("<f2>");
    sees(&again, &["接着上次没填完的：F2 保存，Ctrl-X 放弃"]);
    let before = home().keys("<f2><down><down><down>大").screen();
    let (before, after) = (before.lines().collect(), again.screen());
    let after: Vec<&str> = after.lines().collect();
    let cursor = |lines: &[&str]| lines.last().map(|line| (*line).to_owned());
    let before: Vec<&str> = before;
    assert_eq!(before[..22], after[..22]);
    assert_eq!(cursor(&before), cursor(&after));
}

#[test]
fn a_card_put_down_is_saved_from_where_it_stood() {
    let renamed = home().keys(&format!("<f2>{TO_NAME}<bs><bs>得福<esc><f2><f2>"));
    sees(&renamed, &["已保存", "张得福"]);
    renamed
        .elsewhere(|desk| assert_eq!(drafts(desk), 0))
        .screen();
}

#[test]
fn a_households_card_is_put_down_and_taken_up() {
    let again = home().keys("<ctrl-e>石桥组<esc><ctrl-e>");
    sees(&again, &["接着上次没填完的", "石桥组"]);
}

#[test]
fn nothing_typed_leaves_no_draft() {
    let looked = home().keys("<f2><down><down><esc><ins>1<esc><f6>4<esc>");
    misses(&looked, &["草稿已留"]);
    looked
        .elsewhere(|desk| assert_eq!(drafts(desk), 0))
        .screen();
}

#[test]
fn a_draft_no_longer_wanted_is_dropped_after_a_question() {
    let asked = home().keys(&format!("<f2>{TO_NAME}<bs><bs>得福<ctrl-x>"));
    sees(&asked, &["卡片回到保存过的样子"]);
    let dropped = asked.clone().keys("1");
    sees(&dropped, &["[张德福", "已放弃"]);
    dropped
        .elsewhere(|desk| assert_eq!(drafts(desk), 0))
        .screen();
    sees(&asked.clone().keys("2"), &["[张得福"]);
}

#[test]
fn a_dialog_put_down_goes_on_where_it_was() {
    let kept = home().keys("<ins>11李芳<enter><enter><enter>2张小<esc>");
    sees(&kept, &["草稿已留：新生儿"]);
    let again = kept.keys("<ins>1");
    sees(&again, &["接着上次没填完的", "张小"]);
    let saved = again.keys("满<enter>孙女<f2>");
    sees(&saved, &["已保存 新生儿", "张小满", "女 0月"]);
    saved.elsewhere(|desk| assert_eq!(drafts(desk), 0)).screen();
}

#[test]
fn another_dialog_of_the_household_begins_empty() {
    let other = home().keys("<ins>2孙大山<esc><f6>6");
    misses(&other, &["接着上次", "孙大山"]);
    sees(&other.keys("<esc><ins>2"), &["接着上次没填完的", "孙大山"]);
}

#[test]
fn a_draft_is_checked_against_what_another_window_changed_since() {
    let stale = home()
        .keys(&format!("<f2>{TO_NAME}<bs><bs>得福<esc>"))
        .elsewhere(|desk| changes_person(desk, &[("employer", "石桥村小学")]))
        .keys("<f2>");
    sees(&stale, &["李小燕 后来改过这张卡", "[张得福"]);
    let asked = stale.keys("<f2>");
    sees(&asked, &["别人刚改过", "李小燕"]);
    let both = asked.at(1).keys("3<f2>");
    sees(&both, &["已保存", "张得福"]);
    both.elsewhere(|desk| {
        let Ok(Reply::Person(view)) = desk.answer(&Question::Person(PersonId(1))) else {
            panic!("no card");
        };
        let person = &view.member.person;
        assert_eq!(
            (person.name(), person.text("employer")),
            ("张得福", "石桥村小学")
        );
    })
    .screen();
}

// ---- who changed what -----------------------------------------------------------------------

#[test]
fn a_persons_facts_tell_who_changed_what_last() {
    let facts = home()
        .elsewhere(|desk| changes_person(desk, &[("employer", "石桥村小学")]))
        .keys("<f2><f6>");
    sees(
        &facts,
        &[
            "改动",
            "2026-11-21 10:00 李小燕",
            "工作单位: (空) → 石桥村小学",
            "王建国 建档",
        ],
    );
    let english = home()
        .english()
        .elsewhere(|desk| changes_person(desk, &[("employer", "石桥村小学")]))
        .keys("<f2><f6>");
    sees(
        &english,
        &["Changes", "(empty) → 石桥村小学", "record opened"],
    );
}

// ---- two windows, one card ------------------------------------------------------------------

fn renaming_while(theirs: fn(&Desk)) -> Window {
    home()
        .keys(&format!("<f2>{TO_NAME}<bs><bs>得福"))
        .elsewhere_unseen(theirs)
        .keys("<f2>")
        .at(1)
}

fn person_is(window: &Window, check: fn(&Desk)) {
    window.clone().elsewhere(check).screen();
}

fn name_and_employer(desk: &Desk) -> (String, String) {
    let Ok(Reply::Person(view)) = desk.answer(&Question::Person(PersonId(1))) else {
        panic!("no card");
    };
    let person = &view.member.person;
    (person.name().to_owned(), person.text("employer").to_owned())
}

#[test]
fn a_card_changed_by_two_windows_is_asked_about() {
    let asked = renaming_while(|desk| changes_person(desk, &[("employer", "石桥村小学")]));
    sees(&asked, &["李小燕 在 2026-11-21 10:00", "个人信息"]);
    let theirs = asked.clone().keys("1");
    sees(&theirs, &["[张德福"]);
    person_is(&theirs, |desk| {
        assert_eq!(drafts(desk), 0);
        assert_eq!(
            name_and_employer(desk),
            ("张德福".into(), "石桥村小学".into())
        );
    });
    let mine = asked.clone().keys("2");
    sees(&mine, &["已保存", "张得福"]);
    person_is(&mine, |desk| {
        assert_eq!(name_and_employer(desk), ("张得福".into(), String::new()));
    });
}

#[test]
fn going_through_both_takes_each_sides_own_changes() {
    let asked = renaming_while(|desk| changes_person(desk, &[("employer", "石桥村小学")]));
    let both = asked.keys("3");
    sees(&both, &["[张得福", "对方改过：工作单位"]);
    person_is(&both, |desk| {
        assert_eq!(name_and_employer(desk).0, "张德福");
    });
    let saved = both.keys("<f2>");
    person_is(&saved, |desk| {
        assert_eq!(drafts(desk), 0);
        assert_eq!(
            name_and_employer(desk),
            ("张得福".into(), "石桥村小学".into())
        );
    });
}

#[test]
fn what_both_changed_is_shown_side_by_side() {
    let clash = renaming_while(|desk| changes_person(desk, &[("name", "张德富")])).keys("3");
    sees(
        &clash,
        &[
            "姓名",
            "原来：张德福",
            "1 对方改成：张德富",
            "2 我填的：张得福",
        ],
    );
    sees(&clash.clone().keys("1"), &["[张德富"]);
    sees(&clash.clone().keys("2"), &["[张得福"]);
    // Looked away from, it is asked again before anything else.
    sees(&clash.at(1).keys("<esc>x"), &["对方改成：张德富"]);
}

#[test]
fn a_households_card_changed_by_two_windows_is_gone_through() {
    let asked = home()
        .keys("<ctrl-e>坡上")
        .elsewhere_unseen(|desk| changes_household(desk, &[("phone", "15422220999")]))
        .keys("<f2>")
        .at(1);
    sees(&asked, &["家庭信息", "李小燕"]);
    let both = asked.keys("3");
    sees(&both, &["坡上", "15422220999", "对方改过"]);
    sees(&both.keys("<f2>"), &["已保存"]);
}

#[test]
fn members_changed_by_two_windows_are_looked_at_again() {
    let asked = home()
        .keys("<down><down><f6>5lgq<enter>弟弟")
        .elsewhere_unseen(|desk| {
            let command = Command::MoveOut {
                person: PersonId(2),
                on: day("2026-11-20"),
                to: "县城".to_owned(),
                new_head: None,
            };
            change_by(desk, 2, command).unwrap();
        })
        .keys("<f2>")
        .at(1);
    sees(&asked, &["退出 迁出", "李小燕"]);
    let theirs = asked.clone().keys("1");
    sees(&theirs, &["成员 2"]);
    misses(&theirs, &["转到哪一户"]);
    let both = asked.keys("3");
    sees(&both, &["转到别的户", "李国强", "弟弟", "请核对后再保存"]);
}

// ---- killed in the middle of a card ---------------------------------------------------------

#[cfg(unix)]
mod killed {
    use std::{path::Path, process::Command};

    use portable_pty::CommandBuilder;

    use crate::support::pty::Pty;

    const ENTER: &[u8] = b"\r";
    const F2: &[u8] = b"\x1bOQ";
    const F3: &[u8] = b"\x1bOR";
    const UP: &[u8] = b"\x1b[A";

    fn window(data: &Path) -> Pty {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cunyi"));
        let data = data.to_str().unwrap();
        command.args(["demo", "--people", "40", "--seed", "7", "--data", data]);
        command.args(["--user", "王建国", "--lang", "zh"]);
        Pty::start(command)
    }

    /// The rows of the form, and where the cursor stands.
    fn form(screen: &vt100::Screen) -> (Vec<String>, (u16, u16)) {
        // The title tells how many windows there are.
        let rows = screen.rows(0, 80).skip(1).take(20);
        let rows = rows.map(|row| row.trim_end().to_owned()).collect();
        (rows, screen.cursor_position())
    }

    /// Everything that stands in the drafts.
    fn drafts(data: &Path) -> String {
        let files = std::fs::read_dir(data.join("drafts")).unwrap();
        let texts = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        let texts: Vec<u8> = texts.flatten().collect();
        String::from_utf8_lossy(&texts).into_owned()
    }

    #[test]
    fn a_window_killed_in_the_middle_of_a_card_leaves_it_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let killed = window(folder.path());
        killed.wait_for("今日随访");
        killed.send(F3);
        killed.wait_for("查户");
        killed.wait_for("▸");
        killed.send(ENTER);
        killed.wait_for("成员");
        killed.send(F2);
        killed.wait_for("资料卡");
        killed.wait_for("姓名  ");
        for _ in 0..9 {
            killed.send(UP);
        }
        killed.send("改\x1b[D".as_bytes());
        killed.wait("the cursor before what was typed", |screen| {
            let (y, x) = screen.cursor_position();
            screen
                .cell(y, x)
                .is_some_and(|cell| cell.contents() == "改")
        });
        // Keys are written behind the screen: the last one is waited for.
        while !drafts(folder.path()).contains("\"left\"") {
            std::thread::yield_now();
        }
        let before = killed.look(form);
        let other = window(folder.path());
        other.wait_for("应访");
        assert!(!other.look(|screen| screen.contents().contains("没填完的表")));
        killed.signal("KILL");
        other.signal("KILL");
        drop((killed, other));

        let next = window(folder.path());
        next.wait_for("没填完的表");
        next.wait_for("1 ");
        next.send(ENTER);
        next.wait_for("接着上次没填完的");
        // A frame is drawn before the cursor goes to its place.
        next.wait("every field and the cursor as they were", |screen| {
            form(screen) == before
        });
        next.send(F2);
        next.wait("the card saved or its problems told", |screen| {
            let seen = screen.contents();
            seen.contains("已保存") || seen.contains(" ! ")
        });
        next.signal("KILL");
        drop(next);
        let check = Command::new(env!("CARGO_BIN_EXE_cunyi"))
            .args(["check", "--data", folder.path().to_str().unwrap()])
            .output()
            .unwrap();
        assert!(check.status.success(), "{check:?}");
    }
}
