//! Words only the command line says.

mod wrong;

use std::path::Path;

use crate::{
    domain::{
        course::happening::Happening,
        day::Day,
        id::VisitId,
        identity::Sex,
        queue::Counts,
        text::{Lang, Text},
    },
    lang::outcome,
};

pub use wrong::*;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NO_HOME: Text = text(
    "找不到这台电脑的个人文件夹，请用 --data 指定数据文件夹。",
    "This computer names no home folder: give the data folder with --data.",
);
pub const BAD_REQUEST: Text = text(
    "--request 应为1到100个字的编号。",
    "--request needs an id of 1 to 100 characters.",
);

pub const NOT_PRACTICE: Text = text(
    "这个文件夹里是真实的诊所数据，练习村不能建在这里。请用 --data 另指一个空文件夹。",
    "This folder holds a real clinic's data; the practice village is not built here. \
     Name an empty folder with --data.",
);
pub const PRACTICE_IN_USE: Text = text(
    "练习村还开着别的窗口，先关掉再重建。",
    "The practice village is open in another window; close it before building anew.",
);

/// Says how far the building has come and how long it will still take.
pub fn building(percent: u32, left: Option<u64>, lang: Lang) -> String {
    match (lang, left) {
        (Lang::Zh, None) => format!("正在建练习村 {percent}%"),
        (Lang::Zh, Some(left)) => format!("正在建练习村 {percent}% 还要约{left}秒"),
        (Lang::En, None) => format!("Building the practice village {percent}%"),
        (Lang::En, Some(left)) => {
            format!("Building the practice village {percent}%, about {left} s left")
        }
    }
}

/// Says that the practice village stands, how large it is, and where.
pub fn built(people: u64, households: u64, data: &Path, lang: Lang) -> String {
    let data = data.display();
    match lang {
        Lang::Zh => format!("练习村：{people}人，{households}户。数据在 {data}\n"),
        Lang::En => {
            format!(
                "The practice village has {people} people in {households} households. Its data are in {data}\n"
            )
        }
    }
}

/// Says that somebody must be named, and who works here.
pub fn which_user(names: &[&str], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("请用 --user 写明是谁在用：{}。", names.join("、")),
        Lang::En => format!("Say who is working with --user: {}.", names.join(", ")),
    }
}

/// Says that an argument is no date; its year may be left out where `today` is known.
pub fn bad_date(argument: &str, given: &str, today: Option<Day>, lang: Lang) -> String {
    let example = match (today, lang) {
        (None, _) => "2026-11-22",
        (Some(_), Lang::Zh) => "2026-11-22 或 11-22",
        (Some(_), Lang::En) => "2026-11-22 or 11-22",
    };
    match lang {
        Lang::Zh => format!("{argument} 的日期“{given}”不对，请写成 {example}。"),
        Lang::En => format!("{argument}: \"{given}\" is no date; write it as {example}."),
    }
}

/// Says that the clinic stands, where its data are, and, this once, the recovery code.
pub fn set_up(clinic: &str, data: &Path, recovery: Option<&str>, lang: Lang) -> String {
    let data = data.display();
    let stands = match lang {
        Lang::Zh => format!("已建立 {clinic}。数据在 {data}\n"),
        Lang::En => format!("{clinic} is set up. Its data are in {data}\n"),
    };
    let code = recovery.map(|code| self::recovery(code, lang));
    stands + &code.unwrap_or_default()
}

/// Shows a recovery code, this once.
pub fn recovery(code: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "\n恢复码（只显示这一次，请抄在纸上锁好；口令都忘了时，只有它能打开数据）：\n\n    {code}\n\n"
        ),
        Lang::En => format!(
            "\nRecovery code (shown this once: write it on paper and lock it away; when every password \
             is forgotten only it opens the data):\n\n    {code}\n\n"
        ),
    }
}

/// Asks for a staff member's password.
pub fn password_of(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name} 的口令："),
        Lang::En => format!("Password of {name}: "),
    }
}

