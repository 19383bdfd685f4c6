//! The words of staff and passwords.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NAME: Text = text("姓名", "Name");
pub const ROLE: Text = text("角色", "Role");
pub const WORKS: Text = text("在岗", "Works here");
pub const YES: Text = text("在岗", "yes");
pub const NO: Text = text("停用", "disabled");
pub const PASSWORD: Text = text("口令", "Password");
pub const HAS: Text = text("已设", "set");
pub const HAS_NOT: Text = text("未设", "none");
pub const NO_DOOR: Text = text(
    "这里的资料没有加密，不用口令。",
    "These data are not sealed: there are no passwords.",
);
pub const HINT: Text = text(
    "没设口令的人不能登录。停用的人口令立即作废，打开的窗口也会退出。",
    "Nobody signs in without a password. A disabled account loses its password, and its open windows close.",
);
pub const ADD: Text = text("添人员", "New staff member");
pub const CHANGE: Text = text("改人员", "Change a staff member");
pub const GIVE: Text = text("给{name}设口令", "A password for {name}");
pub const OWN: Text = text("改自己的口令", "Your own password");
pub const BEFORE: Text = text("原口令", "Present password");
pub const MINE: Text = text("您自己的口令", "Your own password");
pub const RENEW: Text = text("换恢复码", "Another recovery code");
pub const HANDS_OVER: Text = text(
    "。设好口令以后，人员、角色和设置只由管理员改",
    ". Once they have a password, staff, roles and settings are the administrator's alone",
);
pub const SAVED: Text = text("已保存 {name}", "Saved: {name}");
pub const GIVEN: Text = text(
    "已给{name}设了口令，请本人登录后自己改",
    "{name} has a password; let them change it after signing in",
);
pub const OWN_GIVEN: Text = text("口令已改", "Your password is changed");
pub const RENEWED: Text = text(
    "恢复码已换，原来的作废",
    "The recovery code is another; the one before opens nothing",
);
