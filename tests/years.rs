//! Two years of whatever may be recorded, drawn by chance: papers with any valid answers,
//! attempts, referrals, entries, ends, corrections, withdrawals, late entries, moves, deaths.
//! Whatever happened, what is open stays in order, and a replay gives the same course.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    catalog::Catalog,
    domain::{
        course::{
            self, Course, Decision, Happening, PersonFacts, Recorded, Refusal, TargetValue,
            happening::{
                DoneElsewhere, EndReason, Enrolled, Evidence, LastVisit, LostReason, Measured,
                ReferralResult,
            },
            standing,
        },
        day::{Day, plus_days},
        form::{self, FilledForm, FormContext, Kind, Severity},
        identity::Sex,
        programmes::{PROGRAMMES, ProgrammeKind, scope},
        settings::{Pressure, Settings},
        task::{Mode, Task, TaskKind},
        value::{Answers, Decimal, Value},
        visit,
    },
    practice::{self, Chance, Occasion, Patient},
};

use crate::support::open_work;

const DAYS: i64 = 730;

fn first_day() -> Day {
    "2025-01-01".parse().unwrap()
}

/// One contact as it stands: its day, when it was entered, what it tells.
struct Entry {
    day: Day,
    seq: u32,
    recorded: Recorded,
    ids: Vec<String>,
}

struct Resident {
    facts: PersonFacts,
    card: Answers,
    course: Course,
    entries: Vec<Entry>,
    seq: u32,
    chance: Chance,
}

/// What was recorded, counted by name.
type Counted = BTreeMap<String, u32>;

impl Resident {
    fn new(number: u64, seed: u64) -> Self {
        let mut chance = Chance::of(seed, &[number]);
        // Two in five are children, so that every age is walked through.
        let days = match number % 5 {
            // Born meanwhile.
            0 if number.is_multiple_of(10) => -chance.between(1, 500),
            0 => chance.between(0, 300),
            1 => chance.between(300, 2600),
            2 => chance.between(18 * 365, 40 * 365),
            3 => chance.between(35 * 365, 64 * 365),
            _ => chance.between(62 * 365, 92 * 365),
        };
        let birth = plus_days(first_day(), -i64::from(days));
        let is_female = chance.holds(550);
        let sex = if is_female { Sex::Female } else { Sex::Male };
        let card = Answers::from([
            ("name".to_owned(), Value::Text("林小满".to_owned())),
            ("sex".to_owned(), Value::Code(sex.code().to_owned())),
            ("birth".to_owned(), Value::Date(birth)),
            ("address".to_owned(), Value::Text("石桥村1组1号".to_owned())),
            ("hh_type".to_owned(), Value::Code("2".to_owned())),
        ]);
        Self {
            facts: PersonFacts {
                birth,
                is_female,
                registered: Some(first_day().max(birth)),
            },
            card,
            course: Course::default(),
            entries: Vec::new(),
            seq: 0,
            chance,
        }
    }

    fn tasks(&self, day: Day) -> Vec<Task> {
        let mut tasks = self.course.tasks();
        let settings = Settings::default();
        tasks.extend(standing::tasks(&self.course, &self.facts, day, &settings));
        tasks
    }

    /// Returns the course after what stood before the entry.
    fn before(&self, day: Day, seq: u32) -> Course {
        let mut course = Course::default();
        let stood = |entry: &&Entry| (entry.day, entry.seq) < (day, seq);
        for entry in self.entries.iter().filter(stood) {
            course.take(&entry.recorded.happening, &entry.recorded.decision);
        }
        course
    }

    /// Puts an entry in its place.
    fn enter(
        &mut self,
        day: Day,
        seq: u32,
        (happening, ids): (Happening, Vec<String>),
    ) -> Result<(), Refusal> {
        let before = self.before(day, seq);
        let settings = Settings::default();
        let decision = course::decide(&before, &self.facts, &happening, day, &settings)?;
        self.entries.retain(|entry| entry.seq != seq);
        let recorded = Recorded {
            day,
            happening,
            decision,
        };
        self.entries.push(Entry {
            day,
            seq,
            recorded,
            ids,
        });
        self.decide_later(day, seq);
        Ok(())
    }