pub const NEW_PASSWORD: Text = text(
    "新口令（至少8位）：",
    "New password (8 characters or more): ",
);
pub const NEW_PASSWORD_AGAIN: Text = text("再输一次：", "Once more: ");
pub const OWN_PASSWORD: Text = text("再输一次您自己的口令：", "Your own password once more: ");
pub const RECOVERY_CODE: Text = text("恢复码：", "Recovery code: ");
pub const PASSWORDS_DIFFER: Text = text(
    "两次输入的口令不一样，没有改动任何数据。请再来一次。",
    "The two passwords differ; nothing was changed. Try again.",
);

pub const ENTRIES: Text = text("日志记录", "entries");
pub const PEOPLE: Text = text("人", "people");
pub const HOUSEHOLDS: Text = text("户", "households");
pub const CONTACTS: Text = text("随访等记录", "visits and other contacts");
pub const AGREEMENTS: Text = text("签约协议", "agreements");
pub const DATA_FILE: Text = text("数据文件", "data file");
pub const NAME: Text = text("姓名", "name");
pub const ID: Text = text("编号", "id");
pub const SEX_AGE: Text = text("性别年龄", "sex, age");
pub const PLACE: Text = text("组-门", "place");
pub const HEAD: Text = text("户主", "head");
pub const TAGS: Text = text("人群", "tags");
pub const AGREEMENT: Text = text("签约", "agreement");
pub const DUE: Text = text("到期", "due");
pub const NOBODY: Text = text("没有找到人。\n", "Nobody found.\n");
pub const WHERE: Text = text("画面", "where");
pub const WHAT: Text = text("做什么", "what");
pub const KEYS: Text = text("按键", "keys");
pub const NOT_A_TERMINAL: Text = text(
    "打开窗口要在终端里；脚本请用命令，见 cunyi --help。",
    "The window needs a terminal; in scripts use the commands, see cunyi --help.",
);

/// Says that a keymap file is in order.
pub fn keymap_fine(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}：可以用，没有问题。\n"),
        Lang::En => format!("{name}: in order, it can be used.\n"),
    }
}

/// Says that there is no such keymap, and which there are.
pub fn no_keymap(name: &str, why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("打不开按键文件“{name}”（{why}）；自带的有 default、vim、numpad。"),
        Lang::En => format!(
            "The keymap \"{name}\" cannot be opened ({why}); built in are default, vim, numpad."
        ),
    }
}

/// Returns sex and age in a few cells.
pub fn sex_age(sex: Sex, age: Option<u32>, lang: Lang) -> String {
    let sex = sex.name().get(lang);
    match age {
        Some(age) => format!("{sex} {age}"),
        None => sex.to_owned(),
    }
}

pub const RECORD: Text = text("已记", "recorded");
pub const CLASS: Text = text("分类", "class");
pub const RULES: Text = text("依据", "rules");
pub const CLAUSE: Text = text("条款", "clause");
pub const ALERTS: Text = text("提醒", "alerts");
pub const COMPLETED: Text = text("完成", "completed");
pub const NEXT: Text = text("下次", "next");
pub const REDECIDED: Text = text("重新判定", "decided anew");

/// Says that a visit was withdrawn.
pub fn withdrawn(id: VisitId, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已撤回 {id}\n"),
        Lang::En => format!("{id} is withdrawn\n"),
    }
}

/// Says that there is no such programme, and which there are.
pub fn no_programme(given: &str, known: &[&str], lang: Lang) -> String {
    let known = known.join(" ");
    match lang {
        Lang::Zh => format!("没有“{given}”这个项目，可以写：{known}。"),
        Lang::En => format!("There is no programme \"{given}\"; there are: {known}."),
    }
}

