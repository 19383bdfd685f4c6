//! The words for refusals that concern any request, and what an entry of the journal did.

use crate::{
    domain::{
        clock::{Moment, day_of, time_of},
        refusal::{RecordRefusal, Stale},
        settings::SettingProblem,
        text::{Lang, Text},
    },
    lang::settings,
};

/// Says why the request is refused and what to do.
pub fn refusal(refusal: &RecordRefusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(refusal),
        Lang::En => en(refusal),
    }
}

/// Returns what a change did, by the stable key kept with its entry.
pub fn cause(key: &str) -> Text {
    CAUSES
        .iter()
        .find(|(known, _)| *known == key)
        .map_or(OTHER, |(_, text)| *text)
}

fn zh(refusal: &RecordRefusal) -> String {
    use RecordRefusal as R;
    match refusal {
        R::Unknown { what } => format!("没有找到“{what}”，请核对编号、姓名或证件号。"),
        R::Several { what, found } => {
            format!(
                "“{what}”有{}个：{}。请改用编号。",
                found.len(),
                found.join("、")
            )
        }
        R::NotSetUp => "这里还没有建立诊所，请先建立（cunyi init，或直接打开 cunyi）。".to_owned(),
        R::SetUp => "诊所已经建立，不用再建。".to_owned(),
        R::NoStaff { name } => {
            format!("没有在岗的工作人员“{name}”，请用已登记的姓名（--user 姓名）。")
        }
        R::Stale(stale) => stale_zh(stale),
        R::Clock { last, now } => format!(
            "电脑的时间是{}，最近一次记录是{}，相差太大。请先校准时间；确认无误时用 --date-is {} 再来一次。",
            moment(*now),
            moment(*last),
            day_of(*now)
        ),
        R::NothingToUndo => "您今天没有可以撤销的记录。".to_owned(),
        R::Stands { cause } => format!(
            "您最近一步是{}，这一步不能撤销：签错了用作废，设置和人员改回来即可。更早的记录请撤回并写明原因。",
            self::cause(cause).zh
        ),
        R::UndoneTooLate {
            aspect, name, at, ..
        } => format!(
            "{name}在{}又改过{}，不能直接撤销；请撤回那条记录并写明原因。",
            moment(*at),
            aspect.name(Lang::Zh)
        ),
        R::Bad { field, why } => format!("{field}：{}", why.zh),
        R::OnlyPractice => "只有练习村可以这样做。".to_owned(),
        R::NotAllowed { needed } => format!("只有{}可以更改。", needed.name().zh),
        R::Settings(problems) => told(problems, Lang::Zh),
    }
}

fn en(refusal: &RecordRefusal) -> String {
    use RecordRefusal as R;
    match refusal {
        R::Unknown { what } => {
            format!("Nothing answers to \"{what}\": check the id or the document number.")
        }
        R::Several { what, found } => format!(
            "{} answer to \"{what}\": {}. Give the id of the one meant.",
            found.len(),
            found.join(", ")
        ),
        R::NotSetUp => {
            "No clinic is set up here: run cunyi init, or open cunyi, to set it up.".to_owned()
        }
        R::SetUp => "The clinic is set up already.".to_owned(),
        R::NoStaff { name } => format!(
            "There is no active staff member \"{name}\": give a registered name with --user NAME."
        ),
        R::Stale(stale) => stale_en(stale),
        R::Clock { last, now } => format!(
            "This computer's clock says {}, the last entry is of {}: too far apart. Set the clock right; if it is right, confirm with --date-is {}.",
            moment(*now),
            moment(*last),
            day_of(*now)
        ),
        R::NothingToUndo => "There is no entry of yours today that could be undone.".to_owned(),
        R::Stands { cause } => format!(
            "What you did last ({}) is not undone: make an agreement void, change settings and staff back. Withdraw an earlier record with a reason.",
            self::cause(cause).en
        ),
        R::UndoneTooLate {
            aspect, name, at, ..
        } => format!(
            "{name} changed {} at {}, so this cannot simply be undone: withdraw the record and give a reason.",
            aspect.name(Lang::En),
            moment(*at)
        ),
        R::Bad { field, why } => format!("{field}: {}", why.en),
        R::OnlyPractice => "Only a practice store may do that.".to_owned(),
        R::NotAllowed { needed } => format!("Only a {} may change this.", needed.name().en),
        R::Settings(problems) => told(problems, Lang::En),
    }
}

/// Every problem, each at its key.
fn told(problems: &[SettingProblem], lang: Lang) -> String {
    let told: Vec<String> = problems
        .iter()
        .map(|problem| settings::problem(problem, lang))
        .collect();
    told.join("\n")
}

fn stale_zh(stale: &Stale) -> String {
    format!(
        "{}已在{}{}，改到了{}，没有覆盖。请看过新的内容再决定。",
        stale.name,
        moment(stale.at),
        cause(&stale.cause).zh,
        stale.aspect.name(Lang::Zh)
    )
}

fn stale_en(stale: &Stale) -> String {
    format!(
        "{} changed {} at {} ({}); nothing was overwritten. Look at the new state and decide again.",
        stale.name,
        stale.aspect.name(Lang::En),
        moment(stale.at),
        cause(&stale.cause).en
    )
}

fn moment(at: Moment) -> String {
    format!("{} {}", day_of(at), time_of(at))
}

const OTHER: Text = Text {
    zh: "做了一次修改",
    en: "a change",
};

