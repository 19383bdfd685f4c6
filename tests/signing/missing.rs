//! What is missing is told whole, however many people it is: never cut in silence.

use std::sync::Arc;

use cunyi::desk::Desk;

use super::{sees, settle};
use crate::support::{
    village::{clinic, household, resident},
    window::Window,
};

const NAMES: [&str; 12] = [
    "欧阳德福",
    "欧阳建国",
    "欧阳建军",
    "欧阳建业",
    "欧阳秀英",
    "欧阳秀兰",
    "司马桂花",
    "上官玉珍",
    "诸葛小红",
    "夏侯大海",
    "尉迟小宝",
    "东方小芳",
];

/// A household of twelve grown people.
fn crowd() -> Arc<Desk> {
    let desk = settle(clinic());
    let members = NAMES.iter().enumerate().map(|(at, name)| {
        let one = resident(name, "男", "1960-03-01");
        if at == 0 { one } else { one.relation(2, "子") }
    });
    household(&desk, "7", members.collect());
    desk
}

fn form() -> Window {
    Window::of(crowd, Some("王建国")).keys("<f3>oydf<enter><f7>2")
}

#[test]
fn a_line_too_short_for_all_counts_them_and_the_key_that_signs_names_everyone() {
    let form = form();
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let small = form.clone().size(width, height);
        sees(&small, &["等12人的同意", "按生效键看全部"]);
        let told = small.keys("<f9>");
        let screen = told.screen().replace([' ', '\n', '│'], "");
        for name in NAMES {
            assert!(screen.contains(name), "{name}:\n{}", told.screen());
        }
        sees(&told, &["还不能生效", "甲方签字"]);
        let english = form.clone().english().size(width, height);
        sees(&english, &["sign key: all"]);
    }
    // The box closed, the cursor stands where something is missing.
    sees(&form.keys("<f9><enter>1"), &["1本人纸质签字"]);
}

#[test]
fn who_took_a_consent_is_shown_and_may_be_another() {
    let form = form();
    sees(&form, &["经办", "王建国"]);
    let other = form.clone().keys("1P1<tab><tab>2");
    sees(&other, &["赵明"]);
    let by_signer = Window::of(crowd, Some("王建国")).keys("<f3>oydf<enter><f7>2");
    sees(&by_signer.keys("<tab><tab><tab>"), &["1王建国", "2赵明"]);
}
