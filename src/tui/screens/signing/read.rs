//! The answers as the desk takes them: contents, fee lines, consents, signatures.

use std::collections::BTreeSet;

use super::{
    known::Form,
    spot::{Part, Spot},
};
use crate::{
    desk::request::AgreementPreviewAsk,
    domain::{
        agreement::{
            action::{Action, Proposal},
            approval::{Approval, Approver},
            cap::CapOverride,
            consent::{Consent, ConsentKind, Guardian},
            contract::{Basic, Choice, Contents, LeftOut, Origin, Representative, Scope},
            doctor::PartyA,
            money::{FeeLine, Fen},
            signed::{AlsoDone, Equipment, Place, RepresentativeSignature, Signature, Signing},
            voucher::VoucherKind,
        },
        clinic::Staff,
        day::Day,
        form::typed,
        id::{PersonId, StaffId},
    },
};

impl Form {
    /// Returns what is written down before the signatures.
    pub fn contents(&self) -> Contents {
        if self.known.is_printed {
            return self.known.contents.clone();
        }
        let covered = self.covered();
        Contents {
            party_a: self.code(&Spot::PartyA, PartyA::from_code, PartyA::Institution),
            doctor: self.doctor().map(|one| one.doctor.id),
            team: self.team().map(|team| team.id),
            years: self.text(&Spot::Years).parse().unwrap_or(0),
            left_out: self.not_covered(),
            representative: self.represented(),
            fees: self.fees(),
            phone: typed::ascii_text(self.text(&Spot::Phone)),
            covered: covered.into_iter().map(|one| self.choice(one)).collect(),
        }
    }

    fn code<T>(&self, spot: &Spot, of: fn(u8) -> Option<T>, otherwise: T) -> T {
        let code = self.text(spot).parse().ok();
        code.and_then(of).unwrap_or(otherwise)
    }

    fn choice(&self, person: PersonId) -> Choice {
        Choice {
            person,
            basic: Some(Basic::Included),
            extras: self.extras(person),
            incapable: self.text(&Spot::Incapable(person)).to_owned(),
        }
    }

    fn not_covered(&self) -> Vec<LeftOut> {
        let people = self.known.people.iter();
        let left = people.filter_map(|one| {
            Some(LeftOut {
                person: one.person,
                reason: self.left_out(one.person)?,
                note: self.text(&Spot::Note(one.person)).to_owned(),
            })
        });
        left.collect()
    }

    fn represented(&self) -> Option<Representative> {
        let told = self.text(&Spot::Representative);
        if told.is_empty() {
            return None;
        }
        if self.is_represented_by_guardian() {
            return Some(Representative::Guardian {
                of: self.text(&Spot::WardOf).parse().unwrap_or(PersonId(0)),
                name: self.text(&Spot::GuardianName).to_owned(),
                relation: self.text(&Spot::GuardianRelation).to_owned(),
            });
        }
        Some(match (self.known.scope, self.representative()) {
            (Scope::Household(_) | Scope::Members(_), Some(person)) => {
                Representative::Member(person)
            }
            (Scope::Unit(_), _) | (_, None) => Representative::Contact {
                name: told.to_owned(),
            },
        })
    }

    fn fees(&self) -> Vec<FeeLine> {
        let lines = self.fee_lines().into_iter();
        lines
            .map(|(person, code, year)| self.fee(person, &code, year))
            .collect()
    }

    /// Returns a fee line as it is written: the resident pays what the other parts leave.
    pub fn fee(&self, person: PersonId, code: &str, year: u32) -> FeeLine {
        let part = |part| self.text(&Spot::Fee(person, code.to_owned(), year, part));
        let amount = |one| yuan(part(one)).unwrap_or(Fen::ZERO);
        let package = self.known.packages.iter().find(|one| one.code == code);
        let price = package.map_or(Fen::ZERO, |one| one.price);
        let line = FeeLine::charged(year, person, code, (price, amount(Part::Insurance)));
        let worth = |number: &str, kind: VoucherKind| {
            let mut known = self.known.vouchers.iter();
            let known = known.find(|one| one.number == number && one.kind == kind);
            known.map_or(Fen::ZERO, |one| one.amount)
        };
        let other = amount(Part::Other);
        let mut line = line;
        line.other = other;
        line.resident = line.resident.less(other);
        let number = part(Part::Voucher).to_owned();
        let mut line = match number.as_str() {
            "" => line,
            number => line.with_voucher(number, worth(number, VoucherKind::Cash)),
        };
        line = match part(Part::Reduction) {
            "" => line,
            number => line.with_reduction(number, worth(number, VoucherKind::Reduction)),
        };
        line.paid = amount(Part::Paid);
        part(Part::Receipt).clone_into(&mut line.receipt);
        line.paid_on = (line.paid != Fen::ZERO).then_some(self.known.today);
        line
    }

    /// Returns the whole of what is asked for with its first entry.
    pub fn proposal(&self) -> Proposal {
        let origin = match &self.known.origin {
            Origin::Change { of, .. } => Origin::Change {
                of: of.clone(),
                reason: self.text(&Spot::ChangeReason).to_owned(),
            },
            other => other.clone(),
        };
        Proposal {
            scope: self.scope(),
            origin,
            contents: self.contents(),
        }
    }

    /// Returns the question what is missing.
    pub fn asked(&self, by: StaffId) -> AgreementPreviewAsk {
        AgreementPreviewAsk {
            agreement: self.known.agreement,
            proposal: self.proposal(),
            signing: self.signing(by),
            by,
        }
    }

