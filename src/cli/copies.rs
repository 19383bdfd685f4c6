//! `cunyi backup`, `drill`: copies that prove themselves.

use std::{path::PathBuf, time::Instant};

use clap::Args;
use serde_json::json;

use super::{
    Call, config, open,
    open::Session,
    print::{self, Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::{self, Desk, Folder, Windows, keeping::Occasion, reply::Spare},
    domain::{
        clock::day_of,
        text::{Lang, Text},
    },
    lang::copies as words,
};

/// What `backup` takes.
#[derive(Debug, Args)]
pub struct Backup {
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// What `drill` takes.
#[derive(Debug, Args)]
pub struct Drill {
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Some(news) = self.desk.tend_tail(Instant::now()) {
            print::remark(&words::news(&news, self.call.lang));
        }
    }
}

/// Makes a copy and reads it again.
///
/// # Errors
/// As the disk says; what was there stays.
pub fn back_up(session: &Session<'_>, arguments: &Backup) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let data = open::folder(session.call)?;
    let plan = config::plan(session.call, &data)?;
    let mut progress = Progress::begin(lang, true);
    let told = |at: desk::copying::Progress| progress.tell(COPYING.get(lang), at.done, at.of);
    let made = match &arguments.to {
        Some(folder) => session
            .desk
            .back_up(folder, plan.rotation, told)
            .map(|made| (made, None)),
        None => session.desk.back_up_as_planned(&plan, told),
    };
    progress.end();
    let (made, news) = made.map_err(|stop| session.trouble(&stop))?;
    if let Some(news) = news {
        print::remark(&words::news(&news, lang));
    }
    let path = made.path.display();
    let first = match lang {
        Lang::Zh => format!("已备份并重新读过一遍：{path}（{}条记录）。\n", made.head),
        Lang::En => format!("Copied, and read again: {path} ({} entries).\n", made.head),
    };
    let second = made.second.as_ref().map(|path| match lang {
        Lang::Zh => format!("同样的一份也放到了 {}\n", path.display()),
        Lang::En => format!("The same copy is in {}\n", path.display()),
    });
    let text = first + &second.unwrap_or_default();
    let json = json!({
        "file": made.path.to_string_lossy(),
        "events": made.head,
        "removed": made.gone,
        "second": made.second.map(|path| path.display().to_string()),
    });
    Ok(Answer::new(json, text))
}

/// Proves that the newest copy can be brought back.
///
/// # Errors
/// Fails where there is no copy; one that is not whole is part of the answer.
pub fn drill(session: &Session<'_>, arguments: &Drill) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let plan = config::plan(session.call, &open::folder(session.call)?)?;
    let folder = arguments.from.as_ref().unwrap_or(&plan.folder);
    let mut progress = Progress::begin(lang, true);
    let drilled = session
        .desk
        .drill(folder, &Folder::at(&plan.scratch), |at| {
            progress.tell(PROVING.get(lang), at.done, at.of)
        });
    progress.end();
    let drilled = drilled.map_err(|stop| session.trouble(&stop))?;
    let ok = drilled.faults.is_empty();
    let path = drilled.path.display();
    let mut text = match (ok, lang) {
        (true, Lang::Zh) => format!("备份可用：{path} 已完整恢复到临时处，核对无误。\n"),
        (true, Lang::En) => format!("Proven: {path} came back whole in a scratch place.\n"),
        (false, Lang::Zh) => format!("备份不可用：{path}\n"),
        (false, Lang::En) => format!("Not usable: {path}\n"),
    };
    for fault in &drilled.faults {
        text.push_str(fault);
        text.push('\n');
    }
    let json = json!({
        "ok": ok,
        "file": drilled.path.to_string_lossy(),
        "events": drilled.facts.head,
        "problems": drilled.faults,
    });
    Ok(Answer { json, text, ok })
}

/// Makes the copy that is due when the last window goes, and the file small again where it has
/// grown far beyond what it holds. Whoever cannot wait ends it: everything is saved already.
pub fn on_leaving(call: &Call, data: &Folder, desk: &Desk, windows: &Windows) {
    let is_last = || windows.here().is_ok_and(|here| here.is_empty());
    if is_last() {
        copy(call, data, desk);
    }
    // Somebody may have come in meanwhile, who would have to wait.
    if is_last() {
        let begins = |spare: Spare| print::remark(&wording::compacting(spare.freed(), call.lang));
        // What is wrong with the disk is told by whatever is saved next.
        let _ = desk.compact_where_it_pays(begins);
    }
}

/// Makes the copy that is due, and proves the newest where that was not done for a week.
fn copy(call: &Call, data: &Folder, desk: &Desk) {
    let Ok(plan) = config::plan(call, data) else {
        return;
    };
    let Ok(Some(copies)) = desk.copies() else {
        return;
    };
    let lang = call.lang;
    let mut progress = Progress::begin(lang, true);
    let news = desk.copy_where_due(Occasion::Leaving, |at| {
        progress.tell(COPYING.get(lang), at.done, at.of)
    });
    let is_proven = copies
        .proven
        .is_some_and(|proven| (day_of(call.clock.now()) - proven.on).num_days() < PROVES_AFTER);
    if !is_proven && matches!(news, Ok(None)) {
        // What is wrong with a copy is told by the title line, and by `drill`.
        let _ = desk.drill(&plan.folder, &Folder::at(&plan.scratch), |at| {
            progress.tell(PROVING.get(lang), at.done, at.of)
        });
    }
    progress.end();
    if let Ok(Some(news)) = news {
        print::remark(&words::news(&news, lang));
    }
}

/// After so many days the newest copy is proven when the last window goes.
const PROVES_AFTER: i64 = 7;

const COPYING: Text = Text {
    zh: "正在备份（Ctrl-C 跳过）",
    en: "copying (Ctrl-C skips it)",
};
const PROVING: Text = Text {
    zh: "正在验证备份（Ctrl-C 跳过）",
    en: "proving the copy (Ctrl-C skips it)",
};
