//! What can be recorded for a person beside what is open: their forms, entering and
//! leaving programmes, own targets. The list and its words; choosing is `choosing`'s.

use super::words;
use crate::{
    desk::{
        drafts::{is_of, kind::VISIT},
        reply::VisitDeskView,
    },
    domain::{
        course::{PersonFacts, ProgrammeCourse, happening::EndReason},
        day::age_years,
        programmes::{PROGRAMMES, Programme, ProgrammeKind, scope},
        text::Text,
    },
    lang::outcome,
    tui::{hand::Hand, theme::Look, widgets::who},
};

/// How far below the age of entry a programme is still offered, with a reason, full years.
const YEARS_BELOW: u32 = 17;

/// Something that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// The draft of this place among the person's.
    Resume(usize),
    /// These forms, one behind the other.
    Fill(Vec<String>),
    Enrol(ProgrammeKind),
    SetTarget(ProgrammeKind),
    DropTarget(ProgrammeKind),
    Leave(ProgrammeKind, EndReason),
}

/// An offer with its words.
#[derive(Debug, Clone)]
pub struct Offered {
    pub offer: Offer,
    pub text: String,
    /// When it is due, or nothing.
    pub aside: String,
}

/// Returns everything that can be recorded for this person today, the likeliest first.
pub fn offers(desk: &VisitDeskView, hand: &Hand<'_>) -> Vec<Offered> {
    let look = hand.look;
    let mut offers = drafts(desk, hand);
    offers.extend(forms(desk, look));
    let open = |kind| is_open(desk, kind);
    let entered = || PROGRAMMES.iter().filter(|p| p.is_entered());
    let person = PersonFacts::of(&desk.person);
    let age = age_years(person.birth, desk.today);
    let holds = |programme: &&&Programme| {
        scope::can_hold(programme.kind, &person, desk.today)
            && programme.entry_age <= age + YEARS_BELOW
    };
    let enrolled = entered().filter(|p| !open(p.kind)).filter(holds);
    offers.extend(enrolled.map(|p| plain(Offer::Enrol(p.kind), named(look, words::ENROL, p))));
    for programme in entered().filter(|p| open(p.kind)) {
        offers.extend(of_programme(desk, programme, look));
    }
    offers
}

/// Returns this staff member's own unfinished forms of the person.
fn drafts(desk: &VisitDeskView, hand: &Hand<'_>) -> Vec<Offered> {
    let drafts = desk.drafts.iter().enumerate();
    let own = drafts.filter(|(_, draft)| Some(draft.owner) == hand.user());
    let own = own.filter(|(_, draft)| is_of(&draft.kind, VISIT));
    own.map(|(at, draft)| {
        let text = hand
            .look
            .say(words::RESUME)
            .replace("{forms}", &draft.forms.join(" "))
            .replace("{day}", &draft.begun.to_string());
        plain(Offer::Resume(at), text)
    })
    .collect()
}

fn forms(desk: &VisitDeskView, look: &Look) -> Vec<Offered> {
    let choices = desk.choices.iter();
    choices
        .map(|choice| Offered {
            offer: Offer::Fill(choice.forms.clone()),
            text: look
                .say(words::FILL)
                .replace("{}", choice.title.get(look.lang)),
            aside: choice
                .task
                .as_ref()
                .map_or_else(String::new, |task| who::task_due(look, task, desk.today)),
        })
        .collect()
}

/// Own targets, and leaving for each reason the rules know.
fn of_programme(desk: &VisitDeskView, programme: &Programme, look: &Look) -> Vec<Offered> {
    let kind = programme.kind;
    let mut offers = Vec::new();
    if programme.follow_up.is_some() {
        let text = named(look, words::SET_TARGET, programme);
        offers.push(plain(Offer::SetTarget(kind), text));
        let course = desk.course.programmes.get(&kind);
        if course.is_some_and(|course| course.target.is_some()) {
            let text = named(look, words::DROP_TARGET, programme);
            offers.push(plain(Offer::DropTarget(kind), text));
        }
    }
    offers.extend(scope::ends(kind).iter().map(|why| {
        let text = look
            .say(words::LEAVE)
            .replace("{programme}", look.say(programme.short))
            .replace("{why}", look.say(outcome::end_reason(*why)));
        plain(Offer::Leave(kind, *why), text)
    }));
    offers
}

fn plain(offer: Offer, text: String) -> Offered {
    Offered {
        offer,
        text,
        aside: String::new(),
    }
}

fn named(look: &Look, words: Text, programme: &Programme) -> String {
    look.say(words).replace("{}", look.say(programme.short))
}

fn is_open(desk: &VisitDeskView, kind: ProgrammeKind) -> bool {
    let course = desk.course.programmes.get(&kind);
    course.is_some_and(ProgrammeCourse::is_open)
}
