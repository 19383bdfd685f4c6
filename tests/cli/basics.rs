//! Setting up, help, arguments that cannot be read, keys, check.

use super::{Place, Said};

#[test]
fn help_is_whole_in_both_languages() {
    let place = Place::empty();
    let zh = place.run(&["--help"]);
    insta::assert_snapshot!(zh.out);
    assert_eq!(place.run(&["help"]).out, zh.out);
    let visit = place.run(&["visit", "--help"]);
    assert_eq!(place.run(&["help", "visit"]).out, visit.out);
    let en = place.run(&["--lang", "en", "visit", "--help"]);
    insta::assert_snapshot!(en.out);
    assert_eq!((zh.code, en.code), (0, 0));
}

#[test]
fn an_argument_that_cannot_be_read_is_named_in_the_users_language() {
    let place = Place::new();
    let said = place.run(&["serch", "王"]);
    insta::assert_snapshot!(said.err, @"E-ARGUMENT 没有 serch 这个命令。是不是 search？用 --help 查看写法。");
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    let said = place.run(&["--lang", "en", "visit", "--form", "F01"]);
    insta::assert_snapshot!(said.err, @"E-ARGUMENT <PERSON> is missing. See --help.");
    assert_eq!(said.code, 1);
    let said = place.run(&["queue", "--date", "明天", "--json"]);
    assert_eq!(said.refused(), "E-DATE");
    assert_eq!(said.json()["refused"]["field"], "--date");
    insta::assert_snapshot!(said.err, @"E-DATE --date 的日期“明天”不对，请写成 2026-11-22 或 11-22。");
    let said = place.run(&["queue", "--lang", "fr"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("fr"), "{said:?}");
    let said = place.run(&["queue", "--dat", "2026-11-21", "--json"]);
    assert_eq!(said.refused(), "E-ARGUMENT");
}

#[test]
fn nothing_is_asked_of_a_folder_without_a_clinic() {
    let place = Place::empty();
    let said = place.ask("queue");
    assert_eq!(said.refused(), "E-NOT-SET-UP");
    assert!(!place.data().exists());
}

#[test]
fn a_clinic_is_set_up_once() {
    let place = Place::new();
    let again = place.ask("init --clinic 别处 --village 石桥村 --doctor 刘德才");
    assert_eq!(again.refused(), "E-SET-UP");
    let other = Place::empty();
    let bad = other.ask("init --clinic 石桥 --village 石桥村=5299 --doctor 刘德才");
    assert_eq!(bad.refused(), "E-INPUT");
    assert_eq!(bad.json()["refused"]["field"], "village_code");
    // What was refused stands in nobody's way.
    let good = other.ask("init --clinic 石桥 --village 石桥村 --doctor 刘德才");
    assert_eq!(good.code, 0, "{good:?}");
    assert_eq!(good.json()["clinic"], "石桥");
}

#[test]
fn the_day_is_moved_in_a_practice_clinic_only() {
    let real = Place::empty();
    let refused =
        real.ask("init --clinic 石桥 --village 石桥村 --doctor 刘德才 --today 2026-11-21");
    assert_eq!(refused.refused(), "E-PRACTICE");
    real.ask("init --clinic 石桥 --village 石桥村 --doctor 刘德才");
    assert_eq!(real.ask("queue --today 2026-11-21").refused(), "E-PRACTICE");
    let practice = Place::new();
    assert_eq!(practice.ask("queue").json()["date"], "2026-11-21");
    let moved = practice.ask("queue --today 2026-12-01");
    assert_eq!(moved.json()["date"], "2026-12-01");
}

#[test]
fn whoever_works_is_named() {
    let place = Place::new();
    let person = place.patient();
    let stranger = place.ask(&format!("enrol {person} dm --user 无名氏"));
    assert_eq!(stranger.refused(), "E-STAFF");
    let doctor = place.ask(&format!("enrol {person} dm --user 王建国"));
    assert_eq!(doctor.code, 0, "{doctor:?}");
}

#[test]
fn a_check_counts_and_names_what_is_damaged() {
    let place = Place::new();
    place.patient();
    let said = place.run(&["check"]);
    insta::assert_snapshot!(said.out, @"
    日志记录    3
    人          1
    户          1
    随访等记录  1
    签约协议    0
    数据文件    1 MB
    完好：每条记录都连得上，各表与日志重放一致。
    ");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json = place.ask("check").json();
    let counts = ["ok", "people", "households", "visits", "agreements"].map(|key| &json[key]);
    assert_eq!(serde_json::to_string(&counts).unwrap(), "[true,1,1,1,0]");
}

#[cfg(unix)]
#[test]
fn the_data_belong_to_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&place.data()) & 0o777, 0o700);
    std::fs::set_permissions(place.data(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let said = place.ask("queue");
    assert_eq!(said.code, 0);
    assert!(said.err.contains("chmod -R go="), "{said:?}");
}

#[test]
fn keys_are_a_table_and_a_files_faults_all_have_lines() {
    let place = Place::empty();
    let table = place.run(&["keys"]);
    assert!(table.out.starts_with("画面"), "{}", table.out);
    let vim = place.run(&["keys", "--keymap", "vim", "--json"]);
    assert!(vim.json()["keys"].as_array().unwrap().len() > 20);
    let file = place.folder.path().join("own.toml");
    std::fs::write(&file, "[queue]\ndown = [\"f99\"]\n[nowhere]\nx = []\n").unwrap();
    let said = place.run(&["--lang", "en", "keys", "--check", file.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("line 2") && said.err.contains("line 3"),
        "{said:?}"
    );
    std::fs::write(&file, "[queue]\ndown = [\"down\", \"ctrl-n\"]\n").unwrap();
    let said = place.run(&["keys", "--check", file.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn the_window_needs_a_terminal() {
    let Said { code, err, .. } = Place::new().run(&[]);
    assert_eq!(code, 1);
    assert!(err.contains("E-TERMINAL"), "{err}");
}
