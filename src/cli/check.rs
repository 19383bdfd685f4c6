//! `cunyi check`: proves the journal's chain and that the tables equal its replay.

use std::path::Path;

use clap::Args;
use serde_json::json;

use super::{
    open::Session,
    print::{self, Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::reply::{CheckFault, CheckView},
    domain::{
        tables::Table,
        text::{Lang, Text},
    },
};

/// What `check` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long)]
    quiet: bool,
}

const CHECKING: Text = Text {
    zh: "正在核对",
    en: "checking",
};

/// Checks the store.
///
/// # Errors
/// Fails with the disk; what is damaged is part of the answer.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let mut progress = Progress::begin(lang, !arguments.quiet);
    let checked = session
        .desk
        .check(|at| progress.tell(CHECKING.get(lang), at.done, at.of));
    progress.end();
    let view = checked.map_err(|stop| session.trouble(&stop))?;
    let problems: Vec<String> = view.checked.faults.iter().map(|f| told(f, lang)).collect();
    let ok = problems.is_empty();
    Ok(Answer {
        json: json!({
            "ok": ok,
            "events": view.checked.entries,
            "people": rows(&view, Table::Person),
            "households": rows(&view, Table::Household),
            "visits": rows(&view, Table::Contact),
            "agreements": rows(&view, Table::Agreement),
            "problems": problems,
            "file": view.spare.map(|spare| json!({"bytes": spare.file, "used": spare.used})),
            "other_copies": view.other_copies.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        }),
        text: text(&view, &problems, lang),
        ok,
    })
}

fn rows(view: &CheckView, table: Table) -> u64 {
    view.checked.rows.get(table.name()).copied().unwrap_or(0)
}

fn told(fault: &CheckFault, lang: Lang) -> String {
    match (fault, lang) {
        (CheckFault::Entry { seq, what }, Lang::Zh) => format!("第{seq}条记录：{what}"),
        (CheckFault::Entry { seq, what }, Lang::En) => format!("entry {seq}: {what}"),
        (CheckFault::Row { table, key }, Lang::Zh) => {
            format!("表 {table} 的 {key} 与日志重放的不同")
        }
        (CheckFault::Row { table, key }, Lang::En) => {
            format!("table {table}: {key} differs from the replay of the journal")
        }
    }
}

fn text(view: &CheckView, problems: &[String], lang: Lang) -> String {
    let counts = [
        (wording::ENTRIES, view.checked.entries),
        (wording::PEOPLE, rows(view, Table::Person)),
        (wording::HOUSEHOLDS, rows(view, Table::Household)),
        (wording::CONTACTS, rows(view, Table::Contact)),
        (wording::AGREEMENTS, rows(view, Table::Agreement)),
    ];
    let counts = counts.map(|(label, count)| (label, count.to_string()));
    let file = view.spare.map(|spare| {
        let freed = Some(spare.freed()).filter(|_| spare.pays());
        (
            wording::DATA_FILE,
            wording::data_file(spare.file, freed, lang),
        )
    });
    let counts: Vec<_> = counts.into_iter().chain(file).collect();
    let verdict = match (problems.len(), lang) {
        (0, Lang::Zh) => "完好：每条记录都连得上，各表与日志重放一致。".to_owned(),
        (0, Lang::En) => {
            "Whole: every entry follows its last, and all tables equal the replay of the journal."
                .to_owned()
        }
        (n, Lang::Zh) => format!("有{n}处不对。请先把整个数据文件夹复制到别处，再求助。"),
        (n, Lang::En) => format!(
            "{n} faults. Copy the whole data folder to another place first, then ask for help."
        ),
    };
    let mut text = print::pairs(lang, &counts);
    for problem in problems {
        text.push_str(problem);
        text.push('\n');
    }
    text.push_str(&verdict);
    text.push('\n');
    for (path, head) in &view.other_copies {
        text.push_str(&other_copy(path, *head, lang));
        text.push('\n');
    }
    text
}

/// Says that a copy holds another journal: what alone can show that the end was cut off, or that
/// everything was written anew.
fn other_copy(path: &Path, head: u64, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Zh => format!(
            "提醒：备份 {path} 的第{head}条记录与这里的不同，或这里没有。\
             若没有从更早的备份恢复过，就是日志被人改过或截短过。"
        ),
        Lang::En => format!(
            "Note: entry {head} of the copy {path} is another one here, or is missing. \
             Unless an older copy was brought back, the journal was altered or cut short."
        ),
    }
}
