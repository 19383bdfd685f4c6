//! The stable key by which an entry says what it was made for.

use super::{
    reply,
    request::{Command, Party},
};
use crate::domain::agreement::action::Action;

impl Command {
    /// Returns the stable key kept with the entry.
    pub fn cause(&self) -> &'static str {
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
            Self::GivePassword { .. } => "give_password",
            Self::RenewRecovery { .. } => "renew_recovery",
            Self::TakeOver { .. } => "take_over",
            Self::Agreement { action, .. } => agreement(action),
            Self::AgreementSteps { actions, .. } => match actions.last() {
                Some(action) => agreement(action),
                None => "agreement",
            },
            Self::KeepParty(party) => match **party {
                Party::Doctor(..) => "keep_doctor",
                Party::Team(..) => "keep_team",
                Party::Unit(..) => "keep_unit",
                Party::Package(_) => "keep_package",
                Party::Voucher(_) => "issue_voucher",
                Party::VoidVoucher { .. } => "void_voucher",
            },
            Self::RollAgreements => "roll_agreements",
            Self::SendReport { .. } => "send_report",
        }
    }
}

const fn agreement(action: &Action) -> &'static str {
    match action {
        Action::Draft(_) => "agreement_draft",
        Action::Edit(_) => "agreement_edit",
        Action::Print { .. } => "agreement_print",
        Action::Sign(_) => "agreement_sign",
        Action::Join(_) => "agreement_join",
        Action::Leave { .. } => "agreement_leave",
        Action::Confirm(_) => "agreement_confirm",
        Action::GiveNotice(_) => "agreement_give_notice",
        Action::WithdrawNotice { .. } => "agreement_withdraw_notice",
        Action::SignEnding { .. } => "agreement_sign_ending",
        Action::End { .. } => "agreement_end",
        Action::StopService { .. } => "agreement_stop_service",
        Action::Discard { .. } => "agreement_discard",
        Action::Void(_) => "agreement_void",
        Action::SpeakOfRenewal { .. } => "agreement_speak_of_renewal",
        Action::Doubt { .. } => "agreement_doubt",
        Action::ClearDoubt { .. } => "agreement_clear_doubt",
        Action::NameActing { .. } => "agreement_name_acting",
        Action::Roll => "agreement_roll",
    }
}
