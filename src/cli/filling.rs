//! Filling in the forms of one visit from words: what is set, what a line says, what the last
//! record and the other form of the visit bring along.
//!
//! All problems of all forms are told at once; the rules' own come from the desk.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    open::Session,
    print::Trouble,
    values::{self, Setting},
    wording,
};
use crate::{
    domain::{
        form::{
            self, Confirmation, Fault, FilledForm, FormContext, FormDef, Mark, Problem, Severity,
            column,
            fill::{self, Filled},
            line,
        },
        text::Lang,
        value::Value,
    },
    lang::refusals,
};

/// One form being filled in.
pub struct Sheet {
    pub form: Arc<FormDef>,
    pub context: FormContext,
    pub filled: Filled,
}

/// What was typed for a visit.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Typed {
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    #[arg(long, value_name = "LINE")]
    pub line: Option<String>,
    #[arg(long)]
    pub confirm: bool,
}

impl Sheet {
    /// Opens a new form; what the last record brings stands in it only where it was confirmed.
    pub fn open(form: Arc<FormDef>, context: FormContext, confirmed: bool) -> Self {
        let filled = fill::opening(&form, &context);
        let sheet = Self {
            form,
            context,
            filled,
        };
        sheet.without_carried(confirmed)
    }

    /// Goes on with a form in progress: what was filled in stands.
    pub fn go_on(
        form: Arc<FormDef>,
        context: FormContext,
        open: &FilledForm,
        confirmed: bool,
    ) -> Self {
        Self::reopen(form, context, open).without_carried(confirmed)
    }

    /// Leaves out what the last record brings, unless it was confirmed.
    fn without_carried(mut self, confirmed: bool) -> Self {
        for field in self.form.fields().filter(|_| !confirmed) {
            if self.filled.marks.get(&field.key) == Some(&Mark::Carried) {
                self.filled.put(&field.key, None, Mark::Carried);
            }
        }
        self.settle();
        self
    }

    /// Takes a recorded form up again; what the rules proposed is theirs to propose anew.
    pub fn reopen(form: Arc<FormDef>, context: FormContext, recorded: &FilledForm) -> Self {
        let mut filled = Filled {
            answers: recorded.answers.clone(),
            marks: recorded.marks.clone(),
        };
        let day = form.visit_day.clone();
        let proposed = |key: &str| recorded.marks.get(key) == Some(&Mark::Proposed);
        for field in form.fields() {
            if day.as_ref() == Some(&field.key) {
                let own = Some(Value::Date(context.visit));
                filled.put(&field.key, own, Mark::Proposed);
            } else if field.by_rules && proposed(&field.key) {
                filled.put(&field.key, None, Mark::Proposed);
            }
        }
        Self {
            form: column::in_column(&form, &filled.answers),
            context,
            filled,
        }
    }

    /// Brings what the form works out by itself up to date, and its column with it.
    fn settle(&mut self) {
        self.filled.settle(&self.form, &self.context);
        self.form = column::in_column(&self.form, &self.filled.answers);
    }

    fn named(&self, name: &str) -> bool {
        self.form.id.eq_ignore_ascii_case(name)
    }

    fn put(&mut self, setting: &Setting) -> Result<bool, Fault> {
        let Some(field) = values::field(&self.form, &setting.key) else {
            return Ok(false);
        };
        let key = field.key.clone();
        if self.form.visit_day.as_ref() == Some(&key) {
            // The day of a visit is `--date`'s to say.
            return Err(Fault::Forced {
                to: self.context.visit.to_string(),
            });
        }
        let value = match setting.text.trim() {
            "" => None,
            text => Some(values::read(field, text, self.context.today)?),
        };
        let said_before = self.filled.marks.get(&key) == Some(&Mark::Typed);
        let value = match (value, self.filled.answers.get(&key)) {
            // Rows set one after the other add up.
            (Some(Value::Rows(more)), Some(Value::Rows(rows))) if said_before => {
                Some(Value::Rows(rows.iter().cloned().chain(more).collect()))
            }
            (value, _) => value,
        };
        self.filled.put(&key, value, Mark::Typed);
        self.settle();
        Ok(true)
    }

