//! The stable key by which an entry says what it was made for.

use super::{reply, request::Command};

impl Command {
    /// Returns the stable key kept with the entry.
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::SetUp(_) => "set_up",
            Self::RenameClinic { .. } => "rename_clinic",
            Self::AddStaff { .. } => "add_staff",
            Self::ChangeStaff { .. } => "change_staff",
            Self::AddVillage { .. } => "add_village",
            Self::ChangeVillage { .. } => "change_village",
            Self::AddHousehold(_) => "add_household",
            Self::ChangeHousehold { .. } => "change_household",
            Self::AddPerson { .. } => "add_person",
            Self::ChangePerson { .. } => "change_person",
            Self::ChangeRelation { .. } => "change_relation",
            Self::ChangeHead { .. } => "change_head",
            Self::MovePerson(_) => "move_person",
            Self::SplitHousehold(_) => "split_household",
            Self::MergeHouseholds { .. } => "merge_households",
            Self::RecordDeath { .. } => "record_death",
            Self::MoveOut { .. } => "move_out",
            Self::MoveBack { .. } => "move_back",
            Self::VoidPerson { .. } => "void_person",
            Self::SetTag { .. } => "set_tag",
            Self::ClearTag { .. } => "clear_tag",
            Self::RecordContact(_) => "record_contact",
            Self::KeepForms { .. } => "keep_forms",
            Self::DropForm { .. } => "drop_form",
            Self::ChangeSettings { .. } => "change_settings",
            Self::CorrectContact { .. } => "correct_contact",
            Self::WithdrawContact { .. } => "withdraw_contact",
            Self::EnrolMany(_) => "enrol_many",
            Self::DeclineProposals { .. } => "decline_proposals",
            Self::Import { .. } => reply::done::IMPORT,
            Self::MarkRound { .. } => "mark_round",
            Self::Undo => "undo",
        }
    }
}
