//! What each place takes: one of some choices, several, a line, a day, an amount.

use super::{
    known::{BY_GUARDIAN, COVERED, Form, REGISTER},
    spot::{Part, Spot},
    words,
};
use crate::{
    desk::reply::AgreementPerson,
    domain::{
        agreement::{
            consent::ConsentKind,
            contract::{LeftOutReason, Scope},
            doctor::PartyA,
            signed::{AlsoDone, Equipment, Place},
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        id::{PersonId, StaffId},
        text::{Lang, Text},
    },
    tui::theme::Look,
};

/// How an answer is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    One(Vec<Choice>),
    Many(Vec<Choice>),
    /// A line; a digit in front takes one of these.
    Pick(Vec<Choice>),
    Line,
    /// Numbers and codes: signs of full width count as ASCII.
    Plain,
    Day,
    Yuan,
}

/// One of the answers offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub digit: char,
    pub value: String,
    pub label: String,
}

impl Choice {
    /// Returns the choice as it is offered and shown: its digit and its words.
    pub fn told(&self, look: &Look) -> String {
        let gap = match look.lang {
            Lang::Zh => "",
            Lang::En => " ",
        };
        format!("{}{gap}{}", self.digit, self.label)
    }
}

/// The relations a guardian is offered by digit.
const RELATIONS: [Text; 9] = words::RELATIONS;

impl Form {
    /// Returns what a place takes.
    pub fn input(&self, spot: &Spot, look: &Look) -> Input {
        match spot {
            Spot::Scope => Input::One(self.scopes(look)),
            Spot::Place => one(look, Place::ALL, |one| (one.code(), one.name())),
            Spot::PartyA => one(look, PartyA::ALL, |one| (one.code(), one.name())),
            Spot::Representative if self.known.is_unit() => Input::Line,
            Spot::Representative => Input::One(self.representatives(look)),
            Spot::WardOf => Input::One(self.wards()),
            Spot::Doctor => Input::One(self.doctors(look)),
            Spot::Team => Input::One(self.teams(look)),
            Spot::Covers(_) => Input::One(covers(look)),
            Spot::Kind(person) => Input::One(self.kinds(*person, look)),
            Spot::SignedAs => {
                let binding = ConsentKind::ALL.iter().copied();
                let binding = binding.filter(|kind| kind.binds_household());
                let choices = binding.map(|kind| coded(look, kind.code(), kind.name()));
                Input::One(choices.collect())
            }
            Spot::ClinicSigns => Input::One(vec![coded(look, 1, words::SIGNED)]),
            Spot::Years => {
                let years = self.preview.as_ref().map(|preview| &preview.allowed);
                let years = years.unwrap_or(&self.known.allowed).iter();
                let choice = |years: &u32| Choice {
                    digit: char::from_digit(*years, 10).unwrap_or('?'),
                    value: years.to_string(),
                    label: look.say(words::YEARS).replace("{}", &years.to_string()),
                };
                Input::One(years.map(choice).collect())
            }
            Spot::Equipment => many(look, Equipment::ALL, |one| (one.code(), one.name())),
            Spot::AlsoDone => many(look, AlsoDone::ALL, |one| (one.code(), one.name())),
            Spot::Extras(_) => Input::Many(self.packages(look)),
            Spot::Guardian(person) => Input::Pick(self.guardians(*person)),
            Spot::Relation(_) | Spot::GuardianRelation => {
                Input::Pick(numbered(RELATIONS.map(|text| look.say(text).to_owned())))
            }
            Spot::TakenBy(_) | Spot::SignatureTakenBy => Input::One(self.takers()),
            Spot::Fee(person, _, _, Part::Voucher) => {
                Input::Pick(numbered(self.vouchers(*person, VoucherKind::Cash)))
            }
            Spot::Fee(person, _, _, Part::Reduction) => {
                Input::Pick(numbered(self.vouchers(*person, VoucherKind::Reduction)))
            }
            Spot::Fee(_, _, _, Part::Insurance | Part::Other | Part::Paid) => Input::Yuan,
            Spot::Approver => {
                let staff = self.known.staff.iter().filter(|one| one.active);
                Input::Pick(numbered(staff.map(|one| one.name.clone())))
            }
            Spot::On(_) | Spot::SignedOn | Spot::ClinicOn | Spot::Start => Input::Day,
            Spot::Phone | Spot::Evidence(_) | Spot::SignedPage => Input::Plain,
            Spot::Fee(_, _, _, Part::Receipt)
            | Spot::GuardianName
            | Spot::ChangeReason
            | Spot::Note(_)
            | Spot::Incapable(_)
            | Spot::ClinicName
            | Spot::CapReason
            | Spot::ApprovalPaper
            | Spot::LateReason => Input::Line,
        }
    }

