//! The looks of a cell as the terminal is told them, in the fewest bytes.
//!
//! It knows 16 colours, 256 colours and true colour; which are used is the
//! theme's decision.

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

/// Modifiers seen on a blank cell.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Modifier, code that turns it on, code that turns it off.
const MODIFIERS: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and modifiers in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    /// The terminal's own colours, nothing else.
    pub const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// Returns the pen a cell was drawn with.
    pub fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Returns whether a blank drawn with `self` looks as drawn with `other`.
    pub fn blank_like(self, other: Self) -> bool {
        let seen = |pen: Self| (pen.bg, pen.modifier.intersection(SEEN_ON_BLANK));
        let coloured = |pen: Self| pen.modifier.intersects(SEEN_ON_BLANK);
        seen(self) == seen(other) && (!coloured(self) || self.fg == other.fg)
    }

    /// Returns whether what a terminal leaves free while this pen is in force is plainly blank:
    /// it takes the background, on some terminals reversed or blinking, never lines or weight.
    pub fn leaves_plain(self) -> bool {
        let taken = Modifier::REVERSED
            .union(Modifier::SLOW_BLINK)
            .union(Modifier::RAPID_BLINK);
        self.bg == Color::Reset && !self.modifier.intersects(taken)
    }

    /// Writes the shortest sequence that turns this pen into `to`.
    pub fn change(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let mut steps = Codes::default();
        self.steps(to, &mut steps);
        let mut anew = Codes::anew();
        if to == Self::PLAIN {
            anew.0.clear();
        }
        Self::PLAIN.steps(to, &mut anew);
        let best = if anew.0.len() < steps.0.len() {
            anew
        } else {
            steps
        };
        out.extend(b"\x1b[");
        out.extend(best.0);
        out.push(b'm');
    }

    fn steps(self, to: Self, codes: &mut Codes) {
        let mut kept = self.modifier;
        for (modifier, _, off) in MODIFIERS {
            if kept.contains(*modifier) && !to.modifier.contains(*modifier) {
                codes.push(*off);
                // One code turns off two: what should stay is turned on again below.
                let same = MODIFIERS.iter().filter(|(_, _, code)| code == off);
                kept = same.fold(kept, |kept, (modifier, _, _)| kept.difference(*modifier));
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if to.modifier.contains(*modifier) && !kept.contains(*modifier) {
                codes.push(*on);
            }
        }
        if self.fg != to.fg {
            codes.colour(to.fg, 30);
        }
        if self.bg != to.bg {
            codes.colour(to.bg, 40);
        }
    }
}

/// The parameters of one sequence, each after its `;` but for the first.
#[derive(Default)]
struct Codes(Vec<u8>);

impl Codes {
    /// Returns codes that begin with the plain pen: an empty parameter is 0.
    fn anew() -> Self {
        Self(vec![b';'])
    }

    fn push(&mut self, code: u8) {
        if self.0.last().is_some_and(u8::is_ascii_digit) {
            self.0.push(b';');
        }
        self.0.extend(code.to_string().bytes());
    }

    fn colour(&mut self, colour: Color, base: u8) {
        match colour {
            Color::Reset => self.push(base + 9),
            Color::Black => self.push(base),
            Color::Red => self.push(base + 1),
            Color::Green => self.push(base + 2),
            Color::Yellow => self.push(base + 3),
            Color::Blue => self.push(base + 4),
            Color::Magenta => self.push(base + 5),
            Color::Cyan => self.push(base + 6),
            Color::Gray => self.push(base + 7),
            Color::DarkGray => self.push(base + 60),
            Color::LightRed => self.push(base + 61),
            Color::LightGreen => self.push(base + 62),
            Color::LightYellow => self.push(base + 63),
            Color::LightBlue => self.push(base + 64),
            Color::LightMagenta => self.push(base + 65),
            Color::LightCyan => self.push(base + 66),
            Color::White => self.push(base + 67),
            Color::Indexed(index) => {
                for code in [base + 8, 5, index] {
                    self.push(code);
                }
            }
            Color::Rgb(r, g, b) => {
                for code in [base + 8, 2, r, g, b] {
                    self.push(code);
                }
            }
        }
    }
}
