//! The preview as lists: each count opens exactly its rows.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    desk::reply::Done,
    domain::{
        programmes::ProgrammeKind,
        roster::{Outcome, Preview, Roster, RowAction, preview::AgreementBroughtIn},
        text::{Lang, Text},
    },
    lang::refusals::{
        import::{self as import_words, Issue},
        roster as file_words,
    },
    tui::{
        action::Import,
        theme::Look,
        widgets::scroll::{Move, Scroll},
        words,
    },
};

/// The lists, in the order they stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Enrol,
    New,
    Changed,
    Doubtful,
    Refused,
    Skipped,
    Agreements,
}

impl List {
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::Changed,
        Self::Doubtful,
        Self::Refused,
        Self::Skipped,
        Self::Enrol,
        Self::Agreements,
    ];

    pub const fn title(self) -> Text {
        match self {
            Self::New => words::IMPORT_NEW,
            Self::Changed => words::IMPORT_CHANGED,
            Self::Doubtful => words::IMPORT_DOUBTFUL,
            Self::Refused => words::IMPORT_REFUSED,
            Self::Skipped => words::IMPORT_SKIPPED,
            Self::Enrol => words::IMPORT_ENROL,
            Self::Agreements => words::IMPORT_AGREEMENTS,
        }
    }
}

/// One line of a list.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Where a box can be ticked: whether it is.
    pub tick: Option<bool>,
    pub row: String,
    pub column: String,
    pub text: String,
}

/// A roster beside what importing it would do.
#[derive(Debug)]
pub struct Shown {
    pub roster: Arc<Roster>,
    preview: Option<Preview>,
    issues: Vec<Issue>,
    /// Proposed enrolments that are not to be made, by place.
    unticked: BTreeSet<usize>,
    pub list: List,
    pub scroll: Scroll,
}

impl Shown {
    pub fn of(roster: Arc<Roster>) -> Self {
        Self {
            roster,
            preview: None,
            issues: Vec::new(),
            unticked: BTreeSet::new(),
            list: List::Doubtful,
            scroll: Scroll::default(),
        }
    }

    /// Takes the comparison in; at first the list with most to look at is open.
    pub fn take(&mut self, preview: Preview, lang: Lang) {
        let is_first = self.preview.is_none();
        self.issues = import_words::issues(&self.roster, &preview, lang);
        self.preview = Some(preview);
        if is_first {
            let order = [List::Doubtful, List::Enrol, List::New];
            let filled = order.into_iter().find(|list| 0 < self.count(*list));
            self.list = filled.unwrap_or(List::New);
        }
    }

    pub fn is_ready(&self) -> bool {
        self.preview.is_some()
    }

    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Returns the enrolments that stay ticked.
    pub fn accepted(&self) -> Vec<(u32, ProgrammeKind)> {
        let proposed = self
            .preview
            .iter()
            .flat_map(|preview| &preview.enrol)
            .enumerate();
        proposed
            .filter(|(at, _)| !self.unticked.contains(at))
            .map(|(_, proposal)| (proposal.row, proposal.programme))
            .collect()
    }

    pub fn go(&mut self, to: Move, page: usize) {
        let count = self.count(self.list);
        self.scroll.go(to, count, page);
    }

    pub fn act(&mut self, action: Import) {
        match action {
            Import::NextList => self.turn(1),
            Import::PreviousList => self.turn(self.lists().len() - 1),
            Import::Tick => self.tick(),
            Import::Down
            | Import::Up
            | Import::PageDown
            | Import::PageUp
            | Import::First
            | Import::Last
            | Import::Accept => {}
        }
    }

    fn turn(&mut self, by: usize) {
        let lists = self.lists();
        let at = lists.iter().position(|list| *list == self.list);
        if let Some(list) = lists.get((at.unwrap_or(0) + by) % lists.len()) {
            self.list = *list;
        }
        self.scroll.reset();
    }

    /// Returns the lists there are: agreements only where the file tells of some.
    pub fn lists(&self) -> Vec<List> {
        let has_agreements = 0 < self.count(List::Agreements);
        let is_there = |list: &List| *list != List::Agreements || has_agreements;
        List::ALL.into_iter().filter(is_there).collect()
    }

    fn tick(&mut self) {
        let proposed = self
            .preview
            .as_ref()
            .map_or(0, |preview| preview.enrol.len());
        let at = self.scroll.selected(self.count(self.list));
        if let Some(at) = at.filter(|at| self.list == List::Enrol && *at < proposed)
            && !self.unticked.remove(&at)
        {
            self.unticked.insert(at);
        }
    }

    /// Returns how many lines a list has.
    pub fn count(&self, list: List) -> usize {
        let Some(preview) = &self.preview else {
            return 0;
        };
        match list {
            List::Enrol => preview.enrol.len() + preview.held.len(),
            List::New => preview.count(Outcome::New),
            List::Changed => preview.rows.iter().map(|row| row.changes.len()).sum(),
            List::Doubtful => self.issues_of(list).count(),
            List::Refused => self.issues_of(list).count(),
            List::Skipped => self.roster.skipped.len(),
            List::Agreements => preview.agreements.len(),
        }
    }

