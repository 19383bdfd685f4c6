//! Which form which work is done on.
//!
//! What a form asks stands in the catalogue; what its answers mean is `findings`'s.

use std::collections::BTreeSet;

use crate::domain::{
    programmes::{ProgrammeKind, anc::Time, child::Age},
    task::{Mode, Task, TaskKind},
};

/// A form of a visit.
#[derive(Debug)]
pub struct VisitForm {
    /// The form's id in the catalogue.
    pub id: &'static str,
    /// The programme whose paper it is; of a yearly check the first that wants one.
    pub programme: ProgrammeKind,
    /// How the visit was made where the paper does not ask.
    pub mode: Mode,
    serves: fn(TaskKind) -> bool,
}

/// The visit forms, in the order they are filled in.
pub const VISIT_FORMS: &[VisitForm] = &[
    form("F01", ProgrammeKind::Htn, |kind| kind == TaskKind::HtnVisit),
    form("F02", ProgrammeKind::Dm, |kind| kind == TaskKind::DmVisit),
    form("F04", ProgrammeKind::Smd, |kind| kind == TaskKind::SmdVisit),
    form("F05", ProgrammeKind::Tb, |kind| {
        kind == TaskKind::TbFirstVisit
    }),
    form("F06", ProgrammeKind::Tb, |kind| kind == TaskKind::TbVisit),
    form("F07", ProgrammeKind::Elderly, |kind| {
        matches!(
            kind,
            TaskKind::ElderlyExam
                | TaskKind::ElderlyRecheck
                | TaskKind::HtnExam
                | TaskKind::DmExam
                | TaskKind::SmdExam
        )
    }),
    form("F09", ProgrammeKind::Elderly, |kind| {
        kind == TaskKind::ElderlyExam
    }),
    form("F10", ProgrammeKind::TcmElderly, |kind| {
        kind == TaskKind::TcmAssess
    }),
    form("F11", ProgrammeKind::Anc, |kind| {
        kind == TaskKind::Antenatal(Time::First)
    }),
    form(
        "F12",
        ProgrammeKind::Anc,
        |kind| matches!(kind, TaskKind::Antenatal(time) if time != Time::First),
    ),
    at_home("F13", ProgrammeKind::Pnc, |kind| {
        kind == TaskKind::PostnatalVisit
    }),
    form("F14", ProgrammeKind::Pnc, |kind| {
        kind == TaskKind::PostnatalCheck
    }),
    at_home("F15", ProgrammeKind::Child, |kind| {
        matches!(kind, TaskKind::NewbornVisit | TaskKind::NewbornExtra)
    }),
    form(
        "F16",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if age <= Age::M8),
    ),
    form(
        "F17",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if Age::M8 < age && age <= Age::M30),
    ),
    form(
        "F18",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if Age::M30 < age),
    ),
    form("F19", ProgrammeKind::TcmChild, |kind| {
        matches!(kind, TaskKind::TcmChild(_))
    }),
    form("F23", ProgrammeKind::Disabled, |kind| {
        kind == TaskKind::DisabledVisit
    }),
    form("F25", ProgrammeKind::General, |kind| {
        kind == TaskKind::GeneralAssess
    }),
    at_home("F26", ProgrammeKind::Poverty, |kind| {
        kind == TaskKind::HouseholdVisit
    }),
    form("F27", ProgrammeKind::Vax, |kind| {
        matches!(kind, TaskKind::Vaccination(_))
    }),
    form("bp_screen", ProgrammeKind::Screen35, |kind| {
        kind == TaskKind::BpScreen
    }),
];

const fn form(
    id: &'static str,
    programme: ProgrammeKind,
    serves: fn(TaskKind) -> bool,
) -> VisitForm {
    VisitForm {
        id,
        programme,
        mode: Mode::Clinic,
        serves,
    }
}

const fn at_home(
    id: &'static str,
    programme: ProgrammeKind,
    serves: fn(TaskKind) -> bool,
) -> VisitForm {
    VisitForm {
        mode: Mode::Home,
        ..form(id, programme, serves)
    }
}

/// Returns the visit form of an id.
pub fn visit_form(id: &str) -> Option<&'static VisitForm> {
    VISIT_FORMS.iter().find(|form| form.id == id)
}

/// Returns the programme a form's visits belong to.
pub fn programme_of(form: &str) -> Option<ProgrammeKind> {
    visit_form(form).map(|form| form.programme)
}

/// Returns the form a programme's ordinary visits are filled in on.
pub fn form_of(programme: ProgrammeKind) -> Option<&'static str> {
    let usual = programme.programme().visit;
    let serves = |form: &&VisitForm| usual.is_none_or(|kind| (form.serves)(kind));
    VISIT_FORMS
        .iter()
        .filter(|form| form.programme == programme)
        .find(serves)
        .map(|form| form.id)
}

/// Returns the forms on which these tasks are done, in the order they are filled in.
///
/// A pressure alone is taken only where no other form asks it. A referral check and a trace
/// are done on the ordinary form of their programmes.
pub fn forms_of(tasks: &[Task]) -> Vec<String> {
    let mut wanted: BTreeSet<&'static str> = BTreeSet::new();
    for task in tasks.iter().filter(|task| task.kind.is_recordable()) {
        match task.kind {
            TaskKind::ReferralCheck | TaskKind::Trace => {
                wanted.extend(task.programmes.iter().filter_map(|kind| form_of(*kind)));
            }
            kind => {
                let serving = VISIT_FORMS.iter().filter(|form| (form.serves)(kind));
                wanted.extend(serving.map(|form| form.id));
            }
        }
    }
    let alone = wanted.len() == 1;
    VISIT_FORMS
        .iter()
        .map(|form| form.id)
        .filter(|id| wanted.contains(id))
        .filter(|id| alone || programme_of(id) != Some(ProgrammeKind::Screen35))
        .map(str::to_owned)
        .collect()
}
