//! Every form walked through the window at 80 × 24 by keys alone: a fitting person is entered in
//! the programme, the form opened, filled in wrongly, put right and saved.
//!
//! What is typed stands in `support/filled_forms.toml` and `support/filled_entries.toml`. How one
//! form takes keys is `service_forms`; what a visit leads to is `rules`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use cunyi::{
    desk::{Desk, Question, Reply, reply::PersonView},
    domain::{
        day::{Day, plus_days},
        form::{Field, Joint, Kind, Problem, Severity, typed},
        id::PersonId,
        programmes::{PROGRAMMES, ProgrammeKind},
        text::Lang,
        value::Value,
        visit::{self, ENTRY_FORMS, VISIT_FORMS},
    },
    lang::refusals,
    tui::form::FormEditor,
};
use rstest::rstest;

use crate::{
    service_forms::{
        examples::{self, Example},
        filling::changes,
    },
    support::{
        live::Window,
        village::{self, Standing, day, household, resident, turn_to},
    },
};

const NAME: &str = "何晓燕";

/// The problems a form names before it only counts them.
const NAMED: usize = 4;

/// What a key cannot bring about: a code that is not there, two answers that exclude each other,
/// an answer to what is not asked; and what is only doubted.
const BEYOND_KEYS: &[&str] = &["E-CODE", "E-CODE-EXCL", "E-NOT-ASKED", "E-RX-CLASS"];

type Texts = BTreeMap<String, String>;

fn example(id: &str) -> Example {
    let mut all = examples::all().into_iter().chain(examples::entries());
    all.find(|example| example.form.id == id)
        .unwrap_or_else(|| panic!("no example of {id}"))
}

/// The day the person of an example enters its programme.
fn entered(example: &Example) -> Day {
    let visit = example.context.visit;
    let earlier = match example.form.id.as_str() {
        "F13" | "F14" => day("2026-10-16"),
        "F15" => day("2026-03-05"),
        _ => plus_days(visit, -30),
    };
    let birth = example.context.birth.unwrap();
    example.context.entered.unwrap_or(earlier.max(birth))
}

/// One person and the window at her record.
struct Walk {
    desk: Arc<Desk>,
    clock: Arc<Standing>,
    person: PersonId,
    window: Option<Window>,
    lang: Lang,
    opened: u32,
    today: Day,
}

impl Walk {
    /// A clinic on this day with the one person the example is about.
    fn of(example: &Example, today: Day, lang: Lang) -> Self {
        let (desk, clock) = village::clinic_on(today);
        let sex = match example.context.sex.as_deref() {
            Some("2") => "女",
            _ => "男",
        };
        let birth = example.context.birth.unwrap().to_string();
        let (_, people) = household(&desk, "3", vec![resident(NAME, sex, &birth)]);
        let mut walk = Self {
            desk,
            clock,
            person: people[0],
            window: None,
            lang,
            opened: 0,
            today,
        };
        walk.open_window();
        walk
    }

    /// A window of its own for what comes, as on another morning.
    fn on(&mut self, today: Day) {
        turn_to(&self.clock, today);
        self.today = today;
        self.open_window();
    }

    fn open_window(&mut self) {
        self.opened += 1;
        let name = format!("w{}", self.opened);
        self.window = Some(Window::open_in(&self.desk, "王建国", &name, self.lang));
    }

    fn window(&self) -> &Window {
        self.window.as_ref().unwrap()
    }

    fn editor(&self) -> Option<&FormEditor> {
        self.window().app.forms()
    }

    fn seen(&self) -> String {
        self.window().seen()
    }

    fn press(&mut self, keys: &str) {
        let window = self.window.take().unwrap();
        self.window = Some(window.keys(keys));
    }

    /// Presses keys in a form, and looks at the screen after each.
    fn type_keys(&mut self, keys: &str) {
        for key in split(keys) {
            self.press(&key);
            self.is_in_sight();
        }
    }

    /// The cursor is on the screen, in a box of its field, whose label can be read.
    fn is_in_sight(&self) {
        let Some(editor) = self.editor() else { return };
        let (seen, cursor) = self.window().drawn();
        let form = editor.form().unwrap();
        let field = form.field_at(editor.at().field).unwrap();
        let what = format!("{} {}", form.id, field.key);
        let (_, y) = cursor.unwrap_or_else(|| panic!("{what}: no cursor\n{seen}"));
        let line = seen.lines().nth(usize::from(y)).unwrap();
        assert!(
            line.contains('[') || line.contains('_'),
            "{what}: {line}\n{seen}"
        );
        if field.joint != Joint::Slash && editor.at().cell.is_none() {
            let label = words(field.label.get(self.lang));
            assert!(words(&seen).contains(&label), "{what}: no label\n{seen}");
        }
    }

