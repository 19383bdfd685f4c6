//! `cunyi import`: reads a roster of people and households, shows what it would do, and takes it.

use std::{ops::ControlFlow, path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use serde_json::json;

use super::{
    open::Session,
    print::{self, Answer, Trouble},
    progress::Progress,
};
use crate::{
    desk::{Command, Stop, request::Accepted},
    domain::{
        roster::{ImportProgress, Outcome, Preview, Roster, RosterCounts, RosterFailure},
        text::{Lang, Text},
    },
    lang::refusals::{
        import::{self as words, Issue},
        roster as file_words,
    },
    paper::{
        export::{self, Format, Overwrite, Table, TableCell, TableColumn},
        roster,
    },
};

/// What `import` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    enrol: bool,
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
}

/// How many problems are printed; `--problems` writes them all.
const MOST_PRINTED: usize = 40;

/// Reads the roster and takes it.
///
/// # Errors
/// Refuses a file nothing can be read from, and one of which nothing can be taken; fails when
/// it is interrupted, and with the disk.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let mut progress = Progress::begin(session.call.lang, true);
    let told = import(session, arguments, &mut progress);
    progress.end();
    told
}

fn import(
    session: &Session<'_>,
    arguments: &Arguments,
    progress: &mut Progress,
) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let roster = Arc::new(read(session, arguments, progress)?);
    let watch =
        &mut |at: ImportProgress| progress.tell(words::stage(at.stage).get(lang), at.done, at.of);
    let failed = |stop: Stop| session.trouble(&stop);
    let mut told = Told {
        counts: roster.counts(),
        roster: Arc::clone(&roster),
        preview: Preview::default(),
        issues: Vec::new(),
        enrolled: 0,
        held: None,
        arguments,
    };
    if arguments.dry_run {
        told.preview = session
            .desk
            .import_preview(&roster, watch)
            .map_err(failed)?;
        told.list(lang)?;
        if arguments.enrol {
            told.enrolled = told.preview.enrol.len();
        }
        return Ok(told.answer(lang));
    }
    let enrol = if arguments.enrol {
        Accepted::All
    } else {
        Accepted::These(Vec::new())
    };
    let command = Command::Import {
        roster,
        enrol,
        gauge: None,
    };
    let change = session.request(Vec::new(), command)?;
    let mut prepared = session
        .desk
        .prepare_import(&change, watch)
        .map_err(failed)?;
    told.preview = std::mem::take(&mut prepared.preview);
    told.list(lang)?;
    let imported = session.desk.import_prepared(&change, prepared, watch);
    let imported = imported.map_err(failed)?;
    told.enrolled = imported.done.counts.get("enrolled").copied().unwrap_or(0);
    told.held = Some(imported.held);
    Ok(told.answer(lang))
}

fn read(
    session: &Session<'_>,
    arguments: &Arguments,
    progress: &mut Progress,
) -> Result<Roster, Trouble> {
    let lang = session.call.lang;
    let read = roster::read(
        &arguments.file,
        arguments.sheet.as_deref(),
        session.today(),
        &mut |at| match progress.tell(READING.get(lang), at.done.into(), at.of.unwrap_or(0).into())
        {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        },
    );
    read.map_err(|failure| match failure {
        RosterFailure::Stopped => session.trouble(&Stop::interrupted()),
        _ => Trouble::input("E-FILE", Some("FILE"), file_words::failure(&failure, lang)),
    })
}

const READING: Text = Text {
    zh: "正在读取",
    en: "reading",
};

struct Told<'a> {
    roster: Arc<Roster>,
    preview: Preview,
    issues: Vec<Issue>,
    counts: RosterCounts,
    enrolled: usize,
    /// How long other windows had to wait for it.
    held: Option<Duration>,
    arguments: &'a Arguments,
}

