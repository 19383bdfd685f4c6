//! The words for refusals about visits and other contacts, the rules' own among them.

use super::FieldName;
use crate::domain::{
    course::{self, Ended},
    programmes::ProgrammeKind,
    refusal::ContactRefusal,
    text::{Lang, Text},
};
use crate::lang::outcome::end_reason;

/// Says why the request is refused and what to do.
pub fn refusal(refusal: &ContactRefusal, name: FieldName<'_>, lang: Lang) -> String {
    match (refusal, lang) {
        (ContactRefusal::Form { faults, .. }, _) => super::form::faults(faults, name, lang),
        (ContactRefusal::Rule(rule), _) => by_rule(rule, lang),
        (_, Lang::Zh) => zh(refusal),
        (_, Lang::En) => en(refusal),
    }
}

/// Says why the rules of follow-up refuse and what to do.
pub fn by_rule(refusal: &course::Refusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => rule_zh(refusal),
        Lang::En => rule_en(refusal),
    }
}

fn zh(refusal: &ContactRefusal) -> String {
    use ContactRefusal as R;
    match refusal {
        R::Date {
            earliest: Some(earliest),
            latest,
        } => format!("随访日期应在{earliest}到{latest}之间，请核对。"),
        R::Date {
            earliest: None,
            latest,
        } => format!("随访日期不能晚于{latest}，请核对。"),
        R::SameDay { form, visit } => {
            format!("当天已有一份{form}记录（{visit}）；要改请更正那一份，不用再记。")
        }
        R::NotAlone { form, with } => {
            format!("{form}不能单独记，请和{with}一起填（--form {with} --form {form}）。")
        }
        R::NoForm { form } if form.is_empty() => {
            "没有填随访表，或者没填随访方式，请补上。".to_owned()
        }
        R::NoForm { form } => format!("没有“{form}”这张表，或者还缺随访方式，请核对。"),
        R::Withdrawn { visit } => format!("{visit}已经撤回，不能再改；请另记一份。"),
        R::KeptMeanwhile { by, .. } => {
            format!("{by}刚才也填了其中的一项；已并入，请看一遍再放下。")
        }
        R::NotInProgress { form } => {
            format!("{form}没有在进行中：已经保存，或者已经放弃。")
        }
        R::NoReason => "请写明原因。".to_owned(),
        R::NotProposed { programme } => format!(
            "已经没有纳入{}的依据（资料改过，或已定为不纳入）。",
            programme.programme().short.zh
        ),
        R::Form { .. } | R::Rule(_) => String::new(),
    }
}

fn en(refusal: &ContactRefusal) -> String {
    use ContactRefusal as R;
    match refusal {
        R::Date {
            earliest: Some(earliest),
            latest,
        } => format!("The day of the visit lies between {earliest} and {latest}: please check it."),
        R::Date {
            earliest: None,
            latest,
        } => format!("The day of the visit cannot lie after {latest}: please check it."),
        R::SameDay { form, visit } => format!(
            "There is already a record of {form} for that day ({visit}): correct that one instead."
        ),
        R::NotAlone { form, with } => format!(
            "{form} is not recorded by itself: fill it in with {with} (--form {with} --form {form})."
        ),
        R::NoForm { form } if form.is_empty() => {
            "No form was filled in, or the way of visiting is missing: please add it.".to_owned()
        }
        R::NoForm { form } => {
            format!("There is no form \"{form}\", or its way of visiting is missing: please check.")
        }
        R::Withdrawn { visit } => {
            format!("{visit} was withdrawn and cannot be changed: record a new one.")
        }
        R::KeptMeanwhile { by, .. } => {
            format!("{by} answered one of these meanwhile; look it over, then put it down again.")
        }
        R::NotInProgress { form } => {
            format!("{form} is not in progress: it was recorded, or given up.")
        }
        R::NoReason => "Please give a reason.".to_owned(),
        R::NotProposed { programme } => format!(
            "Nothing proposes {} any more: the facts changed, or it was declined.",
            programme.programme().short.en
        ),
        R::Form { .. } | R::Rule(_) => String::new(),
    }
}

