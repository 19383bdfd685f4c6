//! `cunyi seal`: seals data of before there were passwords.

use std::path::Path;

use serde_json::json;

use super::{
    Call, config, open, password,
    print::{Answer, Trouble},
    progress::Progress,
    wording,
};
use crate::{
    desk::{Reception, Standing, copying},
    domain::{
        refusal::RecordRefusal,
        text::{Lang, Text},
    },
};

/// Seals the data of this call under the password of `--user`.
///
/// # Errors
/// Refuses where nothing is set up or everything is sealed already, a practice village, whoever
/// may not change the clinic, a short password; fails with the disk.
pub fn run(call: &Call) -> Result<Answer, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let data = open::folder(call)?;
    let reception = Reception::of(&data, open::seat(call, "cli")?);
    match reception.standing().map_err(told)? {
        Standing::Empty => {
            return Err(Trouble::refused(&RecordRefusal::NotSetUp.into(), call.lang));
        }
        Standing::Locked { .. } => {
            return Err(Trouble::input("E-SEALED", None, call.say(SEALED_ALREADY)));
        }
        Standing::Open => reception.may_seal().map_err(told)?,
    }
    let Some(name) = call.common.user.clone() else {
        return Err(Trouble::input("E-STAFF", Some("--user"), call.say(WHOSE)));
    };
    let password = password::first(call)?;
    let mut progress = Progress::begin(call.lang, true);
    let sealed = reception.seal(&name, &password, &mut |at| {
        progress.tell(call.say(SEALING), at.done, at.of)
    });
    progress.end();
    let (desk, code) = sealed.map_err(told)?;
    // Until there is a sealed copy the newest is one that anybody can read.
    let plan = config::plan(call, &data).unwrap_or_else(|_| copying::Plan::of(&data));
    let copy = desk.back_up_as_planned(&plan, |_| true);
    let copy = copy.map(|(made, _)| made.path.display().to_string());
    let copy = copy.map_err(|stop| Trouble::of(&stop, call.lang));
    let plain = plain_copies(&plan);
    let left = data.plain_leftovers();
    let left: Vec<String> = left.iter().map(|path| shown(path)).collect();
    let code = code.to_string();
    let json = json!({
        "recovery": code,
        "copy": copy.as_ref().ok(),
        "plain_copies": plain,
        "plain_left": left,
    });
    let text = text(&code, copy.is_ok(), (&plain, &left), call.lang);
    Ok(Answer::new(json, text))
}

/// Returns the copies of before, which anybody can read.
fn plain_copies(plan: &copying::Plan) -> Vec<String> {
    let folders = std::iter::once(&plan.folder).chain(&plan.second);
    folders
        .flat_map(|folder| copying::plain(folder))
        .map(|path| shown(&path))
        .collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn text(code: &str, is_copied: bool, (plain, left): (&[String], &[String]), lang: Lang) -> String {
    let copied = if is_copied { COPIED } else { NOT_COPIED };
    let mut lines = vec![SEALED.get(lang).to_owned(), copied.get(lang).to_owned()];
    lines.push(wording::recovery(code, lang));
    for (what, paths) in [(PLAIN_COPIES, plain), (PLAIN_LEFT, left)] {
        if !paths.is_empty() {
            lines.push(what.get(lang).to_owned());
            lines.extend(paths.iter().map(|path| format!("  {path}")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

const SEALING: Text = Text {
    zh: "正在加密并核对",
    en: "sealing and proving",
};
const SEALED_ALREADY: Text = Text {
    zh: "资料已经加密，什么都没有改动。没有抄下恢复码的，用 cunyi staff recovery 换一个。",
    en: "The data are sealed already; nothing was changed. Without a recovery code, make another with cunyi staff recovery.",
};
const SEALED: Text = Text {
    zh: "已加密并核对无误；原来没加密的数据库已删除。还开着的窗口请关掉重开。\n现在只有您有口令，请用 cunyi staff password 给同事设口令。",
    en: "Sealed and proven; the plain database is removed. Close windows that are still open, and open them again.\nOnly you have a password now: give your colleagues theirs with cunyi staff password.",
};
const COPIED: Text = Text {
    zh: "已做好一份加密的备份。",
    en: "A sealed copy has been made.",
};
const NOT_COPIED: Text = Text {
    zh: "加密的备份没有做成，请马上用 cunyi backup 另做一份。",
    en: "The sealed copy could not be made: make one now with cunyi backup.",
};
const PLAIN_COPIES: Text = Text {
    zh: "这些旧备份没有加密，谁拿到都能看：有了加密的备份，就把它们删掉（U盘和固态盘可能留有痕迹）：",
    en: "These older copies are plain, anybody can read them: once there is a sealed one, delete them (flash media may keep traces):",
};
const PLAIN_LEFT: Text = Text {
    zh: "这些也没有加密：以前恢复时换下来的、中断时留下的、还开着的窗口里正在填的。核对过加密的资料以后，整个删掉；草稿（.draft）关掉那个窗口，下次打开时会自己加密：",
    en: "These lie plain too: what was put aside or left by interrupted work, and forms that open windows still hold. Once you have looked through the sealed data, delete them whole; close the window of a .draft, and it is sealed at the next start:",
};
const WHOSE: Text = Text {
    zh: "请用 --user 写明管理员（没有管理员的写医生）的姓名：他的口令第一个打开加密的资料。",
    en: "Name the administrator (where there is none, a doctor) with --user: theirs is the first password that opens the sealed data.",
};
