//! The papers of the consulting room on the command line.

use super::{Place, run, visit};

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

fn register(place: &Place) -> super::Said {
    let line = "visit p1 --form F20 --date 2026-11-21 --set complaint=咳嗽 --set onset=2026-11-19 \
        --set first_visit=1 --set diagnosis=感冒 --set sbp=128 --set dbp=80 --set handling=休息 \
        --set infectious=1 --set address=三组 --confirm --json";
    run(place, &words(line))
}

#[test]
fn the_register_is_written_and_taken_out() {
    let place = Place::new();
    place.person("陈大海", "1975-05-05");
    let said = register(&place);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.json()["completed"], serde_json::json!(["bp_screen"]));
    let file = place.data().join("register.csv");
    let out = file.to_str().unwrap();
    let said = place.run(&["export", "register", "--from", "2026-11-01", "--out", out]);
    assert_eq!(said.code, 0, "{said:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("主诉/症状") && text.contains("感冒"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn referrals_under_way_are_listed_by_their_age() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-11-01", "186", "112"));
    let line = "visit p1 --form F21 --date 2026-11-02 --set to_org=县医院 --set to_dept=内科 \
        --set treatment=降压 --set doctor_phone=15422220001 --set address=三组 --confirm --json";
    let said = run(&place, &words(line));
    assert_eq!(said.code, 0, "{said:?}");
    let list = place.ask("referral list").json();
    insta::assert_snapshot!(list["referrals"][0]);
    insta::assert_snapshot!(place.run(&["referral", "list"]).out);
    assert_eq!(place.ask("referral p1").refused(), "E-CODE");
}

#[test]
fn a_return_slip_closes_the_referral() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-11-01", "186", "112"));
    let line = "visit p1 --form F21_back --date 2026-11-12 --set results=正常 --set plan=服药 \
        --set diagnosis=高血压 --set from_doctor=赵医生 --set address=三组 --confirm --json";
    let said = run(&place, &words(line));
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        said.json()["completed"],
        serde_json::json!(["referral_check"])
    );
    assert_eq!(
        place.ask("referral list").json()["referrals"],
        serde_json::json!([])
    );
}

#[test]
fn the_other_papers_are_recorded_too() {
    let place = Place::new();
    place.person("陈大海", "1975-05-05");
    for line in [
        "visit p1 --form F20_record --date 2026-11-20 --set subjective=咳嗽 --set objective=咽红 \
            --set assessment=感冒 --set plan=休息 --json",
        "visit p1 --form F24 --date 2026-11-21 --set diagnosis=高血压 --set stable=2 \
            --set signed=2 --set drugs=氨氯地平|5mg|1|5|1|1 --set weeks=4 --confirm --json",
    ] {
        let said = run(&place, &words(line));
        assert_eq!(said.code, 0, "{line}\n{said:?}");
    }
    let shown = place.ask("show p1").json();
    let text = shown.to_string();
    assert!(text.contains("rx_review"), "{text}");
}

#[test]
fn a_slip_is_printed_for_the_browser_or_the_printer() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-11-01", "186", "112"));
    let page = place.data().join("slip.html");
    let text = place.data().join("slip.txt");
    let print = |file: &std::path::Path, more: &[&str]| {
        let out = file.to_str().unwrap();
        let mut words = vec!["referral", "print", "p1", "--out", out, "--json"];
        words.extend(more);
        place.run(&words)
    };
    assert_eq!(print(&page, &[]).refused(), "E-SLIP");
    let line = "visit p1 --form F21 --date 2026-11-02 --set to_org=县医院 --set to_dept=内科 \
        --set treatment=降压 --set doctor_phone=15422220001 --set address=三组 --confirm --json";
    assert_eq!(run(&place, &words(line)).code, 0);
    let said = print(&page, &[]);
    assert_eq!(said.json()["form"], "F21", "{said:?}");
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .contains("转入县医院内科")
    );
    assert_eq!(print(&page, &[]).refused(), "E-EXPORT");
    assert_eq!(print(&page, &["--replace"]).code, 0);
    assert_eq!(
        print(&text, &["--encoding", "gb18030", "--lines", "60"]).code,
        0
    );
    let bytes = std::fs::read(&text).unwrap();
    let (read, _, is_faulty) = encoding_rs::GB18030.decode(&bytes);
    assert!(!is_faulty && read.contains("降压") && read.ends_with('\u{c}'));
    assert_eq!(print(&text, &["--back"]).refused(), "E-SLIP");
    assert_eq!(print(&page, &["--format", "pdf"]).refused(), "E-FORMAT");
    assert_eq!(
        place.run(&["referral", "print", "--json"]).refused(),
        "E-ARGUMENT"
    );
    assert_eq!(
        place.run(&["referral", "p1", "p2", "--json"]).refused(),
        "E-ARGUMENT"
    );
}
