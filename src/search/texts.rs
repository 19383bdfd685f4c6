//! Many short texts in one piece of memory: each of its own would cost as much again.

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

/// Texts one behind the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    /// How many bytes are of texts given back.
    unused: usize,
}

impl Texts {
    pub fn add(&mut self, text: impl Iterator<Item = char>) -> Span {
        let start = self.all.len();
        self.all.extend(text);
        Span {
            start: super::small(start),
            len: super::small(self.all.len() - start),
        }
    }

    pub fn get(&self, span: Span) -> &str {
        let start = span.start as usize;
        let text = self.all.get(start..start + span.len as usize);
        text.unwrap_or_default()
    }

    pub fn give_back(&mut self, span: Span) {
        self.unused += span.len as usize;
    }

    /// Moves the texts of these spans together, which are all that are in use, where most of the
    /// room is unused.
    pub fn tidy<'a>(&mut self, spans: impl Iterator<Item = &'a mut Span>) {
        if self.all.len() < 2 * self.unused {
            let mut tidied = Self::default();
            for span in spans {
                *span = tidied.add(self.get(*span).chars());
            }
            *self = tidied;
        }
    }

    /// Gives back what growing reserved.
    pub fn shrink(&mut self) {
        self.all.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_given_back_leave_their_room_to_others() {
        let mut texts = Texts::default();
        let mut kept = Vec::new();
        for number in 0..100 {
            let text = number.to_string();
            let span = texts.add(text.chars());
            if number % 4 == 0 {
                kept.push((text, span));
            } else {
                texts.give_back(span);
            }
            texts.tidy(kept.iter_mut().map(|(_, span)| span));
        }
        assert!(texts.all.len() < 110);
        assert!(kept.iter().all(|(text, span)| texts.get(*span) == text));
    }
}
