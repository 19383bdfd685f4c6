//! The form editor: any form of the catalogue, filled in by keys alone.
//!
//! Built from a `FormDef`; it knows no form and no field by name, asks the desk nothing and
//! decides no class: the outcome lines and proposals are handed in.
//!
//! ```text
//!  banner                     handed in, when there is an urgent sign
//!  ┌ body ──────────────┐     layout: items in one or two columns, scrolled by half pages
//!  │ 血压 [138/ 86] mmHg │
//!  └────────────────────┘
//!  problems                   all of them, after the save key
//!  outcome                    handed in, live
//!  138/86 p74 无异常           the line that would have produced it
//! ```

mod cells;
mod columns;
mod editor;
mod item;
pub mod key;
mod layout;
mod moving;
mod page;
mod saving;
mod sections;
mod sharing;
mod surrounding;
mod typing;
mod view;
pub mod words;

pub use cells::{Ink, Segment};
pub use columns::{Column, ColumnCell, columns};
pub use editor::{FormEditor, Opening, Reaction, Start};
pub use key::{EditorKey, Step};
pub use page::{Cell, Place};
pub use view::{Surroundings, problem_lines, style_of, view};
