//! `cunyi restore`: brings back what was lost, and says what came and what did not.

use std::{ops::RangeInclusive, path::PathBuf};

use clap::Args;
use serde_json::json;

use super::{
    Call, config, open, password,
    print::{Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::{BroughtBack, Folder, Reception, Replaced, Rescue, Shown, Wanted},
    domain::{
        clock::{day_of, exact_time_of},
        failure::FailureKind,
        text::{Lang, Text},
    },
    lang::refusals,
};

/// The most entries that are listed one by one.
const MOST: usize = 50;

/// What `restore` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[arg(long)]
    tail: bool,
    #[arg(long)]
    recovery: bool,
}

/// Brings a copy back; the store that stands here is put aside whole.
///
/// # Errors
/// Refuses a wrong password of the copy's keys; fails while a window is open here, and where no
/// copy is whole. What stands here stays then.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let data = open::folder(call)?;
    let folders = folders(call, &data)?;
    let reception = Reception::of(&data, open::seat(call, "cli")?);
    // Doing it over would put aside what was just brought back.
    if let Some(replaced) = reception.finish().map_err(told)? {
        return Ok(finished(&replaced, call.lang));
    }
    let wanted = match &arguments.file {
        // Without a store nothing is lost by what came after the copy.
        Some(path) => Wanted::Copy {
            path,
            tail: arguments.tail || !data.has_store(),
        },
        None => Wanted::Newest { folders: &folders },
    };
    let name = call.common.user.clone().unwrap_or_default();
    let (typed, password);
    let shown = match (
        reception.needs_password(wanted).map_err(told)?,
        arguments.recovery,
    ) {
        (false, _) => None,
        (true, true) => {
            typed = password::code(call)?;
            Some(Shown::Code(&typed))
        }
        (true, false) if name.is_empty() => {
            let message = call.say(WHOSE);
            return Err(Trouble::input("E-STAFF", Some("--user"), message));
        }
        (true, false) => {
            password = password::given(call, &wording::password_of(&name, call.lang))?;
            Some(Shown::Password {
                name: &name,
                password: &password,
            })
        }
    };
    let mut progress = Progress::begin(call.lang, true);
    let brought = reception.restore(wanted, shown, &mut |at| {
        progress.tell(RESTORING.get(call.lang), at.done, at.of)
    });
    progress.end();
    let brought = brought.map_err(told)?;
    Ok(Answer::new(document(&brought), text(&brought, call.lang)))
}

/// Tells that what was interrupted is done now.
fn finished(replaced: &Replaced, lang: Lang) -> Answer {
    let aside = replaced
        .aside
        .as_ref()
        .map(|aside| aside.display().to_string());
    let mut lines = vec![FINISHED.get(lang).to_owned()];
    lines.extend(aside.as_deref().map(|aside| kept_in(aside, lang)));
    lines.push(String::new());
    let json = json!({"finished": true, "aside": aside});
    Answer::new(json, lines.join("\n"))
}

fn kept_in(aside: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("原来的数据原样放在 {aside}"),
        Lang::En => format!("What stood here is kept in {aside}"),
    }
}

/// Returns the folders copies may lie in.
fn folders(call: &Call, data: &Folder) -> Result<Vec<PathBuf>, Trouble> {
    let plan = config::plan(call, data)?;
    Ok(std::iter::once(plan.folder).chain(plan.second).collect())
}

/// Tells that the data are lost, where copies of them lie here and they do not; nothing else may be
/// set up here then.
pub fn lost(call: &Call, data: &Folder) -> Option<Trouble> {
    if data.has_store() {
        return None;
    }
    let rescue = rescue(call, data)?;
    let message = format!("{}{rescue}", call.say(LOST));
    Some(Trouble::Failed {
        code: FailureKind::Missing.code(),
        message,
    })
}

/// Adds to a failure to open what can be done, where a copy is at hand.
pub fn told(call: &Call, data: &Folder, trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::Failed { code, message } if is_beyond_opening(code) => {
            let rescue = rescue(call, data);
            let rescue = rescue.map_or_else(String::new, |rescue| format!("\n{rescue}"));
            let message = format!("{message}{rescue}");
            Trouble::Failed { code, message }
        }
        other => other,
    }
}

fn is_beyond_opening(code: &str) -> bool {
    let kinds = [
        FailureKind::Damaged,
        FailureKind::Disk,
        FailureKind::Missing,
        FailureKind::Sealed,
    ];
    kinds.iter().any(|kind| kind.code() == code)
}

/// Says which copy is at hand and which command brings it back; nothing where there is no copy.
fn rescue(call: &Call, data: &Folder) -> Option<String> {
    let folders = folders(call, data).ok()?;
    let rescue = Rescue::in_folders(&folders).ok()??;
    Some(rescued(&rescue, data, call))
}

fn rescued(rescue: &Rescue, data: &Folder, call: &Call) -> String {
    let at = moment(rescue.at);
    let user = match rescue.names.as_slice() {
        [] => String::new(),
        [first, ..] => format!(" --user {first}"),
    };
    let place = match call.common.data {
        Some(_) => format!(" --data \"{}\"", data.root().display()),
        None => String::new(),
    };
    let (head, path) = (rescue.head, rescue.copy.display());
    match call.lang {
        Lang::Zh => format!(
            "手头最新的备份：{at}（到第{head}条），{path}\n\
             先关掉所有窗口，再用这条命令连同此后的记录一起找回：cunyi restore{user}{place}"
        ),
        Lang::En => format!(
            "The newest backup at hand: {at} (to entry {head}), {path}\n\
             Close every window; this brings it back with what was saved since: \
             cunyi restore{user}{place}"
        ),
    }
}

