//! What `cunyi restore` says: what came back, what did not, and where that is.

use std::ops::RangeInclusive;

use serde_json::json;

use crate::domain::order::Arrange as _;
use crate::{
    cli::Call,
    desk::{BroughtBack, Copied, LeftOut, Restored},
    domain::{
        clock::{Moment, day_of, exact_time_of},
        text::{Lang, Text},
    },
    lang::{copies, failures, refusals},
};

/// The most entries that are listed one by one.
const MOST: usize = 50;

pub fn document(brought: &BroughtBack) -> serde_json::Value {
    let restored = &brought.restored;
    let loose = restored.loose.iter().map(|entry| {
        json!({
            "event": entry.seq,
            "at": moment(entry.at),
            "by": entry.by,
            "cause": entry.cause,
        })
    });
    let missing = restored.missing.iter();
    let missing = missing.map(|span| json!({"from": span.start(), "to": span.end()}));
    json!({
        "file": brought.copy.as_ref().map(|path| path.display().to_string()),
        "events": restored.head,
        "last": moment(restored.at),
        "from_tail": restored.from_tail,
        "missing": missing.collect::<Vec<_>>(),
        "not_joined": loose.collect::<Vec<_>>(),
        "unreadable": restored.unreadable,
        "torn_end": restored.ends_torn,
        "damaged": brought.passed_over,
        "given_up": brought.given_up,
        "is_given_up": brought.is_given_up,
        "left_out": brought.left_out.as_ref().map(left_out_document),
        "without_password": brought.without_password,
        "copied_to": match &brought.copied {
            Copied::Made { path, .. } => Some(path.display().to_string()),
            Copied::NotNeeded | Copied::NotMade(_) => None,
        },
        "aside": brought.aside.as_ref().map(|aside| aside.display().to_string()),
    })
}

fn left_out_document(left: &LeftOut) -> serde_json::Value {
    json!({
        "from": left.entries.0,
        "to": left.entries.1,
        "first": moment(left.saved.0),
        "last": moment(left.saved.1),
        "count": left.count(),
        "kinds": left.acts,
        "notes": left.notes,
    })
}

/// Says what came back, and what did not; `alone` where a copy was wanted without what came after.
pub fn text(brought: &BroughtBack, alone: bool, call: &Call) -> String {
    let lang = call.lang;
    let mut lines = not_taken(brought, lang);
    lines.push(came(brought, lang));
    lines.extend(missing(brought, alone, lang));
    if let Some(left) = &brought.left_out {
        lines.push(left_out(left, lang));
    }
    if !brought.without_password.is_empty() {
        lines.push(without_password(&brought.without_password, lang));
    }
    if let Some(aside) = &brought.aside {
        let aside = aside.display().to_string();
        lines.push(kept_in(&aside, lang));
        if brought
            .left_out
            .as_ref()
            .is_some_and(|left| !left.acts.is_empty())
        {
            lines.push(way_back(&aside, call));
        }
    }
    lines.extend(copied(&brought.copied, lang));
    lines.push(String::new());
    lines.join("\n")
}

/// Names the copies that reach further and were not taken.
fn not_taken(brought: &BroughtBack, lang: Lang) -> Vec<String> {
    let damaged = brought.passed_over.iter().map(|path| {
        let path = path.display();
        match lang {
            Lang::Zh => format!("这份备份有损坏，改用了前一份：{path}"),
            Lang::En => format!("This copy is damaged, the one before was taken: {path}"),
        }
    });
    let given_up = brought.given_up.iter().map(|path| {
        let path = path.display();
        match (brought.is_given_up, lang) {
            (false, Lang::Zh) => format!("这份备份属于以前恢复时放弃的那一段，没有用它：{path}"),
            (false, Lang::En) => {
                format!("This copy is of a past that was given up, and was not taken: {path}")
            }
            (true, Lang::Zh) => {
                format!("没有别的完整备份了，只能用以前恢复时放弃的那一段，请仔细核对：{path}")
            }
            (true, Lang::En) => format!(
                "No other copy is whole: one of a past that was given up was taken, look through it: {path}"
            ),
        }
    });
    damaged.chain(given_up).collect()
}