    /// Opens the list of what can be recorded and takes what reads like this.
    fn choose(&mut self, wanted: &str) {
        self.press(&format!("<f3>{NAME}<f2>"));
        let heading = match self.lang {
            Lang::Zh => "记录什么",
            Lang::En => "What is to be recorded",
        };
        if !self.seen().contains(heading) {
            self.press("<ctrl-r><ins>");
        }
        assert!(self.seen().contains(heading), "{wanted}:\n{}", self.seen());
        for _ in 0..60 {
            let seen = self.seen();
            let here = seen.lines().find(|line| line.starts_with(" ▸"));
            if here.is_some_and(|line| line.contains(wanted)) {
                self.press("<enter>");
                return;
            }
            self.press("<down>");
        }
        panic!("{wanted} is not offered:\n{}", self.seen());
    }

    /// Enters the programme by keys, on its form where it has one.
    fn enter(&mut self, kind: ProgrammeKind, visited: &Example) {
        let mut programmes = PROGRAMMES.iter();
        let programme = programmes.find(|p| p.kind == kind).unwrap();
        if !programme.is_entered() {
            return;
        }
        let word = match self.lang {
            Lang::Zh => "纳入",
            Lang::En => "Enrol:",
        };
        self.choose(&format!("{word} {}", programme.short.get(self.lang)));
        if let Some(form) = visit::entry_form(kind) {
            let entry = example(form);
            let mut texts = entry.typed;
            // What happened on the day of the entry in the example happens on this one's.
            let on = entry.context.visit.to_string();
            for text in texts.values_mut().filter(|text| **text == on) {
                *text = self.today.to_string();
            }
            if kind == ProgrammeKind::Child {
                texts.remove("discharged");
            }
            self.fill(&texts);
            self.save();
        }
        let course = &self.person().member.course.programmes[&kind];
        assert!(course.is_open(), "{}: {kind:?}", visited.form.id);
    }

    fn person(&self) -> Box<PersonView> {
        match self.desk.answer(&Question::Person(self.person)).unwrap() {
            Reply::Person(view) => view,
            other => panic!("{other:?}"),
        }
    }

    /// Goes to a field with the arrow keys, of a list to its first cell; returns whether it is
    /// asked at all.
    fn go_to(&mut self, index: usize) -> bool {
        let mut from = self.editor().unwrap().at();
        loop {
            let is_first = from.cell.is_none_or(|c| (c.row, c.column) == (0, 0));
            if from.field == index && is_first {
                return true;
            }
            let is_above = from.field < index;
            self.type_keys(if is_above { "<down>" } else { "<up>" });
            let at = self.editor().unwrap().at();
            if at == from || at.field != index && (at.field < index) != is_above {
                return false;
            }
            from = at;
        }
    }

    /// Types what the form does not say yet.
    fn fill(&mut self, texts: &Texts) {
        let mut typed_now = BTreeSet::new();
        // What is answered last may ask something above it.
        for _ in 0..3 {
            for index in 0..self.editor().unwrap().form().unwrap().fields().count() {
                let editor = self.editor().unwrap();
                let field = editor.form().unwrap().field_at(index).unwrap().clone();
                let Some(text) = texts.get(&field.key) else {
                    continue;
                };
                let stands = editor.filled()[editor.at().page]
                    .answers
                    .get(&field.key)
                    .cloned();
                let wanted = typed::parse(&field, text, self.today).ok();
                let is_calculated = matches!(field.kind, Kind::Calc { .. });
                let is_wrong_already = typed_now.contains(&index) && editor.has_unread();
                let is_nothing = text.is_empty() && stands.is_none();
                if is_calculated
                    || is_nothing
                    || is_wrong_already
                    || wanted.is_some() && stands == wanted
                {
                    continue;
                }
                let is_asked = self.go_to(index);
                assert!(
                    is_asked || text.is_empty(),
                    "{}\n{}",
                    field.key,
                    self.seen()
                );
                typed_now.insert(index);
                if !is_asked {
                    continue;
                }
                if text.is_empty() {
                    self.type_keys("<del>");
                } else {
                    self.answer(&field, text, stands.as_ref());
                }
            }
        }
    }

