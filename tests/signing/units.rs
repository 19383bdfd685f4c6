//! A functional-community unit at the keyboard: written down, filled, signed, printed, its
//! members joining and leaving, renewed.

use std::sync::Arc;

use cunyi::{
    desk::{Command, Desk, request::Party},
    domain::{
        agreement::{
            state::State,
            unit::{Unit, UnitKind, UnitMember},
        },
        id::{AgreementId, UnitId},
    },
    tui::{message::Effect, screens::sheet::Content},
};

use super::{sees, town, town_on_disk};
use crate::support::{
    agreed::{self, DOCTOR, Town},
    live,
    window::Window,
};

/// At the list of units.
fn units() -> Window {
    units_of(town)
}

fn units_of(town: fn() -> Arc<Desk>) -> Window {
    Window::of(town, Some("王建国")).keys("<f4>qyys<enter><right><right>")
}

/// A unit with two residents and somebody from outside on its list, at its page.
fn listed() -> Window {
    listed_of(town)
}

fn listed_of(town: fn() -> Arc<Desk>) -> Window {
    units_of(town)
        .keys("<ins>石桥砖厂<enter>2<enter>孙立<enter>15400000001<enter>村东头<enter>30<f2>")
        .keys("<home><enter><ins>zdf<enter><ins>李芳<enter><ins>周强，，15400000009<enter>")
}

/// … signed at the clinic.
fn signed() -> Window {
    listed().keys("<f7>21U1<enter><f5>1U1<enter>1<f9>")
}

#[test]
fn a_unit_is_kept_with_its_contact_and_members() {
    let page = listed();
    sees(
        &page,
        &[
            "石桥砖厂",
            "企事业单位",
            "联系人 孙立",
            "名单 3",
            "张德福",
            "李芳",
            "周强",
            "只记名",
        ],
    );
    let taken_off = page.clone().keys("<end><del>1");
    sees(&taken_off, &["已从名单去掉 周强", "名单 2"]);
    let other_contact = page.keys("<f2><down><down><down><backspace><backspace>李梅<f2>");
    sees(&other_contact, &["已保存 石桥砖厂", "联系人 李梅"]);
    let wrong = units().keys("<ins>石桥砖厂<f2>");
    sees(&wrong, &["登记单位", "联系人"]);
}

#[test]
fn a_unit_is_signed_for_those_chosen() {
    let signed = signed();
    sees(
        &signed,
        &["已生效 石桥砖厂 2人", "功能社区 2人", "代表 孙立"],
    );
    let one = listed().keys("<f7>2<pgup><down>11U1<enter>1U1<enter>1<f9>");
    sees(&one, &["已生效 石桥砖厂 1人", "未签"]);
    let put_down = listed_of(town_on_disk).keys("<f7>21U1<enter><esc>");
    sees(&put_down, &["草稿已留：石桥砖厂"]);
    let again = put_down.keys("<f7>");
    sees(&again, &["接着上次没签完的", "U1"]);
    sees(&again.keys("<f5>1U1<enter>1<f9>"), &["已生效 石桥砖厂 2人"]);
}

#[test]
fn members_of_a_unit_join_and_leave_and_stand_on_supplement_pages() {
    let grown = signed().keys("<esc><ins>zjj<enter><f7>");
    sees(&grown, &["张建军", "未签"]);
    let joined = grown.keys("<end><ins><enter>1U2<f2>");
    sees(&joined, &["已办 增员：张建军", "功能社区 3人"]);
    let left = joined.keys("<home><down><del><enter>1<enter>1U3<f2>");
    sees(&left, &["已办 减员：李芳", "到11-21止"]);
    let offered = left.keys("<f8>");
    sees(&offered, &["协议书", "第1页补充页（增减成员）", "已打0份"]);
    let asked = offered.keys("2");
    sees(&asked, &["补充页-石桥砖厂-QY"]);
    sees(&asked.clone().keys("<f2>"), &["打印补充页"]);
    let effects = asked.keys("<f2>").effects();
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Write(sheet) => Some(&sheet.content),
        _ => None,
    });
    let Some(Content::Documents(copies)) = written else {
        panic!("{written:?}");
    };
    let marks: Vec<&str> = copies.iter().map(|one| one.mark.as_str()).collect();
    assert_eq!(marks.len(), 2, "{marks:?}");
}

#[test]
fn nobody_covered_leaves_the_list_of_a_unit_before_its_agreement() {
    let refused = signed().keys("<esc><home><del>");
    sees(&refused, &["先到协议里减员"]);
}

#[test]
fn a_unit_is_renewed_in_its_last_days() {
    let mut town = Town::new();
    let unit = Unit {
        id: UnitId(0),
        name: "石桥砖厂".to_owned(),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".to_owned(),
        phone: "15400000001".to_owned(),
        address: "村东头".to_owned(),
        headcount: 30,
        members: vec![UnitMember::Resident(agreed::ZHANG)],
    };
    town.keep(Party::Unit(None, unit));
    let signed = live::Window::open(&Arc::new(town.desk("w1")), "王建国", "w1")
        .keys("<f4>qyys<enter><right><right><f7>21U1<enter>1U1<enter>1<f9>");
    signed.shows("已生效 石桥砖厂 1人");
    town.on("2026-07-01");
    let (name, role) = (
        "孙小玲".to_owned(),
        cunyi::domain::clinic::Role::PublicHealth,
    );
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    let form = live::Window::open(&Arc::new(town.desk("w2")), "王建国", "w2")
        .keys("<f4>qyys<enter><right><right><f7><f7>");
    form.shows("续签");
    let renewed = form.keys("21U9<enter>1U9<enter>1<f9>");
    renewed.shows("已生效 石桥砖厂 1人");
    assert_eq!(town.state(AgreementId(1)), State::Renewed);
    assert_eq!(town.state(AgreementId(2)), State::Active);
    town.clinic.is_clean();
}

#[test]
fn a_doctor_is_written_down_and_leaves() {
    let doctors = Window::of(town, Some("王建国")).keys("<f4>qyys<enter>");
    let added = doctors
        .clone()
        .keys("<ins>孙立<enter>1YS9<enter>15400000005<f2><end>");
    sees(&added, &["全科医生", "YS9", "15400000005"]);
    let last_day = format!("{}2026-11-20<f2>", "<down>".repeat(7));
    let left = doctors.keys(&format!("<down><enter>{last_day}"));
    sees(&left, &["要改签的户", "2026-11-20离任"]);
}
