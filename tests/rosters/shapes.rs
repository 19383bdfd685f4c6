//! What real rosters look like beyond the samples.

use cunyi::domain::{
    identity::Sex,
    phone::Phone,
    roster::{Column, Fate, FileKind, SheetKind, SkipReason, TextEncoding, households},
};
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{Format, Workbook};

use super::{codes, lines, names, read, read_bytes, workbook, write};

const HEADER: &str = "户号,户主,与户主关系,姓名,性别,身份证号,出生日期,电话,地址";

#[test]
fn an_old_workbook_is_read_with_merged_cells_dates_and_numbers() {
    let roster = read("roster-small.xls");
    assert_eq!(roster.file.kind, FileKind::Xls);
    assert_eq!(
        names(&roster.rows),
        ["甲大山", "乙小花", "丙春生", "丙明", "丁失位"]
    );
    assert_eq!(roster.rows[0].birth, "1965-03-12".parse().ok());
    assert_eq!(roster.rows[1].head_name.as_deref(), Some("甲大山"));
    assert_eq!(roster.rows[4].outside_no.as_deref(), Some("H2"));
    assert_eq!(codes(&roster), [(8, "E-ID-DIGITS")]);
    assert_eq!(households(&roster.rows).0.len(), 2);
    let reasons: Vec<SkipReason> = roster.skipped.iter().map(|s| s.reason).collect();
    assert_eq!(
        reasons,
        [
            SkipReason::Title,
            SkipReason::Blank,
            SkipReason::Header,
            SkipReason::Total
        ]
    );
}

#[test]
fn empty_household_cells_continue_the_household_above() {
    let roster = lines(&[
        HEADER,
        "7,甲,户主,甲,男,11010519491231002X,,,1组1号",
        ",,长子,乙,男,,1980-01-01,,",
        "8,丙,户主,丙,女,,1980-01-02,,1组2号",
        ",,女婿,丁,男,,1980-01-03,,",
    ]);
    let homes = households(&roster.rows).0;
    let members: Vec<_> = homes.iter().map(|home| home.members.clone()).collect();
    assert_eq!(members, [vec![0, 1], vec![2, 3]]);
    assert_eq!(roster.rows[3].address.as_deref(), Some("1组2号"));
    // The number of the standard's example says female.
    assert_eq!(roster.rows[0].sex, Some(Sex::Female));
    assert_eq!(
        codes(&roster),
        [
            (2, "E-ID-SEX"),
            (3, "E-ID-MISSING"),
            (4, "E-ID-MISSING"),
            (5, "E-ID-MISSING")
        ]
    );
}

#[rstest]
#[case("11010519491231OO2X", Some("11010519491231002X"), "W-ID-REPAIRED")]
#[case("l1010519491231002X", Some("11010519491231002X"), "W-ID-REPAIRED")]
#[case("11010519491231OO3X", None, "E-ID-CHAR")]
#[case("529901000000000000000", None, "E-ID-LEN")]
#[case("5.29901E+17", None, "E-ID-DIGITS")]
#[case("529901091330001", None, "E-ID-DATE")]
#[case("110105491231002", None, "E-ID-OLD15")]
#[case("1101051949****002X", None, "E-ID-MASKED")]
#[case("1101\u{fffd}5194912310023", None, "E-ID-CHAR")]
fn a_doubtful_number_is_repaired_only_if_it_then_passes(
    #[case] typed: &str,
    #[case] number: Option<&str>,
    #[case] code: &str,
) {
    let row = format!("7,甲,户主,甲,女,{typed},,,");
    let roster = lines(&[HEADER, &row]);
    let document = roster.rows[0].document.as_ref();
    assert_eq!(document.map(|d| d.number.as_str()), number);
    assert!(codes(&roster).contains(&(2, code)), "{:?}", codes(&roster));
}

#[rstest]
#[case("=\"11010519491231002X\"")]
#[case("'11010519491231002X")]
#[case("１１０１０５ １９４９１２３１ ００２ｘ")]
#[case("\u{202d}11010519491231002X\u{202c}")]
fn padding_around_a_number_is_no_doubt(#[case] typed: &str) {
    let row = format!("7,甲,户主,甲,女,\"{}\",,,", typed.replace('"', "\"\""));
    let roster = lines(&[HEADER, &row]);
    assert_eq!(codes(&roster), []);
    assert!(roster.rows[0].document.is_some());
}

#[test]
fn totals_footers_and_repeated_headers_are_no_people() {
    let roster = lines(&[
        "某镇花名册",
        HEADER,
        "7,甲,户主,甲,女,11010519491231002X,,,1组1号",
        HEADER,
        "小计,1人",
        "注：以上数据截至上月底",
        "填表人：某某,,,审核人：某某",
    ]);
    assert_eq!(names(&roster.rows), ["甲"]);
    let reasons: Vec<SkipReason> = roster.skipped.iter().map(|s| s.reason).collect();
    assert_eq!(
        reasons,
        [
            SkipReason::Title,
            SkipReason::Header,
            SkipReason::RepeatedHeader,
            SkipReason::Total,
            SkipReason::Footer,
            SkipReason::Footer,
        ]
    );
}

