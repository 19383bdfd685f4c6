//! Packages, fee lines and vouchers of an agreement (agreements §4).

use std::collections::BTreeSet;

use super::named;
use crate::domain::{
    agreement::{
        around::Around,
        contract::{Contents, Scope},
        money::{Deduction, FeeLine, Fen},
        package::{self, BASIC},
        refusal::{FeeFault, Refusal},
        voucher::{Use, VoucherFault, VoucherKind},
    },
    day::Day,
    tags::TagSet,
};

/// Checks that everybody has the basic package, and what is wrong with the others.
pub fn packages(contents: &Contents, around: &Around<'_>, day: Day) -> Vec<Refusal> {
    let mut found = Vec::new();
    for choice in &contents.covered {
        let who = || named(around, choice.person);
        if choice.basic.is_none() {
            found.push(Refusal::NoBasicPackage { who: who() });
        }
        let tags = around.person(choice.person).map(|person| person.tags);
        let tags = tags.unwrap_or(TagSet::EMPTY);
        let faults = package::check(choice, around.packages, tags, day);
        found.extend(faults.into_iter().map(|(code, fault)| Refusal::Package {
            who: who(),
            code,
            fault,
        }));
    }
    found
}

/// Checks every fee line of the value-added packages, and that each package has one.
pub fn lines(contents: &Contents, around: &Around<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for line in &contents.fees {
        let is_first = seen.insert((line.year, line.person, line.package.as_str()));
        let fault = if is_first {
            fault(line, contents, around)
        } else {
            Some(FeeFault::Stray)
        };
        found.extend(fault.map(|fault| Refusal::Fee {
            who: named(around, line.person),
            package: line.package.clone(),
            fault,
        }));
    }
    for choice in &contents.covered {
        let unpaid = choice
            .extras
            .iter()
            .filter(|code| !seen.contains(&(1, choice.person, code.as_str())));
        found.extend(unpaid.map(|code| Refusal::Fee {
            who: named(around, choice.person),
            package: code.clone(),
            fault: FeeFault::None,
        }));
    }
    found
}

fn fault(line: &FeeLine, contents: &Contents, around: &Around<'_>) -> Option<FeeFault> {
    if line.package == BASIC {
        return Some(if line.resident == Fen::ZERO && line.paid == Fen::ZERO {
            // The lines of the basic package are made at signing, never by hand.
            FeeFault::Stray
        } else {
            FeeFault::BasicCharged
        });
    }
    if !line.balances() {
        return Some(FeeFault::Unbalanced);
    }
    let choice = contents
        .covered
        .iter()
        .find(|choice| choice.person == line.person);
    let is_chosen = choice.is_some_and(|choice| choice.extras.contains(&line.package));
    if !is_chosen || !(1..=contents.years).contains(&line.year) {
        return Some(FeeFault::Stray);
    }
    let package = around.packages.iter().find(|one| one.code == line.package);
    package
        .is_none_or(|package| package.price != line.price)
        .then_some(FeeFault::Price)
}

/// Returns the lines of the basic package for these people and years.
pub fn basic(
    people: impl Iterator<Item = crate::domain::id::PersonId>,
    years: u32,
    around: &Around<'_>,
) -> Vec<FeeLine> {
    people
        .flat_map(|person| {
            (1..=years).map(move |year| FeeLine::funded(year, person, BASIC, around.rules.fund))
        })
        .collect()
}

/// Checks the vouchers of the lines, each used once.
pub fn vouchers(scope: Scope, contents: &Contents, around: &Around<'_>, on: Day) -> Vec<Refusal> {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for line in &contents.fees {
        for (kind, deduction) in deductions(line) {
            let number = deduction.number.trim();
            if number.is_empty() && deduction.amount == Fen::ZERO {
                continue;
            }
            let fault = if used.insert(number) {
                voucher(scope, line, (kind, deduction), around, on).err()
            } else {
                Some(VoucherFault::Used)
            };
            found.extend(fault.map(|fault| Refusal::Voucher {
                number: number.to_owned(),
                fault,
            }));
        }
    }
    found
}

/// Returns both deductions of a line with the kind of voucher each takes.
pub fn deductions(line: &FeeLine) -> [(VoucherKind, &Deduction); 2] {
    [
        (VoucherKind::Cash, &line.voucher),
        (VoucherKind::Reduction, &line.reduction),
    ]
}

fn voucher(
    scope: Scope,
    line: &FeeLine,
    (kind, deduction): (VoucherKind, &Deduction),
    around: &Around<'_>,
    on: Day,
) -> Result<(), VoucherFault> {
    let number = deduction.number.trim();
    let voucher = around.vouchers.iter().find(|one| one.number == number);
    let own = around.person(line.person).map(|person| person.household);
    let household = own.or(scope.household()).ok_or(VoucherFault::Owner)?;
    voucher.ok_or(VoucherFault::Unknown)?.check(&Use {
        kind,
        amount: deduction.amount,
        person: line.person,
        household,
        on,
    })
}
