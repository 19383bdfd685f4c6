//! The words of the papers in lists, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const REFERRALS: Text = text("转诊", "Referrals");
pub const REGISTER: Text = text("门诊日志", "Day register");
pub const REFERRAL_COUNT: Text = text(
    " 转诊  待核实 {open}  待回转单 {waiting}  近30天已回转 {back}",
    " Referrals  to check {open}  no return slip {waiting}  back in 30 days {back}",
);
pub const REGISTER_COUNT: Text = text(
    " 门诊日志 {day}  {n}人次",
    " Outpatient register {day}  {n} seen",
);
pub const NO_REFERRAL: Text = text(
    "没有在途的转诊，回转单都收齐了",
    "No referral under way, every return slip is here",
);
pub const NOBODY: Text = text("这一天没有门诊记录", "Nobody was seen that day");
pub const LOOKING: Text = text("正在查……", "Looking …");
pub const DAYS: Text = text("天数", "Days");
pub const NAME: Text = text("姓名", "Name");
pub const AGE: Text = text("年龄", "Age");
pub const PLACE: Text = text("组-门", "Door");
pub const SLIP: Text = text("单", "Slip");
pub const STANDS: Text = text("进展", "Stands");
pub const TO: Text = text("转往", "Sent to");
pub const WHY: Text = text("原因", "Why");
pub const NUMBER: Text = text("序号", "No.");
pub const KIND: Text = text("初复", "Visit");
pub const COMPLAINT: Text = text("主诉", "Complaint");
pub const DIAGNOSIS: Text = text("诊断", "Diagnosis");
pub const HAS_SLIP: Text = text("有", "yes");
pub const NO_SLIP: Text = text("未开", "none");
pub const CHECK: Text = text("核实 {day}", "check {day}");
pub const WAITING: Text = text("待回转单", "no return");
pub const RETURNED: Text = text("回转 {day}", "back {day}");
pub const FIRST: Text = text("初诊", "first");
pub const AGAIN: Text = text("复诊", "again");
pub const URGENT: Text = text("紧急", "urgent");
pub const NOTIFIABLE: Text = text("传染病报告", "notified");
pub const SENT_ON: Text = text("{day} 转出", "sent {day}");
pub const HANDLING: Text = text("处理 {}", "done: {}");
pub const BY: Text = text("接诊 {}", "seen by {}");
pub const NOT_WRITTEN: Text = text(
    "还没有这张单子，请先开转诊单",
    "There is no such slip yet: write it first",
);
/// A file's name begins so, whatever the language: the paper is Chinese.
pub const SLIP_FILE: &str = "转诊单";
