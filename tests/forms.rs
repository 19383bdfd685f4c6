//! Forms filled in by keys: codes as keys, numbers that move on, 无异常, problems, drafts.
//!
//! That the form files are sound is `catalog`; what a visit leads to is `rules`.

use std::sync::Arc;

use cunyi::{
    catalog::{Catalog, forms},
    domain::{
        day::Day,
        form::{
            Fault, FilledForm, FormContext, LastRecord, Mark, Proposed, Target, check,
            fill::{self, Filled},
            line, missing,
            typed::parse,
        },
        text::Lang,
        value::{Answers, Decimal, Value},
    },
    tui::{
        backend::Ambiguous,
        form::{EditorKey, FormEditor, Reaction, Start, Step, Surroundings, view},
        theme::{Colours, Look},
    },
};
use proptest::prelude::*;
use ratatui::{Terminal, backend::TestBackend};
use rstest::rstest;

const EVERY_KIND: &str = include_str!("support/every_kind.toml");

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

fn codes(codes: &[&str]) -> Value {
    Value::Codes(codes.iter().map(|c| (*c).to_owned()).collect())
}

fn answers(pairs: &[(&str, Value)]) -> Answers {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect()
}

fn dec(text: &str) -> Value {
    Value::Dec(text.parse().unwrap())
}

/// The last record of a person whose pressure is well controlled.
fn last() -> Answers {
    answers(&[
        ("mode", code("2")),
        ("sbp", Value::Int(136)),
        ("dbp", Value::Int(84)),
        ("heart_rate", Value::Int(76)),
        ("weight", dec("66")),
        ("smoke", Value::Int(5)),
        ("smoke_target", Value::Int(0)),
        ("drink", dec("1")),
        ("ex_freq", Value::Int(3)),
        ("ex_min", Value::Int(30)),
        ("salt", code("2")),
        ("staple", Value::Int(300)),
        ("psych", code("1")),
        (
            "drugs",
            Value::Rows(vec![answers(&[
                ("name", Value::Text("氨氯地平".to_owned())),
                ("times", Value::Int(1)),
                ("amount", dec("5")),
                ("unit", code("1")),
            ])]),
        ),
    ])
}

fn context() -> FormContext {
    let mut context = FormContext::on(day("2026-11-21"), day("2026-11-21"));
    context.birth = Some(day("1968-03-04"));
    context.sex = Some("1".to_owned());
    context.entered = Some(day("2024-01-10"));
    context.last = Some(LastRecord {
        on: day("2026-08-19"),
        answers: last(),
    });
    context.card = answers(&[("height", dec("168"))]);
    context.given = answers(&[("mode", code("2"))]);
    context.target = Some(Target {
        sbp: 140,
        dbp: 90,
        fbg: None,
    });
    context
}

fn start(form: &str) -> Start {
    Start {
        form: Arc::clone(crate::support::clinic::catalog().form(form).unwrap()),
        context: context(),
        recorded: None,
    }
}

fn test_form() -> Start {
    let form = forms::load(&[("every_kind.toml", EVERY_KIND)])
        .unwrap()
        .remove(0);
    Start {
        form: Arc::new(form),
        context: FormContext::on(day("2026-11-21"), day("2026-11-21")),
        recorded: None,
    }
}

/// Reads `<enter>150<tab>`: names in angle brackets, all else typed.
fn keys(text: &str) -> Vec<EditorKey> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            keys.push(match name {
                "enter" => EditorKey::Enter,
                "tab" => EditorKey::Tab,
                "bs" => EditorKey::Backspace,
                "del" => EditorKey::Delete,
                "up" => EditorKey::Up,
                "down" => EditorKey::Down,
                "left" => EditorKey::Left,
                "pgdn" => EditorKey::PageDown,
                "pgup" => EditorKey::PageUp,
                "refer" => EditorKey::Refer,
                "normal" => EditorKey::Normal,
                "save" => EditorKey::Save,
                other => panic!("no key {other}"),
            });
            rest = after;
        } else {
            keys.push(EditorKey::Char(sign));
            rest = &rest[sign.len_utf8()..];
        }
    }
    keys
}

pub fn press(editor: &mut FormEditor, text: &str) -> Reaction {
    let mut reaction = Reaction::Nothing;
    for key in keys(text) {
        reaction = editor.key(key);
    }
    reaction
}

