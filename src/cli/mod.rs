//! The command line: one file a subcommand, each from `desk::Request` on the same as the window.
//!
//! Exit code 0 done, 1 refused, 2 failure. One JSON document on standard output with `--json`;
//! problems are told on standard error.

mod agreement;
mod agreements;
mod arguments;
mod decided;
mod fault;
mod filling;
mod help;
mod named;
mod open;
mod papers;
mod party;
mod password;
mod permissions;
mod print;
mod progress;
mod proposed;
mod seen;
mod values;
mod wording;
mod written_down;

mod window;

mod attempt;
mod check;
mod config;
mod copies;
mod correct;
mod demo;
mod drop;
mod enrol;
mod export;
mod import;
mod init;
mod keys;
mod leave;
mod log;
mod queue;
mod recovering;
mod referral;
mod referral_print;
mod referrals;
mod register;
mod report;
mod restore;
mod seal;
mod search;
mod settings;
mod show;
mod staff;
mod visit;
mod withdraw;

use std::{
    env,
    ffi::{OsStr, OsString},
    process::ExitCode,
    sync::Arc,
};

use clap::{FromArgMatches as _, Parser as _};

use crate::{
    desk,
    domain::{
        clock::Clock,
        refusal::AccountRefusal,
        text::{Lang, Text},
    },
    lang,
};
use arguments::{Arguments, Command, Common};
use open::Session;
use print::{Answer, Trouble};

/// One call of the program: who calls, in which language, at what time.
pub(crate) struct Call {
    pub lang: Lang,
    pub common: Common,
    pub clock: Arc<dyn Clock>,
}

impl Call {
    /// Returns the wording in the language of this call.
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }
}

/// Runs the program for these arguments and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, clock: Arc<dyn Clock>) -> ExitCode {
    let arguments = help::asked(arguments.into_iter().collect());
    let json = arguments.iter().any(|argument| argument == "--json");
    let lang = match language(&arguments) {
        Ok(lang) => lang,
        Err(unknown) => {
            let trouble = Trouble::input("E-LANG", Some("--lang"), unknown.sentence());
            return print::trouble(&trouble, json);
        }
    };
    let Arguments {
        common, command, ..
    } = match parsed(arguments, lang) {
        Ok(arguments) => arguments,
        Err(error) => return fault::told(&error, lang, json),
    };
    let call = Call {
        lang,
        common,
        clock,
    };
    let answered = desk::Error::contained(|| Ok(answer(&call, command)));
    match answered.unwrap_or_else(|error: desk::Error| Err(Trouble::of(&error.into(), lang))) {
        Ok(answer) => print::answer(&answer, json),
        Err(trouble) => print::trouble(&trouble, json),
    }
}

/// Reads the arguments. The words are laid over the command line only where they are shown: that
/// is a tenth of the work before a first screen.
fn parsed(arguments: Vec<OsString>, lang: Lang) -> Result<Arguments, clap::Error> {
    if let Ok(parsed) = Arguments::try_parse_from(&arguments) {
        return Ok(parsed);
    }
    help::command(lang, help::Asked::of(&arguments))
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
}

fn answer(call: &Call, command: Option<Command>) -> Result<Answer, Trouble> {
    let open = || Session::open(call);
    read_only(call, command.as_ref())?;
    match command {
        None => window::run(call),
        Some(Command::Demo(arguments)) => demo::run(call, &arguments),
        Some(Command::Init(arguments)) => init::run(call, &arguments),
        Some(Command::Import(arguments)) => import::run(&open()?, &arguments),
        Some(Command::Export(arguments)) => export::run(&open()?, &arguments),
        Some(Command::Search(arguments)) => search::run(&open()?, &arguments),
        Some(Command::Queue(arguments)) => queue::run(&open()?, &arguments),
        Some(Command::Show(arguments)) => show::run(&open()?, &arguments),
        Some(Command::Visit(arguments)) => visit::run(&open()?, &arguments),
        Some(Command::Correct(arguments)) => correct::run(&open()?, &arguments),
        Some(Command::Withdraw(arguments)) => withdraw::run(&open()?, &arguments),
        Some(Command::Drop(arguments)) => drop::run(&open()?, &arguments),
        Some(Command::Attempt(arguments)) => attempt::run(&open()?, &arguments),
        Some(Command::Referral(arguments)) => referral::run(&open()?, &arguments),
        Some(Command::Enrol(arguments)) => enrol::run(&open()?, &arguments),
        Some(Command::Leave(arguments)) => leave::run(&open()?, &arguments),
        Some(Command::Agreement(arguments)) => agreement::run(&open()?, &arguments),
        Some(Command::Doctor(arguments)) => party::doctor::run(&open()?, &arguments),
        Some(Command::Team(arguments)) => party::team::run(&open()?, &arguments),
        Some(Command::Unit(arguments)) => party::unit::run(&open()?, &arguments),
        Some(Command::Package(arguments)) => party::package::run(&open()?, &arguments),
        Some(Command::Voucher(arguments)) => party::voucher::run(&open()?, &arguments),
        Some(Command::Report(arguments)) => report::run(&open()?, &arguments),
        Some(Command::Check(arguments)) => check::run(&open()?, &arguments),
        Some(Command::Log(arguments)) => log::run(&open()?, &arguments),
        Some(Command::Settings(arguments)) => settings::run(&open()?, &arguments),
        Some(Command::Staff(arguments)) => match arguments.recovers() {
            Some(wanted) => recovering::recover(call, &wanted),
            None => staff::run(&open()?, &arguments),
        },
        Some(Command::Backup(arguments)) => copies::back_up(&open()?, &arguments),
        Some(Command::Drill(arguments)) => copies::drill(&open()?, &arguments),
        Some(Command::Restore(arguments)) => restore::run(call, &arguments),
        Some(Command::Seal) => seal::run(call),
        Some(Command::Keys(arguments)) => keys::run(call, &arguments),
    }
}

/// Refuses what works before the door, or on a whole store, where only reading is asked for.
fn read_only(call: &Call, command: Option<&Command>) -> Result<(), Trouble> {
    let makes = matches!(
        command,
        Some(Command::Demo(_) | Command::Init(_) | Command::Restore(_) | Command::Seal)
    ) || recovers(command);
    match makes && call.common.read_only {
        true => Err(Trouble::refused(
            &AccountRefusal::ReadOnly.into(),
            call.lang,
        )),
        false => Ok(()),
    }
}

/// Says whether somebody is to be named by the recovery code.
fn recovers(command: Option<&Command>) -> bool {
    matches!(command, Some(Command::Staff(arguments)) if arguments.recovers().is_some())
}

/// Chooses the language before the arguments are read: their faults are told in it.
fn language(arguments: &[OsString]) -> Result<Lang, lang::UnknownLanguage> {
    let texts: Vec<&str> = arguments.iter().filter_map(|a| OsStr::to_str(a)).collect();
    let option = texts.iter().enumerate().find_map(|(at, text)| {
        let next = || texts.get(at + 1).copied();
        let joined = text.strip_prefix("--lang=");
        joined.or_else(|| (*text == "--lang").then(next).flatten())
    });
    let set = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    lang::choose(option, locale.as_deref())
}
