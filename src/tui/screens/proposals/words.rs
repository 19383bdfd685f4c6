//! The words of the proposals, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const COUNT: Text = text(
    " 建议 {all}条  勾选 {marked}",
    " Proposed {all}  marked {marked}",
);
pub const NOTHING: Text = text(
    "没有要纳入的人：该管的都管上了",
    "Nobody to enter: everybody is looked after",
);
pub const LOOKING: Text = text("正在核对全部居民……", "Looking through all residents …");
pub const HEADING: Text = text("{what} · {why} · {n}人", "{what} · {why} · {n}");
pub const NAME: Text = text("姓名", "Name");
pub const AGE: Text = text("年龄", "Age");
pub const PLACE: Text = text("组-门", "Door");
pub const WHY: Text = text("依据", "Why");
pub const FROM: Text = text("纳入日", "From");
pub const FORM: Text = text("要填表", "form");
pub const ASKED: Text = text("需先填：{}", "asks first: {}");
pub const AT_ONCE: Text = text("资料齐，可直接纳入", "all is known: entered at once");
pub const ENTERED: Text = text("纳入{n}项", "{n} entered");
pub const LEFT_OUT: Text = text(
    "；{n}项没有纳入：{name} {why}",
    "; {n} left out: {name} {why}",
);
pub const NONE_ENTERED: Text = text("没有纳入：{name} {why}", "Not entered: {name} {why}");
pub const DECLINE: Text = text("不纳入", "Do not enter");
pub const DECLINE_WHO: Text = text("{name} 等{n}人", "{name} and others, {n} in all");
pub const DECLINE_WHY: Text = text(
    "依据不变就不再建议。写明为什么：",
    "Not proposed again while the ground stays. Why?",
);
pub const DECLINED: Text = text("不纳入 {who}", "not entered: {who}");