fn saved(reaction: Reaction) -> Vec<FilledForm> {
    match reaction {
        Reaction::Save(forms) => forms,
        other => panic!("not saved: {other:?}"),
    }
}

fn field_at(editor: &FormEditor) -> String {
    let form = editor.form().unwrap();
    form.field_at(editor.at().field).unwrap().key.clone()
}

pub fn screen(editor: &FormEditor, width: u16, height: u16, lang: Lang) -> (String, (u16, u16)) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let around = Surroundings::default();
    let look = Look {
        lang,
        colours: Colours::Sixteen,
        ambiguous: Ambiguous::Narrow,
    };
    terminal
        .draw(|frame| view(editor, &around, &look, frame, frame.area()))
        .unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let buffer = terminal.backend().buffer().clone();
    let lines: Vec<String> = (0..height)
        .map(|y| {
            let mut line = String::new();
            let mut x = 0;
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol))
                    .unwrap()
                    .max(1);
            }
            line.trim_end().to_owned()
        })
        .collect();
    (lines.join("\n"), (cursor.x, cursor.y))
}

// ---- the counted keys -------------------------------------------------------------------------

#[test]
fn a_stable_revisit_takes_nineteen_keys_singly_and_fourteen_with_all_normal() {
    let singly = "1" // no symptoms
        .to_owned()
        + "13886" // pressure
        + "74"
        + "66.5"
        + "11" // mood, advice
        + "111" // medicine, reaction, complication
        + "<save><save>";
    let together = "<normal>1388674".to_owned() + "66.5<save><save>";
    for (typed, most) in [(singly, 19), (together, 14)] {
        assert!(keys(&typed).len() <= most, "{}", keys(&typed).len());
        let mut editor = FormEditor::open(vec![start("F01")]);
        let forms = saved(press(&mut editor, &typed));
        let given = &forms[0].answers;
        for (key, value) in [
            ("mode", code("2")),
            ("bp_source", code("1")),
            ("symptoms", codes(&["1"])),
            ("sbp", Value::Int(138)),
            ("dbp", Value::Int(86)),
            ("heart_rate", Value::Int(74)),
            ("weight", dec("66.5")),
            ("bmi", dec("23.6")),
            ("smoke", Value::Int(5)),
            ("salt", code("2")),
            ("psych", code("1")),
            ("compliance_behaviour", code("1")),
            ("adherence", code("1")),
            ("adr", code("1")),
            ("compl", Value::Bool(false)),
        ] {
            assert_eq!(given.get(key), Some(&value), "{key}");
        }
        assert!(matches!(given.get("drugs"), Some(Value::Rows(rows)) if rows.len() == 1));
        let form = Catalog::built_in().unwrap();
        let form = form.form("F01").unwrap();
        assert!(
            missing(form, given, &context())
                .iter()
                .all(|field| field.by_rules)
        );
    }
}

#[test]
fn all_normal_is_marked_as_stated_together_and_touches_no_measurement() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<normal>");
    let form = &editor.filled()[0];
    assert_eq!(form.marks.get("psych"), Some(&Mark::Stated));
    assert_eq!(form.marks.get("symptoms"), Some(&Mark::Stated));
    for measured in ["sbp", "dbp", "heart_rate", "weight"] {
        assert_eq!(form.answers.get(measured), None);
    }
    assert_eq!(field_at(&editor), "sbp");
}

// ---- typing -----------------------------------------------------------------------------------

#[rstest]
#[case("13886", "heart_rate")]
#[case("138/86/", "heart_rate")]
#[case("138<enter>86<tab>", "heart_rate")]
#[case("１３８／８６", "heart_rate")]
#[case("98/60", "heart_rate")]
#[case("30", "sbp")]
fn pressures_move_on_by_themselves(#[case] typed: &str, #[case] then: &str) {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1");
    press(&mut editor, typed);
    assert_eq!(field_at(&editor), then);
}

#[test]
fn only_one_separator_is_swallowed() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1138/86<enter>");
    assert_eq!(field_at(&editor), "heart_rate");
    press(&mut editor, "<enter>");
    assert_eq!(field_at(&editor), "weight");
}

