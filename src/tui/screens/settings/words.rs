//! The words of the settings screen.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const SECTIONS: Text = text("换部分", "section");
pub const ACCEPT: Text = text("看看会动什么", "see what it moves");
pub const KEY: Text = text("项目", "Setting");
pub const VALUE: Text = text("现值", "Value");
pub const DEFAULT: Text = text("默认", "Default");
pub const RANGE: Text = text("范围", "Range");
pub const ALLOWED: Text = text(
    "范围 {range}   默认 {default}",
    "Range {range}   default {default}",
);
pub const CHANGE: Text = text("{before} 改为 {after}", "From {before} to {after}");
pub const DO: Text = text("改，从今天起", "Change it, from today on");
pub const DO_NOT: Text = text("不改", "Leave it");
pub const CHANGED: Text = text("已改 {what}", "Changed: {what}");
pub const SAME: Text = text("和现在一样，没有改", "It is so already: nothing changed");
pub const NEVER: Text = text("这一项还没有改过", "This one was never changed");
pub const TOLD: Text = text(
    "{since} {by}：{before} 改为 {value}",
    "{since} {by}: {before} to {value}",
);
pub const MORE: Text = text("更早还改过{}次", "{} changes before");
