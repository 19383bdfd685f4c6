//! What is still missing, in few words for the bottom line, and where it is filled in.

use super::{
    known::Form,
    spot::{Part, Spot, Step},
    words,
};
use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        agreement::{
            consent::{ConsentFault, GuardFault},
            refusal::{Field, Refusal, RepresentativeFault},
        },
        text::Text,
    },
    lang::refusals::agreement as full,
    tui::{theme::Look, widgets::cells},
};

/// The most names said of one thing.
const MOST_NAMED: usize = 40;

impl Form {
    /// Returns what is missing, each thing once, in the order of the steps.
    pub fn lacks(&self) -> Vec<&Refusal> {
        let found = self.preview.as_ref().map(|one| one.missing.required.iter());
        let mut found: Vec<&Refusal> = found.into_iter().flatten().collect();
        found.arrange_by_key(|refusal| {
            let spot = self.spot_of(refusal);
            let order = |spot: &Spot| {
                let spots = self.spots(spot.step());
                let at = spots.iter().position(|one| one == spot);
                (spot.step(), at.unwrap_or(usize::MAX))
            };
            spot.map_or((Step::Scope, 0), |spot| order(&spot))
        });
        found
    }

    /// Returns the bottom line in so many cells: everything missing, by person. What does not
    /// fit is counted; the key that signs tells it all.
    pub fn missing_line(&self, look: &Look, room: usize) -> String {
        let whole = self.all_missing(look);
        if cells::width(&whole) <= room {
            return whole;
        }
        let fits = |text: &String| cells::width(text) <= room;
        let shorter = [3, 2, 1].into_iter().map(|most| {
            let told = self.missing(look, most).join(look.say(words::AND));
            look.say(words::STILL_MISSING_MORE).replace("{}", &told)
        });
        if let Some(line) = shorter.into_iter().find(fits) {
            return line;
        }
        let told = self.missing(look, 1);
        let count = told.len();
        let counted = |shown: &[String]| {
            look.say(words::STILL_MISSING_COUNTED)
                .replace("{list}", &shown.join(look.say(words::AND)))
                .replace("{n}", &count.to_string())
        };
        let lines = (1..=count).rev().filter_map(|shown| told.get(..shown));
        let lines = lines.map(counted);
        lines.into_iter().find(fits).unwrap_or_else(|| {
            // One long thing: its beginning stands, and that it goes on.
            let left = room.saturating_sub(cells::width(&counted(&[])));
            let first = told.first().map_or("", String::as_str);
            counted(&[cells::cut(first, left, "")])
        })
    }

    /// Returns everything missing in one line, however long.
    pub fn all_missing(&self, look: &Look) -> String {
        let told = self.missing(look, usize::MAX);
        if told.is_empty() {
            return self.ready_line(look);
        }
        let list = told.join(look.say(words::AND));
        look.say(words::STILL_MISSING).replace("{}", &list)
    }

    /// Returns everything missing, a line a thing, each with its people.
    pub fn missing_lines(&self, look: &Look) -> Vec<String> {
        self.missing(look, MOST_NAMED)
    }