#[test]
fn zero_is_ten_where_the_list_ends_at_ten() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "20");
    let form = &editor.filled()[0];
    assert_eq!(form.answers.get("symptoms"), Some(&codes(&["2", "10"])));
    press(&mut editor, "0<enter>");
    assert_eq!(
        editor.filled()[0].answers.get("symptoms"),
        Some(&codes(&["2"]))
    );
    assert_eq!(field_at(&editor), "danger");
}

#[test]
fn an_exclusive_code_replaces_the_others_and_moves_on() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "261");
    assert_eq!(
        editor.filled()[0].answers.get("symptoms"),
        Some(&codes(&["1"]))
    );
    assert_eq!(field_at(&editor), "sbp");
}

#[test]
fn two_digit_codes_wait_for_their_second_digit() {
    let mut editor = FormEditor::open(vec![start("F02")]);
    press(&mut editor, "2<enter>1");
    assert_eq!(editor.filled()[0].answers.get("danger"), None);
    press(&mut editor, "3");
    assert_eq!(
        editor.filled()[0].answers.get("danger"),
        Some(&codes(&["vision_drop"]))
    );
    press(&mut editor, "1 2");
    let danger = codes(&["consciousness", "acetone", "vision_drop"]);
    assert_eq!(editor.filled()[0].answers.get("danger"), Some(&danger));
}

#[test]
fn backspace_goes_back_into_the_field_before() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1138<bs>");
    assert_eq!(field_at(&editor), "sbp");
    press(&mut editor, "<bs>4");
    assert_eq!(
        editor.filled()[0].answers.get("sbp"),
        Some(&Value::Int(134))
    );
}

#[test]
fn enter_passes_over_carried_fields_and_arrows_reach_them() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "11388674");
    press(&mut editor, "66.5");
    assert_eq!(field_at(&editor), "psych");
    press(&mut editor, "<up>");
    assert_eq!(field_at(&editor), "salt_target");
    press(&mut editor, "<up>3");
    let form = &editor.filled()[0];
    assert_eq!(form.answers.get("salt"), Some(&code("3")));
    assert_eq!(form.marks.get("salt"), Some(&Mark::Typed));
    assert_eq!(form.marks.get("smoke"), Some(&Mark::Carried));
}

#[test]
fn a_hard_limit_stops_at_the_field() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1<down><down>");
    press(&mut editor, "<up><up>");
    press(&mut editor, "4<enter>");
    assert_ne!(field_at(&editor), "dbp");
    assert_eq!(editor.filled()[0].answers.get("sbp"), None);
}

// ---- saving -----------------------------------------------------------------------------------

#[test]
fn all_problems_come_together_with_the_cursor_on_the_first() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    let reaction = press(&mut editor, "1138<enter>145<save>");
    assert_eq!(reaction, Reaction::Refused);
    assert_eq!(field_at(&editor), "dbp");
    let faults: Vec<&str> = editor
        .problems()
        .iter()
        .map(|(_, p)| p.fault.code())
        .collect();
    assert!(faults.contains(&"E-PRESSURE"), "{faults:?}");
    assert!(
        faults.iter().filter(|code| **code == "E-MISSING").count() >= 7,
        "{faults:?}"
    );
}

#[test]
fn soft_limits_and_carried_values_are_confirmed_once_for_all() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<normal>21086<enter>74");
    assert_eq!(press(&mut editor, "66.5<save>"), Reaction::AskedToConfirm);
    let forms = saved(press(&mut editor, "<save>"));
    let confirmed: Vec<&str> = forms[0].confirmed.iter().map(|c| c.code.as_str()).collect();
    assert!(confirmed.contains(&"W-RANGE"), "{confirmed:?}");
    assert!(confirmed.contains(&"W-PULSE-PRESSURE"), "{confirmed:?}");
}

#[test]
fn a_change_after_the_question_asks_again() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<normal>1388674");
    assert_eq!(press(&mut editor, "66.5<save>"), Reaction::AskedToConfirm);
    press(&mut editor, "<up>");
    press(&mut editor, "<down>65.5");
    assert_eq!(press(&mut editor, "<save>"), Reaction::AskedToConfirm);
}

#[test]
fn enter_never_saves() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<normal>1388674");
    press(&mut editor, "66.5");
    for _ in 0..40 {
        let reaction = press(&mut editor, "<enter>");
        assert!(!matches!(
            reaction,
            Reaction::Save(_) | Reaction::AskedToConfirm
        ));
    }
}

// ---- several forms ----------------------------------------------------------------------------

