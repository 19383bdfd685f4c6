//! A document as one HTML file for A4: everything inside, no script, nothing fetched.
//!
//! Title and foot repeat because they are head and foot of one outer table; every browser does
//! that. Page numbers stand in the page margin where the browser has such (Chrome 131 and
//! later); elsewhere the browser's own page header and footer has them.

use std::fmt::Write as _;

use super::{
    document::{Block, Document, Grid, Signing, Width},
    printable::{cells, printable},
};

/// Chinese type whose Latin signs are half as wide, 12 point: 40 characters a line of 170 mm.
const STYLE: &str = "\
@page { size: A4 portrait; margin: 18mm 20mm;
  @bottom-right { content: \"第\" counter(page) \"页/共\" counter(pages) \"页\"; font-size: 9pt; } }
@page wide { size: A4 landscape; margin: 15mm 14mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font: 12pt/1.6 NSimSun, SimSun, 'Songti SC', 'Noto Serif CJK SC', 'Noto Sans CJK SC', serif; }
.paper + .paper { break-before: page; page-break-before: always; }
.wide { page: wide; }
.run { width: 100%; border-collapse: collapse; table-layout: fixed; }
.run > thead { display: table-header-group; }
.run > tfoot { display: table-footer-group; }
.run > * > tr > td { padding: 0; border: 0; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 2mm; }
.mark { text-align: right; font-size: 10pt; margin: 0; }
.foot { font-size: 9pt; border-top: .3mm solid #000; margin: 3mm 0 0; padding-top: 1mm; }
.foot span { margin-right: 2em; }
h2 { font-size: 12pt; margin: 4mm 0 1mm; break-after: avoid; page-break-after: avoid; }
p { margin: 0 0 1mm; text-indent: 2em; overflow-wrap: anywhere; orphans: 2; widows: 2; }
p.mark, p.foot, p.strong { text-indent: 0; }
p.strong { font-weight: bold; }
dl { display: flex; flex-wrap: wrap; margin: 0 0 1mm; }
dl div { display: flex; width: 50%; padding-right: 2mm; }
dl div.long { width: 100%; }
dt { flex: none; } dt::after { content: \"：\"; }
dd { margin: 0; overflow-wrap: anywhere; }
.grid { width: 100%; border-collapse: collapse; margin: 1mm 0 2mm; line-height: 1.35; table-layout: fixed; }
.grid thead { display: table-header-group; }
.grid tr { break-inside: avoid; page-break-inside: avoid; }
.grid th, .grid td { border: .25mm solid #000; padding: .6mm 1mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.sign { break-inside: avoid; page-break-inside: avoid; margin: 6mm 0 0; }
.sign b { font-weight: normal; display: inline-block; min-width: 14em; border-bottom: .3mm solid #000; }
.sign i { font-style: normal; white-space: nowrap; margin-left: 1em; }
.sign small { display: block; }
.cut { border-top: .3mm dashed #000; margin: 8mm 0; }
.turn { break-after: page; page-break-after: always; height: 0; }
@media screen { body { background: #eee; } .paper { width: 210mm; margin: 5mm auto; padding: 18mm 20mm; background: #fff; } .paper.wide { width: 297mm; padding: 15mm 14mm; } }
";
/// A label and value wider than this have a line of their own, in half-width signs.
const LONG: usize = 36;
/// What the lines and margins of a column take, in micrometres.
const PADDING: usize = 2_600;
/// Half a 汉字 of 7.5 and of 10 point, in micrometres.
const SMALLEST: usize = 1_323;
const LARGEST: usize = 1_764;

/// Returns the documents one after the other as one page for the browser.
pub fn page(documents: &[Document]) -> String {
    let title = documents.first().map_or("", |document| &document.title);
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n");
    out.push_str("<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n");
    let _ = writeln!(out, "<title>{}</title>", escaped(title));
    let _ = writeln!(out, "<style>\n{STYLE}</style>\n</head>\n<body>");
    for document in documents {
        put_document(&mut out, document);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn put_document(out: &mut String, document: &Document) {
    let class = match document.width {
        Width::Portrait => "paper",
        Width::Landscape => "paper wide",
    };
    let _ = writeln!(out, "<section class=\"{class}\">\n<table class=\"run\">");
    let title = escaped(&document.title);
    let _ = writeln!(out, "<thead><tr><td><h1>{title}</h1>");
    if !document.mark.is_empty() {
        let mark = escaped(&document.mark);
        let _ = writeln!(out, "<p class=\"mark\">{mark}</p>");
    }
    out.push_str("</td></tr></thead>\n<tfoot><tr><td><p class=\"foot\">");
    for part in document.foot.parts() {
        let _ = write!(out, "<span>{}</span>", escaped(&part));
    }
    out.push_str("</p></td></tr></tfoot>\n<tbody><tr><td>\n");
    for block in &document.blocks {
        put_block(out, block, document.width);
    }
    out.push_str("</td></tr></tbody>\n</table>\n</section>\n");
}

fn put_block(out: &mut String, block: &Block, width: Width) {
    match block {
        Block::Heading(text) => put(out, "h2", text),
        Block::Text(text) => put(out, "p", text),
        Block::Strong(text) => {
            let _ = writeln!(out, "<p class=\"strong\">{}</p>", escaped(text));
        }
        Block::Pairs(pairs) => put_pairs(out, pairs),
        Block::Table(grid) => put_grid(out, grid, width),
        Block::Signatures(places) => places.iter().for_each(|place| put_signing(out, place)),
        Block::Cut => out.push_str("<div class=\"cut\"></div>\n"),
        Block::PageBreak => out.push_str("<div class=\"turn\"></div>\n"),
    }
}

fn put(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escaped(text));
}

fn put_pairs(out: &mut String, pairs: &[(String, String)]) {
    out.push_str("<dl>\n");
    for (label, value) in pairs {
        let is_long = LONG < cells(label) + cells(value);
        let class = if is_long { " class=\"long\"" } else { "" };
        let (label, value) = (escaped(label), escaped(value));
        let _ = writeln!(out, "<div{class}><dt>{label}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

/// A table's type is as large as its columns allow, and each column as wide as it asked for.
fn put_grid(out: &mut String, grid: &Grid, width: Width) {
    let cells: usize = grid.columns.iter().map(|column| column.cells).sum();
    let room = match width {
        Width::Portrait => 170_000,
        Width::Landscape => 269_000_usize,
    };
    let room = room.saturating_sub(grid.columns.len() * PADDING);
    // Half the width of a 汉字, in micrometres; a point is 352.8.
    let half = (room / cells.max(1)).clamp(SMALLEST, LARGEST);
    let tenths = half * 200 / 3528;
    let (points, tenth) = (tenths / 10, tenths % 10);
    let _ = write!(
        out,
        "<table class=\"grid\" style=\"font-size:{points}.{tenth}pt\">\n<colgroup>"
    );
    let total = cells * half + grid.columns.len() * PADDING;
    for column in &grid.columns {
        let share = (column.cells * half + PADDING) * 1000 / total.max(1);
        let (whole, tenth) = (share / 10, share % 10);
        let _ = write!(out, "<col style=\"width:{whole}.{tenth}%\">");
    }
    out.push_str("</colgroup>\n<thead><tr>");
    for column in &grid.columns {
        let _ = write!(out, "<th>{}</th>", escaped(&column.title));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &grid.rows {
        out.push_str("<tr>");
        for at in 0..grid.columns.len() {
            let _ = write!(out, "<td>{}</td>", escaped(Grid::cell(row, at)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn put_signing(out: &mut String, place: &Signing) {
    let label = escaped(&place.label);
    let _ = write!(out, "<div class=\"sign\">{label}：<b>&#160;</b>");
    out.push_str("<i>日期：______年____月____日</i>");
    if !place.told.is_empty() {
        let _ = write!(out, "<small>（{}）</small>", escaped(&place.told));
    }
    out.push_str("</div>\n");
}

/// Returns the text so that nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in printable(text).chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            sign => out.push(sign),
        }
    }
    out
}
