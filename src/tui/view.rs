//! Draws a window's state: the usual lines, the screen, and boxes over it.
//!
//! It changes nothing; each screen draws its own work area.

use chrono::Datelike;
use ratatui::{
    Frame,
    layout::{Rect, Size},
    text::Span,
};

use super::{
    app::{App, StatusKind},
    form::FormEditor,
    screens::{Screen, too_small},
    widgets::{cells, frame, hints},
    words,
};

impl App {
    /// Returns the forms being filled in, while they are in front.
    pub fn forms(&self) -> Option<&FormEditor> {
        match &self.screens.last()?.screen {
            Screen::Visit(visit) => visit.editor(),
            _ => None,
        }
    }
}

/// Draws the window.
pub fn view(app: &App, frame: &mut Frame<'_>) {
    let look = &app.look;
    let area = frame.area();
    let size = Size {
        width: area.width,
        height: area.height,
    };
    if too_small::applies(size) {
        too_small::view(look, frame);
        return;
    }
    let parts = frame::parts(area);
    let whole = app
        .screens
        .iter()
        .rposition(|layer| !layer.screen.is_box())
        .unwrap_or(0);
    if let Some(layer) = app.screens.get(whole) {
        draw_title(app, &layer.screen, frame, parts.title);
    }
    for layer in app.screens.iter().skip(whole) {
        layer.screen.view(look, frame, parts.work);
    }
    if let Some(status) = &app.status {
        let style = match status.kind {
            StatusKind::Done => look.good(),
            StatusKind::Refused => look.problem(),
            StatusKind::Underway => look.dim(),
        };
        let room = usize::from(parts.status.width.saturating_sub(1));
        cells::put(
            frame,
            parts.status.x + 1,
            parts.status.y,
            &status.text,
            room,
            style,
        );
    }
    if let Some(top) = app.screens.last() {
        let (context, offered) = (top.screen.context(), top.screen.hints());
        let offer = |action| app.offer(action).ok();
        let here = (context, &offer as &hints::Offers<'_>);
        hints::draw(look, &app.keymap, frame, parts.hints, offered, here);
    }
}

fn draw_title(app: &App, screen: &Screen, frame: &mut Frame<'_>, area: Rect) {
    let look = &app.look;
    if let Some((left, right)) = screen.title_line(look) {
        let right: Vec<Span<'_>> = right.into_iter().map(Span::raw).collect();
        frame::draw_title(look, frame, area, &left, &right);
        return;
    }
    let place = &app.place;
    let mut left = Vec::new();
    if !place.clinic.is_empty() {
        left.push(place.clinic.clone());
    }
    if place.is_practice {
        left.push(look.say(words::PRACTICE).to_owned());
    }
    if place.is_read_only {
        left.push(look.say(words::READ_ONLY).to_owned());
    }
    left.push(screen.title(look));
    if let Some(today) = place.today {
        let weekday = usize::try_from(today.weekday().num_days_from_monday()).unwrap_or(0);
        let weekday = words::WEEKDAYS
            .get(weekday)
            .map_or("", |text| look.say(*text));
        left.push(format!("{} {weekday}", today.format("%m-%d")));
    }
    let mut right = Vec::new();
    if let Some(user) = &place.user {
        let name = format!("{} {}", user.name, look.say(user.role.name()));
        right.push(Span::raw(name));
    }
    if place.windows > 1 {
        let windows = look
            .say(words::WINDOWS)
            .replace("{}", &place.windows.to_string());
        right.push(Span::raw(windows));
    }
    if let Some(copies) = &place.copies {
        let today = place.today.unwrap_or_default();
        let (text, is_old) = words::copies::age(copies, today, look.lang);
        let style = if is_old { look.warning() } else { look.text() };
        right.push(Span::styled(text, style));
    }
    frame::draw_title(look, frame, area, &left, &right);
}
