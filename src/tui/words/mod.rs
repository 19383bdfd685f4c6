//! The window's own words, both languages side by side.
//!
//! Names of actions stand with the actions; words of the domain in `lang`.

pub mod attempt;
pub mod copies;
pub mod happened;
pub mod queue;
pub mod search;

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const CHOOSE: Text = text("选择", "choose");
pub const ACCEPT: Text = text("确定", "OK");
pub const NEXT_STEP: Text = text("下一步", "Next");
pub const WEEKDAYS: [Text; 7] = [
    text("周一", "Mon"),
    text("周二", "Tue"),
    text("周三", "Wed"),
    text("周四", "Thu"),
    text("周五", "Fri"),
    text("周六", "Sat"),
    text("周日", "Sun"),
];
pub const WINDOWS: Text = text("{}窗口", "{} windows");

pub const HELP: Text = text("帮助", "Help");
pub const HELP_SEARCH: Text = text("查找：", "Find: ");
pub const HELP_NOTHING: Text = text("没有这样的按键或动作", "No such key or action");
pub const HELP_PALETTE_ONLY: Text = text("在命令里", "in Commands");

pub const PALETTE: Text = text("命令", "Commands");
pub const PALETTE_PROMPT: Text = text("汉字、拼音或英文：", "Chinese, pinyin or English: ");
pub const PALETTE_NOTHING: Text = text("这里没有这样的命令", "No such command here");

pub const STAFF: Text = text("您是哪一位？", "Who are you?");
pub const STAFF_HINT: Text = text("按数字或回车选择", "Press the number, or Enter");

pub const SETUP: Text = text("首次设置", "First start");
pub const SETUP_INTRO: Text = text(
    "建立本卫生室的资料。以后都可以更改。",
    "Sets this clinic up. All of it can be changed later.",
);
pub const SETUP_CLINIC: Text = text("卫生室名称", "Clinic");
pub const SETUP_VILLAGE: Text = text("村（居）名称", "Village");
pub const SETUP_CODE: Text = text("村代码 12位", "Village code, 12 digits");
pub const SETUP_DOCTOR: Text = text("医生姓名", "Doctor");
pub const SETUP_PASSWORD: Text = text("医生的口令", "Password");
pub const SETUP_PASSWORD_HINT: Text = text(
    "至少8位；每次打开都要输入",
    "8 characters at least; asked for at every start",
);
pub const SETUP_CODE_HINT: Text = text(
    "可先空着，档案编号等填好代码再编",
    "May stay empty: record numbers wait for it",
);
pub const SETUP_MISSING: Text = text("请填写", "please fill in");
pub const SETUP_BAD_CODE: Text = text("应是12位数字", "must be 12 digits");

pub const TOO_SMALL: Text = text(
    "窗口太小，请放大到 60×16 以上；内容都还在。",
    "The window is too small: make it 60×16 or larger. Nothing is lost.",
);
pub const NOT_UTF8: &str =
    "Set this terminal to UTF-8 to read Chinese (PuTTY: Window, Translation).";

pub const PRACTICE: Text = text("练习", "practice");
pub const NOTICE: Text = text("提醒", "Note");
pub const READ_ONLY: Text = text("只读", "read only");
pub const WAITING: Text = text(
    "另一个窗口正在写入，请稍候…",
    "Waiting for another window that is writing…",
);
pub const READING: Text = text(
    "正在从硬盘读入数据 {}%，开机后第一次打开要等一会儿",
    "Reading the data from the disk, {}%: once after the computer was switched on",
);
pub const UNDONE: Text = text(
    "已撤销 {what} · 再按 {key} 恢复",
    "Taken back: {what} · {key} again restores it",
);

pub const UNDO_OUTSIDE: Text = text(
    "表里不能撤销上一步；先按 Esc 放下这张表（草稿会留）",
    "Nothing is taken back inside a form: Esc puts it down first, the draft stays",
);
pub const RESTORED: Text = text(
    "已恢复 {what} · 再按 {key} 撤销",
    "Stands again: {what} · {key} takes it back",
);
pub const AND_OTHERS: Text = text("{name}等{n}人", "{name} and others, {n} people");

pub const CLOCK_TITLE: Text = text("日期对吗？", "Is the date right?");
pub const CLOCK: Text = text(
    "电脑的时间是 {now}，最后一次记录是 {last}，相差很远。",
    "This computer says {now}; the last entry was made {last}. They lie far apart.",
);
pub const CLOCK_QUESTION: Text = text("今天真的是 {day} 吗？", "Is today really {day}?");
pub const CLOCK_YES: Text = text("日期对，保存", "The date is right: save");
pub const CLOCK_NO: Text = text(
    "不对，先去改电脑时间",
    "It is wrong: I will set the clock first",
);

