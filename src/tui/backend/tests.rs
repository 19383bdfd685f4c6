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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_the_buffer_says(
        frames in prop::collection::vec(
            (prop::collection::vec(piece(), 0..14), prop::option::of((0..WIDTH, 0..HEIGHT))),
            1..6,
        )
    ) {
        let (mut terminal, wire) = lean(WIDTH, HEIGHT, Ambiguous::Narrow);
        let mut emulator = emulator(WIDTH, HEIGHT);
        for (pieces, cursor) in frames {
            let mut drawn = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
            terminal.draw(|frame| {
                for (x, y, text, number) in &pieces {
                    // A wide character must not be cut in half by what is drawn over it.
                    let left = x.saturating_sub(1);
                    if frame.buffer_mut()[(left, *y)].cell_width() > 1 {
                        frame.buffer_mut()[(left, *y)].reset();
                    }
                    frame.buffer_mut().set_string(*x, *y, text, style(*number));
                }
                if let Some(position) = cursor {
                    frame.set_cursor_position(position);
                }
                drawn = frame.buffer_mut().clone();
            }).unwrap();
            emulator.process(&wire.take());
            same(&drawn, emulator.screen());
            match cursor {
                Some((x, y)) => prop_assert_eq!(emulator.screen().cursor_position(), (y, x)),
                None => prop_assert!(emulator.screen().hide_cursor()),
            }
        }
    }
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
