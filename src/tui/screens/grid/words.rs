//! The words of the paper sheets.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const FORM: Text = text("纸质登记是哪张表？", "Which form is on the paper?");
pub const RESUME: Text = text("接着录 {form} {day}", "Go on with {form} of {day}");
pub const OPENING: Text = text("正在打开…", "Opening…");
pub const HEAD_HINT: Text = text(
    "每一行都照此填好，哪行不同就在那行改。F2 开始录入",
    "Every row starts with this; a row that differs is changed there. F2 begins",
);
pub const BEGIN: Text = text("开始录入", "Begin");
pub const NAME: Text = text("姓名", "Name");
pub const PLACE: Text = text("组-门", "Door");
pub const RESULT: Text = text("结果", "Result");
pub const SAVED: Text = text("已存{}", "saved {}");
pub const WRONG: Text = text("有误{}", "wrong {}");
pub const UNSAVED: Text = text("未存{}", "unsaved {}");
pub const REST_NORMAL: Text = text("其余均问过无异常", "all else asked, normal");
pub const ROW_WRONG: Text = text("有误未存", "not saved: wrong");
pub const ROW_ASKS: Text = text("待确认", "to confirm");
pub const ROW_UNSAVED: Text = text("未存", "unsaved");
pub const ROW_CORRECTING: Text = text("更正未存", "correction unsaved");
pub const NAME_HINT: Text = text(
    "输姓名、拼音首字母、身份证或电话尾号，回车选第一位",
    "Type a name, initials, ID or phone tail; Enter takes the first",
);
pub const NOBODY: Text = text("没有这样的人", "Nobody found");
pub const IN_SHEET: Text = text("本表第{}行已有", "already in row {}");
pub const REFERRAL: Text = text(
    "{} 的转诊还没核实，请单独打开随访",
    "{} has an open referral: visit them on their own",
);
pub const LOCKED: Text = text(
    "这行已保存；回车更正，下移录下一人",
    "This row is saved: Enter corrects it, Down goes on",
);
pub const CORRECTING: Text = text(
    "更正这行：改好后 F2 保存，Ctrl-X 放弃更正",
    "Correcting this row: F2 saves, Ctrl-X drops the correction",
);
pub const UNDONE: Text = text(
    "{} 这行已撤销，内容还在，可改后再存",
    "The row of {} was undone; its answers are kept",
);
pub const KEPT: Text = text(
    "成批录入已留稿：还有{}行未存，再打开就接着录",
    "The sheet is kept with {} rows unsaved; open it again to go on",
);
pub const GONE: Text = text(
    "草稿不在了，或正在别的窗口里",
    "The draft is gone, or open in another window",
);
pub const SHEET: Text = text("成批录入", "Paper sheet");
