//! `cunyi import` asked to end, and killed: nothing or everything is in the store, and the next
//! start finds it sound.

use std::process::{Command, Output};

use cunyi::{
    desk::{Folder, Question, Reception, Reply, Seat, entrance::Password},
    domain::roster::ImportStage,
};

use super::{Clinic, command::Home, lines};
use crate::support::{
    clinic::catalog,
    kill::{KILLS, Moments},
    pty::Pty,
};

/// A roster of this many people, four a household, as lines of text.
fn many(people: usize) -> String {
    let surnames = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵"];
    let given = ["国强", "秀英", "建军", "桂兰", "海燕", "志明", "春花"];
    let mut text = "户编号,户主姓名,与户主关系,姓名,性别,出生日期,组,人群分类\n".to_owned();
    for number in 0..people {
        let (home, member) = (number / 4, number % 4);
        let head = format!("{}{}", surnames[home % 8], given[home % 7]);
        let own = format!("{}{}", surnames[number % 8], given[number / 8 % 7]);
        let (relation, name) = match member {
            0 => ("户主", &head),
            1 => ("配偶", &own),
            _ => ("其他", &own),
        };
        let sex = if number % 2 == 0 { "男" } else { "女" };
        let (year, month) = (1930 + number % 70, 1 + number % 12);
        let tag = if number % 5 == 0 { "高血压" } else { "" };
        let row = format!(
            "{home},{head},{relation},{name},{sex},{year}-{month:02}-03,{},{tag}\n",
            home % 9 + 1
        );
        text.push_str(&row);
    }
    text
}

fn importing(home: &Home, file: &str, request: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("cunyi"));
    command.args(["import", home.path(file).to_str().unwrap(), "--enrol"]);
    command.args(["--request", request, "--lang", "zh"]);
    command.args(["--data", home.path("data").to_str().unwrap()]);
    command.env("CUNYI_PASSWORD_FILE", home.path("password.txt"));
    command
}

fn people(home: &Home) -> u64 {
    struct Clock;
    impl cunyi::domain::clock::Clock for Clock {
        fn now(&self) -> i64 {
            1_795_226_400_000
        }
    }
    let folder = Folder::at(home.path("data"));
    let seat = Seat {
        clock: std::sync::Arc::new(Clock),
        catalog: catalog(),
        window: "t".to_owned(),
        today: None,
    };
    let password = Password::of("tian-qi-hao");
    let reception = Reception::of(&folder, seat);
    let desk = reception.sign_in("王建国", &password).unwrap();
    assert_eq!(desk.check(|_| true).unwrap().checked.faults, Vec::new());
    match desk.answer(&Question::Overview).unwrap() {
        Reply::Overview(overview) => overview.people,
        other => panic!("{other:?}"),
    }
}

/// Every place where an import may be stopped, one after the other.
#[test]
fn an_import_stopped_at_any_look_leaves_nothing() {
    let mut clinic = Clinic::new();
    let before = clinic.head();
    let text = many(1_200);
    let rows: Vec<&str> = text.lines().collect();
    let change = clinic.request(cunyi::desk::Command::Import {
        roster: lines(&rows),
        enrol: cunyi::desk::request::Accepted::All,
        gauge: None,
    });
    let mut stages = Vec::new();
    let whole = clinic.desk.prepare_import(&change, &mut |at| {
        stages.push(at.stage);
        true
    });
    drop(whole.unwrap());
    let looks = stages.len() + 3;
    for stop_at in 0..looks {
        let (mut look, mut last) = (0, ImportStage::Comparing);
        let stopped = clinic.desk.import(&change, &mut |at| {
            look += 1;
            last = at.stage;
            look <= stop_at
        });
        assert!(stopped.is_err(), "look {stop_at} of {looks}");
        assert_eq!(clinic.head(), before);
        stages.push(last);
    }
    let count = |stage| stages.iter().filter(|at| **at == stage).count();
    let (comparing, writing) = (count(ImportStage::Comparing), count(ImportStage::Writing));
    println!("stopped {looks} times, {writing} of them while writing");
    assert!(10 < comparing && 2 < writing, "{comparing} {writing}");
    clinic.is_clean();
    assert_eq!(
        clinic
            .desk
            .import(&change, &mut |_| true)
            .unwrap()
            .people
            .len(),
        1_200
    );
    clinic.is_clean();
}