#[test]
fn shared_measurements_are_asked_once() {
    let mut editor = FormEditor::open(vec![start("F01"), start("F02")]);
    press(&mut editor, "<normal>1388674");
    press(&mut editor, "66.5");
    assert_eq!(editor.at().page, 1);
    let second = &editor.filled()[1];
    assert_eq!(second.answers.get("sbp"), Some(&Value::Int(138)));
    assert_eq!(second.marks.get("sbp"), Some(&Mark::Shared));
    press(&mut editor, "<normal>");
    assert_eq!(field_at(&editor), "dorsalis_pedis");
    press(&mut editor, "16.1");
    let forms = saved(press(&mut editor, "<save><save>"));
    assert_eq!(forms.len(), 2);
    assert_eq!(forms[1].answers.get("fbg"), Some(&dec("6.1")));
    assert_eq!(forms[1].answers.get("weight"), Some(&dec("66.5")));
}

#[test]
fn an_answer_on_a_later_form_leaves_what_the_first_one_shares() {
    let mut editor = FormEditor::open(vec![start("F01"), start("F02"), start("bp_screen")]);
    press(&mut editor, "<normal>13886<pgdn><normal>");
    assert_eq!(editor.at().page, 1);
    press(&mut editor, "1");
    let forms = editor.filled();
    for form in &forms[1..] {
        assert_eq!(
            form.answers.get("sbp"),
            Some(&Value::Int(138)),
            "{}",
            form.form
        );
    }
    assert_eq!(forms[0].marks.get("smoke"), Some(&Mark::Carried));
    press(&mut editor, "<up><up><up>");
}

#[test]
fn a_measurement_changed_on_the_second_form_changes_the_first() {
    let mut editor = FormEditor::open(vec![start("F01"), start("F02")]);
    press(&mut editor, "<pgdn><normal>");
    press(&mut editor, "14288");
    let forms = editor.filled();
    assert_eq!(forms[0].answers.get("sbp"), Some(&Value::Int(142)));
    assert_eq!(forms[0].marks.get("sbp"), Some(&Mark::Shared));
}

#[test]
fn save_turns_to_a_form_not_yet_seen() {
    let mut editor = FormEditor::open(vec![start("F01"), start("F02")]);
    press(&mut editor, "<normal>13886");
    let mut on_first = editor.clone();
    assert_eq!(press(&mut on_first, "<save>"), Reaction::Refused);
    press(&mut editor, "74<up><up><up>");
    press(&mut editor, "<down><down><down>66<down>");
    assert_eq!(press(&mut editor, "<save>"), Reaction::Nothing);
    assert_eq!(editor.at().page, 1);
}

// ---- drafts -----------------------------------------------------------------------------------

#[test]
fn a_draft_comes_back_exactly_at_every_key() {
    let typed = keys("<normal>13886<up>7<bs><down><enter>66.<down><down>心慌<left><save>2<save>");
    let mut steps: Vec<Step> = typed.into_iter().map(Step::Key).collect();
    steps.push(Step::Line("p78 w61.5".to_owned()));
    steps.push(Step::Paste("复查\u{1b}".to_owned()));
    let mut live = FormEditor::open(vec![start("F01")]);
    for count in 1..=steps.len() {
        live.step(steps[count - 1].clone());
        let text = serde_json::to_string(&steps[..count]).unwrap();
        let stored: Vec<Step> = serde_json::from_str(&text).unwrap();
        assert_eq!(
            FormEditor::restore(vec![start("F01")], &stored),
            live,
            "{count}"
        );
    }
}

// ---- the rules of the forms ---------------------------------------------------------------------

fn complete() -> Filled {
    let mut filled = fill::opening(&start("F01").form, &context());
    let form = &start("F01").form;
    for (key, text) in [
        ("sbp", "138"),
        ("dbp", "86"),
        ("heart_rate", "74"),
        ("weight", "66.5"),
    ] {
        let value = parse(form.field(key).unwrap(), text, day("2026-11-21")).unwrap();
        filled.put(key, Some(value), Mark::Typed);
    }
    for (key, value) in fill::normal_answers(form, &filled.answers, &context()) {
        filled.put(&key, Some(value), Mark::Stated);
    }
    filled.settle(form, &context());
    filled
}

