//! What each role may change. Reading is everybody's who was let in; what is masked for whom is
//! told where it is shown.

use super::{
    Stop,
    request::{Command, Party},
};
use crate::{
    domain::{
        agreement::action::Action,
        clinic::{Role, Staff},
        refusal::{AccountRefusal, RecordRefusal, Refusal},
    },
    store,
};

/// What something touches, as far as rights go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// Visits, enrolments, agreements: what is done with residents.
    Care,
    /// Who lives where, and what their cards say.
    Register,
    /// Staff, villages, settings, who signs and what is offered.
    Clinic,
    /// What somebody who looks over the clinic's shoulder finds.
    Finding,
    /// One's own last entry, copies, and what the day itself brings.
    Anyones,
    /// What leaves the store on paper or in a file.
    Paper,
    /// Whole numbers, to phone residents back.
    Numbers,
}

/// What somebody may do where they sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub role: Role,
    /// Whose the clinic itself is to change.
    pub clinic: Role,
    /// Whether nothing can be changed from there.
    pub only_reads: bool,
}

impl Rights {
    /// Says whether this may be done.
    ///
    /// # Errors
    /// `E-READ-ONLY`; `E-ROLE`, naming the role that may not, or the one that may.
    pub fn may(self, matter: Matter) -> Result<(), Refusal> {
        if self.only_reads {
            return Err(AccountRefusal::ReadOnly.into());
        }
        let Self { role, .. } = self;
        let is_allowed = match matter {
            Matter::Anyones | Matter::Paper | Matter::Numbers => true,
            Matter::Care => matches!(role, Role::Doctor | Role::PublicHealth),
            Matter::Register => registers(role),
            Matter::Finding => role != Role::Admin,
            Matter::Clinic if role == self.clinic => true,
            Matter::Clinic => {
                let needed = self.clinic;
                return Err(RecordRefusal::NotAllowed { needed }.into());
            }
        };
        match is_allowed {
            true => Ok(()),
            false => Err(AccountRefusal::Role { role }.into()),
        }
    }
}

/// Says whether a staff member may ask for this; `staff` lists everybody on the staff.
///
/// # Errors
/// `E-ROLE`, naming the role that may not, or the one that may; as `staff` fails.
pub fn may(
    who: &Staff,
    command: &Command,
    staff: impl FnOnce() -> Result<Vec<Staff>, store::Error>,
) -> Result<(), Stop> {
    let matter = matter(command);
    let clinic = match matter {
        // One's own password is one's own affair.
        Matter::Clinic if is_own_password(who, command) => return Ok(()),
        Matter::Clinic => who_changes(&staff()?),
        // Who changes the clinic matters to nothing else.
        Matter::Care
        | Matter::Register
        | Matter::Finding
        | Matter::Anyones
        | Matter::Paper
        | Matter::Numbers => Role::Admin,
    };
    let rights = Rights {
        role: who.role,
        clinic,
        only_reads: false,
    };
    Ok(rights.may(matter)?)
}

/// Says whether this role changes cards and households, and so may hold rosters against them.
pub const fn registers(role: Role) -> bool {
    !matches!(role, Role::Supervisor)
}

/// Says whether somebody may change the clinic itself: an administrator; where the clinic has
/// none, a doctor.
///
/// # Errors
/// `NotAllowed`, naming the role that may.
pub fn clinic(who: Option<&Staff>, staff: &[Staff]) -> Result<(), RecordRefusal> {
    let needed = who_changes(staff);
    if who.is_some_and(|who| who.role == needed) {
        Ok(())
    } else {
        Err(RecordRefusal::NotAllowed { needed })
    }
}

/// Returns the role that changes the clinic itself among this staff.
pub fn who_changes(staff: &[Staff]) -> Role {
    let has_admin = staff.iter().any(|s| s.active && s.role == Role::Admin);
    if has_admin { Role::Admin } else { Role::Doctor }
}

/// Returns the role of somebody the recovery code names: whoever may change the clinic already
/// keeps theirs, anybody else becomes an administrator.
pub fn appointed(known: &Staff, staff: &[Staff]) -> Role {
    match who_changes(staff) == known.role {
        true => known.role,
        false => Role::Admin,
    }
}

/// Says whether a change of somebody's role, or of whether they work here, lets anybody change
/// the clinic who might not before: themselves, or every doctor once the last administrator is
/// none. `able` are those of the staff who can come in. An administrator is always made by a
/// password.
pub fn raises(known: &Staff, (role, active): (Role, bool), able: &[Staff]) -> bool {
    let changed = |one: &Staff| match one.id == known.id {
        true => Staff {
            role,
            active,
            ..one.clone()
        },
        false => one.clone(),
    };
    let after: Vec<Staff> = able.iter().map(changed).collect();
    let may = |id, staff: &[Staff]| {
        let who = staff.iter().find(|one| one.id == id && one.active);
        clinic(who, staff).is_ok()
    };
    let is_new = |one: &Staff| may(one.id, &after) && !may(one.id, able);
    known.role != role && role == Role::Admin || after.iter().any(is_new)
}

fn is_own_password(who: &Staff, command: &Command) -> bool {
    matches!(command, Command::GivePassword { staff, .. } if *staff == who.id)
}

