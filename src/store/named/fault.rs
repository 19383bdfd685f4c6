//! Why bytes are not the value asked for.

use std::fmt;

use serde::de;

/// What was found wrong first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The bytes end within a value.
    End,
    /// Another kind of value than the one asked for.
    Other,
    /// A text that is no UTF-8.
    Text,
    /// More values in a list or map than were asked for.
    Length,
    /// Values within values beyond any entry's.
    Depth,
    /// What the type itself says.
    Said(Box<str>),
}

impl de::StdError for Fault {}

impl de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(said: T) -> Self {
        Self::Said(said.to_string().into_boxed_str())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str(match self {
            Self::End => "the bytes end within a value",
            Self::Other => "another kind of value than expected",
            Self::Text => "a text that is no UTF-8",
            Self::Length => "more values than expected",
            Self::Depth => "values nested too deeply",
            Self::Said(said) => said,
        })
    }
}
