//! The words at the door of a window.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const WELCOME: Text = text(
    "请登录。资料已加密，口令对了才能打开。",
    "Please sign in. The data are sealed; your password opens them.",
);
pub const LOCKED: Text = text("已锁定。{name}的窗口。", "Locked: {name}'s window.");
pub const LOCKED_HINT: Text = text(
    "输入口令，从刚才的地方接着做。换别人登录，没填完的表会存成草稿。",
    "Your password goes on where you were. If somebody else signs in, open forms stay as drafts.",
);
pub const WHO: Text = text("姓名", "Name");
pub const PASSWORD: Text = text("口令", "Password");
pub const TRYING: Text = text("正在核对…", "Checking…");
pub const EMPTY: Text = text("请输入口令", "Please type the password");
pub const AGAIN: Text = text("可以再试了。", "You may try again.");
pub const FORGOTTEN: Text = text(
    "名单里没有您，或忘了口令：请管理员在“人员”里设置；管理员自己忘了，用恢复码。",
    "Not in the list, or password forgotten: the administrator sets one under Staff; the recovery code is for administrators.",
);
pub const BUSY: Text = text(
    "正在办的事还没完，办完就锁",
    "Work under way: the window locks when it is done",
);
pub const DISABLED: Text = text(
    "“{name}”的账户已停用，请找管理员。没填完的表存成了草稿。",
    "The account of \"{name}\" was disabled: ask the administrator. Open forms were kept as drafts.",
);
pub const ROLE_NOW: Text = text("您的角色现在是{role}", "Your role is {role} now");

pub const CODE_TITLE: Text = text("恢复码", "Recovery code");
pub const CODE_WRITE: Text = text(
    "请把恢复码抄在纸上，锁好。口令都忘了时，只有它能打开资料；没有它，谁也打不开。",
    "Write the recovery code on paper and lock it away. When passwords are forgotten only it opens the data; without it nobody can.",
);
pub const CODE_ONCE: Text = text(
    "只显示这一次。不要拍照，不要存在这台电脑上。",
    "It is shown this once. Take no photo, and do not keep it on this computer.",
);
pub const CODE_READY: Text = text("抄好了，按 {key} 核对。", "Written down? {key} checks it.");
pub const CODE_CHECK: Text = text(
    "请看着纸，输入恢复码的最后四个字符。",
    "From your paper, type the last four characters of the code.",
);
pub const CODE_LAST: Text = text("最后四个", "Last four");
pub const CODE_WRONG: Text = text(
    "和恢复码不一样。按 Esc 回去对照着看。",
    "Not the same as the code. Esc shows it again to compare.",
);

pub const RECOVER: Text = text("用恢复码打开", "Open by the recovery code");
pub const RECOVER_TYPE: Text = text(
    "输入纸上的恢复码。大小写和横线不要紧。",
    "Type the recovery code from the paper. Case and dashes do not matter.",
);
pub const RECOVER_WHO: Text = text(
    "恢复码对了。给谁设新口令？此人将能管理人员和设置，原来的恢复码作废。",
    "The code is right. Who gets a new password? They may change staff and settings; the old code opens nothing any more.",
);
pub const RECOVER_CODE: Text = text("恢复码", "Code");
pub const SOMEBODY_NEW: Text = text("新人员（管理员）", "somebody new (administrator)");
pub const NEW_NAME: Text = text("新人员姓名", "Their name");
pub const STOPPED: Text = text("停用", "disabled");
pub const NEW_PASSWORD: Text = text("新口令", "New password");
pub const NEW_AGAIN: Text = text("再输一遍", "Once more");
pub const DIFFERENT: Text = text("两遍不一样", "the two differ");
pub const TOO_SHORT: Text = text("至少8位", "8 characters at least");
pub const MISSING: Text = text("请填写", "please fill in");