pub const STATUS: Text = text("状态", "status");
pub const TASKS: Text = text("项目", "tasks");
pub const LATEST: Text = text("可等到", "by");
pub const WHY: Text = text("缘由", "why");
pub const RECORD_NO: Text = text("档案编号", "record no.");
pub const HOUSEHOLD: Text = text("户", "household");
pub const RELATION: Text = text("与户主关系", "relation");
pub const OUTSIDE: Text = text("外部编号", "outside number");
pub const BY: Text = text("经手", "by");
pub const FORM: Text = text("表", "form");
pub const FROM: Text = text("从", "from");
pub const UNTIL: Text = text("到", "until");
pub const EARLIER: Text = text("此前", "earlier");
pub const CAME: Text = text("来因", "came by");
pub const WENT: Text = text("去因", "left by");
pub const CHANGED: Text = text("改动", "changed");
pub const OPENED: Text = text("建档", "record opened");
pub const STATE: Text = text("档案状态", "state");
pub const NUMBER: Text = text("户编号", "number");
pub const VILLAGE: Text = text("村", "village");
pub const DATE: Text = text("日期", "date");
pub const WHAT_HAPPENED: Text = text("记录", "what");
pub const MANAGED: Text = text("管理中", "managed since");
pub const LOST: Text = text("失访", "lost");
pub const REFUSED: Text = text("拒绝管理", "refused");
pub const ENDED: Text = text("已终止", "ended");
pub const MOVED_OUT: Text = text("迁出", "moved away");
pub const DIED: Text = text("死亡", "died");
pub const VOID: Text = text("作废", "void");
pub const WITHDRAWN: Text = text("已撤回", "withdrawn");
pub const TO_CONFIRM: Text = text(
    "核对无误的，加上 --confirm 再来一次。",
    "If this is right, say it again with --confirm.",
);

/// Returns the count line of a day.
pub fn counts(day: Day, counts: &Counts, lang: Lang) -> String {
    let Counts {
        due,
        overdue,
        early,
        standing,
        done,
        not_reached,
    } = counts;
    match lang {
        Lang::Zh => format!(
            "{day}  应访{due}  逾期{overdue}  已访{done}  未遇{not_reached}  另有 可提前{early} 顺便{standing}\n"
        ),
        Lang::En => format!(
            "{day}  due {due}  overdue {overdue}  done {done}  not reached {not_reached}  besides: early {early}, standing {standing}\n"
        ),
    }
}

/// Says in a word what a contact was.
pub fn happening(happening: &Happening, lang: Lang) -> String {
    let word = match happening {
        Happening::Enrolled(enrolled) => {
            let programme = enrolled.programme.programme().short.get(lang);
            return match lang {
                Lang::Zh => format!("纳入{programme}"),
                Lang::En => format!("enrolled: {programme}"),
            };
        }
        Happening::Visited(_) => text("随访", "visit"),
        Happening::ReferralChecked { .. } => text("转诊核实", "referral check"),
        Happening::NotReached { missed, .. } => outcome::not_reached(*missed),
        Happening::RefusedVisit { .. } => text("拒访", "refused"),
        Happening::RefusedProgramme { .. } => text("拒绝管理", "refused the programme"),
        Happening::DoneElsewhere(_) => text("外院随访", "done elsewhere"),
        Happening::BroughtIn { .. } => text("带入的历史", "brought in"),
        Happening::Left { .. } => text("终止管理", "left"),
        Happening::Returned => text("迁回", "returned"),
        Happening::Lost { .. } => text("失访", "lost"),
        Happening::TargetSet { .. } => text("个体化目标", "target set"),
        Happening::Declined(_) => text("不纳入", "not entered"),
        Happening::TakenOver(_) => text("接续本户", "taken over"),
        Happening::PressureScreened(_) => text("测血压", "pressure screened"),
    };
    word.get(lang).to_owned()
}

/// Says that the file of the data is made smaller by about so many bytes.
pub fn compacting(freed: u64, lang: Lang) -> String {
    let freed = megabytes(freed);
    match lang {
        Lang::Zh => format!("正在整理数据文件，约可腾出 {freed} MB（这时关机也不会丢数据）"),
        Lang::En => {
            format!(
                "making the data file smaller by about {freed} MB (nothing is lost if it is ended)"
            )
        }
    }
}

/// Says how large the file of the data is, and what could be freed where that pays.
pub fn data_file(bytes: u64, freed: Option<u64>, lang: Lang) -> String {
    let bytes = megabytes(bytes);
    match (freed.map(megabytes), lang) {
        (None, _) => format!("{bytes} MB"),
        (Some(freed), Lang::Zh) => {
            format!("{bytes} MB，约可腾出 {freed} MB：最后一个窗口退出时自动整理")
        }
        (Some(freed), Lang::En) => format!(
            "{bytes} MB, about {freed} MB of it free: made smaller when the last window closes"
        ),
    }
}

/// Returns whole megabytes, as file managers count them.
const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
