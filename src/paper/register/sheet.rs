//! The 签约工作登记表 of a doctor and day, and the sums of a campaign.

use std::collections::BTreeSet;

use super::{
    Told, groups,
    listing::{Heading, Listing, text, whole},
    share,
};
use crate::{
    domain::{
        agreement::{
            register::{By, Campaign, Counts, Line, Of, Sheet, SigningKind, Sums},
            signed::{Equipment, Signing},
        },
        day::Day,
        id::DoctorId,
    },
    paper::export::TableCell,
};

const COLUMNS: [Heading; 16] = [
    Heading::of("no", "序号", 4),
    Heading::of("number", "协议编号", 23),
    Heading::of("head", "户主", 8),
    Heading::of("representative", "家庭代表", 8),
    Heading::of("residents", "家庭人口", 4),
    Heading::of("covered", "签约人数", 4),
    Heading::of("key_groups", "其中重点人群", 14),
    Heading::of("kind", "签约类型", 8),
    Heading::of("packages", "服务包", 14),
    Heading::of("years", "年限", 4),
    Heading::of("term", "起止", 12),
    Heading::of("phone", "联系电话", 11),
    Heading::of("signed_by", "签字方式", 12),
    Heading::of("place", "签约地点", 4),
    Heading::of("also_done", "同时完成", 12),
    Heading::of("note", "备注", 16),
];

/// Returns the register of a day.
pub fn sheet(sheet: &Sheet<'_>, told: &Told) -> Listing {
    Listing {
        foot: foot(sheet),
        ..lines(sheet.doctor, sheet.day, &sheet.lines, told)
    }
}

/// Returns the lines of the register of a doctor and day, without its sums.
pub fn lines(doctor: DoctorId, day: Day, lines: &[Line<'_>], told: &Told) -> Listing {
    let doctor = told.doctor(doctor);
    let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let rows = (1..).zip(lines);
    Listing {
        title: "签约工作登记表".to_owned(),
        head: vec![
            pair("日期", &day.to_string()),
            pair("机构", &told.clinic),
            pair("村/社区", &told.ground),
            pair("医生", &doctor),
            pair("团队", &told.team),
            pair("登记人", &told.recorder),
            pair("天气/路线", &told.route),
            pair("携带设备", &equipment(lines)),
        ],
        columns: COLUMNS.to_vec(),
        rows: rows.map(|(number, line)| row(number, line, told)).collect(),
        foot: Vec::new(),
        signs: vec!["医生签字".to_owned()],
    }
}

/// What was carried to the signings of the day: four ticks.
fn equipment(lines: &[Line<'_>]) -> String {
    let counted = lines.iter().filter(|line| line.counts == Counts::Yes);
    let carried: BTreeSet<Equipment> = counted
        .filter_map(|line| signing(line))
        .flat_map(|signing| signing.equipment.iter().copied())
        .collect();
    let ticks = Equipment::ALL.iter().map(|one| {
        let tick = if carried.contains(one) { "√" } else { "□" };
        format!("{tick}{}", one.name().zh)
    });
    ticks.collect::<Vec<_>>().join(" ")
}

fn signing<'a>(line: &Line<'a>) -> Option<&'a Signing> {
    line.of.agreement.signed()?.signing.as_deref()
}

fn row(number: usize, line: &Line<'_>, told: &Told) -> Vec<TableCell> {
    let agreement = &line.of.agreement;
    let signed = agreement.signed();
    let signing = signing(line);
    let term = signed.map(|signed| signed.term);
    let members = signed
        .map(|signed| signed.members.iter())
        .into_iter()
        .flatten();
    let first = members.filter(|member| member.page == 0);
    let extras: BTreeSet<&String> = first.flat_map(|member| &member.extras).collect();
    let representative = signing.and_then(|signing| signing.representative.as_ref());
    let also_done = signing.map(|signing| signing.also_done.iter());
    let also_done = also_done.into_iter().flatten().map(|one| one.name().zh);
    let count = |people: usize| match (whole(people), line.counts) {
        (TableCell::Whole(count), Counts::Corrects(_)) => TableCell::Whole(-count),
        (count, _) => count,
    };
    vec![
        whole(number),
        text(
            agreement
                .number
                .as_ref()
                .map_or_else(|| "待编码".to_owned(), ToString::to_string),
        ),
        text(line.of.head.clone()),
        text(line.of.representative.clone()),
        count(line.of.residents.len()),
        count(line.covered.len()),
        text(groups(&line.key)),
        text(line.kind.name().zh.to_owned()),
        text(told.packages(&extras)),
        term.map_or(TableCell::Empty, |term| {
            TableCell::Whole(i64::from(term.years))
        }),
        text(term.map_or_else(String::new, |term| {
            format!("{}至{}", term.start, term.end())
        })),
        text(agreement.contents.phone.clone()),
        text(representative.map_or_else(String::new, |one| one.kind.name().zh.to_owned())),
        text(signing.map_or_else(String::new, |signing| signing.place.name().zh.to_owned())),
        text(also_done.collect::<Vec<_>>().join("、")),
        text(note(line)),
    ]
}

