//! What is known of an agreement becomes the answers the form begins with.

use super::{
    known::{BY_GUARDIAN, COVERED, Form},
    spot::{Part, Spot},
};
use crate::domain::agreement::{
    contract::{Contents, Origin, Representative, Scope},
    money::{FeeLine, Fen},
};

impl Form {
    /// Answers the places with what is known.
    pub(super) fn fill(&mut self) {
        let contents = self.known.contents.clone();
        let scope = match self.known.scope {
            Scope::Household(_) => "1",
            Scope::Members(_) => "2",
            Scope::Unit(_) => "3",
        };
        self.set(Spot::Scope, scope);
        self.set(Spot::PartyA, &contents.party_a.code().to_string());
        let id = |id: Option<String>| id.unwrap_or_default();
        self.set(
            Spot::Doctor,
            &id(contents.doctor.map(|one| one.to_string())),
        );
        self.set(Spot::Team, &id(contents.team.map(|one| one.to_string())));
        self.set(Spot::Phone, &contents.phone);
        if contents.years != 0 {
            self.set(Spot::Years, &contents.years.to_string());
        }
        match &contents.representative {
            Some(Representative::Member(person)) => {
                self.set(Spot::Representative, &person.to_string());
            }
            Some(Representative::Guardian { of, name, relation }) => {
                self.set(Spot::Representative, BY_GUARDIAN);
                self.set(Spot::WardOf, &of.to_string());
                self.set(Spot::GuardianName, name);
                self.set(Spot::GuardianRelation, relation);
            }
            Some(Representative::Contact { name }) => self.set(Spot::Representative, name),
            None => {}
        }
        if let Origin::Change { reason, .. } = &self.known.origin {
            let reason = reason.clone();
            self.set(Spot::ChangeReason, &reason);
        }
        self.fill_people(&contents);
    }

    fn fill_people(&mut self, contents: &Contents) {
        for choice in &contents.covered {
            self.set(Spot::Covers(choice.person), COVERED);
            self.set(Spot::Incapable(choice.person), &choice.incapable);
            self.set(Spot::Extras(choice.person), &choice.extras.join(","));
        }
        for left in &contents.left_out {
            let code = left.reason.code().to_string();
            self.set(Spot::Covers(left.person), &code);
            self.set(Spot::Note(left.person), &left.note);
        }
        for line in &contents.fees {
            self.fill_fee(line);
        }
    }

    /// Puts a fee line into its places.
    fn fill_fee(&mut self, line: &FeeLine) {
        let spot = |part| Spot::Fee(line.person, line.package.clone(), line.year, part);
        let mut put = |part, amount: Fen| {
            if amount != Fen::ZERO {
                self.set(spot(part), &amount.to_string());
            }
        };
        put(Part::Insurance, line.insurance);
        put(Part::Other, line.other);
        put(Part::Paid, line.paid);
        self.set(spot(Part::Voucher), &line.voucher.number);
        self.set(spot(Part::Reduction), &line.reduction.number);
        self.set(spot(Part::Receipt), &line.receipt);
    }
}
