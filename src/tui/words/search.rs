//! The words of search.

use super::text;
use crate::domain::text::Text;

pub const NEAR: Text = text("相近", "similar");
pub const NOBODY: Text = text(
    "没有找到。可打姓名、拼音首字母、证件或电话尾号、组-门、#高血压",
    "Nobody found. Type a name, pinyin initials, the end of an ID or telephone number, group-door, #tag",
);
pub const RECENT: Text = text(
    "最近打开过的人；打几个字就能找",
    "The people touched last; type a few letters to find anybody",
);
pub const DUE_ONLY: Text = text("只看有事的", "only those due");
pub const HEAD: Text = text("户主{}", "head {}");
pub const ID_TAIL: Text = text("ID…{}", "ID…{}");
pub const IS_HEAD: Text = text("户主", "head");
pub const GONE: Text = text("已不在", "gone");
pub const LIVES: Text = text(
    "{place} {head}户 {count}人  {address}",
    "{place} {head}, household of {count}  {address}",
);
pub const RECORD: Text = text("档案 {}", "record {}");