    /// Decides anew what stands after an entry, and takes the course from the beginning.
    fn decide_later(&mut self, day: Day, seq: u32) {
        self.entries.sort_by_key(|entry| (entry.day, entry.seq));
        let upto = self.before(day, seq + 1);
        let settings = Settings::default();
        let is_later = |entry: &&Entry| (day, seq) < (entry.day, entry.seq);
        let later: Vec<Recorded> = self
            .entries
            .iter()
            .filter(is_later)
            .map(|entry| entry.recorded.clone())
            .collect();
        let anew = course::redecide(&upto, &self.facts, &later, |_| &settings);
        let later = self
            .entries
            .iter_mut()
            .filter(|entry| (day, seq) < (entry.day, entry.seq));
        for (entry, decision) in later.zip(anew) {
            entry.recorded.decision = decision;
        }
        self.course = self.before(Day::MAX, u32::MAX);
    }

    fn next(&mut self) -> u32 {
        self.seq += 1;
        self.seq
    }
}

/// One person's two years.
fn live(resident: &mut Resident, catalog: &Catalog, counted: &mut Counted) {
    let mut day = first_day();
    if day < resident.facts.birth {
        day = plus_days(resident.facts.birth, 2);
        born(resident, catalog, day);
    }
    loop {
        day = plus_days(day, i64::from(resident.chance.between(1, 14)));
        if plus_days(first_day(), DAYS) < day {
            return;
        }
        let what = happen(resident, catalog, day);
        let Some(what) = what else { continue };
        *counted.entry(what.to_owned()).or_default() += 1;
        let faults = open_work::faults(&resident.course, &resident.facts, day);
        assert!(
            faults.is_empty(),
            "after {what} on {day}: {faults:#?}\n{:#?}",
            last(resident)
        );
    }
}

/// A newborn is entered as soon as it is known of.
fn born(resident: &mut Resident, catalog: &Catalog, day: Day) {
    let entry = visit::entry_form(ProgrammeKind::Child).unwrap().to_owned();
    papers(resident, catalog, day, &[entry]).unwrap().unwrap();
}

fn last(resident: &Resident) -> Vec<String> {
    let entries = resident.entries.iter().rev().take(6);
    entries
        .map(|entry| {
            let rules: Vec<&str> = entry
                .recorded
                .decision
                .rules
                .iter()
                .map(|r| r.id())
                .collect();
            format!("{} {rules:?} {:?}", entry.day, entry.recorded.happening)
        })
        .collect()
}

/// Draws one thing that may happen; names it where it was recorded.
fn happen(resident: &mut Resident, catalog: &Catalog, day: Day) -> Option<&'static str> {
    if resident.course.ended.is_some() {
        let comes_back = resident.chance.holds(250);
        return comes_back.then(|| told(resident, day, Happening::Returned, "returned"))?;
    }
    match resident.chance.between(1, 1000) {
        ..=160 => enrol(resident, catalog, day),
        161..=640 => visited(resident, catalog, day),
        641..=760 => attempt(resident, day),
        761..=820 => referral(resident, day),
        821..=860 => late(resident, catalog, day),
        861..=910 => correct(resident, catalog),
        911..=945 => withdraw(resident),
        946..=975 => leave(resident, day),
        _ => other(resident, day),
    }
}

fn told(
    resident: &mut Resident,
    day: Day,
    happening: Happening,
    name: &'static str,
) -> Option<&'static str> {
    let seq = resident.next();
    resident
        .enter(day, seq, (happening, Vec::new()))
        .is_ok()
        .then_some(name)
}

fn enrol(resident: &mut Resident, catalog: &Catalog, day: Day) -> Option<&'static str> {
    let at = resident.chance.below(PROGRAMMES.len());
    let kind = PROGRAMMES[at].kind;
    let Some(form) = visit::entry_form(kind) else {
        let enrolled = Enrolled {
            under_age_reason: Some("医院确诊".to_owned()),
            ..Enrolled::in_programme(kind)
        };
        return told(resident, day, Happening::Enrolled(enrolled), "entered");
    };
    if !scope::can_hold(kind, &resident.facts, day) {
        return None;
    }
    let entered = papers(resident, catalog, day, &[form.to_owned()])?;
    entered.is_ok().then_some("entered on paper")
}

