//! The words of the dialogs that change who lives where.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NEW_HOUSEHOLD: Text = text("新建户", "New household");
pub const NEWBORN: Text = text("新生儿", "Newborn");
pub const NEW_MEMBER: Text = text("新来的人(本所没有档案)", "Somebody new here");
pub const INCOMING: Text = text("从本所别的户转来", "Somebody from another household");
pub const HEAD: Text = text("换户主", "Change the head");
pub const RELATION: Text = text("改与户主关系", "Relation to the head");
pub const SPLIT: Text = text("分户", "Split the household");
pub const MERGE: Text = text("整户并入别的户", "Merge into another household");
pub const MOVE: Text = text("转到别的户", "Move to another household");
pub const OUT: Text = text("迁出", "Move out of the area");
pub const BACK: Text = text("迁回", "Is back");
pub const NOT_GONE: Text = text("记错了，人还在", "Recorded by mistake: still here");
pub const DEATH: Text = text("死亡", "Death");
pub const VOID: Text = text("重复建档，作废", "Recorded twice");
pub const TAG: Text = text("添人群标签", "Add a tag");
pub const CLEAR_TAG: Text = text("去掉人群标签", "Take a tag away");
pub const HOUSEHOLD_CARD: Text = text("户资料卡", "Card of the household");
pub const FACTS: Text = text("标签、居住、往来", "Tags, stays, contacts");

pub const DATE_HINT: Text = text("1121 或 2026-11-21", "1121 or 2026-11-21");
pub const FIND_HINT: Text = text("打字查找 ↑↓选 回车定", "type, ↑↓, Enter");
pub const NEWBORN_HINT: Text = text("可空着: 未取名", "may stay empty: no name yet");
pub const KIN_HINT: Text = text("如 配偶 长子 儿媳", "e.g. 配偶, or code 1");
pub const CAUSE_HINT: Text = text("不清楚就填 不详", "or: 不详 (unknown)");
pub const NOTHING_FOUND: Text = text("没有找到", "nobody found");
pub const MISSING: Text = text("请填写", "please fill in");
pub const CHOOSE: Text = text("请选择", "please choose");
pub const BAD_DATE: Text = text(
    "看不懂这个日期，如 2026-11-22 或 11-22",
    "no date; as 2026-11-22 or 11-22",
);
pub const NOT_AMONG: Text = text("不在分出的人里", "is not among those who leave");
pub const BAD_RELATION: Text = text(
    "户主只有一个，请用换户主",
    "there is one head: change the head instead",
);
pub const ASK_HEAD: Text = text(
    "户主要离开，请先选定新户主",
    "The head leaves: choose who is the head then",
);
pub const DOUBT_TITLE: Text = text("请核对", "Please check");
pub const DOUBT_SAVE: Text = text("核对过了，照样保存", "Looked at: save all the same");
pub const DOUBT_BACK: Text = text("回去改", "Go back and change it");
pub const DOUBT_OPEN: Text = text("打开那个人看看", "Open the other person");
pub const SAME_TITLE: Text = text("证件号码重复", "The number is taken");
pub const SAME_NUMBER: Text = text(
    "这个证件号码已登记在{}名下。",
    "This number is already that of {}.",
);
pub const DRAFT_KEPT: Text = text(
    "没保存，草稿已留：{}，再打开就接着填",
    "Not saved; draft kept: {}; open again to go on",
);
pub const TAKEN_UP: Text = text("接着上次没填完的", "This is what you did not finish");
pub const STALE: Text = text(
    "接着上次没填完的。{} 后来改过这户，请先核对",
    "This is what you did not finish. {} changed the household since: check first",
);
pub const LOOK_AGAIN: Text = text(
    "别的窗口改过这户：请核对后再保存",
    "Another window changed this household: check, then save",
);
pub const DROP_TITLE: Text = text("放弃填写", "Drop the answers");
pub const DROP_QUESTION: Text = text("这里填的都不要了？", "Drop all that was typed here?");
pub const DROPPED: Text = text("已放弃，没有保存", "Dropped; nothing was saved");
pub const SAVED: Text = text(
    "已保存 {what} · {key} 撤销",
    "Saved: {what} · {key} undoes it",
);

pub const S_HEAD: Text = text("新户主", "New head");
pub const S_MEMBERS: Text = text("哪些人分出去", "Who leaves");
pub const S_FOUNDER: Text = text("分出后的户主", "Their head");
pub const S_ON: Text = text("日期", "On");
pub const S_BORN: Text = text("出生日期", "Born on");
pub const S_JOINED: Text = text("来的日期", "Since");
pub const S_STAYED: Text = text("从哪天起仍在", "Here since");
pub const S_TO: Text = text("去向", "Where to");
pub const S_CAUSE: Text = text("死因", "Cause");
pub const S_WHY: Text = text("理由", "Why");
pub const S_EVIDENCE: Text = text("依据", "It rests on");
pub const S_SAME: Text = text("和谁重复", "Same as");
pub const S_INTO: Text = text("并入哪一户", "Into");
pub const S_HOUSE: Text = text("转到哪一户", "To");
pub const S_WHO: Text = text("哪一位", "Who");
pub const S_KIN: Text = text("与户主关系", "Relation to head");
pub const S_REASON: Text = text("原因", "Reason");
pub const S_MOTHER: Text = text("母亲", "Mother");
pub const S_MOTHER_NAME: Text = text("母亲姓名", "Mother's name");
pub const S_MOTHER_NUMBER: Text = text("母亲证件号码", "Mother's number");
pub const S_NAME: Text = text("姓名", "Name");
pub const S_HEAD_NAME: Text = text("户主姓名", "Head's name");
pub const S_SEX: Text = text("性别", "Sex");
pub const S_NUMBER: Text = text("身份证号", "Identity number");
pub const S_PHONE: Text = text("电话", "Phone");
pub const S_VILLAGE: Text = text("村（居）", "Village");
pub const S_GROUP: Text = text("村民小组", "Group");
pub const S_DOOR: Text = text("门牌(可空)", "Door (may be empty)");
pub const S_ADDRESS: Text = text("住址", "Address");
pub const S_TAG: Text = text("标签", "Tag");
pub const OTHER_MOTHER: Text = text("不在本户", "not in this household");
