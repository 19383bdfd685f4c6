//! What must hold of any document: nothing too wide, nothing lost, nothing that steers a
//! printer or a browser.

use proptest::prelude::*;

use super::{
    document::Width,
    printable::{cells, printable},
    *,
};

fn words() -> impl Strategy<Value = String> {
    let signs = proptest::sample::select(vec![
        "王",
        "桂",
        "兰",
        "，",
        "。",
        "“",
        "—",
        "a",
        "Z9",
        " ",
        "<b>",
        "&",
        "\n",
        "\u{1b}[2J",
        "\u{c}",
        "𠮷",
        "é",
        "\t",
        "（",
        "138/86mmHg",
        "\u{200b}",
        "http://长.invalid/abcdefghijklmnopqrstuvwxyz",
    ]);
    proptest::collection::vec(signs, 0..40).prop_map(|signs| signs.concat())
}

fn grid() -> impl Strategy<Value = Block> {
    let columns = proptest::collection::vec((words(), 0..90_usize), 1..12);
    let rows = proptest::collection::vec(proptest::collection::vec(words(), 0..13), 0..12);
    (columns, rows).prop_map(|(columns, rows)| {
        let columns = columns
            .into_iter()
            .map(|(title, cells)| Column { title, cells });
        Block::Table(Grid {
            columns: columns.collect(),
            rows,
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        words().prop_map(Block::Heading),
        words().prop_map(Block::Text),
        words().prop_map(Block::Strong),
        proptest::collection::vec((words(), words()), 0..6).prop_map(Block::Pairs),
        grid(),
        (words(), words())
            .prop_map(|(label, told)| Block::Signatures(vec![Signing { label, told }])),
        Just(Block::PageBreak),
        Just(Block::Cut),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let foot = (words(), words(), words()).prop_map(|(number, template, printed)| Foot {
        number,
        template,
        printed,
    });
    let blocks = proptest::collection::vec(block(), 0..12);
    (words(), words(), foot, blocks).prop_map(|(title, mark, foot, blocks)| Document {
        title,
        mark,
        foot,
        width: Width::Portrait,
        blocks,
    })
}

/// The signs that are neither blanks nor drawn lines.
fn essence(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace());
    kept.filter(|sign| !"|-+_".contains(*sign)).collect()
}

fn texts(document: &Document) -> Vec<&String> {
    let texts = document.blocks.iter().map(|block| match block {
        Block::Heading(text) | Block::Text(text) | Block::Strong(text) => vec![text],
        Block::Pairs(pairs) => pairs.iter().flat_map(|(a, b)| [a, b]).collect(),
        // Cells stand beside each other: only those of one line are whole in plain text.
        Block::Table(_) | Block::PageBreak | Block::Cut => Vec::new(),
        Block::Signatures(places) => places.iter().flat_map(|p| [&p.label, &p.told]).collect(),
    });
    texts.flatten().collect()
}

fn fits_a_page(document: &Document) -> bool {
    cells(&printable(&document.title)) < 400 && cells(&printable(&document.mark)) < 400
}

/// Says whether every mark that opens is closed in order.
fn is_balanced(html: &str) -> bool {
    const VOID: [&str; 5] = ["!DOCTYPE", "meta", "col", "br", "link"];
    let mut open: Vec<&str> = Vec::new();
    let body = html.split('<').skip(1);
    for mark in body {
        let Some((mark, _)) = mark.split_once('>') else {
            return false;
        };
        if let Some(name) = mark.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else {
            let name = mark.split(' ').next().unwrap_or_default();
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    open.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn no_line_is_wider_than_the_paper_and_no_page_longer(
        document in document(), lines in Sheet::LEAST..80_usize,
    ) {
        prop_assume!(fits_a_page(&document));
        let text = plain::text(std::slice::from_ref(&document), lines);
        for page in text.split_terminator('\u{c}') {
            prop_assert!(page.matches("\r\n").count() < lines.max(46), "{page}");
            for line in page.split("\r\n") {
                prop_assert!(cells(line) <= plain::COLUMNS, "{line}");
            }
        }
    }

    #[test]
    fn no_text_is_lost(document in document()) {
        let text = plain::text(std::slice::from_ref(&document), usize::from(u16::MAX));
        let whole = essence(&text);
        for text in texts(&document) {
            for line in printable(text).split('\n') {
                prop_assert!(whole.contains(&essence(line)), "{line}");
            }
        }
    }

    #[test]
    fn nothing_steers_the_printer(document in document()) {
        let text = plain::text(std::slice::from_ref(&document), 66);
        let steers = text.replace("\r\n", "").replace('\u{c}', "");
        prop_assert!(!steers.chars().any(char::is_control));
    }

    #[test]
    fn the_page_for_the_browser_is_balanced_and_runs_nothing(document in document()) {
        let html = html::page(std::slice::from_ref(&document));
        prop_assert!(is_balanced(&html), "{html}");
        prop_assert!(!html.contains("<b><") && !html.contains("<script"));
        prop_assert!(!html.chars().any(|sign| sign.is_control() && sign != '\n'));
    }
}

/// Sixty rows of three columns.
fn long_table() -> Document {
    let mut grid = Grid::of(&[("序号", 6), ("姓名", 12), ("备注", 20)]);
    let rows = (1..=60).map(|n| vec![n.to_string(), "王桂兰".to_owned(), format!("第{n}行")]);
    grid.rows = rows.collect();
    let mut document = Document::of("登记表");
    document.blocks.push(Block::Table(grid));
    document
}

#[test]
fn a_table_repeats_its_head_on_every_page_and_keeps_every_row() {
    let text = plain::text(&[long_table()], 40);
    let pages: Vec<&str> = text.split_terminator('\u{c}').collect();
    assert_eq!(pages.len(), 2, "{text}");
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains("登记表") && page.contains("|序号"), "{page}");
        assert!(page.contains(&format!("第{number}页/共2页")), "{page}");
    }
    assert!((1..=60).all(|n| text.contains(&format!("第{n}行"))));
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let html = html::page(&[long_table()]);
    for outside in ["http", "src=", "href", "url(", "@import", "<script"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn a_row_too_wide_for_the_paper_stands_in_several_lines() {
    let columns = [
        ("编号", 23),
        ("户主", 12),
        ("电话", 20),
        ("住址", 30),
        ("备注", 20),
    ];
    let mut grid = Grid::of(&columns);
    let row = [
        "QY150622103101202500042",
        "王国强",
        "13900000000",
        "石桥村3组15号",
        "补录",
    ];
    grid.rows = vec![row.map(str::to_owned).to_vec()];
    let mut document = Document::of("登记表");
    document.blocks.push(Block::Table(grid));
    let text = plain::text(&[document], 30);
    let body: Vec<&str> = text
        .split("\r\n")
        .filter(|line| line.contains('|'))
        .collect();
    insta::assert_snapshot!(body.join("\n"), @r"
    |编号                   |户主        |电话                                     |
    |住址                          |备注                                           |
    |QY150622103101202500042|王国强      |13900000000                              |
    |石桥村3组15号                 |补录                                           |
    ");
}

#[test]
fn forms_go_by_name_and_ending() {
    assert_eq!(Form::of_path(Path::new("a.HTML")), Some(Form::Html));
    assert!(matches!(Form::named("txt"), Some(Form::Text(_))));
    assert_eq!(Form::named("pdf"), None);
}

#[test]
fn a_rare_name_survives_in_the_printers_encoding() {
    let mut document = Document::of("𠮷㙍王\u{e5e5}");
    document.blocks.push(Block::Text("𬭚".to_owned()));
    let sheet = Sheet {
        encoding: Encoding::Gb18030,
        ..Sheet::default()
    };
    let bytes = bytes(&[document], Form::Text(sheet));
    let (text, _, is_faulty) = encoding_rs::GB18030.decode(&bytes);
    assert!(!is_faulty);
    assert!(text.contains("𠮷㙍王") && text.contains('𬭚'), "{text}");
    assert!(!text.contains('&'), "a sign was written as a reference");
}
