//! The words of a card being filled in.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const DRAFT_KEPT: Text = text(
    "没保存，草稿已留：{}，再打开就接着填",
    "Not saved; draft kept: {}; open again to go on",
);
pub const TAKEN_UP: Text = text(
    "接着上次没填完的：{save} 保存，{drop} 放弃",
    "The draft you did not finish: {save} saves, {drop} drops it",
);
pub const STALE: Text = text(
    "接着上次没填完的。{} 后来改过这张卡，保存时再核对",
    "The draft you did not finish. {} changed the card since: compared when you save",
);
pub const OTHERS_DRAFT: Text = text(
    "{} 有一份这张卡没填完的草稿",
    "{} has an unfinished draft of this card",
);
pub const DROP_TITLE: Text = text("放弃修改", "Drop the changes");
pub const DROP_QUESTION: Text = text(
    "这次填的都不要了，卡片回到保存过的样子？",
    "Drop all that was typed and go back to the saved card?",
);
pub const DROPPED: Text = text("已放弃，没有保存", "Dropped; nothing was saved");
pub const BEFORE: Text = text(
    "两边都改了这一项。原来：{}",
    "Both changed this. Before: {}",
);
pub const THEIRS: Text = text("对方改成：{}", "Theirs: {}");
pub const MINE: Text = text("我填的：{}", "Mine: {}");
pub const MERGED: Text = text(
    "对方改过：{}。已合在一起，看过再保存",
    "Theirs changed: {}. Put together: look and save",
);