/// The papers of what is open; now and then of whatever there is.
fn visited(resident: &mut Resident, catalog: &Catalog, day: Day) -> Option<&'static str> {
    let tasks = resident.tasks(day);
    let course = resident.course.clone();
    let who = visit::Who {
        course: &course,
        birth: resident.facts.birth,
        day,
    };
    let is_asked = resident.chance.holds(750);
    let ids = if is_asked {
        visit::forms_of(&visit::visited_for(&tasks, day), &who)
    } else {
        let fillable = visit::fillable(&tasks, &who);
        let at = resident.chance.below(fillable.len());
        fillable
            .get(at)
            .map(|found| found.form.id.to_owned())
            .into_iter()
            .collect()
    };
    if ids.is_empty() {
        return None;
    }
    let is_last = resident.entries.iter().all(|entry| entry.day <= day);
    let visited = papers(resident, catalog, day, &ids)?;
    if let Err(refusal) = visited
        && is_asked
        && is_last
    {
        let is_there = !matches!(
            refusal,
            Refusal::NotEnrolled(_) | Refusal::NoOpenReferral | Refusal::NothingOpen
        );
        assert!(is_there, "{refusal:?}: {ids:?} for {tasks:#?} on {day}");
    }
    visited.is_ok().then_some("visited")
}

/// Fills papers in and enters them; none where no valid answers were found.
fn papers(
    resident: &mut Resident,
    catalog: &Catalog,
    day: Day,
    ids: &[String],
) -> Option<Result<(), Refusal>> {
    let happening = tell(resident, catalog, day, ids)?;
    let seq = resident.next();
    Some(resident.enter(day, seq, (happening, ids.to_vec())))
}

/// What freshly filled-in papers tell.
fn tell(resident: &mut Resident, catalog: &Catalog, day: Day, ids: &[String]) -> Option<Happening> {
    let tasks = resident.tasks(day);
    let mut doses = visit::doses_of(&tasks).filter(|(_, from)| *from <= day);
    let mut fixed = Chance::of(u64::from(resident.seq), &[9]);
    let patient = Patient::invented(
        resident.facts,
        resident.card.clone(),
        &resident.course,
        day,
        &mut fixed,
    );
    let reading = patient.latent.reading(day, &mut resident.chance);
    let mode = resident.chance.weighted(&[(0, 5), (1, 4), (2, 1)]);
    let on = Occasion {
        day,
        mode: [Mode::Clinic, Mode::Home, Mode::Phone][mode],
        by: "王建国",
        course: &resident.course,
        reading: &reading,
    };
    let mut forms = Vec::new();
    for id in ids {
        let form = catalog.form(id)?;
        let mut context = context(resident, id, day);
        if let Some(given) = visit::given_dose(id, &mut doses) {
            context.given.extend(given);
        }
        let mut told = practice::told(form, &patient, &on, &mut resident.chance);
        let as_told = told.clone();
        vary(form, &mut told, &mut resident.chance);
        let mut filled = practice::fill_in(form, &context, told, &mut resident.chance);
        if !is_valid(form, &filled, &context) {
            filled = practice::fill_in(form, &context, as_told, &mut resident.chance);
        }
        if !is_valid(form, &filled, &context) {
            return None;
        }
        forms.push(filled);
    }
    let is_referred = resident.course.referral.is_some();
    let result = is_referred.then_some(ReferralResult::Attended);
    visit::happening(&forms, result, resident.facts.is_female)
}

fn is_valid(form: &form::FormDef, filled: &FilledForm, context: &FormContext) -> bool {
    form::check(form, &filled.answers, context)
        .iter()
        .all(|problem| problem.severity() == Severity::Soft)
}

/// Puts any answer a field takes in place of a believable one, here and there.
fn vary(form: &form::FormDef, told: &mut Answers, chance: &mut Chance) {
    let fields: Vec<_> = form.fields().collect();
    for _ in 0..chance.between(0, 4) {
        let field = fields[chance.below(fields.len())];
        let options = field.options();
        let value = match &field.kind {
            Kind::Code(_) | Kind::Codes(_) | Kind::Bool(_) => {
                let at = chance.below(options.len());
                let Some(option) = options.get(at) else {
                    continue;
                };
                field.value_of(std::slice::from_ref(&option.code)).unwrap()
            }
            Kind::Int | Kind::Dec { .. } => {
                let Some(range) = field.hard else { continue };
                let (low, high) = (range.low.thousandths(), range.high.thousandths());
                let part = i64::from(chance.between(0, 1000));
                let number = Decimal::from_thousandths(low + (high - low) * part / 1000);
                match field.kind {
                    Kind::Int => Value::Int(number.thousandths() / 1000),
                    _ => Value::Dec(number.rounded(field.places())),
                }
            }
            Kind::Text { .. }
            | Kind::Date
            | Kind::Month
            | Kind::Rows { .. }
            | Kind::Calc { .. } => {
                continue;
            }
        };
        told.insert(field.key.clone(), value);
    }
}

