//! The forms of one contact, filled in on the form as it opens: the referral where the rules ask
//! for one, the open date where the rules leave it.
//!
//! What is told on each paper stands in `papers`.

use std::collections::BTreeMap;

use super::{
    latent::Reading,
    papers::{self, Occasion},
    walker::Walker,
};
use crate::{
    catalog::Catalog,
    domain::{
        course::{
            self, Course, Decision, Happening,
            decision::{ReferralChange, SlotChange},
            happening::ReferralResult,
        },
        day::Day,
        form::{Carry, FilledForm, FormContext, FormDef, LastRecord, Mark, Target},
        identity::Sex,
        programmes::{ProgrammeKind, dm, htn, reason::Reason},
        settings::Settings,
        task::{Mode, Task},
        value::{Answers, Value},
        visit,
    },
};

/// Where the clinic refers to.
const HOSPITAL: &str = "清水镇中心卫生院 内科";

/// A contact that takes forms.
pub struct Sheet<'a> {
    pub catalog: &'a Catalog,
    pub day: Day,
    pub mode: Mode,
    /// Who fills them in.
    pub by: &'a str,
    pub reading: &'a Reading,
    pub result: Option<ReferralResult>,
}

impl Sheet<'_> {
    /// Fills in the forms of a follow-up; none where the rules would refuse it.
    pub fn follow_up(
        &self,
        walker: &mut Walker,
        programmes: &[ProgrammeKind],
    ) -> Option<Vec<FilledForm>> {
        let ids = programmes.iter().filter_map(|kind| visit::form_of(*kind));
        let ids: Vec<String> = ids.map(str::to_owned).collect();
        self.papers(walker, &ids, &[])
    }

    /// Fills in the form of a pressure taken outside any follow-up.
    pub fn screening(&self, walker: &mut Walker) -> Option<Vec<FilledForm>> {
        let form = visit::form_of(ProgrammeKind::Screen35)?.to_owned();
        let mut told = Answers::new();
        let habits = walker.habits;
        let mut put = |key: &str, yes: bool| told.insert(key.to_owned(), Value::Bool(yes));
        put("family_history", habits.family_history);
        put("high_salt", habits.high_salt);
        put("heavy_drinking", habits.heavy_drinking);
        let filled = self.fill(walker, &form, told, &Answers::new())?;
        self.foreseen(walker, std::slice::from_ref(&filled))?;
        Some(vec![filled])
    }

    /// Fills in these forms for the work open; none where the rules would refuse them.
    pub fn papers(
        &self,
        walker: &mut Walker,
        ids: &[String],
        open: &[Task],
    ) -> Option<Vec<FilledForm>> {
        let mut doses = visit::doses_of(open).filter(|(_, from)| *from <= self.day);
        let mut forms = Vec::with_capacity(ids.len());
        for id in ids {
            let given = visit::given_dose(id, &mut doses).unwrap_or_default();
            forms.push(self.fill(walker, id, Answers::new(), &given)?);
        }
        let decision = self.foreseen(walker, &forms)?;
        for filled in &mut forms {
            let form = self.catalog.form(&filled.form)?;
            refer(walker, filled, form, &decision);
            let context = self.context(walker, &filled.form);
            papers::confirm(form, &context, filled);
            keep(walker, form, filled);
        }
        Some(forms)
    }

    fn context(&self, walker: &Walker, form: &str) -> FormContext {
        let (course, facts) = (&walker.course, &walker.patient.facts);
        let settings = Settings::default();
        let pressure = htn::target_on(course, facts, self.day, &settings);
        let sex = if facts.is_female {
            Sex::Female
        } else {
            Sex::Male
        };
        let kind = visit::programme_of(form);
        let entered = kind.and_then(|kind| course.programmes.get(&kind));
        let open = course
            .programmes
            .iter()
            .filter(|(_, known)| known.is_open());
        FormContext {
            birth: Some(facts.birth),
            sex: Some(sex.code().to_owned()),
            card: walker.patient.card.clone(),
            last: walker.lasts.get(form).cloned(),
            entered: entered.map(|programme| programme.entered),
            groups: open.map(|(kind, _)| kind.code().to_owned()).collect(),
            target: kind.map(|_| Target {
                sbp: i64::from(pressure.sbp),
                dbp: i64::from(pressure.dbp),
                fbg: Some(dm::target_of(course, &settings)),
            }),
            ..FormContext::on(self.day, self.day)
        }
    }

    fn fill(
        &self,
        walker: &mut Walker,
        id: &str,
        told: Answers,
        given: &Answers,
    ) -> Option<FilledForm> {
        let form = self.catalog.form(id)?;
        let mut context = self.context(walker, id);
        context.given.clone_from(given);
        let on = Occasion {
            day: self.day,
            mode: self.mode,
            by: self.by,
            course: &walker.course,
            reading: self.reading,
        };
        let mut answers = papers::answers(form, &walker.patient, &on, &mut walker.chance);
        answers.extend(told);
        Some(papers::fill_in(form, &context, answers, &mut walker.chance))
    }

    /// What the rules will say to these forms.
    fn foreseen(&self, walker: &Walker, forms: &[FilledForm]) -> Option<Decision> {
        let facts = &walker.patient.facts;
        let happening: Happening = visit::happening(forms, self.result, facts.is_female)?;
        let settings = Settings::default();
        course::decide(&walker.course, facts, &happening, self.day, &settings).ok()
    }
}

