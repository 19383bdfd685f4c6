//! The words for what is wrong with an identity number.
//!
//! Full numbers never stand in a sentence, except the converted one that is offered.

use crate::domain::{
    identity::{Disagreement, DocumentKind, IdentityFault, IdentityRemark},
    text::Lang,
};

/// Says why a number cannot be taken and what to do.
pub fn fault(fault: &IdentityFault, lang: Lang) -> String {
    match lang {
        Lang::Zh => fault_zh(fault),
        Lang::En => fault_en(fault),
    }
}

/// Says what is worth a look about a number that is taken.
pub fn remark(remark: &IdentityRemark, lang: Lang) -> String {
    match (remark, lang) {
        (IdentityRemark::Old15 { converted }, Lang::Zh) => {
            format!("这是15位旧号码，对应的18位号码是 {converted}，请与证件核对后改用。")
        }
        (IdentityRemark::Old15 { converted }, Lang::En) => format!(
            "This is an old 15-digit number; its 18 characters are {converted}. Compare with the document and use that."
        ),
        (IdentityRemark::Age { years }, Lang::Zh) => {
            format!("按号码已{years}岁，请核对证件。")
        }
        (IdentityRemark::Age { years }, Lang::En) => {
            format!("By this number the person is {years} years old; please check the document.")
        }
    }
}

/// Says how the number disagrees with what was typed and offers to overwrite.
pub fn disagreement(disagreement: &Disagreement, lang: Lang) -> String {
    match (disagreement, lang) {
        (Disagreement::Birth { number, typed }, Lang::Zh) => {
            format!("证件号码里的出生日期是{number}，填写的是{typed}，请核对；可按号码改正。")
        }
        (Disagreement::Birth { number, typed }, Lang::En) => format!(
            "The number says born {number}, the form says {typed}: check, or take the number's."
        ),
        (Disagreement::Sex { number, typed }, Lang::Zh) => format!(
            "证件号码里的性别是{}，填写的是{}，请核对；可按号码改正。",
            number.name().zh,
            typed.name().zh
        ),
        (Disagreement::Sex { number, typed }, Lang::En) => format!(
            "The number says {}, the form says {}: check, or take the number's.",
            number.name().en,
            typed.name().en
        ),
    }
}

fn fault_zh(fault: &IdentityFault) -> String {
    match fault {
        IdentityFault::Length { kind, given: 0 } => {
            format!("没有填{}号码，请补填。", kind.name().zh)
        }
        IdentityFault::Length { kind, given } => format!(
            "{}号码应为{}，现在是{given}位，请对照证件检查是否漏写或多写。",
            kind.name().zh,
            lengths_zh(*kind)
        ),
        IdentityFault::Character { kind } if kind.carries_citizen_number() => format!(
            "{}号码前17位只能是数字，末位是数字或X，请对照证件改正。",
            kind.name().zh
        ),
        IdentityFault::Character { kind } => {
            format!("{}号码的写法不对，请对照证件改正。", kind.name().zh)
        }
        IdentityFault::Region {
            kind: DocumentKind::ForeignerCard,
        } => "外国人永久居留身份证号码应以9开头，请核对证件类型和号码。".to_owned(),
        IdentityFault::Region {
            kind: DocumentKind::RegionResidentCard,
        } => {
            "港澳台居民居住证号码应以810000、820000或830000开头，请核对证件类型和号码。".to_owned()
        }
        IdentityFault::Region { kind } => format!(
            "{}号码开头两位不是国内的省份，请核对证件类型和号码。",
            kind.name().zh
        ),
        IdentityFault::Date => "号码第7到14位不是真实的出生日期，请对照证件改正。".to_owned(),
        IdentityFault::Future { birth } => {
            format!("号码里的出生日期{birth}在今天之后，请对照证件改正。")
        }
        IdentityFault::Check => {
            "号码的校验位不对，一定有一位或几位写错了，请对照证件逐位核对。".to_owned()
        }
    }
}

fn fault_en(fault: &IdentityFault) -> String {
    match fault {
        IdentityFault::Length { kind, given: 0 } => {
            format!("The number of the {} is missing: type it.", kind.name().en)
        }
        IdentityFault::Length { kind, given } => format!(
            "The number of a {} has {}, this one has {given}: compare with the document.",
            kind.name().en,
            lengths_en(*kind)
        ),
        IdentityFault::Character { kind } if kind.carries_citizen_number() => format!(
            "The number of a {} is 17 digits and a last digit or X: compare with the document.",
            kind.name().en
        ),
        IdentityFault::Character { kind } => format!(
            "This is not how the number of a {} is written: compare with the document.",
            kind.name().en
        ),
        IdentityFault::Region {
            kind: DocumentKind::ForeignerCard,
        } => "The number of a foreigner's card begins with 9: check the kind of document and the number."
            .to_owned(),
        IdentityFault::Region {
            kind: DocumentKind::RegionResidentCard,
        } => "The number of this residence permit begins with 810000, 820000 or 830000: check the kind of document and the number."
            .to_owned(),
        IdentityFault::Region { kind } => format!(
            "The number of a {} begins with a province, this one does not: check the kind of document and the number.",
            kind.name().en
        ),
        IdentityFault::Date => {
            "Characters 7 to 14 are no real birth date: compare with the document.".to_owned()
        }
        IdentityFault::Future { birth } => format!(
            "The birth date in the number, {birth}, lies after today: compare with the document."
        ),
        IdentityFault::Check => {
            "The check character does not fit: some character is wrong; compare one by one with the document."
                .to_owned()
        }
    }
}

fn lengths_zh(kind: DocumentKind) -> String {
    match kind.lengths() {
        (least, most) if least == most => format!("{most}位"),
        (least, most) => format!("{least}到{most}位"),
    }
}

fn lengths_en(kind: DocumentKind) -> String {
    match kind.lengths() {
        (least, most) if least == most => format!("{most} characters"),
        (least, most) => format!("{least} to {most} characters"),
    }
}
