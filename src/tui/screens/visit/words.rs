//! The words of the visit screen.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NO_REFERRAL: Text = text(
    "这张表没有转诊一项；人没见到，请 Esc 退出，在今日随访里记未遇",
    "This form asks of no referral; if nobody was met, Esc, and say so in the queue",
);
pub const NO_RENEWAL: Text = text(
    "现在没有要和这个人谈的续约（到期前60天内、户里签字的代表）",
    "There is no renewal to speak of with this person now",
);
pub const RENEWAL_ENDS: Text = text(
    "家庭协议 {day} 到期自动续约，还没和本人谈过",
    "The family's agreement ends {day} and goes on by itself: not spoken of yet",
);
pub const RENEWAL_UNCONFIRMED: Text = text(
    "家庭协议已自动续约，本人还未确认知道",
    "The family's agreement went on by itself: not known to this person yet",
);
pub const RENEWAL_SPOKEN: Text = text(
    "谈了续约，随本次保存记入协议",
    "Renewal spoken of: kept with this visit",
);
pub const VISIT: Text = text("随访", "Visit");
pub const CORRECTION: Text = text("更正", "Correction");
pub const OPENING: Text = text("正在打开…", "Opening…");
pub const LAST: Text = text("上次", "last");
pub const LAST_BROUGHT_IN: Text = text("上次(带入)", "last (brought in)");
pub const FIRST: Text = text("首次随访", "first visit");
pub const RECENT: Text = text("近{}次", "last {}");
pub const NEW_DAY: Text = text(
    "已过零点，这次随访仍记在 {}；不对就改日期",
    "It is past midnight; this visit stays on {} unless you change its date",
);
pub const OTHER_DAY: Text = text("补录", "of an earlier day");
pub const SAVING: Text = text("正在保存…", "Saving…");
pub const LATER: Text = text(
    "这次随访之前的判断会改变后面的记录，对就再按一次保存键。",
    "This changes later records. If that is right, save again.",
);
pub const DRAFT_KEPT: Text = text(
    "草稿已留：{}，再打开就接着填",
    "Draft kept: {}; open again to go on",
);
pub const TAKEN_UP: Text = text(
    "接着上次没填完的草稿",
    "This is the draft you did not finish",
);
pub const STALE: Text = text(
    "草稿之后 {} 改动过这个人的随访，请核对后再保存",
    "{} changed this person's record since the draft: check before saving",
);
pub const GONE: Text = text(
    "草稿不在了，或正在别的窗口里",
    "The draft is gone, or open in another window",
);
pub const LOOK_AGAIN: Text = text(
    "别的窗口改过这个人的随访：请看上次和判断，再保存",
    "Another window changed this person's follow-up: look at the outcome, then save",
);
pub const THEIRS: Text = text(
    "对方记的是：{}。您填的还在，核对后再保存",
    "They recorded: {}. What you typed still stands: check, then save",
);
pub const WITHDRAWN: Text = text(
    "这条记录已被对方撤回，不能再更正；要记就按 Esc 返回后另记",
    "They withdrew this record, it cannot be corrected: go back with Esc and record anew",
);
pub const THIS_RECORD: Text = text("这条记录", "This record");
pub const CHOOSE: Text = text("记录什么？", "What is to be recorded?");
pub const OTHERS_DRAFT: Text = text(
    "{} 有一份这个人没填完的草稿",
    "{} has an unfinished form of this person",
);
pub const RESUME: Text = text(
    "接着填草稿 {forms} {day}",
    "Go on with the draft {forms} of {day}",
);
pub const FILL: Text = text("填 {}", "Fill in: {}");
pub const ENROL: Text = text("纳入 {}", "Enrol: {}");
pub const LEAVE: Text = text("退出 {programme}：{why}", "Leave {programme}: {why}");
pub const SET_TARGET: Text = text("定个体目标 {}", "Set an own target: {}");
pub const DROP_TARGET: Text = text("取消个体目标 {}", "Take back the own target: {}");
pub const UNDER_AGE: Text = text(
    "未满{}岁。写明为什么仍要纳入：",
    "Below {} years. Why enrol all the same?",
);
pub const TARGET_HINT: Text = text(
    "血压写 130/80；空腹血糖写 6.5",
    "Pressure as 130/80, fasting glucose as 6.5",
);
pub const TARGET_BAD: Text = text("看不懂，例：130/80", "Not understood; e.g. 130/80");
pub const IN_PROGRESS: Text = text(
    "这份表在进行中，已填好{done}/{all}节（{who}），接着填",
    "In progress, {done}/{all} sections done ({who}): go on",
);
pub const BOOKLET: Text = text(
    "早已种过、接种证上有的：按 {key} 照证逐剂补记",
    "Given long ago and in the booklet: {key} records dose by dose from it",
);
pub const AND: Text = text("、", ", ");
pub const HANDED_ON: Text = text(
    "{name} 进行中 {done}/{all}节，谁都可以接着填",
    "{name} in progress {done}/{all}, anybody may go on",
);
pub const SECTIONS: Text = text("分节", "Sections");
pub const SECTION_OPEN: Text = text("还差{}", "{} open");
pub const SECTIONS_DONE: Text = text("{done}/{all}节", "{done}/{all} sections");
pub const FAILED: Text = text(
    "没有存上，内容都还在",
    "Not saved; everything is still here",
);
pub const REFERRAL: Text = text("转诊核实：转诊后怎样了？", "The referral: what came of it?");
pub const ATTENDED_NOW: Text = text(
    "已就诊取得方案，现在随访",
    "Attended, has a plan: visited now",
);
pub const ATTENDED_TOLD: Text = text(
    "已就诊取得方案，只问到没测量",
    "Attended, has a plan: told only, not measured",
);
pub const REFERRED_ON: Text = text("转诊 {}，已过 {} 天", "Referred {}, {} days ago");
pub const LINE: Text = text("一行录入", "One line");
pub const LINE_HINT: Text = text(
    "例：152/94 p78 w61.5 无症状 规律 无异常",
    "e.g. 152/94 p78 w61.5 normal",
);
pub const LINE_UNKNOWN: Text = text("看不懂：", "Not understood: ");
pub const REASON: Text = text("更正理由", "Reason for the correction");
pub const REASON_HINT: Text = text(
    "原来的内容留在账里。写明为什么更正：",
    "The record keeps what stood before. Why is it corrected?",
);
pub const SLIP_OFFERED: Text = text(
    "  请开转诊单，Esc 以后再开",
    "  write the referral slip, Esc for later",
);
