//! One household of the file: found or founded, its card compared, its members one by one.

use std::collections::BTreeMap;

use super::{
    Planning,
    compare::{self, Step},
    matching::{bare_village, home_name},
    person::Member,
    said::{self, Said, remembered},
};
use crate::{
    desk::{
        Stop,
        answers::{self, kept, person::card_faults},
    },
    domain::{
        clinic::Village,
        event::{Change, Event, clinic::VillageAdded, household as event},
        household::Household,
        id::{HouseholdId, PersonId, VillageId},
        person::Person,
        roster::{Column, DoubtKind, Outcome, RosterHousehold, preview::GoneState},
        tables::{Counter, Read},
        value::Answers,
    },
    store,
};

/// What the file said before of a household stands under this with each member.
const HOME: &str = "home.";
/// Under this stands which household the file put a member into.
pub(super) const HOME_NAME: &str = "home";

/// The household members are compared with or join.
pub(super) struct Home {
    pub id: HouseholdId,
    pub is_new: bool,
    pub village: VillageId,
    pub head: Option<PersonId>,
    pub card: Answers,
    /// The order number of the next who joins.
    pub next_no: u32,
    /// What is remembered of it with every member.
    pub memory: BTreeMap<String, String>,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    /// Compares one household of the file and writes down what follows.
    pub(super) fn household(&mut self, place: usize) -> Result<(), Stop> {
        let homes = self.homes;
        let Some(home) = homes.get(place) else {
            return Ok(());
        };
        let members = self.members(home)?;
        if members.is_empty() {
            return Ok(());
        }
        let says = said::of_home(home, members.iter().map(|member| &member.said));
        let known = self.matched.households.get(place).copied().flatten();
        let mut target = match known {
            Some(id) => Some(self.known_home(id, &members, &says)?),
            None if members.iter().any(|member| member.known.is_none()) => {
                Some(self.found(place, home, &members, says)?)
            }
            None => None,
        };
        if let Some(target) = &mut target {
            let name = home_name(
                home.outside_no.as_ref(),
                home.head_name.as_ref(),
                home.village.as_ref(),
            );
            target.memory.insert(HOME_NAME.to_owned(), name);
        }
        let head_at = head_among(self.roster.rows.as_slice(), home, &members, target.as_ref());
        for member in members {
            let becomes_head = Some(member.at) == head_at;
            self.member(member, target.as_mut(), becomes_head)?;
        }
        let told = std::mem::take(&mut self.told);
        if let Some(target) = &target {
            self.bring_in_agreement(target, told)?;
        }
        Ok(())
    }

    /// The members of whom something can be taken; the others are told.
    fn members(&mut self, home: &RosterHousehold) -> Result<Vec<Member>, Stop> {
        let mut members = Vec::new();
        for at in home.members.iter().copied() {
            if let Some(row) = self.matched.again.get(&at) {
                self.outcome(at, Outcome::Repeated);
                self.doubt(at, Column::Name, DoubtKind::SameAs { row: *row });
                continue;
            }
            let found = self.matched.people.get(at).copied().flatten();
            let mut known = None;
            if let Some(found) = found {
                let person: Person = answers::row(self.pen.tables, found.person)?;
                if let Some(state) = GoneState::of(&person.state) {
                    self.doubt(at, Column::Name, DoubtKind::Gone { state });
                    continue;
                }
                known = Some(person);
            }
            let kept = match &known {
                Some(person) => self.kept(person.id)?,
                None => None,
            };
            let said = self.row(at).map(said::of_row).unwrap_or_default();
            self.unknown_words(at, &said);
            members.push(Member {
                at,
                said,
                known,
                kept,
            });
        }
        Ok(members)
    }

    fn unknown_words(&mut self, at: usize, said: &Said) {
        for word in &said.unknown_words {
            self.doubt(at, Column::Tags, DoubtKind::UnknownTag);
            if let Some(doubt) = self.preview.doubts.last_mut() {
                doubt.value.clone_from(word);
            }
        }
    }

    fn found(
        &mut self,
        place: usize,
        home: &RosterHousehold,
        members: &[Member],
        mut card: Answers,
    ) -> Result<Home, Stop> {
        let at = members.first().map_or(0, |member| member.at);
        let village = self.village(place, home, at)?;
        self.without_faults(at, &Answers::new(), &mut card);
        let outside_no = home.outside_no.clone();
        let id = answers::household::found(&mut self.pen, village, outside_no, card.clone())?;
        self.preview.households.new += 1;
        Ok(Home {
            id,
            is_new: true,
            village,
            head: None,
            memory: memory_of(&card),
            card,
            next_no: 1,
        })
    }

