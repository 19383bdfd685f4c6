//! Keymaps are complete and safe, and a faulty one is refused with every fault.

use cunyi::{
    domain::text::Lang,
    tui::{
        action::{Action, Context, Global, Offer},
        keymap::{self, SHIPPED, load},
        keys::Key,
    },
};
use rstest::rstest;

fn default_text() -> &'static str {
    keymap::shipped("default").unwrap()
}

fn faults(own: &str) -> Vec<String> {
    let faults = load(default_text(), Some(own)).unwrap_err();
    faults.iter().map(|fault| fault.say(Lang::Zh)).collect()
}

#[test]
fn shipped_keymaps_have_no_fault() {
    for (name, text) in SHIPPED {
        if let Err(faults) = load(text, None) {
            let faults: Vec<String> = faults.iter().map(|fault| fault.say(Lang::En)).collect();
            panic!("{name}: {}", faults.join("\n"));
        }
    }
}

#[test]
fn every_action_with_a_key_has_one_that_is_no_bare_letter() {
    for (name, text) in SHIPPED {
        let keys = load(text, None).unwrap();
        for context in Context::ALL {
            for action in context.actions() {
                if action.offer() == Offer::Palette {
                    continue;
                }
                let hint = keys.hint(*context, action);
                let letter = hint.and_then(Key::typed).is_some_and(char::is_alphabetic);
                assert!(hint.is_some() && !letter, "{name}: {action:?}");
            }
        }
    }
}

/// The keys that are the same on every screen and in every manual.
#[rstest]
#[case("f3", Global::Search)]
#[case("f4", Global::Palette)]
#[case("f12", Global::Undo)]
#[case("ctrl-z", Global::Undo)]
#[case("?", Global::Help)]
#[case("f1", Global::Help)]
#[case("ctrl-o", Global::Help)]
#[case("ctrl-c", Global::Back)]
fn the_promised_keys_are_kept(#[case] key: &str, #[case] action: Global) {
    let key = Key::parse(key).unwrap();
    for (name, text) in SHIPPED {
        let keys = load(text, None).unwrap();
        let found = keys.action(Context::Queue, key);
        assert_eq!(found, Some(Action::Global(action)), "{name}");
    }
}

#[test]
fn ctrl_q_and_ctrl_d_mean_nothing_anywhere() {
    for (_, text) in SHIPPED {
        let keys = load(text, None).unwrap();
        for context in Context::ALL {
            assert_eq!(keys.action(*context, Key::ctrl('q')), None);
            assert_eq!(keys.action(*context, Key::ctrl('d')), None);
        }
    }
}

#[test]
fn an_own_file_changes_only_what_it_names() {
    let keys = load(
        default_text(),
        Some("[queue]\nvisit = [\"ctrl-x\"]\nmark = []\n"),
    )
    .unwrap();
    let queue = |name| Context::Queue.action(name).unwrap();
    assert_eq!(keys.keys(queue("visit")), [Key::ctrl('x')]);
    assert_eq!(keys.keys(queue("mark")), []);
    assert_eq!(keys.keys(queue("why")).len(), 2);
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let own = "[queue]
vist = [\"f8\"]
why = [\"f99\", \"ctrl-q\"]
mark = [\"x\"]
visit = \"enter\"
[quue]
[search]
open = [\"o\"]
[global]
redraw = [\"f6\"]
back = []
help = [\"ctrl-h\", \"f2\"]
";
    insta::assert_snapshot!(faults(own).join("\n"));
    let english = load(default_text(), Some(own)).unwrap_err();
    let english: Vec<String> = english.iter().map(|fault| fault.say(Lang::En)).collect();
    insta::assert_snapshot!(english.join("\n"));
}

#[rstest]
#[case("[queue]\nwhy = [\"f1\"]", "第2行")]
#[case("[queue]\nwhy = [\"ctrl-s\"]", "安全")]
#[case("[queue]\nwhy = [\"alt-x\"]", "安全")]
#[case("[queue]\nwhy = [\"y\"]", "安全")]
#[case("[queue]\nwhy = [\"f11\"]", "安全")]
#[case("[queue\nwhy = []", "TOML")]
fn an_unsafe_key_is_refused(#[case] own: &str, #[case] said: &str) {
    let faults = faults(own).join("\n");
    assert!(faults.contains(said), "{faults}");
}

#[test]
fn the_key_table_names_every_action_once() {
    let keys = load(default_text(), None).unwrap();
    let table = keymap::markdown(&keys, Lang::Zh);
    for context in Context::ALL {
        for action in context.actions() {
            let row = format!("| {} | {} |", context.title().zh, action.text().zh);
            assert_eq!(table.matches(&row).count(), 1, "{row}");
        }
    }
}
