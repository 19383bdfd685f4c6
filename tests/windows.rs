//! Two windows of two people in two terminals, each with the whole program in it: what one does
//! while the other is at the same person.

mod drafts;

use cunyi::{
    desk::{Command, Question, Reply},
    domain::{clinic::Role, contact::Contact, id::PersonId, value::Value},
};

use crate::{
    cli::Place,
    support::{
        pty::Pty,
        village::{change, enrol, household, record, resident, visit},
    },
};

const ZHANG: PersonId = PersonId(1);

/// A clinic of two doctors, and a household of three whose head has hypertension.
fn clinic() -> Place {
    let place = Place::new();
    let desk = place.desk();
    let (name, role) = ("赵明".to_owned(), Role::Doctor);
    change(&desk, Command::AddStaff { name, role }).unwrap();
    let family = vec![
        resident("张德福", "男", "1966-03-01"),
        resident("张秀英", "女", "1969-05-02").relation(1, "配偶"),
        resident("张建军", "男", "1990-05-02").relation(20, "子"),
    ];
    household(&desk, "3", family);
    enrol(
        &desk,
        ZHANG,
        cunyi::domain::programmes::ProgrammeKind::Htn,
        "2025-11-20",
    );
    record(&desk, visit(ZHANG, "2026-08-20", 136, 84));
    place
}

/// A window on the household.
fn at_home(place: &Place, user: &str) -> Pty {
    let pty = place.window(user);
    pty.press("<f3>");
    pty.wait_for("  查户  ");
    pty.press("zdf");
    pty.wait_for("张德福");
    pty.press("<enter>");
    pty.wait_for("成员 3");
    pty
}

/// … on the correction of his visit, another pressure typed, the reason asked for.
fn correcting(place: &Place, user: &str, pressure: &str) -> Pty {
    let pty = at_home(place, user);
    pty.press("<ctrl-r>");
    pty.wait_for("控制满意 H6");
    pty.press("<enter>");
    pty.wait_for("更正 F01");
    pty.press(&format!("<f4><ctrl-u>{pressure}<enter>"));
    let (sbp, dbp) = pressure.split_once('/').unwrap();
    pty.wait_for(&format!("[{sbp}/ {dbp}]"));
    pty.press("<f2><f2>");
    pty.wait_for("更正理由");
    pty.press("看错了");
    pty.wait_for("看错了");
    pty
}

fn contacts(place: &Place) -> Vec<Contact> {
    match place.desk().answer(&Question::Person(ZHANG)).unwrap() {
        Reply::Person(view) => {
            let mut contacts = view.contacts;
            contacts.sort_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
            contacts
        }
        other => panic!("{other:?}"),
    }
}

/// A window on a new visit of his, everything typed.
fn visiting(place: &Place, user: &str) -> Pty {
    let pty = at_home(place, user);
    pty.press("<enter>");
    pty.wait_for("随访 F01");
    pty.press("2<f5>138867466.5");
    pty.wait_for("138/ 86");
    pty
}

/// … on the withdrawal of his visit, the reason typed.
fn withdrawing(place: &Place, user: &str) -> Pty {
    let pty = at_home(place, user);
    pty.press("<ctrl-r>");
    pty.wait_for("控制满意 H6");
    pty.press("<del>");
    pty.wait_for("为什么");
    pty.press("录错人");
    pty.wait_for("录错人");
    pty
}

/// … on one of the deeds of a household, its answers typed.
fn deed(place: &Place, user: &str, number: &str, named: &str, answers: &str) -> Pty {
    let pty = at_home(place, user);
    pty.press("<f6>");
    pty.wait_for("要办什么");
    pty.press(number);
    pty.wait(named, |screen| {
        screen.contents().contains(named) && !screen.contents().contains("要办什么")
    });
    pty.press(answers);
    pty
}

/// Saves what `theirs` has open, then what `ours` has; ours is told by whom and what.
fn collide(ours: &Pty, theirs: &Pty, (my_keys, their_keys): (&str, &str), what: &[&str]) {
    theirs.press(their_keys);
    theirs.wait("done", |screen| {
        let seen = screen.contents();
        seen.contains("已保存") || seen.contains("已撤回")
    });
    ours.press(my_keys);
    ours.wait_for("别人刚改过");
    let seen = ours.look(|screen| screen.contents().replace(['\n', ' ', '│'], ""));
    for part in ["赵明在20"].iter().chain(what) {
        assert!(seen.contains(part), "no {part} in\n{seen}");
    }
}

