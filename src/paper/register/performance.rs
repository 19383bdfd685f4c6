//! The 家庭医生式服务绩效统计表 of a doctor.
//!
//! What residents think of it is written in by hand.

use std::collections::BTreeSet;

use super::{
    Told, groups,
    listing::{Heading, Listing, text, whole},
    share,
};
use crate::{
    domain::agreement::{
        performance::{ItemDone, Performance, Row},
        promise::Item,
    },
    paper::export::TableCell,
};

const COLUMNS: [Heading; 8] = [
    Heading::of("signed", "日期", 10),
    Heading::of("head", "户主", 10),
    Heading::of("persons", "人数", 4),
    Heading::of("key_groups", "重点人群分类", 16),
    Heading::of("packages", "服务包", 14),
    Heading::of("services", "服务项目与次数(完成/应完成)", 30),
    Heading::of("opinion", "居民评价", 16),
    Heading::of("note", "备注", 20),
];

/// Returns the table.
pub fn performance(table: &Performance<'_>, told: &Told) -> Listing {
    let pair = |label: &str, value: String| (label.to_owned(), value);
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    Listing {
        title: "家庭医生式服务绩效统计表".to_owned(),
        head: vec![
            pair("机构", told.clinic.clone()),
            pair("责任医生", told.doctor(table.doctor)),
            pair("签约日期", format!("{}至{}", table.from, table.until)),
        ],
        columns: COLUMNS.to_vec(),
        rows: table.rows.iter().map(|one| row(one, told)).collect(),
        foot: vec![
            pair("协议合计", table.rows.len().to_string()),
            pair("人数合计", table.persons.len().to_string()),
            pair(
                "完成/应完成",
                share(count(table.done), count(table.required)),
            ),
            pair("到期项目履约率", share(count(table.kept), count(table.due))),
        ],
        signs: vec!["责任医生签字".to_owned()],
    }
}

fn row(row: &Row<'_>, told: &Told) -> Vec<TableCell> {
    let signed = row.of.agreement.signed();
    let members = signed
        .map(|signed| signed.members.iter())
        .into_iter()
        .flatten();
    let extras: BTreeSet<&String> = members.flat_map(|member| &member.extras).collect();
    let behind: BTreeSet<_> = row.items.iter().flat_map(|item| &item.behind).collect();
    let note = if behind.is_empty() {
        String::new()
    } else {
        format!("{}人有项目未按时", behind.len())
    };
    vec![
        TableCell::Date(row.on),
        text(row.of.head.clone()),
        whole(row.persons.len()),
        text(groups(&row.key)),
        text(told.packages(&extras)),
        text(row.items.iter().map(item).collect::<Vec<_>>().join("；")),
        TableCell::Empty,
        text(note),
    ]
}

fn item(item: &ItemDone) -> String {
    let name = match &item.item {
        Item::Basic(service) => service.name().zh,
        Item::Extra { name, .. } => name,
    };
    format!("{name}{}/{}", item.done, item.required)
}
