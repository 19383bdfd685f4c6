//! Agreements on the command line: from the parties to the registers.

use serde_json::json;

use super::{Place, Said};

const ROSTER: &str = "\
户编号,户主姓名,与户主关系,姓名,性别,民族,身份证号,出生日期,联系电话,村（居）,组,家庭住址,人群分类
H1,张德福,户主,张德福,男,汉族,529901195603011234,1956-03-01,15400000321,石桥村,3组,石桥村3组12号,65岁及以上老年人、高血压
H1,张德福,配偶,张秀英,女,汉族,,1958-05-01,,石桥村,3组,石桥村3组12号,65岁及以上老年人、高血压
H1,张德福,孙,张小宝,男,汉族,,2016-05-01,,石桥村,3组,石桥村3组12号,
H2,王桂兰,户主,王桂兰,女,汉族,,1955-02-02,15400000654,石桥村,3组,石桥村3组15号,65岁及以上老年人
";

/// A clinic with two households, a doctor who signs, and a package.
fn clinic() -> Place {
    let place = Place::new();
    let file = place.data().join("roster.csv");
    std::fs::write(&file, ROSTER).unwrap();
    for line in [
        &format!("import {} --enrol", file.display()),
        "doctor add 王建国 --staff 王建国 --kind 乡村医生 --licence YS001",
        "team add 第一团队 --leader 王建国 --member 王建国=1 --member 李护士=3,2026-01-01 --area 石桥村",
        "package add zy 中医养生包 --price 120 --item 中医指导=4",
        "voucher add DJ001 --kind 1 --amount 50 --to h1 --expires 2027-12-31",
    ] {
        let said = place.ask(line);
        assert_eq!(said.code, 0, "{line}\n{said:?}");
    }
    place
}

fn signed(place: &Place) -> Said {
    place.ask("agreement sign h1 --paper A0001 --guardian p1,祖父 --clinic")
}