impl Told<'_> {
    /// Lists what is to be looked at, writes it to the file asked for, and refuses where
    /// nothing can be taken.
    fn list(&mut self, lang: Lang) -> Result<(), Trouble> {
        self.issues = words::issues(&self.roster, &self.preview, lang);
        if let Some(path) = &self.arguments.problems {
            let format = Format::of_path(path).unwrap_or(Format::Csv);
            let table = problem_table(&self.issues, lang);
            export::to_file(&table, format, path, Overwrite::Refused).map_err(|failure| {
                Trouble::input("E-PROBLEMS", Some("--problems"), failure.sentence(lang))
            })?;
        }
        if 0 < self.counts.rows && self.counts.rows == self.counts.rejected {
            let message = nothing_taken(&self.issues, lang);
            return Err(Trouble::input("E-IMPORT-NONE", Some("FILE"), message));
        }
        Ok(())
    }

    fn answer(&self, lang: Lang) -> Answer {
        Answer::new(self.json(), self.text(lang))
    }

    /// Taken rows with something to look at.
    fn flagged(&self) -> usize {
        let rows = self
            .issues
            .iter()
            .filter(|issue| issue.sheet.is_none())
            .map(|issue| issue.row);
        let flagged: std::collections::BTreeSet<u32> = rows.collect();
        let taken = self
            .preview
            .rows
            .iter()
            .filter(|row| !matches!(row.outcome, Outcome::Refused | Outcome::Repeated));
        taken.filter(|row| flagged.contains(&row.row)).count()
    }

    fn json(&self) -> serde_json::Value {
        let preview = &self.preview;
        let problems: Vec<serde_json::Value> = self
            .issues
            .iter()
            .map(|issue| {
                json!({
                    "sheet": issue.sheet,
                    "row": issue.row,
                    "column": issue.column,
                    "value": issue.value,
                    "code": issue.code,
                    "message": issue.message,
                })
            })
            .collect();
        json!({
            "rows": self.counts.rows,
            "people": preview.count(Outcome::New),
            "households": preview.households.new,
            "flagged": self.flagged(),
            "duplicates": preview.count(Outcome::Repeated),
            "skipped": self.counts.skipped,
            "rejected": self.counts.rejected,
            "enrolled": self.enrolled,
            "agreements": preview.agreements.len(),
            "changed": preview.count(Outcome::Changed),
            "same": preview.count(Outcome::Same),
            "households_changed": preview.households.changed,
            "enrol_proposed": preview.enrol.len(),
            "enrol_held": preview.held.len(),
            "history": preview.history.taken,
            "dry_run": self.arguments.dry_run,
            "held_ms": self.held.map(|held| u64::try_from(held.as_millis()).unwrap_or(u64::MAX)),
            "problems": problems,
        })
    }

    fn text(&self, lang: Lang) -> String {
        let preview = &self.preview;
        let pair = |zh, en, count: usize| (Text { zh, en }, count.to_string());
        let whole = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let sheet = self
            .roster
            .people
            .as_ref()
            .map_or(String::new(), |people| people.sheet.clone());
        let mut pairs = vec![
            (
                Text {
                    zh: "工作表",
                    en: "sheet",
                },
                sheet,
            ),
            pair("人员行", "rows of people", whole(self.counts.rows)),
            pair("新增人", "new people", preview.count(Outcome::New)),
            pair("新增户", "new households", whole(preview.households.new)),
            pair("更新人", "changed people", preview.count(Outcome::Changed)),
            pair("不变", "unchanged", preview.count(Outcome::Same)),
            pair("待核对", "to be checked", self.flagged()),
            pair("重复", "repeated", preview.count(Outcome::Repeated)),
            pair("未导入", "not taken", whole(self.counts.rejected)),
            pair("跳过行", "skipped rows", whole(self.counts.skipped)),
            pair("既往随访", "past follow-ups", whole(preview.history.taken)),
            pair("纳入管理", "enrolled", self.enrolled),
            pair(
                "带入协议（待确认）",
                "agreements brought in, to confirm",
                preview.agreements.len(),
            ),
        ];
        if !self.arguments.enrol && !preview.enrol.is_empty() {
            pairs.push(pair(
                "可纳管（加 --enrol 纳入）",
                "could be enrolled (with --enrol)",
                preview.enrol.len(),
            ));
        }
        let mut text = print::pairs(lang, &pairs);
        text.push_str(&self.listed(lang));
        text.push_str(&self.verdict(lang));
        text
    }

    fn listed(&self, lang: Lang) -> String {
        if self.issues.is_empty() {
            return String::new();
        }
        let heads = [
            Text {
                zh: "行",
                en: "row",
            },
            Text {
                zh: "列",
                en: "column",
            },
            Text {
                zh: "代码",
                en: "code",
            },
            Text {
                zh: "说明",
                en: "what",
            },
        ];
        let shown = self.issues.iter().take(MOST_PRINTED);
        let rows: Vec<Vec<String>> = shown
            .map(|issue| {
                let row = match &issue.sheet {
                    Some(sheet) => format!("{sheet} {}", issue.row),
                    None => issue.row.to_string(),
                };
                vec![
                    row,
                    issue.column.clone(),
                    issue.code.to_owned(),
                    issue.message.clone(),
                ]
            })
            .collect();
        let mut text = format!("\n{}", print::table(lang, &heads, &rows));
        let more = self.issues.len().saturating_sub(MOST_PRINTED);
        if 0 < more {
            let more = match lang {
                Lang::Zh => format!("……还有{more}条，用 --problems 问题.csv 全部写出。\n"),
                Lang::En => format!("… {more} more: --problems OUT.csv writes them all.\n"),
            };
            text.push_str(&more);
        }
        text.push('\n');
        text
    }

    fn verdict(&self, lang: Lang) -> String {
        // Less than a tenth of a second nobody notices.
        let waited = |held: &Duration| *held >= Duration::from_millis(100);
        let noticed = self.held.filter(waited);
        let noticed = noticed.map(|held| format!("{:.1}", held.as_secs_f32()));
        match (self.held, noticed, lang) {
            (None, _, Lang::Zh) => "只是预览，什么都没有写入。\n".to_owned(),
            (None, _, Lang::En) => "A preview only: nothing was written.\n".to_owned(),
            (Some(_), None, Lang::Zh) => "已导入。\n".to_owned(),
            (Some(_), None, Lang::En) => "Imported.\n".to_owned(),
            (Some(_), Some(held), Lang::Zh) => {
                format!("已导入，其他窗口为此等了最多 {held} 秒。\n")
            }
            (Some(_), Some(held), Lang::En) => {
                format!("Imported; other windows waited {held} s for it at most.\n")
            }
        }
    }
}

