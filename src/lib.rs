//! 村医 cunyi: the program a village clinic runs its family-doctor service on.
//!
//! # The map, in reading order
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`domain`] | what a village clinic means: values and rules | – |
//! | [`lang`] | the language, and the words for refusals and problems | `domain` |
//! | [`catalog`] | forms and settings: data built into the binary | `domain` |
//! | [`store`] | the journal, the tables derived from it, drafts, windows; how they are sealed and copied | `domain` |
//! | [`search`] | the index over residents and its matching | `domain` |
//! | [`desk`] | the one way in, past its door: `ask(Request) → Reply` | the four above but `lang` |
//! | [`paper`] | rosters in; tables and prints out | `domain`, `catalog`, `lang` |
//! | [`practice`] | the practice village, built through desk requests only | `domain`, `catalog`, `desk` |
//! | [`tui`] | the window | all but `store`, `search`, `cli` |
//! | [`cli`] | one file a subcommand | as `tui`, and `tui` |
//!
//! # One keypress, one record
//!
//! ```text
//! KeyEvent → Message::Key → Keymap::action(context, key) → the screen's update → state, effects → view
//!                                                                │
//!                                    Effect::Ask(Request) ───────┘
//!                                           │
//!        desk: one write transaction: gather → decide (domain) → append → apply → commit
//!                                           │
//!                                    Message::Replied → the screen → one status line
//! ```
//!
//! # Invariants
//!
//! 1. `domain` does no I/O, reads no clock, knows no storage, chooses no language.
//! 2. `tui::app::update` is the only code that changes a window's state; `view` only draws.
//! 3. The window performs no effect itself; the loop in `tui` does and answers with a message.
//! 4. Everything from outside enters that loop as a message on one channel.
//! 5. `desk::Request` and `desk::Reply` are closed; every front end speaks only them.
//! 6. A change is decided inside the write transaction and appended there, or not at all. Only an
//!    import is worked out beside the store; it goes in where the journal still ends where it
//!    was worked out, and is worked out again where it does not.
//! 7. `domain::event::apply` is the only way a stored row changes. It copies what
//!    events carry and runs no rule, so a replay gives exactly the tables, also under
//!    later rules. Time alone writes nothing.
//! 8. One question reads one snapshot, and lets it go before any wait.
//! 9. Every change carries an id made by the front end and the revisions it was decided
//!    on: a repeat gets the first reply, a stale one a conflict.
//! 10. Recorded facts are never edited in place; a correction is a new event.
//! 11. A real clinic's data are sealed on the disk, and whoever asks the desk came in by its
//!     door; what they may change and see in full is decided there, for every front end.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod domain;

pub mod lang;

pub mod catalog;
pub mod search;
pub mod store;

pub mod desk;

pub mod paper;
pub mod practice;

pub mod cli;
pub mod tui;

/// The heap. A window's threads each need much for a moment and little for long; this one gives
/// back what they do not need any more, where the system's keeps a pool for each.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;
