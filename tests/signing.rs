//! Signing at the keyboard: the form, the household's lines, the agreement's page, the lists.
//! Everybody here is invented.

mod deeds;
mod fees;
mod following;
mod missing;
mod units;

use std::{collections::BTreeSet, sync::Arc};

use cunyi::{
    desk::{
        Command, Desk, Question, Reply,
        reply::{AgreementList, AgreementListView},
        request::{AgreementListAsk, AgreementProposalAsk, Party},
    },
    domain::{
        agreement::{
            action::Action,
            consent::{Consent, ConsentKind},
            contract::Scope,
            doctor::{Doctor, DoctorKind},
            money::Fen,
            package::{Package, PackageItem},
            signed::{Place, RepresentativeSignature, Signature, Signing},
            team::Team,
        },
        clinic::Role,
        id::{DoctorId, HouseholdId, StaffId, TeamId},
    },
    tui::{keys::parse_run, message::Effect, screens::sheet::Content},
};

use crate::support::{
    village::{change, change_by, clinic, clinic_on_disk, day, household, resident},
    window::Window,
};

fn keep(desk: &Desk, party: Party) {
    change(desk, Command::KeepParty(Box::new(party))).unwrap();
}

fn doctor(name: &str, staff: u64) -> Doctor {
    Doctor {
        id: DoctorId(0),
        name: name.to_owned(),
        staff: Some(StaffId(staff)),
        id_no: String::new(),
        licence: "LIC1".to_owned(),
        kind: DoctorKind::Village,
        from: day("2015-01-01"),
        until: None,
        cap: None,
        phone: String::new(),
    }
}

/// A clinic with two doctors, a team, a package, four adults in one household, and another with
/// a child.
fn town() -> Arc<Desk> {
    settle(clinic())
}

/// The same in a folder of its own, so that what is put down is kept.
fn town_on_disk() -> Arc<Desk> {
    settle(clinic_on_disk())
}

fn settle(desk: Arc<Desk>) -> Arc<Desk> {
    let (name, role) = ("赵明".to_owned(), Role::Doctor);
    change(&desk, Command::AddStaff { name, role }).unwrap();
    keep(&desk, Party::Doctor(None, doctor("王建国", 1)));
    keep(&desk, Party::Doctor(None, doctor("赵明", 2)));
    let team = Team {
        id: TeamId(0),
        name: "石桥一队".to_owned(),
        code: String::new(),
        leader: Some(DoctorId(1)),
        members: Vec::new(),
        areas: Vec::new(),
    };
    keep(&desk, Party::Team(None, team));
    let package = Package {
        code: "Z01".to_owned(),
        name: "上门护理包".to_owned(),
        price: Fen(12_000),
        items: vec![PackageItem {
            name: "上门护理".to_owned(),
            times: 6,
        }],
        tags: Vec::new(),
        from: day("2020-01-01"),
        to: None,
    };
    keep(&desk, Party::Package(package));
    let four = vec![
        resident("张德福", "男", "1956-03-01").phone("15400000321"),
        resident("张秀英", "女", "1959-05-02").relation(1, "配偶"),
        resident("张建军", "男", "1982-06-03").relation(2, "子"),
        resident("李芳", "女", "1984-07-04").relation(2, "儿媳"),
    ];
    household(&desk, "3", four);
    let with_child = vec![
        resident("刘大山", "男", "1990-03-01"),
        resident("刘小宝", "男", "2020-06-03").relation(2, "子"),
    ];
    household(&desk, "5", with_child);
    desk
}

/// At the household of four.
fn home() -> Window {
    Window::of(town, Some("王建国")).keys("<f3>zdf<enter>")
}

/// At the household of two.
fn with_child() -> Window {
    Window::of(town, Some("王建国")).keys("<f3>lds<enter>")
}

