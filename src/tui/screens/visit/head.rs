//! The lines above the form: who, where, which form, and how it was last time.

use ratatui::text::{Line, Span};

use super::{Stage, State, words};
use crate::{
    desk::reply::VisitDeskView,
    domain::{
        contact::Contact,
        day::Day,
        form::{FormDef, Kind, typed},
        programmes::ProgrammeKind,
        text::Lang,
        value::Decimal,
        visit,
    },
    lang::outcome,
    tui::{
        theme::Look,
        widgets::{cells, trend, who},
    },
};

/// How many of the last values the head shows.
const RECENT: usize = 4;

/// Returns the parts of the title line: who at the left, day and page at the right.
pub fn title(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let Some(desk) = state.desk() else {
        return (vec![look.say(words::VISIT).to_owned()], Vec::new());
    };
    let (form, page) = match &state.stage {
        Stage::Filling(filling) => (
            filling.editor.form().map(|form| name_of(form, look.lang)),
            Some((filling.editor.at().page + 1, filling.editor.page_count())),
        ),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) | Stage::Referral(_) => {
            (None, None)
        }
    };
    let what = match desk.correcting {
        Some(_) => words::CORRECTION,
        None => words::VISIT,
    };
    let what = format!("{} {}", look.say(what), form.unwrap_or_default());
    let person = &desk.person;
    let sex_age = who::sex_age(look, person.sex(), person.birth(), desk.today);
    let who = format!("{} {sex_age}", person.name());
    let left = vec![what.trim_end().to_owned(), who, desk.place.clone()];
    let mut right = Vec::new();
    if let Some(day) = visit_day(state) {
        let early = if day < desk.today {
            format!(" {}", look.say(words::OTHER_DAY))
        } else {
            String::new()
        };
        right.push(format!("{}{early}", date(day, desk.today)));
    }
    right.extend(sections_done(state, look));
    right.extend(page.map(|(at, of)| format!("{at}/{of}")));
    (left, right)
}

/// Returns how many sections are done, of a form filled in by sections.
fn sections_done(state: &State, look: &Look) -> Option<String> {
    let Stage::Filling(filling) = &state.stage else {
        return None;
    };
    let sections = filling.editor.sections(look.lang);
    let done = sections.iter().filter(|section| section.is_done()).count();
    let text = look.say(words::SECTIONS_DONE);
    let text = text.replace("{done}", &done.to_string());
    (!sections.is_empty()).then(|| text.replace("{all}", &sections.len().to_string()))
}

/// Returns the line that says how it was last time.
pub fn last(state: &State, look: &Look, width: usize) -> Line<'static> {
    let Some(desk) = state.desk() else {
        return Line::styled(format!(" {}", look.say(words::OPENING)), look.dim());
    };
    let form = match &state.stage {
        Stage::Filling(filling) => filling.editor.form(),
        Stage::Referral(_) => desk.forms.first().map(AsRef::as_ref),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) => None,
    };
    let kind = form.and_then(|form| visit::programme_of(&form.id));
    let day = visit_day(state).unwrap_or(desk.today);
    let mut parts = vec![Span::raw(format!(" {}", last_visit(desk, kind, day, look)))];
    let filled = form.and_then(|form| last_of(desk, form));
    if let (Some(form), Some((contact, _))) = (form, filled)
        && let Some(rows) = listed(form, contact, look.lang)
    {
        parts.push(Span::styled(rows, look.dim()));
    }
    let values = recent(desk, kind);
    if values.len() > 1 {
        let count = look
            .say(words::RECENT)
            .replace("{}", &values.len().to_string());
        let bars = trend::bars(look, &values);
        parts.push(Span::styled(format!("{count} {bars}"), look.text()));
    }
    cells::joined(parts, "   ", width)
}

fn visit_day(state: &State) -> Option<Day> {
    match &state.stage {
        Stage::Filling(filling) => filling.editor.visit_day(),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) | Stage::Referral(_) => None,
    }
}

