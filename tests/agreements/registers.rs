//! The registers in the window: they build themselves, and every count opens what it counts.

use std::sync::Arc;

use cunyi::domain::agreement::state::State;

use crate::support::{agreed::Town, live::Window};

fn window(town: &Town) -> Window {
    Window::open(&Arc::new(town.desk("w1")), "王建国", "w1").keys("<f4>qydjb<enter>")
}

#[test]
fn the_register_of_a_day_stands_and_its_line_opens_the_agreement() {
    let (town, id) = Town::signed();
    let seen = window(&town);
    seen.shows("签约工作登记表  2025-08-12  全部医生  1行");
    seen.shows("新签");
    seen.shows("协议编号 QY");
    assert_eq!(town.state(id), State::Active);
    let page = seen.keys("<enter>");
    page.shows("履约中");
    page.keys("<esc>").shows("签约工作登记表");
}

#[test]
fn the_sums_open_those_they_count_and_the_way_back_is_one_key() {
    let (mut town, _) = Town::signed();
    town.on("2025-08-20");
    let seen = window(&town);
    seen.shows("这段时间没有签约");
    let month = seen.keys("<f5>");
    month.shows("2025-08-01 — 2025-08-31");
    month.shows("08-12");
    let sums = month.keys("<tab>");
    sums.shows("签约工作汇总表");
    sums.shows("按医生");
    sums.shows("合计");
    let inside = sums.keys("<end><enter>");
    inside.shows("所含协议 1份");
    inside.shows("新签");
    let back = inside.keys("<esc>");
    back.shows("合计");
    let by_day = back.keys("<f9><f9>");
    by_day.shows("按日");
    by_day.shows("2025-08-12");
    let done = by_day.keys("<tab>");
    done.shows("绩效统计表");
    done.shows("完成/应完成");
    let earlier = done.keys("<left>");
    earlier.shows("2025-07-01 — 2025-07-31");
    earlier.shows("这段时间没有签约");
    // Sums are of everybody: the key leads to one doctor's sheet.
    let own = earlier.keys("<right><tab><tab>").keys("<f6>");
    own.shows("签约工作登记表  2025-08-01 — 2025-08-31  王建国  1行");
}

#[test]
fn the_register_is_printed_from_where_it_is_seen() {
    let (town, _) = Town::signed();
    let asked = window(&town).keys("<f8>");
    asked.shows("签约工作登记表-2025-08-12.html");
    asked.keys("<esc>").shows("新签");
}
