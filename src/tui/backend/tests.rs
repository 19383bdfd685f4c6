//! The lean backend against a terminal emulator: the same screen, fewer bytes.

use std::{cell::RefCell, rc::Rc};

use proptest::prelude::*;
use ratatui::{
    Terminal,
    buffer::Buffer,
    layout::Rect,
    prelude::CrosstermBackend,
    style::{Color, Modifier, Style},
    text::Line,
};

use super::*;

/// A writer whose bytes are read while the backend owns it.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Wire {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut())
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const WIDTH: u16 = 24;
const HEIGHT: u16 = 6;

fn lean(width: u16, height: u16, ambiguous: Ambiguous) -> (Terminal<Lean<Wire>>, Wire) {
    let wire = Wire::default();
    let backend = Lean::new(wire.clone(), Size { width, height }, ambiguous);
    (Terminal::new(backend).unwrap(), wire)
}

fn emulator(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)
}

fn style(number: u8) -> Style {
    let plain = Style::reset();
    match number {
        0..=3 => plain,
        4 => plain.fg(Color::Red),
        5 => plain.add_modifier(Modifier::BOLD),
        6 => plain
            .fg(Color::LightCyan)
            .add_modifier(Modifier::BOLD | Modifier::CROSSED_OUT),
        7 => plain.add_modifier(Modifier::REVERSED),
        8 => plain.fg(Color::Indexed(200)).bg(Color::Blue),
        9 => plain.add_modifier(Modifier::UNDERLINED | Modifier::ITALIC),
        _ => plain.add_modifier(Modifier::DIM).bg(Color::Rgb(1, 2, 3)),
    }
}

fn piece() -> impl Strategy<Value = (u16, u16, String, u8)> {
    let text = prop_oneof![
        "[a-z0-9 ]{1,12}",
        "[汉字王建国血压今日逾期，。（）]{1,8}",
        "[汉a王 b]{1,8}",
        "[·—…“”─│]{1,4}",
        " {1,24}",
    ];
    (0..WIDTH, 0..HEIGHT, text, 0..11_u8)
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::Blue => vt100::Color::Idx(4),
        Color::LightCyan => vt100::Color::Idx(14),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

/// Demands that the emulator shows the buffer, cell for cell.
fn same(buffer: &Buffer, screen: &vt100::Screen) {
    let mut hidden = 0;
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let (cell, shown) = (&buffer[(x, y)], screen.cell(y, x).unwrap());
            if hidden > 0 {
                hidden -= 1;
                assert!(shown.is_wide_continuation(), "{x},{y}");
                continue;
            }
            hidden = cell.cell_width() - 1;
            let contents = if shown.contents().is_empty() {
                " "
            } else {
                shown.contents()
            };
            assert_eq!(contents, cell.symbol(), "{x},{y}");
            let modifier = cell.modifier;
            assert_eq!(shown.bgcolor(), colour(cell.bg), "{x},{y}");
            assert_eq!(
                shown.inverse(),
                modifier.contains(Modifier::REVERSED),
                "{x},{y}"
            );
            assert_eq!(
                shown.underline(),
                modifier.contains(Modifier::UNDERLINED),
                "{x},{y}"
            );
            if cell.symbol() != " " {
                assert_eq!(shown.fgcolor(), colour(cell.fg), "{x},{y}");
                assert_eq!(shown.bold(), modifier.contains(Modifier::BOLD), "{x},{y}");
                assert_eq!(
                    shown.italic(),
                    modifier.contains(Modifier::ITALIC),
                    "{x},{y}"
                );
            }
        }
    }
}

/// What one frame shows, after what happened to the terminal.
#[derive(Debug, Clone)]
struct Shot {
    /// The terminal got this size.
    size: Option<(u16, u16)>,
    /// A list between the first and the last row, from its row of this number on.
    list: Option<usize>,
    pieces: Vec<(u16, u16, String, u8)>,
    cursor: Option<(u16, u16)>,
}

fn shot() -> impl Strategy<Value = Shot> {
    let size = prop::option::weighted(0.15, (12..=WIDTH + 6, 3..=HEIGHT + 4));
    let list = prop::option::weighted(0.7, 0..8_usize);
    let pieces = prop_oneof![
        prop::collection::vec(piece(), 0..3),
        prop::collection::vec(piece(), 0..14),
    ];
    let cursor = prop::option::of((0..12_u16, 0..3_u16));
    (size, list, pieces, cursor).prop_map(|(size, list, pieces, cursor)| Shot {
        size,
        list,
        pieces,
        cursor,
    })
}

