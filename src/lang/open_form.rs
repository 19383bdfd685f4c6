//! The words of forms in progress.

use crate::domain::{
    open_form::SectionsDone,
    text::{Label, Lang, Text},
};

const IN_PROGRESS: Text = Text {
    zh: "{form} 进行中 {done}/{all}节",
    en: "{form} in progress, {done} of {all} sections",
};

/// Says which form is in progress and how far it is.
pub fn in_progress(title: &Label, progress: SectionsDone, lang: Lang) -> String {
    IN_PROGRESS
        .get(lang)
        .replace("{form}", title.get(lang))
        .replace("{done}", &progress.done.to_string())
        .replace("{all}", &progress.all.to_string())
}
