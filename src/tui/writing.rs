//! Files of the window's own making: written whole, named when written, never replaced unasked.

use std::path::{Path, PathBuf};

use super::{
    app::{App, Status},
    message::{Effect, Message},
    screens::{
        Then, question,
        sheet::{Content, Sheet},
    },
    words::queue as words,
};
use crate::{
    desk::request::HandedOut,
    domain::looking::{Handed, Way},
    paper::{
        export::{self, ExportFailure, Format, Overwrite},
        print::{self, Form},
    },
};

/// Writes a sheet and returns how it went.
pub fn message(sheet: Box<Sheet>) -> Message {
    let written = write(&sheet);
    Message::Written(sheet, written)
}

/// A table becomes what its file's ending asks for, else plain text; a document a page for the
/// browser, or plain text.
fn write(sheet: &Sheet) -> Result<PathBuf, ExportFailure> {
    let path = std::path::absolute(&sheet.file)?;
    let overwrite = sheet.overwrite;
    match &sheet.content {
        Content::Table { title, table } => match Format::of_path(&path) {
            Some(format) => export::to_file(table, format, &path, overwrite)?,
            None => export::to_text_file(title, table, &path, overwrite)?,
        },
        Content::Documents(documents) => {
            let form = Form::of_path(&path).unwrap_or(Form::Text(print::Sheet::default()));
            print::to_file(documents, form, &path, overwrite)?;
        }
    }
    Ok(path)
}

/// Tells where it was written; asks before a file is replaced.
pub(super) fn written(
    app: &mut App,
    sheet: Box<Sheet>,
    written: Result<PathBuf, ExportFailure>,
) -> Vec<Effect> {
    let look = &app.look;
    let mut noted = Vec::new();
    app.status = Some(match written {
        Ok(path) => {
            noted.push(app.errands.hand_out(handed(&sheet, &path)));
            let text = look.say(words::SHEET_WRITTEN);
            Status::done(text.replace("{}", &path.to_string_lossy()))
        }
        Err(ExportFailure::Exists) => {
            let question = look.say(words::SHEET_EXISTS).replace("{}", &sheet.file);
            let asked = question::State::confirm(look, look.say(words::PRINT_TITLE), &question);
            app.unwritten = Some(sheet);
            return app.interrupt(asked, Then::Overwrite);
        }
        Err(failure) => Status::refused(failure.sentence(look.lang)),
    });
    noted
}

/// Returns what left the store with a sheet.
fn handed(sheet: &Sheet, path: &Path) -> HandedOut {
    let (way, rows, format) = match &sheet.content {
        Content::Table { table, .. } => match Format::of_path(path) {
            Some(format) => (Way::Export, table.rows.len(), format.name()),
            None => (Way::Print, table.rows.len(), "text"),
        },
        Content::Documents(documents) => {
            let form = Form::of_path(path).map_or("text", Form::name);
            (Way::Print, documents.len(), form)
        }
    };
    HandedOut {
        way,
        what: Handed {
            what: sheet.what.to_owned(),
            rows: rows as u64,
            format: format.to_owned(),
        },
        people: sheet.people.clone(),
    }
}

/// Writes what waited, or leaves the file as it is.
pub(super) fn overwrite(app: &mut App, may: bool) -> Vec<Effect> {
    let sheet = app.unwritten.take().filter(|_| may);
    let write = sheet.map(|sheet| {
        Effect::Write(Box::new(Sheet {
            overwrite: Overwrite::Allowed,
            ..*sheet
        }))
    });
    write.into_iter().collect()
}