    /// Returns the answer of a place as it is shown.
    pub fn shown(&self, spot: &Spot, look: &Look) -> String {
        let told = self.text(spot);
        let near = |day: Option<crate::domain::day::Day>| {
            day.map_or_else(|| told.to_owned(), |day| day.format("%m-%d").to_string())
        };
        match (self.input(spot, look), spot) {
            (_, Spot::On(_) | Spot::SignedOn | Spot::ClinicOn) if !told.is_empty() => {
                near(self.day(spot))
            }
            (Input::One(choices), Spot::Years) => {
                let chosen = choices.iter().find(|one| one.value == told);
                chosen.map_or_else(|| told.to_owned(), |one| one.label.clone())
            }
            (_, Spot::TakenBy(person)) => self.staff_name(self.taken_by(*person)),
            (_, Spot::SignatureTakenBy) => self.staff_name(self.signature_taken_by()),
            (Input::One(choices), _) => {
                let chosen = choices.iter().find(|one| one.value == told);
                chosen.map_or_else(String::new, |one| one.told(look))
            }
            (Input::Many(choices), _) => {
                let chosen = told.split(',');
                let labels = chosen.filter_map(|value| {
                    let one = choices.iter().find(|one| one.value == value)?;
                    Some(one.told(look))
                });
                labels.collect::<Vec<_>>().join(" ")
            }
            (_, Spot::SignedPage) => self.signed_page().to_owned(),
            (_, Spot::ClinicName) => self.clinic_name().to_owned(),
            (Input::Pick(_) | Input::Line | Input::Plain | Input::Day | Input::Yuan, _) => {
                told.to_owned()
            }
        }
    }

    fn scopes(&self, look: &Look) -> Vec<Choice> {
        match self.known.scope {
            Scope::Household(_) | Scope::Members(_) => vec![
                coded(look, 1, words::WHOLE_HOUSEHOLD),
                coded(look, 2, words::SOME_MEMBERS),
            ],
            Scope::Unit(_) => vec![coded(look, 3, words::UNIT)],
        }
    }

    fn representatives(&self, look: &Look) -> Vec<Choice> {
        let adults = self.known.adults().into_iter();
        let named = adults.map(|one| {
            let label = if one.relation.is_empty() {
                one.name.clone()
            } else {
                format!("{}({})", one.name, one.relation)
            };
            (one.person.to_string(), label)
        });
        let mut choices = digits(named.take(8));
        choices.push(Choice {
            digit: '9',
            value: BY_GUARDIAN.to_owned(),
            label: look.say(words::GUARDIAN_ELSEWHERE).to_owned(),
        });
        choices
    }

    fn wards(&self) -> Vec<Choice> {
        let covered = self.covered().into_iter();
        let wards = covered.filter(|person| self.wants_guardian(*person));
        let named = wards.filter_map(|person| {
            let name = self.known.person(person)?.name.clone();
            Some((person.to_string(), name))
        });
        digits(named)
    }

    fn doctors(&self, look: &Look) -> Vec<Choice> {
        if self.known.doctors.is_empty() {
            return digits(std::iter::once((
                REGISTER.to_owned(),
                look.say(words::REGISTER).to_owned(),
            )));
        }
        let doctors = self.known.doctors.iter();
        digits(doctors.map(|told| {
            let doctor = &told.doctor;
            let label = format!("{} {}", doctor.name, look.say(doctor.kind.name()));
            (doctor.id.to_string(), label)
        }))
    }

    fn teams(&self, look: &Look) -> Vec<Choice> {
        let teams = self.known.teams.iter();
        let mut choices = digits(teams.map(|team| (team.id.to_string(), team.name.clone())));
        choices.push(Choice {
            digit: '0',
            value: String::new(),
            label: look.say(words::NO_TEAM).to_owned(),
        });
        choices
    }

