//! The words of an agreement's own page and its dialogs.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const LOADING: Text = text("正在打开…", "Opening…");
pub const NO_NUMBER: Text = text("未编号", "no number yet");
pub const DAYS: Text = text("{from} 至 {to}", "{from} to {to}");
pub const WHOLE: Text = text("整户 {}人", "household, {}");
pub const SOME: Text = text("户内成员 {}人", "members, {}");
pub const UNIT: Text = text("功能社区 {}人", "unit, {}");
pub const PACKAGE: Text = text("{name} {n}人", "{name}, {n}");
pub const REPRESENTED: Text = text("代表 {}", "represented by {}");
pub const MEMBERS: Text = text("成员", "Members");
pub const STEPS: Text = text("经过", "What happened");
pub const NAME: Text = text("姓名", "Name");
pub const SEX_AGE: Text = text("年龄", "Age");
pub const HOME: Text = text("住处", "Home");
pub const RELATION: Text = text("关系", "Relation");
pub const CONSENT: Text = text("同意", "Consent");
pub const COVERED: Text = text("签约", "Covered");
pub const KEPT: Text = text("履约", "Kept");
pub const LATE: Text = text("还缺", "Late");
pub const NOT_COVERED: Text = text("未签", "not signed");
pub const SINCE: Text = text("{}起", "from {}");
pub const UNTIL: Text = text("到{}止", "until {}");

pub const BROUGHT_IN: Text = text("名册带入", "told by a roster");
pub const IN_DOUBT: Text = text("存疑", "in doubt");
pub const CONSENT_INCOMPLETE: Text = text("待本人确认", "own word missing");
pub const UNCONFIRMED: Text = text("续约未确认", "renewal unconfirmed");
pub const OVER_CAP: Text = text("超上限", "over the cap");
pub const DOCTOR_LEFT: Text = text("医生已离任", "doctor left");
pub const TO_RENEW: Text = text("该续约了", "to renew");

pub const T01: Text = text("起草", "drafted");
pub const T02: Text = text("打印两份", "two copies printed");
pub const T03: Text = text("双方签字生效", "signed by both sides");
pub const T04: Text = text("增员", "a member joined");
pub const T05: Text = text("减员", "a member left");
pub const T06: Text = text("居民提出解约", "notice given");
pub const T07: Text = text("撤回解约", "notice withdrawn");
pub const T08: Text = text("解约生效", "ended by both sides");
pub const T09: Text = text("自动续约", "continued by itself");
pub const T10: Text = text("续签", "renewed by hand");
pub const T11: Text = text("到期终止", "expired");
pub const T12: Text = text("改签", "signed anew");
pub const T13: Text = text("终止", "ended");
pub const T14: Text = text("草稿作废", "discarded");
pub const T15: Text = text("作废", "made void");
pub const T16: Text = text("修改草稿", "draft changed");

/// Returns the words for a change that leads to no other state, by its stable key.
pub fn change(key: &str) -> Text {
    match key {
        "numbered" => text("编号", "numbered"),
        "printed" => text("打印协议", "agreement printed"),
        "drafted" => text("登记", "written down"),
        "brought_in" => text("名册带入", "told by a roster"),
        "promised" => text("按承诺服务", "services promised"),
        "reprinted" => text("补打协议", "printed again"),
        "supplement_printed" => text("打印补充页", "supplement printed"),
        "end_sheet_printed" => text("打印解约单", "end sheet printed"),
        "member_confirmed" => text("本人确认", "own word given"),
        "ending_signed" => text("解约单签字", "end sheet signed"),
        "ending_agreed" => text("约定解约日", "last day agreed"),
        "renewal_spoken" => text("已提醒续约", "renewal spoken of"),
        "renewal_confirmed" => text("续约已确认", "renewal confirmed"),
        "doubt_raised" => text("存疑", "in doubt"),
        "doubt_cleared" => text("查实属实", "doubt cleared"),
        "acting_named" => text("指定代管医生", "acting doctor named"),
        "voucher_used" => text("用券", "voucher used"),
        _ => text("更改", "changed"),
    }
}

pub const ENDING_TITLE: Text = text("解约办到哪一步？", "How far is the end?");
pub const PRINT_TITLE: Text = text("打印哪一张？", "Print which paper?");
pub const PAPER_AGREEMENT: Text = text("协议书", "The agreement");
pub const PAPER_SUPPLEMENT: Text = text("第{}页补充页（增减成员）", "Supplement page {}");
pub const PAPER_END: Text = text("解约单", "The end sheet");
pub const PRINTED_SO_FAR: Text = text("已打{}份", "{} printed");
pub const NOTHING_TO_PRINT: Text = text("没有可打的纸", "There is nothing to print");
pub const ACTING_NOW: Text = text("代管 {}", "acting {}");

