//! Questions: each reads one snapshot and changes nothing.

pub mod agreement;
pub mod by_rules;
pub mod gathered;
pub mod proposals;
pub mod search;
pub mod visit;

mod arranged;
mod as_of;
mod candidates;
mod doubts;
mod export;
mod find;
mod followed;
mod glance;
mod household;
mod log;
mod looker;
mod numbers;
mod open_form;
mod overview;
mod papers;
mod picture;
mod queue;
mod reach;
mod settings;
mod side_by_side;
mod stated;
mod tagged;
mod teller;
mod whole;

pub(super) use self::tagged::tags_of;
use super::{Desk, Reply, Stop, answers, looking::Eyes, masking, request::Question};
use crate::{
    domain::{
        clinic::Village,
        day::Day,
        household::{Household, key as household_key, within_village},
        id::{PersonId, VillageId},
        person::{Person, PersonState},
        rows::{CourseRow, clinic_key, id_key},
        settings::Settings,
        tables::Read,
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Answers a question. Who sees numbers hidden is told no other; who saw whose record is
    /// noted.
    ///
    /// # Errors
    /// Refuses what names nothing; fails with the disk.
    pub fn answer(&self, question: &Question) -> Result<Reply, Stop> {
        let mut reply = self.whole(question)?;
        let eyes = self.eyes()?;
        self.note_look(question, &reply, eyes);
        match eyes {
            Eyes::Whole => {}
            Eyes::Supervising | Eyes::Hidden => masking::mask(&mut reply),
        }
        Ok(reply)
    }

    fn whole(&self, question: &Question) -> Result<Reply, Stop> {
        Ok(match question {
            Question::Overview => Reply::Overview(Box::new(self.overview()?)),
            Question::Queue(asked) => Reply::Queue(Box::new(self.queue(asked)?)),
            Question::Search { text, limit } => Reply::Search(Box::new(self.search(text, *limit)?)),
            Question::SheetForms => Reply::Forms(self.sheet_forms()),
            Question::Candidates(asked) => Reply::Candidates(Box::new(self.candidates(asked)?)),
            Question::Recent { limit } => Reply::Search(Box::new(self.search("", *limit)?)),
            Question::Household(id) | Question::HouseholdCard(id) => {
                Reply::Household(Box::new(self.household_view(*id)?))
            }
            Question::Person(id) | Question::PersonCard(id) => {
                Reply::Person(Box::new(self.person_view(*id)?))
            }
            Question::Picture(id) => Reply::Picture(Box::new(self.picture(*id)?)),
            Question::Glance(id) => Reply::Glance(Box::new(self.glance(*id)?)),
            Question::Glances(ids) => Reply::Glances(self.glances(ids)?),
            Question::Find(text) => Reply::Found(self.find(text)?),
            Question::VisitDesk { person, forms, day } => {
                Reply::VisitDesk(Box::new(self.visit_desk(*person, forms, *day)?))
            }
            Question::Contact(id) => Reply::Contact(Box::new(self.contact_view(*id)?)),
            Question::CorrectionDesk { contact, day } => {
                Reply::VisitDesk(Box::new(self.correction_desk(*contact, *day)?))
            }
            Question::Preview(draft) => Reply::Preview(Box::new(self.preview(draft, None)?)),
            Question::PreviewCorrection { contact, draft } => {
                Reply::Preview(Box::new(self.preview(draft, Some(*contact))?))
            }
            Question::Drafts { by } => Reply::Drafts(self.drafts_waiting(*by)?),
            Question::Doubts(asked) => Reply::Doubts(self.doubts(asked)?),
            Question::Settings { by } => Reply::Settings(Box::new(self.settings_view(*by)?)),
            Question::Accounts { by } => Reply::Accounts(Box::new(self.accounts(*by)?)),
            Question::SettingsPreview { values } => {
                Reply::SettingsPreview(Box::new(self.settings_preview(values)?))
            }
            Question::Proposals(programme) => {
                Reply::Proposals(Box::new(self.proposals(*programme)?))
            }
            Question::Referrals => Reply::Referrals(Box::new(self.referrals()?)),
            Question::Slip { person, form } => Reply::Slip(self.slip(*person, form)?.map(Box::new)),
            Question::Register(day) => Reply::Register(Box::new(self.register(*day)?)),
            Question::Agreement { agreement, signing } => {
                let view = self.agreement_view(*agreement, signing.as_deref())?;
                Reply::Agreement(Box::new(view))
            }
            Question::FindAgreement(text) => Reply::Agreements(self.find_agreement(text)?),
            Question::AgreementPaper(id) => {
                Reply::AgreementPaper(Box::new(self.agreement_paper(*id)?))
            }
            Question::Registers { from, until } => {
                let view = self.registers(*from, *until, agreement::Promises::LeftOut)?;
                Reply::Registers(Box::new(view))
            }
            Question::Performance { from, until } => {
                let view = self.registers(*from, *until, agreement::Promises::Counted)?;
                Reply::Registers(Box::new(view))
            }
            Question::AgreementProposal(asked) => {
                Reply::AgreementProposal(Box::new(self.agreement_proposal(asked)?))
            }
            Question::AgreementPreview(asked) => {
                Reply::AgreementPreview(Box::new(self.agreement_preview(asked)?))
            }
            Question::AgreementList(asked) => {
                Reply::AgreementList(Box::new(self.agreement_list(asked)?))
            }
            Question::Waiting => Reply::Waiting(self.waiting()?),
            Question::Parties => Reply::Parties(Box::new(self.parties()?)),
            Question::Units => Reply::Units(Box::new(self.units()?)),
            Question::Check => Reply::Checked(Box::new(self.check(|_| true)?)),
            Question::ExportPeople => Reply::People(self.export_people()?),
            Question::ExportAgreements => Reply::ExportedAgreements(self.export_agreements()?),
            Question::Journal { first, limit } => Reply::Journal(self.journal(*first, *limit)?),
            Question::ImportPreview { roster, gauge } => {
                self.writes()?;
                let mut watch = |at| gauge.as_ref().is_none_or(|gauge| gauge.tell(at));
                let preview = self.import_preview(roster, &mut watch)?;
                Reply::ImportPreview(Box::new(preview))
            }
            Question::Numbers(id) => Reply::Numbers(Box::new(self.numbers(*id)?)),
            Question::Looks(id) => Reply::Looks(self.looks_at(*id)?),
            Question::Log(asked) => Reply::Log(self.log(asked)?),
            Question::Head => Reply::Head(self.store().head()?),
            Question::Repeated(id) => Reply::Repeated(self.repeated(id)?),
        })
    }

    /// Returns the clinic's day as this snapshot has it.
    pub(super) fn today_in(&self, snapshot: &Snapshot) -> Result<Day, Stop> {
        let clinic = snapshot.get(&clinic_key())?;
        Ok(self.day_for(clinic.as_ref(), self.now()))
    }
}

/// Returns the settings in force now.
fn settings_now(snapshot: &Snapshot) -> Result<Settings, Error> {
    Ok(answers::settings::kept(snapshot)?.now())
}

/// Returns the name of a household's head, empty where it has none.
pub(super) fn head_name(snapshot: &Snapshot, household: &Household) -> Result<String, Error> {
    let Some(head) = household.head else {
        return Ok(String::new());
    };
    tagged::name_of(snapshot, head)
}

/// Says whether the clinic looks after more than one village.
fn several_villages(snapshot: &Snapshot) -> Result<bool, Error> {
    let mut villages = 0;
    snapshot.every(|_: Village| {
        villages += 1;
        Ok(villages < 2)
    })?;
    Ok(1 < villages)
}

/// Returns where the household stands; its village is named where there are several.
fn place_of(
    snapshot: &Snapshot,
    household: &Household,
    several_villages: bool,
) -> Result<String, Error> {
    if several_villages {
        return Ok(household.place_in(&village_name(snapshot, household.village)?));
    }
    Ok(household.place())
}

/// Returns a village's name, empty where there is none of it.
fn village_name(snapshot: &Snapshot, id: VillageId) -> Result<String, Error> {
    let village: Option<Village> = snapshot.get(&id_key(id.0))?;
    Ok(village.map(|village| village.name).unwrap_or_default())
}

/// Returns a household's address as it is told within its village.
fn address_here(snapshot: &Snapshot, household: &Household) -> Result<String, Error> {
    let village = village_name(snapshot, household.village)?;
    let address = household.text(household_key::ADDRESS);
    Ok(within_village(address, &village).to_owned())
}

/// Returns a person's stored course, empty where nothing happened yet.
fn course_of(snapshot: &Snapshot, person: PersonId) -> Result<CourseRow, Error> {
    let row: Option<CourseRow> = snapshot.get(&id_key(person.0))?;
    Ok(row.unwrap_or_else(|| CourseRow::unknown(person)))
}

/// Whether a person died, moved away or is void.
fn is_gone(person: &Person) -> bool {
    match person.state {
        PersonState::Here | PersonState::Lost { .. } => false,
        PersonState::MovedOut { .. } | PersonState::Died { .. } | PersonState::Void { .. } => true,
    }
}