    fn kinds(&self, person: PersonId, look: &Look) -> Vec<Choice> {
        let is_ward = {
            let told = self.known.person(person);
            let birth = told.and_then(|one| one.birth);
            let is_minor = birth.is_some_and(|birth| self.is_minor(birth));
            is_minor || !self.text(&Spot::Incapable(person)).is_empty()
        };
        let fits = |kind: &&ConsentKind| (**kind == ConsentKind::Guardian) == is_ward;
        let kinds = ConsentKind::ALL.iter().filter(fits);
        kinds
            .map(|kind| coded(look, kind.code(), kind.name()))
            .collect()
    }

    fn packages(&self, look: &Look) -> Vec<Choice> {
        let packages = self.known.packages.iter();
        digits(packages.map(|one| {
            let price = look.say(words::YUAN).replace("{}", &one.price.to_string());
            (one.code.clone(), format!("{} {price}", one.name))
        }))
    }

    fn staff_name(&self, id: Option<StaffId>) -> String {
        let mut staff = self.known.staff.iter();
        let found = staff.find(|one| Some(one.id) == id);
        found.map_or_else(String::new, |one| one.name.clone())
    }

    /// Returns who works here and may take a consent.
    fn takers(&self) -> Vec<Choice> {
        let staff = self.known.staff.iter().filter(|one| one.active);
        digits(staff.map(|one| (one.id.to_string(), one.name.clone())))
    }

    /// Returns the vouchers the person may still use: his own, or his household's.
    fn vouchers(&self, person: PersonId, kind: VoucherKind) -> Vec<String> {
        let home = self.known.scope.household();
        let today = self.known.today;
        let fits = |one: &&Voucher| {
            let is_theirs = match one.holder {
                Holder::Person(holder) => holder == person,
                Holder::Household(holder) => Some(holder) == home,
            };
            let is_good = one.state == VoucherState::Unused && today <= one.expires;
            is_theirs && is_good && one.kind == kind
        };
        let vouchers = self.known.vouchers.iter().filter(fits);
        vouchers.map(|one| one.number.clone()).collect()
    }

    /// Returns those of the household who may sign for the person.
    fn guardians(&self, person: PersonId) -> Vec<Choice> {
        let adults = self.known.adults().into_iter();
        let is_able = |one: &AgreementPerson| self.text(&Spot::Incapable(one.person)).is_empty();
        let others = adults.filter(|one| one.person != person && is_able(one));
        numbered(others.map(|one| one.name.clone()))
    }
}

fn coded(look: &Look, code: u8, name: Text) -> Choice {
    Choice {
        digit: char::from_digit(u32::from(code), 10).unwrap_or('?'),
        value: code.to_string(),
        label: look.say(name).to_owned(),
    }
}

fn covers(look: &Look) -> Vec<Choice> {
    let reasons = LeftOutReason::ALL.iter();
    let mut choices = vec![Choice {
        digit: '0',
        value: COVERED.to_owned(),
        label: look.say(words::SIGNS).to_owned(),
    }];
    choices.extend(reasons.map(|reason| coded(look, reason.code(), reason.name())));
    choices
}

fn one<T: Copy>(look: &Look, all: &[T], told: fn(T) -> (u8, Text)) -> Input {
    Input::One(list(look, all, told))
}

fn many<T: Copy>(look: &Look, all: &[T], told: fn(T) -> (u8, Text)) -> Input {
    Input::Many(list(look, all, told))
}

fn list<T: Copy>(look: &Look, all: &[T], told: fn(T) -> (u8, Text)) -> Vec<Choice> {
    let told = all.iter().map(|value| told(*value));
    told.map(|(code, name)| coded(look, code, name)).collect()
}

/// Numbers the choices from 1; those beyond the ninth have no digit.
fn digits(named: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    let digit = |at: usize| {
        let at = u32::try_from(at + 1).ok().filter(|at| *at < 10);
        at.and_then(|at| char::from_digit(at, 10)).unwrap_or(' ')
    };
    named
        .enumerate()
        .map(|(at, (value, label))| Choice {
            digit: digit(at),
            value,
            label,
        })
        .collect()
}

fn numbered(values: impl IntoIterator<Item = String>) -> Vec<Choice> {
    digits(values.into_iter().map(|value| (value.clone(), value)))
}
