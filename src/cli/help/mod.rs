//! The help texts, both languages side by side, laid over the command line as clap reads it.
//!
//! Which arguments there are stands with each subcommand; a test finds any without words.

mod commands;
mod words;

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};

use super::arguments::Arguments;
use crate::domain::text::{Lang, Text};
use commands::COMMANDS;
use words::ARGUMENTS;

/// Returns the arguments with `help visit` read as `visit --help`.
pub fn asked(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// Returns the command line with its words in `lang`.
pub fn command(lang: Lang) -> Command {
    let mut command = worded(Arguments::command(), "", lang);
    if lang == Lang::Zh {
        command = command.subcommand_value_name("命令");
        command.build();
        usage(&mut command);
    }
    command
}

fn worded(command: Command, name: &str, lang: Lang) -> Command {
    let template = match lang {
        Lang::Zh => "{about}\n\n用法：{usage}\n\n{all-args}\n",
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}\n",
    };
    let (commands, options, positional) = match lang {
        Lang::Zh => ("命令", "选项", "参数"),
        Lang::En => ("Commands", "Options", "Arguments"),
    };
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(commands)
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                positional
            } else {
                options
            };
            let help = argument_text(name, argument.get_id().as_str());
            argument
                .help_heading(heading)
                .help(help.map_or("", |text| text.get(lang)))
        });
    if let Some((_, about)) = COMMANDS.iter().find(|(known, _)| *known == name) {
        command = command.about(about.get(lang)).long_about(None);
    }
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        worded(sub, &name, lang)
    })
}

fn argument_text(command: &str, argument: &str) -> Option<Text> {
    let own = format!("{command}.{argument}");
    let find = |key: &str| ARGUMENTS.iter().find(|(known, _)| *known == key);
    find(&own).or_else(|| find(argument)).map(|(_, text)| *text)
}

/// Puts the holes of the usage line into Chinese; their words are fixed otherwise.
fn usage(command: &mut Command) {
    let shown = command.render_usage().to_string();
    let shown = shown
        .trim_start_matches("Usage:")
        .trim()
        .replace("[OPTIONS]", "[选项]");
    let mut own = std::mem::take(command).override_usage(shown);
    own.get_subcommands_mut().for_each(usage);
    *command = own;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_words() {
        let mut command = Arguments::command();
        command.build();
        let mut without = Vec::new();
        let below = command.get_subcommands().flat_map(|sub| {
            let nested = sub.get_subcommands();
            std::iter::once(sub).chain(nested)
        });
        for sub in std::iter::once(&command).chain(below) {
            let name = if sub.get_name() == "cunyi" {
                ""
            } else {
                sub.get_name()
            };
            if !COMMANDS.iter().any(|(known, _)| *known == name) {
                without.push(name.to_owned());
            }
            for argument in sub.get_arguments() {
                let id = argument.get_id().as_str();
                if argument_text(name, id).is_none() {
                    without.push(format!("{name}.{id}"));
                }
            }
        }
        assert_eq!(without, Vec::<String>::new());
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(lang).debug_assert();
        }
    }
}