fn matter(command: &Command) -> Matter {
    match command {
        Command::SetUp(_)
        | Command::RenameClinic { .. }
        | Command::AddStaff { .. }
        | Command::ChangeStaff { .. }
        | Command::AddVillage { .. }
        | Command::ChangeVillage { .. }
        | Command::ChangeSettings { .. }
        | Command::GivePassword { .. }
        | Command::RenewRecovery { .. }
        | Command::TakeOver { .. } => Matter::Clinic,
        Command::KeepParty(party) => kept(party),
        Command::AddHousehold(_)
        | Command::ChangeHousehold { .. }
        | Command::AddPerson { .. }
        | Command::ChangePerson { .. }
        | Command::ChangeRelation { .. }
        | Command::ChangeHead { .. }
        | Command::MovePerson(_)
        | Command::SplitHousehold(_)
        | Command::MergeHouseholds { .. }
        | Command::RecordDeath { .. }
        | Command::MoveOut { .. }
        | Command::MoveBack { .. }
        | Command::VoidPerson { .. }
        | Command::SetTag { .. }
        | Command::ClearTag { .. }
        | Command::Import { .. } => Matter::Register,
        Command::RecordContact(_)
        | Command::KeepForms { .. }
        | Command::DropForm { .. }
        | Command::CorrectContact { .. }
        | Command::WithdrawContact { .. }
        | Command::EnrolMany(_)
        | Command::DeclineProposals { .. }
        | Command::SendReport { .. }
        | Command::MarkRound { .. } => Matter::Care,
        Command::Agreement { action, .. } => signed(action),
        Command::AgreementSteps { actions, .. } => {
            let findings = actions.iter().all(|one| signed(one) == Matter::Finding);
            if findings {
                Matter::Finding
            } else {
                Matter::Care
            }
        }
        Command::RollAgreements | Command::Undo => Matter::Anyones,
    }
}

/// Who signs and what is offered is the clinic's; with whom, and what they brought along, is
/// noted by whoever signs them.
const fn kept(party: &Party) -> Matter {
    match party {
        Party::Doctor(..) | Party::Team(..) | Party::Package(..) => Matter::Clinic,
        Party::Unit(..) | Party::Voucher(..) | Party::VoidVoucher { .. } => Matter::Care,
    }
}

const fn signed(action: &Action) -> Matter {
    match action {
        Action::Doubt { .. } | Action::ClearDoubt { .. } => Matter::Finding,
        Action::Draft(_)
        | Action::Edit(_)
        | Action::Print { .. }
        | Action::Sign(_)
        | Action::Join(_)
        | Action::Leave { .. }
        | Action::Confirm(_)
        | Action::GiveNotice(_)
        | Action::WithdrawNotice { .. }
        | Action::SignEnding { .. }
        | Action::End { .. }
        | Action::StopService { .. }
        | Action::Discard { .. }
        | Action::Void(_)
        | Action::SpeakOfRenewal { .. }
        | Action::NameActing { .. }
        | Action::Roll => Matter::Care,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PersonId, StaffId, VisitId};
    use rstest::rstest;

    fn staff(role: Role) -> Staff {
        Staff {
            id: StaffId(1),
            name: "王建国".to_owned(),
            role,
            active: true,
        }
    }

    #[test]
    fn whoever_comes_to_change_the_clinic_is_raised() {
        let one = |id, role, active| Staff {
            id: StaffId(id),
            role,
            active,
            ..staff(role)
        };
        let (doctor, nurse) = (one(1, Role::Doctor, true), one(2, Role::PublicHealth, true));
        let able = [doctor.clone(), nurse.clone()];
        // A doctor changes the clinic as long as no administrator can come in.
        assert!(raises(&nurse, (Role::Doctor, true), &able));
        assert!(!raises(&nurse, (Role::Supervisor, true), &able));
        let absent = one(3, Role::Doctor, true);
        assert!(!raises(&absent, (Role::Doctor, false), &able));
        assert!(raises(&absent, (Role::Admin, true), &able));
        // Without the last administrator every doctor does.
        let admin = one(4, Role::Admin, true);
        let able = [doctor, nurse.clone(), admin.clone()];
        assert!(!raises(&nurse, (Role::Doctor, true), &able));
        assert!(raises(&admin, (Role::Doctor, true), &able));
        assert!(raises(&admin, (Role::Admin, false), &able));
        assert!(!raises(&admin, (Role::Admin, true), &able));
    }

    fn visit() -> Command {
        Command::WithdrawContact {
            contact: VisitId(1),
            reason: "录错".to_owned(),
        }
    }

    fn card() -> Command {
        Command::ClearTag {
            person: PersonId(1),
            tag: "x".to_owned(),
            why: String::new(),
        }
    }

    fn named() -> Command {
        Command::RenameClinic {
            name: "石桥村卫生室".to_owned(),
        }
    }

    fn finding() -> Command {
        let cause = "回访不知道签约".to_owned();
        Command::Agreement {
            agreement: None,
            action: Box::new(Action::Doubt { cause }),
        }
    }

    #[rstest]
    #[case(Role::Doctor, true, [true, true, false, true])]
    #[case(Role::Doctor, false, [true, true, true, true])]
    #[case(Role::PublicHealth, false, [true, true, false, true])]
    #[case(Role::Admin, true, [false, true, true, false])]
    #[case(Role::Supervisor, false, [false, false, false, true])]
    fn each_role_changes_what_is_its_own(
        #[case] role: Role,
        #[case] has_admin: bool,
        #[case] expected: [bool; 4],
    ) {
        let asked = [visit(), card(), named(), finding()];
        let all = || {
            let admin = has_admin.then(|| staff(Role::Admin));
            Ok(admin.into_iter().chain([staff(role)]).collect())
        };
        let found = asked.map(|command| may(&staff(role), &command, all).is_ok());
        assert_eq!(found, expected);
        assert!(may(&staff(role), &Command::Undo, all).is_ok());
    }
}