#[test]
fn a_household_is_signed_in_one_line() {
    let place = clinic();
    let said = signed(&place);
    assert_eq!(said.code, 0, "{said:?}");
    let told = said.json();
    assert_eq!(told["number"], "QY529901103101202600001");
    assert_eq!(told["state"], "active");
    assert_eq!(
        (&told["start"], &told["end"]),
        (&json!("2026-11-21"), &json!("2027-11-20"))
    );
    assert_eq!(
        (&told["doctor"], &told["team"]),
        (&json!("王建国"), &json!("第一团队"))
    );
    assert_eq!(told["flags"], json!([]));
    let names: Vec<_> = told["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(names, [json!("张德福"), json!("张秀英"), json!("张小宝")]);
    assert_eq!(
        told["members"][2]["consent"]["guardian"]["relation"],
        "祖父"
    );
    let again = place.ask("agreement sign h1 --paper A0002 --clinic");
    assert_eq!(again.refused(), "E-AGR-EXCL");
    let found = place.ask("search 张秀英").json();
    assert_eq!(found["rows"][0]["agreement"], "active");
    assert_eq!(place.ask("show p2").json()["agreement"], "active");
    assert_eq!(place.ask("show h1").json()["agreements"][0]["id"], "a1");
    assert_eq!(place.ask("check").json()["agreements"], 1);
    assert_eq!(
        place.ask("agreement show QY529901103101202600001").json()["id"],
        "a1"
    );
    assert_eq!(place.ask("agreement show 张三").refused(), "E-UNKNOWN");
}

#[test]
fn a_dry_run_names_what_is_missing_by_person() {
    let place = clinic();
    let told = place
        .ask("agreement sign h1 --paper A1 --place 1 --dry-run")
        .json();
    let missing = told["missing"].as_array().unwrap();
    let codes: Vec<_> = missing
        .iter()
        .map(|one| (&one["code"], &one["name"]))
        .collect();
    assert_eq!(
        codes,
        [
            (&json!("E-AGR-CONSENT"), &json!("张小宝")),
            (&json!("E-AGR-ASIGN"), &json!(null))
        ]
    );
    assert_eq!(told["may_sign"], false);
    assert_eq!(told["equipment"], json!([1, 2, 3, 4]));
    assert_eq!(place.ask("agreement list").json()["counts"]["running"], 0);
    let told =
        place.ask("agreement sign h1 --paper A1 --left-out 张小宝=4,住校 --clinic --dry-run");
    assert_eq!(told.json()["may_sign"], true);
    // A minor's own signature does not count, and nothing half done is left behind.
    let said = place.ask("agreement sign h1 --paper A1 --consent 张小宝=1,A1 --clinic");
    assert_eq!(said.refused(), "E-AGR-GUARD");
    assert_eq!(place.ask("agreement list drafts").json()["total"], 0);
}

#[test]
fn what_cannot_be_read_names_its_option() {
    let place = clinic();
    for (line, code, field) in [
        ("--consent p1", "E-INPUT", "--consent"),
        ("--consent p1=9,A1", "E-CODE", "--consent"),
        ("--left-out p3=7", "E-CODE", "--left-out"),
        ("--package xx", "E-UNKNOWN", "--package"),
        ("--fee p1=zy,voucher=XX", "E-VCH-NONE", "--fee"),
        ("--fee p1=zy,paid=1.234", "E-INPUT", "--fee"),
        ("--doctor 赵医生", "E-UNKNOWN", "--doctor"),
        ("--date 2026-13-01", "E-DATE", "--date"),
        ("--place 9", "E-CODE", "--place"),
    ] {
        let said = place.ask(&format!("agreement sign h1 --paper A1 --clinic {line}"));
        assert_eq!(said.refused(), code, "{line}: {said:?}");
        assert_eq!(said.json()["refused"]["field"], field, "{line}");
    }
    let said = place.run(&[
        "agreement",
        "sign",
        "h1",
        "--consent",
        "p1=9,A",
        "--lang",
        "en",
    ]);
    assert!(said.err.contains("1 signed on paper"), "{said:?}");
}

#[test]
fn packages_are_paid_with_vouchers_and_refunded() {
    let place = clinic();
    let line = "agreement sign h2 --paper B1 --clinic --package zy --fee p4=zy,paid=120,receipt=R1";
    assert_eq!(place.ask(line).code, 0);
    let line = "agreement sign h1 --paper A1 --guardian p1,祖父 --clinic --package p1=zy \
        --fee p1=zy,voucher=DJ001,paid=70,receipt=R2";
    let told = place.ask(line).json();
    let fee = told["fees"]
        .as_array()
        .unwrap()
        .iter()
        .find(|fee| fee["package"] == "zy")
        .unwrap();
    assert_eq!(
        (&fee["voucher"], &fee["resident"], &fee["paid"]),
        (&json!(50), &json!(70), &json!(70))
    );
    assert_eq!(place.ask("voucher").json()["vouchers"][0]["state"], "used");
    let line = "agreement end h2 --by 王桂兰 --reason 4 --resident 王桂兰 --clinic 王建国 \
        --last-day 2026-11-21 --sheet JY1";
    let told = place.ask(line).json();
    assert_eq!(told["state"], "terminated");
    assert_eq!(told["closing"]["refunds"][0]["amount"], json!(110));
}

#[test]
fn it_is_printed_then_signed_and_reprints_are_marked() {
    let place = clinic();
    let page = place.data().join("qy.html");
    let out = page.to_str().unwrap();
    assert_eq!(
        place.ask("agreement draft h2 --years 2").json()["state"],
        "draft"
    );
    assert_eq!(place.ask("agreement draft h2 --years 1").json()["years"], 1);
    let said = place.ask(&format!("agreement print h2 --out {out}"));
    assert_eq!(said.json()["state"], "printed", "{said:?}");
    assert_eq!(said.json()["marks"].as_array().unwrap().len(), 2);
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.contains("QY529901103101202600001") && html.contains("王桂兰"));
    assert_eq!(
        place
            .ask(&format!("agreement print h2 --out {out}"))
            .refused(),
        "E-EXPORT"
    );
    assert_eq!(
        place.ask("agreement show h2").json()["prints"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let said = place.ask("agreement sign h2 --paper B1 --clinic --years 3");
    assert_eq!(said.refused(), "E-ARGUMENT");
    let said = place.ask("agreement sign h2 --paper B1 --clinic");
    assert_eq!(
        (&said.json()["id"], &said.json()["state"]),
        (&json!("a1"), &json!("active"))
    );
    let text = place.data().join("qy.txt");
    let line = format!(
        "agreement print a1 --encoding gb18030 --out {}",
        text.display()
    );
    assert_eq!(place.ask(&line).json()["marks"], json!(["补打"]));
    let bytes = std::fs::read(&text).unwrap();
    let (read, _, is_faulty) = encoding_rs::GB18030.decode(&bytes);
    assert!(!is_faulty && read.contains("补打"));
    let line = format!(
        "agreement print a1 --what end --out {} --replace",
        text.display()
    );
    assert_eq!(place.ask(&line).refused(), "E-AGR-STATE");
    place.ask("agreement end a1 --by 王桂兰 --way 2 --reason 1");
    assert_eq!(place.ask(&line).code, 0);
    let line = format!(
        "agreement print a1 --what renewal --out {} --replace",
        text.display()
    );
    assert_eq!(place.ask(&line).code, 0);
}

#[test]
fn hours_and_phones_stand_on_the_print_where_they_are_told() {
    let place = clinic();
    signed(&place);
    let file = place.data().join("xy.txt");
    let line = format!("agreement print a1 --out {} --replace", file.display());
    assert_eq!(place.ask(&line).code, 0);
    let blank = std::fs::read_to_string(&file).unwrap();
    assert!(blank.contains("________"), "{blank}");
    let told = place.ask("doctor change d1 --phone 15400000077").json();
    assert_eq!(told["doctors"][0]["phone"], "15400000077");
    let set = "settings set clinic.hours=每天8:00-17:30 clinic.complaint=15400000088";
    assert_eq!(place.ask(set).code, 0);
    assert_eq!(place.ask(&line).code, 0);
    let printed = std::fs::read_to_string(&file).unwrap();
    for text in ["15400000077", "每天8:00-17:30", "15400000088"] {
        assert!(printed.contains(text), "{text}:\n{printed}");
    }
}

#[test]
fn members_join_leave_and_confirm() {
    let place = clinic();
    let line = "agreement sign h1 --paper A1 --consent 张秀英=6,A1 --clinic --left-out 张小宝=2";
    let told = place.ask(line).json();
    assert_eq!(told["flags"], json!(["consent_incomplete"]), "{told}");
    assert_eq!(
        place.ask("agreement list consent_incomplete").json()["total"],
        1
    );
    let told = place
        .ask("agreement confirm h1 张秀英 --consent 4,录音7")
        .json();
    assert_eq!(told["flags"], json!([]));
    let told = place
        .ask("agreement join h1 张小宝 --consent 7,A9,p1,祖父")
        .json();
    assert_eq!(told["covered"], 3);
    let text = place.data().join("bc.txt");
    let line = format!(
        "agreement print h1 --what supplement --out {}",
        text.display()
    );
    assert_eq!(
        place.ask(&line).json()["marks"].as_array().unwrap().len(),
        2
    );
    let again = place.ask(&format!("{line} --replace"));
    assert_eq!(again.json()["marks"], json!(["补打"]));
    let said = place.ask("agreement leave h1 张小宝 --reason moved");
    assert_eq!(said.refused(), "E-AGR-FIELD");
    let told = place
        .ask("agreement leave h1 张小宝 --reason moved --to 县城")
        .json();
    assert_eq!(told["members"][2]["left"]["reason"], "moved");
}

#[test]
fn notice_is_withdrawn_doubts_cleared_and_a_void_needs_somebody_else() {
    let place = clinic();
    signed(&place);
    place.ask("agreement end a1 --by p2 --way 电话 --reason 换医生");
    assert_eq!(place.ask("agreement end a1").refused(), "E-ARGUMENT");
    assert_eq!(
        place
            .ask("agreement end a1 --last-day 2026-11-21 --sheet 1")
            .refused(),
        "E-AGR-2SIGN"
    );
    let told = place
        .ask("agreement withdraw a1 --by p1 --evidence 电话记录")
        .json();
    assert_eq!(told["state"], "active");
    let told = place.ask("agreement doubt a1 --cause 回访说没签").json();
    assert_eq!(told["flags"], json!(["in_doubt"]));
    assert_eq!(
        place.ask("agreement clear a1 --finding 属实").json()["flags"],
        json!([])
    );
    let void = "agreement void a1 --finding 2 --reason 录错户 --informed 2026-11-21";
    let said = place.ask(&format!("{void} --approved-by 王建国"));
    assert_eq!(said.refused(), "E-AGR-APPROVE");
    let said = place.ask(&format!(
        "{void} --approver 刘院长 --approval-paper 院发3号"
    ));
    assert_eq!(said.json()["state"], "void", "{said:?}");
    let said = place.ask("agreement draft h2");
    assert_eq!(said.json()["state"], "draft");
    assert_eq!(
        place.ask("agreement discard a2 --reason 不签了").json()["state"],
        "void"
    );
}

#[test]
fn a_change_of_doctor_and_a_renewal_follow_the_running_one() {
    let place = clinic();
    signed(&place);
    assert_eq!(
        place
            .ask("agreement renew h1 --paper A2 --clinic")
            .refused(),
        "E-AGR-EARLY"
    );
    assert_eq!(
        place
            .ask("agreement renew h2 --paper A2 --clinic")
            .refused(),
        "E-AGR-STATE"
    );
    place.ask("doctor add 赵明 --kind 1 --from 2026-01-01 --cap-persons 2");
    let line = "agreement resign h1 --reason 居民要求 --doctor 赵明 --paper A2 --guardian p1,祖父 \
        --clinic 赵明 --date 2026-11-21 --start 2026-11-22";
    assert_eq!(place.ask(line).refused(), "E-AGR-CAP");
    let above = format!("{line} --above-cap 临时 --approver 刘院长 --approval-paper 院发4号");
    let told = place.ask(&above);
    assert_eq!(told.code, 0, "{told:?}");
    assert_eq!(
        (&told.json()["kind"], &told.json()["doctor"]),
        (&json!("change"), &json!("赵明"))
    );
    let before = place.ask("agreement show a1").json();
    assert_eq!(before["closing"]["how"], "superseded");
    assert_eq!(place.ask("doctor stop 赵明 --date 2026-11-21").code, 0);
}

#[test]
fn a_repeated_request_counts_once_and_a_stale_one_is_refused() {
    let place = clinic();
    let line = "agreement sign h1 --paper A1 --guardian p1,祖父 --clinic --request one";
    let first = place.ask(line).json();
    assert_eq!(place.ask(line).json()["id"], first["id"]);
    assert_eq!(place.ask("agreement list running").json()["total"], 1);
    let seen = place.ask("agreement show a1").json()["seen"]
        .as_u64()
        .unwrap();
    place.ask("agreement doubt a1 --cause 核实");
    let said = place.ask(&format!("agreement clear a1 --finding 属实 --seen {seen}"));
    assert_eq!(said.refused(), "E-STALE");
}

#[test]
fn the_registers_of_a_day_build_themselves() {
    let place = clinic();
    signed(&place);
    let told = place.ask("report register --doctor 王建国").json();
    let row = &told["sheets"][0]["rows"][0];
    assert_eq!((&row["residents"], &row["covered"]), (&json!(3), &json!(3)));
    assert_eq!(row["kind"], "新签");
    assert_eq!(told["sheets"][0]["sums"]["覆盖率（人）"], "3/4 75.0%");
    assert_eq!(
        place.ask("report register --day 2026-11-20").json()["sheets"],
        json!([])
    );
    let told = place.ask("report performance --period 2026-11").json();
    assert_eq!(told["sheets"][0]["rows"][0]["persons"], 3);
    let told = place
        .ask("report campaign --period 2026 --by village")
        .json();
    assert_eq!(told["sheets"][0]["rows"][0]["new"], 1);
    let folder = place.data();
    let out = |name: &str| folder.join(name).display().to_string();
    for (name, holds) in [
        ("d.csv", "新签"),
        ("d.html", "签约工作登记表"),
        ("d.txt", "新签"),
    ] {
        let said = place.ask(&format!("report register --out {}", out(name)));
        assert_eq!(said.json()["rows"], 1, "{said:?}");
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(text.contains(holds), "{name}");
    }
    let said = place.ask(&format!("export agreements --out {}", out("a.csv")));
    assert_eq!(said.json()["rows"], 3);
    assert_eq!(place.ask("check").json()["ok"], true);
}

#[test]
fn a_report_sent_is_frozen_and_marked_for_correction() {
    let place = clinic();
    let month = "report campaign --period 2026-11";
    assert_eq!(place.ask(&format!("{month} --send")).refused(), "E-INPUT");
    let later = |line: &str| place.ask(&format!("{line} --today 2026-12-03"));
    let told = later(&format!("{month} --send")).json();
    assert_eq!(told["sent"][0]["figures"]["agreements"], 0, "{told}");
    let sign = "agreement sign h1 --paper A0001 --guardian p1,祖父 --clinic --date 2026-11-21";
    assert_eq!(later(sign).refused(), "W-AGR-CLOSEDMONTH");
    let said = later(&format!("{sign} --late-reason 纸质协议迟交"));
    let number = said.json()["number"].clone();
    let told = later(month).json();
    assert_eq!(told["sent"][0]["corrections"], json!([number]), "{told}");
    let seen = place.run(&["report", "campaign", "--period", "2026-11"]);
    assert!(seen.out.contains("需更正：QY"), "{seen:?}");
    let told = later(&format!("{month} --send")).json();
    assert_eq!(told["sent"][0]["times"], 2);
    assert_eq!(told["sent"][0]["corrections"], json!([]));
    assert_eq!(place.ask("check").json()["ok"], true);
}

#[test]
fn the_parties_are_written_down_and_changed() {
    let place = clinic();
    let told = place
        .ask("doctor change d1 --cap-persons 500 --cap-households 150")
        .json();
    assert_eq!(told["doctors"][0]["cap_persons"], 500);
    let told = place
        .ask("team change 第一团队 --without 李护士=2026-11-20")
        .json();
    assert_eq!(told["teams"][0]["warnings"], json!(["W-TEAM-111"]));
    let told = place
        .ask("package change zy --price 98.50 --tag K04")
        .json();
    assert_eq!(told["packages"][0]["price"], json!(98.5));
    assert_eq!(place.ask("package add zy 重复").refused(), "E-CODE");
    assert_eq!(
        place.ask("package stop zy --date 2026-12-31").json()["packages"][0]["until"],
        "2026-12-31"
    );
    let line = "unit add 石桥砖厂 --contact 孙立 --phone 15400000777 --address 石桥村 --headcount 30 \
        --member p4 --member 赵六,,15400000778";
    let told = place.ask(line).json();
    assert_eq!(
        told["units"][0]["members"].as_array().unwrap().len(),
        2,
        "{told}"
    );
    let told = place
        .ask("agreement sign 石桥砖厂 --paper C1 --clinic")
        .refused();
    assert_eq!(told, "E-UNKNOWN");
    let told = place.ask("agreement sign u1 --paper C1 --clinic");
    assert_eq!(told.json()["unit"], "u1", "{told:?}");
    let said = place.ask("voucher void DJ001 --reason 丢失");
    assert_eq!(said.json()["vouchers"][0]["state"], "void");
    assert_eq!(
        place.ask("voucher void DJ001 --reason 丢失").refused(),
        "E-VCH-STATE"
    );
}

const SIGNED: &str = "\
户编号,户主姓名,与户主关系,姓名,性别,民族,身份证号,出生日期,联系电话,村（居）,组,家庭住址,人群分类,签约状态,签约日期,签约医生
H1,张德福,户主,张德福,男,汉族,529901195603011234,1956-03-01,15400000321,石桥村,3组,石桥村3组12号,,已签约,2024-03-10,赵明
H1,张德福,配偶,张秀英,女,汉族,,1958-05-01,,石桥村,3组,石桥村3组12号,,已签约,2024-03-10,赵明
H2,王桂兰,户主,王桂兰,女,汉族,,1955-02-02,15400000654,石桥村,3组,石桥村3组15号,,未签约,,
H3,李国强,户主,李国强,男,汉族,,1960-02-02,15400000655,石桥村,3组,石桥村3组16号,,已签约,2026-06-01,王建国
";

#[test]
fn a_roster_brings_agreements_in_to_be_confirmed_never_as_signed() {
    let place = Place::new();
    let file = place.data().join("signed.csv");
    std::fs::write(&file, SIGNED).unwrap();
    let import = format!("import {}", file.display());
    assert_eq!(
        place.ask(&format!("{import} --dry-run")).json()["agreements"],
        2
    );
    assert_eq!(place.ask("agreement list").json()["counts"]["running"], 0);
    let said = place.ask(&import);
    assert_eq!(said.json()["agreements"], 2, "{said:?}");
    let list = place.ask("agreement list to_confirm").json();
    assert_eq!(list["total"], 2);
    let told = place.ask("agreement show h1").json();
    assert_eq!(
        (&told["kind"], &told["doctor"]),
        (&json!("brought_in"), &json!("赵明"))
    );
    assert_eq!((&told["number"], &told["fees"]), (&json!(null), &json!([])));
    // It was renewed every year since it was signed.
    assert_eq!(
        (&told["start"], &told["end"]),
        (&json!("2026-03-10"), &json!("2027-03-09"))
    );
    assert_eq!(told["members"][0]["consent"]["kind"], 9);
    assert_eq!(told["flags"], json!(["consent_incomplete", "brought_in"]));
    // The clinic's own doctor is known by his account, the other one as the roster tells of him.
    let doctors = place.ask("doctor").json();
    assert_eq!(doctors["doctors"][0]["staff"], json!(null));
    assert_eq!(doctors["doctors"][1]["staff"], "s1");
    let told = place.ask("report campaign --period 2026").json();
    assert_eq!(told["sheets"][0]["rows"][0]["households"], 0);
    assert_eq!(
        place.ask("report register --day 2026-06-01").json()["sheets"],
        json!([])
    );
    assert_eq!(
        place.ask("search 张秀英").json()["rows"][0]["agreement"],
        "active"
    );
    assert_eq!(
        place.ask("search 王桂兰").json()["rows"][0]["agreement"],
        "未签约"
    );
    // Once more changes nothing.
    let again = place.ask(&import).json();
    assert_eq!(
        (&again["agreements"], &again["changed"]),
        (&json!(0), &json!(0))
    );
    let programmes = |place: &Place| place.ask("show p1").json()["programmes"].to_string();
    assert!(!programmes(&place).contains("general"));
    for person in ["张德福", "张秀英"] {
        let line = format!("agreement confirm h1 {person} --consent 1,{person}页");
        assert_eq!(place.ask(&line).code, 0);
    }
    // Who confirmed it is served from then on.
    assert!(
        programmes(&place).contains("general"),
        "{}",
        programmes(&place)
    );
    assert_eq!(place.ask("agreement list to_confirm").json()["total"], 1);
    assert_eq!(place.ask("check").json()["ok"], true);
}
