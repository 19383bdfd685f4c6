//! The words for what is wrong with an answer in a form.
//!
//! The sentence of one answer leaves its field's name to whoever shows it.

use super::{FieldName, identity, phone, record_number};
use crate::domain::{
    form::{Bound, Fault, Range},
    refusal::FieldFault,
    text::{Label, Lang},
};

/// Says what is wrong with each answer, every field with its name, one a line.
pub fn faults(faults: &[FieldFault], name: FieldName<'_>, lang: Lang) -> String {
    let lines: Vec<String> = faults.iter().map(|wrong| line(wrong, name, lang)).collect();
    lines.join("\n")
}

fn line(wrong: &FieldFault, name: FieldName<'_>, lang: Lang) -> String {
    let (field, what) = (name(&wrong.field), fault(&wrong.fault, lang));
    match (&wrong.row, lang) {
        (None, Lang::Zh) => format!("{field}：{what}"),
        (None, Lang::En) => format!("{field}: {what}"),
        (Some(row), Lang::Zh) => {
            format!("{field}第{}行 {}：{what}", row.index + 1, name(&row.column))
        }
        (Some(row), Lang::En) => {
            format!(
                "{field}, row {}, {}: {what}",
                row.index + 1,
                name(&row.column)
            )
        }
    }
}

/// Says which other form gives an answer that is missing.
pub fn given_by(title: &Label, lang: Lang) -> String {
    let title = title.get(lang);
    match lang {
        Lang::Zh => format!("填好《{title}》就有。"),
        Lang::En => format!(" Filling in “{title}” gives it."),
    }
}

/// Says what is wrong with an answer and what to do.
pub fn fault(fault: &Fault, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(fault),
        Lang::En => en(fault),
    }
}

fn zh(fault: &Fault) -> String {
    match fault {
        Fault::Missing => "还没填。".to_owned(),
        Fault::NotMeasured => "没有填；确实没测，再按保存键确认。".to_owned(),
        Fault::UnknownField => "这张表没有这一项。".to_owned(),
        Fault::NotAsked => "按其他各项，这一项不用填，请清空。".to_owned(),
        Fault::WrongKind => "填的不是这一项要的内容。".to_owned(),
        Fault::NoDate => "看不懂这个日期，如 2026-11-22 或 11-22。".to_owned(),
        Fault::Unreadable => "看不懂，请照单位和格式重填。".to_owned(),
        Fault::UnknownCode { code } => format!("没有“{code}”这个选项。"),
        Fault::ExclusiveCode { code } => format!("选了{code}就不能再选别的。"),
        Fault::OutOfRange(Range { low, high }) => format!("超出可能的范围 {low}～{high}，请核对。"),
        Fault::Unusual(Range { low, high }) => {
            format!("不在常见范围 {low}～{high}，确认数值？")
        }
        Fault::Changed { last } => format!("和上次的 {last} 相差很大，确认数值？"),
        Fault::TooLong { most } => format!("太长，最多{most}个字。"),
        Fault::TooManyRows { most } => format!("太多，最多{most}行。"),
        Fault::HiddenSigns => "里面有看不见的控制符号，请重新输入。".to_owned(),
        Fault::NameHasDigits => "姓名里不能有数字。".to_owned(),
        Fault::NotDigits => "这里只能填数字。".to_owned(),
        Fault::TooEarly { bound, day } => format!("不能早于{} {day}。", bound_zh(*bound)),
        Fault::TooLate { bound, day } => format!("不能晚于{} {day}。", bound_zh(*bound)),
        Fault::Forced { to } => format!("按其他各项，这里只能是{to}。"),
        Fault::ReasonMissing => "改了系统的判断，请写理由。".to_owned(),
        Fault::SameDay => "这个人当天已有一份同样的记录；要改请用更正。".to_owned(),
        Fault::PressureOrder => "舒张压不低于收缩压，请核对。".to_owned(),
        Fault::PulsePressure { gap } => format!("高低压相差{gap}，确认数值？"),
        Fault::AboveCurrent => "目标比现在的还高，确认？".to_owned(),
        Fault::AboveTotal => "比总数还多，请核对。".to_owned(),
        Fault::ClassOffTarget => "血压未达标，判为控制满意要写理由。".to_owned(),
        Fault::DrugsNotTaken => "不服药，却列着用药，确认？".to_owned(),
        Fault::EthnicTextMissing => "少数民族请写民族名称。".to_owned(),
        Fault::DangerAsked => "有这些症状：是否属于危急情况？不是就再按保存键。".to_owned(),
        Fault::BeforeOther { day } => format!("和前面的日期对不上：不能早于 {day}。"),
        Fault::AfterOther { day } => format!("和前面的日期对不上：不能晚于 {day}。"),
        Fault::Unlikely => "和前面填的对不上，请核对；没错就再按保存键。".to_owned(),
        Fault::FarApart { most } => format!("两个数相差超过{most}，确认数值？"),
        Fault::NotTogether => "一个是0，另一个不是0，请核对。".to_owned(),
        Fault::NotACertificate => "残疾证号是20位：18位身份证号、类别1～7、等级1～4。".to_owned(),
        Fault::PrescriptionUnstable => "病情不稳定，不能开长期处方。".to_owned(),
        Fault::PrescriptionUnsigned => "还没有签约，不能开长期处方。".to_owned(),
        Fault::PrescriptionClass => "这类药不能开长期处方。".to_owned(),
        Fault::PrescriptionDays { most } => {
            format!("这种处方不超过{most}天；更长要写理由。")
        }
        Fault::PrescriptionRunning { until } => {
            format!("同一种药上次的长期处方到 {until} 才用完，确认？")
        }
        Fault::IntervalShort { day } => format!("离上一剂太近，{day} 起才够间隔，确认？"),
        Fault::Phone(inner) => phone::fault(inner, Lang::Zh),
        Fault::Record(inner) => record_number::fault(inner, Lang::Zh),
        Fault::Identity(inner) => identity::fault(inner, Lang::Zh),
        Fault::IdentityDiffers { what, .. } => identity::disagreement(what, Lang::Zh),
    }
}