pub const NOTICE: Text = text("提出解约", "Notice");
pub const WITHDRAW: Text = text("撤回解约", "Withdraw notice");
pub const CLINIC_SIGNS: Text = text("甲方在解约单上签字", "The clinic signs the end");
pub const RESIDENT_SIGNS: Text = text("乙方在解约单上签字", "The resident signs the end");
pub const END: Text = text("解约生效", "End it");
pub const LEAVE: Text = text("减员", "Remove a member");
pub const JOIN: Text = text("增员", "Add a member");
pub const CONFIRM: Text = text("本人确认", "Own word");
pub const REMIND: Text = text("记续约提醒", "Renewal spoken of");
pub const DOUBT: Text = text("存疑", "Doubt");
pub const CLEAR: Text = text("属实", "Clear the doubt");
pub const VOID: Text = text("作废", "Make void");
pub const STOP: Text = text("机构停止服务", "The clinic stops the service");
pub const ACTING: Text = text("指定代管医生", "Name the acting doctor");
pub const ACTING_DOCTOR: Text = text("代管医生", "Acting doctor");
pub const TAKEN_BY: Text = text("经办人", "Taken by");
pub const PHONE: Text = text("电话", "Phone");
pub const DISCARD: Text = text("草稿作废", "Discard the draft");
pub const SIGN_ANEW: Text = text("改签", "Sign anew");

pub const ON: Text = text("日期", "Day");
pub const BY: Text = text("谁提出", "By");
pub const WAY: Text = text("方式", "How");
pub const REASON: Text = text("原因", "Reason");
pub const NOTE: Text = text("说明", "Note");
pub const EVIDENCE: Text = text("证据号", "Evidence");
pub const SIGNED_BY: Text = text("签字人", "Signed by");
pub const LAST_DAY: Text = text("最后一天", "Last day");
pub const SHEET: Text = text("解约单号", "Sheet number");
pub const INCAPABLE: Text = text("无行为能力依据", "Proof of incapacity");
pub const CAP_REASON: Text = text("超上限原因", "Why over the cap");
pub const WHERE_TO: Text = text("迁往哪里", "Where to");
pub const KIND: Text = text("同意方式", "Consent");
pub const GUARDIAN: Text = text("监护人", "Guardian");
pub const GUARDIAN_RELATION: Text = text("监护人关系", "Relation");
pub const GUARDIAN_IF: Text = text("监护人(他签时填)", "Guardian, if he signs");
pub const GUARDIAN_RELATION_IF: Text = text("监护人关系", "Guardian's relation");
pub const CAUSE: Text = text("哪里存疑", "What is doubtful");
pub const FINDING: Text = text("查证结果", "What was found");
pub const APPROVER: Text = text("批准人", "Approved by");
pub const PAPER: Text = text("文号(院外)", "Paper (outside)");
pub const INFORMED: Text = text("告知居民日", "Resident told on");
pub const OPTS_OUT: Text = text("本人不再签", "opts out");
pub const MOVED: Text = text("迁出", "moved away");
pub const DIED: Text = text("去世", "died");

pub const ABOUT: Text = text("{what}：{name}", "{what}: {name}");
pub const DONE: Text = text("已办 {}", "Done: {}");
pub const PLEASE: Text = text("请填写", "please fill in");
pub const BAD_DAY: Text = text("看不懂", "not a date");
pub const APPROVER_HINT: Text = text(
    "由签约医生和经办人以外的人批准；院外的人要写文号",
    "Somebody other than the doctor and you; outside persons need a paper number",
);

pub const NOT_ACTIVE: Text = text(
    "协议不在履约中，不能这样办",
    "The agreement is not active: that cannot be done",
);
pub const LEFT: Text = text("原签约医生{}离任", "doctor {} left");
pub const TOO_EARLY: Text = text(
    "还没到续签的时候，到期前才能续签；换医生或团队请用改签",
    "Too early to renew; for another doctor or team sign anew",
);
pub const NOTICE_GIVEN: Text = text(
    "居民已提出解约；要续签先撤回解约",
    "Notice was given: withdraw it first to renew",
);
pub const DOCTOR_SERVES: Text = text(
    "责任医生还在岗，不用指定代管；换医生请用改签",
    "The doctor still serves: no acting doctor is needed; sign anew to change",
);
pub const NO_OTHER_DOCTOR: Text = text(
    "没有别的在岗签约医生，先登记",
    "No other doctor is in service: register one first",
);
pub const IS_COVERED: Text = text("这个人已在协议里", "Covered already");
pub const IS_NOT_COVERED: Text = text("这个人不在协议里", "Not covered");
pub const IS_CONFIRMED: Text = text(
    "这个人的同意已经齐了，不用再确认",
    "The consent is whole: nothing to confirm",
);
pub const ENDED: Text = text(
    "协议已经结束，不能这样办",
    "The agreement is over: that cannot be done",
);