/// Another window founds a village whenever a comparison begins: three times the import gives
/// way, then it is worked out under the lock. The numbers it gives out are never taken twice.
#[test]
fn an_import_overtaken_by_another_window_is_worked_out_again() {
    for overtaken in [1, 3, 4] {
        let mut clinic = Clinic::new();
        let other = clinic.second_window();
        let text = many(40);
        let rows: Vec<&str> = text.lines().collect();
        let change = clinic.request(cunyi::desk::Command::Import {
            roster: lines(&rows),
            enrol: cunyi::desk::request::Accepted::All,
            gauge: None,
        });
        let mut written = 0;
        let done = clinic.desk.import(&change, &mut |at| {
            let begins = at.stage == ImportStage::Comparing && at.done == 0;
            if begins && written < overtaken {
                written += 1;
                let village = cunyi::desk::Change {
                    id: format!("village/{written}"),
                    command: cunyi::desk::Command::AddVillage {
                        name: format!("{written}号村"),
                        code: None,
                    },
                    ..change.clone()
                };
                other.change(&village).unwrap();
            }
            true
        });
        assert_eq!(done.unwrap().people.len(), 40);
        assert_eq!(written, overtaken);
        assert_eq!(clinic.people().len(), 40);
        clinic.is_clean();
        let again = other.change(&change).unwrap();
        assert_eq!(again.people.len(), 40, "the first reply");
        assert_eq!(clinic.people().len(), 40);
    }
}

/// Ctrl-C and SIGTERM while the stage stands on the terminal.
#[test]
fn an_import_asked_to_end_says_so_and_leaves_nothing() {
    let home = Home::new();
    std::fs::write(home.path("many.csv"), many(2_000)).unwrap();
    let mut left = 0;
    'asking: for stage in ["正在读取", "正在与已有资料比对", "正在写入"] {
        for signal in ["INT", "TERM"] {
            let plain = importing(&home, "many.csv", "asked");
            let mut command = portable_pty::CommandBuilder::new(plain.get_program());
            command.args(plain.get_args());
            for (name, value) in plain.get_envs() {
                command.env(name, value.unwrap_or_default());
            }
            let pty = Pty::start(command);
            pty.wait_for(stage);
            pty.signal(signal);
            let (code, said) = pty.ends_clean();
            let kept = people(&home);
            match code {
                2 => {
                    assert!(said.contains("什么都没有"), "{stage} {signal}: {said}");
                    assert_eq!(kept, 0, "{stage} {signal}");
                    left += 1;
                }
                // Asked when all was in and only the disk was waited for.
                0 => {
                    assert_eq!((stage, kept), ("正在写入", 2_000), "{said}");
                    break 'asking;
                }
                other => panic!("{other}: {said}"),
            }
        }
    }
    println!("asked to end {left} times");
    assert!(4 <= left);
}

#[test]
fn a_killed_import_stands_whole_or_not_at_all() {
    let mut moments = Moments::new(5);
    let mut home = prepared();
    let (mut whole, mut turn) = (0, 0);
    let usual: Output = moments.whole(importing(&prepared(), "some.csv", "usual"));
    assert!(usual.status.success());
    while moments.go_on() {
        turn += 1;
        let request = format!("import/{turn}");
        let (said, _) = moments.strike(importing(&home, "some.csv", &request));
        let kept = people(&home);
        assert!(kept == 0 || kept == 300, "{kept}");
        assert!(kept == 300 || !said.contains("已导入"), "{said}");
        let is_last = kept == 300 || moments.struck == KILLS;
        if is_last {
            // The same request once more, whatever became of the first.
            let again = moments.whole(importing(&home, "some.csv", &request));
            assert!(again.status.success(), "{again:?}");
            assert_eq!(people(&home), 300);
            whole += usize::from(kept == 300);
            home = prepared();
        }
    }
    println!(
        "{} of {turn} killed while running, {whole} of them whole",
        moments.struck
    );
    assert!(KILLS <= moments.struck);
}

fn prepared() -> Home {
    let home = Home::new();
    std::fs::write(home.path("some.csv"), many(300)).unwrap();
    home
}
