//! Everything that can be asked of the desk: a closed vocabulary.

use std::sync::Arc;

pub use super::{
    asked::{
        Accepted, AgreementListAsk, AgreementPreviewAsk, AgreementProposalAsk, CandidatesAsk,
        CardAsk, ContactDraft, CopyRequest, CopyWork, HandedOut, KeptForm, LogAsk, MovePerson,
        NewHousehold, NewPerson, Party, QueueAsk, SetUp, SplitHousehold, Whom,
    },
    drafts::Draft,
    entrance::{Password, Recovery},
};

use crate::domain::{
    agreement::{action::Action, signed::Signing},
    aspect::Seen,
    clinic::Role,
    day::Day,
    id::{AgreementId, HouseholdId, PersonId, StaffId, VillageId, VisitId},
    programmes::ProgrammeKind,
    roster::{Gauge, Roster},
    settings::Values,
    value::Answers,
};

/// A question or a change.
#[derive(Debug, Clone)]
pub enum Request {
    Ask(Question),
    Change(Box<Change>),
    /// A form in progress; it changes nothing that is recorded.
    Draft(DraftRequest),
    /// Something leaves the store on paper or in a file: it is noted who took it out.
    HandOut(HandedOut),
    /// Something to be done with copies of the data.
    Copy(CopyRequest),
}

/// What is done with a form in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftRequest {
    /// Begins it: it is this window's from now on.
    Begin(Box<Draft>),
    /// Adds what one key did.
    Record { id: String, bytes: Vec<u8> },
    /// Puts it down: any window of its owner may take it up.
    PutDown { id: String },
    /// Ends it: saved, or no longer wanted.
    Discard { id: String },
    /// Takes it up where it was put down.
    TakeUp { id: String, by: StaffId },
}

/// A question: it changes nothing.
#[derive(Debug, Clone)]
pub enum Question {
    /// Clinic, staff, villages, the day, other windows.
    Overview,
    /// The queue of the day, or of `days` days from it.
    Queue(QueueAsk),
    /// Search as one types.
    Search { text: String, limit: usize },
    /// The forms that fit on a paper sheet, one row a person.
    SheetForms,
    /// People for a row of a paper sheet as one types, those who fit first.
    Candidates(CandidatesAsk),
    /// A household with its members, tasks and last contacts.
    Household(HouseholdId),
    /// A person whole.
    Person(PersonId),
    /// A person's follow-up whole, for pictures of it.
    Picture(PersonId),
    /// Finds a person or household by any id or number.
    Find(String),
    /// What a visit form needs: card, last records, open tasks, trend.
    VisitDesk {
        person: PersonId,
        forms: Vec<String>,
        day: Option<Day>,
    },
    /// A recorded contact whole, ready to be corrected.
    Contact(VisitId),
    /// What the forms of a recorded contact need to be filled in again.
    CorrectionDesk {
        contact: VisitId,
        /// The day it is told of now; that of the record when absent.
        day: Option<Day>,
    },
    /// What a contact would decide; nothing is written.
    Preview(Box<ContactDraft>),
    /// What a corrected contact would decide.
    PreviewCorrection {
        contact: VisitId,
        draft: Box<ContactDraft>,
    },
    /// The forms put down, as this staff member may know of them.
    Drafts { by: StaffId },
    /// The people touched last.
    Recent { limit: usize },
    /// Proves chain and tables.
    Check,
    /// Every person for export, with household and last dates.
    ExportPeople,
    /// Every agreement for export, with the names of its people.
    ExportAgreements,
    /// Entries of the journal from `first`, at most `limit`.
    Journal { first: u64, limit: usize },
    /// The last entry's number: the one counter windows watch.
    Head,
    /// What the detail lines say of one person.
    Glance(PersonId),
    /// The reply of the change made under this id before, if there was one.
    Repeated(String),
    /// What importing the roster would do; nothing is written.
    ImportPreview {
        roster: Arc<Roster>,
        /// Told how far it is; may ask to stop.
        gauge: Option<Arc<Gauge>>,
    },
    /// The same of several, in this order: a round sheet.
    Glances(Vec<PersonId>),
    /// Who works here, in which role, and who has a password.
    Accounts { by: StaffId },
    /// The clinic's settings with their history, as this staff member may change them.
    Settings { by: StaffId },
    /// What these values would change; nothing is written.
    SettingsPreview { values: Values },
    /// Who is proposed for this programme; for any where none is named.
    Proposals(Option<ProgrammeKind>),
    /// The referrals under way.
    Referrals,
    /// The register 门诊日志 of a day; of today where none is named.
    Register(Option<Day>),
    /// An agreement whole, with what it lacks where so much of the signatures is taken down.
    Agreement {
        agreement: AgreementId,
        signing: Option<Box<Signing>>,
    },
    /// The agreements an `a12` or a printed number means.
    FindAgreement(String),
    /// What the papers of an agreement tell.
    AgreementPaper(AgreementId),
    /// What the registers of these days are made of.
    Registers { from: Day, until: Day },
    /// As `Registers`, with what was promised and how much of it was done.
    Performance { from: Day, until: Day },
    /// A new agreement, prefilled.
    AgreementProposal(AgreementProposalAsk),
    /// What an agreement written so far would lack; nothing is written.
    AgreementPreview(Box<AgreementPreviewAsk>),
    /// A page of a list of agreements, or of households to sign, with the counts of all.
    AgreementList(AgreementListAsk),
    /// How much waits in the lists one looks at daily.
    Waiting,
    /// Who signs and what is offered.
    Parties,
    /// The functional-community units, with those on their lists and their agreements.
    Units,
    /// The last slip of this form written for the person: a referral slip, a return slip.
    Slip {
        person: PersonId,
        form: &'static str,
    },
    /// What wants a second look before this card is saved.
    Doubts(Box<CardAsk>),
    /// As `Person`, to see the card whole, numbers and all: noted as such.
    PersonCard(PersonId),
    /// As `Household`, to see the card whole.
    HouseholdCard(HouseholdId),
    /// A person's identity number and telephones, as far as whoever asks may see them whole.
    Numbers(PersonId),
    /// Who looked at a person, the latest first.
    Looks(PersonId),
    /// Who did and who looked at what: a stretch of it.
    Log(LogAsk),
}

