//! `cunyi settings`: the clinic's settings, their history, and changing them.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{
    open::{self, Session},
    print::{self, Answer, Trouble},
    wording,
};
use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Command, Question, Reply,
        reply::{SettingTold, SettingView, SettingsPreview, SettingsView},
    },
    domain::{
        aspect::{Aspect, Seen},
        id::StaffId,
        refusal::RecordRefusal,
        settings::{Section, SettingFault, SettingProblem, Values},
        text::Text,
    },
    lang::settings as words,
};

/// What `settings` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Set {
        #[arg(value_name = "KEY=VALUE", required = true)]
        values: Vec<String>,
        #[arg(long)]
        dry_run: bool,
    },
    History {
        #[arg(value_name = "KEY")]
        key: Option<String>,
    },
}

/// Lists, changes, or tells the history.
///
/// # Errors
/// Refuses unknown keys and values out of range, all at once, staff of other roles, and
/// sections that changed meanwhile.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    match &arguments.action {
        None | Some(Action::List) => Ok(list(session, &view(session)?)),
        Some(Action::Set { values, dry_run }) => {
            let values = read(session, values)?;
            set(session, &values, *dry_run)
        }
        Some(Action::History { key }) => history(session, key.as_deref()),
    }
}

fn view(session: &Session<'_>) -> Result<SettingsView, Trouble> {
    // Whoever only looks need not say who they are.
    let by = session.user().unwrap_or(StaffId(0));
    match session.ask(Question::Settings { by })? {
        Reply::Settings(view) => Ok(*view),
        _ => Err(open::unexpected()),
    }
}

fn list(session: &Session<'_>, view: &SettingsView) -> Answer {
    let lang = session.call.lang;
    let rows: Vec<Value> = view.settings.iter().map(row).collect();
    let cells = |setting: &SettingView| {
        let definition = &setting.definition;
        let shape = definition.shape;
        vec![
            setting.section.name().get(lang).to_owned(),
            definition.key.clone(),
            if setting.is_own { "*" } else { "" }.to_owned(),
            words::value(shape, &setting.value, lang),
            words::value(shape, &definition.default, lang),
            words::range(definition, lang),
            definition.label.get(lang).to_owned(),
        ]
    };
    let cells: Vec<Vec<String>> = view.settings.iter().map(cells).collect();
    let heads = [SECTION, KEY, OWN, VALUE, DEFAULT, RANGE, wording::WHAT];
    let text = print::table(lang, &heads, &cells);
    Answer::new(json!({"edition": view.edition, "settings": rows}), text)
}

fn row(setting: &SettingView) -> Value {
    let definition = &setting.definition;
    let last = setting.history.first();
    json!({
        "key": definition.key,
        "section": setting.section.code(),
        "value": setting.value,
        "default": definition.default,
        "low": definition.low,
        "high": definition.high,
        "changed": setting.is_own,
        "since": last.map(|told| told.since),
        "by": last.map(|told| told.by.as_str()),
    })
}

/// Reads `KEY=VALUE`.
fn read(session: &Session<'_>, given: &[String]) -> Result<Values, Trouble> {
    let mut values = Values::new();
    for text in given {
        let Some((key, value)) = text.split_once('=') else {
            let say = session.call.say(NO_PAIR);
            return Err(Trouble::input(
                "E-INPUT",
                Some(text),
                format!("{text}{say}"),
            ));
        };
        values.insert(key.trim().to_owned(), value.trim().to_owned());
    }
    Ok(values)
}

fn set(session: &Session<'_>, values: &Values, is_dry: bool) -> Result<Answer, Trouble> {
    let repeated = session.repeated()?.is_some();
    let seen: Vec<Seen> = view(session)?.seen;
    let question = Question::SettingsPreview {
        values: values.clone(),
    };
    let Reply::SettingsPreview(preview) = session.ask(question)? else {
        return Err(open::unexpected());
    };
    if !preview.problems.is_empty() {
        let refusal = RecordRefusal::Settings(preview.problems);
        return Err(Trouble::refused(&refusal.into(), session.call.lang));
    }
    if !is_dry || repeated {
        let concerns = |seen: &Seen| {
            let mut keys = values.keys().filter_map(|key| Section::of(key));
            keys.any(|section| seen.aspect == Aspect::Settings(section))
        };
        let seen = seen.into_iter().filter(concerns).collect();
        let values = values.clone();
        session.change_seen(seen, Command::ChangeSettings { values })?;
    }
    let edition = view(session)?.edition;
    Ok(told(session, &preview, edition, is_dry))
}