fn came(brought: &BroughtBack, lang: Lang) -> String {
    let restored = &brought.restored;
    let from_tail = restored.from_tail;
    let copied = restored.head - from_tail;
    let at = restored.facts.as_ref().map(|facts| moment(facts.at));
    let folder = brought.copy.as_ref().map(|path| path.display());
    match (at, folder, lang) {
        (Some(at), _, Lang::Zh) if from_tail == 0 => {
            format!("已恢复 {at} 的备份：{copied}条记录。")
        }
        (Some(at), _, Lang::En) if from_tail == 0 => {
            format!("The copy of {at} is back: {copied} entries.")
        }
        (Some(at), _, Lang::Zh) => {
            format!("已恢复 {at} 的备份：{copied}条记录，另从流水备份找回{from_tail}条。")
        }
        (Some(at), _, Lang::En) => {
            format!("The copy of {at} is back: {copied} entries, and {from_tail} from the tail.")
        }
        (None, Some(folder), Lang::Zh) => format!("已换回 {folder} 里的资料：{copied}条记录。"),
        (None, Some(folder), Lang::En) => {
            format!("The data of {folder} are back: {copied} entries.")
        }
        (None, None, Lang::Zh) => {
            format!("没有可用的备份，已从流水备份找回全部{from_tail}条记录。")
        }
        (None, None, Lang::En) => {
            format!("No copy was whole; all {from_tail} entries are back from the tail.")
        }
    }
}

/// Says what was saved here and is not in what came back.
fn left_out(left: &LeftOut, lang: Lang) -> String {
    let number = left.count();
    let numbers = spans(&[left.entries.0..=left.entries.1]);
    let (first, last) = (moment(left.saved.0), moment(left.saved.1));
    let mut acts: Vec<(&String, &u64)> = left.acts.iter().collect();
    acts.arrange_by_key(|(_, count)| std::cmp::Reverse(**count));
    let acts = acts.iter().map(|(key, count)| {
        let what = refusals::record::cause(key).get(lang);
        match lang {
            Lang::Zh => format!("{what}{count}次"),
            Lang::En => format!("{what} ({count})"),
        }
    });
    let (what, notes): (Vec<String>, u64) = (acts.collect(), left.notes);
    match (what.is_empty(), notes, lang) {
        (true, _, Lang::Zh) => format!("没有恢复的只有登录、查看、备份的记录，{notes}条。"),
        (true, _, Lang::En) => {
            format!("Only entries of sign-ins, looks and backups are left out: {notes}.")
        }
        (false, _, Lang::Zh) => format!(
            "没有恢复的：第 {numbers} 条，共{number}条，{first} 到 {last} 存的：{}{}。",
            what.join("、"),
            match notes {
                0 => String::new(),
                notes => format!("；另有登录、查看、备份等{notes}条"),
            }
        ),
        (false, _, Lang::En) => format!(
            "Left out: entries {numbers}, {number} in all, saved {first} to {last}: {}{}.",
            what.join(", "),
            match notes {
                0 => String::new(),
                notes => format!("; and sign-ins, looks, backups ({notes})"),
            }
        ),
    }
}

fn without_password(names: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "恢复的资料里这些人不在岗，口令已作废，要用时请重新登记：{}",
            names.join("、")
        ),
        Lang::En => format!(
            "Not on the staff that came back, so their passwords open nothing now: {}",
            names.join(", ")
        ),
    }
}

/// Says how to look at what was put aside, and how to have it again.
fn way_back(aside: &str, call: &Call) -> String {
    let user = call.common.user.as_ref();
    let user = user.map_or_else(String::new, |user| format!(" --user {user}"));
    let data = call.common.data.as_ref();
    let data = data.map_or_else(String::new, |data| {
        format!(" --data \"{}\"", data.display())
    });
    match call.lang {
        Lang::Zh => format!(
            "没有恢复的也在那里。只看不动：cunyi --read-only --data \"{aside}\"；要换回去：cunyi restore \"{aside}\"{user}{data}"
        ),
        Lang::En => format!(
            "What was left out is there too. To look at it: cunyi --read-only --data \"{aside}\"; to have it again: cunyi restore \"{aside}\"{user}{data}"
        ),
    }
}

