//! The words of signing.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const TITLE: Text = text("签约", "Sign");
pub const OF_HOUSEHOLD: Text = text("{}户", "{}");
pub const STATE_NEW: Text = text("新签", "new");
pub const STATE_RENEWAL: Text = text("续签", "renewal");
pub const STATE_CHANGE: Text = text("改签", "signed anew");
pub const STATE_DRAFT: Text = text("草稿", "draft");
pub const STATE_PRINTED: Text = text("待签字 {}", "printed {}");
pub const NONE_IN_FORCE: Text = text("没有生效的协议。{why}", "No agreement runs. {why}");
pub const LOADING: Text = text("正在打开…", "Opening…");

pub const STEP_SCOPE: Text = text("范围", "Scope");
pub const STEP_MEMBERS: Text = text("成员", "Members");
pub const STEP_CONSENT: Text = text("同意", "Consent");
pub const STEP_PACKAGES: Text = text("服务包", "Packages");
pub const STEP_TERM: Text = text("年限", "Term");
pub const STEP_SIGNATURES: Text = text("签字", "Signed");

pub const SCOPE: Text = text("签约方式", "Scope");
pub const WHOLE_HOUSEHOLD: Text = text("整户", "household");
pub const SOME_MEMBERS: Text = text("户内成员", "members");
pub const UNIT: Text = text("功能社区单位", "unit");
pub const PLACE: Text = text("签约地点", "Place");
pub const REPRESENTATIVE: Text = text("家庭代表", "Represented by");
pub const GUARDIAN_ELSEWHERE: Text = text("不住本户的监护人", "guardian living elsewhere");
pub const WARD_OF: Text = text("是谁的监护人", "Guardian of");
pub const GUARDIAN_NAME: Text = text("监护人姓名", "Guardian");
pub const GUARDIAN_RELATION: Text = text("监护人关系", "Relation");
pub const PARTY_A: Text = text("甲方", "Clinic's side");
pub const DOCTOR: Text = text("医生", "Doctor");
pub const TEAM: Text = text("团队", "Team");
pub const NO_TEAM: Text = text("不写团队", "no team");
pub const PHONE: Text = text("联系电话", "Phone");
pub const CHANGE_REASON: Text = text("改签原因", "Why anew");
pub const REGISTER: Text = text(
    "登记自己为签约医生（乡村医生）",
    "register me as a village doctor",
);
pub const NO_DOCTOR: Text = text(
    "还没有登记签约医生。1登记自己（乡村医生）；别的医生用命令行登记",
    "No doctor is registered yet. 1 registers you as a village doctor; others by command line",
);
pub const ONLY_DOCTORS: Text = text("只有医生能登记为签约医生", "Only doctors sign agreements");
pub const PANEL: Text = text("已签 {persons}人", "signed {persons}");
pub const PANEL_OF: Text = text(
    "已签 {persons}/{most}人 {households}/{homes}户",
    "signed {persons}/{most} in {households}/{homes}",
);
pub const FILL_NEAR: Text = text("快满了", "nearly full");
pub const FILL_OVER: Text = text("超上限", "over the cap");

pub const NAME: Text = text("姓名", "Name");
pub const AGE: Text = text("年龄", "Age");
pub const RELATION: Text = text("关系", "Relation");
pub const HOME: Text = text("住处", "Home");
pub const SIGNS: Text = text("签", "signs");
pub const COVERS: Text = text("签约", "Signs");
pub const BESIDE: Text = text("备注/无行为能力依据", "Note, or proof of incapacity");
pub const NOT_TOLD: Text = text("未填", "open");

pub const KIND: Text = text("同意方式", "Consent");
pub const EVIDENCE: Text = text("证据号", "Evidence");
pub const ON: Text = text("日期", "Day");
pub const TAKEN_BY: Text = text("经办", "Taken");
pub const CONTACT: Text = text("单位联系人", "Contact");
pub const GUARDIAN: Text = text("监护人", "Guard.");
pub const NOBODY: Text = text("还没有选成员", "Nobody is chosen yet");

pub const BASIC: Text = text(
    "基础服务包人人都有，居民不花钱。",
    "Everybody has the basic package; residents pay nothing.",
);
pub const NO_PACKAGES: Text = text(
    "现在没有可选的增值服务包。",
    "No value-added package is offered now.",
);
pub const FEE_YEAR: Text = text(
    "{name} {package} 第{year}年 定价{price}",
    "{name} {package} year {year}, {price}",
);
pub const INSURANCE: Text = text("医保", "Insur.");
pub const VOUCHER: Text = text("代金券", "Voucher");
pub const REDUCTION: Text = text("减免券", "Reduct.");
pub const OTHER: Text = text("其他", "Other");
pub const PAID: Text = text("实收", "Paid");
pub const RECEIPT: Text = text("收据号", "Receipt");
pub const PAYS: Text = text("自付", "Pays");
pub const YUAN: Text = text("{}元", "{} yuan");

pub const YEARS: Text = text("{}年", "{} yr");
pub const TERM: Text = text("协议年限", "Years");
pub const START: Text = text("开始日期", "First day");
pub const START_HINT: Text = text(
    "空着就从签字当天起；可写约定的日子，最晚31天以后",
    "empty: from the day of signing; or an agreed day, at most 31 days later",
);
pub const DAYS: Text = text("协议 {from} 至 {to}", "{from} to {to}");

