//! Prints: one document of blocks, written as A4 HTML or as plain text for a dot-matrix printer.
//!
//! | file | idea |
//! |---|---|
//! | [`document`] | what a print consists of, without any layout |
//! | [`html`] | self-contained A4 pages: print styles, repeated table heads, no script |
//! | [`plain`], `grid`, `pages` | 80 columns, pages of a set length, form feeds |
//! | `printable` | what may reach paper, and how wide a printer draws it |
//!
//! Papers that people sign are Chinese whatever language the window speaks. What stands in a
//! document, and that it is audited, is for the caller to decide.

pub mod document;

pub mod html;
pub mod plain;

mod grid;
mod pages;
mod printable;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use self::document::{Block, Column, Document, Foot, Grid, Signing, Width};
use super::export::{self, ExportFailure, Overwrite};

/// How a print is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a browser: A4, print styles.
    Html,
    /// For a dot-matrix printer, or to be read anywhere.
    Text(Sheet),
}

/// The pages of a plain-text print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Lines of a page, from [`Sheet::LEAST`]; 66 on eleven inches at six lines an inch.
    pub lines: usize,
    pub encoding: Encoding,
}

/// The bytes of a plain-text print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What Chinese dot-matrix printers read; it covers all of Unicode.
    Gb18030,
}

impl Sheet {
    /// The fewest lines a page may have.
    pub const LEAST: usize = 30;
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            lines: 66,
            encoding: Encoding::Utf8,
        }
    }
}

impl Form {
    /// Returns the form's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text(_) => "text",
        }
    }

    /// Returns the form a name given with `--format` means, or a file's ending.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "text" | "txt" => Some(Self::Text(Sheet::default())),
            _ => None,
        }
    }

    /// Returns the form a file's ending asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::named(&path.extension()?.to_string_lossy())
    }
}

/// Writes the documents one after the other, whole or not at all.
///
/// # Errors
/// Fails with the disk, and where the file exists and may not be replaced.
pub fn to_file(
    documents: &[Document],
    form: Form,
    path: &Path,
    overwrite: Overwrite,
) -> Result<(), ExportFailure> {
    let bytes = bytes(documents, form);
    export::whole(path, overwrite, |file| Ok(file.write_all(&bytes)?))
}

/// Returns the file of the documents one after the other.
pub fn bytes(documents: &[Document], form: Form) -> Vec<u8> {
    match form {
        Form::Html => html::page(documents).into_bytes(),
        Form::Text(sheet) => {
            let text = plain::text(documents, sheet.lines);
            match sheet.encoding {
                Encoding::Utf8 => text.into_bytes(),
                Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            }
        }
    }
}
