//! The words for what the domain refuses or remarks upon: one file a noun, each an exhaustive
//! match, so that every fault has wording in both languages or does not compile.
//!
//! A sentence names what is wrong and what to do; codes stand beside it, not in it.

pub mod account;
pub mod agreement;
pub mod contact;
pub mod copy;
pub mod doubt;
pub mod household;
pub mod person;
pub mod record;
pub mod signing;

pub mod form;
pub mod identity;
pub mod import;
pub mod phone;
pub mod record_number;
pub mod roster;

use crate::domain::{refusal::Refusal, text::Lang};

/// Tells what people call the field of a key. Forms are data, so whoever has them gives the names.
pub type FieldName<'a> = &'a dyn Fn(&str) -> String;

/// Says why a request is refused and what to do; fields are called by their keys.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    with_names(refusal, &str::to_owned, lang)
}

/// As [`refusal`], with fields called as `name` says.
pub fn with_names(refusal: &Refusal, name: FieldName<'_>, lang: Lang) -> String {
    match refusal {
        Refusal::Household(refusal) => household::refusal(refusal, lang),
        Refusal::Person(refusal) => person::refusal(refusal, name, lang),
        Refusal::Contact(refusal) => contact::refusal(refusal, name, lang),
        Refusal::Record(refusal) => record::refusal(refusal, lang),
        Refusal::Agreement(refusal) => signing::asked(refusal, lang),
        Refusal::Account(refusal) => account::refusal(refusal, lang),
        Refusal::Copy(refusal) => copy::refusal(refusal, lang),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        course, form,
        id::PersonId,
        identity::{DocumentKind, IdentityFault},
        phone::PhoneFault,
        programmes::ProgrammeKind,
        refusal::{ContactRefusal, FieldFault, PersonRefusal, Refusal},
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

    #[test]
    fn a_refusal_of_the_rules_names_the_programme() {
        let refusal = Refusal::from(course::Refusal::NotEnrolled(ProgrammeKind::Htn));
        assert_eq!(
            super::refusal(&refusal, Lang::Zh),
            "没有纳入高血压管理，请先纳入。"
        );
    }

    #[test]
    fn every_wrong_answer_stands_on_a_line_with_its_field() {
        let fault = |field: &str| FieldFault {
            field: field.to_owned(),
            row: None,
            fault: form::Fault::Missing,
        };
        let refusal = Refusal::Contact(ContactRefusal::Form {
            form: "F01".to_owned(),
            faults: vec![fault("sbp"), fault("dbp")],
        });
        assert_eq!(
            super::refusal(&refusal, Lang::En),
            "sbp: Not answered yet.\ndbp: Not answered yet."
        );
    }

    #[test]
    fn the_holder_of_a_number_is_named() {
        let refusal = Refusal::Person(PersonRefusal::SameNumber {
            other: PersonId(12),
            name: "王桂兰".to_owned(),
        });
        for lang in [Lang::Zh, Lang::En] {
            assert!(super::refusal(&refusal, lang).contains("王桂兰"));
        }
    }
}
