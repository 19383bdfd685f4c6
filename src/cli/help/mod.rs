//! The help texts, both languages side by side, laid over the command line as clap reads it.
//!
//! Which arguments there are stands with each subcommand; a test finds any without words.

mod agreements;
mod commands;
mod guarding;
mod parties;
mod words;

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};

use super::arguments::Arguments;
use crate::{
    catalog::Catalog,
    domain::{
        programmes::PROGRAMMES,
        text::{Lang, Text},
        visit::VISIT_FORMS,
    },
};
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

/// Returns the command line with its words in `lang`; where help is asked for, with all that
/// can be written for a form.
pub fn command(lang: Lang, asked: Asked) -> Command {
    let catalog = match asked {
        Asked::Help => Catalog::built_in().ok(),
        Asked::Work => None,
    };
    let words = Words {
        lang,
        catalog: catalog.as_ref(),
    };
    let mut command = words.of(Arguments::command(), "");
    if lang == Lang::Zh {
        command.build();
        usage(&mut command);
    }
    command
}

/// What the command line is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Help,
    /// Only what is wrong is told: nothing needs to be looked up.
    Work,
}

impl Asked {
    /// Returns what these arguments ask for.
    pub fn of(arguments: &[OsString]) -> Self {
        let is_help = |argument: &OsString| argument == "-h" || argument == "--help";
        match arguments.iter().any(is_help) {
            true => Self::Help,
            false => Self::Work,
        }
    }
}

/// The words, and where names of forms stand.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    lang: Lang,
    catalog: Option<&'a Catalog>,
}

impl Words<'_> {
    fn of(self, command: Command, name: &str) -> Command {
        let lang = self.lang;
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
                let help = self.argument(name, argument.get_id().as_str());
                argument.help_heading(heading).help(help)
            });
        if lang == Lang::Zh {
            command = command.subcommand_value_name("命令");
        }
        if let Some(about) = command_text(name) {
            command = command.about(about.get(lang)).long_about(None);
        }
        command.mut_subcommands(|sub| {
            let path = format!("{name} {}", sub.get_name());
            self.of(sub, path.trim_start())
        })
    }

    /// Returns what an argument is, and what can be written for it.
    fn argument(self, command: &str, argument: &str) -> String {
        let text = argument_text(command, argument).map_or("", |text| text.get(self.lang));
        let colon = match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        };
        let known = match argument {
            "form" => self.forms(),
            "programme" => self.programmes(),
            _ => String::new(),
        };
        match known.is_empty() {
            true => text.to_owned(),
            false if known.starts_with('\n') => format!("{text}{}{known}", colon.trim_end()),
            false => format!("{text}{colon}{known}"),
        }
    }

    fn programmes(self) -> String {
        let entered = PROGRAMMES.iter().filter(|known| known.is_entered());
        let known = entered.map(|known| format!("{} {}", known.code, known.short.get(self.lang)));
        known.collect::<Vec<_>>().join(match self.lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        })
    }

    /// One form a line.
    fn forms(self) -> String {
        let titled = VISIT_FORMS.iter().filter_map(|known| {
            let form = self.catalog?.form(known.id)?;
            Some(format!("\n{} {}", known.id, form.title.get(self.lang)))
        });
        titled.collect()
    }
}

fn command_text(path: &str) -> Option<Text> {
    let mut all = COMMANDS.iter();
    all.find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Finds the words of an argument: of this very command, of the command above it, everywhere.
fn argument_text(path: &str, argument: &str) -> Option<Text> {
    let (above, own) = path.split_once(' ').unwrap_or((path, path));
    let keys = [
        format!("{path}.{argument}"),
        format!("{above}.{argument}"),
        format!("{own}.{argument}"),
        argument.to_owned(),
    ];
    let find = |key: &String| {
        let mut all = ARGUMENTS
            .iter()
            .chain(agreements::ARGUMENTS)
            .chain(guarding::ARGUMENTS)
            .chain(parties::ARGUMENTS);
        all.find(|(known, _)| known == key).map(|(_, text)| *text)
    };
    keys.iter().find_map(find)
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
        let mut look = |path: &str, sub: &Command| {
            if command_text(path).is_none() {
                without.push(path.to_owned());
            }
            for argument in sub.get_arguments() {
                let id = argument.get_id().as_str();
                if argument_text(path, id).is_none() {
                    without.push(format!("{path}.{id}"));
                }
            }
        };
        look("", &command);
        for sub in command.get_subcommands() {
            look(sub.get_name(), sub);
            for nested in sub.get_subcommands() {
                look(&format!("{} {}", sub.get_name(), nested.get_name()), nested);
            }
        }
        assert_eq!(without, Vec::<String>::new());
    }

    #[test]
    fn help_names_every_programme_people_are_entered_in_and_every_form() {
        let help = |name: &str| {
            let mut all = command(Lang::Zh, Asked::Help);
            let sub = all.find_subcommand_mut(name).unwrap();
            sub.render_help().to_string()
        };
        for name in ["enrol", "leave"] {
            let said = help(name);
            for known in PROGRAMMES.iter().filter(|known| known.is_entered()) {
                let both = format!("{} {}", known.code, known.short.zh);
                assert!(said.contains(&both), "{name}: {both}: {said}");
            }
        }
        let said = help("visit");
        for known in VISIT_FORMS {
            assert!(said.contains(&format!("{} ", known.id)), "{}", known.id);
        }
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(lang, Asked::Help).debug_assert();
        }
    }
}
