//! Queue, visit, why, filter and attempt at every size from 60×16 to 200×60, in both
//! languages: all is drawn, and where one stands is in sight.

use crate::support::{village::village, window::Window};

/// The sizes one meets, and some just beside the edges at which layouts change.
const SIZES: [(u16, u16, &[&str]); 6] = [
    (60, 16, &["zh", "en"]),
    (80, 24, &["zh", "en"]),
    (120, 40, &["zh", "en"]),
    (200, 60, &["zh", "en"]),
    (79, 23, &["en"]),
    (119, 39, &["zh"]),
];

/// What leads to a screen, and what its cursor's line must hold.
const SCREENS: [(&str, &str); 15] = [
    ("", "▸"),
    ("<end>", "▸"),
    ("<ctrl-g>", "▸"),
    ("<ctrl-g><ctrl-g>", "▸"),
    ("<right><right><right>", ""),
    ("<down><f5>", ""),
    ("<ctrl-f>", "[1]"),
    ("<ctrl-f><tab><tab><tab>", "[1]"),
    ("<ctrl-t>", "["),
    ("<ctrl-t><tab>", "["),
    ("<f6>", "▸ 1"),
    ("<down><down><f6>8", "[1]"),
    ("<enter>", "▸ 1"),
    ("<end><enter>", "["),
    ("<end><enter>2<f5>182112<pgdn><down><down><down><down>", "["),
];

fn at(lang: &str, size: (u16, u16), keys: &str) -> String {
    let window = Window::of(village, Some("王建国")).size(size.0, size.1);
    let window = if lang == "en" {
        window.english()
    } else {
        window
    };
    window.keys(keys).screen()
}

#[test]
fn where_one_stands_is_in_sight_at_every_size() {
    for (width, height, langs) in SIZES {
        let size = (width, height);
        for lang in langs {
            for (keys, here) in SCREENS {
                let screen = at(lang, size, keys);
                let told = format!("{keys} at {size:?} in {lang}:\n{screen}");
                let (rows, cursor) = screen.rsplit_once("\ncursor ").expect(&told);
                let (x, y) = cursor.split_once(',').unwrap();
                let (x, y): (u16, usize) = (x.parse().unwrap(), y.parse().unwrap());
                assert!(x < size.0 && y + 1 < usize::from(size.1), "{told}");
                let line = rows.lines().nth(y).unwrap_or("");
                assert!(line.contains(here), "{told}");
                for line in rows.lines() {
                    let wide = unicode_width::UnicodeWidthStr::width(line);
                    assert!(wide <= usize::from(size.0), "{told}");
                }
            }
        }
    }
}

#[test]
fn the_smallest_window_still_tells_all_that_is_needed() {
    for lang in ["zh", "en"] {
        insta::assert_snapshot!(format!("queue_60_{lang}"), at(lang, (60, 16), "<down>"));
        let form = at(lang, (60, 16), "<end><enter>2<f5>182112");
        insta::assert_snapshot!(format!("visit_60_{lang}"), form);
        let attempt = at(lang, (60, 16), "<down><down><f6>8");
        insta::assert_snapshot!(format!("attempt_60_{lang}"), attempt);
    }
}

#[test]
fn a_wide_window_shows_the_details_beside_the_list() {
    for lang in ["zh", "en"] {
        insta::assert_snapshot!(format!("queue_120_{lang}"), at(lang, (120, 40), "<down>"));
        let form = at(lang, (120, 40), "<end><enter>2<f5>138");
        insta::assert_snapshot!(format!("visit_120_{lang}"), form);
    }
}

#[test]
fn no_programme_of_the_queue_is_cut_at_eighty_columns() {
    let screen = at("en", (80, 24), "");
    for name in ["Referral ", "Diabetes ", "Hypertension "] {
        assert!(screen.contains(name), "{name}: {screen}");
    }
    let screen = at("zh", (80, 24), "");
    for name in ["转诊核实 ", "糖尿病 ", "高血压 "] {
        assert!(screen.contains(name), "{name}: {screen}");
    }
}