fn context(resident: &Resident, form: &str, day: Day) -> FormContext {
    let course = &resident.course;
    let sex = if resident.facts.is_female {
        Sex::Female
    } else {
        Sex::Male
    };
    let entered = visit::programme_of(form).and_then(|kind| course.programmes.get(&kind));
    let open = course
        .programmes
        .iter()
        .filter(|(_, known)| known.is_open());
    FormContext {
        birth: Some(resident.facts.birth),
        sex: Some(sex.code().to_owned()),
        card: resident.card.clone(),
        entered: entered.map(|known| known.entered),
        groups: open.map(|(kind, _)| kind.code().to_owned()).collect(),
        ..FormContext::on(day, day)
    }
}

/// Some of the kinds open now; none, which means all, now and then.
fn kinds(resident: &mut Resident, day: Day) -> BTreeSet<TaskKind> {
    let tasks = resident.tasks(day);
    let chance = &mut resident.chance;
    let mut kinds: BTreeSet<TaskKind> = tasks.iter().map(|task| task.kind).collect();
    kinds.retain(|_| chance.holds(600));
    kinds
}

fn attempt(resident: &mut Resident, day: Day) -> Option<&'static str> {
    let kinds = kinds(resident, day);
    if resident.chance.holds(700) {
        let happening = Happening::NotReached {
            kinds,
            reason: resident
                .chance
                .holds(200)
                .then_some(LostReason::WorkingAway),
            missed: None,
        };
        return told(resident, day, happening, "not reached");
    }
    told(resident, day, Happening::RefusedVisit { kinds }, "refused")
}

fn referral(resident: &mut Resident, day: Day) -> Option<&'static str> {
    let at = resident.chance.below(4);
    let result = [
        ReferralResult::Attended,
        ReferralResult::InHospital,
        ReferralResult::NotAttended,
        ReferralResult::Unreachable,
    ][at];
    let mode = Mode::Phone;
    let happening = Happening::ReferralChecked { result, mode };
    told(resident, day, happening, "referral checked")
}

/// A visit of some weeks ago, entered only now.
fn late(resident: &mut Resident, catalog: &Catalog, day: Day) -> Option<&'static str> {
    let on = plus_days(day, -i64::from(resident.chance.between(1, 60)));
    if on < first_day() || on < resident.facts.birth {
        return None;
    }
    visited(resident, catalog, on).map(|_| "entered late")
}

/// The papers of an earlier visit, filled in anew.
fn correct(resident: &mut Resident, catalog: &Catalog) -> Option<&'static str> {
    let at = resident.chance.below(resident.entries.len());
    let entry = resident.entries.get(at)?;
    let (day, seq, ids) = (entry.day, entry.seq, entry.ids.clone());
    if ids.is_empty() {
        return None;
    }
    let happening = tell(resident, catalog, day, &ids)?;
    resident
        .enter(day, seq, (happening, ids))
        .is_ok()
        .then_some("corrected")
}

/// Something that did not happen.
fn withdraw(resident: &mut Resident) -> Option<&'static str> {
    let at = resident.chance.below(resident.entries.len());
    let entry = resident.entries.get(at)?;
    let (day, seq) = (entry.day, entry.seq);
    resident.entries.remove(at);
    resident.decide_later(day, seq);
    Some("withdrawn")
}

fn leave(resident: &mut Resident, day: Day) -> Option<&'static str> {
    if resident.chance.holds(120) {
        let why = [EndReason::MovedAway, EndReason::MovedAway, EndReason::Died];
        let at = resident.chance.below(3);
        let happening = Happening::Left {
            programme: None,
            why: why[at],
        };
        return told(resident, day, happening, "left everything");
    }
    let (kind, _) = any_programme(resident)?;
    let ends = scope::ends(kind);
    let why = *ends.get(resident.chance.below(ends.len()))?;
    let programme = Some(kind);
    told(resident, day, Happening::Left { programme, why }, "left")
}