fn told(session: &Session<'_>, preview: &SettingsPreview, edition: u32, is_dry: bool) -> Answer {
    let lang = session.call.lang;
    let moves = &preview.moves;
    let changes: Vec<Value> = preview
        .changes
        .iter()
        .map(|(key, before, after)| json!({"key": key, "before": before, "after": after}))
        .collect();
    let document = json!({
        "dry_run": is_dry,
        "edition": edition,
        "changes": changes,
        "due_moved": moves.due,
        "tasks_added": moves.added,
        "tasks_dropped": moves.gone,
        "people": moves.people,
        "queue_more": moves.rows_more,
        "queue_less": moves.rows_less,
        "aside_more": moves.aside_more,
        "aside_less": moves.aside_less,
        "kept": moves.kept,
    });
    if preview.changes.is_empty() {
        return Answer::new(document, session.call.say(NOTHING).to_owned());
    }
    let mut lines: Vec<String> = preview
        .changes
        .iter()
        .map(|(key, before, after)| format!("{key}  {before} → {after}"))
        .collect();
    lines.extend(words::moves(moves, lang));
    if is_dry {
        lines.push(session.call.say(DRY).to_owned());
    }
    Answer::new(document, lines.join("\n") + "\n")
}

fn history(session: &Session<'_>, key: Option<&str>) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let view = view(session)?;
    if let Some(key) = key
        && !view.settings.iter().any(|s| s.definition.key == key)
    {
        let problem = SettingProblem {
            key: key.to_owned(),
            value: String::new(),
            fault: SettingFault::UnknownKey,
        };
        let refusal = RecordRefusal::Settings(vec![problem]);
        return Err(Trouble::refused(&refusal.into(), lang));
    }
    let wanted = view
        .settings
        .iter()
        .filter(|setting| key.is_none_or(|key| setting.definition.key == key));
    let mut changes: Vec<(&SettingView, &SettingTold)> = wanted
        .flat_map(|setting| setting.history.iter().map(move |told| (setting, told)))
        .collect();
    changes.arrange_by_key(|(_, told)| std::cmp::Reverse(told.edition));
    let rows: Vec<Value> = changes
        .iter()
        .map(|(setting, told)| {
            json!({
                "key": setting.definition.key,
                "before": told.before,
                "value": told.value,
                "edition": told.edition,
                "since": told.since,
                "at": told.at,
                "by": told.by,
            })
        })
        .collect();
    let cells: Vec<Vec<String>> = changes
        .iter()
        .map(|(setting, told)| {
            vec![
                told.since.to_string(),
                told.by.clone(),
                setting.definition.key.clone(),
                told.before.clone(),
                told.value.clone(),
            ]
        })
        .collect();
    let text = if cells.is_empty() {
        session.call.say(NEVER).to_owned()
    } else {
        let heads = [wording::FROM, wording::BY, KEY, BEFORE, VALUE];
        print::table(lang, &heads, &cells)
    };
    Ok(Answer::new(json!({"history": rows}), text))
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const SECTION: Text = text("部分", "section");
const KEY: Text = text("项目", "key");
const OWN: Text = text("改", "own");
const VALUE: Text = text("现值", "value");
const BEFORE: Text = text("原值", "before");
const DEFAULT: Text = text("默认", "default");
const RANGE: Text = text("范围", "range");
const NO_PAIR: Text = text(
    "：应写成 项目=值，如 htn.unsat_days=21。",
    ": write it as KEY=VALUE, as in htn.unsat_days=21.",
);
const NOTHING: Text = text(
    "现在就是这样，没有改动。\n",
    "It is so already: nothing changed.\n",
);
const NEVER: Text = text("还没有改过设置。\n", "No setting was changed yet.\n");
const DRY: Text = text("只是预览，没有改。", "Only a preview: nothing was changed.");
