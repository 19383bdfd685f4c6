//! A change, from its request to its reply: one write transaction that checks,
//! decides and appends, or leaves nothing.

use super::{
    Desk, Stop,
    accounts::NewKeys,
    answers::{self, Facts, Pen},
    guard,
    lived::Lived,
    news::News,
    reply::{Done, LeftOut},
    request::{Change, Command},
    told::{done, done_by},
};
use crate::{
    domain::{
        clinic::Clinic,
        clock,
        day::Day,
        event::{
            Event,
            clinic::{ClockConfirmed, PasswordGiven, RecoveryRenewed},
        },
        refusal::{AccountRefusal, RecordRefusal},
    },
    store::{Error, Header, Writing, seal::Turned},
};

impl Desk {
    /// Makes a change; a repeat of its id gets the first reply.
    ///
    /// # Errors
    /// Refuses by the rules, or fails with the disk; nothing was changed then.
    pub fn change(&self, change: &Change) -> Result<Done, Stop> {
        if let Command::RollAgreements = change.command
            && self.is_read_only()
        {
            // Time brings what it brings in the next window that writes.
            return Ok(Done::nothing(self.store().head()?));
        }
        self.writes()?;
        if let Command::Import { gauge, .. } = &change.command {
            let mut watch = |at| gauge.as_ref().is_none_or(|gauge| gauge.tell(at));
            return self.import(change, &mut watch);
        }
        if let Command::RollAgreements = change.command {
            return self.roll_agreements(change);
        }
        let keys = self.new_keys(change)?;
        self.keeping_keys(change, |turned| {
            self.with_news(|news| {
                self.store()
                    .write(|writing| self.changed(writing, change, news, (&keys, turned)))
            })
        })
    }

    /// As `change`, but calls `busy` again and again while another window's transaction is waited
    /// for.
    pub(super) fn change_patiently(
        &self,
        change: &Change,
        mut busy: impl FnMut(),
    ) -> Result<Done, Stop> {
        if let Command::Import { .. } | Command::RollAgreements = change.command {
            // An import waits by itself, comparing once; the roll writes day by day.
            return self.change(change);
        }
        self.writes()?;
        let keys = self.new_keys(change)?;
        loop {
            let tried = self.keeping_keys(change, |turned| {
                self.with_news(|news| {
                    self.store()
                        .try_write(|writing| self.changed(writing, change, news, (&keys, turned)))
                })
            });
            match tried {
                Err(Stop::Failed(Error::Busy)) => busy(),
                other => return other,
            }
        }
    }

