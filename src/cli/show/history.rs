//! Where a person lived, and who last changed what is kept of them.

use crate::{
    cli::{print, wording},
    desk::reply::PersonView,
    domain::{clock, text::Lang},
    lang::{card, refusals},
};

/// Lists the households a person belonged to, the last first.
pub fn stays(view: &PersonView, lang: Lang) -> String {
    let heads = [
        wording::FROM,
        wording::UNTIL,
        wording::HOUSEHOLD,
        wording::CAME,
        wording::WENT,
    ];
    let rows: Vec<Vec<String>> = view
        .stays
        .iter()
        .rev()
        .map(|stay| {
            let place = view.homes.get(&stay.household);
            let place = place.map_or("", String::as_str);
            vec![
                stay.from.map_or_else(
                    || wording::EARLIER.get(lang).to_owned(),
                    |day| day.to_string(),
                ),
                stay.until.map_or_else(String::new, |day| day.to_string()),
                format!("{} {place}", stay.household),
                stay.joined_by
                    .map_or("", |why| why.name().get(lang))
                    .to_owned(),
                stay.left_by
                    .map_or("", |why| why.name().get(lang))
                    .to_owned(),
            ]
        })
        .collect();
    format!("\n{}", print::table(lang, &heads, &rows))
}

/// Lists who last changed what, and who opened the record.
pub fn changes(view: &PersonView, lang: Lang) -> String {
    let heads = [wording::CHANGED, wording::BY, wording::WHAT_HAPPENED];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for told in &view.changes {
        let at = format!("{} {}", clock::day_of(told.at), clock::time_of(told.at));
        let cause = refusals::record::cause(&told.cause).get(lang).to_owned();
        rows.push(vec![at, told.by.clone(), cause]);
        let fields = told
            .fields
            .iter()
            .map(|change| card::change(&view.form, change, lang));
        rows.extend(fields.map(|field| vec![String::new(), String::new(), field]));
    }
    rows.push(vec![
        view.member.person.created.to_string(),
        view.creator.clone(),
        wording::OPENED.get(lang).to_owned(),
    ]);
    format!("\n{}", print::table(lang, &heads, &rows))
}