pub const RESIDENT_SIGNS: Text = text("乙方代表签字", "Resident signs");
pub const CLINIC_SIGNS: Text = text("甲方签字", "Clinic signs");
pub const SIGNED: Text = text("已签字", "signed");
pub const EQUIPMENT: Text = text("携带设备", "Carried");
pub const ALSO_DONE: Text = text("同时完成", "Also done");
pub const CAP_REASON: Text = text("超上限原因", "Why over the cap");
pub const APPROVER: Text = text("批准人和文号", "Approved by, paper");
pub const LATE_REASON: Text = text("补录原因", "Why entered late");
pub const TICK_HINT: Text = text("按数字勾选，空格全勾", "digits tick, Space ticks all");

pub const RELATIONS: [Text; 9] = [
    text("父亲", "father"),
    text("母亲", "mother"),
    text("爷爷", "grandfather"),
    text("奶奶", "grandmother"),
    text("外公", "mother's father"),
    text("外婆", "mother's mother"),
    text("配偶", "spouse"),
    text("子女", "child"),
    text("兄弟姐妹", "sibling"),
];

pub const AND: Text = text("、", ", ");
pub const STILL_MISSING: Text = text("还缺：{}", "Missing: {}");
pub const STILL_MISSING_MORE: Text =
    text("还缺：{}（按生效键看全部）", "Missing: {} (sign key: all)");
pub const STILL_MISSING_COUNTED: Text = text(
    "还缺{n}样：{list}……（按生效键看全部）",
    "{n} missing: {list}... (sign key: all)",
);
pub const NAMES_OF: Text = text("{names}等{n}人", "{names} +{rest}");
pub const READY: Text = text("都齐了，可以生效", "All is there: it can take effect");
pub const READY_UNTICKED: Text = text(
    "可以生效；入户没勾携带：{}",
    "It can take effect; not ticked as carried: {}",
);
pub const READY_FOLDER: Text = text(
    "可以生效；没勾家庭档案已更新",
    "It can take effect; the folder's update is not ticked",
);
pub const LACKS_PLACE: Text = text("签约地点", "place");
pub const LACKS_CONSENT: Text = text("{}的同意", "consent of {}");
pub const LACKS_EVIDENCE: Text = text("{}的证据号", "evidence of {}");
pub const LACKS_GUARDIAN: Text = text("{}的监护人", "guardian of {}");
pub const LACKS_GUARDIANS_WORD: Text = text("{}的监护人签字", "the signature of {}'s guardian");
pub const LACKS_DECISION: Text = text("{}签不签", "whether {} signs");
pub const LACKS_MEMBER: Text = text("签约成员", "members");
pub const LACKS_DOCTOR: Text = text("签约医生", "doctor");
pub const LACKS_TERM: Text = text("年限", "term");
pub const LACKS_REPRESENTATIVE: Text = text("家庭代表", "representative");
pub const LACKS_RESIDENT_SIGNATURE: Text = text("乙方签字", "the resident's signature");
pub const LACKS_OTHER_TAKER: Text = text(
    "乙方签字要由本人以外的人经办",
    "somebody else to take the representative's signature",
);
pub const LACKS_CONTACT: Text = text("单位联系人", "the unit's contact");
pub const LACKS_CLINIC_SIGNATURE: Text = text("甲方签字", "the clinic's signature");

pub const SIGNED_DONE: Text = text("已生效 {whose} {n}人", "In force: {whose}, {n} people");
pub const DRAFT_SAVED: Text = text(
    "草稿已保存，在签约名单“草稿”里",
    "Saved as a draft; it stands in the list of drafts",
);
pub const DRAFT_KEPT: Text = text(
    "没签完，草稿已留：{}，再按签约键接着填",
    "Not signed; draft kept: {}; the signing key goes on with it",
);
pub const TAKEN_UP: Text = text("接着上次没签完的", "The form you did not finish");
pub const STALE: Text = text(
    "接着上次没签完的；{} 后来改过这一户，请核对",
    "The form you did not finish; {} changed the household since: check it",
);
pub const DROP_TITLE: Text = text("放弃", "Drop");
pub const DROP_ANSWERS: Text = text("只放弃这次填的", "Drop what was filled in now");
pub const DROP_AGREEMENT: Text = text(
    "整份草稿作废（要写原因）",
    "Discard the whole draft (with a reason)",
);
pub const DROP_NOTHING: Text = text("都不放弃，接着填", "Drop nothing and go on");
pub const DISCARDED: Text = text(
    "草稿已作废，原因已记下",
    "The draft is discarded; the reason is kept",
);
pub const DROPPED: Text = text("已放弃，没有签约", "Dropped; nothing was signed");
pub const REFUSED_TITLE: Text = text("还不能生效", "It cannot take effect yet");
pub const LOOK_AGAIN: Text = text(
    "这一户刚被改过，请核对后再生效",
    "The household was changed: look again before it takes effect",
);
pub const PRINTED_FILE: Text = text("签约协议", "Agreement");
pub const PRINTED_SUPPLEMENT: Text = text("补充页", "Supplement");
pub const PRINTED_END: Text = text("解约单", "End-sheet");
pub const UNREADABLE: Text = text(
    "看不懂这里填的，请改一下",
    "This cannot be read: put it right",
);