    fn issues_of(&self, list: List) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(move |issue| {
            let is_left = matches!(issue.action, RowAction::Rejected | RowAction::Duplicate);
            is_left == (list == List::Refused)
        })
    }

    /// Returns the lines `from` to `to` of the open list.
    pub fn lines(&self, seen: std::ops::Range<usize>, lang: Lang) -> Vec<Line> {
        let Some(preview) = &self.preview else {
            return Vec::new();
        };
        let (skip, take) = (seen.start, seen.len());
        match self.list {
            List::New => {
                let new = preview
                    .rows
                    .iter()
                    .filter(|row| row.outcome == Outcome::New);
                let line = |row: &crate::domain::roster::preview::RowOutcome| Line {
                    row: row.row.to_string(),
                    column: row.name.clone(),
                    ..Line::default()
                };
                new.skip(skip).take(take).map(line).collect()
            }
            List::Changed => {
                let changed = preview
                    .rows
                    .iter()
                    .flat_map(|row| row.changes.iter().map(move |change| (row, change)));
                let line = changed.skip(skip).take(take).map(|(row, change)| Line {
                    tick: None,
                    row: row.row.to_string(),
                    column: row.name.clone(),
                    text: format!(
                        "{} {} → {}",
                        change.column.usual_name(),
                        change.here,
                        change.file
                    ),
                });
                line.collect()
            }
            List::Doubtful | List::Refused => {
                let issues = self.issues_of(self.list).skip(skip).take(take);
                issues.map(issue_line).collect()
            }
            List::Skipped => {
                let skipped = self.roster.skipped.iter().skip(skip).take(take);
                let line = skipped.map(|rows| Line {
                    row: if rows.first == rows.last {
                        rows.first.to_string()
                    } else {
                        format!("{}-{}", rows.first, rows.last)
                    },
                    text: file_words::skip(rows.reason).get(lang).to_owned(),
                    ..Line::default()
                });
                line.collect()
            }
            List::Agreements => {
                let told = preview.agreements.iter().skip(skip).take(take);
                told.map(|one| brought_in(one, lang)).collect()
            }
            List::Enrol => self
                .enrolments(preview, lang)
                .skip(skip)
                .take(take)
                .collect(),
        }
    }

    fn enrolments<'a>(
        &'a self,
        preview: &'a Preview,
        lang: Lang,
    ) -> impl Iterator<Item = Line> + 'a {
        let proposed = preview.enrol.iter().enumerate().map(move |(at, proposal)| {
            let programme = proposal.programme.programme().short.get(lang);
            let last = proposal
                .last_visit
                .map(|day| words::IMPORT_LAST.get(lang).replace("{}", &day.to_string()));
            Line {
                tick: Some(!self.unticked.contains(&at)),
                row: proposal.row.to_string(),
                column: proposal.name.clone(),
                text: format!("{programme} {}", last.unwrap_or_default()),
            }
        });
        let held = preview.held.iter().map(move |(proposal, why)| Line {
            tick: None,
            row: proposal.row.to_string(),
            column: proposal.name.clone(),
            text: format!(
                "{} {}",
                proposal.programme.programme().short.get(lang),
                import_words::held_back(*why, lang)
            ),
        });
        proposed.chain(held)
    }
}

/// An agreement the file tells of: whose, with whom, since when.
fn brought_in(told: &AgreementBroughtIn, lang: Lang) -> Line {
    let doctor = match told.doctor.as_str() {
        "" => words::IMPORT_NO_DOCTOR.get(lang),
        name => name,
    };
    let text = words::IMPORT_AGREEMENT
        .get(lang)
        .replace("{doctor}", doctor)
        .replace("{day}", &told.on.to_string())
        .replace("{people}", &told.people.join(" "));
    Line {
        column: told.people.first().cloned().unwrap_or_default(),
        text,
        ..Line::default()
    }
}

fn issue_line(issue: &Issue) -> Line {
    let row = match &issue.sheet {
        Some(sheet) => format!("{sheet} {}", issue.row),
        None => issue.row.to_string(),
    };
    let text = if issue.value.is_empty() {
        issue.message.clone()
    } else {
        format!("“{}” {}", issue.value, issue.message)
    };
    Line {
        tick: None,
        row,
        column: issue.column.clone(),
        text,
    }
}

/// Says what an import did.
pub fn done(done: &Done, look: &Look) -> String {
    let count = |kind: &str| done.counts.get(kind).copied().unwrap_or(0).to_string();
    let agreements = count("agreements_brought_in");
    let more = if agreements == "0" {
        String::new()
    } else {
        look.say(words::IMPORT_DONE_AGREEMENTS)
            .replace("{}", &agreements)
    };
    let text = look
        .say(words::IMPORT_DONE)
        .replace("{people}", &count("people"))
        .replace("{households}", &count("households"))
        .replace("{changed}", &count("people_changed"))
        .replace("{enrolled}", &count("enrolled"));
    format!("{text}{more}")
}
