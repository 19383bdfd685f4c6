//! The window's words for copies of the data.

use super::text;
use crate::{
    desk::copying::{BackedUp, Drilled},
    domain::{
        day::Day,
        rows::Copies,
        text::{Lang, Text},
    },
};

/// After so many days a copy that was proven is worth a warning.
const OLD: i64 = 14;

pub const MAKING: Text = text("正在备份", "Making a copy");
pub const READING: Text = text("正在验证备份", "Proving the copy");
pub const WAITING: Text = text("另一个窗口正在备份，请稍候", "Another window is copying");
pub const STOPPED: Text = text(
    "已停止，以前的备份都在",
    "Stopped; earlier copies are all there",
);
pub const BAD: Text = text("备份不可用", "The copy is not usable");
pub const BAD_NEXT: Text = text(
    "请马上用 F4“立即备份”另做一份，再验证一次。",
    "Make another one now (F4, Back up now), and prove that.",
);

/// Returns how old the last proven copy is, for the title line, and whether that is too old.
pub fn age(copies: &Copies, today: Day, lang: Lang) -> (String, bool) {
    let Some(proven) = &copies.proven else {
        let text = match (copies.made.is_some(), lang) {
            (true, Lang::Zh) => "备份未验证",
            (true, Lang::En) => "backup unproven",
            (false, Lang::Zh) => "未备份",
            (false, Lang::En) => "no backup",
        };
        return (text.to_owned(), true);
    };
    let days = (today - proven.on).num_days();
    let text = match (days, lang) {
        (i64::MIN..=0, Lang::Zh) => "备份 今天".to_owned(),
        (i64::MIN..=0, Lang::En) => "backup today".to_owned(),
        (_, Lang::Zh) => format!("备份 {days}天前"),
        (_, Lang::En) => format!("backup {days} d ago"),
    };
    (text, OLD < days)
}

/// Says that a copy was made.
pub fn made(made: &BackedUp, lang: Lang) -> String {
    let name = made.path.file_name().unwrap_or_default().to_string_lossy();
    match (&made.second, lang) {
        (None, Lang::Zh) => format!("已备份并重新读过：{name}"),
        (None, Lang::En) => format!("Copied, and read again: {name}"),
        (Some(second), Lang::Zh) => {
            format!("已备份并重新读过，也放到了 {}", second.display())
        }
        (Some(second), Lang::En) => {
            format!("Copied, and read again; also in {}", second.display())
        }
    }
}

/// Says that a copy was proven.
pub fn proven(drilled: &Drilled, lang: Lang) -> String {
    let head = drilled.facts.head;
    match lang {
        Lang::Zh => format!("备份可用：{head}条记录完整恢复到临时处，核对无误"),
        Lang::En => format!("Proven: {head} entries came back whole in a scratch place"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rows::Copied;
    use rstest::rstest;

    #[rstest]
    #[case(None, "备份未验证", true)]
    #[case(Some("2026-11-21"), "备份 今天", false)]
    #[case(Some("2026-11-07"), "备份 14天前", false)]
    #[case(Some("2026-11-06"), "备份 15天前", true)]
    fn a_copy_proven_more_than_two_weeks_ago_is_old(
        #[case] proven: Option<&str>,
        #[case] told: &str,
        #[case] is_old: bool,
    ) {
        let copied = |on: &str| Copied {
            on: on.parse().unwrap(),
            head: 1,
        };
        let copies = Copies {
            made: Some(copied("2026-11-01")),
            proven: proven.map(copied),
        };
        let today = "2026-11-21".parse().unwrap();
        let found = age(&copies, today, Lang::Zh);
        assert_eq!(found, (told.to_owned(), is_old));
    }
}