fn copied(copied: &Copied, lang: Lang) -> Vec<String> {
    match copied {
        Copied::NotNeeded => Vec::new(),
        Copied::Made { path, second, news } => {
            let mut lines = vec![match lang {
                Lang::Zh => format!("恢复后的资料已另做一份备份：{}", path.display()),
                Lang::En => format!("What came back was copied at once: {}", path.display()),
            }];
            lines.extend(second.as_ref().map(|path| match lang {
                Lang::Zh => format!("同样的一份也放到了 {}", path.display()),
                Lang::En => format!("The same copy is in {}", path.display()),
            }));
            lines.extend(news.as_ref().map(|news| copies::news(news, lang)));
            lines
        }
        Copied::NotMade(kind) => {
            let happened = failures::words(*kind).happened.get(lang);
            vec![format!("{}{happened}", NOT_COPIED.get(lang))]
        }
    }
}

/// Says which entries did not come back, or that none is known to be missing.
fn missing(brought: &BroughtBack, alone: bool, lang: Lang) -> Vec<String> {
    let restored = &brought.restored;
    let (head, last) = (restored.head, moment(restored.at));
    let mut lines = vec![match lang {
        Lang::Zh => format!("最后一条是第{head}条（{last}）。"),
        Lang::En => format!("The last is entry {head} ({last})."),
    }];
    if restored.missing.is_empty() && restored.loose.is_empty() {
        if !alone {
            lines.extend(none_missing(restored, lang));
        }
        return lines;
    }
    let numbers = spans(&restored.missing);
    lines.push(match lang {
        Lang::Zh => format!("缺少的：第 {numbers} 条，无法读出。"),
        Lang::En => format!("Missing, and beyond reading: {numbers}."),
    });
    if !restored.loose.is_empty() {
        lines.push(LOOSE.get(lang).to_owned());
    }
    for entry in restored.loose.iter().take(MOST) {
        let cause = refusals::record::cause(&entry.cause).get(lang);
        let at = moment(entry.at);
        lines.push(format!("  {}  {at}  {}  {cause}", entry.seq, entry.by));
    }
    if MOST < restored.loose.len() {
        let more = restored.loose.len() - MOST;
        lines.push(match lang {
            Lang::Zh => format!("  另有{more}条（--json 全部列出）"),
            Lang::En => format!("  and {more} more (--json lists all)"),
        });
    }
    lines
}

/// Says what the tail leaves open where no number is missing.
fn none_missing(restored: &Restored, lang: Lang) -> Vec<String> {
    let unreadable = restored.unreadable;
    match (restored.ends_torn, unreadable, lang) {
        (true, _, _) => vec![LAST_TORN.get(lang).to_owned()],
        (false, 0, _) => vec![NONE_MISSING.get(lang).to_owned()],
        (false, _, Lang::Zh) => vec![
            format!("流水备份里有{unreadable}条读不出来，备份里都有，没有因此缺少。"),
            NONE_MISSING.get(lang).to_owned(),
        ],
        (false, _, Lang::En) => vec![
            format!("Records of the tail beyond reading: {unreadable}; the copy has them."),
            NONE_MISSING.get(lang).to_owned(),
        ],
    }
}

const NONE_MISSING: Text = Text {
    zh: "没有发现缺少的；若是突然断电，这之后不到两秒内存的要核对一下。",
    en: "None is known to be missing; after a power cut check what was saved in the two seconds after it.",
};
const LAST_TORN: Text = Text {
    zh: "这之后存的没写完整，没能找回，请核对补录。",
    en: "What was saved after it is torn and did not come back: enter it again.",
};
const LOOSE: Text = Text {
    zh: "这些能读出、但接不上，请照着补录：",
    en: "These can be read and do not join; do them again:",
};

/// Writes spans of numbers.
fn spans(numbers: &[RangeInclusive<u64>]) -> String {
    let spans = numbers.iter().map(|span| match span.start() == span.end() {
        true => span.start().to_string(),
        false => format!("{}–{}", span.start(), span.end()),
    });
    spans.collect::<Vec<_>>().join(" ")
}

pub fn moment(at: Moment) -> String {
    format!("{} {}", day_of(at), exact_time_of(at))
}

/// Says where what stood here is now.
pub fn kept_in(aside: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("原来的数据原样放在 {aside}"),
        Lang::En => format!("What stood here is kept in {aside}"),
    }
}

const NOT_COPIED: Text = Text {
    zh: "恢复后的资料还没能另做备份，请马上运行 cunyi backup：",
    en: "What came back could not be copied yet; run cunyi backup now: ",
};