/// What the beginning of days brought to agreements.
pub const ROLLED: Text = text(
    "到期办理：自动续约 {begun} 份，到期终止 {expired} 份，解约 {ended} 份",
    "Agreements at their end: {begun} renewed by themselves, {expired} expired, {ended} ended",
);
pub const ROLL_HELD: Text = text(
    "已有 {missed} 天没有办理协议的到期续约。",
    "Agreements of {missed} days wait to be renewed or ended.",
);
pub const ROLL_CLOCK: Text = text(
    "电脑日期和上次记录差得太远，协议的到期续约等日期核对后自动办理",
    "The clock stands far from the last entry: agreements at their end wait until it is confirmed",
);
pub const ROLL_YES: Text = text("日期对，现在办理", "The date is right: do it now");

pub const CONFLICT_TITLE: Text = text("别人刚改过", "Changed meanwhile");
pub const CONFLICT: Text = text(
    "{who} 在 {when} 改过{what}。",
    "{who} changed {what} on {when}.",
);
pub const CONFLICT_CONTACT: Text = text(
    "{who} 在 {when} 记了：{what}。",
    "{who} recorded on {when}: {what}.",
);
pub const CONFLICT_WITHDRAWN: Text = text(
    "{who} 在 {when} 撤回了这个人的一条记录：{what}。",
    "{who} withdrew a record of this person on {when}: {what}.",
);
pub const KEEP_THEIRS: Text = text("用对方的", "Keep theirs");
pub const KEEP_MINE: Text = text("用我的", "Keep mine");
pub const KEEP_BOTH: Text = text("两边都看看", "Go through both");

pub const QUIT_TITLE: Text = text("退出", "Leave");
pub const QUIT_QUESTION: Text = text("关闭这个窗口？", "Close this window?");
pub const YES: Text = text("是", "Yes");
pub const NO: Text = text("否", "No");
pub const DRAFTS_TITLE: Text = text("没填完的表", "Unfinished forms");
pub const DRAFTS_QUESTION: Text = text(
    "上次留下的草稿，接着填？",
    "Left from last time. Go on with one?",
);
pub const PERSON_CARD: Text = text("资料卡", "card");
pub const DRAFTS_LATER: Text = text("以后再说", "Later");
pub const UNDERSTOOD: Text = text("知道了", "OK");

pub const SCARCE: Text = text("磁盘快满了", "The disk is nearly full");
pub const FAILURE: Text = text("出了故障", "Something failed");
pub const FAILURE_SAFE: Text = text("资料：", "Your data: ");
pub const FAILURE_NEXT: Text = text("接下来：", "What to do: ");

pub const IMPORT_OPEN: Text = text("打开", "Open");
pub const IMPORT_CHOOSE: Text = text(
    "导入名册：输入文件名，或用上下键选一个，按回车。",
    "Import a roster: type a file name, or choose one and press Enter.",
);
pub const IMPORT_FILE: Text = text("文件", "File");
pub const IMPORT_SHEETS: Text = text(
    "有几张表都像名册，选一张按回车。",
    "Several sheets hold people: choose one and press Enter.",
);
pub const IMPORT_READING: Text = text("正在读取", "reading");
pub const IMPORT_LEFT: Text = text("还要约{}秒", "about {} s left");
pub const IMPORT_CANCEL: Text = text("Esc 停止", "Esc stops");
pub const IMPORT_STOPPED: Text = text(
    "没有导入，什么都没有写入。",
    "Not imported: nothing was written.",
);
pub const IMPORT_SUMMARY: Text = text(
    "{file} {sheet}  新建户 {households}  不变 {same}  既往随访 {history}",
    "{file} {sheet}  new households {households}  unchanged {same}  past follow-ups {history}",
);
pub const IMPORT_NEW: Text = text("新增", "New");
pub const IMPORT_CHANGED: Text = text("更新", "Changed");
pub const IMPORT_DOUBTFUL: Text = text("待核对", "To check");
pub const IMPORT_REFUSED: Text = text("未导入", "Not taken");
pub const IMPORT_SKIPPED: Text = text("跳过", "Skipped");
pub const IMPORT_ENROL: Text = text("纳入管理", "Enrol");
pub const IMPORT_AGREEMENTS: Text = text("带入协议", "Agreements");
pub const IMPORT_AGREEMENT: Text = text(
    "{doctor} {day} 签约 {people}（待本人确认）",
    "{doctor}, signed {day}: {people} (each to confirm)",
);
pub const IMPORT_NO_DOCTOR: Text = text("未写医生", "no doctor named");
pub const IMPORT_DONE_AGREEMENTS: Text = text(
    " 带入协议{}份待确认",
    ", {} agreements brought in, to confirm",
);
pub const IMPORT_LAST: Text = text("上次随访 {}", "last follow-up {}");
pub const IMPORT_ROW: Text = text("行", "Row");
pub const IMPORT_COLUMN: Text = text("列/姓名", "Column, name");
pub const IMPORT_WHAT: Text = text("说明", "What");
pub const IMPORT_DONE: Text = text(
    "已导入 新增{people}人{households}户 更新{changed}人 纳管{enrolled}",
    "Imported: {people} new people, {households} households, {changed} changed, {enrolled} enrolled",
);
