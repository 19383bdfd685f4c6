//! Search, queue and show, as tables and as documents.

use super::{Place, run, visit};

#[test]
fn people_are_found_as_typed() {
    let place = Place::new();
    place.patient();
    let said = place.run(&["search", "lgq"]);
    insta::assert_snapshot!(said.out, @"
    编号  姓名    性别年龄  组-门  户主    人群        签约  到期
    p1    李国强  男 58     3-001  李国强  高血压患者        2026-09-01
    ");
    let row = &place.ask("search lgq").json()["rows"][0];
    insta::assert_snapshot!(row, @r#"{"agreement":null,"agreement_id":null,"birth":"1968-02-01","due":"2026-09-01","gone":false,"group":3,"head":"李国强","household":"h1","id":"p1","name":"李国强","place":"3-001","record_no":"52990110310100001","sex":"1","tags":["K04"]}"#);
    let nobody = place.run(&["--lang", "en", "search", "zzz"]);
    insta::assert_snapshot!(nobody.out, @"Nobody found.");
    assert_eq!(nobody.code, 0);
}

#[test]
fn the_queue_tells_who_and_why() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-08-20", "136", "84"));
    let said = place.run(&["queue"]);
    insta::assert_snapshot!(said.out, @"
    2026-11-21  应访1  逾期0  已访0  未遇0  另有 可提前0 顺便1
    状态    编号  姓名    性别年龄  组-门  项目    到期        可等到      缘由
    宽限期  p1    李国强  男 58     3-001  高血压  2026-11-20  2026-12-04  满3个月
    ");
    let json = place.ask("queue").json();
    insta::assert_snapshot!(json["counts"], @r#"{"done":0,"due":1,"early":0,"not_reached":0,"overdue":0,"standing":1}"#);
    insta::assert_snapshot!(json["rows"][0], @r#"{"days_late":1,"doctor":"","due":"2026-11-20","earliest":"2026-11-06","household":"h1","kinds":["htn_visit"],"latest":"2026-12-04","name":"李国强","person":"p1","place":"3-001","priority":4,"promises":[],"reason":"months_passed","reason_text":"满3个月","riding":["htn_exam"],"rule":"H6","status":"grace"}"#);
    let early = place.ask("queue --today 2026-11-10").json();
    assert_eq!(early["rows"], serde_json::json!([]));
    let ahead = place.ask("queue --today 2026-11-10 --days 20").json();
    assert_eq!(ahead["rows"][0]["due"], "2026-11-20");
    let far = place.ask("queue --days 5000");
    assert_eq!(far.refused(), "E-RANGE");
}

#[test]
fn a_person_and_a_household_are_shown_whole() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-11-21", "138", "86"));
    insta::assert_snapshot!(place.run(&["show", "p1"]).out, @"
    编号        p1
    档案编号    52990110310100001
    户          h1 3-001 李国强
    与户主关系  户主
    人群        高血压患者
    高血压      管理中 2026-08-01

    姓名      李国强
    性别      1男
    出生日期  1968-02-01

    下次  高血压 2027-02-21 (可提前 2027-02-07, 最迟 2027-03-07)
    下次  高血压体检 2026-11-01 (可提前 2026-08-01, 最迟 2026-12-31)

    从          到  户        来因  去因
    2020-01-01      h1 3-001  迁入

    改动              经手    记录
    2026-11-21 10:00  王建国  新建了户
    2026-11-21        王建国  建档

    已记  日期        记录        分类      依据  经手
    v1    2026-08-01  纳入高血压            H00   王建国
    v2    2026-11-21  随访        控制满意  H6    王建国
    ");
    insta::assert_snapshot!(place.run(&["--lang", "en", "show", "h1"]).out, @"
    id       h1
    number   101030001
    village  石桥村
    place    3-001
    Group  3

    id  name    relation  sex, age  tags          due
    p1  李国强  户主      male 58   hypertension  2026-11-01

    recorded  date        what                    class       rules  by
    v2        2026-11-21  visit                   Controlled  H6     王建国
    v1        2026-08-01  enrolled: Hypertension              H00    王建国
    ");
    let json = place.ask("show p1").json();
    assert_eq!(json["contacts"][1]["by_name"], "王建国");
    assert_eq!(json["changes"][0]["cause"], "add_household");
    assert_eq!(json["contacts"][1]["forms"][0]["answers"]["sbp"], 138);
    let number = json["record_no"].as_str().unwrap().to_owned();
    assert_eq!(place.ask(&format!("show {number}")).json()["id"], "p1");
    assert_eq!(place.ask("show h1").json()["members"][0]["id"], "p1");
    assert_eq!(place.ask("show p99").refused(), "E-UNKNOWN");
}

#[test]
fn a_persons_year_is_listed_and_counted() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-08-20", "136", "84"));
    let said = place.run(&["show", "p1", "--year", "2026"]);
    insta::assert_snapshot!(said.out, @"
    项目        日期        状态      记录
    高血压      2026-08-01  纳入管理
    高血压      2026-08-20  已做
    高血压      2026-11-20  宽限期    高血压
    高血压体检  2026-12-31  宽限期    高血压体检

    项目    应面访  已面访  电话  年检  规范管理  提醒
    高血压  2       1       0     否    否
    ");
    let json = place.ask("show p1 --year 2026").json();
    assert_eq!(json["lines"][0]["programme"], "htn");
    assert_eq!(json["lines"][0]["marks"][1]["what"], "done");
    assert_eq!(json["counts"][0]["required"], 2);
    assert_eq!(json["counts"][0]["done"], 1);
    let empty = place.ask("show p1 --year 1990").json();
    assert_eq!(empty["lines"], serde_json::json!([]));
}