    /// Leaves out what stands there unasked and was not typed.
    fn prune(&mut self) {
        let asked = fill::relevant(&self.form, &self.filled.answers, &self.context);
        let typed = |key: &String| self.filled.marks.get(key) == Some(&Mark::Typed);
        let gone: Vec<String> = self
            .filled
            .answers
            .keys()
            .filter(|key| !asked.contains_key(*key) && !typed(key))
            .cloned()
            .collect();
        for key in gone {
            self.filled.put(&key, None, Mark::Typed);
        }
    }

    fn hand_over(&self, confirmed: BTreeSet<Confirmation>) -> FilledForm {
        FilledForm {
            form: self.form.id.clone(),
            edition: self.form.edition.clone(),
            visit: self.context.visit,
            answers: self.filled.answers.clone(),
            marks: self.filled.marks.clone(),
            confirmed,
        }
    }
}

/// Fills the sheets in and hands them over.
///
/// # Errors
/// Refuses, naming every setting, word and field that is wrong or, unless confirmed, doubtful.
pub fn fill_in(
    session: &Session<'_>,
    sheets: &mut [Sheet],
    typed: &Typed,
) -> Result<Vec<FilledForm>, Trouble> {
    set(session, sheets, &typed.set)?;
    if let Some(line) = &typed.line {
        read_line(session, sheets, line)?;
    }
    share(sheets);
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.prune();
        let found = form::check(&sheet.form, &sheet.filled.answers, &sheet.context);
        problems.extend(found.into_iter().map(|problem| (at, problem)));
    }
    let hard = |(_, problem): &(usize, Problem)| problem.severity() == Severity::Hard;
    if problems.iter().any(hard) || !problems.is_empty() && !typed.confirm {
        return Err(told(session, sheets, &problems));
    }
    let confirmed = |at: usize| {
        let of = problems.iter().filter(|(place, _)| *place == at);
        of.map(|(_, problem)| problem.confirmation()).collect()
    };
    let sheets = sheets.iter().enumerate();
    Ok(sheets.map(|(at, s)| s.hand_over(confirmed(at))).collect())
}

