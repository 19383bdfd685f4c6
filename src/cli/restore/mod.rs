//! `cunyi restore`: brings back what was lost, and says what came and what did not.

mod said;

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{
    Call, config, open, password,
    print::{Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::{self, Folder, Reception, Replaced, Rescue, Shown, Stop, Wanted, Windows},
    domain::{
        failure::FailureKind,
        text::{Lang, Text},
    },
};
use said::{kept_in, moment};

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
/// Refuses whoever may not change the clinic, another clinic's copy, a wrong password of the copy's
/// keys; fails while a window is open here, and where no copy is whole. What stands here stays
/// then.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    let data = open::folder(call)?;
    let told = |stop: Stop| match stop {
        Stop::Failed(desk::Error::Busy) => in_use(call, &data),
        stop => Trouble::of(&stop, call.lang),
    };
    let plan = config::plan(call, &data)?;
    let folders = folders(call, &data)?;
    let reception = Reception::of(&data, open::seat(call, "cli")?).keeping(plan);
    // Doing it over would put aside what was just brought back.
    if let Some(replaced) = reception.finish().map_err(told)? {
        return Ok(finished(&replaced, call.lang));
    }
    let wanted = wanted(arguments, &folders, &data);
    let is_sealed = reception.needs_password(wanted).map_err(told)?;
    if open_windows(&data).next().is_some() {
        return Err(in_use(call, &data));
    }
    let name = call.common.user.clone().unwrap_or_default();
    let (typed, password);
    let shown = match (is_sealed, arguments.recovery) {
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
    let text = said::text(
        &brought,
        matches!(
            wanted,
            Wanted::Copy { tail: false, .. } | Wanted::Folder { .. }
        ),
        call,
    );
    Ok(Answer::new(said::document(&brought), text))
}

/// Says what is to be brought back: a copy, or a folder of data or of copies, or the newest.
fn wanted<'w>(arguments: &'w Arguments, folders: &'w [PathBuf], data: &Folder) -> Wanted<'w> {
    match &arguments.file {
        Some(path) if Folder::at(path).has_store() => Wanted::Folder { path },
        Some(path) if path.is_dir() => Wanted::Newest {
            folders: std::slice::from_ref(path),
        },
        // Without a store nothing is lost by what came after the copy.
        Some(path) => Wanted::Copy {
            path,
            tail: arguments.tail || !data.has_store(),
        },
        None => Wanted::Newest { folders },
    }
}

/// Returns who has a window open on these data.
fn open_windows(data: &Folder) -> impl Iterator<Item = String> {
    let here = Windows::of(data).here().unwrap_or_default();
    here.into_iter().map(|(_, name)| name)
}

/// Says who has the data open: all of them go first.
fn in_use(call: &Call, data: &Folder) -> Trouble {
    let names: Vec<String> = open_windows(data).collect();
    let number = names.len();
    let mut names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    names.dedup();
    let message = match (number, call.lang) {
        (0, _) => call.say(COMMAND_OPEN).to_owned(),
        (_, Lang::Zh) => format!(
            "这里还有{number}个窗口开着（{}）：请都退出（锁着的、SSH 连着的也要退出），再恢复。什么都没有改动。",
            names.join("、")
        ),
        (_, Lang::En) => format!(
            "Windows are open here: {number} ({}). Close them all first, locked ones and those over SSH too. Nothing was changed.",
            names.join(", ")
        ),
    };
    Trouble::Failed {
        code: FailureKind::Busy.code(),
        message,
    }
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

/// Returns the folders copies may lie in.
fn folders(call: &Call, data: &Folder) -> Result<Vec<PathBuf>, Trouble> {
    let plan = config::plan(call, data)?;
    Ok(std::iter::once(plan.folder).chain(plan.second).collect())
}

/// Tells that the data are lost, where copies of them lie here and they do not; nothing else may be
/// set up here then.
pub fn lost(call: &Call, data: &Folder) -> Option<Trouble> {
    // One that was interrupted is finished by whoever opens it.
    if data.has_store() || data.is_restoring() {
        return None;
    }
    let rescue = match rescue(call, data) {
        Some(rescue) => rescue,
        // What was saved before the first copy lies in the tail, under these keys.
        None if data.keys().exists() && data.tail().exists() => call.say(ONLY_TAIL).to_owned(),
        None => return None,
    };
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

const ONLY_TAIL: Text = Text {
    zh: "还没有做过备份，不过流水备份和钥匙都在。先关掉所有窗口，再运行：cunyi restore",
    en: "No copy was made yet, but the tail and its keys are there. Close every window and run: cunyi restore",
};
const LOST: Text = Text {
    zh: "这里原有的数据不见了，能找回来的还在。要另建新诊所，请换一个数据文件夹。\n",
    en: "The data that stood here are gone; what brings them back is there. To set up another clinic choose another data folder.\n",
};
const FINISHED: Text = Text {
    zh: "上次恢复时中断了，现在已接着做完，没有从头再来。要另外恢复哪份备份，请再执行一次。",
    en: "The last restore was interrupted; it is finished now and was not begun anew. To bring another copy back, give the command again.",
};
const RESTORING: Text = Text {
    zh: "正在恢复",
    en: "bringing back",
};
const COMMAND_OPEN: Text = Text {
    zh: "有命令正在用这里的资料（如导入、导出、备份）：请等它做完，再恢复。什么都没有改动。",
    en: "A command is working on these data (an import, an export, a backup): wait until it is done. Nothing was changed.",
};
const WHOSE: Text = Text {
    zh: "备份已加密：请用 --user 写明用谁的口令打开，或用 --recovery 输入恢复码。",
    en: "The copy is sealed: name whose password opens it with --user, or type the recovery code with --recovery.",
};
