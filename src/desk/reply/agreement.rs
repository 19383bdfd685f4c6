//! Agreements as answers tell them: one whole, a new one prefilled, the lists, the day's register.

use std::collections::BTreeMap;

use crate::domain::{
    agreement::{
        action::Proposal,
        cap::Fill,
        contract::{Agreement, Scope},
        doctor::{Cap, Doctor},
        fulfilment::Promise,
        missing::Missing,
        money::FeeLine,
        package::Package,
        promise::Line,
        refusal::{Other, Refusal},
        rules::AutoRenew,
        standing::{Flags, Word},
        state::State,
        team::{Team, TeamWarning},
        term::Span,
        unit::Unit,
        voucher::Voucher,
    },
    aspect::Seen,
    clock::Moment,
    day::Day,
    id::{AgreementId, HouseholdId, PersonId},
    identity::Sex,
    person::Person,
    rows::agreement::Step,
    settings::OnPaper,
    tags::TagSet,
    text::Text,
};

/// An agreement in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementBrief {
    pub id: AgreementId,
    /// None before the first print or signature, and while the village has no code.
    pub number: Option<String>,
    pub state: State,
    /// How it stands today, in the words of the lists.
    pub word: Word,
    pub flags: Flags,
    pub scope: Scope,
    /// The head of the household; of a unit its name.
    pub head: String,
    /// Where the household stands; empty for a unit.
    pub place: String,
    pub phone: String,
    pub doctor: String,
    pub team: String,
    /// The days of the term, once signed.
    pub term: Option<Span>,
    /// Agreed years, 0 while nobody chose.
    pub years: u32,
    /// Whom it covers today; before the signatures, whom it is to cover.
    pub covered: usize,
}

/// An agreement for export.
#[derive(Debug, Clone)]
pub struct AgreementExport {
    pub brief: AgreementBrief,
    pub agreement: Agreement,
    /// Everybody it names: name and identity number.
    pub names: BTreeMap<PersonId, (String, String)>,
}

/// Whose word counts for somebody (§5.1, §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentRule {
    /// His own, or the representative's for a while.
    Own,
    /// The guardian's: he is younger than 18, or without capacity.
    Guardian,
    /// The birth date is not known, so nobody can tell.
    BirthMissing,
}

/// Somebody an agreement is, or may be, about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementPerson {
    pub person: PersonId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    /// Relation to the head, in words; among a unit's people where the household stands.
    pub relation: String,
    pub is_head: bool,
    pub tags: TagSet,
    /// One of the key populations, as the settings count them.
    pub is_key: bool,
    pub consent_rule: ConsentRule,
    /// The days this agreement covers him.
    pub coverage: Option<Span>,
    /// Another agreement that covers him today.
    pub elsewhere: Option<AgreementId>,
    /// What is promised him in the agreement years begun, and how far it is kept.
    pub promises: Vec<Promise>,
}

/// A doctor of record and how full the panel is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelTold {
    pub doctor: Doctor,
    pub persons: usize,
    pub households: usize,
    pub cap: Cap,
    pub fill: Fill,
}

/// One agreement whole.
#[derive(Debug, Clone)]
pub struct AgreementView {
    pub today: Day,
    pub brief: AgreementBrief,
    pub agreement: Agreement,
    /// What happened, the oldest first, each with the name of who did it.
    pub steps: Vec<(Step, String)>,
    /// Everybody it covers, and who else lives in the household.
    pub people: Vec<AgreementPerson>,
    pub panel: Option<PanelTold>,
    /// Who acts while the doctor of record has left; empty where nobody does.
    pub acting: String,
    pub team: Option<Team>,
    pub packages: Vec<Package>,
    pub vouchers: Vec<Voucher>,
    /// What stands against signing, each naming its person; empty once it is signed.
    pub missing: Missing,
    /// The years its members may sign for.
    pub allowed: Vec<u32>,
    pub seen: Vec<Seen>,
}

/// A new agreement, prefilled as far as it can be.
#[derive(Debug, Clone)]
pub struct AgreementProposalView {
    pub today: Day,
    /// What to ask for with `Action::Draft`.
    pub proposal: Proposal,
    /// Everybody who may be covered.
    pub people: Vec<AgreementPerson>,
    /// The doctors in service today; empty where none was ever written down.
    pub doctors: Vec<Doctor>,
    pub teams: Vec<Team>,
    /// The value-added packages offered today.
    pub packages: Vec<Package>,
    /// The years these members may sign for.
    pub allowed: Vec<u32>,
    /// The running agreement of the household, if there is one.
    pub running: Option<AgreementBrief>,
    /// What would stand against beginning it as it is.
    pub found: Vec<Refusal>,
    pub seen: Vec<Seen>,
}

/// What an agreement written so far would lack.
#[derive(Debug, Clone)]
pub struct AgreementPreview {
    /// Each naming its person.
    pub missing: Missing,
    /// The years those chosen may sign for.
    pub allowed: Vec<u32>,
    /// The doctor's panel today, without this agreement.
    pub panel: Option<PanelTold>,
    /// The agreements that stand in the way, as people know them.
    pub others: Vec<Other>,
}