/// Rows that a list has; neighbours share some of what they say.
fn listed(number: usize) -> String {
    let name = ["张秀英", "王桂兰", "李国强", "赵小宝", "陈玉珍"][number % 5];
    format!("{name} {} 高血压 {}天", number % 3, number * 7)
}

/// Draws what a shot shows.
fn shoot(frame: &mut ratatui::Frame<'_>, shot: &Shot) {
    let (width, height) = (frame.area().width, frame.area().height);
    let rows = shot.list.into_iter().flat_map(|first| first..);
    for (number, y) in rows.zip(1..height.saturating_sub(1)) {
        let style = style(u8::try_from(number % 5).unwrap());
        frame.buffer_mut().set_string(0, y, listed(number), style);
    }
    for (x, y, text, number) in &shot.pieces {
        let (x, y) = (x % width, y % height);
        // A wide character must not be cut in half by what is drawn over it.
        let left = x.saturating_sub(1);
        if frame.buffer_mut()[(left, y)].cell_width() > 1 {
            frame.buffer_mut()[(left, y)].reset();
        }
        frame.buffer_mut().set_string(x, y, text, style(*number));
    }
    if let Some(position) = shot.cursor {
        frame.set_cursor_position(position);
    }
}

/// Puts what stands in for doubtful signs into a buffer.
fn with_stand_ins(mut buffer: Buffer) -> Buffer {
    for cell in &mut buffer.content {
        if let Some(twin) = twins::stand_in(cell.symbol()) {
            cell.set_char(twin);
        }
    }
    buffer
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_the_buffer_says(
        shots in prop::collection::vec(shot(), 1..8),
        is_narrow in any::<bool>(),
        shows_whole in any::<bool>(),
    ) {
        let ambiguous = if is_narrow { Ambiguous::Narrow } else { Ambiguous::WideOrUnknown };
        let (mut terminal, wire) = lean(WIDTH, HEIGHT, ambiguous);
        terminal.backend_mut().show_whole(shows_whole);
        let mut emulator = emulator(WIDTH, HEIGHT);
        for shot in shots {
            if let Some((width, height)) = shot.size {
                terminal.backend_mut().resize(Size { width, height });
                terminal.clear().unwrap();
                let (rows, columns) = (height.try_into().unwrap(), width.try_into().unwrap());
                emulator.screen_mut().set_size(rows, columns);
            }
            let mut drawn = Buffer::default();
            terminal.draw(|frame| {
                shoot(frame, &shot);
                drawn = frame.buffer_mut().clone();
            }).unwrap();
            emulator.process(&wire.take());
            let shown = if is_narrow { drawn } else { with_stand_ins(drawn) };
            same(&shown, emulator.screen());
            match shot.cursor {
                Some((x, y)) => prop_assert_eq!(emulator.screen().cursor_position(), (y, x)),
                None => prop_assert!(emulator.screen().hide_cursor()),
            }
            terminal.draw(|frame| shoot(frame, &shot)).unwrap();
            prop_assert_eq!(wire.take(), b"");
        }
    }
}

#[test]
fn a_list_that_moves_costs_little_more_than_its_new_row() {
    let (mut terminal, wire) = lean(WIDTH, 20, Ambiguous::Narrow);
    let mut show = |first: usize| {
        let shot = Shot {
            size: None,
            list: Some(first),
            pieces: Vec::new(),
            cursor: None,
        };
        terminal.draw(|frame| shoot(frame, &shot)).unwrap();
        wire.take().len()
    };
    assert!(500 <= show(0));
    for first in [1, 0, 2] {
        let bytes = show(first);
        assert!(bytes <= 110, "{bytes} bytes to row {first}");
    }
}

#[test]
fn long_frames_are_shown_whole_where_the_terminal_can() {
    let (mut terminal, wire) = lean(80, 24, Ambiguous::Narrow);
    terminal.backend_mut().show_whole(true);
    draw(&mut terminal, 0);
    let long = wire.take();
    assert!(LONG_FRAME < long.len());
    assert!(long.starts_with(BEGIN_WHOLE) && long.ends_with(END_WHOLE));
    draw(&mut terminal, 1);
    let short = wire.take();
    assert!(!short.is_empty() && short.len() <= LONG_FRAME);
    assert!(!short.starts_with(BEGIN_WHOLE));
}

