//! Reads keymap files and lays a user's own file over a shipped one.
//!
//! It reports every fault of both reading and meaning at once; it opens no file.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Keymap, check,
    fault::{Fault, What},
};
use crate::domain::order::Arrange as _;
use crate::tui::{
    action::{Action, Context},
    keys::Key,
};

/// The keys one file gives one action.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub action: Action,
    pub keys: Vec<(Key, usize)>,
    /// The line of the action's name.
    pub line: usize,
    /// Whether the user's own file says so.
    pub own: bool,
}

/// Returns the keymap of `base` (a whole keymap, as shipped) with the user's
/// `own` file laid over it action by action, or every fault of both.
pub fn load(base: &str, own: Option<&str>) -> Result<Keymap, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut bounds = read(base, false, &mut faults);
    check::complete(&bounds, &mut faults);
    for over in own.map_or_else(Vec::new, |text| read(text, true, &mut faults)) {
        match bounds.iter_mut().find(|bound| bound.action == over.action) {
            Some(bound) => *bound = over,
            None => bounds.push(over),
        }
    }
    check::meaning(&bounds, &mut faults);
    if faults.is_empty() {
        Ok(Keymap::of(bounds.into_iter().map(|bound| {
            let keys = bound.keys.into_iter().map(|(key, _)| key).collect();
            (bound.action, keys)
        })))
    } else {
        faults.arrange_by_key(|fault| fault.line);
        Err(faults)
    }
}

fn read(text: &str, own: bool, faults: &mut Vec<Fault>) -> Vec<Bound> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let place = Place(text);
    faults.extend(errors.iter().map(|error| Fault {
        line: place.line(error.span()),
        what: What::NotToml(error.message().to_owned()),
    }));
    let mut bounds = Vec::new();
    for (name, section) in table.get_ref() {
        let Some(context) = Context::named(name.get_ref()) else {
            faults.push(Fault {
                line: place.line(Some(name.span())),
                what: What::UnknownContext(name.get_ref().to_string()),
            });
            continue;
        };
        if let Some(section) = section.get_ref().as_table() {
            read_section(context, section, own, place, &mut bounds, faults);
        } else {
            faults.push(Fault {
                line: place.line(Some(name.span())),
                what: What::NotAList(name.get_ref().to_string()),
            });
        }
    }
    bounds
}

fn read_section(
    context: Context,
    section: &DeTable<'_>,
    own: bool,
    place: Place<'_>,
    bounds: &mut Vec<Bound>,
    faults: &mut Vec<Fault>,
) {
    for (name, value) in section {
        let line = place.line(Some(name.span()));
        let Some(action) = context.action(name.get_ref()) else {
            let what = What::UnknownAction(context, name.get_ref().to_string());
            faults.push(Fault { line, what });
            continue;
        };
        let Some(list) = value.get_ref().as_array() else {
            let what = What::NotAList(name.get_ref().to_string());
            faults.push(Fault { line, what });
            continue;
        };
        let keys = list
            .iter()
            .filter_map(|item| read_key(item, name.get_ref(), place, faults))
            .collect();
        bounds.push(Bound {
            action,
            keys,
            line,
            own,
        });
    }
}

fn read_key(
    item: &Spanned<DeValue<'_>>,
    name: &str,
    place: Place<'_>,
    faults: &mut Vec<Fault>,
) -> Option<(Key, usize)> {
    let line = place.line(Some(item.span()));
    let what = match item.get_ref().as_str() {
        None => What::NotAList(name.to_owned()),
        Some(text) => match Key::parse(text) {
            Ok(key) => return Some((key, line)),
            Err(_) => What::UnreadableKey(text.to_owned()),
        },
    };
    faults.push(Fault { line, what });
    None
}

/// The text a place is counted in.
#[derive(Clone, Copy)]
struct Place<'a>(&'a str);

impl Place<'_> {
    fn line(self, span: Option<Range<usize>>) -> usize {
        let start = span.map_or(0, |span| span.start);
        1 + self
            .0
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count()
    }
}