/// Everybody signs on one page at home, all carried, the folder brought up to date.
const AT_HOME: &str = "<f7>11P0312<enter><f5>11 <enter>3<f9>";

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn list(desk: &Desk, list: AgreementList) -> AgreementListView {
    let (from, limit) = (0, 50);
    let asked = AgreementListAsk { list, from, limit };
    match desk.answer(&Question::AgreementList(asked)).unwrap() {
        Reply::AgreementList(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_household_of_four_is_signed_with_few_keys() {
    let keys = parse_run(AT_HOME).unwrap().len();
    assert!(keys <= 40, "{keys} keys");
    let signed = home().keys(AT_HOME);
    sees(
        &signed,
        &["已生效 张德福户 4人", "履约中", "2026-11-21 至 2027-11-20"],
    );
    signed.burst(|desk| {
        assert_eq!(list(desk, AgreementList::Running).rows.len(), 1);
        assert_eq!(list(desk, AgreementList::Drafts).rows.len(), 0);
    });
}

#[test]
fn what_is_missing_is_named_by_person_and_the_cursor_goes_there() {
    let refused = home().keys("<f7>1<f9>");
    sees(
        &refused,
        &["还缺：张德福、张秀英、张建军、李芳的同意、乙方签字、甲方签字"],
    );
    let page_twice = home().keys("<f7>11P1<enter><f5>1<f9>");
    sees(&page_twice, &["还缺：甲方签字"]);
}

#[test]
fn a_child_needs_the_guardian_named() {
    let asked = with_child().keys("<f7>21P7<enter><f5>");
    sees(&asked, &["7监护人签字", "刘小宝的监护人"]);
    let signed = asked.clone().keys("1111<f9>");
    sees(&signed, &["已生效 刘大山户 2人", "监护人签字"]);
}

#[test]
fn a_member_left_out_keeps_the_reason() {
    let left = home().keys("<f7>2<pgup><down><down><down>2");
    let signed = left.clone().keys("1P9<enter><f5>11<f9>");
    sees(&signed, &["已生效 张德福户 3人", "未签"]);
    // The page beside him, the household beside his name.
    sees(&signed, &["张德福", "外出"]);
    sees(&signed.keys("<esc>"), &["未签: 外出"]);
}

#[test]
fn members_are_left_out_one_after_the_other() {
    let left = home().keys("<f7>2<pgup><down>124");
    sees(&left, &["1本人不同意", "2外出", "4其他"]);
}

#[test]
fn an_adult_without_capacity_has_the_guardian_who_has_it() {
    let asked = home().keys("<f7>2<pgup><down><down><down><tab>残疾证一级<enter>1P9<enter><f5>");
    sees(
        &asked,
        &["7监护人签字", "李芳的监护人", "1张德福  2张秀英  3张建军"],
    );
    let signed = asked.keys("3711<f9>");
    sees(&signed, &["已生效 张德福户 4人", "监护人签字"]);
    // Whoever has no capacity is nobody's guardian.
    let both = home().keys(
        "<f7>2<pgup><down><down><tab>残疾证<enter><pgup><down><down><down><tab>残疾证<enter>\
         1P9<enter><f5>",
    );
    let screen = both.screen();
    assert!(
        !screen.contains("3李芳") && !screen.contains("3张建军"),
        "{screen}"
    );
}

#[test]
fn what_was_filled_in_is_taken_up_again() {
    let at_home = Window::of(town_on_disk, Some("王建国")).keys("<f3>zdf<enter>");
    let put_down = at_home.keys("<f7>11P0312<enter><esc>");
    sees(&put_down, &["草稿已留：张德福户"]);
    let again = put_down.clone().keys("<f7>");
    sees(&again, &["接着上次没签完的"]);
    let signed = again.keys("<f5>11 <enter>3<f9>");
    sees(&signed, &["已生效 张德福户 4人"]);
}

#[test]
fn both_copies_are_written_and_the_print_is_recorded() {
    let asked = home().keys("<f7>2<f8>");
    sees(
        &asked,
        &[
            "QY529901103101202600001.html",
            "待签字 QY529901103101202600001",
        ],
    );
    let effects = asked.clone().keys("<f2>").effects();
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Write(sheet) => Some(&sheet.content),
        _ => None,
    });
    let Some(Content::Documents(copies)) = written else {
        panic!("{written:?}");
    };
    let marks: Vec<&str> = copies.iter().map(|one| one.mark.as_str()).collect();
    assert_eq!(marks.len(), 2, "{marks:?}");
    assert!(marks[0].contains("第1份") && marks[1].contains("第2份"));
    asked.clone().keys("<f2>").burst(|desk| {
        assert_eq!(list(desk, AgreementList::Printed).rows.len(), 1);
    });
    // What was printed is signed as it stands.
    let signed = asked.keys("<f2>1P5<enter><f5>11<f9>");
    sees(&signed, &["已生效 张德福户 4人", "打印两份"]);
}

#[test]
fn a_package_has_its_fee_line_and_the_resident_pays_the_rest() {
    let chosen = home().keys("<f7>21P9<enter><f5>11<pgup><pgup>1<down><down><down><down>30");
    sees(&chosen, &["上门护理包", "90.00"]);
}

#[test]
fn the_household_shows_its_agreement_and_what_is_kept() {
    let at_home = home().keys(AT_HOME).keys("<esc>");
    sees(
        &at_home,
        &[
            "协议 QY529901103101202600001 履约中",
            "履约 0/4",
            "张德福: 健康状况评估 0/1",
        ],
    );
    sees(&at_home.clone().keys("<f7>"), &["双方签字生效"]);
}

#[test]
fn every_list_has_its_number_and_opens_its_rows() {
    let lists = home().keys(AT_HOME).keys("<f4>qymd<enter>");
    sees(&lists, &["待签约户", "全部在签", "刘大山"]);
    let last = lists.clone().keys("<left>");
    sees(&last, &["张德福", "履约中"]);
    sees(&last.keys("<enter>"), &["双方签字生效"]);
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let screen = lists.clone().english().size(width, height);
        sees(&screen, &["to sign", "刘大山"]);
    }
}