#[rstest]
#[case("mode", "9", &["E-CODE"])]
#[case("symptoms", "1,2", &["W-DANGER", "E-CODE-EXCL"])]
#[case("symptoms", "2", &["W-DANGER"])]
#[case("symptoms", "10", &["E-MISSING"])]
#[case("sbp", "301", &["E-RANGE", "W-PULSE-PRESSURE"])]
#[case("sbp", "80", &["W-RANGE", "E-PRESSURE"])]
#[case("dbp", "125", &["W-RANGE", "W-PULSE-PRESSURE"])]
#[case("weight", "75", &["W-CHANGED"])]
#[case("weight", "72.6", &[])]
#[case("height", "172", &["W-CHANGED"])]
#[case("adherence", "3", &["W-ADHERENCE"])]
#[case("adr", "2", &["E-MISSING", "E-MISSING"])]
#[case("smoke_target", "9", &["W-TARGET"])]
#[case("referral", "2", &["E-MISSING", "E-MISSING"])]
#[case("visit_date", "2026-11-20", &[])]
#[case("ref_org", "县医院", &["E-NOT-ASKED"])]
#[case("mode", "3", &["E-FORCED"])]
fn the_form_finds(#[case] key: &str, #[case] text: &str, #[case] expected: &[&str]) {
    let form = start("F01").form;
    let mut given = complete().answers;
    let value = parse(form.field(key).unwrap(), text, day("2026-11-21"));
    let value = value.unwrap_or_else(|_| code(text));
    given.insert(key.to_owned(), value);
    let found = check(&form, &given, &context());
    let mut found: Vec<&str> = found.iter().map(|p| p.fault.code()).collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn satisfied_off_target_needs_a_reason() {
    let form = start("F01").form;
    let mut context = context();
    context.proposed.answers = answers(&[("class", code("2"))]);
    let mut given = complete().answers;
    given.insert("sbp".to_owned(), Value::Int(152));
    given.insert("class".to_owned(), code("1"));
    let found = check(&form, &given, &context);
    let found: Vec<&str> = found.iter().map(|p| p.fault.code()).collect();
    assert_eq!(found, ["E-HTN-CLASS", "E-REASON"]);
    given.insert("class_reason".to_owned(), Value::Text("白大衣".to_owned()));
    assert_eq!(check(&form, &given, &context), []);
}

#[test]
fn by_phone_a_pressure_is_self_taken_and_may_be_missing() {
    let form = start("F01").form;
    let mut context = context();
    context.given = answers(&[("mode", code("3"))]);
    let mut filled = fill::opening(&form, &context);
    for (key, value) in fill::normal_answers(&form, &filled.answers, &context) {
        filled.put(&key, Some(value), Mark::Stated);
    }
    assert_eq!(filled.answers.get("bp_source"), Some(&code("2")));
    assert_eq!(check(&form, &filled.answers, &context), []);
}

#[rstest]
#[case("2026-11-22", "E-DATE-LATE")]
#[case("2024-01-09", "E-DATE-EARLY")]
#[case("2026-08-19", "E-FORM-DUP")]
fn the_visit_day_is_checked(#[case] visit: &str, #[case] expected: &str) {
    let mut context = context();
    context.visit = day(visit);
    context.recorded_on = vec![day("2026-08-19")];
    let mut given = complete().answers;
    given.remove("visit_date");
    let found = check(&start("F01").form, &given, &context);
    assert!(
        found.iter().any(|p| p.fault.code() == expected),
        "{found:?}"
    );
}

#[test]
fn a_next_date_moved_later_needs_a_reason_and_stays_in_its_window() {
    let form = start("F01").form;
    let mut context = context();
    context.proposed = Proposed {
        answers: answers(&[("next_date", Value::Date(day("2027-02-21")))]),
        earliest: Some(day("2027-02-07")),
        latest: Some(day("2027-03-07")),
        ..Proposed::default()
    };
    let found = |date: &str| {
        let mut given = complete().answers;
        given.insert("next_date".to_owned(), Value::Date(day(date)));
        let problems = check(&form, &given, &context);
        problems.iter().map(|p| p.fault.code()).collect::<Vec<_>>()
    };
    assert_eq!(found("2027-02-10"), Vec::<&str>::new());
    assert_eq!(found("2027-03-01"), ["E-REASON"]);
    assert_eq!(found("2027-03-08"), ["E-DATE-LATE", "E-REASON"]);
}

#[test]
fn a_card_may_be_saved_with_gaps_and_lists_them() {
    let form = start("F08").form;
    let context = FormContext::on(day("2026-11-21"), day("2026-11-21"));
    let given = answers(&[
        ("name", Value::Text("张秀英".to_owned())),
        ("id_type", code("01")),
        ("id_no", Value::Text("110105194912310021".to_owned())),
    ]);
    let found = check(&form, &given, &context);
    assert!(matches!(found[0].fault, Fault::Identity(_)), "{found:?}");
    assert_eq!(found.len(), 1);
    let mut minority = given.clone();
    minority.insert("ethnic".to_owned(), code("99"));
    let codes = check(&form, &minority, &context);
    assert!(codes.iter().any(|p| p.fault.code() == "E-ETHNIC-TEXT"));
    let missing: Vec<&str> = missing(&form, &given, &context)
        .iter()
        .map(|f| f.key.as_str())
        .collect();
    assert!(missing.contains(&"sex") && !missing.contains(&"name"));
}

// ---- one line ---------------------------------------------------------------------------------

#[test]
fn one_line_fills_the_form_and_is_written_back() {
    let form = start("F01").form;
    let before = fill::opening(&form, &context());
    let line = "152/94 p78 w61.5 无症状 规律";
    let filled = line::read(&form, line, &before, &context()).unwrap();
    assert_eq!(filled.answers.get("sbp"), Some(&Value::Int(152)));
    assert_eq!(filled.answers.get("dbp"), Some(&Value::Int(94)));
    assert_eq!(filled.answers.get("heart_rate"), Some(&Value::Int(78)));
    assert_eq!(filled.answers.get("weight"), Some(&dec("61.5")));
    assert_eq!(filled.answers.get("symptoms"), Some(&codes(&["1"])));
    assert_eq!(filled.answers.get("adherence"), Some(&code("1")));
    assert_eq!(
        line::write(&form, &filled, Lang::Zh),
        "无症状 152/94 p78 w61.5 规律"
    );
}

#[rstest]
#[case("<normal>1388674<enter>66.5")]
#[case("24<enter>13<enter>152/9478<enter>61.5<enter>121 2有<enter>")]
#[case("2<enter><enter>1388674<down>心慌 气短, 3天<down>")]
fn the_line_shown_produces_the_same_answers(#[case] typed: &str) {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, typed);
    for lang in [Lang::Zh, Lang::En] {
        let mut again = FormEditor::open(vec![start("F01")]);
        again.step(Step::Line(editor.line(lang)));
        assert_eq!(again.filled(), editor.filled(), "{}", editor.line(lang));
    }
}

#[test]
fn unknown_words_are_all_told_and_nothing_is_taken() {
    let form = start("F01").form;
    let before = fill::opening(&form, &context());
    let unknown = line::read(&form, "152/94 嗯 x9", &before, &context()).unwrap_err();
    let words: Vec<String> = unknown.into_iter().map(|w| w.0).collect();
    assert_eq!(words, ["嗯", "x9"]);
}

// ---- typed text -------------------------------------------------------------------------------

#[rstest]
#[case("1121", "2026-11-21")]
#[case("11-21", "2026-11-21")]
#[case("1122", "2025-11-22")]
#[case("20261101", "2026-11-01")]
#[case("2026-11-01", "2026-11-01")]
#[case("２０２６／１１／１", "2026-11-01")]
fn a_date_is_read_in_every_shape(#[case] text: &str, #[case] expected: &str) {
    let form = start("F01").form;
    let field = form.field("visit_date").unwrap();
    let value = parse(field, text, day("2026-11-21"));
    assert_eq!(value, Ok(Value::Date(day(expected))));
}

#[rstest]
#[case("16251127")]
#[case("0026-11-27")]
#[case("29261127")]
fn a_year_nobody_lives_in_is_no_date(#[case] text: &str) {
    let form = start("F01").form;
    let field = form.field("visit_date").unwrap();
    assert!(parse(field, text, day("2026-11-21")).is_err());
}

#[rstest]
#[case("66.45", "66.5")]
#[case("６６．５", "66.5")]
#[case("66。5", "66.5")]
fn decimals_are_rounded_half_up(#[case] text: &str, #[case] expected: &str) {
    let form = start("F01").form;
    let value = parse(form.field("weight").unwrap(), text, day("2026-11-21")).unwrap();
    assert_eq!(value.number(), Some(expected.parse::<Decimal>().unwrap()));
}

// ---- a form of all kinds ----------------------------------------------------------------------

#[test]
fn a_form_of_every_kind_renders_validates_and_saves() {
    let mut editor = FormEditor::open(vec![test_form()]);
    assert_eq!(press(&mut editor, "<save>"), Reaction::Refused);
    let typed = "2" // one code
        .to_owned()
        + "13<enter>" // several
        + "1" // no
        + "42" // whole number
        + "7.25" // decimals
        + "三言<enter>"
        + "1101<enter>"
        + "202605"
        + "丸药<enter>2<enter>3<enter><enter>";
    press(&mut editor, &typed);
    let (shown, _) = screen(&editor, 80, 24, Lang::Zh);
    for part in ["单选", "多选", "三言", "2026-11-01", "2026-05", "丸药"] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    let forms = saved(press(&mut editor, "<save>"));
    let expected = answers(&[
        ("one", code("2")),
        ("many", codes(&["1", "3"])),
        ("yes_no", Value::Bool(false)),
        ("whole", Value::Int(42)),
        ("fraction", dec("7.25")),
        ("words", Value::Text("三言".to_owned())),
        ("on", Value::Date(day("2026-11-01"))),
        (
            "since",
            Value::Month(cunyi::domain::value::YearMonth {
                year: 2026,
                month: Some(5),
            }),
        ),
        (
            "list",
            Value::Rows(vec![answers(&[
                ("name", Value::Text("丸药".to_owned())),
                ("times", Value::Int(2)),
                ("unit", code("3")),
            ])]),
        ),
        ("total", dec("49.25")),
    ]);
    assert_eq!(forms[0].answers, expected);
}

#[rstest]
#[case(80, 20)]
#[case(100, 30)]
#[case(160, 50)]
#[case(60, 12)]
fn the_cursor_stands_in_view_at_every_field(#[case] width: u16, #[case] height: u16) {
    for form in ["F01", "F02", "F08", "household", "bp_screen"] {
        for lang in [Lang::Zh, Lang::En] {
            let mut editor = FormEditor::open(vec![start(form)]);
            let mut before = None;
            while before != Some(editor.at()) {
                before = Some(editor.at());
                let (shown, (x, y)) = screen(&editor, width, height, lang);
                let line: Vec<&str> = shown.lines().collect();
                assert!(
                    line[usize::from(y)].contains('[') && x < width,
                    "{form} {} {x},{y}\n{shown}",
                    field_at(&editor)
                );
                press(&mut editor, "<down>");
            }
        }
    }
}

#[rstest]
#[case(Lang::Zh)]
#[case(Lang::En)]
fn the_hypertension_form_at_design_size(#[case] lang: Lang) {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<normal>13886");
    let (shown, cursor) = screen(&editor, 80, 20, lang);
    insta::assert_snapshot!(
        format!("f01_{lang:?}"),
        format!("{shown}\ncursor {cursor:?}")
    );
}

#[test]
fn the_window_knows_no_form_and_no_field_by_name() {
    let mut names: Vec<String> = Vec::new();
    for form in Catalog::check().unwrap() {
        names.push(form.id.clone());
        names.extend(form.fields().map(|field| field.key.clone()));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tui/form");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for name in &names {
            assert!(!text.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}

#[test]
fn the_referral_key_asks_why_and_where() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<refer>血压不降<enter>镇卫生院 内科");
    let form = &editor.filled()[0];
    assert_eq!(form.answers.get("referral"), Some(&code("2")));
    for (key, text) in [("ref_reason", "血压不降"), ("ref_org", "镇卫生院 内科")] {
        let value = Value::Text(text.to_owned());
        assert_eq!(form.answers.get(key), Some(&value));
    }
}

fn any_key() -> impl Strategy<Value = EditorKey> {
    prop_oneof![
        8 => "[0-9]".prop_map(|text| EditorKey::Char(text.chars().next().unwrap())),
        2 => prop::sample::select(vec!['.', '/', ' ', '-', '心', '２', 'x']).prop_map(EditorKey::Char),
        6 => prop::sample::select(vec![
            EditorKey::Enter,
            EditorKey::Tab,
            EditorKey::BackTab,
            EditorKey::Backspace,
            EditorKey::Delete,
            EditorKey::Up,
            EditorKey::Down,
            EditorKey::Left,
            EditorKey::Right,
            EditorKey::Home,
            EditorKey::End,
            EditorKey::PageUp,
            EditorKey::PageDown,
            EditorKey::Normal,
            EditorKey::Refer,
            EditorKey::Save,
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_pressed_only_sound_answers_are_saved(
        typed in prop::collection::vec(any_key(), 1..120)
    ) {
        let starts = || vec![start("F01"), start("F02"), test_form()];
        let mut editor = FormEditor::open(starts());
        for key in &typed {
            if let Reaction::Save(forms) = editor.key(*key) {
                for (filled, start) in forms.iter().zip(starts()) {
                    let mut context = start.context.clone();
                    context.confirmed.clone_from(&filled.confirmed);
                    context.visit = filled.visit;
                    prop_assert_eq!(check(&start.form, &filled.answers, &context), vec![]);
                }
            }
        }
        screen(&editor, 80, 20, Lang::Zh);
        let steps: Vec<Step> = typed.into_iter().map(Step::Key).collect();
        prop_assert_eq!(FormEditor::restore(starts(), &steps), editor);
    }
}

#[test]
fn ordinary_symptoms_of_diabetes_ask_for_danger_signs() {
    let mut editor = FormEditor::open(vec![start("F02")]);
    press(&mut editor, "2<enter><down><normal>13886");
    press(&mut editor, "66.516.1<save>");
    let faults: Vec<&str> = editor
        .problems()
        .iter()
        .map(|(_, p)| p.fault.code())
        .collect();
    assert_eq!(faults, ["W-DANGER"]);
    assert!(editor.is_asking());
    saved(press(&mut editor, "<save>"));
}

#[test]
fn a_missing_fasting_glucose_is_asked_about_and_may_stand() {
    let mut editor = FormEditor::open(vec![start("F02")]);
    press(&mut editor, "<normal>13886");
    assert_eq!(press(&mut editor, "66.51<save>"), Reaction::AskedToConfirm);
    assert_eq!(field_at(&editor), "fbg");
    let forms = saved(press(&mut editor, "<save>"));
    assert!(forms[0].confirmed.iter().any(|c| c.code == "W-MISSING"));
}

// ---- what stands beside a field ---------------------------------------------------------------

#[test]
fn a_number_out_of_range_stops_at_its_field_and_says_so() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1<normal>13886");
    assert_eq!(field_at(&editor), "heart_rate");
    press(&mut editor, "301");
    assert_eq!(field_at(&editor), "heart_rate");
    let (shown, _) = screen(&editor, 80, 24, Lang::Zh);
    assert!(shown.contains("超出可能的范围 20～300"), "{shown}");
    press(&mut editor, "<bs><bs><bs>74");
    assert_eq!(field_at(&editor), "weight");
}

#[test]
fn a_full_box_shows_every_digit() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1<normal>138152<up>");
    let (shown, _) = screen(&editor, 80, 24, Lang::Zh);
    assert!(shown.contains("[138/152]"), "{shown}");
    editor.key(EditorKey::End);
    let (shown, (x, _)) = screen(&editor, 80, 24, Lang::Zh);
    assert!(shown.contains("[138/152]"), "{shown}");
    let line = shown
        .lines()
        .find(|line| line.contains("[138/152]"))
        .unwrap();
    let before = line.split(']').next().unwrap();
    let behind = unicode_width::UnicodeWidthStr::width(before);
    assert_eq!(
        usize::from(x),
        behind,
        "the cursor stands behind the last digit"
    );
}

#[test]
fn the_second_value_of_a_pair_has_its_sign_too() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "1<normal>138<enter><down>7466.5<save>");
    let (shown, _) = screen(&editor, 80, 24, Lang::Zh);
    assert!(shown.contains("!血压"), "{shown}");
}

#[test]
fn all_normal_by_telephone_leads_to_the_value_that_may_be_told() {
    let mut editor = FormEditor::open(vec![start("F01")]);
    press(&mut editor, "<up>3<normal>");
    assert_eq!(field_at(&editor), "sbp");
    press(&mut editor, "13886");
    let (shown, _) = screen(&editor, 80, 24, Lang::Zh);
    assert!(shown.contains("[138/ 86]"), "{shown}");
}