    /// Returns each thing missing once, with at most so many names.
    fn missing(&self, look: &Look, most: usize) -> Vec<String> {
        let mut groups: Vec<(Text, Vec<&str>)> = Vec::new();
        let mut told: Vec<String> = Vec::new();
        for refusal in self.lacks() {
            if let Some((text, name)) = of_person(refusal) {
                match groups.iter_mut().find(|(one, _)| *one == text) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None => groups.push((text, vec![name])),
                }
                continue;
            }
            let text = self.short(refusal, look);
            if !told.contains(&text) {
                told.push(text);
            }
        }
        let grouped = groups
            .iter()
            .map(|(text, names)| look.say(*text).replace("{}", &named(names, most, look)));
        let mut told: Vec<String> = grouped.chain(told).collect();
        if self.place().is_none() {
            told.insert(0, look.say(words::LACKS_PLACE).to_owned());
        }
        told
    }

    fn ready_line(&self, look: &Look) -> String {
        let Some(preview) = &self.preview else {
            return String::new();
        };
        let carried = preview.missing.equipment.iter();
        let carried: Vec<&str> = carried.map(|one| look.say(one.name())).collect();
        if !carried.is_empty() {
            let list = carried.join(look.say(words::AND));
            return look.say(words::READY_UNTICKED).replace("{}", &list);
        }
        if preview.missing.folder.is_some() {
            return look.say(words::READY_FOLDER).to_owned();
        }
        look.say(words::READY).to_owned()
    }

    /// Returns the place in which what is missing can be filled in.
    pub fn spot_of(&self, refusal: &Refusal) -> Option<Spot> {
        use Refusal as R;
        let first = || self.known.people.first().map(|one| one.person);
        Some(match refusal {
            R::NoMember => Spot::Covers(first()?),
            R::Doctor { .. }
            | R::Field(Field::Doctor)
            | R::Exclusive { .. }
            | R::SignAnew
            | R::SameDoctor => Spot::Doctor,
            R::Member { who, .. } | R::Untold { who } | R::DoubleCover { who, .. } => {
                Spot::Covers(who.person)
            }
            R::Field(Field::Term) | R::Term { .. } | R::Early { .. } => Spot::Years,
            R::NoBasicPackage { who } | R::Package { who, .. } => Spot::Extras(who.person),
            R::Field(Field::Representative)
            | R::Representative(
                RepresentativeFault::Missing
                | RepresentativeFault::NotAdult
                | RepresentativeFault::NotTheirs,
            ) => Spot::Representative,
            R::Representative(RepresentativeFault::NotSigned) => {
                if self.text(&Spot::SignedAs).is_empty() {
                    Spot::SignedAs
                } else if self.signed_page().is_empty() {
                    Spot::SignedPage
                } else {
                    Spot::SignatureTakenBy
                }
            }
            R::Consent { who, fault } => match fault {
                ConsentFault::Evidence => Spot::Evidence(who.person),
                ConsentFault::TakenByHimself => Spot::TakenBy(who.person),
                ConsentFault::None | ConsentFault::NeedsNoGuardian | ConsentFault::NotOwn => {
                    Spot::Kind(who.person)
                }
                ConsentFault::NoBirth => Spot::Covers(who.person),
            },
            R::Guard { who, fault } => match fault {
                GuardFault::SignedHimself => Spot::Kind(who.person),
                GuardFault::Unnamed if !self.text(&Spot::Guardian(who.person)).is_empty() => {
                    Spot::Relation(who.person)
                }
                GuardFault::Unnamed | GuardFault::NotAnAdult => Spot::Guardian(who.person),
            },
            R::ClinicUnsigned => Spot::ClinicSigns,
            R::Date { .. } => Spot::SignedOn,
            R::Start { .. } => Spot::Start,
            R::EvidenceUsed { number, .. } => self.with_evidence(number)?,
            R::Fee { who, package, .. } => {
                Spot::Fee(who.person, package.clone(), 1, Part::Insurance)
            }
            R::Voucher { number, .. } => self.with_voucher(number)?,
            R::Cap { .. } => Spot::CapReason,
            R::Approval => Spot::Approver,
            R::ClosedMonth { .. } => Spot::LateReason,
            R::NoHousehold
            | R::Field(_)
            | R::Late { .. }
            | R::NotBothSigned { .. }
            | R::State { .. }
            | R::NotTheirs
            | R::NumbersUsedUp => return None,
        })
    }

    fn with_evidence(&self, number: &str) -> Option<Spot> {
        let covered = self.covered().into_iter();
        let mut spots = covered.map(Spot::Evidence).chain([Spot::SignedPage]);
        spots.find(|spot| self.text(spot) == number)
    }

    fn with_voucher(&self, number: &str) -> Option<Spot> {
        let spots = self.spots(Step::Packages).into_iter();
        let mut fees = spots.filter(|spot| matches!(spot, Spot::Fee(..)));
        fees.find(|spot| self.text(spot) == number)
    }
}

/// Returns so many of the names, and how many there are.
fn named(names: &[&str], most: usize, look: &Look) -> String {
    let and = look.say(words::AND);
    if names.len() <= most {
        return names.join(and);
    }
    let shown: Vec<&str> = names.iter().take(most).copied().collect();
    look.say(words::NAMES_OF)
        .replace("{names}", &shown.join(and))
        .replace("{n}", &names.len().to_string())
        .replace("{rest}", &(names.len() - shown.len()).to_string())
}

