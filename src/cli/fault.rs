//! What is wrong with the arguments as typed, said in the user's language.

use std::process::ExitCode;

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::print::{self, Trouble};
use crate::domain::text::Lang;

/// Tells of arguments that cannot be read; help and version are no faults.
pub fn told(error: &Error, lang: Lang, json: bool) -> ExitCode {
    if !error.use_stderr() {
        // Nobody is left to be told when the pipe is closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let field = context(error, ContextKind::InvalidArg);
    let message = sentence(error, lang);
    let field = field.as_deref().map(|field| {
        let end = field.find([' ', '=']).unwrap_or(field.len());
        field.get(..end).unwrap_or(field)
    });
    print::trouble(&Trouble::input("E-ARGUMENT", field, message), json)
}

fn sentence(error: &Error, lang: Lang) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let command = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    let meant = context(error, ContextKind::SuggestedArg)
        .or_else(|| context(error, ContextKind::SuggestedSubcommand));
    let said = match (error.kind(), lang) {
        (ErrorKind::MissingRequiredArgument, Lang::Zh) => format!("还缺 {argument}。"),
        (ErrorKind::MissingRequiredArgument, Lang::En) => format!("{argument} is missing."),
        (ErrorKind::InvalidSubcommand, Lang::Zh) => format!("没有 {command} 这个命令。"),
        (ErrorKind::InvalidSubcommand, Lang::En) => format!("There is no command {command}."),
        (ErrorKind::UnknownArgument, Lang::Zh) => format!("不认识 {argument}。"),
        (ErrorKind::UnknownArgument, Lang::En) => format!("{argument} is not known here."),
        (ErrorKind::ArgumentConflict, Lang::Zh) => {
            format!("{argument} 只能写一次，或与别的选项冲突。")
        }
        (ErrorKind::ArgumentConflict, Lang::En) => {
            format!("{argument} stands twice, or does not go with another option.")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::Zh) if value.is_empty() => {
            format!("{argument} 后面还缺内容。")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::En) if value.is_empty() => {
            format!("{argument} needs a value.")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::Zh) => {
            format!("{argument} 不能是“{value}”。")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::En) => {
            format!("{argument} cannot be \"{value}\".")
        }
        (ErrorKind::InvalidUtf8, Lang::Zh) => "有的字读不出来，请用UTF-8。".to_owned(),
        (ErrorKind::InvalidUtf8, Lang::En) => "Some text is not UTF-8.".to_owned(),
        (_, Lang::Zh) => format!("命令写得不对：{argument}{value}。"),
        (_, Lang::En) => format!("The command cannot be read: {argument}{value}."),
    };
    let allowed = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(allowed)) => allowed.as_slice(),
        _ => &[],
    };
    let said = match (allowed, lang) {
        ([], _) => said,
        (allowed, Lang::Zh) => format!("{said}可以写：{}。", allowed.join("、")),
        (allowed, Lang::En) => format!("{said} It may be: {}.", allowed.join(", ")),
    };
    match (meant, lang) {
        (Some(meant), Lang::Zh) => format!("{said}是不是 {meant}？用 --help 查看写法。"),
        (Some(meant), Lang::En) => format!("{said} Did you mean {meant}? See --help."),
        (None, Lang::Zh) => format!("{said}用 --help 查看写法。"),
        (None, Lang::En) => format!("{said} See --help."),
    }
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(" ")),
        other => Some(other.to_string()),
    }
}
