//! The papers of an agreement of an invented household of four.

use cunyi::{
    catalog::papers::Paper,
    domain::{
        agreement::{
            contract::LeftOutReason,
            doctor::PartyA,
            money::{FeeLine, Fen, Refund},
            package::{BASIC, Package, PackageItem},
            promise::{self, Degrees},
            signed::{LeaveReason, Notice, NoticeReason, NoticeWay},
            term::Term,
        },
        day::Day,
        id::PersonId,
        identity::Sex,
        programmes::ProgrammeKind,
        tags::{Tag, TagSet},
    },
    paper::{
        agreement::{
            Clinic, Contract, Copy, Covered, Ending, Leaving, NotCovered, Printing, Renews,
            Residents, Signs, Supplement, agreement, end_sheet, originals, renewal_notice,
            supplement,
        },
        print::{Document, html, plain},
    },
};

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

fn member(
    id: u64,
    (name, birth, relation): (&str, &str, &str),
    kinds: &[ProgrammeKind],
) -> Covered {
    let programmes = kinds.iter().copied().chain([ProgrammeKind::General]);
    Covered {
        person: PersonId(id),
        name: name.to_owned(),
        sex: if id.is_multiple_of(2) {
            Sex::Female
        } else {
            Sex::Male
        },
        birth: Some(d(birth)),
        id_no: format!("000000{}00{id}X", birth.replace('-', "")),
        relation: relation.to_owned(),
        tags: TagSet::EMPTY,
        extras: Vec::new(),
        promise: promise::basic(&programmes.collect(), Degrees::default()),
        signs: Signs::Himself,
    }
}

fn contract() -> Contract {
    let mut members = vec![
        member(1, ("王国强", "1970-03-01", "户主"), &[ProgrammeKind::Htn]),
        member(2, ("李秀英", "1972-05-02", "妻"), &[]),
        member(3, ("王小明", "2015-06-03", "长子"), &[]),
        member(
            4,
            ("王桂兰", "1950-07-04", "母亲"),
            &[ProgrammeKind::Htn, ProgrammeKind::Elderly],
        ),
    ];
    members[2].signs = Signs::Guardian {
        name: "李秀英".to_owned(),
        relation: "母亲".to_owned(),
    };
    members[3].tags.insert(Tag::Elderly);
    members[3].tags.insert(Tag::Hypertension);
    members[3].extras.push("Z01".to_owned());
    let package = Package {
        code: "Z01".to_owned(),
        name: "上门护理包".to_owned(),
        price: Fen(12_000),
        items: vec![PackageItem {
            name: "上门护理".to_owned(),
            times: 6,
        }],
        tags: Vec::new(),
        from: d("2020-01-01"),
        to: None,
    };
    members[3].promise.extend(promise::extra(&package));
    let basic = members
        .iter()
        .map(|one| FeeLine::funded(1, one.person, BASIC, Fen(500)));
    let charged = FeeLine::charged(1, PersonId(4), "Z01", (Fen(12_000), Fen(3_000)));
    let fees = basic
        .chain([charged.with_voucher("DJ0007", Fen(5_000))])
        .collect();
    Contract {
        number: "QY150622103101202500042".parse().ok(),
        clinic: Clinic {
            kind: PartyA::Institution,
            name: "石桥镇卫生院".to_owned(),
            doctor: "赵明".to_owned(),
            licence: "110000000000001".to_owned(),
            team: "石桥一队".to_owned(),
            phone: "13800000001".to_owned(),
            hours: "周一至周六 8:00—17:00".to_owned(),
            complaint: String::new(),
        },
        residents: Residents {
            head: "王国强".to_owned(),
            representative: "王国强".to_owned(),
            address: "石桥村3组15号".to_owned(),
            phone: "13900000000".to_owned(),
            household_no: "15062210310100015".to_owned(),
        },
        members,
        left_out: vec![NotCovered {
            name: "王大勇".to_owned(),
            reason: LeftOutReason::Away,
            note: "在外务工".to_owned(),
        }],
        packages: vec![package],
        fees,
        years: 1,
        term: Some(Term {
            start: d("2025-08-12"),
            years: 1,
        }),
        renews: Renews::ByItself,
    }
}

