//! What is paid: value-added packages, fee lines, refunds, as an agreement's papers show them.

use super::Told;
use crate::{
    domain::{
        agreement::{
            money::{Deduction, FeeLine, Fen, Refund},
            package::{BASIC, Package},
        },
        id::PersonId,
    },
    paper::print::{Block, Grid},
};

/// The free package every member has.
pub(super) const BASIC_NAME: &str = "基础服务包";
const NO_EXTRAS: &str = "（没有选择增值服务包。）";

/// The value-added packages, or that there is none.
pub(super) fn packages(told: &Told<'_>) -> Vec<Block> {
    let contract = told.contract;
    if contract.packages.is_empty() {
        return vec![Block::Text(NO_EXTRAS.to_owned())];
    }
    let mut grid = Grid::of(&[
        ("增值服务包", 16),
        ("内容和每年次数", 26),
        ("定价(元/人/年)", 14),
        ("选择的成员", 16),
    ]);
    grid.rows = contract
        .packages
        .iter()
        .map(|package| {
            let items = package.items.iter();
            let items: Vec<String> = items
                .map(|item| format!("{}{}次", item.name, item.times))
                .collect();
            let chose = contract
                .members
                .iter()
                .filter(|one| one.extras.contains(&package.code));
            let names: Vec<&str> = chose.map(|one| one.name.as_str()).collect();
            vec![
                package.name.clone(),
                items.join("，"),
                package.price.to_string(),
                names.join("、"),
            ]
        })
        .collect();
    vec![Block::Table(grid)]
}

fn name_of(told: &Told<'_>, person: PersonId) -> String {
    let members = told.contract.members.iter();
    let mut named = members.filter(|member| member.person == person);
    named
        .next()
        .map_or_else(|| person.to_string(), |member| member.name.clone())
}

/// The fee lines with their sum.
pub(super) fn fees(told: &Told<'_>) -> Grid {
    let mut grid = Grid::of(&[
        ("协议年", 6),
        ("成员", 8),
        ("服务包", 12),
        ("定价", 7),
        ("医保", 7),
        ("公卫", 7),
        ("券抵扣", 7),
        ("其他", 7),
        ("自付", 7),
    ]);
    let fees = &told.contract.fees;
    grid.rows = fees.iter().map(|line| fee_row(line, told)).collect();
    let sum = |part: fn(&FeeLine) -> Fen| fees.iter().map(part).sum::<Fen>().to_string();
    grid.rows.push(vec![
        "合计".to_owned(),
        String::new(),
        String::new(),
        sum(|line| line.price),
        sum(|line| line.insurance),
        sum(|line| line.public_fund),
        sum(|line| line.voucher.amount + line.reduction.amount),
        sum(|line| line.other),
        sum(|line| line.resident),
    ]);
    grid
}

fn fee_row(line: &FeeLine, told: &Told<'_>) -> Vec<String> {
    let used = |deduction: &Deduction| {
        let is_used = !deduction.number.is_empty();
        is_used.then(|| format!("{} {}", deduction.amount, deduction.number))
    };
    let vouchers: Vec<String> = [&line.voucher, &line.reduction]
        .into_iter()
        .filter_map(used)
        .collect();
    let vouchers = match vouchers.as_slice() {
        [] => Fen::ZERO.to_string(),
        used => used.join("\n"),
    };
    vec![
        format!("第{}年", line.year),
        name_of(told, line.person),
        package_name(&line.package, &told.contract.packages),
        line.price.to_string(),
        line.insurance.to_string(),
        line.public_fund.to_string(),
        vouchers,
        line.other.to_string(),
        line.resident.to_string(),
    ]
}

/// What is given back.
pub(super) fn refunds(told: &Told<'_>) -> Grid {
    let mut grid = Grid::of(&[
        ("成员", 12),
        ("协议年", 8),
        ("服务包", 24),
        ("退费(元)", 12),
    ]);
    let refunds: &[Refund] = told.ending.map_or(&[], |ending| &ending.refunds);
    let row = |refund: &Refund| {
        vec![
            name_of(told, refund.person),
            format!("第{}年", refund.year),
            package_name(&refund.package, &told.contract.packages),
            refund.amount.to_string(),
        ]
    };
    grid.rows = refunds.iter().map(row).collect();
    let sum: Fen = refunds.iter().map(|refund| refund.amount).sum();
    grid.rows.push(vec![
        "合计".to_owned(),
        String::new(),
        String::new(),
        sum.to_string(),
    ]);
    grid
}

/// Returns the package's name, or its code where it is not known.
pub(super) fn package_name(code: &str, packages: &[Package]) -> String {
    if code == BASIC {
        return BASIC_NAME.to_owned();
    }
    let package = packages.iter().find(|package| package.code == code);
    package.map_or_else(|| code.to_owned(), |package| package.name.clone())
}
