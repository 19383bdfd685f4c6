//! The words of the screens of those who sign.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const LOADING: Text = text("正在打开…", "Opening…");
pub const AND: Text = text("、", ", ");
pub const DOCTORS: Text = text("签约医生", "doctors");
pub const TEAMS: Text = text("服务团队", "teams");
pub const UNITS: Text = text("功能社区", "units");
pub const NOBODY: Text = text(
    "还没有登记，按添加键登记",
    "Nothing yet: the key to add writes one down",
);
pub const UNITS_ONLY: Text = text("这里只给单位签约", "Only units are signed from here");
pub const TEAM_BY_COMMAND: Text = text(
    "团队用命令行登记和修改：cunyi team",
    "Teams are written down by the command line: cunyi team",
);
pub const TEAM_MEMBERS: Text = text("成员：{}", "Members: {}");
pub const TEAM_AREAS: Text = text("责任区：{}", "Areas: {}");

pub const NAME: Text = text("姓名", "Name");
pub const TEAM: Text = text("团队", "Team");
pub const UNIT: Text = text("单位", "Unit");
pub const KIND: Text = text("类别", "Kind");
pub const PERSONS: Text = text("已签人数", "People");
pub const HOMES: Text = text("户数", "Homes");
pub const SERVES: Text = text("在岗", "Serves");
pub const SINCE: Text = text("{}起", "from {}");
pub const UNTIL: Text = text("至{}", "until {}");
pub const LEFT_ON: Text = text("{}离任", "left {}");
pub const MEMBERS: Text = text("成员", "People");
pub const LEADER: Text = text("队长", "Leader");
pub const WRONG: Text = text("不合规定", "Wrong");
pub const IS_RIGHT: Text = text("合规", "all right");
pub const STANDS: Text = text("协议", "Agreement");
pub const NOT_SIGNED: Text = text("未签", "not signed");
pub const LISTED: Text = text(
    "名单{listed}人 在册{all}人",
    "{listed} on the list of {all}",
);

pub const LICENCE_IS: Text = text("执业证 {}", "licence {}");
pub const PHONE_IS: Text = text("电话 {}", "phone {}");
pub const STAFF_IS: Text = text("账号 {}", "account {}");
pub const CONTACT_IS: Text = text("联系人 {}", "contact {}");
pub const NEARLY_FULL: Text = text("快满了", "nearly full");
pub const OVER_FULL: Text = text("超上限", "over the cap");

pub const NEW_DOCTOR: Text = text("登记签约医生", "A doctor who signs");
pub const CHANGE_DOCTOR: Text = text("签约医生", "The doctor");
pub const NEW_UNIT: Text = text("登记单位", "A unit");
pub const CHANGE_UNIT: Text = text("单位资料", "The unit");
pub const LICENCE: Text = text("执业证书号", "Licence");
pub const PHONE: Text = text("电话(印在协议上)", "Phone, as printed");
pub const UNIT_PHONE: Text = text("联系电话", "Phone");
pub const ID_NO: Text = text("身份证号", "Identity number");
pub const ACCOUNT: Text = text("账号", "Account");
pub const NO_ACCOUNT: Text = text("没有", "none");
pub const FROM: Text = text("开始在岗", "Serves from");
pub const LAST_DAY: Text = text("最后一天(离任)", "Last day");
pub const CAP_PERSONS: Text = text("人数上限(空着按规定)", "Own cap, people");
pub const CAP_HOMES: Text = text("户数上限(空着按规定)", "Own cap, homes");
pub const UNIT_NAME: Text = text("单位名称", "Name");
pub const CREDIT_CODE: Text = text("统一社会信用代码", "Credit code");
pub const CONTACT: Text = text("联系人", "Contact");
pub const ADDRESS: Text = text("地址", "Address");
pub const HEADCOUNT: Text = text("在册人数", "Headcount");
pub const NOT_A_NUMBER: Text = text("要填数字", "not a number");
pub const NOT_A_DAY: Text = text("看不懂", "not a date");
pub const SAVED: Text = text("已保存 {}", "Saved: {}");
pub const SAVED_LEFT: Text = text(
    "已保存 {name}；他名下要改签的户在“医生已离任”名单里",
    "Saved: {name}; the households to sign anew stand in the list \"doctor left\"",
);

pub const UNIT_ADDED: Text = text("已列入 {}", "On the list: {}");
pub const UNIT_REMOVED: Text = text("已从名单去掉 {}", "Off the list: {}");
pub const REMOVE_TITLE: Text = text("从名单去掉", "Take off the list");
pub const REMOVE_QUESTION: Text = text("从单位名单里去掉{}？", "Take {} off the unit's list?");
pub const COVERED_FIRST: Text = text(
    "这个人还在单位协议里，先到协议里减员",
    "Still covered by the unit's agreement: remove the member there first",
);
pub const LIGHT: Text = text(
    "只记名，没有档案，不能签约",
    "named only: has no record, cannot be signed",
);
pub const AGE: Text = text("年龄", "Age");
pub const HOME: Text = text("住处", "Home");
pub const COVERED: Text = text("签约", "Covered");
pub const COVERED_YES: Text = text("在本单位协议", "by this unit");
pub const COVERED_ELSEWHERE: Text = text("已签他处", "elsewhere");
pub const COVERED_NO: Text = text("未签", "not signed");
pub const EMPTY_LIST: Text = text(
    "名单是空的，按添加键加人",
    "Nobody is on the list: the key to add takes somebody",
);
pub const MEMBERS_TITLE: Text = text("名单", "On the list");

pub const PICK_TITLE: Text = text("加进单位名单", "Add to the list");
pub const PICK_HINT: Text = text(
    "打姓名、拼音、身份证尾号找人；外来的人写“姓名，证件号，电话”",
    "Name, pinyin or ID tail; somebody from outside as \"name, id, phone\"",
);
pub const PICK_LIGHT: Text = text("不是本村居民，只记名：{}", "no resident, named only: {}");