    /// Returns what writes the contents down, where that is wanted.
    pub fn written(&self) -> Option<Action> {
        let contents = self.contents();
        match self.known.agreement {
            None => Some(Action::Draft(Box::new(self.proposal()))),
            Some(_) if contents == self.known.contents => None,
            Some(_) => Some(Action::Edit(Box::new(contents))),
        }
    }

    /// Returns the signatures and consents so far, taken by this staff member.
    pub fn signing(&self, by: StaffId) -> Signing {
        let covered = self.covered().into_iter();
        let equipment = self.codes(&Spot::Equipment, Equipment::from_code);
        Signing {
            consents: covered.filter_map(|one| self.consent(one, by)).collect(),
            representative: self.representative_signed(by),
            clinic: self.clinic_signed(),
            start: self.day(&Spot::Start),
            time: self.known.time.clone(),
            place: self.place().unwrap_or(Place::Clinic),
            equipment: match self.place() {
                Some(Place::Home) => equipment,
                Some(Place::Clinic | Place::Online) | None => BTreeSet::new(),
            },
            also_done: self.codes(&Spot::AlsoDone, AlsoDone::from_code),
            above_cap: self.above_cap(),
            late_reason: self.text(&Spot::LateReason).to_owned(),
        }
    }

    fn codes<T: Ord>(&self, spot: &Spot, of: fn(u8) -> Option<T>) -> BTreeSet<T> {
        let codes = self.text(spot).split(',');
        codes.filter_map(|code| of(code.parse().ok()?)).collect()
    }

    /// Returns the day of a place; none where none can be read.
    pub fn day(&self, spot: &Spot) -> Option<Day> {
        let looks_back = *spot != Spot::Start;
        typed::date(
            &typed::ascii_text(self.text(spot)),
            self.known.today,
            looks_back,
        )
    }

    fn consent(&self, person: PersonId, by: StaffId) -> Option<Consent> {
        let guardian = self.wants_guardian(person).then(|| {
            let name = self.text(&Spot::Guardian(person)).to_owned();
            let mut adults = self.known.people.iter();
            Guardian {
                person: adults.find(|one| one.name == name).map(|one| one.person),
                relation: self.text(&Spot::Relation(person)).to_owned(),
                name,
            }
        });
        Some(Consent {
            person,
            kind: self.consent_kind(person)?,
            on: self.day(&Spot::On(person)).unwrap_or(self.known.today),
            evidence: self.text(&Spot::Evidence(person)).to_owned(),
            taken_by: self.taken_by(person).unwrap_or(by),
            guardian,
        })
    }

    fn representative_signed(&self, by: StaffId) -> Option<RepresentativeSignature> {
        let code = self.text(&Spot::SignedAs).parse().ok()?;
        Some(RepresentativeSignature {
            kind: ConsentKind::from_code(code)?,
            on: self.day(&Spot::SignedOn).unwrap_or(self.known.today),
            evidence: self.signed_page().to_owned(),
            taken_by: self.signature_taken_by().unwrap_or(by),
        })
    }

    fn clinic_signed(&self) -> Option<Signature> {
        if self.text(&Spot::ClinicSigns).is_empty() {
            return None;
        }
        let name = self.clinic_name();
        let doctor = self.doctor().filter(|one| one.doctor.name == name);
        Some(Signature {
            name: name.to_owned(),
            staff: doctor.and_then(|one| one.doctor.staff),
            on: self.day(&Spot::ClinicOn).unwrap_or(self.known.today),
        })
    }

    fn above_cap(&self) -> Option<CapOverride> {
        let reason = self.text(&Spot::CapReason).to_owned();
        let name = self.text(&Spot::Approver).to_owned();
        let paper = self.text(&Spot::ApprovalPaper).to_owned();
        if reason.is_empty() && name.is_empty() {
            return None;
        }
        let by = self.approver(name, paper);
        let on = self.known.today;
        Some(CapOverride {
            reason,
            approval: by.map(|by| Approval { by, on }),
        })
    }

    fn approver(&self, name: String, paper: String) -> Option<Approver> {
        approver(&self.known.staff, name, paper)
    }
}

/// Returns who approves: somebody outside where a paper is named, else the staff member of that
/// name.
pub fn approver(staff: &[Staff], name: String, paper: String) -> Option<Approver> {
    if name.is_empty() {
        return None;
    }
    let mut active = staff.iter().filter(|one| one.active);
    match active.find(|one| one.name == name) {
        Some(one) if paper.is_empty() => Some(Approver::Staff { id: one.id, name }),
        Some(_) | None => Some(Approver::Outside { name, paper }),
    }
}

/// Reads an amount in yuan, at most two decimals.
pub fn yuan(text: &str) -> Option<Fen> {
    let text = typed::ascii_text(text);
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_right = is_digits(whole) && is_digits(part) && part.len() <= 2;
    if !is_right || whole.is_empty() || 7 < whole.len() {
        return None;
    }
    let fen: i64 = format!("{part:0<2}").parse().ok()?;
    Some(Fen(whole.parse::<i64>().ok()? * 100 + fen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_read_with_at_most_two_decimals() {
        assert_eq!(yuan("120"), Some(Fen(12_000)));
        assert_eq!(yuan("３０．５"), Some(Fen(3050)));
        assert_eq!(yuan("0.05"), Some(Fen(5)));
        for wrong in ["", "-3", "1.234", "a", ".5"] {
            assert_eq!(yuan(wrong), None, "{wrong}");
        }
    }
}
