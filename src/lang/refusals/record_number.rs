//! The words for what is wrong with a health record number.
//!
//! Who holds a number already is said by the desk's refusals.

use crate::domain::{
    record_number::{RecordFault, RecordRemark},
    text::Lang,
};

/// Says why a number cannot be taken and what to do.
pub fn fault(fault: &RecordFault, lang: Lang) -> String {
    match (fault, lang) {
        (RecordFault::Length { given, wanted }, Lang::Zh) => {
            format!("编码应为{wanted}位数字，现在是{given}位，请核对。")
        }
        (RecordFault::Length { given, wanted }, Lang::En) => {
            format!("The number has {wanted} digits, this one has {given}; please check.")
        }
        (RecordFault::Digit, Lang::Zh) => "编码只能是数字，请核对。".to_owned(),
        (RecordFault::Digit, Lang::En) => {
            "The number consists of digits only; please check.".to_owned()
        }
        (RecordFault::Serial, Lang::Zh) => "个人序号应在00001到99999之间，请核对末5位。".to_owned(),
        (RecordFault::Serial, Lang::En) => {
            "The personal serial lies between 00001 and 99999; check the last five digits."
                .to_owned()
        }
    }
}

/// Says what is worth a look about a number that is taken.
pub fn remark(remark: RecordRemark, lang: Lang) -> String {
    match (remark, lang) {
        (RecordRemark::Segment3, Lang::Zh) => {
            "第三段不是居委会(001–099)、村委会(101–199)或其他组织(901–999)的编号，请核对。"
                .to_owned()
        }
        (RecordRemark::Segment3, Lang::En) => {
            "Segment 3 is no neighbourhood (001–099), village (101–199) or other body (901–999); please check."
                .to_owned()
        }
    }
}
