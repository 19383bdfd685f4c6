//! The words for what the domain refuses or remarks upon: one file a noun, each an exhaustive
//! match, so that every fault has wording in both languages or does not compile.
//!
//! A sentence names what is wrong and what to do; codes stand beside it, not in it.

pub mod doubt;
pub mod form;
pub mod identity;
pub mod phone;
pub mod record_number;
pub mod roster;

#[cfg(test)]
mod tests {
    use crate::domain::{
        identity::{DocumentKind, IdentityFault},
        phone::PhoneFault,
        text::Lang,
    };

    #[test]
    fn a_fault_says_in_both_languages_what_to_do() {
        let length = IdentityFault::Length {
            kind: DocumentKind::IdentityCard,
            given: 17,
        };
        assert_eq!(
            super::identity::fault(&length, Lang::Zh),
            "居民身份证号码应为18位，现在是17位，请对照证件检查是否漏写或多写。"
        );
        let phone = PhoneFault::Format { digits: 10 };
        assert!(super::phone::fault(&phone, Lang::En).contains("10 digits"));
    }
}