fn nothing_taken(issues: &[Issue], lang: Lang) -> String {
    let first = issues
        .iter()
        .take(3)
        .map(|issue| format!("{} {}", issue.row, issue.message));
    let first: Vec<String> = first.collect();
    match lang {
        Lang::Zh => format!("没有一行能导入。{}", first.join(" ")),
        Lang::En => format!("No row can be taken. {}", first.join(" ")),
    }
}

fn problem_table(issues: &[Issue], lang: Lang) -> Table {
    let columns = [
        ("sheet", "工作表", "sheet"),
        ("row", "行", "row"),
        ("column", "列", "column"),
        ("value", "内容", "value"),
        ("code", "代码", "code"),
        ("action", "处理", "done"),
        ("message", "说明", "what"),
    ];
    let columns = columns.map(|(key, zh, en)| TableColumn::new(key, Text { zh, en }.get(lang)));
    let rows = issues.iter().map(|issue| {
        vec![
            TableCell::text(issue.sheet.clone()),
            TableCell::Whole(issue.row.into()),
            TableCell::text(Some(issue.column.clone())),
            TableCell::text(Some(issue.value.clone())),
            TableCell::text(Some(issue.code)),
            TableCell::text(Some(file_words::action(issue.action).get(lang))),
            TableCell::text(Some(issue.message.clone())),
        ]
    });
    Table {
        columns: columns.into(),
        rows: rows.collect(),
    }
}