/// Returns what is missing of one person, with the name: the same of several is said once.
fn of_person(refusal: &Refusal) -> Option<(Text, &str)> {
    let (text, who) = match refusal {
        Refusal::Consent { who, fault } => match fault {
            ConsentFault::None => (words::LACKS_CONSENT, who),
            ConsentFault::Evidence => (words::LACKS_EVIDENCE, who),
            ConsentFault::TakenByHimself
            | ConsentFault::NeedsNoGuardian
            | ConsentFault::NotOwn
            | ConsentFault::NoBirth => return None,
        },
        Refusal::Guard { who, fault } => match fault {
            GuardFault::Unnamed => (words::LACKS_GUARDIAN, who),
            GuardFault::SignedHimself => (words::LACKS_GUARDIANS_WORD, who),
            GuardFault::NotAnAdult => return None,
        },
        Refusal::Untold { who } => (words::LACKS_DECISION, who),
        Refusal::NoMember
        | Refusal::Field(_)
        | Refusal::Representative(_)
        | Refusal::ClinicUnsigned
        | Refusal::NoHousehold
        | Refusal::Doctor { .. }
        | Refusal::Member { .. }
        | Refusal::Exclusive { .. }
        | Refusal::DoubleCover { .. }
        | Refusal::Term { .. }
        | Refusal::Date { .. }
        | Refusal::Start { .. }
        | Refusal::EvidenceUsed { .. }
        | Refusal::NoBasicPackage { .. }
        | Refusal::Package { .. }
        | Refusal::Fee { .. }
        | Refusal::Voucher { .. }
        | Refusal::Cap { .. }
        | Refusal::Late { .. }
        | Refusal::NotBothSigned { .. }
        | Refusal::State { .. }
        | Refusal::SignAnew
        | Refusal::SameDoctor
        | Refusal::Early { .. }
        | Refusal::Approval
        | Refusal::NotTheirs
        | Refusal::ClosedMonth { .. }
        | Refusal::NumbersUsedUp => return None,
    };
    Some((text, &who.name))
}

impl Form {
    /// Returns what is missing in few words; what needs a whole sentence has it.
    fn short(&self, refusal: &Refusal, look: &Look) -> String {
        use Refusal as R;
        match refusal {
            R::NoMember => look.say(words::LACKS_MEMBER).to_owned(),
            R::Field(Field::Doctor) => look.say(words::LACKS_DOCTOR).to_owned(),
            R::Field(Field::Term) => look.say(words::LACKS_TERM).to_owned(),
            R::Representative(RepresentativeFault::Missing) | R::Field(Field::Representative) => {
                let text = if self.known.is_unit() {
                    words::LACKS_CONTACT
                } else {
                    words::LACKS_REPRESENTATIVE
                };
                look.say(text).to_owned()
            }
            R::Representative(RepresentativeFault::NotSigned) => {
                let is_written =
                    !self.text(&Spot::SignedAs).is_empty() && !self.signed_page().is_empty();
                let text = if is_written {
                    words::LACKS_OTHER_TAKER
                } else {
                    words::LACKS_RESIDENT_SIGNATURE
                };
                look.say(text).to_owned()
            }
            R::ClinicUnsigned => look.say(words::LACKS_CLINIC_SIGNATURE).to_owned(),
            R::Term { years: 0, .. } => look.say(words::LACKS_TERM).to_owned(),
            R::Representative(RepresentativeFault::NotAdult | RepresentativeFault::NotTheirs)
            | R::Field(_)
            | R::NoHousehold
            | R::Consent { .. }
            | R::Guard { .. }
            | R::Untold { .. }
            | R::Doctor { .. }
            | R::Member { .. }
            | R::Exclusive { .. }
            | R::DoubleCover { .. }
            | R::Term { .. }
            | R::Date { .. }
            | R::Start { .. }
            | R::EvidenceUsed { .. }
            | R::NoBasicPackage { .. }
            | R::Package { .. }
            | R::Fee { .. }
            | R::Voucher { .. }
            | R::Cap { .. }
            | R::Late { .. }
            | R::NotBothSigned { .. }
            | R::State { .. }
            | R::SignAnew
            | R::SameDoctor
            | R::Early { .. }
            | R::Approval
            | R::NotTheirs
            | R::ClosedMonth { .. }
            | R::NumbersUsedUp => sentence(refusal, look),
        }
    }
}

/// Returns the whole sentence without its stop.
fn sentence(refusal: &Refusal, look: &Look) -> String {
    let text = full::refusal(refusal, look.lang);
    text.trim_end_matches(['。', '.']).to_owned()
}