    /// Readies a practice store for so many changes that what each transaction touches outgrows
    /// the page cache of daily work.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn relives_much(&self) -> Result<(), Stop> {
        Ok(self.store().widen(true)?)
    }

    /// Makes many changes of a practice store's past in one transaction, each
    /// at its own wall time and on the China date of it. `next` is told what became of
    /// the change before, and returns none when this transaction is to end.
    ///
    /// # Errors
    /// Refuses on a real store; the first refusal ends it and nothing is kept.
    pub fn relive(
        &self,
        mut next: impl FnMut(Option<&Lived>) -> Option<(clock::Moment, Change)>,
    ) -> Result<(), Stop> {
        self.store().write(|writing| {
            let mut lived = None;
            while let Some((at, change)) = next(lived.as_ref()) {
                let day = clock::day_of(at);
                let done = if let Command::RollAgreements = change.command {
                    self.relive_roll(writing, &change, at, day)?
                } else if let Command::Import { .. } = change.command {
                    self.relive_import(writing, &change, at, day)?
                } else {
                    self.changed_at(writing, &change, at, day, &mut decide_one)?
                };
                lived = Some(Lived::after(writing, done)?);
                let clinic = writing.clinic()?;
                if clinic.is_none_or(|clinic| clinic.practice_day.is_none()) {
                    return Err(RecordRefusal::OnlyPractice.into());
                }
            }
            Ok(())
        })
    }

    fn changed(
        &self,
        writing: &mut Writing<'_>,
        change: &Change,
        news: &News,
        (keys, turned): (&NewKeys, &mut Option<Turned>),
    ) -> Result<Done, Stop> {
        let now = self.now();
        let today = self.day_for(writing.clinic()?.as_ref(), now);
        self.tell(writing, news, (now, today))?;
        self.changed_at(
            writing,
            change,
            now,
            today,
            &mut |writing, header, facts, command| {
                let done = decide_one(writing, header, facts, command)?;
                // The last step before it is kept: keys that cannot be turned leave nothing changed.
                *turned = self.turn_keys(writing, change, keys)?;
                Ok(done)
            },
        )
    }

    pub(super) fn changed_at(
        &self,
        writing: &mut Writing<'_>,
        change: &Change,
        now: clock::Moment,
        today: Day,
        decided: Decided<'_>,
    ) -> Result<Done, Stop> {
        if let Some((first, last)) = writing.request(&change.id)? {
            return done(writing, first, last);
        }
        let clinic = writing.clinic()?;
        let confirmed = match &clinic {
            Some(clinic) if clinic.practice_day.is_none() => {
                guard::clock(writing.last_time()?, now, change.date_is)?
            }
            _ => false,
        };
        if !self.is_recovered() {
            guard::themselves(self.signed_in(), change.by)?;
        } else if !matches!(change.command, Command::TakeOver { .. }) {
            return Err(AccountRefusal::NoPassword.into());
        }
        match (&change.command, &clinic) {
            (Command::SetUp(_), _) => {}
            (_, None) => return Err(RecordRefusal::NotSetUp.into()),
            // Whoever shows the paper with the code is nobody yet.
            (Command::TakeOver { .. }, _) if self.is_recovered() => {}
            (_, Some(_)) => guard::staff(writing, change, |staff| self.able(staff))?,
        }
        guard::unchanged(writing, change)?;
        let facts = Facts {
            today,
            by: change.by,
            catalog: self.seat.catalog,
        };
        let header = self.header(change, now, today);
        if confirmed {
            let event = Event::ClockConfirmed(ClockConfirmed { day: today });
            let own = Header {
                request: format!("{}/clock", change.id),
                ..header.clone()
            };
            writing.append(&own, vec![event])?;
        }
        decided(writing, &header, &facts, &change.command)
    }

    /// Returns the clinic's day: a practice store keeps its own.
    pub(super) fn day_for(&self, clinic: Option<&Clinic>, now: clock::Moment) -> Day {
        match clinic.and_then(|clinic| clinic.practice_day) {
            Some(day) => self.seat.today.unwrap_or(day),
            None => clock::day_of(now),
        }
    }
}

/// Decides a command whose guards are passed, and appends what follows.
pub(super) type Decided<'a> =
    &'a mut dyn FnMut(&mut Writing<'_>, &Header, &Facts, &Command) -> Result<Done, Stop>;

/// Decides a command of one entry.
fn decide_one(
    writing: &mut Writing<'_>,
    header: &Header,
    facts: &Facts,
    command: &Command,
) -> Result<Done, Stop> {
    let (events, left_out) = decide(writing, facts, command)?;
    let mut told = if events.is_empty() {
        Done::nothing(writing.head()?)
    } else {
        let entry = writing.append(header, events)?;
        done_by(writing, &entry)?
    };
    told.left_out = left_out;
    Ok(told)
}

