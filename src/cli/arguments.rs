//! What can be typed after `cunyi`. The help texts stand in `help`, both languages side by side.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

use super::{
    agreement, attempt, check, copies, correct, demo, drop, enrol, export, import, init, keys,
    leave, log, party, queue, referral, report, restore, search, settings, show, staff, visit,
    withdraw,
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "cunyi",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    args_override_self = false
)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every subcommand takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Common {
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub user: Option<String>,
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_name = "ID")]
    pub request: Option<String>,
    #[arg(long = "date-is", global = true, value_name = "DATE")]
    pub date_is: Option<String>,
    #[arg(long = "read-only", global = true)]
    pub read_only: bool,
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// The subcommands, in the order people will see them.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(demo::Arguments),
    Init(init::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Search(search::Arguments),
    Queue(queue::Arguments),
    Show(show::Arguments),
    Visit(visit::Arguments),
    Correct(correct::Arguments),
    Withdraw(withdraw::Arguments),
    Drop(drop::Arguments),
    Attempt(attempt::Arguments),
    Referral(referral::Arguments),
    Enrol(enrol::Arguments),
    Leave(leave::Arguments),
    Agreement(Box<agreement::Arguments>),
    Doctor(party::doctor::Arguments),
    Team(party::team::Arguments),
    Unit(party::unit::Arguments),
    Package(party::package::Arguments),
    Voucher(party::voucher::Arguments),
    Report(report::Arguments),
    Check(check::Arguments),
    Log(log::Arguments),
    Settings(settings::Arguments),
    Staff(staff::Arguments),
    Backup(copies::Backup),
    Drill(copies::Drill),
    Restore(restore::Arguments),
    Seal,
    Keys(keys::Arguments),
}
