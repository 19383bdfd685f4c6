//! The reference values of people rules §3 and what must hold for every number.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    d("2026-11-21")
}

fn code(kind: DocumentKind, typed: &str) -> &'static str {
    match check(kind, typed, today()) {
        Ok(_) => "ok",
        Err(fault) => fault.code(),
    }
}

#[rstest]
#[case("11010519491231002X", Sex::Female, "1949-12-31")]
#[case("１１０１０５１９４９１２３１００２ｘ", Sex::Female, "1949-12-31")]
#[case(" 110105 19491231\u{a0}002x\u{feff}", Sex::Female, "1949-12-31")]
#[case("440524188001010014", Sex::Male, "1880-01-01")]
#[case("150622196003102047", Sex::Female, "1960-03-10")]
#[case("150622202503150123", Sex::Female, "2025-03-15")]
#[case("150622198802290012", Sex::Male, "1988-02-29")]
fn a_citizen_number_tells_birth_and_sex(
    #[case] typed: &str,
    #[case] sex: Sex,
    #[case] birth: &str,
) {
    let document = check(DocumentKind::IdentityCard, typed, today()).unwrap();
    assert_eq!((document.sex, document.birth), (Some(sex), Some(d(birth))));
    assert_eq!(document.number.len(), 18);
}

#[rstest]
#[case("", "E-ID-LEN")]
#[case("11010519491231002", "E-ID-LEN")]
#[case("1101051949123100222", "E-ID-LEN")]
#[case("1101051949123100AX", "E-ID-CHAR")]
#[case("11010519491231002Y", "E-ID-CHAR")]
#[case("1101051949123100二X", "E-ID-CHAR")]
#[case("990622196003102047", "E-ID-REGION")]
#[case("911840198506070011", "E-ID-REGION")]
#[case("150622198702290015", "E-ID-DATE")]
#[case("150622202502300011", "E-ID-DATE")]
#[case("150622179912310011", "E-ID-DATE")]
#[case("150622202611220011", "E-ID-FUTURE")]
#[case("150622196003102048", "E-ID-CHECK")]
#[case("15062250090920A", "E-ID-CHAR")]
#[case("995622500909204", "E-ID-REGION")]
#[case("150622501309204", "E-ID-DATE")]
fn the_first_failing_check_is_reported(#[case] typed: &str, #[case] wanted: &str) {
    assert_eq!(code(DocumentKind::IdentityCard, typed), wanted);
    assert_eq!(code(DocumentKind::HouseholdRegister, typed), wanted);
    assert_eq!(code(DocumentKind::DrivingLicence, typed), wanted);
}

#[rstest]
#[case(DocumentKind::ForeignerCard, "911840198506070011", "ok")]
#[case(DocumentKind::ForeignerCard, "911840198506070012", "E-ID-CHECK")]
#[case(DocumentKind::ForeignerCard, "150622196003102047", "E-ID-REGION")]
#[case(DocumentKind::ForeignerCard, "usa123456789012", "ok")]
#[case(DocumentKind::ForeignerCard, "US1123456789012", "E-ID-LEN")]
#[case(DocumentKind::RegionResidentCard, "810000199003071237", "ok")]
#[case(DocumentKind::RegionResidentCard, "830000198508150327", "ok")]
#[case(DocumentKind::RegionResidentCard, "150622196003102047", "E-ID-REGION")]
#[case(DocumentKind::Passport, "e12345678", "ok")]
#[case(DocumentKind::Passport, "E123", "E-ID-LEN")]
#[case(DocumentKind::Passport, "E1234-5678", "E-ID-CHAR")]
#[case(DocumentKind::OfficerCard, "军字第12345号", "ok")]
#[case(DocumentKind::OfficerCard, "  ", "E-ID-LEN")]
#[case(DocumentKind::HongKongMacaoPermit, "H12345678", "ok")]
#[case(DocumentKind::HongKongMacaoPermit, "M1234567801", "ok")]
#[case(DocumentKind::HongKongMacaoPermit, "X12345678", "E-ID-CHAR")]
#[case(DocumentKind::HongKongMacaoPermit, "H123456780", "E-ID-CHAR")]
#[case(DocumentKind::TaiwanPermit, "12345678", "ok")]
#[case(DocumentKind::TaiwanPermit, "1234567890", "ok")]
#[case(DocumentKind::TaiwanPermit, "1234567890(B)", "ok")]
#[case(DocumentKind::TaiwanPermit, "1234567890B", "ok")]
#[case(DocumentKind::TaiwanPermit, "123456789", "E-ID-CHAR")]
#[case(DocumentKind::BirthCertificate, "T123456789", "ok")]
#[case(DocumentKind::BirthCertificate, "1234567890", "E-ID-CHAR")]
#[case(DocumentKind::Other, "难民证 7", "ok")]
#[case(DocumentKind::Other, "", "E-ID-LEN")]
fn every_document_has_its_own_writing(
    #[case] kind: DocumentKind,
    #[case] typed: &str,
    #[case] wanted: &str,
) {
    assert_eq!(code(kind, typed), wanted);
}