fn decide(
    writing: &Writing<'_>,
    facts: &Facts,
    command: &Command,
) -> Result<(Vec<Event>, Vec<LeftOut>), Stop> {
    use answers::{clinic, contact, household, leaving, membership, person, proposing, settings};
    let mut pen = Pen::new(writing, facts);
    let pen_ref = &mut pen;
    match command {
        Command::SetUp(asked) => clinic::set_up(pen_ref, asked)?,
        Command::RenameClinic { name } => clinic::rename(pen_ref, name)?,
        Command::AddStaff { name, role } => {
            clinic::add_staff(pen_ref, name, *role)?;
        }
        Command::ChangeStaff {
            staff,
            name,
            role,
            active,
            own: _,
        } => {
            clinic::change_staff(pen_ref, *staff, name, *role, *active)?;
        }
        Command::AddVillage { name, code } => {
            clinic::add_village(pen_ref, name, code.as_deref())?;
        }
        Command::ChangeVillage {
            village,
            name,
            code,
        } => {
            clinic::change_village(pen_ref, *village, name, code.as_deref())?;
        }
        Command::AddHousehold(new) => {
            household::add(pen_ref, new)?;
        }
        Command::ChangeHousehold { household, card } => {
            household::change(pen_ref, *household, card)?;
        }
        Command::AddPerson { household, person } => {
            person::join(pen_ref, *household, person)?;
        }
        Command::ChangePerson { person, card } => person::change(pen_ref, *person, card)?,
        Command::ChangeRelation {
            person,
            relation,
            word,
        } => {
            membership::change_relation(pen_ref, *person, *relation, word)?;
        }
        Command::ChangeHead {
            household,
            head,
            on,
        } => {
            membership::change_head(pen_ref, *household, *head, *on)?;
        }
        Command::MovePerson(asked) => membership::move_person(pen_ref, asked)?,
        Command::SplitHousehold(asked) => membership::split(pen_ref, asked)?,
        Command::MergeHouseholds { from, into, on } => {
            membership::merge(pen_ref, *from, *into, *on)?;
        }
        Command::RecordDeath {
            person,
            on,
            cause,
            new_head,
        } => {
            leaving::die(pen_ref, *person, *on, cause, *new_head)?;
        }
        Command::MoveOut {
            person,
            on,
            to,
            new_head,
        } => {
            leaving::move_out(pen_ref, *person, *on, to, *new_head)?;
        }
        Command::MoveBack {
            person,
            household,
            on,
            relation,
            word,
        } => {
            leaving::come_back(pen_ref, *person, *household, *on, (*relation, word))?;
        }
        Command::VoidPerson {
            person,
            why,
            same_as,
            new_head,
        } => {
            leaving::void(pen_ref, *person, why, *same_as, *new_head)?;
        }
        Command::SetTag {
            person,
            tag,
            evidence,
        } => {
            person::set_tag(pen_ref, *person, tag, evidence)?;
        }
        Command::ClearTag { person, tag, why } => person::clear_tag(pen_ref, *person, tag, why)?,
        Command::RecordContact(draft) => {
            contact::record(pen_ref, draft)?;
        }
        Command::KeepForms { person, forms } => contact::open::keep(pen_ref, *person, forms)?,
        Command::DropForm {
            person,
            form,
            reason,
        } => contact::open::drop(pen_ref, *person, form, reason)?,
        Command::CorrectContact {
            contact,
            draft,
            reason,
        } => {
            contact::correct(pen_ref, *contact, draft, reason)?;
        }
        Command::WithdrawContact { contact, reason } => {
            contact::withdraw(pen_ref, *contact, reason)?;
        }
        Command::EnrolMany(these) => proposing::enrol_many(pen_ref, these)?,
        Command::DeclineProposals { people, reason } => {
            proposing::decline(pen_ref, people, reason)?;
        }
        Command::Agreement { agreement, action } => {
            answers::agreement::ask(pen_ref, *agreement, action)?;
        }
        Command::AgreementSteps { agreement, actions } => {
            answers::agreement::ask_all(pen_ref, *agreement, actions)?;
        }
        Command::KeepParty(party) => answers::agreement::parties::keep(pen_ref, party)?,
        Command::SendReport { month } => answers::agreement::report::send(pen_ref, *month)?,
        Command::Import { .. } | Command::RollAgreements => {}
        Command::MarkRound { people, on } => {
            pen_ref.write(Event::RoundMarked(
                crate::domain::event::clinic::RoundMarked {
                    day: facts.today,
                    people: people.clone(),
                    on: *on,
                },
            ));
        }
        Command::GivePassword { staff, .. } => {
            let staff = *staff;
            pen_ref.write(Event::PasswordGiven(PasswordGiven { staff }));
        }
        Command::TakeOver { whom, .. } => clinic::take_over(pen_ref, whom)?,
        Command::RenewRecovery { .. } => {
            pen_ref.write(Event::RecoveryRenewed(RecoveryRenewed {}));
        }
        Command::ChangeSettings { values } => {
            settings::change(pen_ref, values)?;
        }
        Command::Undo => {
            let event = answers::undo::last(writing, facts)?;
            pen_ref.write(event);
        }
    }
    let left_out = pen.take_left_out();
    Ok((pen.events(), left_out))
}