fn any_programme(resident: &mut Resident) -> Option<(ProgrammeKind, usize)> {
    let kinds: Vec<ProgrammeKind> = resident.course.programmes.keys().copied().collect();
    let at = resident.chance.below(kinds.len());
    kinds.get(at).map(|kind| (*kind, at))
}

fn other(resident: &mut Resident, day: Day) -> Option<&'static str> {
    let (programme, _) = any_programme(resident)?;
    let chance = &mut resident.chance;
    let before = plus_days(day, -i64::from(chance.between(0, 40)));
    let measured = Measured {
        sbp: Some(132),
        dbp: Some(78),
        fbg: chance.holds(500).then(|| "6.4".parse().unwrap()),
        ..Measured::default()
    };
    let (happening, name) = match chance.between(0, 4) {
        0 => (
            Happening::RefusedProgramme { programme },
            "refused programme",
        ),
        1 => (
            Happening::Lost {
                programme,
                reason: LostReason::Other,
            },
            "lost",
        ),
        2 => (
            Happening::DoneElsewhere(DoneElsewhere {
                programme,
                visit_day: before,
                place: "县医院".to_owned(),
                evidence: Evidence::Paper,
                measured,
            }),
            "elsewhere",
        ),
        3 => (
            Happening::BroughtIn {
                programme,
                last_visit: LastVisit {
                    day: before,
                    measured,
                },
            },
            "brought in",
        ),
        _ => (
            Happening::TargetSet {
                programme,
                target: Some(TargetValue::Pressure(Pressure::new(130, 80))),
            },
            "target",
        ),
    };
    told(resident, day, happening, name)
}

/// What the journal holds gives the same course again.
fn replays(resident: &Resident) {
    let mut course = Course::default();
    for entry in &resident.entries {
        let happening = serde_json::to_string(&entry.recorded.happening).unwrap();
        let decision = serde_json::to_string(&entry.recorded.decision).unwrap();
        let happening: Happening = serde_json::from_str(&happening).unwrap();
        let decision: Decision = serde_json::from_str(&decision).unwrap();
        course.take(&happening, &decision);
    }
    assert_eq!(course, resident.course);
    // Told once more to the rules of today, nothing is decided otherwise.
    let recorded: Vec<Recorded> = resident
        .entries
        .iter()
        .map(|e| e.recorded.clone())
        .collect();
    let settings = Settings::default();
    let anew = course::redecide(&Course::default(), &resident.facts, &recorded, |_| {
        &settings
    });
    for (entry, decision) in resident.entries.iter().zip(anew) {
        assert_eq!(entry.recorded.decision, decision, "{}", entry.day);
    }
}

/// `CUNYI_PEOPLE=3000 CUNYI_SEED=7 cargo test --test all years::` walks a whole village.
#[test]
fn two_years_of_whatever_happens_leave_everybody_with_open_work_or_an_end() {
    let told = |name: &str, usual: u64| {
        let found = std::env::var(name).ok();
        found.map_or(usual, |text| text.parse().unwrap())
    };
    let (people, seed) = (told("CUNYI_PEOPLE", 150), told("CUNYI_SEED", 3));
    println!("seed {seed}");
    let catalog = Catalog::built_in().unwrap();
    let mut counted = Counted::new();
    let mut papers = BTreeSet::new();
    for number in 0..people {
        let mut resident = Resident::new(number, seed);
        live(&mut resident, &catalog, &mut counted);
        replays(&resident);
        papers.extend(resident.entries.into_iter().flat_map(|entry| entry.ids));
    }
    println!("{counted:?}\n{papers:?}");
    let wanted = [
        "entered",
        "entered on paper",
        "visited",
        "not reached",
        "refused",
        "referral checked",
        "entered late",
        "corrected",
        "withdrawn",
        "left",
        "left everything",
        "returned",
        "lost",
        "elsewhere",
        "brought in",
        "target",
        "refused programme",
    ];
    for wanted in wanted {
        assert!(counted.contains_key(wanted), "{wanted}: {counted:?}");
    }
    for form in visit::VISIT_FORMS {
        assert!(papers.contains(form.id), "{} was never filled in", form.id);
    }
}