/// Remembers of a form what the next one carries or compares with.
fn keep(walker: &mut Walker, form: &FormDef, filled: &FilledForm) {
    let is_kept = |key: &String| {
        form.field(key).is_some_and(|field| {
            let is_carried = matches!(field.carry, Carry::Yes | Carry::WithTarget | Carry::Target);
            is_carried || field.change.is_some()
        })
    };
    let kept: BTreeMap<String, Value> = filled
        .answers
        .iter()
        .filter(|(key, _)| is_kept(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !kept.is_empty() {
        let record = LastRecord {
            on: filled.visit,
            answers: kept,
        };
        walker.lasts.insert(filled.form.clone(), record);
    }
}

/// Writes down the referral, and the open date where the rules leave it.
fn refer(walker: &Walker, filled: &mut FilledForm, form: &FormDef, decision: &Decision) {
    let Some(kind) = visit::programme_of(&filled.form) else {
        return;
    };
    let Some(outcome) = decision.outcomes.get(&kind) else {
        return;
    };
    let mut put = |key: &str, value: Value, mark: Mark| {
        if form.field(key).is_some() {
            filled.answers.insert(key.to_owned(), value);
            filled.marks.insert(key.to_owned(), mark);
        }
    };
    let refers = match &decision.referral {
        Some(ReferralChange::Set(task)) => Some(task),
        Some(ReferralChange::Gone) | None => None,
    };
    let own = refers.filter(|task| task.programmes.contains(&kind));
    if let (Some(_), Some(task), Some(referral)) = (outcome.referral_opened, own, &form.referral) {
        put(
            &referral.field,
            Value::Code(referral.code.clone()),
            Mark::Typed,
        );
        let why = Value::Text(reason(task.reason, kind).to_owned());
        put("ref_reason", why, Mark::Typed);
        for place in ["ref_org", "ref_dept"] {
            put(place, Value::Text(HOSPITAL.to_owned()), Mark::Typed);
        }
    }
    if outcome.slot == SlotChange::Keep
        && own.is_none()
        && let Some(day) = still_open(&walker.course, decision, kind)
    {
        put("next_date", Value::Date(day), Mark::Proposed);
    }
}

/// Returns the day of what stays open in a programme, where it can stand as the next one: a child
/// that is waited for after a referral is seen before the next age whose check the form asks for.
fn still_open(course: &Course, decision: &Decision, kind: ProgrammeKind) -> Option<Day> {
    let open = course.slot(kind)?.due;
    let next = decision.next_of(kind);
    let is_choice = next.is_none_or(|next| (next.earliest..=next.last_choice()).contains(&open));
    is_choice.then_some(open)
}

/// What stands as the reason of a referral.
const fn reason(reason: Reason, kind: ProgrammeKind) -> &'static str {
    match (reason, kind) {
        (Reason::Urgent, ProgrammeKind::Dm) => "血糖危急值",
        (Reason::Urgent, _) => "血压危急值",
        (Reason::Complication, _) => "新发并发症",
        (Reason::AdverseReactionAgain, _) => "药物不良反应难以控制",
        (_, ProgrammeKind::Dm) => "连续两次血糖控制不满意",
        (_, ProgrammeKind::Child) => "儿童健康检查发现异常",
        (_, ProgrammeKind::Anc | ProgrammeKind::Pnc) => "孕产期检查发现异常",
        (_, ProgrammeKind::Tb) => "服药后不适",
        _ => "连续两次血压控制不满意",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        course::{ProgrammeCourse, decision::Outcome},
        programmes::{child::Age, rule::Rule},
        task::TaskKind,
        window::within_days,
    };

    #[test]
    fn a_referral_that_is_waited_for_is_not_the_next_age() {
        let task = |kind, from: &str| {
            let window = within_days(from.parse().unwrap(), 14);
            Task::new(
                kind,
                ProgrammeKind::Child,
                &window,
                Rule::C4,
                Reason::Abnormal,
            )
        };
        let own = ProgrammeCourse::entered_on("2022-09-20".parse().unwrap());
        let course = Course {
            programmes: BTreeMap::from([(ProgrammeKind::Child, own)]),
            referral: Some(task(TaskKind::ReferralCheck, "2025-09-01")),
            ..Course::default()
        };
        let mut decision = Decision::default();
        let outcome = Outcome::default();
        decision.outcomes.insert(ProgrammeKind::Child, outcome);
        let kind = ProgrammeKind::Child;
        let open = still_open(&course, &decision, kind);
        assert_eq!(open, Some("2025-09-15".parse().unwrap()));
        decision.opened = vec![task(TaskKind::Child(Age::ALL[9]), "2025-09-21")];
        assert_eq!(still_open(&course, &decision, kind), None);
    }
}
