//! The texts of papers that people sign, as data with versions.
//!
//! A paper keeps the version it was signed with, so a version once handed out stays here for
//! ever, word for word; a changed text is a new version. The texts are Chinese: they are what
//! the resident signs. How they are filled in and laid out is the paper layer's.

use serde::Deserialize;

use super::{Flaw, source};
use crate::domain::agreement::contract::Sheet;

/// A kind of paper with a text of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// 协议书
    Agreement,
    /// 补充页
    Supplement,
    /// 解约单
    EndSheet,
    /// 续约提醒
    RenewalNotice,
}

impl Paper {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Agreement,
        Self::Supplement,
        Self::EndSheet,
        Self::RenewalNotice,
    ];

    /// Returns the text of a paper of an agreement.
    pub const fn of(sheet: Sheet) -> Self {
        match sheet {
            Sheet::Agreement => Self::Agreement,
            Sheet::Supplement(_) => Self::Supplement,
            Sheet::End => Self::EndSheet,
        }
    }

    /// Returns the version a paper goes on with: that of its last print, where its text is known,
    /// else the current one.
    pub fn going_on(self, last: Option<&str>) -> &str {
        let known = last.filter(|version| template(self, version).is_some());
        known.unwrap_or_else(|| self.current())
    }

    /// Returns the name its files have.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Supplement => "supplement",
            Self::EndSheet => "end_sheet",
            Self::RenewalNotice => "renewal_notice",
        }
    }

    /// Returns the version new papers are printed with.
    pub const fn current(self) -> &'static str {
        match self {
            Self::Agreement => "QY-2026-1",
            Self::Supplement => "BC-2026-1",
            Self::EndSheet => "JY-2026-1",
            Self::RenewalNotice => "XY-2026-1",
        }
    }
}

/// One version of a paper's text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub id: String,
    pub version: String,
    pub title: String,
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// A part with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub heading: String,
    /// It stands only where there is something to show in this place.
    pub only: Option<Show>,
    pub blocks: Vec<Words>,
}

/// A paragraph with holes in braces, or the place where facts are shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Words {
    Text(String),
    /// Nobody may overlook it.
    Strong(String),
    /// As strong, where agreements renew themselves.
    Renew(String),
    /// As strong, where they do not.
    NoRenew(String),
    Show(Show),
}

impl Words {
    /// Returns the words; none where facts are shown.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Renew(text) | Self::NoRenew(text) => {
                Some(text)
            }
            Self::Show(_) => None,
        }
    }
}

/// Facts a template leaves a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    Parties,
    Members,
    Services,
    Packages,
    Fees,
    LeftOut,
    Joined,
    Left,
    Ending,
    Refunds,
    Signatures,
}

/// A word of a text that stands for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole {
    Number,
    Clinic,
    Doctor,
    Phone,
    Hours,
    Complaint,
    Head,
    Years,
    Start,
    End,
    NextStart,
    Page,
}

impl Hole {
    /// Every hole.
    pub const ALL: [Self; 12] = [
        Self::Number,
        Self::Clinic,
        Self::Doctor,
        Self::Phone,
        Self::Hours,
        Self::Complaint,
        Self::Head,
        Self::Years,
        Self::Start,
        Self::End,
        Self::NextStart,
        Self::Page,
    ];

    /// Returns how it stands in a text.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Number => "{number}",
            Self::Clinic => "{clinic}",
            Self::Doctor => "{doctor}",
            Self::Phone => "{phone}",
            Self::Hours => "{hours}",
            Self::Complaint => "{complaint}",
            Self::Head => "{head}",
            Self::Years => "{years}",
            Self::Start => "{start}",
            Self::End => "{end}",
            Self::NextStart => "{next_start}",
            Self::Page => "{page}",
        }
    }
}

/// Every version ever handed out.
const BUILT_IN: &[(&str, &str)] = &[
    (
        "papers/agreement_2026_1.toml",
        include_str!("agreement_2026_1.toml"),
    ),
    (
        "papers/supplement_2026_1.toml",
        include_str!("supplement_2026_1.toml"),
    ),
    (
        "papers/end_sheet_2026_1.toml",
        include_str!("end_sheet_2026_1.toml"),
    ),
    (
        "papers/renewal_notice_2026_1.toml",
        include_str!("renewal_notice_2026_1.toml"),
    ),
];

/// Returns the text of the paper in this version; none where there never was such a version.
pub fn template(paper: Paper, version: &str) -> Option<Template> {
    let read = BUILT_IN
        .iter()
        .filter_map(|(_, text)| source::read(text).ok());
    let mut read = read.filter(|template: &Template| template.id == paper.id());
    read.find(|template| template.version == version)
}

/// Reads and cross-checks every version; all faults together.
///
/// # Errors
/// Names every flaw; a test holds that there is none.
pub fn check() -> Result<Vec<Template>, Vec<Flaw>> {
    let (mut templates, mut flaws): (Vec<Template>, _) = (Vec::new(), Vec::new());
    for (file, text) in BUILT_IN {
        let mut flaw = |what: String| {
            let file = (*file).to_owned();
            flaws.push(Flaw {
                file,
                line: 0,
                what,
            });
        };
        let template: Template = match source::read(text) {
            Ok(template) => template,
            Err(fault) => {
                flaw(fault.to_string());
                continue;
            }
        };
        if Paper::ALL.iter().all(|paper| paper.id() != template.id) {
            flaw(format!("no paper is called {}", template.id));
        }
        if templates
            .iter()
            .any(|before| before.version == template.version)
        {
            flaw(format!("version {} stands twice", template.version));
        }
        let blocks = template.parts.iter().flat_map(|part| &part.blocks);
        let texts = blocks.filter_map(Words::text);
        let headings = template.parts.iter().map(|part| part.heading.as_str());
        for text in texts.chain(headings) {
            let left = Hole::ALL
                .iter()
                .fold(text.to_owned(), |text, hole| text.replace(hole.mark(), ""));
            if left.contains(['{', '}']) {
                flaw(format!("unknown hole: {text}"));
            }
        }
        templates.push(template);
    }
    for paper in Paper::ALL {
        if template(paper, paper.current()).is_none() {
            let what = format!("{} has no version {}", paper.id(), paper.current());
            flaws.push(Flaw {
                file: "papers".to_owned(),
                line: 0,
                what,
            });
        }
    }
    if flaws.is_empty() {
        Ok(templates)
    } else {
        Err(flaws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_reads_and_has_no_unknown_hole() {
        let templates = check().unwrap();
        assert_eq!(templates.len(), BUILT_IN.len());
    }

    /// A text that was handed out changed: write a new version instead.
    #[test]
    fn no_version_handed_out_was_changed() {
        let kept = [
            ("QY-2026-1", 11_246_807_937_232_130_442),
            ("BC-2026-1", 14_936_141_767_312_776_577),
            ("JY-2026-1", 6_809_919_614_937_117_033),
            ("XY-2026-1", 6_080_516_990_840_987_210),
        ];
        let found: Vec<(String, u64)> = BUILT_IN
            .iter()
            .map(|(_, text)| {
                let template: Template = source::read(text).unwrap();
                (template.version, fingerprint(text))
            })
            .collect();
        let found: Vec<(&str, u64)> = found.iter().map(|(v, n)| (v.as_str(), *n)).collect();
        assert_eq!(found, kept);
    }

    /// FNV-1a over the text.
    fn fingerprint(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}
