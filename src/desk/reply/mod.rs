//! Everything the desk answers with. What an answer is made of stands with its noun.

mod agreement;
pub(in crate::desk) mod done;
mod draft;
mod household;
mod looking;
mod papers;
mod person;
mod picture;
mod proposals;
mod queue;
mod registers;
mod search;
mod settings;
mod visit;

use std::{path::PathBuf, sync::Arc};

pub use super::copying::{BackedUp, Drilled};

pub use self::{
    agreement::{
        AgreementBrief, AgreementExport, AgreementList, AgreementListRow, AgreementListView,
        AgreementPaperView, AgreementPerson, AgreementPreview, AgreementProposalView,
        AgreementView, ConsentRule, PanelTold, PartiesView, UnitTold, UnitsView, WaitingView,
    },
    done::{Done, LeftOut, RecordedContact, ReportedDeath, Undone},
    draft::{TakenUp, WaitingDraft},
    household::{Covered, HouseholdView, MemberView},
    looking::{Colleague, LogRow, LogView, LogWhat, LookTold, NumbersView},
    papers::{
        PaperPerson, ReferralRow, ReferralsView, RegisterRow, RegisterView, SlipView, Stands,
    },
    person::{ChangeTold, ExportRow, PersonView},
    picture::PictureView,
    proposals::{ProposalRow, ProposalsView},
    queue::{ContactRow, Glance, InProgress, QueueRow, QueueView},
    registers::{RegistersView, ReportTold},
    search::{Candidate, CandidatesView, Found, FoundPerson, SearchView},
    settings::{SettingTold, SettingView, SettingsPreview, SettingsView},
    visit::{
        Call, ContactView, FormChoice, LaterChange, OpenTold, PartTold, PreviewView, TrendPoint,
        VisitDeskView,
    },
};
use crate::domain::{
    aspect::Seen,
    clinic::{Clinic, Role, Staff, Village},
    clock::Moment,
    copies::CopyNews,
    day::Day,
    doubt::Doubt,
    event::Entry,
    form::FormDef,
    refusal::RecordRefusal,
    roster,
    rows::Copies,
};
pub use crate::store::{Checked, Fault as CheckFault, Spare};

/// The answer to a request.
#[derive(Debug, Clone)]
pub enum Reply {
    Overview(Box<Overview>),
    Queue(Box<QueueView>),
    Search(Box<SearchView>),
    Candidates(Box<CandidatesView>),
    Forms(Vec<Arc<FormDef>>),
    Household(Box<HouseholdView>),
    Person(Box<PersonView>),
    Picture(Box<PictureView>),
    Glance(Box<Glance>),
    Glances(Vec<Glance>),
    Proposals(Box<ProposalsView>),
    Referrals(Box<ReferralsView>),
    Register(Box<RegisterView>),
    Agreement(Box<AgreementView>),
    AgreementProposal(Box<AgreementProposalView>),
    AgreementPreview(Box<AgreementPreview>),
    AgreementList(Box<AgreementListView>),
    Waiting(WaitingView),
    /// What an `a12` or a printed number means.
    Agreements(Vec<AgreementBrief>),
    AgreementPaper(Box<AgreementPaperView>),
    Registers(Box<RegistersView>),
    Parties(Box<PartiesView>),
    Units(Box<UnitsView>),
    /// None where no such slip was written.
    Slip(Option<Box<SlipView>>),
    Found(Vec<Found>),
    VisitDesk(Box<VisitDeskView>),
    Contact(Box<ContactView>),
    Preview(Box<PreviewView>),
    Doubts(Vec<Doubt>),
    Settings(Box<SettingsView>),
    SettingsPreview(Box<SettingsPreview>),
    Accounts(Box<AccountsView>),

    Checked(Box<CheckView>),
    People(Vec<ExportRow>),
    ExportedAgreements(Vec<AgreementExport>),
    Journal(Vec<Entry>),
    Head(u64),
    /// The first reply of a change made before, if it was.
    Repeated(Option<Done>),
    ImportPreview(Box<roster::Preview>),
    Done(Done),
    Drafts(Vec<WaitingDraft>),
    TakenUp(Option<Box<TakenUp>>),
    Numbers(Box<NumbersView>),
    Looks(Vec<LookTold>),
    Log(LogView),
    /// A form in progress, or what leaves the store, was noted.
    Noted,
    /// A copy was made; with what else there is to tell of it.
    BackedUp(Box<BackedUp>, Option<CopyNews>),
    Drilled(Box<Drilled>),
}

/// The clinic at a glance: what title lines and choosers need.
#[derive(Debug, Clone)]
pub struct Overview {
    pub clinic: Option<Clinic>,
    pub today: Day,
    pub now: Moment,
    pub head: u64,
    pub staff: Vec<Staff>,
    pub villages: Vec<Village>,
    pub people: u64,
    pub households: u64,
    /// Whether nothing can be changed from here.
    pub is_read_only: bool,
    /// Whose the clinic itself is to change.
    pub clinic_is_of: Role,
    /// How copies stand; nothing of data that lie plain.
    pub copies: Option<Copies>,
    /// After so many minutes without a key a window locks; none where there is no door.
    pub lock_minutes: Option<u32>,
}

/// Who works here, and who can come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsView {
    pub accounts: Vec<Account>,
    /// Whether there are passwords here at all.
    pub has_door: bool,
    /// Why the one who asks may not change them; none where they may.
    pub locked: Option<RecordRefusal>,
    /// What the list was read on.
    pub seen: Vec<Seen>,
}

/// One staff member's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub staff: Staff,
    pub has_password: bool,
}

/// Whom the recovery code may name, and what they become by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub staff: Staff,
    pub becomes: Role,
}

/// What a check found, and what the store holds.
#[derive(Debug, Clone)]
pub struct CheckView {
    pub checked: Checked,
    /// How large the file is and how much of it is in use; none of data that lie in no file.
    pub spare: Option<Spare>,
    /// The copies beside the store that were made of another journal, each with its last entry.
    pub other_copies: Vec<(PathBuf, u64)>,
}