fn rule_zh(refusal: &course::Refusal) -> String {
    use course::Refusal as R;
    match refusal {
        R::PersonEnded(Ended { on, why }) => {
            format!(
                "这个人已于{on}{}，之后不再记随访；记错了请先更正。",
                end_reason(*why).zh
            )
        }
        R::FactsMissing(kind) => format!(
            "纳入{}还缺必要的资料（如末次月经、分娩日期、通知单日期），请补上。",
            programme(*kind).zh
        ),
        R::NotEnrolled(kind) => {
            format!("没有纳入{}管理，请先纳入。", programme(*kind).zh)
        }
        R::AlreadyEnrolled(kind) => {
            format!("已经在{}管理中，不用再纳入。", programme(*kind).zh)
        }
        R::NotForPerson(kind) => format!(
            "按性别和年龄，这个人不能纳入{}；请核对出生日期和性别。",
            programme(*kind).zh
        ),
        R::TooYoung { age, needed } => {
            format!("才{age}岁，不到{needed}岁；确需管理请写明理由。")
        }
        R::BeforeBirth => "日期在出生以前，请核对日期和出生日期。".to_owned(),
        R::BeforeEntry { entered } => {
            format!("{entered}才纳入管理，日期不能更早；请核对日期。")
        }
        R::NotYetHappened { day } => {
            format!("{day}还没到，做过的随访才能记；请核对日期。")
        }
        R::NoForm => "没有填随访表，请填一张再保存。".to_owned(),
        R::PressureMissing => {
            "当面随访必须有血压；量过再保存，没见到人请改随访方式或记“未遇”。".to_owned()
        }
        R::VisitedThatDay(kind) => format!(
            "当天已有{}随访；要改请更正那一份，不用再记。",
            programme(*kind).zh
        ),
        R::NextDateOutside { earliest, latest } => {
            format!("下次随访日期应在{earliest}到{latest}之间，请重填。")
        }
        R::NextDateNeedsReason { due } => {
            format!("下次随访晚于应访日{due}，请写理由，或改回{due}。")
        }
        R::NextDateUnfit => "这次随访不改变原来的安排，不能另定下次日期，请清空。".to_owned(),
        R::NoOpenReferral => "没有等待核实的转诊，不用记结果。".to_owned(),
        R::ReferralResultUnfit => "人已见到，转诊结果不能是“联系不上”；请选别的结果。".to_owned(),
        R::NothingOpen => "没有这样的待办，请先看看现在有什么要做。".to_owned(),
        R::TargetUnfit => "这个目标值不属于该项目，请核对。".to_owned(),
    }
}

fn rule_en(refusal: &course::Refusal) -> String {
    use course::Refusal as R;
    match refusal {
        R::PersonEnded(Ended { on, why }) => format!(
            "On {on} follow-up ended ({}), nothing is recorded after it; if that is wrong, correct it first.",
            end_reason(*why).en
        ),
        R::FactsMissing(kind) => format!(
            "Entering {} needs a fact that is missing (last period, delivery, notice): add it.",
            programme(*kind).en
        ),
        R::NotEnrolled(kind) => format!(
            "Not followed up for {}: enrol the person first.",
            programme(*kind).en
        ),
        R::AlreadyEnrolled(kind) => {
            format!("Already followed up for {}.", programme(*kind).en)
        }
        R::NotForPerson(kind) => format!(
            "By age and sex this person cannot be entered in {}: check the date of birth and the sex.",
            programme(*kind).en
        ),
        R::TooYoung { age, needed } => format!(
            "Aged {age}, below {needed}: give a reason why the person is followed up all the same."
        ),
        R::BeforeBirth => "The day lies before birth: check it and the date of birth.".to_owned(),
        R::BeforeEntry { entered } => {
            format!("The person entered the programme on {entered}: the day cannot be earlier.")
        }
        R::NotYetHappened { day } => {
            format!("{day} is still to come: only what was done can be recorded.")
        }
        R::NoForm => "No form was filled in: fill one in, then save.".to_owned(),
        R::PressureMissing => {
            "A face-to-face visit needs a blood pressure: measure it, or change the way of visiting, or record that nobody was reached."
                .to_owned()
        }
        R::VisitedThatDay(kind) => format!(
            "There is already a visit of that day for {}: correct that one instead.",
            programme(*kind).en
        ),
        R::NextDateOutside { earliest, latest } => {
            format!("The next date must lie between {earliest} and {latest}.")
        }
        R::NextDateNeedsReason { due } => {
            format!("The next date is later than due, {due}: give a reason, or take {due}.")
        }
        R::NextDateUnfit => {
            "This visit leaves the open task as it is, so no next date can be chosen: empty it."
                .to_owned()
        }
        R::NoOpenReferral => "No referral is open, so there is no result to record.".to_owned(),
        R::ReferralResultUnfit => {
            "The person was seen, so the referral's result cannot be \"not reached\": choose another."
                .to_owned()
        }
        R::NothingOpen => "No such task is open: look at what is due first.".to_owned(),
        R::TargetUnfit => "The target is not of this programme's kind: please check.".to_owned(),
    }
}

fn programme(kind: ProgrammeKind) -> Text {
    kind.programme().short
}
