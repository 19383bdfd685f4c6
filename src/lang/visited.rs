//! What a visit was, in a few words: the programmes seen to and the papers filled in.

use crate::domain::{
    course::{finding::Finding, happening::Visited},
    programmes::{ProgrammeKind, vax::Dose},
    task::TaskKind,
    text::{Lang, Text},
};

const VISITED: Text = text("随访", "Visit:");
const VACCINATED: Text = text("接种", "Vaccinated:");

/// Returns what a visit was: the programmes seen to, then the papers of the consulting room.
pub fn visit(visited: &Visited, lang: Lang) -> String {
    let of_values = visited.forms.keys().copied();
    let findings = &visited.findings;
    let kinds = of_values.chain(findings.iter().filter_map(Finding::programme));
    let exam = findings.iter().any(|f| matches!(f, Finding::Exam(_)));
    let exam = exam.then(|| TaskKind::ElderlyExam.brief());
    // A dose says more than its programme.
    let names_doses = findings.iter().any(|one| doses(one).next().is_some());
    let kinds = kinds.filter(|kind| !(names_doses && *kind == ProgrammeKind::Vax));
    let seen_to = exam
        .into_iter()
        .chain(kinds.map(|kind| kind.programme().short))
        .chain(findings.iter().flat_map(doses).map(Dose::name));
    let mut words: Vec<&str> = seen_to.map(|text| text.get(lang)).collect();
    let papers = findings.iter().filter_map(paper);
    let only_doses = names_doses && findings.iter().all(|one| doses(one).next().is_some());
    if only_doses && visited.forms.is_empty() {
        words.insert(0, VACCINATED.get(lang));
    } else if !words.is_empty() || papers.clone().next().is_none() {
        words.insert(0, VISITED.get(lang));
    }
    words.extend(papers.map(|text| text.get(lang)));
    // Two doses of one day are one word.
    let mut said = std::collections::BTreeSet::new();
    words.retain(|word| said.insert(*word));
    words.join(" ")
}

/// Returns the doses a finding tells of.
fn doses(finding: &Finding) -> impl Iterator<Item = Dose> + '_ {
    let given = if let Finding::Vaccinated(given) = finding {
        Some(given.keys().copied())
    } else {
        None
    };
    given.into_iter().flatten()
}

/// Returns what is said of a paper of the consulting room.
const fn paper(finding: &Finding) -> Option<Text> {
    Some(match finding {
        Finding::Consulted { .. } => text("门诊", "Consultation"),
        Finding::Noted => text("接诊或会诊", "Consultation record"),
        Finding::Referred(_) => text("开转诊单", "Referral slip"),
        Finding::SlipReturned => text("收回转单", "Return slip"),
        Finding::Prescribed(_) => text("长期处方", "Long prescription"),
        Finding::Mental(_)
        | Finding::TbFirst(_)
        | Finding::Tb(_)
        | Finding::Exam(_)
        | Finding::Constitution
        | Finding::Antenatal(_)
        | Finding::Postnatal(_)
        | Finding::PostnatalCheck(_)
        | Finding::Newborn(_)
        | Finding::Child(_)
        | Finding::TcmChild(_)
        | Finding::Disabled(_)
        | Finding::Assessment
        | Finding::Household(_)
        | Finding::Vaccinated(_) => return None,
    })
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