#[test]
fn the_same_person_twice_is_one_and_a_stranger_on_the_number_is_held_back() {
    let roster = lines(&[
        HEADER,
        "7,甲,户主,甲,女,11010519491231002X,,,",
        "7,甲,户主,甲,女,１１０１０５１９４９１２３１００２Ｘ,,,",
        "7,甲,长女,乙,女,11010519491231002X,,,",
        "7,甲,次女,丙,女,,1990-01-01,,",
        "7,甲,三女,丙,女,待补,1990-01-01,,",
    ]);
    let fates: Vec<Fate> = roster.rows.iter().map(|row| row.fate).collect();
    assert_eq!(
        fates,
        [
            Fate::Taken,
            Fate::Duplicate { of: 2 },
            Fate::Rejected,
            Fate::Taken,
            Fate::Taken
        ]
    );
    assert!(codes(&roster).contains(&(6, "W-PER-SIMILAR")));
}

#[test]
fn a_person_without_name_and_number_is_taken_only_if_known_by_other_facts() {
    let roster = lines(&[
        HEADER,
        "7,甲,户主,甲,女,11010519491231002X,,,",
        "7,甲,长女,,女,待补,1990-01-01,,",
        "7,甲,次女,,女,待补,,15400000001,",
    ]);
    assert_eq!(roster.rows[1].fate, Fate::Taken);
    assert_eq!(roster.rows[2].fate, Fate::Rejected);
    for code in ["E-NAME-MISSING", "E-ID-MISSING"] {
        assert!(codes(&roster).contains(&(3, code)));
    }
    assert!(codes(&roster).contains(&(4, "E-PER-NOBODY")));
}

#[test]
fn every_known_and_unknown_column_is_listed() {
    let roster = lines(&[
        "姓名,身份证号,鞋码,手机,固定电话,年龄",
        "甲,11010519491231002X,42,15400000001,0855-8787089,76",
    ]);
    let people = roster.people.unwrap();
    assert_eq!(people.unknown_columns[0].header, "鞋码");
    assert_eq!(people.unknown_columns[0].place, 3);
    assert_eq!(people.columns.len(), 5);
    let phones: Vec<String> = roster.rows[0].phones.iter().map(Phone::written).collect();
    assert_eq!(phones, ["15400000001", "0855-8787089"]);
}

#[test]
fn columns_of_two_hundred_and_rows_far_apart_are_read() {
    let roster = workbook(|book| {
        let sheet = book.add_worksheet();
        for place in 3..200 {
            sheet
                .write_string(0, place, format!("附加{place}"))
                .unwrap();
        }
        write(sheet, 0, &["姓名", "性别", "身份证号"]);
        for (row, text) in [(1, "甲"), (90_000, "乙")] {
            sheet.write_string(row, 0, text).unwrap();
        }
    });
    assert_eq!(names(&roster.rows), ["甲", "乙"]);
    assert_eq!(roster.rows[1].row, 90_001);
    assert_eq!(roster.people.unwrap().unknown_columns.len(), 197);
    assert_eq!(roster.skipped[1].reason, SkipReason::Blank);
}

#[test]
fn dates_of_both_epochs_and_phones_as_numbers_are_read() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let fill = |book: &mut Workbook| {
        let sheet = book.add_worksheet();
        write(sheet, 0, &["姓名", "性别", "出生日期", "电话"]);
        sheet.write_string(1, 0, "甲").unwrap();
        sheet.write_string(1, 1, "男").unwrap();
        sheet
            .write_number_with_format(1, 2, 40_347.0, &date)
            .unwrap();
        sheet.write_number(1, 3, 15_400_000_001.0).unwrap();
    };
    let roster = workbook(fill);
    assert_eq!(roster.rows[0].birth, "2010-06-18".parse().ok());
    assert_eq!(roster.rows[0].phones[0].written(), "15400000001");
    let old_macintosh = read("roster-1904.xlsx");
    for row in &old_macintosh.rows {
        assert_eq!(row.birth, "2010-06-18".parse().ok());
    }
    let given = old_macintosh.rows[0].given.get(Column::Birth);
    assert_eq!(given, "2010-06-18");
}

#[test]
fn the_sheet_that_looks_like_a_roster_is_taken() {
    let roster = workbook(|book| {
        let cover = book.add_worksheet();
        cover.set_name("填写说明").unwrap();
        cover
            .write_string(0, 0, "请认真填写姓名和身份证号")
            .unwrap();
        let people = book.add_worksheet();
        people.set_name("大桥村").unwrap();
        write(people, 4, &["姓名", "性别", "身份证号"]);
        people.write_string(5, 0, "甲").unwrap();
        let past = book.add_worksheet();
        past.set_name("糖尿病").unwrap();
        write(
            past,
            0,
            &["姓名", "身份证号", "随访日期", "血压", "空腹血糖"],
        );
        write(
            past,
            1,
            &["甲", "11010519491231002X", "2026.1.5", "150/90", "7.2"],
        );
    });
    let kinds: Vec<SheetKind> = roster.file.sheets.iter().map(|s| s.kind).collect();
    assert_eq!(
        kinds,
        [SheetKind::Other, SheetKind::People, SheetKind::History]
    );
    assert_eq!(roster.people.unwrap().sheet, "大桥村");
    let past = &roster.history[0].rows[0];
    assert_eq!((past.systolic, past.diastolic), (Some(150), Some(90)));
    assert_eq!(past.glucose, "7.2".parse().ok());
}