fn set(session: &Session<'_>, sheets: &mut [Sheet], settings: &[String]) -> Result<(), Trouble> {
    let lang = session.call.lang;
    let mut wrong: Vec<(Option<String>, &'static str, String)> = Vec::new();
    for text in settings {
        let Some(setting) = values::setting(text) else {
            wrong.push((None, "E-INPUT", wording::bad_setting(text, lang)));
            continue;
        };
        let mut known = false;
        for sheet in sheets.iter_mut() {
            if setting
                .form
                .as_deref()
                .is_some_and(|form| !sheet.named(form))
            {
                continue;
            }
            match sheet.put(&setting) {
                Ok(found) => known |= found,
                Err(fault) => {
                    known = true;
                    let said = refusals::form::fault(&fault, lang);
                    let line = wording::wrong_setting(text, &said, lang);
                    wrong.push((Some(setting.key.clone()), fault.code(), line));
                    break;
                }
            }
        }
        if !known {
            let forms: Vec<&str> = sheets.iter().map(|s| s.form.id.as_str()).collect();
            let line = wording::no_field(text, &forms, lang);
            wrong.push((Some(setting.key.clone()), Fault::UnknownField.code(), line));
        }
    }
    refuse_all(wrong)
}

fn read_line(session: &Session<'_>, sheets: &mut [Sheet], text: &str) -> Result<(), Trouble> {
    let lang = session.call.lang;
    let mut left: BTreeSet<String> = line::words(text).into_iter().collect();
    for sheet in sheets.iter_mut() {
        let (form, context) = (&sheet.form, &sheet.context);
        let understood = match line::read(form, text, &sheet.filled, context) {
            Ok(filled) => {
                sheet.filled = filled;
                sheet.settle();
                left.clear();
                continue;
            }
            Err(unknown) => {
                let unknown: BTreeSet<String> = unknown.into_iter().map(|word| word.0).collect();
                let words = line::words(text).into_iter();
                words
                    .filter(|word| !unknown.contains(word))
                    .collect::<Vec<_>>()
            }
        };
        let quoted: Vec<String> = understood
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect();
        if let Ok(filled) = line::read(form, &quoted.join(" "), &sheet.filled, context) {
            sheet.filled = filled;
            sheet.settle();
        }
        left.retain(|word| !understood.contains(word));
    }
    let said = |word: String| (None, "E-LINE", wording::unknown_word(&word, lang));
    refuse_all(left.into_iter().map(said).collect())
}

fn refuse_all(wrong: Vec<(Option<String>, &'static str, String)>) -> Result<(), Trouble> {
    let Some((field, code, _)) = wrong.first().cloned() else {
        return Ok(());
    };
    let lines: Vec<String> = wrong.into_iter().map(|(_, _, line)| line).collect();
    let field = field.unwrap_or_else(|| "--set".to_owned());
    Err(Trouble::input(code, Some(&field), lines.join("\n")))
}

/// What one form was told, the others of the visit need not be told again.
fn share(sheets: &mut [Sheet]) {
    for at in 0..sheets.len() {
        let Some((form, said)) = sheets.get(at).map(|sheet| {
            let mut said = sheet.filled.answers.clone();
            said.retain(|key, _| sheet.filled.marks.get(key) == Some(&Mark::Typed));
            (Arc::clone(&sheet.form), said)
        }) else {
            continue;
        };
        for (place, other) in sheets.iter_mut().enumerate() {
            if place == at {
                continue;
            }
            for (key, value) in fill::shared(&form, &said, &other.form) {
                if other.filled.marks.get(&key) != Some(&Mark::Typed) {
                    other.filled.put(&key, Some(value), Mark::Shared);
                }
            }
            other.settle();
        }
    }
}

fn told(session: &Session<'_>, sheets: &[Sheet], problems: &[(usize, Problem)]) -> Trouble {
    let lang = session.call.lang;
    let several = 1 < sheets.len();
    let name = |at: usize, key: &str| {
        let form = sheets.get(at).map_or("", |sheet| sheet.form.id.as_str());
        let name = session.field_name(Some(form), key);
        if several {
            format!("{form} {name}")
        } else {
            name
        }
    };
    let hard = |problem: &Problem| problem.severity() == Severity::Hard;
    let lines: Vec<String> = problems
        .iter()
        .map(|(at, problem)| {
            let place = match &problem.row {
                Some(row) => wording::row(&name(*at, &problem.field), row.index + 1, lang),
                None => name(*at, &problem.field),
            };
            let said = refusals::form::fault(&problem.fault, lang);
            let carried = carried(sheets.get(*at), problem, lang);
            let colon = if lang == Lang::Zh { "：" } else { ": " };
            format!("{place}{colon}{said}{carried}")
        })
        .collect();
    let first = problems
        .iter()
        .find(|(_, problem)| hard(problem))
        .or(problems.first());
    let mut message = lines.join("\n");
    if !problems.iter().any(|(_, problem)| hard(problem)) {
        message.push('\n');
        message.push_str(session.call.say(wording::TO_CONFIRM));
    }
    let (code, field) = first.map_or(("E-FORM", String::new()), |(at, problem)| {
        let form = sheets.get(*at).map_or("", |sheet| sheet.form.id.as_str());
        let field = if several {
            format!("{form}.{}", problem.field)
        } else {
            problem.field.clone()
        };
        (problem.fault.code(), field)
    });
    Trouble::input(code, Some(&field), message)
}

/// Offers what the last record has for a field left open.
fn carried(sheet: Option<&Sheet>, problem: &Problem, lang: Lang) -> String {
    let last = sheet
        .filter(|_| problem.fault == Fault::Missing)
        .and_then(|sheet| {
            let opening = fill::opening(&sheet.form, &sheet.context);
            let is_carried = opening.marks.get(&problem.field) == Some(&Mark::Carried);
            let field = sheet.form.field(&problem.field).filter(|_| is_carried)?;
            let value = opening.answers.get(&problem.field)?;
            Some(form::typed::shown(field, value, lang))
        });
    last.map_or_else(String::new, |last| wording::last_was(&last, lang))
}