fn en(fault: &Fault) -> String {
    match fault {
        Fault::Missing => "Not answered yet.".to_owned(),
        Fault::NotMeasured => "Not answered; if it was not measured, save again.".to_owned(),
        Fault::UnknownField => "This form has no such field.".to_owned(),
        Fault::NotAsked => "The other answers leave this unasked; please empty it.".to_owned(),
        Fault::WrongKind => "This is not the kind of answer asked for.".to_owned(),
        Fault::NoDate => "No date; as 2026-11-22 or 11-22.".to_owned(),
        Fault::Unreadable => "Cannot be read; please follow the unit and format.".to_owned(),
        Fault::UnknownCode { code } => format!("There is no option \"{code}\"."),
        Fault::ExclusiveCode { code } => format!("{code} excludes every other option."),
        Fault::OutOfRange(Range { low, high }) => {
            format!("Outside what is possible, {low} to {high}; please check.")
        }
        Fault::Unusual(Range { low, high }) => {
            format!("Outside the usual {low} to {high}: correct?")
        }
        Fault::Changed { last } => format!("Far from the last {last}: correct?"),
        Fault::TooLong { most } => format!("Too long, at most {most} characters."),
        Fault::TooManyRows { most } => format!("Too many, at most {most} rows."),
        Fault::HiddenSigns => "There are hidden control signs in it: type it anew.".to_owned(),
        Fault::NameHasDigits => "A name has no digits.".to_owned(),
        Fault::NotDigits => "Digits only.".to_owned(),
        Fault::TooEarly { bound, day } => format!("Not before {} {day}.", bound_en(*bound)),
        Fault::TooLate { bound, day } => format!("Not after {} {day}.", bound_en(*bound)),
        Fault::Forced { to } => format!("The other answers leave only {to}."),
        Fault::ReasonMissing => "The proposal was changed: please say why.".to_owned(),
        Fault::SameDay => "There is such a record of this day; correct that one.".to_owned(),
        Fault::PressureOrder => "Diastolic is not below systolic; please check.".to_owned(),
        Fault::PulsePressure { gap } => format!("The pressures differ by {gap}: correct?"),
        Fault::AboveCurrent => "The target is above the current value: correct?".to_owned(),
        Fault::AboveTotal => "More than the total; please check.".to_owned(),
        Fault::ClassOffTarget => "Off target: calling it controlled needs a reason.".to_owned(),
        Fault::DrugsNotTaken => "Takes no medicine, yet medicine is listed: correct?".to_owned(),
        Fault::EthnicTextMissing => "Please write which minority.".to_owned(),
        Fault::DangerAsked => "With these symptoms: a danger sign? If not, save again.".to_owned(),
        Fault::BeforeOther { day } => format!("Disagrees with another date: not before {day}."),
        Fault::AfterOther { day } => format!("Disagrees with another date: not after {day}."),
        Fault::Unlikely => "Hardly fits another answer; if right, save again.".to_owned(),
        Fault::FarApart { most } => format!("The two differ by more than {most}: correct?"),
        Fault::NotTogether => "One is 0 and the other is not; please check.".to_owned(),
        Fault::NotACertificate => {
            "20 digits: identity number, category 1 to 7, grade 1 to 4.".to_owned()
        }
        Fault::PrescriptionUnstable => "Not stable: no long prescription.".to_owned(),
        Fault::PrescriptionUnsigned => "Has not signed: no long prescription.".to_owned(),
        Fault::PrescriptionClass => "Not on a long prescription.".to_owned(),
        Fault::PrescriptionDays { most } => {
            format!("At most {most} days; more needs a reason.")
        }
        Fault::PrescriptionRunning { until } => {
            format!("The same medicine runs until {until}: correct?")
        }
        Fault::IntervalShort { day } => {
            format!("Too soon after the dose before, enough from {day}: correct?")
        }
        Fault::Phone(inner) => phone::fault(inner, Lang::En),
        Fault::Record(inner) => record_number::fault(inner, Lang::En),
        Fault::Identity(inner) => identity::fault(inner, Lang::En),
        Fault::IdentityDiffers { what, .. } => identity::disagreement(what, Lang::En),
    }
}

fn bound_zh(bound: Bound) -> &'static str {
    match bound {
        Bound::Birth => "出生日期",
        Bound::YearBefore => "一年前",
        Bound::Entry => "纳入管理日期",
        Bound::Visit => "随访日期",
        Bound::Today => "今天",
        Bound::Earliest => "最早可随访日",
        Bound::Latest => "最迟随访日",
    }
}

fn bound_en(bound: Bound) -> &'static str {
    match bound {
        Bound::Birth => "birth on",
        Bound::YearBefore => "a year ago,",
        Bound::Entry => "entry into the programme on",
        Bound::Visit => "the visit on",
        Bound::Today => "today",
        Bound::Earliest => "the earliest day",
        Bound::Latest => "the latest day",
    }
}