/// A change: who asks, under which id, on what it was decided.
#[derive(Debug, Clone)]
pub struct Change {
    /// Made by the front end; a repeat gets the first reply.
    pub id: String,
    pub by: StaffId,
    /// The aspects it was decided on; empty for none.
    pub seen: Vec<Seen>,
    /// A day given to confirm a clock that stands far from the last entry.
    pub date_is: Option<Day>,
    pub command: Command,
}

/// What to change.
#[derive(Debug, Clone)]
pub enum Command {
    SetUp(SetUp),
    RenameClinic {
        name: String,
    },
    AddStaff {
        name: String,
        role: Role,
    },
    /// Changes a staff member's card. Where it makes somebody one of those who may change the
    /// clinic, whoever asks shows their own password again.
    ChangeStaff {
        staff: StaffId,
        name: String,
        role: Role,
        active: bool,
        own: Option<Password>,
    },
    AddVillage {
        name: String,
        code: Option<String>,
    },
    ChangeVillage {
        village: VillageId,
        name: String,
        code: Option<String>,
    },
    AddHousehold(NewHousehold),
    ChangeHousehold {
        household: HouseholdId,
        card: Answers,
    },
    AddPerson {
        household: HouseholdId,
        person: NewPerson,
    },
    ChangePerson {
        person: PersonId,
        card: Answers,
    },
    ChangeRelation {
        person: PersonId,
        relation: u8,
        word: String,
    },
    ChangeHead {
        household: HouseholdId,
        head: PersonId,
        on: Day,
    },
    MovePerson(MovePerson),
    SplitHousehold(SplitHousehold),
    MergeHouseholds {
        from: HouseholdId,
        into: HouseholdId,
        on: Day,
    },
    RecordDeath {
        person: PersonId,
        on: Day,
        cause: String,
        new_head: Option<PersonId>,
    },
    MoveOut {
        person: PersonId,
        on: Day,
        to: String,
        new_head: Option<PersonId>,
    },
    MoveBack {
        person: PersonId,
        household: HouseholdId,
        on: Day,
        relation: u8,
        word: String,
    },
    VoidPerson {
        person: PersonId,
        why: String,
        same_as: Option<PersonId>,
        new_head: Option<PersonId>,
    },
    SetTag {
        person: PersonId,
        tag: String,
        evidence: String,
    },
    ClearTag {
        person: PersonId,
        tag: String,
        why: String,
    },
    RecordContact(Box<ContactDraft>),
    /// Saves forms as far as they are, for anybody to go on with.
    KeepForms {
        person: PersonId,
        forms: Vec<KeptForm>,
    },
    /// Gives up a form in progress: what was filled in stays in the journal alone.
    DropForm {
        person: PersonId,
        form: String,
        reason: String,
    },
    CorrectContact {
        contact: VisitId,
        draft: Box<ContactDraft>,
        reason: String,
    },
    WithdrawContact {
        contact: VisitId,
        reason: String,
    },
    /// Enters those proposed; whoever is not proposed any more is left out.
    EnrolMany(Vec<(PersonId, ProgrammeKind)>),
    /// Declines what is proposed of these.
    DeclineProposals {
        people: Vec<(PersonId, ProgrammeKind)>,
        reason: String,
    },
    /// Takes a roster.
    Import {
        roster: Arc<Roster>,
        enrol: Accepted,
        /// Told how far it is; may ask to stop, and nothing is kept then.
        gauge: Option<Arc<Gauge>>,
    },
    /// Changes settings: these keys to these values; the program's own value sets a key back.
    ChangeSettings {
        values: Values,
    },
    MarkRound {
        people: Vec<PersonId>,
        on: bool,
    },
    /// One thing asked of an agreement; of a new one where none is named.
    Agreement {
        agreement: Option<AgreementId>,
        action: Box<Action>,
    },
    /// Several things with one agreement in one entry, all or nothing, each decided as the one
    /// before leaves it; where none is named the first begins it.
    AgreementSteps {
        agreement: Option<AgreementId>,
        actions: Vec<Action>,
    },
    /// Writes down who signs or what is offered.
    KeepParty(Box<Party>),
    /// What the days since the last one bring to agreements: renewal, the agreed end, the end.
    /// Asked by every window at its start and on a new day; each missed day is an entry of the
    /// program's own, so that a second window finds it done. `date_is` confirms today's date
    /// where more than 31 days were missed; an administrator does.
    RollAgreements,
    /// Gives a staff member a password, their first or another. Whoever asks shows their own, as
    /// it is before this: a window left open gives nobody a way in.
    GivePassword {
        staff: StaffId,
        own: Option<Password>,
        password: Password,
    },
    /// Makes this the recovery code; the one before opens nothing any more. Whoever asks shows
    /// their own password.
    RenewRecovery {
        code: Recovery,
        own: Option<Password>,
    },
    /// Whoever came in by the recovery code makes somebody an administrator, under a password
    /// and beside another code; the one before opens nothing any more.
    TakeOver {
        whom: Whom,
        password: Password,
        code: Recovery,
    },
    /// Freezes the report of the month this day is in; again where something changed since.
    SendReport {
        month: Day,
    },
    Undo,
}
