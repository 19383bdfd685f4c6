//! The words for copies of the data: what went wrong with one, and what to do.

use super::failures;
use crate::domain::{copies::CopyNews, text::Lang};

/// Returns what there is to tell, as one sentence of a status line.
pub fn news(news: &CopyNews, lang: Lang) -> String {
    let why = |kind| {
        failures::words(kind)
            .happened
            .get(lang)
            .trim_end_matches(['。', '.'])
    };
    match (news, lang) {
        (CopyNews::NotFollowed { kind }, Lang::Zh) => {
            format!("已存好；但流水备份暂时写不进（{}），请尽快备份", why(*kind))
        }
        (CopyNews::NotFollowed { kind }, Lang::En) => format!(
            "Saved; but not written a second time for now ({}): back up soon",
            why(*kind)
        ),
        (CopyNews::NotMade { on, kind }, Lang::Zh) => {
            format!("{on} 自动备份没成功：{}。请处理后再备份", why(*kind))
        }
        (CopyNews::NotMade { on, kind }, Lang::En) => {
            format!("No backup could be made on {on}: {}", why(*kind))
        }
        (CopyNews::SecondFailed { place, kind }, Lang::Zh) => {
            format!("已备份，但没能放进第二处 {place}：{}", why(*kind))
        }
        (CopyNews::SecondFailed { place, kind }, Lang::En) => {
            format!("Backed up, but not into {place}: {}", why(*kind))
        }
        (CopyNews::SecondAbsent { place, days }, Lang::Zh) => {
            format!("第二备份处 {place} 已{days}天没有见到，请插上U盘")
        }
        (CopyNews::SecondAbsent { place, days }, Lang::En) => {
            format!("The second backup folder {place} was not there for {days} days: plug it in")
        }
        (CopyNews::Clock, Lang::Zh) => {
            "电脑时间与最后一笔记录相差太多，暂不自动备份；请先核对日期".to_owned()
        }
        (CopyNews::Clock, Lang::En) => {
            "No backups by themselves while the clock is far from the last entry: check the date"
                .to_owned()
        }
    }
}