/// The pressure of his newest record, how often it was corrected, and whether it was withdrawn.
fn newest(place: &Place) -> (Option<i64>, usize, bool) {
    let contact = contacts(place).remove(0);
    let sbp = contact
        .forms
        .first()
        .and_then(|form| form.answers.get("sbp"));
    let sbp = match sbp {
        Some(Value::Int(sbp)) => Some(*sbp),
        _ => None,
    };
    (sbp, contact.corrections.len(), contact.withdrawn.is_some())
}

fn is_clean(place: &Place) {
    let checked = place.ask("check").json();
    assert_eq!(checked["ok"], true, "{checked}");
}

/// Waits until the box is closed and this stands on the screen.
fn settled(pty: &Pty, wanted: &str) {
    pty.wait(wanted, |screen| {
        let seen = screen.contents();
        seen.contains(wanted) && !seen.contains("别人刚改过") && !seen.contains("正在保存")
    });
}

#[test]
fn of_two_corrections_of_one_visit_either_stands_or_both_are_gone_through() {
    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = correcting(&place, "王建国", "148/92");
        let theirs = correcting(&place, "赵明", "152/94");
        collide(
            &ours,
            &theirs,
            ("<enter>", "<enter>"),
            &["2026-08-20随访高血压152/94"],
        );
        ours.press(choice);
        match choice {
            "1" => {
                settled(&ours, "往次记录");
                assert_eq!(newest(&place), (Some(152), 1, false));
            }
            "2" => {
                settled(&ours, "已保存");
                assert_eq!(newest(&place), (Some(148), 2, false));
            }
            _ => {
                settled(&ours, "对方记的是：血压 152 · 舒张压 94");
                ours.wait_for("[148/ 92]");
                ours.press("<f2><f2>");
                // Why it was corrected need not be typed again.
                ours.wait_for("更正理由");
                ours.wait_for("看错了");
                ours.press("<enter>");
                settled(&ours, "已保存");
                assert_eq!(newest(&place), (Some(148), 2, false));
            }
        }
        is_clean(&place);
    }
}

#[test]
fn a_visit_withdrawn_meanwhile_is_not_corrected_and_what_was_typed_stands() {
    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = correcting(&place, "王建国", "148/92");
        let theirs = withdrawing(&place, "赵明");
        collide(
            &ours,
            &theirs,
            ("<enter>", "<enter>"),
            &["撤回了这个人的一条记录：录错人"],
        );
        ours.press(choice);
        match choice {
            "1" => settled(&ours, "往次记录"),
            "2" => {
                settled(&ours, "这条记录已经撤回");
                ours.wait_for("[148/ 92]");
            }
            _ => {
                settled(&ours, "已被对方撤回");
                ours.wait_for("[148/ 92]");
            }
        }
        assert_eq!(newest(&place), (Some(136), 0, true));
        is_clean(&place);
    }
}

#[test]
fn a_visit_corrected_meanwhile_is_withdrawn_only_by_who_has_seen_it() {
    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = withdrawing(&place, "王建国");
        let theirs = correcting(&place, "赵明", "152/94");
        collide(
            &ours,
            &theirs,
            ("<enter>", "<enter>"),
            &["2026-08-20随访高血压152/94"],
        );
        ours.press(choice);
        match choice {
            "1" => {
                settled(&ours, "更正1次");
                assert_eq!(newest(&place), (Some(152), 1, false));
            }
            "2" => {
                settled(&ours, "已撤回");
                assert_eq!(newest(&place), (Some(152), 1, true));
            }
            _ => {
                // The reason stands, and what it would withdraw now.
                settled(&ours, "随访 高血压 152/94");
                ours.wait_for("录错人");
                ours.press("<enter>");
                ours.wait_for("已撤回");
                assert_eq!(newest(&place), (Some(152), 1, true));
            }
        }
        is_clean(&place);
    }
}

#[test]
fn nobody_is_visited_after_a_death_recorded_meanwhile() {
    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = visiting(&place, "王建国");
        let theirs = deed(&place, "赵明", "6", "死因", "<enter>脑卒中<enter>1");
        collide(&ours, &theirs, ("<f2><f2>", "<f2>"), &["退出死亡"]);
        ours.press(choice);
        match choice {
            "1" => settled(&ours, "成员 2"),
            "2" => {
                settled(&ours, "张德福已迁出、死亡或作废");
                ours.wait_for("[138/ 86]");
            }
            _ => {
                settled(&ours, "死亡，之后不再记随访");
                ours.wait_for("[138/ 86]");
            }
        }
        assert_eq!(newest(&place), (None, 0, false));
        is_clean(&place);
    }
}

