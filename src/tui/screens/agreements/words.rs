//! The words of the lists of agreements.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const HEAD: Text = text("户主", "Head");
pub const PLACE: Text = text("组-门", "Place");
pub const PEOPLE: Text = text("人口", "Size");
pub const KEY_PEOPLE: Text = text("重点", "Key");
pub const PHONE: Text = text("电话", "Phone");
pub const STANDS: Text = text("协议", "Agreement");
pub const LOADING: Text = text("正在打开…", "Opening…");
pub const NOBODY: Text = text("这张名单是空的", "This list is empty");
pub const DAYS: Text = text("{from} 至 {to}", "{from} to {to}");
pub const COVERED: Text = text("签{}人", "{} covered");
