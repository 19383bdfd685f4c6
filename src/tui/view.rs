//! Draws a window's state: the usual lines, the screen, and boxes over it.
//!
//! It changes nothing; each screen draws its own work area.

use chrono::Datelike;
use ratatui::{
    Frame,
    layout::{Rect, Size},
};

use super::{
    app::{App, StatusKind},
    screens::{Screen, help, palette, question, setup, staff, too_small},
    widgets::{cells, frame, hints},
    words,
};

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
        .rposition(|screen| !screen.is_box())
        .unwrap_or(0);
    if let Some(screen) = app.screens.get(whole) {
        draw_title(app, screen, frame, parts.title);
    }
    for screen in app.screens.iter().skip(whole) {
        let work = parts.work;
        match screen {
            Screen::Setup(state) => setup::view(state, look, frame, work),
            Screen::Staff(state) => staff::view(state, look, frame, work),
            Screen::Help(state) => help::view(state, look, frame, work),
            Screen::Palette(state) => palette::view(state, look, frame, work),
            Screen::Question(state, _) => question::view(state, look, frame, work),
        }
    }
    if let Some(status) = &app.status {
        let style = match status.kind {
            StatusKind::Done => look.good(),
            StatusKind::Refused => look.problem(),
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
    if let Some(screen) = app.screens.last() {
        hints::draw(
            look,
            &app.keymap,
            frame,
            parts.hints,
            screen.context(),
            screen.hints(),
        );
    }
}

fn draw_title(app: &App, screen: &Screen, frame: &mut Frame<'_>, area: Rect) {
    let look = &app.look;
    let place = &app.place;
    let mut left = Vec::new();
    if !place.clinic.is_empty() {
        left.push(place.clinic.clone());
    }
    left.push(look.say(screen.title()).to_owned());
    if let Some(today) = place.today {
        let weekday = usize::try_from(today.weekday().num_days_from_monday()).unwrap_or(0);
        let weekday = words::WEEKDAYS
            .get(weekday)
            .map_or("", |text| look.say(*text));
        left.push(format!("{} {weekday}", today.format("%m-%d")));
    }
    let mut right = Vec::new();
    if let Some(user) = &place.user {
        right.push(format!("{} {}", user.name, user.role));
    }
    if place.windows > 1 {
        let windows = look
            .say(words::WINDOWS)
            .replace("{}", &place.windows.to_string());
        right.push(windows);
    }
    frame::draw_title(look, frame, area, &left, &right);
}
