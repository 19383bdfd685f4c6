//! The forms of one contact, filled in as a doctor fills them in: answers on the form as it
//! opens, the referral where the rules ask for one, doubtful values looked at and confirmed.

use super::{answers, latent::Reading, walker::Walker};
use crate::{
    catalog::Catalog,
    domain::{
        course::{
            self, Decision, Happening,
            decision::{ReferralChange, SlotChange},
            happening::ReferralResult,
        },
        day::Day,
        form::{
            self, Carry, FilledForm, FormContext, FormDef, LastRecord, Mark, Severity, Target, fill,
        },
        identity::Sex,
        programmes::{ProgrammeKind, htn, reason::Reason},
        settings::Settings,
        tags::ManagedFor,
        task::Mode,
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
        let mut forms = Vec::new();
        for kind in programmes {
            let managed = match kind {
                ProgrammeKind::Htn => ManagedFor::Hypertension,
                ProgrammeKind::Dm => ManagedFor::Diabetes,
                _ => continue,
            };
            let answers =
                answers::follow_up(managed, self.mode.code(), &walker.latent, self.reading)?;
            forms.push(self.fill(walker, *kind, answers)?);
        }
        let decision = self.foreseen(walker, &forms)?;
        for (filled, kind) in forms.iter_mut().zip(programmes) {
            refer(walker, filled, *kind, &decision);
            self.confirm(walker, filled, *kind)?;
        }
        let kept = ["weight", "height"].into_iter().filter_map(|key| {
            let value = forms.first()?.answers.get(key)?;
            Some((key.to_owned(), value.clone()))
        });
        walker.last = Some(LastRecord {
            on: self.day,
            answers: kept.collect(),
        });
        Some(forms)
    }

    /// Fills in the form of a pressure taken outside any follow-up.
    pub fn screening(&self, walker: &Walker) -> Option<Vec<FilledForm>> {
        let habits = walker.habits;
        let mut answers = Answers::new();
        let mut put = |key: &str, value: Value| answers.insert(key.to_owned(), value);
        put("mode", Value::Code(self.mode.code().to_owned()));
        put("sbp", Value::Int(self.reading.sbp));
        put("dbp", Value::Int(self.reading.dbp));
        put("family_history", Value::Bool(habits.family_history));
        put("high_salt", Value::Bool(habits.high_salt));
        put("heavy_drinking", Value::Bool(habits.heavy_drinking));
        put("secondary_suspected", Value::Bool(false));
        if 140 <= self.reading.sbp || 90 <= self.reading.dbp {
            put("causes_removed", Value::Bool(true));
        }
        let kind = ProgrammeKind::Screen35;
        let mut filled = self.fill(walker, kind, answers)?;
        self.confirm(walker, &mut filled, kind)?;
        self.foreseen(walker, std::slice::from_ref(&filled))?;
        Some(vec![filled])
    }

    fn form(&self, kind: ProgrammeKind) -> Option<&FormDef> {
        self.catalog.form(visit::form_of(kind)?).map(AsRef::as_ref)
    }

    fn context(&self, walker: &Walker, kind: ProgrammeKind) -> FormContext {
        let pressure = htn::target_on(
            &walker.course,
            &walker.facts,
            self.day,
            &Settings::default(),
        );
        let sex = if walker.facts.is_female {
            Sex::Female
        } else {
            Sex::Male
        };
        let entered = walker.course.programmes.get(&kind);
        FormContext {
            birth: Some(walker.facts.birth),
            sex: Some(sex.code().to_owned()),
            last: walker.last.clone(),
            entered: entered.map(|programme| programme.entered),
            target: Some(Target {
                sbp: i64::from(pressure.sbp),
                dbp: i64::from(pressure.dbp),
                fbg: None,
            }),
            ..FormContext::on(self.day, self.day)
        }
    }

    fn fill(&self, walker: &Walker, kind: ProgrammeKind, answers: Answers) -> Option<FilledForm> {
        let form = self.form(kind)?;
        let context = self.context(walker, kind);
        let mut filled = fill::opening(form, &context);
        let is_first = walker.last.is_none();
        for (key, value) in answers {
            let carry = form.field(&key).map_or(Carry::Never, |field| field.carry);
            let mark = match carry {
                Carry::Yes | Carry::WithTarget if !is_first => Mark::Carried,
                Carry::Yes
                | Carry::WithTarget
                | Carry::Card
                | Carry::Recent
                | Carry::Earlier
                | Carry::Target
                | Carry::Never => Mark::Typed,
            };
            filled.put(&key, Some(value), mark);
        }
        filled.settle(form, &context);
        let answers = fill::relevant(form, &filled.answers, &context);
        filled.marks.retain(|key, _| answers.contains_key(key));
        Some(FilledForm {
            form: form.id.clone(),
            edition: form.edition.clone(),
            visit: self.day,
            answers,
            marks: filled.marks,
            confirmed: std::collections::BTreeSet::new(),
        })
    }

    /// What the rules will say to these forms.
    fn foreseen(&self, walker: &Walker, forms: &[FilledForm]) -> Option<Decision> {
        let happening: Happening = visit::happening(forms, self.result, walker.facts.is_female)?;
        course::decide(
            &walker.course,
            &walker.facts,
            &happening,
            self.day,
            &Settings::default(),
        )
        .ok()
    }

    /// Confirms what is unusual; none where the form could not be saved.
    fn confirm(&self, walker: &Walker, filled: &mut FilledForm, kind: ProgrammeKind) -> Option<()> {
        let form = self.form(kind)?;
        let problems = form::check(form, &filled.answers, &self.context(walker, kind));
        filled.confirmed = problems
            .iter()
            .filter(|problem| problem.severity() == Severity::Soft)
            .map(form::Problem::confirmation)
            .collect();
        Some(())
    }
}

/// Writes down the referral, and the open date where the rules leave it.
fn refer(walker: &Walker, filled: &mut FilledForm, kind: ProgrammeKind, decision: &Decision) {
    let Some(outcome) = decision.outcomes.get(&kind) else {
        return;
    };
    let mut put = |key: &str, value: Value, mark: Mark| {
        filled.answers.insert(key.to_owned(), value);
        filled.marks.insert(key.to_owned(), mark);
    };
    let refers = match &decision.referral {
        Some(ReferralChange::Set(task)) => Some(task),
        Some(ReferralChange::Gone) | None => None,
    };
    let own = refers.filter(|task| task.programmes.contains(&kind));
    if let (Some(_), Some(task)) = (outcome.referral_opened, own) {
        put("referral", Value::Code("2".to_owned()), Mark::Typed);
        let why = reason(task.reason, kind);
        put("ref_reason", Value::Text(why.to_owned()), Mark::Typed);
        put("ref_org", Value::Text(HOSPITAL.to_owned()), Mark::Typed);
    }
    if outcome.slot == SlotChange::Keep
        && own.is_none()
        && let Some(open) = walker.course.slot(kind)
    {
        put("next_date", Value::Date(open.due), Mark::Proposed);
    }
}

/// What stands as the reason of a referral.
const fn reason(reason: Reason, kind: ProgrammeKind) -> &'static str {
    match (reason, kind) {
        (Reason::Urgent, ProgrammeKind::Dm) => "血糖危急值",
        (Reason::Urgent, _) => "血压危急值",
        (Reason::Complication, _) => "新发并发症",
        (Reason::AdverseReactionAgain, _) => "药物不良反应难以控制",
        (_, ProgrammeKind::Dm) => "连续两次血糖控制不满意",
        _ => "连续两次血压控制不满意",
    }
}
