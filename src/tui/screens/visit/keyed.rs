//! The keys of a form as its hint line tells them, and those that only read it.

use super::Outcome;
use crate::{
    desk::rights::Matter,
    tui::{
        action::{Action, Form, Global},
        hand::Hand,
        widgets::hints::{self, Hint},
    },
};

const SAVE: Hint = Hint::of(&[Action::Form(Form::Save)]);
const NEXT: Hint = Hint::of(&[Action::Form(Form::Next)]);
const PREVIOUS: Hint = Hint::short(&[Action::Form(Form::Up)], "上一项", "Prev");
const NORMAL: Hint = Hint::short(&[Action::Form(Form::AllNormal)], "无异常", "Normal");
const REFERRAL: Hint = Hint::of(&[Action::Form(Form::Referral)]);
const SECTION: Hint = Hint::of(&[Action::Form(Form::Sections)]);
const LINE: Hint = Hint::short(&[Action::Global(Global::Palette)], "单行", "Line");
const VISITS: Hint = Hint::short(&[Action::Form(Form::Visits)], "往次", "Visits");
const PICTURE: Hint = Hint::short(&[Action::Form(Form::Picture)], "一览图", "Charts");

/// What the hint line offers in a form.
pub const FORM: &[Hint] = &[
    SAVE,
    NEXT,
    PREVIOUS,
    NORMAL,
    REFERRAL,
    hints::BACK,
    LINE,
    VISITS,
    PICTURE,
    hints::HELP,
];

/// … where renewal of an agreement can be spoken of.
pub const RENEWAL: &[Hint] = &[
    SAVE,
    NEXT,
    Hint::short(&[Action::Form(Form::Renewal)], "续约", "Renewal"),
    PREVIOUS,
    NORMAL,
    REFERRAL,
    hints::BACK,
    SECTION,
    VISITS,
    hints::HELP,
];

/// … in one filled in by sections.
pub const SECTIONS: &[Hint] = &[
    SAVE,
    NEXT,
    SECTION,
    NORMAL,
    PREVIOUS,
    hints::BACK,
    VISITS,
    hints::HELP,
];

/// Says no to whoever may only read the record: they move in it and lead elsewhere.
pub fn refused(action: Option<Action>, hand: &Hand<'_>) -> Option<Outcome> {
    match action {
        Some(Action::List(_)) => None,
        Some(Action::Form(
            Form::Next
            | Form::Previous
            | Form::Down
            | Form::Up
            | Form::Sections
            | Form::Visits
            | Form::Picture,
        )) => None,
        _ => hand.place.may(Matter::Care).err().map(Outcome::Refused),
    }
}