/// Returns a form's short name: its number on paper where it has one, and the programme.
fn name_of(form: &FormDef, lang: Lang) -> String {
    // A paper of several programmes is called by its own name.
    let is_shared = 1 < visit::programmes_of(&form.id).len();
    let programme = visit::programme_of(&form.id).filter(|_| !is_shared);
    let short = programme.map(|kind| kind.programme().short.get(lang));
    let short = short.unwrap_or_else(|| form.title.get(lang));
    let numbered = form.id.starts_with('F');
    if numbered {
        format!("{} {short}", form.id)
    } else {
        form.title.get(lang).to_owned()
    }
}

fn last_of<'a>(desk: &'a VisitDeskView, form: &FormDef) -> Option<(&'a Contact, usize)> {
    desk.last.iter().find_map(|contact| {
        let at = contact.forms.iter().position(|f| f.form == form.id)?;
        Some((contact, at))
    })
}

fn last_visit(desk: &VisitDeskView, kind: Option<ProgrammeKind>, day: Day, look: &Look) -> String {
    let known = kind.and_then(|kind| desk.course.programmes.get(&kind)?.last.as_ref());
    // A visit of an earlier day looks back from there.
    let known = known.filter(|last| last.day <= day && desk.correcting.is_none());
    let Some(last) = known else {
        let of = |contact: &&Contact| {
            let forms = contact.forms.iter();
            let mut kinds = forms.map(|filled| visit::programme_of(&filled.form));
            kind.is_none() || kinds.any(|other| other == kind)
        };
        let own = desk.last.iter().find(of);
        return own.map_or_else(
            || look.say(words::FIRST).to_owned(),
            |contact| {
                let values = contact.happening.measured().unwrap_or_default();
                let values = outcome::measured(&values, look.lang);
                let outcome = kind.and_then(|kind| contact.decision.outcomes.get(&kind));
                let class = outcome.and_then(|outcome| outcome.class);
                let class = class.map_or("", |class| class.text().get(look.lang));
                let day = date(contact.day, desk.today);
                format!("{} {day} {values} {class}", look.say(words::LAST))
                    .trim_end()
                    .to_owned()
            },
        );
    };
    let word = if last.brought_in {
        words::LAST_BROUGHT_IN
    } else {
        words::LAST
    };
    let class = last.class.map_or("", |class| class.text().get(look.lang));
    let values = outcome::measured(&last.measured, look.lang);
    let day = date(last.day, desk.today);
    format!("{} {day} {values} {class}", look.say(word))
        .trim_end()
        .to_owned()
}

/// Returns what stands in the form's list, such as the medicine.
fn listed(form: &FormDef, contact: &Contact, lang: Lang) -> Option<String> {
    let filled = contact.forms.iter().find(|filled| filled.form == form.id)?;
    let form = form.in_column(&filled.answers);
    let mut fields = form.fields();
    let field = fields.find(|field| matches!(field.kind, Kind::Rows { .. }))?;
    let value = filled.answers.get(&field.key)?;
    Some(typed::shown(field, value, lang))
}

fn recent(desk: &VisitDeskView, kind: Option<ProgrammeKind>) -> Vec<Option<i64>> {
    let sugar = kind == Some(ProgrammeKind::Dm);
    let values = desk.trend.iter().filter_map(|point| {
        if sugar {
            point.measured.fbg.map(Decimal::thousandths)
        } else {
            point.measured.sbp.map(i64::from)
        }
    });
    let values: Vec<Option<i64>> = values.map(Some).collect();
    values
        .get(values.len().saturating_sub(RECENT)..)
        .map_or_else(Vec::new, <[_]>::to_vec)
}

/// Returns a date without its year where that is this year's.
pub fn date(day: Day, today: Day) -> String {
    use chrono::Datelike;
    if day.year() == today.year() {
        day.format("%m-%d").to_string()
    } else {
        day.to_string()
    }
}
