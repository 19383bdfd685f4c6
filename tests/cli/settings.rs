//! The clinic's settings from the command line.

use super::Place;

#[test]
fn settings_are_listed_with_what_they_may_be() {
    let place = Place::new();
    let listed = place.run(&["settings"]);
    let lines: Vec<&str> = listed.out.lines().collect();
    insta::assert_snapshot!(lines[..4].join("\n"), @"
    部分        项目                        改  现值         默认         范围                             做什么
    高血压      htn.target                      140/90 mmHg  140/90 mmHg  110/60～180/110                  血压控制目标
    高血压      htn.target_elderly              150/90 mmHg  150/90 mmHg  110/60～180/110                  老年人血压控制目标
    高血压      htn.elderly_age                 65岁         65岁         60～100                          按老年人目标的年龄
    ");
    insta::assert_snapshot!(lines[44], @"重点人群    key.include_k11                 是           是           是/否                            监测户重点人员(K11)计入重点人群");
    let (agreements, access) = lines.get(45..).unwrap_or_default().split_at(18);
    assert!(agreements.iter().all(|line| line.starts_with("签约")));
    assert!(access.iter().all(|line| line.starts_with("登录")));
    assert_eq!(access.len(), 1);
    let english = place.run(&["--lang", "en", "settings"]);
    let lines: Vec<&str> = english.out.lines().collect();
    insta::assert_snapshot!(lines[..4].join("\n"), @"
    section           key                         own  value          default        range                     what
    Hypertension      htn.target                       140/90 mmHg    140/90 mmHg    110/60-180/110            Blood pressure target
    Hypertension      htn.target_elderly               150/90 mmHg    150/90 mmHg    110/60-180/110            Blood pressure target of older persons
    Hypertension      htn.elderly_age                  65 years       65 years       60-100                    Age from which the older persons' target holds
    ");
    let json = place.ask("settings").json();
    assert_eq!(json["edition"], 0);
    assert_eq!(json["settings"][4]["key"], "htn.unsat_days");
    assert_eq!(json["settings"][4]["low"], "14");
}

#[test]
fn a_change_says_first_what_it_moves_and_then_who_made_it() {
    let place = Place::new();
    let dry = place.run(&["settings", "set", "htn.unsat_days=21", "--dry-run"]);
    insta::assert_snapshot!(dry.out, @"
    htn.unsat_days  14 → 21
    没有到期日因此变动。
    今天的名单不变。
    只是预览，没有改。
    ");
    assert_eq!(place.ask("settings").json()["edition"], 0);
    let done = place
        .ask("settings set htn.unsat_days=21 dm.fbg_target=6.5")
        .json();
    assert_eq!(done["edition"], 2);
    assert_eq!(done["due_moved"], 0);
    insta::assert_snapshot!(place.run(&["settings", "history"]).out, @"
    从          经手    项目            原值  现值
    2026-11-21  王建国  dm.fbg_target   7.0   6.5
    2026-11-21  王建国  htn.unsat_days  14    21
    ");
    insta::assert_snapshot!(place.run(&["--lang", "en", "settings", "set", "dm.fbg_target=7.0"]).out, @"
    dm.fbg_target  6.5 → 7.0
    No due date moves.
    Today's lists stay as they are.
    ");
    let history = place.ask("settings history dm.fbg_target").json();
    assert_eq!(history["history"][0]["before"], "6.5");
    assert_eq!(history["history"][0]["by"], "王建国");
    assert_eq!(place.ask("check").json()["ok"], true);
}

#[test]
fn wrong_values_are_refused_all_at_once() {
    let place = Place::new();
    let refused = place.run(&[
        "settings",
        "set",
        "htn.unsat_days=40",
        "dm.fbg_target=low",
        "no=1",
    ]);
    assert_eq!(refused.code, 1);
    insta::assert_snapshot!(refused.err, @"
    E-SETTING htn.unsat_days=40：应在14到28之间。
    dm.fbg_target=low：看不懂这个值，请照默认值的写法。
    no=1：没有这项设置。
    ");
    assert_eq!(
        place.ask("settings set htn.unsat_days=40").refused(),
        "E-SETTING"
    );
    assert_eq!(
        place.ask("settings set htn.unsat_days").refused(),
        "E-INPUT"
    );
    assert_eq!(place.ask("settings history no.key").refused(), "E-SETTING");
}
