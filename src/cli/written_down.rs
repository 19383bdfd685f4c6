//! A new recovery code stands on paper before it counts: its end is typed back from there, as in
//! the window. Until then the code before opens the data.

use std::io::{self, IsTerminal as _};

use super::{
    Call,
    print::{self, Trouble},
    wording,
};
use crate::{desk::entrance::Recovery, domain::text::Text};

/// Slips that are borne before it is given up.
const TRIES: usize = 5;

/// Whether a new code is proven on paper, or taken from what the call prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Retyped,
    /// `--no-retype`: a program takes the code and keeps it.
    Printed,
}

impl Proof {
    /// Returns what a call wants.
    ///
    /// # Errors
    /// Refuses to have it typed back where nobody sits at a terminal.
    pub fn of(call: &Call, no_retype: bool) -> Result<Self, Trouble> {
        match (no_retype, io::stdin().is_terminal()) {
            (true, _) => Ok(Self::Printed),
            (false, true) => Ok(Self::Retyped),
            (false, false) => {
                let message = call.say(NO_TERMINAL);
                Err(Trouble::input("E-AUTH-PAPER", Some("--no-retype"), message))
            }
        }
    }

    /// Shows the code and has its end typed back, where it is to be.
    ///
    /// # Errors
    /// Refuses where nothing was typed, or something else too often: nothing is changed then.
    pub fn ask(self, call: &Call, code: &Recovery) -> Result<(), Trouble> {
        if self == Self::Printed {
            return Ok(());
        }
        let shown = code.to_string();
        print::ask(&wording::recovery(&shown, call.lang));
        for _ in 0..TRIES {
            match line(call.say(LAST))? {
                typed if typed.trim().is_empty() => break,
                typed if code.ends_with(&typed) => return Ok(()),
                _ => print::remark(call.say(DIFFERENT)),
            }
        }
        let message = call.say(GIVEN_UP);
        Err(Trouble::input("E-AUTH-PAPER", None, message))
    }

    /// Returns the code as a text to be printed where it was not shown yet.
    pub fn told(self, shown: &str, call: &Call) -> String {
        match self {
            Self::Retyped => String::new(),
            Self::Printed => wording::recovery(shown, call.lang),
        }
    }
}

/// Asks a question at the terminal that is answered with yes or no.
///
/// # Errors
/// Fails with the terminal.
pub fn is_agreed(question: &str) -> Result<bool, Trouble> {
    let answer = line(question)?;
    let answer = answer.trim().to_lowercase();
    Ok(matches!(answer.as_str(), "y" | "yes" | "是"))
}

fn line(prompt: &str) -> Result<String, Trouble> {
    print::ask(prompt);
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|cause| Trouble::machine(&cause))?;
    Ok(line)
}

const LAST: Text = Text {
    zh: "抄好后，看着纸输入恢复码的最后四个字符（直接回车是不换了）：",
    en: "Once it is on paper, type its last four characters from there (Enter alone gives up): ",
};
const DIFFERENT: Text = Text {
    zh: "和恢复码不一样，请对照着再输一次。",
    en: "Not the same as the code: compare, and type them again.",
};
const GIVEN_UP: Text = Text {
    zh: "什么都没有改动，刚才显示的恢复码没有用，原来的照旧有效。",
    en: "Nothing was changed: the code just shown opens nothing, the one before still does.",
};
const NO_TERMINAL: Text = Text {
    zh: "新恢复码要照着纸输对最后四个字符才生效，请在终端里运行；由脚本收好恢复码的，加 --no-retype。",
    en: "A new recovery code counts once its last four characters are typed back from paper: run this at a terminal; where a script takes the code and keeps it, add --no-retype.",
};