#[test]
fn of_two_windows_the_second_is_told_by_whom_and_when() {
    let filled = home().keys("<f7>11P0312<enter><f5>11 <enter>3");
    let told = filled.clone().elsewhere(sign_elsewhere).keys("<f9>");
    sees(&told, &["由赵明于2026-11-21 10:00办"]);
    // Nothing half done is left behind.
    told.burst(|desk| {
        assert_eq!(list(desk, AgreementList::Drafts).rows.len(), 0);
        assert_eq!(list(desk, AgreementList::Running).rows.len(), 1);
    });
    let unseen = filled.elsewhere_unseen(sign_elsewhere).keys("<f9>");
    sees(&unseen, &["由赵明于2026-11-21 10:00办"]);
}

/// A household of one where nobody signs agreements yet.
fn without_doctor() -> Arc<Desk> {
    let desk = clinic();
    household(&desk, "3", vec![resident("孙立", "男", "1960-03-01")]);
    desk
}

#[test]
fn the_first_doctor_registers_in_the_form() {
    let form = Window::of(without_doctor, Some("王建国")).keys("<f3>sl<enter><f7>2");
    sees(&form, &["还没有登记签约医生"]);
    let signed = form.keys("11P1<enter>11<f9>");
    sees(&signed, &["已生效 孙立户 1人", "王建国"]);
}

/// The agreement's own page, signed today.
fn page() -> Window {
    home().keys(AT_HOME)
}

#[test]
fn an_agreement_ends_when_both_sides_signed() {
    let notice = page().keys("<f6>1<enter>11<enter>搬家<f2>");
    sees(&notice, &["已办 提出解约", "已提出解约"]);
    // The end waits for both signatures.
    let early = notice.clone().keys("<f6>3<enter>JY1<f2>");
    sees(&early, &["还缺"]);
    let both = notice.clone().keys("<f6>1<f2><f6>1<f2>");
    let ended = both.keys("<f6>1<enter>JY1<f2>");
    sees(&ended, &["已办 解约生效", "已解约"]);
    let stays = notice.keys("<f6>4<enter>1SQ1<f2>");
    sees(&stays, &["已办 撤回解约", "履约中"]);
}

