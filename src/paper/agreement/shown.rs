//! The tables and lists of facts an agreement's papers show.

use super::{
    Covered, Signs, Told,
    fill::{day, number, or_blank},
    money::{BASIC_NAME, fees, package_name, packages, refunds},
};
use crate::domain::order::Arrange as _;
use crate::{
    catalog::papers::{Paper, Show},
    domain::agreement::{
        package::Package,
        promise::{Contact, Item, Line, Often},
        signed::LeaveReason,
    },
    paper::print::{Block, Column, Grid, Signing},
};

/// Says whether there is something to show.
pub(super) fn has(show: Show, told: &Told<'_>) -> bool {
    let contract = told.contract;
    match show {
        Show::Parties | Show::Signatures => true,
        Show::Members | Show::Services => !members(told).is_empty(),
        Show::Packages => !contract.packages.is_empty(),
        Show::Fees => !contract.fees.is_empty(),
        Show::LeftOut => !contract.left_out.is_empty(),
        Show::Joined => told.supplement.is_some_and(|page| !page.joined.is_empty()),
        Show::Left => told.supplement.is_some_and(|page| !page.left.is_empty()),
        Show::Ending => told.ending.is_some(),
        Show::Refunds => told.ending.is_some_and(|ending| !ending.refunds.is_empty()),
    }
}

/// Returns the blocks of one place.
pub(super) fn blocks(show: Show, told: &Told<'_>) -> Vec<Block> {
    match show {
        Show::Parties => parties(told),
        Show::Members => vec![Block::Table(member_table(told))],
        Show::Services => vec![Block::Table(services(&members(told)))],
        Show::Packages => packages(told),
        Show::Fees => vec![Block::Table(fees(told))],
        Show::LeftOut => vec![Block::Table(left_out(told))],
        Show::Joined => vec![Block::Table(joined(told))],
        Show::Left => vec![Block::Table(left(told))],
        Show::Ending => ending(told),
        Show::Refunds => vec![Block::Table(refunds(told))],
        Show::Signatures => vec![Block::Signatures(signatures(told))],
    }
}

/// Those the paper is about: on a supplement page those who join.
fn members<'a>(told: &Told<'a>) -> Vec<&'a Covered> {
    match told.supplement {
        Some(page) => page.joined.iter().map(|(member, _)| member).collect(),
        None => told.contract.members.iter().collect(),
    }
}

fn parties(told: &Told<'_>) -> Vec<Block> {
    let (clinic, residents) = (&told.contract.clinic, &told.contract.residents);
    let pair = |label: &str, value: &str| (label.to_owned(), or_blank(value));
    let team = Some(&clinic.team).filter(|team| !team.is_empty());
    let mut pairs = vec![
        ("协议编号".to_owned(), number(told.contract)),
        pair("甲方（服务方）", &clinic.name),
        pair("签约方式", clinic.kind.name().zh),
        pair("家庭医生", &clinic.doctor),
        pair("执业证书号", &clinic.licence),
    ];
    pairs.extend(team.map(|team| pair("服务团队", team)));
    pairs.extend([
        pair("医生电话", &clinic.phone),
        pair("服务时间", &clinic.hours),
        pair("乙方（户主或单位）", &residents.head),
        pair("乙方代表", &residents.representative),
    ]);
    if !residents.household_no.is_empty() {
        pairs.push(pair("家庭编号", &residents.household_no));
    }
    pairs.push(pair("乙方电话", &residents.phone));
    pairs.push(pair("住址", &residents.address));
    vec![Block::Pairs(pairs)]
}

fn member_table(told: &Told<'_>) -> Grid {
    let mut grid = Grid::of(&[
        ("姓名", 8),
        ("性别", 4),
        ("出生日期", 10),
        ("身份证号", 18),
        ("与户主关系", 10),
        ("人群分类", 12),
        ("服务包", 14),
        ("本人/监护人签字", 24),
    ]);
    let packages = &told.contract.packages;
    grid.rows = members(told)
        .into_iter()
        .map(|member| member_row(member, packages))
        .collect();
    grid
}

fn member_row(member: &Covered, packages: &[Package]) -> Vec<String> {
    let groups: Vec<&str> = member.tags.iter().map(|tag| tag.short().zh).collect();
    let extras = member
        .extras
        .iter()
        .map(|code| package_name(code, packages));
    let chosen: Vec<String> = std::iter::once(BASIC_NAME.to_owned())
        .chain(extras)
        .collect();
    let signs = match &member.signs {
        Signs::Himself => String::new(),
        Signs::Guardian { name, relation } => {
            let who = format!("{relation} {name}");
            format!(
                "监护人{}：",
                Some(who.trim())
                    .filter(|who| !who.is_empty())
                    .map(|who| format!("（{who}）"))
                    .unwrap_or_default()
            )
        }
    };
    vec![
        member.name.clone(),
        member.sex.name().zh.to_owned(),
        member
            .birth
            .map_or_else(String::new, |birth| birth.to_string()),
        member.id_no.clone(),
        member.relation.clone(),
        groups.join("、"),
        chosen.join("、"),
        signs,
    ]
}

