//! `cunyi drop`: gives up a form in progress.

use clap::Args;
use serde_json::{Value, json};

use super::{
    decided,
    open::Session,
    print::{Answer, Trouble},
    visit,
};
use crate::desk::Command;

/// What `drop` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "FORM")]
    form: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Gives the form up.
///
/// # Errors
/// Refuses without a reason, and a form that is not in progress.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let person = session.person(&arguments.person)?;
    let form = visit::form(session, &arguments.form)?.to_owned();
    let command = Command::DropForm {
        person,
        form: form.clone(),
        reason: arguments.reason.clone(),
    };
    session.change(command)?;
    let mut answer = decided::without_contact(session, person)?;
    if let Value::Object(document) = &mut answer.json {
        document.insert("dropped".to_owned(), json!(form));
    }
    Ok(answer)
}
