//! Tables out: CSV for any spreadsheet, XLSX with numbers as text, JSON for programs.
//!
//! A file appears whole or not at all, and none is overwritten unasked. What stands in a table
//! is for the caller to decide and to audit.

mod delimited;
mod json;
mod place;
mod plain;
mod sheet;
mod table;

use std::{io::Write, path::Path};

pub use place::Overwrite;
pub(super) use place::whole;
pub use table::{Table, TableCell, TableColumn};

use crate::domain::text::{Lang, Text};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with byte order mark; no cell can run as a formula.
    Csv,
    /// One sheet; identity numbers and phones are text.
    Xlsx,
    /// One array of objects.
    Json,
}

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFailure {
    /// A file of that name exists.
    #[error("the file exists")]
    Exists,
    /// A sheet has no place for so many rows or columns, or for so long a text.
    #[error("too large for a sheet: {detail}")]
    TooLarge { detail: String },
    /// The disk or the folder refuses.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

impl Format {
    /// Lists the formats by the names `--format` takes, which are also the files' endings.
    pub const ALL: [(&'static str, Self); 3] = [
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("json", Self::Json),
    ];

    /// Returns the format's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Returns the format of a name, capital or small.
    pub fn named(name: &str) -> Option<Self> {
        let wanted = name.to_ascii_lowercase();
        let found = Self::ALL.into_iter().find(|(name, _)| *name == wanted);
        found.map(|(_, format)| format)
    }

    /// Returns the format a file's ending asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::named(&path.extension()?.to_string_lossy())
    }
}

impl ExportFailure {
    /// Says why no file was written and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        let (wording, detail) = match self {
            Self::Exists => (
                Text {
                    zh: "已有同名文件，没有覆盖。换个文件名，或加上 --replace 覆盖它。",
                    en: "A file of that name exists and was left as it is. Choose another name, or replace it with --replace.",
                },
                String::new(),
            ),
            Self::TooLarge { detail } => (
                Text {
                    zh: "内容超出一张表所能容纳（{detail}），请改用 CSV 或分批导出。",
                    en: "More than a sheet can hold ({detail}); use CSV or export in parts.",
                },
                detail.clone(),
            ),
            Self::Disk(fault) => (
                Text {
                    zh: "文件写不进去（{detail}）。请检查文件夹和磁盘空间；原有文件没有改动。",
                    en: "The file cannot be written ({detail}). Check the folder and the disk's space; nothing was changed.",
                },
                fault.to_string(),
            ),
        };
        wording.get(lang).replace("{detail}", &detail)
    }
}

/// Writes the table to a file, whole or not at all.
pub fn to_file(
    table: &Table,
    format: Format,
    path: &Path,
    overwrite: Overwrite,
) -> Result<(), ExportFailure> {
    whole(path, overwrite, |file| to_writer(table, format, file))
}

/// Writes the table as plain text under a title, whole or not at all.
pub fn to_text_file(
    title: &str,
    table: &Table,
    path: &Path,
    overwrite: Overwrite,
) -> Result<(), ExportFailure> {
    whole(path, overwrite, |file| {
        plain::write(title, table, file).map_err(ExportFailure::Disk)
    })
}

/// Writes the table to anything that takes bytes.
pub fn to_writer(table: &Table, format: Format, out: &mut dyn Write) -> Result<(), ExportFailure> {
    match format {
        Format::Csv => delimited::write(table, out)?,
        Format::Xlsx => sheet::write(table, out)?,
        Format::Json => json::write(table, out)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_go_by_name_and_ending() {
        assert_eq!(Format::of_path(Path::new("a/户.CSV")), Some(Format::Csv));
        assert_eq!(Format::named("xlsx"), Some(Format::Xlsx));
        assert_eq!(Format::named("pdf"), None);
    }

    #[test]
    fn failures_say_what_to_do_in_both_languages() {
        let failure = ExportFailure::TooLarge {
            detail: "1,048,577".to_owned(),
        };
        assert!(failure.sentence(Lang::Zh).contains("1,048,577"));
        assert!(!failure.sentence(Lang::En).contains('{'));
    }
}