    /// Types an answer as one does: digits for options, Enter to leave a cell.
    fn answer(&mut self, field: &Field, text: &str, stands: Option<&Value>) {
        if let Kind::Rows { .. } = field.kind {
            self.rows(field, text);
            return;
        }
        if field.options().is_empty() {
            // The first digit of a number replaces it, the first sign of a text does not.
            if matches!(field.kind, Kind::Text { .. }) {
                self.type_keys("<del>");
            }
            self.type_keys(text);
            return;
        }
        let value = typed::parse(field, text, self.today);
        let value = value.unwrap_or_else(|fault| panic!("{} {text}: {fault:?}", field.key));
        // In a multiple field a digit toggles.
        let before = stands.filter(|_| matches!(field.kind, Kind::Codes(_)));
        let before = before.map_or(&[][..], Value::codes);
        let chosen = typed::as_typed(field, &value);
        let wanted: Vec<&str> = chosen.split(',').collect();
        let gone = before.iter().map(String::as_str);
        let gone = gone.filter(|code| !wanted.contains(code));
        let come = wanted.iter().copied();
        let come = come.filter(|code| !before.iter().any(|b| b == code));
        let codes: Vec<String> = gone.chain(come).map(str::to_owned).collect();
        let index = self.editor().unwrap().at().field;
        for code in codes {
            if self.editor().unwrap().at().field != index {
                self.go_to(index);
            }
            let mut options = field.options().iter();
            let at = options.position(|option| option.code == code);
            let at = at.unwrap_or_else(|| panic!("{} {code}\n{}", field.key, self.seen()));
            let place = self.editor().unwrap().at();
            self.type_keys(&field.digits_of(at));
            if self.editor().unwrap().at() == place {
                self.type_keys("<space>");
            }
        }
    }

    fn rows(&mut self, field: &Field, text: &str) {
        for row in text.split(';') {
            let cells: Vec<&str> = row.split('|').collect();
            for (column, asked) in field.columns().iter().enumerate() {
                let cell = self.editor().unwrap().at().cell.unwrap();
                assert_eq!(cell.column, column, "{}\n{}", field.key, self.seen());
                let text = cells.get(column).copied().unwrap_or("");
                if !text.is_empty() {
                    self.answer(asked, text, None);
                }
                // One separator behind a number that left by itself is swallowed.
                for _ in 0..2 {
                    if self.editor().unwrap().at().cell == Some(cell) {
                        self.type_keys("<enter>");
                    }
                }
            }
        }
    }

    /// Saves and, where it is asked, confirms.
    fn save(&mut self) {
        let before = self.person().contacts.len();
        self.press("<f2>");
        if self.editor().is_some() {
            self.press("<f2>");
        }
        // Nothing was recorded for weeks: is the clock right?
        if self.seen().contains("1 日期对，保存") {
            self.press("1");
        }
        let problems = self.editor().map(FormEditor::problems);
        assert!(problems.is_none(), "{problems:?}\n{}", self.seen());
        let saved = self.person().contacts.len();
        assert_eq!(saved, before + 1, "{}", self.seen());
    }

    /// Types a wrong example over the right one: it is refused by name and nothing is saved.
    fn is_refused(&mut self, wrong: &str, expected: &[&str]) {
        let before = self.person().contacts.len();
        self.press("<f2>");
        let seen = self.seen();
        let editor = self.editor().unwrap_or_else(|| panic!("{wrong}:\n{seen}"));
        let form = editor.form().unwrap();
        let hard = |problem: &&Problem| problem.severity() == Severity::Hard;
        let here = editor.at().page;
        let all = editor.problems().iter();
        let all: Vec<&Problem> = all
            .filter(|(page, _)| *page == here)
            .map(|(_, p)| p)
            .collect();
        let found: Vec<&Problem> = all.iter().copied().filter(hard).collect();
        let codes: Vec<&str> = found.iter().map(|problem| problem.fault.code()).collect();
        for code in expected {
            assert!(codes.contains(code), "{} {wrong}: {codes:?}", form.id);
        }
        for problem in all.iter().take(NAMED).copied().filter(hard) {
            let label = form.field(&problem.field).unwrap().label.get(self.lang);
            let said = refusals::form::fault(&problem.fault, self.lang);
            for part in [label, &said] {
                let is_there = words(&seen).contains(&words(part));
                assert!(is_there, "{} {wrong}: {part}\n{seen}", form.id);
            }
        }
        let first = &found.first().unwrap().field;
        let here = &form.field_at(editor.at().field).unwrap().key;
        assert_eq!(here, first, "{} {wrong}\n{seen}", form.id);
        self.is_in_sight();
        assert_eq!(self.person().contacts.len(), before, "{} {wrong}", form.id);
    }

    fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

fn words(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// Each key of a run by itself.
fn split(keys: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = keys;
    while let Some(sign) = rest.chars().next() {
        let named = rest.starts_with('<').then(|| rest.find('>')).flatten();
        let length = named.map_or(sign.len_utf8(), |end| end + 1);
        let (key, after) = rest.split_at(length);
        all.push(if key == " " { "<space>" } else { key }.to_owned());
        rest = after;
    }
    all
}

/// The wrong examples that keys can bring about, each with its hard faults.
fn wrongs(example: &Example) -> Vec<(String, Vec<String>)> {
    let read = |line: &String| {
        let (sets, codes) = line.split_once("=>").unwrap();
        let codes: Vec<String> = codes.split_whitespace().map(str::to_owned).collect();
        let is_hard = |code: &&String| code.starts_with('E');
        let is_typed = codes
            .iter()
            .all(|code| !BEYOND_KEYS.contains(&code.as_str()));
        let calculated = |(key, _): &(String, String)| {
            let field = example.form.field(key).unwrap();
            matches!(field.kind, Kind::Calc { .. } | Kind::Rows { .. }) || field.by_rules
        };
        let is_free = !changes(sets.trim()).iter().any(calculated);
        let hard: Vec<String> = codes.iter().filter(is_hard).cloned().collect();
        (is_typed && is_free && !hard.is_empty()).then(|| (sets.trim().to_owned(), hard))
    };
    example.wrong.iter().filter_map(read).collect()
}

/// Opens the example's form by keys on its day.
fn opened(example: &Example, lang: Lang) -> Walk {
    let id = example.form.id.as_str();
    let visit = example.context.visit;
    let walk = if let Some(kind) = visit::programme_of(id) {
        let mut walk = Walk::of(example, entered(example), lang);
        walk.enter(kind, example);
        let word = match lang {
            Lang::Zh => "填",
            Lang::En => "Fill in:",
        };
        // The first visit has a paper of its own.
        if id == "F06" {
            let first = self::example("F05");
            walk.on(first.context.visit);
            walk.choose(&format!("{word} {}", first.form.title.get(lang)));
            walk.fill(&first.typed);
            walk.save();
        }
        walk.on(visit);
        // The score of self-care comes with the check-up it belongs to.
        let offered = if id == "F09" { "F07" } else { id };
        let form = self::example(offered).form;
        walk.choose(&format!("{word} {}", form.title.get(lang)));
        walk
    } else {
        let kind = visit::entered_on(id).unwrap();
        let mut walk = Walk::of(example, visit, lang);
        let programme = PROGRAMMES.iter().find(|p| p.kind == kind).unwrap();
        let word = match lang {
            Lang::Zh => "纳入",
            Lang::En => "Enrol:",
        };
        walk.choose(&format!("{word} {}", programme.short.get(lang)));
        walk
    };
    let forms = walk.editor().map(FormEditor::filled).unwrap_or_default();
    let is_there = forms.iter().any(|form| form.form == id);
    assert!(is_there, "{id}\n{}", walk.seen());
    walk.is_in_sight();
    walk
}

/// The answers of a page walked through on the way.
fn beside(example: &Example) -> Texts {
    let mut texts = example.typed.clone();
    match example.form.id.as_str() {
        // Its level is what the check-up says of self-care in the example, and the other way.
        "F09" => texts.values_mut().for_each(|text| "0".clone_into(text)),
        "F07" => _ = texts.insert("self_care".to_owned(), "3".to_owned()),
        other => panic!("{other} comes along"),
    }
    texts
}

/// Fills a page in with each of two wrong examples, and rightly in the end.
fn wrong_then_right(walk: &mut Walk, example: &Example) {
    let id = &example.form.id;
    let wrongs = wrongs(example);
    assert!(!wrongs.is_empty(), "{id} has no wrong example to type");
    let complete = example.filled(&[]).answers;
    for (sets, codes) in wrongs.iter().take(2) {
        let changes = changes(sets);
        let mut wrong = example.typed.clone();
        wrong.extend(changes.iter().cloned());
        walk.fill(&wrong);
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        walk.is_refused(sets, &codes);
        let mut right = example.typed.clone();
        for (key, _) in changes {
            let field = example.form.field(&key).unwrap();
            let value = complete.get(&key);
            let text = value.map_or_else(String::new, |value| typed::as_typed(field, value));
            right.entry(key).or_insert(text);
        }
        walk.fill(&right);
    }
}

fn is_walked(id: &str) {
    let wanted = example(id);
    let mut walk = opened(&wanted, Lang::Zh);
    loop {
        let editor = walk.editor().unwrap();
        let (page, pages) = (editor.at().page, editor.page_count());
        let shown = editor.form().unwrap().id.clone();
        if shown == id {
            wrong_then_right(&mut walk, &wanted);
        } else {
            walk.fill(&beside(&example(&shown)));
        }
        if page + 1 == pages {
            break;
        }
        // The save key first shows what nobody has seen.
        walk.press("<f2>");
        walk.is_in_sight();
        assert_eq!(
            walk.editor().unwrap().at().page,
            page + 1,
            "{}",
            walk.seen()
        );
    }
    walk.save();
    let view = walk.person();
    let saved = view.contacts.iter().max_by_key(|contact| contact.seq);
    let saved = saved.unwrap();
    assert_eq!(saved.day, wanted.context.visit, "{id}");
    let form = saved.forms.iter().find(|form| form.form == id).unwrap();
    let answers = wanted.filled(&[]).answers;
    for key in wanted.typed.keys() {
        assert_eq!(form.answers.get(key), answers.get(key), "{id} {key}");
    }
    let decision = &saved.decision;
    let is_paper = visit::programme_of(id) == Some(ProgrammeKind::Outpatient);
    let is_heard = is_paper || !decision.rules.is_empty() || decision.screening.is_some();
    assert!(is_heard, "{id}: {decision:?}");
    if let Some(kind) = visit::entered_on(id) {
        assert!(view.member.course.programmes[&kind].is_open(), "{id}");
    }
    walk.is_clean();
}

#[rstest]
fn a_form_is_reached_filled_in_wrongly_put_right_and_saved_by_keys(
    #[values(
        "F01",
        "F02",
        "F04",
        "F05",
        "F06",
        "F07",
        "F09",
        "F10",
        "F11",
        "F12",
        "F13",
        "F14",
        "F15",
        "F16",
        "F17",
        "F18",
        "F19",
        "F20",
        "F20_record",
        "F21",
        "F21_back",
        "F22",
        "F23",
        "F24",
        "F25",
        "F26",
        "F27",
        "bp_screen",
        "F03",
        "enter_tb",
        "enter_anc",
        "enter_pnc",
        "enter_child",
        "enter_disabled",
        "enter_poverty",
        "enter_general"
    )]
    id: &str,
) {
    is_walked(id);
}

