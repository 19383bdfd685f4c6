//! `cunyi import`: reads a roster of people and households.

use clap::Args;

use super::{
    open::Session,
    print::{Answer, Trouble},
};

/// What `import` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILE")]
    file: std::path::PathBuf,
}

/// Runs the command.
///
/// # Errors
/// Refuses until it is built.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let _ = (session, arguments);
    Err(Trouble::input("E-COMMAND", None, "import"))
}
