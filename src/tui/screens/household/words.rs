//! The words of the household's and the person's screens.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NAME: Text = text("姓名", "Name");
pub const RELATION: Text = text("关系", "Relation");
pub const SEX_AGE: Text = text("性别年龄", "Sex, age");
pub const TAGS: Text = text("人群", "Groups");
pub const AGREEMENT: Text = text("签约", "Agreement");
pub const NEXT: Text = text("下次", "Next due");
pub const DATE: Text = text("日期", "Date");
pub const WHAT: Text = text("内容", "What");
pub const BY: Text = text("经手", "By");
pub const STAY: Text = text("居住", "Lived here");
/// As wide as a date.
pub const SINCE_UNTOLD: Text = text("此前      ", "earlier   ");
pub const MEMBERS: Text = text("成员 {}", "Members {}");
pub const FORMER: Text = text("原有成员 {}", "Former members {}");
pub const AGREED: Text = text("协议", "Agreement");
pub const AGREED_DAYS: Text = text("{from} 至 {to}", "{from} to {to}");
pub const UNSIGNED: Text = text("协议 还没有签约", "Agreement: none yet");
pub const KEPT: Text = text("履约 {kept}/{required}", "kept {kept}/{required}");
pub const NOT_SIGNED: Text = text("{}未签", "{} not signed");
pub const MISSED: Text = text("漏{}", " {} missed");
pub const DUE_NOW: Text = text("该做", " due");
pub const RECENT: Text = text("最近", "Last contacts");
pub const CONTACTS: Text = text("往来 {}", "Contacts {}");
pub const CHANGES: Text = text("改动", "Changes");
pub const OPENED_BY: Text = text("建档", "record opened");
pub const LOOKED_AT: Text = text("谁看过", "Who looked");
pub const NOBODY_LOOKED: Text = text(
    "还没有人看过（登录后查看才记）",
    "nobody yet (looks are noted of whoever signed in)",
);
pub const NUMBERS: Text = text("看完整号码（会记下）", "Full numbers (this is noted)");
pub const ID_NO: Text = text("证件号 {}", "Document number {}");
pub const NO_ID: Text = text("没有证件号", "No document number");
pub const PHONE_OWN: Text = text("电话 {}", "Telephone {}");
pub const PHONE_OF: Text = text("电话 {phone}（{name}）", "Telephone {phone} ({name})");
pub const NO_PHONE: Text = text("没有电话", "No telephone");
pub const NONE: Text = text("还没有", "none yet");
pub const LOADING: Text = text("正在打开…", "Opening…");
pub const NUMBER: Text = text("户编号 {}", "No. {}");
pub const OUTSIDE: Text = text("外部编号 {}", "outside no. {}");
pub const DOCTOR: Text = text("责任医生 {}", "doctor {}");
pub const HEAD_OF: Text = text("户主 {}", "head {}");
pub const ENDED: Text = text("{} 已注销", "ended {}");
pub const UNNAMED: Text = text("未取名", "no name yet");
pub const MISSING: Text = text("待补 {n}项: {list}", "{n} to fill in: {list}");
pub const COMPLETE: Text = text("资料完整", "The card is complete");
pub const NO_NUMBER: Text = text("待编码", "number pending");
pub const RECORD: Text = text("档案 {}", "Record {}");
pub const FORMERLY: Text = text("原 {}", "formerly {}");
pub const MOTHER_IS: Text = text("母亲 {}", "mother {}");
pub const TOLD: Text = text("名册: {}", "roster: {}");
pub const LATE: Text = text("逾期{}天", "{} days late");
pub const YEARS: Text = text("{}", "{}");
pub const MONTHS: Text = text("{}月", "{}mo");
pub const DIED: Text = text("{} 死亡", "died {}");
pub const MOVED: Text = text("{} 迁出", "moved out {}");
pub const VOID: Text = text("作废", "void");
pub const HERE: Text = text("在册", "lives here");
pub const CHANGE_TITLE: Text = text("{} 要办什么？", "What about {}?");
pub const ADD_TITLE: Text = text("添什么人？", "Who joins?");
pub const MALE: Text = text("男", "M");
pub const FEMALE: Text = text("女", "F");
pub const NO_SEX: Text = text("—", "-");

// What happened.
pub const LOST: Text = text("失访", "lost");
pub const WITHDRAWN: Text = text("已撤回", "withdrawn");
pub const NOTHING_OPEN: Text = text(
    "这一户现在没有要做的随访",
    "Nothing is due in this household now",
);
