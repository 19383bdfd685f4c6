//! Forms in progress: whose, since when, how far, by whom.

use serde_json::{Value, json};

use crate::{
    cli::{print, wording},
    desk::reply::{MemberView, OpenTold},
    domain::text::Lang,
    lang::open_form,
};

/// Lists what is in progress for these people; empty where nothing is.
pub fn text(members: &[MemberView], lang: Lang) -> String {
    let open = members
        .iter()
        .flat_map(|member| member.open.iter().map(move |open| (member, open)));
    let rows: Vec<Vec<String>> = open
        .map(|(member, open)| {
            vec![
                open.begun.to_string(),
                member.person.name().to_owned(),
                open.filled.form.clone(),
                open_form::in_progress(&open.title, open.progress, lang),
                open.who().join(" "),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = [
        wording::FROM,
        wording::NAME,
        wording::FORM,
        wording::WHAT_HAPPENED,
        wording::BY,
    ];
    format!("\n{}", print::table(lang, &heads, &rows))
}

/// Returns one form in progress as JSON.
pub fn document(open: &OpenTold) -> Value {
    json!({
        "form": open.filled.form,
        "edition": open.filled.edition,
        "begun": open.begun,
        "sections_done": open.progress.done,
        "sections": open.progress.all,
        "by_names": open.who(),
    })
}