#[rstest]
#[case("150622500909204", "150622195009092041")]
#[case("110105291231998", "110105182912319982")]
fn a_15_digit_number_offers_its_18_characters(#[case] old: &str, #[case] new: &str) {
    let document = check(DocumentKind::IdentityCard, old, today()).unwrap();
    assert_eq!(document.sex, Some(Sex::Female));
    assert_eq!(document.number, old);
    let converted = new.to_owned();
    assert_eq!(
        document.remarks.first(),
        Some(&IdentityRemark::Old15 { converted })
    );
    assert_eq!(code(DocumentKind::IdentityCard, new), "ok");
}

#[test]
fn the_very_old_are_remarked_upon_and_taken() {
    let number = citizen::compose(529_901, d("1916-11-20"), 1).unwrap();
    let remarks = |today| {
        check(DocumentKind::IdentityCard, &number, today)
            .unwrap()
            .remarks
    };
    assert_eq!(remarks(d("2027-11-19")), []);
    assert_eq!(
        remarks(d("2027-11-20")),
        [IdentityRemark::Age { years: 111 }]
    );
}

#[test]
fn what_was_typed_before_is_compared() {
    let document = check(DocumentKind::IdentityCard, "150622196003102047", today()).unwrap();
    let codes = |birth: &str, sex| -> Vec<_> {
        let found = document.disagreements(Some(d(birth)), Some(sex));
        found.iter().map(Disagreement::code).collect()
    };
    assert!(codes("1960-03-10", Sex::Female).is_empty());
    assert!(codes("1960-03-10", Sex::Unknown).is_empty());
    assert_eq!(codes("1960-03-11", Sex::Male), ["E-ID-BIRTH", "E-ID-SEX"]);
    assert!(document.disagreements(None, None).is_empty());
    assert!(DocumentKind::ForeignerCard.disagreement_is_soft());
}

#[rstest]
#[case("150622196003102047", "150622********2047")]
#[case("150622500909204", "150622*****9204")]
#[case("E12345678", "E1*****78")]
#[case("1234", "****")]
#[case("军字第12345号", "军字*****5号")]
fn lists_show_the_number_masked(#[case] number: &str, #[case] shown: &str) {
    assert_eq!(masked(number), shown);
}

#[rstest]
#[case("2026-09-22", None)]
#[case("2026-09-21", Some("2026-11-21"))]
#[case("2026-09-20", Some("2026-11-20"))]
#[case("2026-08-23", Some("2026-10-23"))]
#[case("2026-08-22", Some("2026-11-21"))]
fn a_missing_number_is_reminded_every_30_days(#[case] birth: &str, #[case] on: Option<&str>) {
    assert_eq!(number_reminder(d(birth), today()), on.map(d));
}

#[test]
fn codes_find_their_kind_again() {
    for kind in DocumentKind::ALL {
        assert_eq!(
            DocumentKind::from_codes(kind.code(), kind.subtype()),
            Some(kind)
        );
    }
    assert_eq!(
        DocumentKind::from_codes("99", None),
        Some(DocumentKind::Other)
    );
    assert_eq!(DocumentKind::from_codes("08", None), None);
    for sex in Sex::ALL {
        assert_eq!(Sex::from_code(sex.code()), Some(sex));
    }
}

proptest! {
    #[test]
    fn a_single_wrong_digit_never_passes(
        days in 0_i64..40_000, sequence in 0_u16..1000, at in 0_usize..18, by in 1_u32..10,
    ) {
        let birth = plus_days(d("1917-01-01"), days);
        let number = citizen::compose(529_901, birth, sequence).unwrap();
        prop_assert!(check(DocumentKind::IdentityCard, &number, today()).is_ok());
        let wrong: String = number
            .chars()
            .enumerate()
            .map(|(place, c)| match c.to_digit(10) {
                Some(digit) if place == at => char::from_digit((digit + by) % 10, 10).unwrap(),
                None if place == at => char::from_digit(by, 10).unwrap(),
                _ => c,
            })
            .collect();
        prop_assert!(check(DocumentKind::IdentityCard, &wrong, today()).is_err());
    }

    #[test]
    fn no_text_at_all_brings_a_check_down(typed in any::<String>(), kind in 0_usize..11) {
        let _ = check(DocumentKind::ALL[kind], &typed, today());
        let _ = masked(&typed);
        let _ = citizen::convert(&typed);
        let _ = citizen::check_character(&typed);
    }

    #[test]
    fn no_near_number_brings_a_check_down(typed in "[0-9xX０-９二\u{301} ]{14,19}") {
        let _ = check(DocumentKind::IdentityCard, &typed, today());
    }
}
