//! `cunyi demo`: builds the practice village and opens it.

use clap::Args;

use super::{
    Call,
    print::{Answer, Trouble},
};

/// What `demo` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "N")]
    people: Option<u32>,
}

/// Runs the command.
///
/// # Errors
/// Refuses until it is built.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    let _ = (call, arguments);
    Err(Trouble::input("E-COMMAND", None, "demo"))
}