/// A list of agreements, or of households to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementList {
    /// Households without a running agreement, those with key populations first.
    ToSign,
    /// Begun and not printed.
    Drafts,
    /// Printed, waiting for signatures.
    Printed,
    /// The days of renewal have begun (60 by default), by the end of the term.
    ToRenew,
    /// The last days have begun (30 by default).
    Expiring,
    /// Renewed by itself and not known to the resident, the oldest first.
    Unconfirmed,
    /// 存疑
    InDoubt,
    /// Notice was given.
    Ending,
    /// Signed above the doctor's cap.
    OverCap,
    /// Somebody's own word is missing, the oldest first.
    ConsentIncomplete,
    /// It ran out because the end sheet was not signed by both (补双方签字).
    EndUnsigned,
    /// The doctor of record serves no longer.
    DoctorLeft,
    /// Told by a roster: each member's own word is to be taken.
    ToConfirm,
    /// Everything that runs.
    Running,
}

impl AgreementList {
    /// Every list, in the order people work through them.
    pub const ALL: [Self; 14] = [
        Self::ToSign,
        Self::Drafts,
        Self::Printed,
        Self::ToRenew,
        Self::Expiring,
        Self::Unconfirmed,
        Self::InDoubt,
        Self::Ending,
        Self::OverCap,
        Self::ConsentIncomplete,
        Self::EndUnsigned,
        Self::DoctorLeft,
        Self::ToConfirm,
        Self::Running,
    ];

    /// What one looks at daily, what presses most first: lists that are ranges of keys.
    pub const DAILY: [Self; 11] = [
        Self::InDoubt,
        Self::EndUnsigned,
        Self::Ending,
        Self::Expiring,
        Self::Unconfirmed,
        Self::ConsentIncomplete,
        Self::ToConfirm,
        Self::Printed,
        Self::Drafts,
        Self::OverCap,
        Self::ToRenew,
    ];

    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ToSign => "to_sign",
            Self::Drafts => "drafts",
            Self::Printed => "printed",
            Self::ToRenew => "to_renew",
            Self::Expiring => "expiring",
            Self::Unconfirmed => "unconfirmed",
            Self::InDoubt => "in_doubt",
            Self::Ending => "ending",
            Self::OverCap => "over_cap",
            Self::ConsentIncomplete => "consent_incomplete",
            Self::EndUnsigned => "end_unsigned",
            Self::DoctorLeft => "doctor_left",
            Self::ToConfirm => "to_confirm",
            Self::Running => "running",
        }
    }

    /// Returns what people call it.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::ToSign => ("待签约户", "to sign"),
            Self::Drafts => ("草稿", "drafts"),
            Self::Printed => ("待签字", "to be signed"),
            Self::ToRenew => ("该续约", "to renew"),
            Self::Expiring => ("将到期", "expiring"),
            Self::Unconfirmed => ("续约未确认", "renewal to confirm"),
            Self::InDoubt => ("存疑", "in doubt"),
            Self::Ending => ("已提出解约", "notice given"),
            Self::OverCap => ("超签约上限", "above the cap"),
            Self::ConsentIncomplete => ("待本人确认", "consent incomplete"),
            Self::EndUnsigned => ("补双方签字", "end sheet unsigned"),
            Self::DoctorLeft => ("医生已离任", "doctor left"),
            Self::ToConfirm => ("带入待确认", "from a roster"),
            Self::Running => ("全部在签", "all running"),
        };
        Text { zh, en }
    }
}

/// How many rows the lists one looks at daily have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitingView {
    /// In the order of [`AgreementList::DAILY`].
    pub counts: Vec<(AgreementList, usize)>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementListRow {
    pub household: Option<HouseholdId>,
    pub head: String,
    pub place: String,
    pub phone: String,
    /// Who lives there, and how many of them are key populations.
    pub people: usize,
    pub key_people: usize,
    /// The agreement; of a household to sign its last one, if it ever had one.
    pub agreement: Option<AgreementBrief>,
}

/// A page of a list, with how many rows every list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementListView {
    pub today: Day,
    pub list: AgreementList,
    pub counts: Vec<(AgreementList, usize)>,
    /// The first row's place in the list, from 0.
    pub from: usize,
    pub rows: Vec<AgreementListRow>,
}

/// Who signs and what is offered.
#[derive(Debug, Clone)]
pub struct PartiesView {
    pub today: Day,
    pub doctors: Vec<PanelTold>,
    pub teams: Vec<(Team, Vec<TeamWarning>)>,
    pub units: Vec<Unit>,
    pub packages: Vec<Package>,
    pub vouchers: Vec<Voucher>,
    pub seen: Vec<Seen>,
}

/// What the papers of an agreement tell: of one not signed yet, what signing would make of it.
#[derive(Debug, Clone)]
pub struct AgreementPaperView {
    pub today: Day,
    pub now: Moment,
    /// The clinic's name.
    pub clinic: String,
    /// Of the household, or the unit's name.
    pub head: String,
    pub address: String,
    pub household_no: String,
    pub agreement: Agreement,
    /// Everybody it names, with the groups of today.
    pub people: Vec<(Person, TagSet)>,
    pub promises: BTreeMap<PersonId, Vec<Line>>,
    pub fees: Vec<FeeLine>,
    pub doctor: Option<Doctor>,
    pub team: Option<Team>,
    pub packages: Vec<Package>,
    pub auto_renew: AutoRenew,
    pub on_paper: OnPaper,
}

/// A functional-community unit with those on its list and its agreement.
#[derive(Debug, Clone)]
pub struct UnitTold {
    pub unit: Unit,
    /// The residents on its list, in its order.
    pub residents: Vec<AgreementPerson>,
    /// What is begun, else what runs.
    pub agreement: Option<AgreementBrief>,
}

/// Every unit.
#[derive(Debug, Clone)]
pub struct UnitsView {
    pub today: Day,
    pub units: Vec<UnitTold>,
    pub seen: Vec<Seen>,
}
