//! The words of the queue and of what is done from it.

use super::text;
use crate::domain::text::Text;

pub const OVERDUE_DAYS: Text = text("逾期{}天", "{}d late");
pub const OVERDUE_YEARS: Text = text("逾期{}年", "{}y late");
pub const GRACE_DAYS: Text = text("宽限+{}天", "grace {}d");
pub const GRACE_WEEKS: Text = text("宽限+{}周", "grace {}w");
pub const GRACE_YEARS: Text = text("宽限+{}年", "grace {}y");
pub const THIS_YEAR: Text = text("年内", "this year");
pub const TODAY: Text = text("今天", "today");

pub const DUE: Text = text("应访{}", "due {}");
pub const OVERDUE: Text = text("逾期{}", "late {}");
pub const DONE: Text = text("已访{}", "done {}");
pub const NOT_REACHED: Text = text("未遇{}", "missed {}");
pub const BESIDES: Text = text("另有", "also");
pub const EARLY: Text = text("可提前{}", "early {}");
pub const STANDING: Text = text("顺便{}", "yearly {}");
pub const WAITING: Text = text("签约", "Agreements:");
pub const FLAT: Text = text("按缓急", "by urgency");
pub const BY_HOUSEHOLD: Text = text("走户", "by house");
pub const BY_GROUP: Text = text("按组", "by group");
pub const FILTER: Text = text("筛选 {}", "{}");
pub const NO_FILTER: Text = text("无", "all");
pub const APPLY: Text = text("就这样筛", "Apply");

pub const NAME: Text = text("姓名", "Name");
pub const WHERE: Text = text("组-门", "Door");
pub const WHAT: Text = text("项目", "What");
pub const WHEN: Text = text("到期", "Due");
pub const LATEST: Text = text("可等到", "Until");
pub const REASON: Text = text("缘由", "Why");
pub const RESULT: Text = text("结果", "Result");
pub const NEXT: Text = text("下次", "Next");
pub const NOTHING: Text = text("", "");

pub const LOADING: Text = text("正在取名单…", "Fetching the list…");
pub const NOBODY_DUE: Text = text("今天没有要访的人。", "Nobody is due today.");
pub const NOBODY: Text = text("这张名单是空的。", "This list is empty.");
pub const NOBODY_FILTERED: Text = text(
    "筛选后没有人；按筛选键可改。",
    "Nobody is left by the filter; the filter key changes it.",
);

pub const HOUSE: Text = text(
    "{place} {head}户  {village}  {count}人",
    "{place} {head}  {village}  {count}",
);
pub const GROUP: Text = text(
    "{village} {group}组  {count}人",
    "{village}, group {group}  {count}",
);
pub const MORE: Text = text("+{}", "+{}");
pub const RIDES: Text = text("+{}", "+{}");

pub const ALERTS: Text = text("提醒", "Reminders");
pub const FIRST_VISIT_UNTIL: Text = text(
    "72小时首访到 {day} {time} 为止",
    "first visit by {day} {time}",
);
pub const LAST: Text = text("上次", "last");
pub const LAST_VISIT: Text = text("上次", "Last visit");
pub const NEVER_SEEN: Text = text("还没有随访记录", "no visit recorded yet");
pub const NO_PHONE: Text = text("没有电话", "no phone");
pub const NO_MEDICINE: Text = text("没有用药记录", "no medicine recorded");
pub const ADDRESS: Text = text("住址", "Address");
pub const PHONE: Text = text("电话", "Phone");
pub const MEDICINE: Text = text("用药", "Medicine");
pub const OPEN: Text = text("到期事项", "Open");
pub const UNTIL: Text = text("{due}，最迟 {latest}", "{due}, until {latest}");

pub const IN_PROGRESS: Text = text("已填{done}/{all}节", "begun {done}/{all}");
pub const DRAFT: Text = text("草稿", "draft");
pub const TRIED: Text = text("未遇", "not met");
pub const HAS_DRAFT: Text = text("有没填完的草稿", "an unfinished form waits");
pub const MARKED: Text = text("已列入走访单 {} 人", "{} on the round sheet");

pub const SAVED_NEXT: Text = text(
    "已保存 {what} · 下次 {day} · {key} 撤销",
    "Saved {what} · next {day} · {key} takes it back",
);
pub const SAVED: Text = text(
    "已保存 {what} · {key} 撤销",
    "Saved {what} · {key} takes it back",
);

pub const WHY: Text = text("缘由", "Why");
pub const RULE: Text = text("{rule}：{clause}", "{rule}: {clause}");
pub const UNDER_AGE: Text = text(
    "未满{age}岁仍纳入（E-PROG-AGE），理由：{reason}",
    "Enrolled below {age} years (E-PROG-AGE) because: {reason}",
);
pub const PROMISE: Text = text(
    "履约 {number} {item}：本协议年承诺{required}次，已做{done}次，最晚{until}做才算",
    "Promise {number} {item}: {required} promised this agreement year, {done} done, counts until {until}",
);
pub const PROMISE_SHORT: Text = text(
    "履约 {item}{done}/{required} 到{until}",
    "promise {item} {done}/{required} until {until}",
);
pub const PROMISED: Text = text("履约", "promise");
pub const RIDING: Text = text("顺便可做", "Can be done on the way");

pub const FILTER_TITLE: Text = text("筛选", "Filter");
pub const ALL: Text = text("全部", "all");
pub const PROGRAMME: Text = text("项目", "Programme");
pub const PLACE: Text = text("村组", "Village group");
pub const DOCTOR: Text = text("责任医生", "Doctor");
pub const NO_DOCTOR: Text = text("未定医生", "no doctor");
pub const STATUS: Text = text("状态", "Status");
pub const MODE: Text = text("方式", "Way");
pub const MODES: [Text; 3] = [
    text("门诊可完成", "at the clinic"),
    text("入户可完成", "at home"),
    text("电话可完成", "by telephone"),
];
pub const PLACE_OF: Text = text("{village}{group}组", "{village} {group}");

pub const SHEET_TITLE: Text = text("走访单", "Round sheet");
pub const SHEET_FILE: Text = text("文件名", "File");
pub const SHEET_HINT: Text = text(
    "{} 人；.txt 可打印，.csv 用表格打开",
    "{} people; .txt to print, .csv for a spreadsheet",
);
pub const PRINT_TITLE: Text = text("打印到文件", "Print to a file");
pub const PRINT_HINT: Text = text(
    ".html 用浏览器打印，.txt 用针式打印机",
    ".html for a browser, .txt for a dot-matrix printer",
);
pub const SHEET_EXISTS: Text = text(
    "已有同名文件 {}，要覆盖吗？",
    "{} exists already. Replace it?",
);
pub const SHEET_NO_FILE: Text = text("请写文件名", "name a file");
pub const SHEET_WRITTEN: Text = text("已写好 {}", "Written: {}");
pub const SHEET_DATE: Text = text("走访单 {clinic} {day}", "Round sheet, {clinic}, {day}");
