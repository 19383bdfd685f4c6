//! The words the form editor itself speaks.
//!
//! Labels and options come with the form, problems from `lang`.

use crate::domain::text::Text;

pub const LAST: Text = Text {
    zh: "上次",
    en: "last",
};
pub const TARGET: Text = Text {
    zh: "目标",
    en: "target",
};
pub const CONFIRM: Text = Text {
    zh: "标“上次”的和提示的数值都对，就再按一次保存键。",
    en: "If the values marked last and those asked about are right, save again.",
};
pub const UNKNOWN_WORDS: Text = Text {
    zh: "看不懂：",
    en: "Not understood: ",
};
pub const MORE: Text = Text {
    zh: "还有 {} 处",
    en: "and {} more",
};
pub const SECTION_OPEN: Text = Text {
    zh: "还差",
    en: "still open:",
};
pub const SECTION_DONE: Text = Text {
    zh: "已填好",
    en: "done",
};
