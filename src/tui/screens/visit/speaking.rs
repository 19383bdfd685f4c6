//! A visit that speaks of renewal with the representative of an agreement: one key says so, and
//! the visit keeps it.

use ratatui::text::Line;

use super::{filling::Filling, words};
use crate::{
    domain::agreement::standing::Renewal,
    tui::{form::Step, hand::Hand, theme::Look},
};

/// Returns what a draft's steps say of it at last.
pub fn kept(steps: &[Step]) -> bool {
    let mut newest = steps.iter().rev();
    let last = newest.find_map(|step| match step {
        Step::Spoken(is_so) => Some(*is_so),
        _ => None,
    });
    last.unwrap_or(false)
}

impl Filling {
    /// Notes that renewal was spoken of, or takes it back, where there is something to speak of.
    pub(super) fn speak_of_renewal(&mut self, hand: &mut Hand<'_>) {
        if self.desk.renewal.is_none() {
            self.notice = Some(hand.look.say(words::NO_RENEWAL).to_owned());
            return;
        }
        self.spoken = !self.spoken;
        let step = Step::Spoken(self.spoken);
        self.drafting.keep(&step, true, &self.desk, hand);
    }

    /// Returns what there is to speak of with the representative of an agreement, or that it was.
    pub(super) fn renewal(&self, look: &Look) -> Option<Line<'static>> {
        let (text, style) = match self.desk.renewal? {
            _ if self.spoken => (look.say(words::RENEWAL_SPOKEN).to_owned(), look.good()),
            Renewal::Ends(day) => {
                let text = look.say(words::RENEWAL_ENDS);
                (text.replace("{day}", &day.to_string()), look.warning())
            }
            Renewal::Unconfirmed => {
                let text = look.say(words::RENEWAL_UNCONFIRMED);
                (text.to_owned(), look.warning())
            }
        };
        Some(Line::styled(format!(" {text}"), style))
    }
}