/// One row an item: how often, how, and for whom.
fn services(members: &[&Covered]) -> Grid {
    let mut lines: Vec<(&Line, Vec<&str>)> = Vec::new();
    for member in members {
        for line in &member.promise {
            match lines.iter_mut().find(|(known, _)| *known == line) {
                Some((_, names)) => names.push(&member.name),
                None => lines.push((line, vec![&member.name])),
            }
        }
    }
    // Items in the official order, those of value-added packages last.
    lines.arrange_by(|(one, _), (other, _)| one.item.cmp(&other.item));
    let mut grid = Grid::of(&[
        ("服务项目", 20),
        ("每年次数", 12),
        ("方式", 6),
        ("成员", 24),
    ]);
    grid.rows = lines
        .into_iter()
        .map(|(line, names)| {
            let whom = if 1 < members.len() && names.len() == members.len() {
                "全体成员".to_owned()
            } else {
                names.join("、")
            };
            vec![
                item(&line.item),
                often(line.often),
                contact(line.contact),
                whom,
            ]
        })
        .collect();
    grid
}

fn item(item: &Item) -> String {
    match item {
        Item::Basic(service) => service.name().zh.to_owned(),
        Item::Extra { name, .. } => name.clone(),
    }
}

fn often(often: Often) -> String {
    match often {
        Often::Yearly(times) => format!("{times}次"),
        Often::Scheduled => "按规范时间".to_owned(),
        Often::AsNeeded => "随时".to_owned(),
    }
}

fn contact(contact: Contact) -> String {
    match contact {
        Contact::FaceToFace => "面对面",
        Contact::Any => "均可",
    }
    .to_owned()
}

fn left_out(told: &Told<'_>) -> Grid {
    let mut grid = Grid::of(&[("姓名", 12), ("未签原因", 16), ("说明", 40)]);
    let rows = told.contract.left_out.iter().map(|left| {
        let reason = left.reason.name().zh.to_owned();
        vec![left.name.clone(), reason, left.note.clone()]
    });
    grid.rows = rows.collect();
    grid
}

fn joined(told: &Told<'_>) -> Grid {
    let mut grid = member_table(told);
    grid.columns.insert(1, Column::of("服务起始日", 10));
    let joined = told.supplement.map_or(&[][..], |page| &page.joined);
    for (row, (_, from)) in grid.rows.iter_mut().zip(joined) {
        row.insert(1, from.to_string());
    }
    grid
}

fn left(told: &Told<'_>) -> Grid {
    let mut grid = Grid::of(&[
        ("姓名", 10),
        ("最后服务日", 10),
        ("原因", 26),
        ("本人/监护人签字", 24),
    ]);
    let leaving = told.supplement.map_or(&[][..], |page| &page.left);
    let rows = leaving.iter().map(|one| {
        let (reason, signs) = match &one.reason {
            LeaveReason::Died => ("去世".to_owned(), "（不需签字）"),
            LeaveReason::RecordedTwice => ("重复建档，并入另一份档案".to_owned(), "（不需签字）"),
            LeaveReason::OtherHousehold { to } => (format!("转到另一户（{to}）"), ""),
            LeaveReason::MovedOut { to } => (format!("迁出，迁往{to}"), ""),
            LeaveReason::OptsOut { .. } => ("本人不再参加".to_owned(), ""),
        };
        vec![
            one.name.clone(),
            one.last_day.to_string(),
            reason,
            signs.to_owned(),
        ]
    });
    grid.rows = rows.collect();
    grid
}

fn ending(told: &Told<'_>) -> Vec<Block> {
    let Some(ending) = told.ending else {
        return Vec::new();
    };
    let notice = &ending.notice;
    let pair = |label: &str, value: String| (label.to_owned(), value);
    let reason = match notice.note.trim() {
        "" => notice.reason.name().zh.to_owned(),
        note => format!("{}，{note}", notice.reason.name().zh),
    };
    vec![Block::Pairs(vec![
        pair("解约单编号", or_blank(&ending.sheet)),
        pair("提出人", or_blank(&ending.by)),
        pair("提出日期", day(Some(notice.on))),
        pair("提出方式", notice.way.name().zh.to_owned()),
        pair("解约原因", reason),
        pair("最后服务日", day(ending.last_day)),
    ])]
}

fn signatures(told: &Told<'_>) -> Vec<Signing> {
    match told.paper {
        Paper::RenewalNotice => vec![Signing::of("乙方代表签字")],
        Paper::Agreement | Paper::Supplement | Paper::EndSheet => {
            let seal = if told.contract.clinic.kind.is_individual() {
                None
            } else {
                Some(Signing::of("甲方（盖章）"))
            };
            let both = [Signing::of("甲方家庭医生签字"), Signing::of("乙方代表签字")];
            seal.into_iter().chain(both).collect()
        }
    }
}