#[test]
fn a_visit_of_somebody_moved_away_meanwhile_asks() {
    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = visiting(&place, "王建国");
        let theirs = deed(&place, "赵明", "5", "去向", "县城<enter><enter>1");
        collide(&ours, &theirs, ("<f2><f2>", "<f2>"), &["退出"]);
        ours.press(choice);
        match choice {
            "1" => settled(&ours, "成员 2"),
            "2" => {
                settled(&ours, "张德福已迁出、死亡或作废");
                ours.wait_for("[138/ 86]");
            }
            _ => ours.wait_for("[138/ 86]"),
        }
        assert_eq!(newest(&place), (None, 0, false));
        is_clean(&place);
    }
}

#[test]
fn a_split_and_a_visit_do_not_disturb_each_other_and_two_splits_do() {
    let place = clinic();
    let visit = visiting(&place, "王建国");
    let split = deed(&place, "赵明", "2", "哪些人分出去", "3<enter>3");
    split.press("<f2>");
    split.wait_for("已保存 分户");
    visit.press("<f2><f2>");
    visit.wait_for("已保存 张德福");
    assert_eq!(newest(&place), (Some(138), 0, false));
    is_clean(&place);

    for choice in ["1", "2", "3"] {
        let place = clinic();
        let ours = deed(&place, "王建国", "2", "哪些人分出去", "2<enter>2");
        let theirs = deed(&place, "赵明", "2", "哪些人分出去", "3<enter>3");
        collide(&ours, &theirs, ("<f2>", "<f2>"), &[]);
        ours.press(choice);
        let households = match choice {
            "1" => {
                settled(&ours, "成员 2");
                2
            }
            "2" => {
                settled(&ours, "已保存 分户");
                3
            }
            _ => {
                settled(&ours, "别的窗口改过这户");
                ours.press("<f2>");
                settled(&ours, "已保存 分户");
                3
            }
        };
        assert_eq!(place.ask("check").json()["households"], households);
        is_clean(&place);
    }
}

#[test]
fn what_one_window_saves_the_other_shows_by_itself() {
    let place = clinic();
    let ours = at_home(&place, "王建国");
    let theirs = visiting(&place, "赵明");
    theirs.press("<f2><f2>");
    theirs.wait_for("已保存");
    ours.wait_for("138/86");
}

#[test]
fn a_window_killed_while_it_saves_holds_nobody_up() {
    for wait in [0, 2, 4, 8, 12, 16, 24, 32] {
        let place = clinic();
        let ours = visiting(&place, "王建国");
        ours.press("<f2>");
        ours.wait_for("就再按一次保存键");
        let theirs = at_home(&place, "赵明");
        ours.press("<f2>");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        ours.signal("KILL");
        // Whatever came of it: the other window records a death, and the store is whole.
        theirs.press("<f6>");
        theirs.wait_for("要办什么");
        theirs.press("1");
        theirs.wait_for("新户主");
        theirs.press("1<f2>");
        theirs.wait("done or asked", |screen| {
            let seen = screen.contents();
            seen.contains("已保存") || seen.contains("别人刚改过")
        });
        is_clean(&place);
    }
}

#[test]
fn a_long_import_leaves_the_other_window_answering() {
    let place = clinic();
    let window = place.window("王建国");
    let mut roster = "姓名,性别,出生日期,组,户主姓名,与户主关系\n".to_owned();
    let (family, given) = ("赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋");
    for first in family.chars() {
        for (at, second) in given.chars().enumerate() {
            for third in given.chars() {
                let name = format!("{first}{second}{third}");
                let born = format!("19{}-03-0{}", 50 + at, 1 + at % 9);
                roster.extend([&name, ",男,", &born, ",7,", &name, ",户主\n"]);
            }
        }
    }
    let path = place.data().join("roster.csv");
    std::fs::write(&path, roster).unwrap();
    let mut import = std::process::Command::new(env!("CARGO_BIN_EXE_cunyi"))
        .args(["import", path.to_str().unwrap(), "--user", "赵明"])
        .env("CUNYI_DATA", place.data())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut answered = 0;
    while import.try_wait().unwrap().is_none() {
        window.press("<f3>");
        window.wait_for("  查户  ");
        window.press("zdf");
        window.wait_for("张德福");
        window.press("<ctrl-u>");
        window.wait("an empty box", |screen| {
            !screen.rows(0, 80).nth(1).unwrap().contains("zdf")
        });
        window.press("<esc>");
        window.wait_for("应访");
        answered += 1;
    }
    assert!(import.wait().unwrap().success());
    assert!(3 <= answered, "answered {answered} times");
    assert!(1_000 < place.ask("check").json()["people"].as_u64().unwrap());
}
