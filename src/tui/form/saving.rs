//! The save key: all problems at once, one confirmation for the whole, then the records.
//!
//! It stores nothing; what it returns is recorded by the desk.

use super::{
    editor::{FormEditor, Reaction, hand_over},
    page::Page,
};
use crate::domain::{
    form::{Mark, Problem, Severity},
    refusal::FieldFault,
};

impl FormEditor {
    /// Checks everything; what stands is handed over.
    pub(super) fn save(&mut self) -> Reaction {
        self.settle_code();
        let found = self.find_problems();
        let is_hard = |(_, problem): &&(usize, Problem)| problem.severity() == Severity::Hard;
        let here = self.at.page;
        let is_sound_here = !found.iter().filter(is_hard).any(|(page, _)| *page == here);
        if let Some(unseen) = self.unseen_page().filter(|_| is_sound_here) {
            self.problems.clear();
            self.go_to_page(unseen);
            return Reaction::Nothing;
        }
        let first_hard = found.iter().find(is_hard).cloned();
        if first_hard.is_some() {
            self.is_asking = false;
            self.problems = found;
            self.go_to_problem(first_hard);
            return Reaction::Refused;
        }
        let asks = !found.is_empty() || self.pages.iter().any(holds_carried);
        if asks && !self.is_asking {
            self.is_asking = true;
            let first = found.first().cloned();
            self.problems = found;
            self.go_to_problem(first);
            return Reaction::AskedToConfirm;
        }
        for (index, problem) in found {
            if let Some(page) = self.pages.get_mut(index) {
                page.context.confirmed.insert(problem.confirmation());
            }
        }
        self.problems.clear();
        self.is_asking = false;
        Reaction::Save(self.pages.iter().map(hand_over).collect())
    }

    /// Shows what the desk found in the form called `form`, the cursor on the first.
    pub fn refuse(&mut self, form: &str, faults: &[FieldFault]) {
        let Some(index) = self.pages.iter().position(|page| page.form.id == form) else {
            return;
        };
        let problems = faults.iter().map(|found| Problem {
            field: found.field.clone(),
            row: found.row.clone(),
            fault: found.fault.clone(),
        });
        self.is_asking = false;
        self.problems = problems.map(|problem| (index, problem)).collect();
        let first = self.problems.first().cloned();
        self.go_to_problem(first);
    }

    /// Keeps the problems shown true after a change: those that are gone disappear.
    pub(super) fn recheck_shown(&mut self) {
        for page in &mut self.pages {
            page.context.confirmed.clear();
        }
        if !self.problems.is_empty() {
            let now = self.find_problems();
            self.problems.retain(|problem| now.contains(problem));
        }
    }

    fn find_problems(&self) -> Vec<(usize, Problem)> {
        let pages = self.pages.iter().enumerate();
        pages
            .flat_map(|(index, page)| {
                let problems = page.problems(index).into_iter();
                problems.map(move |problem| (index, problem))
            })
            .collect()
    }

    fn unseen_page(&self) -> Option<usize> {
        self.pages.iter().position(|page| !page.is_seen)
    }

    fn go_to_problem(&mut self, problem: Option<(usize, Problem)>) {
        let place = problem.and_then(|(index, problem)| {
            let page = self.pages.get(index)?;
            page.place_of(index, &problem)
        });
        if let Some(place) = place {
            self.arrive(place, false);
        }
    }
}

fn holds_carried(page: &Page) -> bool {
    page.form.fields().any(|field| {
        let carried = page.filled.marks.get(&field.key) == Some(&Mark::Carried);
        carried && page.asks(field)
    })
}