const AT: &str = "2025-08-12 09:30";

fn reprint() -> Printing<'static> {
    Printing {
        at: AT,
        copy: Copy::Reprint,
    }
}

fn text(document: Document) -> String {
    plain::text(&[document], 66).replace("\r\n", "\n")
}

#[test]
fn the_agreement_prints_whole() {
    let copies = originals(&contract(), Paper::Agreement.current(), AT).unwrap();
    insta::assert_snapshot!(text(copies[0].clone()));
}

#[test]
fn two_originals_are_alike_but_for_their_number() {
    let copies = originals(&contract(), Paper::Agreement.current(), AT).unwrap();
    assert_eq!(copies.len(), 2);
    assert_ne!(copies[0].mark, copies[1].mark);
    assert_eq!(copies[0].blocks, copies[1].blocks);
}

#[test]
fn a_reprint_is_marked_on_every_page() {
    let document = agreement(&contract(), Paper::Agreement.current(), reprint()).unwrap();
    let text = text(document);
    assert!(
        text.split_terminator('\u{c}')
            .all(|page| page.contains("补打"))
    );
}

#[test]
fn what_is_not_known_is_left_to_be_written() {
    let blank = Contract {
        number: None,
        term: None,
        years: 0,
        ..contract()
    };
    let document = agreement(&blank, Paper::Agreement.current(), reprint()).unwrap();
    let text = text(document);
    assert!(
        text.contains("待编码") && text.contains("从______年____月____日起"),
        "{text}"
    );
    assert!(!text.contains('{'), "{text}");
}

#[test]
fn an_agreement_that_does_not_renew_itself_says_so() {
    let by_hand = Contract {
        renews: Renews::OnlyByHand,
        ..contract()
    };
    let document = agreement(&by_hand, Paper::Agreement.current(), reprint()).unwrap();
    let text = text(document);
    assert!(text.contains("不自动续约") && !text.contains("自动续约一期"));
}

#[test]
fn a_version_that_never_was_prints_nothing() {
    assert_eq!(agreement(&contract(), "QY-1999-9", reprint()), None);
    assert_eq!(
        agreement(&contract(), Paper::EndSheet.current(), reprint()),
        None
    );
}

#[test]
fn the_end_sheet_has_both_signatures_and_the_refund() {
    let ending = Ending {
        sheet: "JY0001".to_owned(),
        notice: Notice {
            on: d("2026-02-01"),
            by: PersonId(1),
            way: NoticeWay::InPerson,
            reason: NoticeReason::Moving,
            note: "去县城".to_owned(),
        },
        by: "王国强".to_owned(),
        last_day: Some(d("2026-02-28")),
        refunds: vec![Refund {
            year: 1,
            person: PersonId(4),
            package: "Z01".to_owned(),
            amount: Fen(1_666),
        }],
    };
    let version = Paper::EndSheet.current();
    let document = end_sheet(&contract(), &ending, version, reprint()).unwrap();
    insta::assert_snapshot!(text(document));
}

#[test]
fn a_supplement_lists_who_joins_and_who_leaves() {
    let mut child = member(5, ("王小丫", "2026-01-10", "次女"), &[ProgrammeKind::Child]);
    child.signs = Signs::Guardian {
        name: "李秀英".to_owned(),
        relation: "母亲".to_owned(),
    };
    let page = Supplement {
        page: 1,
        joined: vec![(child, d("2026-01-20"))],
        left: vec![Leaving {
            name: "王桂兰".to_owned(),
            last_day: d("2026-03-03"),
            reason: LeaveReason::Died,
        }],
    };
    let version = Paper::Supplement.current();
    let document = supplement(&contract(), &page, version, reprint()).unwrap();
    insta::assert_snapshot!(text(document));
}

#[test]
fn the_notice_names_the_last_day_to_say_no() {
    let document = renewal_notice(&contract(), Paper::RenewalNotice.current(), AT).unwrap();
    let html = html::page(std::slice::from_ref(&document));
    assert!(
        html.contains("2026年8月11日") && html.contains("2026年8月12日"),
        "{html}"
    );
    assert!(document.mark.is_empty());
}