/// A morning's queue, near enough in density.
fn queue(marked: u16) -> Vec<Line<'static>> {
    let rule = "─".repeat(80);
    let mut lines = vec![
        Line::raw(
            " 石桥村卫生室  今日随访  11-21 周六               王建国 医生  2窗口  备份 今天",
        ),
        Line::raw(
            " 应访27  逾期7  已访4  未遇1    另有 可提前31 顺便540             按户  筛选 无",
        ),
        Line::raw(rule),
        Line::raw("   姓名             组-门  项目               到期      可等到  缘由"),
    ];
    for row in 0..14 {
        let mark = if row == marked { "▸ " } else { "  " };
        let weight = if row == marked { style(5) } else { style(0) };
        lines.push(Line::from(vec![
            mark.into(),
            ratatui::text::Span::styled("李国强   男 58   ", weight),
            "3-015  高血压             ".into(),
            ratatui::text::Span::styled("宽限+2天  ", style(if row % 3 == 0 { 4 } else { 0 })),
            "12-03   满3个月".into(),
        ]));
    }
    lines
}

fn draw<B: Backend<Error = io::Error>>(terminal: &mut Terminal<B>, marked: u16) {
    terminal
        .draw(|frame| {
            let text = ratatui::text::Text::from(queue(marked));
            frame.render_widget(text, frame.area());
            frame.set_cursor_position((0, 4 + marked));
        })
        .unwrap();
}

#[test]
fn a_frame_takes_at_most_60_percent_of_the_stock_backends_bytes() {
    let (mut terminal, wire) = lean(80, 24, Ambiguous::Narrow);
    let stock_wire = Wire::default();
    let viewport = ratatui::Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let mut stock = Terminal::with_options(
        CrosstermBackend::new(stock_wire.clone()),
        ratatui::TerminalOptions { viewport },
    )
    .unwrap();
    for marked in [0, 1, 2, 1, 13] {
        draw(&mut terminal, marked);
        draw(&mut stock, marked);
        let (lean, stock) = (wire.take().len(), stock_wire.take().len());
        assert!(
            lean * 100 <= stock * 60,
            "{lean} of {stock} bytes, row {marked}"
        );
        println!("row {marked}: {lean} of {stock} bytes");
    }
}

#[test]
fn an_erased_run_never_ends_inside_a_wide_character() {
    let (mut terminal, wire) = lean(WIDTH, 1, Ambiguous::Narrow);
    let mut show = |text: &str| {
        let line = Line::raw(text.to_owned());
        terminal
            .draw(|frame| frame.render_widget(line, frame.area()))
            .unwrap();
        String::from_utf8(wire.take()).unwrap()
    };
    show("abcdefghijk汉 end");
    let blanked = show(&format!("{:14}end", ""));
    assert!(blanked.contains("\x1b[13X"), "{blanked:?}");
}

#[test]
fn an_unchanged_frame_writes_nothing() {
    let (mut terminal, wire) = lean(80, 24, Ambiguous::Narrow);
    draw(&mut terminal, 0);
    assert!(!wire.take().is_empty());
    draw(&mut terminal, 0);
    assert_eq!(wire.take(), b"");
}

#[test]
fn doubtful_signs_are_ascii_until_the_terminal_is_known() {
    let (mut terminal, wire) = lean(80, 24, Ambiguous::WideOrUnknown);
    let mut emulator = emulator(80, 24);
    draw(&mut terminal, 0);
    emulator.process(&wire.take());
    let before = emulator.screen().contents();
    assert!(before.contains("--------"), "{before}");
    assert!(terminal.backend_mut().set_ambiguous(Ambiguous::Narrow));
    terminal.clear().unwrap();
    draw(&mut terminal, 0);
    emulator.process(&wire.take());
    assert!(emulator.screen().contents().contains("────────"));
}

#[test]
fn a_smaller_and_a_larger_screen_are_drawn_whole() {
    let (mut terminal, wire) = lean(80, 24, Ambiguous::Narrow);
    draw(&mut terminal, 0);
    wire.take();
    for (width, height) in [(60, 16), (100, 30)] {
        terminal.backend_mut().resize(Size { width, height });
        let mut emulator = emulator(width, height);
        draw(&mut terminal, 3);
        emulator.process(&wire.take());
        assert!(emulator.screen().contents().contains("▸ 李国强"));
    }
}
