//! Bytes from anywhere, thrown at everything that reads bytes from outside. Nothing may fall or
//! hang; what is understood must hold.
//!
//! The targets here and the random tests of the package throw through the same functions.

use std::{ops::ControlFlow, sync::OnceLock, time::Duration};

use cunyi::{
    catalog::Catalog,
    domain::{
        day::Day,
        form::{FormContext, FormDef, fill::Filled, line},
        roster::RosterFailure,
        settings::Settings,
        tables::Table,
        text::{Lang, harmless, is_invisible},
    },
    lang::refusals,
    paper::roster,
    store::{backup, entry_of, rows},
    tui::{
        input::decode::{Decoder, Typed},
        keymap,
    },
};

/// A roster: any file a user may name.
pub fn import(bytes: &[u8]) {
    let today = Day::default();
    let read = roster::read_bytes("x", bytes.to_vec(), None, today, &mut |_| {
        ControlFlow::Continue(())
    });
    match read {
        Ok(read) => {
            for row in &read.rows {
                let name = row.name.as_deref().unwrap_or_default();
                assert!(!name.chars().any(|c| c.is_control() || is_invisible(c)));
            }
        }
        Err(failure) => said(&failure),
    }
}

fn said(failure: &RosterFailure) {
    for lang in [Lang::Zh, Lang::En] {
        let said = refusals::roster::failure(failure, lang);
        assert!(!harmless(&said).is_empty());
    }
}

/// An entry of the journal, as another program may have written it.
pub fn journal(bytes: &[u8]) {
    let _ = entry_of(bytes);
}

/// A row of every table, and the keys it is found by.
pub fn rows(bytes: &[u8]) {
    let settings = Settings::default();
    for table in Table::ALL {
        let _ = rows::index_of(table, bytes, &settings);
    }
}

/// A copy of a store.
pub fn copy(bytes: &[u8]) {
    let _ = backup::entries_in(bytes);
}

/// A keymap laid over the default.
pub fn keymap(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let base = keymap::shipped("default").unwrap_or_default();
    if let Err(faults) = keymap::load(base, Some(&text)) {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!(!fault.say(Lang::Zh).is_empty() && !fault.say(Lang::En).is_empty());
        }
    }
}

/// A line of one-line entry, on the form its first byte names.
pub fn line(bytes: &[u8]) {
    static FORMS: OnceLock<Vec<FormDef>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| Catalog::check().unwrap_or_default());
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let Some(form) = forms.get(usize::from(*first) % forms.len().max(1)) else {
        return;
    };
    let day = Day::default();
    let context = FormContext::on(day, day);
    let text = String::from_utf8_lossy(rest);
    let Ok(filled) = line::read(form, &text, &Filled::default(), &context) else {
        return;
    };
    // What a form writes of itself it reads again.
    for lang in [Lang::Zh, Lang::En] {
        let written = line::write(form, &filled, lang);
        let again = line::read(form, &written, &Filled::default(), &context);
        assert!(again.is_ok(), "{written:?}: {again:?}");
    }
}

/// What a terminal sends, cut anywhere.
pub fn terminal(bytes: &[u8]) {
    let mut decoder = Decoder::default();
    let mut typed = Vec::new();
    let cut = bytes.len() / 2;
    let (one, other) = bytes.split_at(cut);
    for (turn, part) in (1..).zip([one, other]) {
        decoder.feed(part, Duration::from_millis(turn), &mut typed);
    }
    decoder.expire(Duration::from_mins(1), &mut typed);
    assert_eq!(decoder.deadline(), None);
    for typed in typed {
        if let Typed::Paste(text) = typed {
            assert!(!text.chars().any(is_invisible));
        }
    }
}
