//! What is recorded on the command line, and what is refused.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{Change, Command as Asked, Request, request::KeptForm},
    domain::{
        form::{FilledForm, Mark},
        id::{PersonId, StaffId},
        value::{Answers, Value},
    },
};

use super::{Place, f01, run, visit};
use crate::support::clinic::day;

#[test]
fn a_visit_is_recorded_and_decided() {
    let place = Place::new();
    let person = place.patient();
    let said = run(&place, &visit(person, "2026-11-21", "138", "86"));
    insta::assert_snapshot!(said.out, @r#"{"alerts":[],"class":1,"class_htn":1,"completed":["htn_visit"],"id":"v2","person":"p1","redecided":[],"rules":["H6"],"tasks":[{"due":"2027-02-21","earliest":"2027-02-07","kind":"htn_visit","latest":"2027-03-07"}]}"#);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let other = place.patient_two();
    let mut arguments = visit(other, "2026-11-21", "152", "94");
    arguments.retain(|argument| argument != "--json");
    insta::assert_snapshot!(run(&place, &arguments).out, @"
    已记  v4
    分类  控制不满意
    依据  H5
    条款  首次血压未达标或有药物不良反应:调整治疗,2周内随访
    提醒  调整治疗,2周内随访
    完成  高血压
    下次  高血压 2026-12-05 (可提前 2026-11-22, 最迟 2026-12-05)
    ");
}

#[test]
fn two_forms_share_what_both_ask() {
    let place = Place::new();
    let person = place.patient();
    place.ask(&format!("enrol {person} 糖尿病 --date 2026-08-01"));
    let mut arguments = visit(person, "2026-11-21", "138", "86");
    let more = [
        "--form",
        "F02",
        "--set",
        "F02.fbg=6.1",
        "--set",
        "F02.symptoms=1",
        "--set",
        "dorsalis_pedis=1",
        "--set",
        "staple=300",
        "--set",
        "hypo=1",
    ];
    arguments.extend(more.map(str::to_owned));
    let said = run(&place, &arguments);
    assert_eq!(said.code, 0, "{said:?}");
    let json = said.json();
    assert_eq!(
        (&json["class_htn"], &json["class_dm"]),
        (&1.into(), &1.into())
    );
    let shown = place.ask("show p1").json();
    let forms = shown["contacts"][2]["forms"].as_array().unwrap();
    let pressures: Vec<_> = forms.iter().map(|form| &form["answers"]["sbp"]).collect();
    assert_eq!(pressures, [138, 138]);
}

#[test]
fn every_wrong_answer_is_named_at_once() {
    let place = Place::new();
    let person = place.patient();
    let mut arguments = visit(person, "2026-11-21", "138", "386");
    arguments.retain(|argument| argument != "heart_rate=74" && argument != "--json");
    let at = arguments
        .iter()
        .rposition(|argument| argument == "--set")
        .unwrap();
    arguments.insert(at, "--set".into());
    arguments.insert(at + 1, "salt=1".into());
    arguments.retain(|argument| argument != "psych=1");
    let doubled: Vec<String> = clean(arguments);
    let said = run(&place, &doubled);
    insta::assert_snapshot!(said.err, @"
    E-RANGE 舒张压 dbp：超出可能的范围 30～200，请核对。
    舒张压 dbp：舒张压不低于收缩压，请核对。
    心率 heart_rate：还没填。
    心理调整 psych：还没填。
    ");
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    let mut english = doubled;
    english.splice(0..0, ["--lang".to_owned(), "en".to_owned()]);
    insta::assert_snapshot!(run(&place, &english).err, @"
    E-RANGE Diastolic dbp: Outside what is possible, 30 to 200; please check.
    Diastolic dbp: Diastolic is not below systolic; please check.
    Heart rate heart_rate: Not answered yet.
    Mood psych: Not answered yet.
    ");
}

/// Drops a `--set` that lost its answer.
fn clean(arguments: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for argument in arguments {
        if argument == "--set" && kept.last().is_some_and(|last| last == "--set") {
            continue;
        }
        kept.push(argument);
    }
    if kept.last().is_some_and(|last| last == "--set") {
        kept.pop();
    }
    kept
}

#[test]
fn a_setting_that_means_nothing_is_named() {
    let place = Place::new();
    let person = place.patient();
    let line = format!("visit {person} --form F01 --set sbp --set nonsense=1 --set mode=9");
    let said = place.ask(&line);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.err, @"
    E-INPUT --set sbp：应写成 项目=内容，如 sbp=152。
    --set nonsense=1：F01 里没有这一项，请核对写法。
    --set mode=9：没有“9”这个选项。
    ");
    let form = place.ask(&format!("visit {person} --form F99"));
    assert_eq!(form.refused(), "E-FORM-NONE");
}

#[test]
fn an_unusual_value_is_asked_about_once() {
    let place = Place::new();
    let person = place.patient();
    let mut arguments = visit(person, "2026-11-21", "206", "86");
    let said = run(&place, &arguments);
    assert_eq!(said.refused(), "W-RANGE");
    assert!(said.err.contains("--confirm"), "{said:?}");
    arguments.push("--confirm".to_owned());
    let said = run(&place, &arguments);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.json()["alerts"][0], "urgent_referral");
}

#[test]
fn one_line_records_the_same() {
    let place = Place::new();
    let person = place.patient();
    let line = "门诊 138/86 p74 w66.5 无异常 吸烟0 饮酒0 运动3 每次30 摄盐1";
    let said = place.run(&["visit", "p1", "--form", "F01", "--line", line, "--json"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.json()["class"], 1);
    let wrong = place.run(&["visit", "p1", "--form", "F01", "--line", "138/86 胡写"]);
    assert_eq!(wrong.code, 1);
    insta::assert_snapshot!(wrong.err, @"E-LINE --line：看不懂“胡写”，整行没有记。");
    assert_eq!(person.to_string(), "p1");
}

#[test]
fn a_correction_decides_the_later_visits_anew() {
    let place = Place::new();
    let person = place.patient();
    let first = run(&place, &visit(person, "2026-08-20", "138", "86")).json();
    let second = run(&place, &visit(person, "2026-11-20", "152", "94")).json();
    assert_eq!(second["rules"], serde_json::json!(["H5"]));
    let id = first["id"].as_str().unwrap();
    let said = place.ask(&format!("correct {id} --set sbp=156 --reason 抄错"));
    assert_eq!(said.code, 0, "{said:?}");
    let json = said.json();
    assert_eq!(
        (&json["class"], &json["redecided"][0]),
        (&2.into(), &second["id"])
    );
    let shown = place.ask("show p1").json();
    assert_eq!(shown["contacts"][2]["rules"], serde_json::json!(["H4"]));
    let none = place.ask(&format!("correct {id} --set sbp=156 --reason "));
    assert_eq!(none.refused(), "E-REASON");
    let withdrawn = place.ask(&format!("withdraw {id} --reason 记错人"));
    assert_eq!(withdrawn.code, 0, "{withdrawn:?}");
    let again = place.ask(&format!("withdraw {id} --reason 记错人"));
    assert_eq!(again.refused(), "E-VISIT-WITHDRAWN");
    let shown = place.ask("show p1").json();
    assert_eq!(shown["contacts"][2]["rules"], serde_json::json!(["H5"]));
    assert_eq!(place.ask("check").json()["ok"], true);
}

#[test]
fn a_visit_that_did_not_happen_is_told_as_it_was() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-08-20", "138", "86"));
    let tried = |result: &str| {
        place.ask(&format!(
            "attempt {person} --task htn_visit --result {result}"
        ))
    };
    let said = tried("not_home").json();
    assert_eq!(said["rules"], serde_json::json!(["U1"]));
    assert_eq!(said["tasks"][0]["due"], "2026-11-28");
    assert_eq!(
        tried("refused").json()["alerts"],
        serde_json::json!(["refused"])
    );
    let said = tried("done_elsewhere");
    assert_eq!(
        (
            said.refused().as_str(),
            said.json()["refused"]["field"].as_str()
        ),
        ("E-MISSING", Some("--evidence"))
    );
    let line = "done_elsewhere --place 县医院 --evidence paper --set sbp=136 --set dbp=82";
    let said = tried(line);
    assert_eq!(said.json()["tasks"][0]["due"], "2027-02-21", "{said:?}");
    assert_eq!(tried("asleep").refused(), "E-CODE");
    let moved = tried("moved --to 县城");
    assert_eq!(moved.code, 0, "{moved:?}");
    assert_eq!(moved.json()["tasks"], serde_json::json!([]));
    assert_eq!(tried("not_home").refused(), "E-PER-GONE");
}

#[test]
fn a_referral_is_asked_after() {
    let place = Place::new();
    let person = place.patient();
    let none = place.ask(&format!("referral {person} --result 1"));
    assert_eq!(none.refused(), "E-REF-NONE");
    let mut urgent = visit(person, "2026-11-20", "186", "112");
    urgent.push("--confirm".into());
    let said = run(&place, &urgent).json();
    assert_eq!(said["tasks"][0]["kind"], "referral_check");
    let said = place.ask(&format!("referral {person} --result 3")).json();
    assert_eq!(said["rules"], serde_json::json!(["R4"]));
    let said = place.ask(&format!("referral {person} --result 1")).json();
    assert_eq!(said["completed"], serde_json::json!([]), "{said}");
    assert_eq!(
        place
            .ask(&format!("referral {person} --result 7"))
            .refused(),
        "E-CODE"
    );
}

#[test]
fn programmes_are_entered_and_left() {
    let place = Place::new();
    let person = place.patient();
    let again = place.ask(&format!("enrol {person} htn"));
    assert_eq!(again.refused(), "E-PROG-IN");
    assert_eq!(
        place.ask(&format!("enrol {person} copd")).refused(),
        "E-PROGRAMME"
    );
    let young = place.ask(&format!("enrol {person} child"));
    assert_eq!(young.refused(), "E-PROG-WHO");
    let notice = "--set notice=2026-11-20";
    let entered = place.ask(&format!("enrol {person} tb {notice}"));
    assert_eq!(entered.json()["tasks"][1]["due"], "2026-11-23");
    let left = place.ask(&format!("leave {person} tb --reason delivered"));
    assert_eq!(left.refused(), "E-CODE");
    let left = place.ask(&format!("leave {person} tb --reason transferred"));
    assert_eq!(left.json()["tasks"].as_array().unwrap().len(), 1);
    let young = place.person("李小宝", "2005-03-01");
    assert_eq!(
        place.ask(&format!("enrol {young} htn")).refused(),
        "E-PROG-AGE"
    );
    let said = place.ask(&format!("enrol {young} htn --reason 肾性高血压"));
    assert_eq!(said.code, 0, "{said:?}");
    let left = place.ask(&format!("leave {young} htn"));
    assert_eq!(left.json()["tasks"], serde_json::json!([]));
    assert_eq!(
        place.ask(&format!("leave {young} htn")).refused(),
        "E-PROG-NONE"
    );
}

#[test]
fn the_answers_of_the_last_visit_are_taken_over_when_confirmed() {
    let place = Place::new();
    let person = place.patient();
    let first = run(&place, &visit(person, "2026-08-20", "138", "86"));
    assert_eq!(first.code, 0, "{first:?}");
    let line = format!("visit {person} --form F01 --set sbp=136 --set dbp=84");
    let more = " --set mode=1 --set symptoms=1 --set heart_rate=72 --set weight=66.0 --set psych=1 --set compliance_behaviour=1 --set adherence=1 --set adr=1 --set compl=1";
    let said = place.ask(&format!("{line}{more}"));
    assert_eq!(said.code, 1);
    assert!(said.err.contains("--confirm"), "{said:?}");
    let said = place.ask(&format!("{line}{more} --confirm"));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!f01("1", "1").is_empty());
}

#[test]
fn an_attempt_keeps_how_it_failed() {
    let place = Place::new();
    let person = place.patient();
    for result in ["not_home", "no_answer"] {
        let said = place.ask(&format!("attempt {person} --result {result}"));
        assert_eq!(said.code, 0, "{said:?}");
    }
    let shown = place.ask(&format!("show {person}")).json();
    let contacts = shown["contacts"].as_array().unwrap();
    let missed: Vec<&str> = contacts
        .iter()
        .filter_map(|c| c["happening"]["not_reached"]["missed"].as_str())
        .collect();
    assert_eq!(missed, ["not_home", "no_answer"]);
    let said = place.run(&["show", &person.to_string()]).out;
    assert!(
        said.contains("未遇：不在家") && said.contains("未遇：电话没人接"),
        "{said}"
    );
}

#[test]
fn a_change_decided_on_what_others_changed_since_is_stale() {
    let place = Place::new();
    let person = place.patient();
    let seen = place.ask(&format!("show {person}")).json()["seen"].clone();
    let mut first = visit(person, "2026-11-10", "138", "86");
    first.extend(["--seen".to_owned(), seen.to_string()]);
    let recorded = run(&place, &first);
    assert_eq!(recorded.code, 0, "{recorded:?}");
    let id = recorded.json()["id"].as_str().unwrap().to_owned();

    let attempt = place.ask(&format!("attempt {person} --result not_home --seen {seen}"));
    assert_eq!(attempt.refused(), "E-STALE");
    let correct = place.ask(&format!(
        "correct {id} --set sbp=140 --reason 记错 --seen {seen}"
    ));
    assert_eq!(correct.refused(), "E-STALE");
    let withdraw = place.ask(&format!("withdraw {id} --reason 记错 --seen {seen}"));
    assert_eq!(withdraw.refused(), "E-STALE");
    let mut second = visit(person, "2026-11-21", "138", "86");
    second.extend(["--seen".to_owned(), seen.to_string()]);
    assert_eq!(run(&place, &second).refused(), "E-STALE");

    let now = place.ask("queue").json()["seen"].clone();
    let correct = place.ask(&format!(
        "correct {id} --set sbp=140 --reason 记错 --seen {now}"
    ));
    assert_eq!(correct.code, 0, "{correct:?}");
    let unread = place.ask(&format!("attempt {person} --result not_home"));
    assert_eq!(unread.code, 0, "{unread:?}");
}

#[test]
fn the_queue_of_one_doctor_stands_alone() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-08-20", "136", "84"));
    let nobody = place.ask("queue --doctor 陈志明");
    assert_eq!(nobody.refused(), "E-CODE");
    let own = place.ask("queue --doctor 王建国").json();
    assert_eq!(own["rows"], serde_json::json!([]));
    assert_eq!(own["counts"]["due"], 0);
    let without = place.run(&["queue", "--doctor", "", "--json"]).json();
    assert_eq!(without["rows"][0]["name"], "李国强");
    assert_eq!(without["counts"]["due"], 1);
}

/// Somebody answered one question of a form and left it for the others.
fn left_open(place: &Place, person: PersonId, key: &str, value: Value) {
    let now = FilledForm {
        form: "F01".to_owned(),
        edition: "3".to_owned(),
        visit: day("2026-11-21"),
        answers: Answers::from([
            // As the form opens.
            ("bp_source".to_owned(), Value::Code("1".to_owned())),
            (key.to_owned(), value),
        ]),
        marks: BTreeMap::from([(key.to_owned(), Mark::Typed)]),
        confirmed: BTreeSet::new(),
    };
    let forms = vec![KeptForm { before: None, now }];
    let change = Change {
        id: "left open".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Asked::KeepForms { person, forms },
    };
    place
        .desk()
        .ask(&Request::Change(Box::new(change)))
        .unwrap();
}

#[test]
fn a_form_in_progress_is_gone_on_with() {
    let place = Place::new();
    let person = place.patient();
    left_open(&place, person, "psych", Value::Code("2".to_owned()));
    let mut arguments = visit(person, "2026-11-21", "138", "86");
    let at = arguments.iter().position(|a| a == "psych=1").unwrap();
    arguments.drain(at - 1..=at);
    let said = run(&place, &arguments);
    assert_eq!(said.code, 0, "{said:?}");
    let shown = place.ask("show p1").json();
    let answers = &shown["contacts"][1]["forms"][0]["answers"];
    assert_eq!(
        (&answers["psych"], &answers["sbp"]),
        (&"2".into(), &138.into())
    );
    assert_eq!(place.ask("check").code, 0);
    // Recorded, it is in progress no more: the next visit begins anew.
    let mut again = visit(person, "2026-11-20", "138", "86");
    again.drain(at - 1..=at);
    assert_eq!(run(&place, &again).refused(), "E-MISSING");
}
