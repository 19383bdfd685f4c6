//! The words of honest attempts: what can be said instead of a visit.

use super::text;
use crate::domain::text::Text;

pub const TITLE: Text = text("没能随访", "No visit today");
pub const NOT_AT_HOME: Text = text("未遇：不在家", "Not at home");
pub const NO_ANSWER: Text = text("未遇：电话没人接", "No answer on the telephone");
pub const REFUSED: Text = text("拒绝本次随访", "Refused this visit");
pub const REFUSES: Text = text("书面拒绝这个项目", "Refuses the programme in writing");
pub const LOST: Text = text("失访", "Lost to follow-up");
pub const MOVED: Text = text("已迁走", "Moved away");
pub const DIED: Text = text("已去世", "Died");
pub const ELSEWHERE: Text = text("别处已经随访", "Was seen elsewhere");

pub const DAY: Text = text("日期", "Date");
pub const PROGRAMME: Text = text("项目", "Programme");
pub const REASON: Text = text("原因", "Reason");
pub const TO: Text = text("迁往何处", "Moved to");
pub const CAUSE: Text = text("死因", "Cause");
pub const NEW_HEAD: Text = text("新户主", "New head");
pub const PLACE: Text = text("在哪里", "Where");
pub const EVIDENCE: Text = text("依据", "Known by");
pub const PRESSURE: Text = text("血压", "Pressure");
pub const GLUCOSE: Text = text("空腹血糖", "Fasting glucose");
pub const ALL: Text = text("全部", "all");

pub const BAD_DAY: Text = text(
    "看不懂这个日期，如 2026-11-22 或 11-22",
    "no date; as 2026-11-22 or 11-22",
);
pub const LATE_DAY: Text = text("不能晚于今天", "not after today");
pub const MISSING: Text = text("请填写", "please fill in");
pub const BAD_PRESSURE: Text = text("如 138/86", "such as 138/86");
pub const BAD_NUMBER: Text = text("应是数字", "not a number");

pub const NEXT: Text = text("下次 {day}，最迟 {latest}", "next {day}, until {latest}");
pub const NEXT_OPEN: Text = text("下次 {day}", "next {day}");
pub const NO_NEXT: Text = text("不再安排随访", "no further visit is planned");
pub const DATES_STAY: Text = text("日期不变", "the dates stay as they are");
pub const ENDS: Text = text("全部随访到此结束", "all follow-up ends");
pub const THINKING: Text = text("…", "…");
