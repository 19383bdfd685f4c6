//! `cunyi export`: writes what the clinic owns in open formats.

use clap::Args;

use super::{
    open::Session,
    print::{Answer, Trouble},
};

/// What `export` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "WHAT")]
    what: String,
}

/// Runs the command.
///
/// # Errors
/// Refuses until it is built.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let _ = (session, arguments);
    Err(Trouble::input("E-COMMAND", None, "export"))
}