    /// Takes faulty fields back and tells them.
    fn without_faults(&mut self, at: usize, before: &Answers, card: &mut Answers) {
        let changes = Change::between(before, card);
        for fault in card_faults(&self.pen, "household", card, &changes) {
            self.doubt(
                at,
                said::column(&fault.field),
                DoubtKind::Refused(fault.fault),
            );
            match before.get(&fault.field) {
                Some(value) => card.insert(fault.field, value.clone()),
                None => card.remove(&fault.field),
            };
        }
    }

    fn village(
        &mut self,
        place: usize,
        home: &RosterHousehold,
        at: usize,
    ) -> Result<VillageId, Stop> {
        let known = self.matched.villages.get(place).copied().flatten();
        let name = home.village.as_deref().unwrap_or("本村");
        let made = || {
            let bare = bare_village(name);
            let found = self.villages.iter().find(|v| bare_village(&v.name) == bare);
            found.map(|village| village.id)
        };
        if let Some(id) = known.or_else(made) {
            if home.village.is_none() && 1 < self.villages.len() {
                let own = self.villages.iter().find(|village| village.id == id);
                let put_into = own.map_or_else(String::new, |village| village.name.clone());
                self.doubt(at, Column::Village, DoubtKind::NoVillage { put_into });
            }
            return Ok(id);
        }
        let village = Village {
            id: VillageId(self.pen.next(&Counter::Village)?),
            name: name.to_owned(),
            code: None,
        };
        let id = village.id;
        self.pen.write(Event::VillageAdded(VillageAdded {
            village: village.clone(),
        }));
        self.preview.villages.push(village.name.clone());
        self.villages.push(village);
        self.doubt(at, Column::Village, DoubtKind::NewVillage);
        Ok(id)
    }

    fn known_home(
        &mut self,
        id: HouseholdId,
        members: &[Member],
        says: &Answers,
    ) -> Result<Home, Stop> {
        let here: Household = answers::row(self.pen.tables, id)?;
        let kept = members.iter().find_map(|member| {
            let at_home = member
                .known
                .as_ref()
                .is_some_and(|person| person.household == id);
            member.kept.as_ref().filter(|_| at_home)
        });
        let last = |field: &str| {
            let kept = kept?;
            kept.get(&format!("{HOME}{field}")).map(String::as_str)
        };
        let at = members.first().map_or(0, |member| member.at);
        let mut card = here.card.clone();
        let mut memory = BTreeMap::new();
        for (field, says) in says {
            let own = here.card.get(field);
            // A household nobody sorted yet is an ordinary one by default.
            let own = own.filter(|own| !(field == "hh_type" && own.code() == Some("1")));
            let mut remember = Some(remembered(says));
            match compare::field(says, last(field), own) {
                Step::Agreed | Step::Unchanged => {}
                Step::Take => {
                    card.insert(field.clone(), says.clone());
                }
                Step::Differs => {
                    let here = self.shown("household", field, own);
                    self.doubt(at, said::column(field), DoubtKind::Differs { here });
                    remember = last(field).map(str::to_owned);
                }
            }
            memory.extend(remember.map(|text| (format!("{HOME}{field}"), text)));
        }
        self.without_faults(at, &here.card, &mut card);
        let changes = Change::between(&here.card, &card);
        if changes.is_empty() {
            self.preview.households.same += 1;
        } else {
            self.preview.households.changed += 1;
            self.note_changes(at, "household", &changes);
            self.pen
                .write(Event::HouseholdChanged(event::HouseholdChanged {
                    household: id,
                    changes,
                }));
            kept::household_changed(&mut self.pen, &here, &card)?;
        }
        Ok(Home {
            id,
            is_new: false,
            village: here.village,
            head: here.head,
            card,
            next_no: here.next_member_no,
            memory,
        })
    }
}

/// Returns what is remembered of a household's card with each member.
fn memory_of(card: &Answers) -> BTreeMap<String, String> {
    let fields = card.iter();
    fields
        .map(|(field, value)| (format!("{HOME}{field}"), remembered(value)))
        .collect()
}

/// Who of those who join becomes head of a household without one: the head by the file, else
/// the one named so, else the first adult, else the first.
fn head_among(
    rows: &[crate::domain::roster::RosterRow],
    home: &RosterHousehold,
    members: &[Member],
    target: Option<&Home>,
) -> Option<usize> {
    if target.is_none_or(|target| target.head.is_some()) {
        return None;
    }
    let joining: Vec<&Member> = members
        .iter()
        .filter(|member| member.known.is_none())
        .collect();
    let by_file = joining.iter().find(|member| home.head == Some(member.at));
    let named = || {
        joining.iter().find(|member| {
            let name = rows.get(member.at).and_then(|row| row.name.as_ref());
            name.is_some() && name == home.head_name.as_ref()
        })
    };
    let adult = || joining.iter().find(|member| member.is_adult(rows));
    let head = by_file.or_else(named).or_else(adult).or(joining.first());
    head.map(|member| member.at)
}