fn note(line: &Line<'_>) -> String {
    let finding = line
        .of
        .agreement
        .signed()
        .and_then(|signed| signed.voided.as_ref());
    let finding = finding.map_or("", |voided| voided.finding.name().zh);
    let counts = match line.counts {
        Counts::Yes => String::new(),
        Counts::MadeVoid(on) => format!("{on}作废（{finding}），不计数"),
        Counts::Corrects(of) => format!("更正：{of}所登协议作废（{finding}）"),
    };
    let late = line.late.map(|day| format!("{day}补录"));
    let notes = [late.unwrap_or_default(), counts];
    let notes = notes.into_iter().filter(|note| !note.is_empty());
    notes.collect::<Vec<_>>().join("；")
}

fn foot(sheet: &Sheet<'_>) -> Vec<(String, String)> {
    let pair = |label: &str, value: String| (label.to_owned(), value);
    let (day, year) = (&sheet.day_sums, &sheet.year_sums);
    vec![
        pair("当日户数合计", day.households.len().to_string()),
        pair("当日人数合计", day.persons.len().to_string()),
        pair("当日重点人群合计", day.key.len().to_string()),
        pair("本年累计户数", year.households.len().to_string()),
        pair("本年累计人数", year.persons.len().to_string()),
        pair(
            "覆盖率（人）",
            share(sheet.covered.len(), sheet.residents.len()),
        ),
    ]
}

/// Returns the sums of a campaign, each with its kinds of signing.
pub fn campaign(campaign: &Campaign, by: By, told: &Told) -> Listing {
    let title = match by {
        By::Doctor => "医生",
        By::Village => "村/社区",
        By::Day => "日期",
    };
    let mut columns = vec![
        Heading::of("of", title, 14),
        Heading::of("households", "户数", 6),
        Heading::of("persons", "人数", 6),
        Heading::of("key_persons", "重点人群", 8),
    ];
    let kinds = [
        ("new", SigningKind::New),
        ("renewal", SigningKind::Renewal),
        ("automatic", SigningKind::Automatic),
        ("change", SigningKind::Change),
    ];
    columns.extend(kinds.map(|(key, kind)| Heading::of(key, kind.name().zh, 8)));
    let row = |of: String, sums: &Sums| {
        let counts = [sums.households.len(), sums.persons.len(), sums.key.len()];
        let by_kind = kinds.map(|(_, kind)| sums.kinds.get(&kind).map_or(0, BTreeSet::len));
        let counts = counts.into_iter().chain(by_kind).map(whole);
        std::iter::once(text(of)).chain(counts).collect()
    };
    let named = |of: &Of| match of {
        Of::Doctor(doctor) => doctor.map_or_else(String::new, |doctor| told.doctor(doctor)),
        Of::Village(village) => village.clone(),
        Of::Day(day) => day.to_string(),
    };
    let sums = campaign.sums.iter().map(|(of, sums)| row(named(of), sums));
    Listing {
        title: "签约工作汇总表".to_owned(),
        head: vec![
            ("机构".to_owned(), told.clinic.clone()),
            (
                "起止".to_owned(),
                format!("{}至{}", campaign.from, campaign.until),
            ),
        ],
        columns,
        rows: sums
            .chain([row("合计".to_owned(), &campaign.total)])
            .collect(),
        foot: Vec::new(),
        signs: vec!["填报人".to_owned(), "负责人".to_owned()],
    }
}