/// What each change did, by the key kept with its entry.
const CAUSES: &[(&str, Text)] = &[
    ("set_up", text("建立了诊所", "the clinic was set up")),
    (
        "rename_clinic",
        text("改了机构名称", "the clinic was renamed"),
    ),
    (
        "add_staff",
        text("登记了工作人员", "a staff member was added"),
    ),
    ("sign_ins", text("有人登录", "somebody signed in")),
    ("looks", text("有人查看", "somebody looked")),
    ("backup", text("备份了数据", "the data were backed up")),
    ("drill", text("验证了备份", "a backup was proven")),
    ("restore", text("恢复了备份", "a backup was brought back")),
    ("seal", text("给数据加了密", "the data were sealed")),
    ("give_password", text("设置了口令", "a password was given")),
    (
        "renew_recovery",
        text("换了恢复码", "the recovery code was renewed"),
    ),
    (
        "take_over",
        text(
            "用恢复码重设了管理员",
            "an administrator was named by the recovery code",
        ),
    ),
    (
        "change_staff",
        text("改了工作人员", "a staff member was changed"),
    ),
    ("add_village", text("登记了村", "a village was added")),
    (
        "change_village",
        text("改了村的信息", "a village was changed"),
    ),
    ("add_household", text("新建了户", "a household was added")),
    (
        "change_household",
        text("改了家庭信息", "the household's card was changed"),
    ),
    ("add_person", text("添了成员", "a member was added")),
    (
        "change_person",
        text("改了个人信息", "the person's card was changed"),
    ),
    (
        "change_relation",
        text("改了与户主关系", "a relation was changed"),
    ),
    ("change_head", text("换了户主", "the head was changed")),
    ("move_person", text("办了迁移", "somebody moved")),
    (
        "split_household",
        text("办了分户", "the household was split"),
    ),
    (
        "merge_households",
        text("办了合户", "households were merged"),
    ),
    ("record_death", text("登记了死亡", "a death was recorded")),
    ("move_out", text("登记了迁出", "a moving away was recorded")),
    ("move_back", text("登记了迁回", "a return was recorded")),
    ("void_person", text("作废了档案", "a card was made void")),
    ("set_tag", text("加了人群标记", "a tag was set")),
    ("clear_tag", text("取消了人群标记", "a tag was cleared")),
    ("record_contact", text("记了随访", "a visit was recorded")),
    (
        "keep_forms",
        text("填了一部分表", "part of a form was filled in"),
    ),
    (
        "drop_form",
        text("放弃了进行中的表", "a form in progress was given up"),
    ),
    (
        "correct_contact",
        text("更正了随访", "a visit was corrected"),
    ),
    (
        "withdraw_contact",
        text("撤回了随访", "a visit was withdrawn"),
    ),
    ("change_settings", text("改了设置", "settings were changed")),
    ("enrol_many", text("纳入了管理", "people were entered")),
    (
        "decline_proposals",
        text("定为不纳入", "proposals were declined"),
    ),
    ("import", text("导入了花名册", "a roster was imported")),
    (
        "mark_round",
        text("安排了今天的走访", "the day's round was marked"),
    ),
    (
        "agreement_draft",
        text("起草了协议", "an agreement was drafted"),
    ),
    (
        "agreement_edit",
        text("改了协议草稿", "a draft agreement was changed"),
    ),
    (
        "agreement_print",
        text("打印了协议", "an agreement was printed"),
    ),
    (
        "agreement_sign",
        text("签了协议", "an agreement was signed"),
    ),
    (
        "agreement_join",
        text("协议增加了成员", "a member joined an agreement"),
    ),
    (
        "agreement_leave",
        text("协议减少了成员", "a member left an agreement"),
    ),
    (
        "agreement_confirm",
        text("补了本人同意", "a member confirmed consent"),
    ),
    (
        "agreement_give_notice",
        text("登记了解约申请", "notice was given"),
    ),
    (
        "agreement_withdraw_notice",
        text("撤回了解约申请", "a notice was withdrawn"),
    ),
    (
        "agreement_sign_ending",
        text("签了解约单", "an end sheet was signed"),
    ),
    (
        "agreement_end",
        text("解除了协议", "an agreement was ended"),
    ),
    (
        "agreement_stop_service",
        text("停止了服务", "the service was stopped"),
    ),
    (
        "agreement_discard",
        text("放弃了协议草稿", "a draft agreement was discarded"),
    ),
    (
        "agreement_void",
        text("作废了协议", "an agreement was made void"),
    ),
    (
        "agreement_speak_of_renewal",
        text("登记了续约告知", "renewal was spoken of"),
    ),
    (
        "agreement_doubt",
        text("协议标为存疑", "an agreement was doubted"),
    ),
    (
        "agreement_clear_doubt",
        text("协议核实属实", "a doubt was cleared"),
    ),
    (
        "agreement_name_acting",
        text("指定了代管医生", "an acting doctor was named"),
    ),
    (
        "agreement_roll",
        text("办理了到期协议", "agreements were renewed"),
    ),
    (
        "keep_doctor",
        text("登记了签约医生", "a doctor was written down"),
    ),
    (
        "keep_team",
        text("登记了服务团队", "a team was written down"),
    ),
    (
        "keep_unit",
        text("登记了功能社区单位", "a unit was written down"),
    ),
    (
        "keep_package",
        text("登记了服务包", "a package was written down"),
    ),
    ("issue_voucher", text("发了券", "a voucher was issued")),
    ("void_voucher", text("作废了券", "a voucher was made void")),
    (
        "roll_agreements",
        text(
            "自动办理了到期协议",
            "agreements were renewed by themselves",
        ),
    ),
    ("undo", text("撤销了上一步", "the last step was undone")),
];

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
