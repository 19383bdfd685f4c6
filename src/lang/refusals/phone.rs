//! The words for what is wrong with a telephone number.
//!
//! It proposes no number of its own.

use crate::domain::{
    phone::{PhoneFault, PhoneRemark},
    text::Lang,
};

/// Says why a number cannot be taken and what to do.
pub fn fault(fault: &PhoneFault, lang: Lang) -> String {
    match (fault, lang) {
        (PhoneFault::Format { digits: 0 }, Lang::Zh) => {
            "这里没有电话号码；没有电话的请选原因。".to_owned()
        }
        (PhoneFault::Format { digits: 0 }, Lang::En) => {
            "There is no phone number here; if there is none, choose the reason.".to_owned()
        }
        (PhoneFault::Format { digits }, Lang::Zh) => {
            format!("电话号码不对（{digits}位数字）：手机11位，固定电话写区号加号码，请核对。")
        }
        (PhoneFault::Format { digits }, Lang::En) => format!(
            "Not a phone number ({digits} digits): a mobile has 11, a landline its area code before it; please check."
        ),
        (PhoneFault::ShortFirst, Lang::Zh) => {
            "短号只能作第二电话，请填完整的手机或固定电话号码。".to_owned()
        }
        (PhoneFault::ShortFirst, Lang::En) => {
            "A short number can only be the second phone: give a full mobile or landline number."
                .to_owned()
        }
    }
}

/// Says what is worth a look about a number that is taken.
pub fn remark(remark: &PhoneRemark, lang: Lang) -> String {
    match (remark, lang) {
        (PhoneRemark::NoAreaCode, Lang::Zh) => "固定电话没有区号，建议加上本地区号。".to_owned(),
        (PhoneRemark::NoAreaCode, Lang::En) => {
            "The landline has no area code; better add the local one.".to_owned()
        }
        (PhoneRemark::AllEqual, Lang::Zh) => "号码各位都相同，请确认是不是随手填的。".to_owned(),
        (PhoneRemark::AllEqual, Lang::En) => {
            "All digits are the same; make sure it is a real number.".to_owned()
        }
        (PhoneRemark::Sequential, Lang::Zh) => "号码是连号，请确认是不是随手填的。".to_owned(),
        (PhoneRemark::Sequential, Lang::En) => {
            "The digits only count up or down; make sure it is a real number.".to_owned()
        }
        (PhoneRemark::Shared { residents }, Lang::Zh) => {
            format!("已有{residents}位不同家庭的居民留了这个号码，请核实。")
        }
        (PhoneRemark::Shared { residents }, Lang::En) => format!(
            "{residents} residents of different households give this number; please verify it."
        ),
    }
}
