//! How things look: styles named by meaning, signs, language.
//!
//! Meaning is never carried by colour alone: the same screens are drawn in 16
//! colours, without any (`NO_COLOR`), and with ASCII signs only. Which words
//! are drawn is not decided here.

use ratatui::style::{Color, Modifier, Style};

use super::backend::Ambiguous;
use crate::domain::text::{Lang, Text};

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// The 16 colours every terminal has, in the user's own shades.
    #[default]
    Sixteen,
    /// None: weight, underline and reverse only.
    None,
}

/// The signs that are not words, one cell each.
#[derive(Debug, PartialEq, Eq)]
pub struct Signs {
    /// Stands before the selected row.
    pub mark: &'static str,
    /// Horizontal rule.
    pub rule: &'static str,
    /// Vertical rule.
    pub wall: &'static str,
    /// Corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Ends a text that was cut.
    pub cut: &'static str,
    /// Nothing stands here.
    pub none: &'static str,
    /// Done.
    pub tick: &'static str,
    /// Points at what is missing.
    pub here: &'static str,
    /// More rows above, below.
    pub more: [&'static str; 2],
    /// Bars of a small chart, lowest first.
    pub bars: [&'static str; 8],
    /// Points of a chart: first series, second series.
    pub points: [&'static str; 2],
    /// A point of a chart that the person measured.
    pub own: &'static str,
    /// Missed.
    pub cross: &'static str,
    /// Due.
    pub ring: &'static str,
    /// To come.
    pub dot: &'static str,
    /// A stretch of time in which something may be done.
    pub span: &'static str,
    /// The arrow keys up, down, left, right.
    pub arrows: [&'static str; 4],
}

const UNICODE: Signs = Signs {
    mark: "▸",
    rule: "─",
    wall: "│",
    corners: ["┌", "┐", "└", "┘"],
    cut: "…",
    none: "—",
    tick: "✓",
    here: "◂",
    more: ["↑", "↓"],
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    points: ["●", "○"],
    own: "◇",
    cross: "×",
    ring: "○",
    dot: "·",
    span: "━",
    arrows: ["↑", "↓", "←", "→"],
};

const ASCII: Signs = Signs {
    mark: ">",
    rule: "-",
    wall: "|",
    corners: ["+", "+", "+", "+"],
    cut: "~",
    none: "-",
    tick: "v",
    here: "<",
    more: ["^", "v"],
    bars: ["_", "_", ".", ".", "-", "=", "#", "#"],
    points: ["o", "x"],
    own: "*",
    cross: "x",
    ring: "o",
    dot: ".",
    span: "=",
    arrows: ["Up", "Down", "Left", "Right"],
};

/// Everything a view needs to know about looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub lang: Lang,
    pub colours: Colours,
    pub ambiguous: Ambiguous,
}

impl Look {
    /// Returns the wording in the chosen language.
    pub const fn say(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// Returns the signs this terminal draws in one cell.
    pub const fn signs(&self) -> &'static Signs {
        match self.ambiguous {
            Ambiguous::Narrow => &UNICODE,
            Ambiguous::WideOrUnknown => &ASCII,
        }
    }

    /// Says whether the terminal is known to draw braille dots in one cell.
    pub const fn has_fine_dots(&self) -> bool {
        matches!(self.ambiguous, Ambiguous::Narrow)
    }

    fn coloured(&self, colour: Color, otherwise: Modifier) -> Style {
        match self.colours {
            Colours::Sixteen => Style::new().fg(colour),
            Colours::None => Style::new().add_modifier(otherwise),
        }
    }

    /// Ordinary text.
    pub const fn text(&self) -> Style {
        Style::new()
    }

    /// Text that may be overlooked: last values, units, rules.
    pub const fn dim(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The name in the selected row; headings.
    pub const fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The title line.
    pub fn title(&self) -> Style {
        self.coloured(Color::Cyan, Modifier::empty())
            .add_modifier(Modifier::BOLD)
    }

    /// The key in a hint.
    pub fn key(&self) -> Style {
        self.coloured(Color::Cyan, Modifier::BOLD)
    }

    /// Late by the rules; stands with its words.
    pub fn overdue(&self) -> Style {
        self.coloured(Color::Red, Modifier::BOLD)
    }

    /// Must not be missed: banner of urgent signs.
    pub fn urgent(&self) -> Style {
        self.coloured(Color::Red, Modifier::empty())
            .add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// Within what is aimed at; done.
    pub fn good(&self) -> Style {
        self.coloured(Color::Green, Modifier::empty())
    }

    /// Wants a second look: soft limits, nearly late.
    pub fn warning(&self) -> Style {
        self.coloured(Color::Yellow, Modifier::UNDERLINED)
    }

    /// Wrong or refused; stands with its words.
    pub fn problem(&self) -> Style {
        self.coloured(Color::LightRed, Modifier::BOLD)
    }

    /// A field that can be filled in.
    pub const fn field(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The field the cursor stands in.
    pub const fn field_here(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// A value carried over from last time and not touched yet.
    pub fn carried(&self) -> Style {
        self.coloured(Color::Magenta, Modifier::ITALIC)
    }

    /// Where typed letters were found in a row.
    pub fn found(&self) -> Style {
        self.coloured(Color::Green, Modifier::UNDERLINED)
    }
}