fn document(brought: &BroughtBack) -> serde_json::Value {
    let restored = &brought.restored;
    let loose = restored.loose.iter().map(|entry| {
        json!({
            "event": entry.seq,
            "at": moment(entry.at),
            "by": entry.by,
            "cause": entry.cause,
        })
    });
    let missing = restored.missing.iter();
    let missing = missing.map(|span| json!({"from": span.start(), "to": span.end()}));
    json!({
        "file": brought.copy.as_ref().map(|path| path.display().to_string()),
        "events": restored.head,
        "last": moment(restored.at),
        "from_tail": restored.from_tail,
        "missing": missing.collect::<Vec<_>>(),
        "not_joined": loose.collect::<Vec<_>>(),
        "unreadable": restored.unreadable,
        "damaged": brought.passed_over,
        "aside": brought.aside.as_ref().map(|aside| aside.display().to_string()),
    })
}

fn text(brought: &BroughtBack, lang: Lang) -> String {
    let restored = &brought.restored;
    let (head, from_tail) = (restored.head, restored.from_tail);
    let copied = head - from_tail;
    let damaged = brought.passed_over.iter().map(|path| {
        let path = path.display();
        match lang {
            Lang::Zh => format!("这份备份有损坏，改用了前一份：{path}"),
            Lang::En => format!("This copy is damaged, the one before was taken: {path}"),
        }
    });
    let mut lines: Vec<String> = damaged.collect();
    let at = restored.facts.as_ref().map(|facts| moment(facts.at));
    lines.push(match (at, lang) {
        (Some(at), Lang::Zh) => {
            format!("已恢复 {at} 的备份：{copied}条记录，另从流水备份找回{from_tail}条。")
        }
        (Some(at), Lang::En) => {
            format!("The copy of {at} is back: {copied} entries, and {from_tail} from the tail.")
        }
        (None, Lang::Zh) => format!("没有可用的备份，已从流水备份找回全部{from_tail}条记录。"),
        (None, Lang::En) => {
            format!("No copy was whole; all {from_tail} entries are back from the tail.")
        }
    });
    lines.extend(missing(brought, lang));
    if let Some(aside) = &brought.aside {
        lines.push(kept_in(&aside.display().to_string(), lang));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Says which entries did not come back, or that none is known to be missing.
fn missing(brought: &BroughtBack, lang: Lang) -> Vec<String> {
    let restored = &brought.restored;
    let (head, last) = (restored.head, moment(restored.at));
    let mut lines = vec![match lang {
        Lang::Zh => format!("最后一条是第{head}条（{last}）。"),
        Lang::En => format!("The last is entry {head} ({last})."),
    }];
    if restored.missing.is_empty() && restored.loose.is_empty() {
        let text = match restored.unreadable {
            0 => NONE_MISSING,
            _ => LAST_TORN,
        };
        lines.push(text.get(lang).to_owned());
        return lines;
    }
    let numbers = spans(&restored.missing);
    lines.push(match lang {
        Lang::Zh => format!("缺少的：第 {numbers} 条，无法读出。"),
        Lang::En => format!("Missing, and beyond reading: {numbers}."),
    });
    if !restored.loose.is_empty() {
        lines.push(LOOSE.get(lang).to_owned());
    }
    for entry in restored.loose.iter().take(MOST) {
        let cause = refusals::record::cause(&entry.cause).get(lang);
        let at = moment(entry.at);
        lines.push(format!("  {}  {at}  {}  {cause}", entry.seq, entry.by));
    }
    if MOST < restored.loose.len() {
        let more = restored.loose.len() - MOST;
        lines.push(match lang {
            Lang::Zh => format!("  另有{more}条（--json 全部列出）"),
            Lang::En => format!("  and {more} more (--json lists all)"),
        });
    }
    lines
}

const NONE_MISSING: Text = Text {
    zh: "没有发现缺少的；若是突然断电，这之后不到两秒内存的要核对一下。",
    en: "None is known to be missing; after a power cut check what was saved in the two seconds after it.",
};
const LAST_TORN: Text = Text {
    zh: "这之后存的没写完整，没能找回，请核对补录。",
    en: "What was saved after it is torn and did not come back: enter it again.",
};
const LOOSE: Text = Text {
    zh: "这些能读出、但接不上，请照着补录：",
    en: "These can be read and do not join; do them again:",
};

/// Writes spans of numbers.
fn spans(numbers: &[RangeInclusive<u64>]) -> String {
    let spans = numbers.iter().map(|span| match span.start() == span.end() {
        true => span.start().to_string(),
        false => format!("{}–{}", span.start(), span.end()),
    });
    spans.collect::<Vec<_>>().join(" ")
}

fn moment(at: i64) -> String {
    format!("{} {}", day_of(at), exact_time_of(at))
}

const LOST: Text = Text {
    zh: "这里原有的数据不见了，备份还在。要另建新诊所，请换一个数据文件夹。\n",
    en: "The data that stood here are gone; copies are there. To set up another clinic choose another data folder.\n",
};
const FINISHED: Text = Text {
    zh: "上次恢复时中断了，现在已接着做完，没有从头再来。要另外恢复哪份备份，请再执行一次。",
    en: "The last restore was interrupted; it is finished now and was not begun anew. To bring another copy back, give the command again.",
};
const RESTORING: Text = Text {
    zh: "正在恢复",
    en: "bringing back",
};
const WHOSE: Text = Text {
    zh: "备份已加密：请用 --user 写明用谁的口令打开，或用 --recovery 输入恢复码。",
    en: "The copy is sealed: name whose password opens it with --user, or type the recovery code with --recovery.",
};