#[test]
fn a_hidden_sheet_is_not_taken_and_a_roster_with_visits_gives_both() {
    let roster = workbook(|book| {
        let old = book.add_worksheet();
        old.set_hidden(true);
        write(
            old,
            0,
            &["姓名", "性别", "身份证号", "民族", "村", "组", "户主"],
        );
        write(old, 1, &["旧", "男", ""]);
        let now = book.add_worksheet();
        now.set_active(true);
        write(
            now,
            0,
            &[
                "户主",
                "姓名",
                "身份证号",
                "末次随访日期",
                "收缩压",
                "舒张压",
            ],
        );
        write(
            now,
            1,
            &["甲", "甲", "11010519491231002X", "2026-01-05", "150", "90"],
        );
        write(now, 2, &["甲", "乙", "待补"]);
    });
    assert_eq!(names(&roster.rows), ["甲", "乙"]);
    assert_eq!(roster.people.as_ref().unwrap().unknown_columns, []);
    assert_eq!(roster.history.len(), 1);
    assert_eq!(roster.history[0].rows.len(), 1);
    assert_eq!(roster.history[0].rows[0].systolic, Some(150));
}

#[test]
fn a_note_behind_a_name_becomes_a_remark() {
    let roster = lines(&[HEADER, "7,甲,户主,甲（外出务工）,女,11010519491231002X,,,"]);
    assert_eq!(roster.rows[0].name.as_deref(), Some("甲"));
    assert_eq!(roster.rows[0].remark.as_deref(), Some("外出务工"));
    assert_eq!(codes(&roster), [(2, "W-NAME-NOTE")]);
}

#[test]
fn a_name_with_digits_or_lost_characters_is_not_taken() {
    let roster = lines(&[
        HEADER,
        "7,甲,户主,甲2,女,11010519491231002X,,,",
        "7,甲,长女,张\u{fffd},女,,1990-01-01,,",
    ]);
    assert_eq!(names(&roster.rows), ["", ""]);
    assert!(codes(&roster).contains(&(2, "E-NAME-FORM")));
    assert!(codes(&roster).contains(&(3, "E-TEXT-LOST")));
}

#[test]
fn tabs_semicolons_and_utf_16_are_read_alike() {
    let text = "姓名;性别;身份证号\r\n甲;女;11010519491231002X\r\n";
    let tabs = text.replace(';', "\t");
    let mut wide = vec![0xff, 0xfe];
    wide.extend(tabs.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [text.as_bytes().to_vec(), tabs.into_bytes(), wide.clone()] {
        let roster = read_bytes(bytes).unwrap();
        assert_eq!(
            (names(&roster.rows), codes(&roster)),
            (vec!["甲"], vec![(2, "E-PER-NOHH")])
        );
    }
    let kind = read_bytes(wide).unwrap().file.kind;
    let expected = FileKind::Text {
        encoding: TextEncoding::Utf16,
        separator: '\t',
    };
    assert_eq!(kind, expected);
}

#[test]
fn an_open_quote_costs_one_row_a_word_and_no_row() {
    let roster = lines(&[
        HEADER,
        "7,甲,户主,甲,女,11010519491231002X,,,\"1组1号",
        "8,乙,户主,乙,男,,1990-01-01,,\"1组2号\"",
    ]);
    assert_eq!(names(&roster.rows), ["甲", "乙"]);
    assert!(codes(&roster).contains(&(2, "W-CSV-QUOTE")));
    assert_eq!(roster.rows[1].address.as_deref(), Some("1组2号"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever stands in a cell, no digit of it becomes another digit unseen.
    #[test]
    fn any_cell_text_is_taken_as_it_is_or_told(
        number in "[0-9Xx*OlI ０-９'\"=.E+]{0,22}",
        birth in "[0-9年月日./ -]{0,12}|\\PC{0,8}",
        phone in "[0-9+ ()/、转-]{0,24}|\\PC{0,8}",
        name in "[甲乙丙 ·a-zA-Z0-9（）]{0,8}|\\PC{0,8}",
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let row = ["7", "甲", "户主", &quoted(&name), "", &quoted(&number), &quoted(&birth), &quoted(&phone), ""].join(",");
        let roster = lines(&[HEADER, &row]);
        for found in &roster.rows {
            if let Some(document) = &found.document {
                prop_assert!(found.birth == document.birth);
                prop_assert_eq!(document.number.len(), 18);
            }
            let lost = |column: &str| roster.problems.iter().any(|p| p.column == column);
            if found.birth.is_none() {
                prop_assert!(lost("出生日期"));
            }
            if found.name.is_none() {
                prop_assert!(lost("姓名"));
            }
        }
    }
}