#[test]
fn every_form_of_a_visit_and_of_an_entry_is_walked() {
    let here = include_str!("walk.rs");
    let forms = VISIT_FORMS.iter().map(|form| form.id);
    for id in forms.chain(ENTRY_FORMS.iter().map(|(id, _)| *id)) {
        assert!(here.contains(&format!("\"{id}\"")), "{id} is not walked");
    }
}

/// English words are longer: the first screen of each form, by sight.
#[rstest]
fn the_first_screen_of_a_form_is_whole_in_english(
    #[values(
        "F01",
        "F02",
        "F04",
        "F05",
        "F06",
        "F07",
        "F10",
        "F11",
        "F12",
        "F13",
        "F14",
        "F15",
        "F16",
        "F17",
        "F18",
        "F19",
        "F20",
        "F20_record",
        "F21",
        "F21_back",
        "F22",
        "F23",
        "F24",
        "F25",
        "F26",
        "F27",
        "bp_screen",
        "F03",
        "enter_tb",
        "enter_anc",
        "enter_pnc",
        "enter_child",
        "enter_disabled",
        "enter_poverty",
        "enter_general"
    )]
    id: &str,
) {
    let walk = opened(&example(id), Lang::En);
    let seen = walk.seen();
    assert!(!seen.contains('…'), "{seen}");
    let rule = "─".repeat(80);
    let mut parts = seen.split(&rule).skip(1);
    let shown = words(parts.next().unwrap());
    let editor = walk.editor().unwrap();
    let form = editor.form().unwrap();
    let here = form.field_at(editor.at().field).unwrap();
    for option in here.options() {
        let label = words(option.label.get(Lang::En));
        assert!(shown.contains(&label), "{id} {}: {label}\n{seen}", here.key);
    } // What is decided stands whole below it.
    let below = parts.next().unwrap();
    let count = |sign: char| below.matches(sign).count();
    assert_eq!(count('('), count(')'), "{id}\n{seen}");
}