#[test]
fn a_member_represented_confirms_with_the_own_word() {
    let signed = home().keys("<f7>21P1<enter>6P1<enter><f5>11<f9>");
    sees(&signed, &["待本人确认", "!家庭代表代签"]);
    let confirmed = signed.clone().keys("<down><enter><enter>1P2<f2>");
    sees(&confirmed, &["已办 本人确认：张秀英", "本人纸质签字"]);
    sees(&signed.keys("<enter>"), &["不用再确认"]);
}

#[test]
fn members_leave_and_join_with_their_word() {
    let left = page().keys("<down><down><down><del><enter>1<enter>1P8<f2>");
    sees(&left, &["已办 减员：李芳"]);
    let one = home().keys("<f7>2<pgup><down><down><down>21P9<enter><f5>11<f9>");
    let joined = one.keys("<down><down><down><ins><enter>1P10<f2>");
    sees(&joined, &["已办 增员：李芳", "增员"]);
}

#[test]
fn nobody_approves_his_own_void() {
    let asked = |by: &str| page().keys(&format!("<ctrl-x>2录错了<enter>{by}<f2>"));
    sees(&asked("王建国"), &["不能自己批准"]);
    sees(&asked("李院长"), &["要由另外一位"]);
    sees(&asked("李院长<enter>批2026-3"), &["已办 作废", "作废"]);
}

#[test]
fn a_doubt_is_raised_and_cleared() {
    let doubted = page().keys("<f5>电话里说不知道签约<f2>");
    sees(&doubted, &["存疑", "电话里说不知道签约"]);
    let cleared = doubted.keys("<f5>已上门核实<f2>");
    sees(&cleared, &["已办 属实", "查实属实"]);
}

#[test]
fn another_doctor_signs_anew() {
    let form = page().keys("<ctrl-e>居民要求换医生<f2>");
    sees(&form, &["改签", "居民要求换医生"]);
    sees(&form.keys("21Q1<enter><f5>11<f9>"), &["医生和团队都没有变"]);
}

/// Another window signs the same household with the other doctor.
fn sign_elsewhere(desk: &Desk) {
    let scope = Scope::Household(HouseholdId(1));
    let asked = AgreementProposalAsk {
        scope,
        people: Vec::new(),
        reason: String::new(),
        by: StaffId(2),
    };
    let view = match desk.answer(&Question::AgreementProposal(asked)).unwrap() {
        Reply::AgreementProposal(view) => *view,
        other => panic!("{other:?}"),
    };
    let (on, taken_by, kind) = (view.today, StaffId(2), ConsentKind::Signed);
    let evidence = "ZM1".to_owned();
    let covered = view.proposal.contents.covered.iter();
    let consents = covered.map(|choice| Consent {
        person: choice.person,
        kind,
        on,
        evidence: evidence.clone(),
        taken_by,
        guardian: None,
    });
    let signing = Signing {
        consents: consents.collect(),
        representative: Some(RepresentativeSignature {
            kind,
            on,
            evidence: evidence.clone(),
            taken_by,
        }),
        clinic: Some(Signature {
            name: "赵明".to_owned(),
            staff: Some(taken_by),
            on,
        }),
        start: None,
        time: "10:00".to_owned(),
        place: Place::Clinic,
        equipment: BTreeSet::new(),
        also_done: BTreeSet::new(),
        above_cap: None,
        late_reason: String::new(),
    };
    let actions = vec![
        Action::Draft(Box::new(view.proposal)),
        Action::Sign(Box::new(signing)),
    ];
    let agreement = None;
    change_by(desk, 2, Command::AgreementSteps { agreement, actions }).unwrap();
}
