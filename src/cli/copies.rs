//! `cunyi backup`, `drill`, `restore`: copies that prove themselves.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{
    Call, open,
    open::Session,
    password,
    print::{Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::{
        Reception, Shown,
        copying::{Rotation, head},
    },
    domain::{
        clock::{day_of, time_of},
        text::{Lang, Text},
    },
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

/// What `restore` takes.
#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    tail: bool,
    #[arg(long)]
    recovery: bool,
}

/// Makes a copy and reads it again.
///
/// # Errors
/// As the disk says; what was there stays.
pub fn back_up(session: &Session<'_>, arguments: &Backup) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let folder = match &arguments.to {
        Some(folder) => folder.clone(),
        None => open::folder(session.call)?.backups(),
    };
    let mut progress = Progress::begin(lang, true);
    let made = session.desk.back_up(&folder, Rotation::default(), |at| {
        progress.tell(COPYING.get(lang), at.done, at.of)
    });
    progress.end();
    let made = made.map_err(|stop| session.trouble(&stop))?;
    let path = made.path.display();
    let text = match lang {
        Lang::Zh => format!("已备份并重新读过一遍：{path}（{}条记录）。\n", made.head),
        Lang::En => format!("Copied, and read again: {path} ({} entries).\n", made.head),
    };
    let json = json!({
        "file": made.path.to_string_lossy(),
        "events": made.head,
        "removed": made.gone,
    });
    Ok(Answer::new(json, text))
}

/// Proves that the newest copy can be brought back.
///
/// # Errors
/// Fails where there is no copy; one that is not whole is part of the answer.
pub fn drill(session: &Session<'_>, arguments: &Drill) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let data = open::folder(session.call)?;
    let folder = match &arguments.from {
        Some(folder) => folder.clone(),
        None => data.backups(),
    };
    let scratch = data.workshop("drill");
    let mut progress = Progress::begin(lang, true);
    let drilled = session.desk.drill(&folder, &scratch, |at| {
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

/// Brings a copy back; the store that stands here is put aside whole.
///
/// # Errors
/// Refuses a wrong password of the copy's keys; fails while a window is open here, and where the
/// copy is not whole. What stands here stays then.
pub fn restore(call: &Call, arguments: &Restore) -> Result<Answer, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let data = open::folder(call)?;
    let reception = Reception::of(&data, open::seat(call, "cli")?);
    let facts = head(&arguments.file).map_err(told)?;
    let name = call.common.user.clone().unwrap_or_default();
    let (typed, password);
    let shown = match (&facts.keys, arguments.recovery) {
        (None, _) => None,
        (Some(_), true) => {
            typed = password::code(call)?;
            Some(Shown::Code(&typed))
        }
        (Some(_), false) if name.is_empty() => {
            let message = call.say(WHOSE);
            return Err(Trouble::input("E-STAFF", Some("--user"), message));
        }
        (Some(_), false) => {
            password = password::given(call, &wording::password_of(&name, call.lang))?;
            Some(Shown::Password {
                name: &name,
                password: &password,
            })
        }
    };
    // Without a store nothing is lost by what came after the copy.
    let tail = arguments.tail || !data.has_store();
    let brought = reception
        .restore(&arguments.file, shown, tail)
        .map_err(told)?;
    let restored = &brought.restored;
    let aside = brought
        .aside
        .as_ref()
        .map(|aside| aside.display().to_string());
    let at = format!("{} {}", day_of(facts.at), time_of(facts.at));
    let mut text = match call.lang {
        Lang::Zh => format!(
            "已恢复 {at} 的备份：{}条记录，另从尾部找回{}条。\n",
            restored.facts.head, restored.from_tail
        ),
        Lang::En => format!(
            "The copy of {at} is back: {} entries, and {} from the tail.\n",
            restored.facts.head, restored.from_tail
        ),
    };
    if let Some(aside) = &aside {
        let kept = match call.lang {
            Lang::Zh => format!("原来的数据原样放在 {aside}\n"),
            Lang::En => format!("What stood here is kept in {aside}\n"),
        };
        text.push_str(&kept);
    }
    let json = json!({
        "events": restored.head,
        "from_tail": restored.from_tail,
        "aside": aside,
    });
    Ok(Answer::new(json, text))
}

const COPYING: Text = Text {
    zh: "正在备份",
    en: "copying",
};
const PROVING: Text = Text {
    zh: "正在核对备份",
    en: "proving the copy",
};
const WHOSE: Text = Text {
    zh: "备份已加密：请用 --user 写明用谁的口令打开，或用 --recovery 输入恢复码。",
    en: "The copy is sealed: name whose password opens it with --user, or type the recovery code with --recovery.",
};
