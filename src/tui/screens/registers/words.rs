//! The words of the registers, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const SHEET: Text = text("签约工作登记表", "Register of signings");
pub const CAMPAIGN: Text = text("签约工作汇总表", "Sums of signings");
pub const PERFORMANCE: Text = text("绩效统计表", "Performance");
pub const ALL_DOCTORS: Text = text("全部医生", "all doctors");
pub const BY_DOCTOR: Text = text("按医生", "by doctor");
pub const BY_VILLAGE: Text = text("按村", "by village");
pub const BY_DAY: Text = text("按日", "by day");
pub const COUNT: Text = text("{n}行", "{n} rows");
pub const THOSE: Text = text("所含协议 {n}份", "{n} agreements counted");
pub const LOADING: Text = text("正在统计……", "Counting …");
pub const NOTHING: Text = text(
    "这段时间没有签约，没有可登记的",
    "Nothing was signed in this time",
);
pub const ON: Text = text("日期", "Day");
pub const HEAD: Text = text("户主", "Head");
pub const KIND: Text = text("签约类型", "Kind");
pub const RESIDENTS: Text = text("人口", "Res.");
pub const COVERED: Text = text("签约", "Cov.");
pub const GROUPS: Text = text("重点人群", "Key people");
pub const PACKAGES: Text = text("服务包", "Packages");
pub const DOCTOR: Text = text("医生", "Doctor");
pub const OF: Text = text("汇总", "Sum of");
pub const HOUSEHOLDS: Text = text("户数", "Homes");
pub const PERSONS: Text = text("人数", "People");
pub const KEY: Text = text("重点人群", "Key people");
pub const NEW: Text = text("新签", "New");
pub const RENEWED: Text = text("续签", "Renewed");
pub const AUTOMATIC: Text = text("自动续约", "By itself");
pub const CHANGED: Text = text("改签", "Changed");
pub const SIGNED: Text = text("签约日期", "Signed");
pub const SERVICES: Text = text("完成/应完成", "Done/promised");
pub const NOTE: Text = text("备注", "Note");
pub const SEND: Text = text("记为已上报", "Mark as sent");
pub const SEND_QUESTION: Text = text(
    "{} 的报表已经交上去了？记下后数字固定；以后再签、作废的标“需更正”。",
    "Was the report of {} sent? Its figures stand then; later changes show as corrections.",
);
pub const MONTH_FIRST: Text = text(
    "按月上报：先按 F5 换到整月",
    "Reports are sent by the month: F5 shows a whole month",
);
pub const NOT_OVER: Text = text(
    "这个月还没过完；用 ← 看上个月",
    "This month is not over yet: ← shows the one before",
);
pub const SENT_NOW: Text = text(
    "已记为上报，数字固定下来了",
    "Marked as sent: its figures stand",
);
pub const SENT_ON: Text = text("{day} {by} 已上报", "sent {day} by {by}");
pub const CORRECTIONS: Text = text("需更正{}份", "{} to correct");
