//! The papers of the consulting room in lists: referrals under way, the register of a day.

use std::collections::HashMap;

use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Desk, Stop, answers,
        reply::{
            PaperPerson, ReferralRow, ReferralsView, RegisterRow, RegisterView, SlipView, Stands,
        },
    },
    domain::{
        clinic::Staff,
        course::Course,
        day::{Day, plus_days},
        event,
        household::Household,
        id::{PersonId, StaffId},
        person::Person,
        programmes::{ProgrammeKind, outpatient::Care},
        rows::CourseRow,
        visit::{self, ReferralTold},
    },
    store::{Error, Snapshot},
};

/// A return slip is shown for so many days.
const RETURNED_DAYS: i64 = 30;

impl Desk {
    /// Returns the referrals that are open or wait for their return slip, the oldest first,
    /// then those whose return slip came lately.
    pub(super) fn referrals(&self) -> Result<ReferralsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let mut found = Vec::new();
        snapshot.every(|row: CourseRow| {
            if row.is_here
                && let Some((sent, stands)) = under_way(&row.course, today)
            {
                found.push((row, sent, stands));
            }
            Ok(true)
        })?;
        let several_villages = super::several_villages(&snapshot)?;
        let mut rows = Vec::new();
        for (row, sent, stands) in found {
            let who = who(&snapshot, row.person, several_villages)?;
            let told = told(&snapshot, row.person, sent)?;
            rows.push(referral(&row.course, who, told, (sent, stands, today)));
        }
        rows.arrange_by_key(|row| {
            let is_back = matches!(row.stands, Stands::Returned(_));
            (is_back, row.sent, row.who.person)
        });
        Ok(ReferralsView { today, rows })
    }

    /// Returns the last slip of this form written for the person that still stands.
    pub(super) fn slip(&self, person: PersonId, form: &str) -> Result<Option<SlipView>, Stop> {
        let snapshot = self.store().snapshot()?;
        let contacts = event::contacts(&snapshot, person)?;
        let standing = contacts.iter().rev().filter(|c| c.withdrawn.is_none());
        let mut slips = standing.flat_map(|contact| &contact.forms);
        let Some(filled) = slips.find(|filled| filled.form == form) else {
            return Ok(None);
        };
        // A form keeps its keys: an edition no longer at hand is read by the present one.
        let catalog = self.catalog();
        let known = catalog
            .edition(form, &filled.edition)
            .or_else(|| catalog.form(form));
        let Some(known) = known else {
            return Ok(None);
        };
        Ok(Some(SlipView {
            who: who(&snapshot, person, super::several_villages(&snapshot)?)?,
            form: known.clone(),
            filled: filled.clone(),
            today: self.today_in(&snapshot)?,
            now: self.now(),
        }))
    }

    /// Returns the register of `day`; of today where none is named.
    pub(super) fn register(&self, day: Option<Day>) -> Result<RegisterView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let day = day.unwrap_or(today);
        let several_villages = super::several_villages(&snapshot)?;
        let mut staff: HashMap<StaffId, String> = HashMap::new();
        snapshot.every(|member: Staff| {
            staff.insert(member.id, member.name);
            Ok(true)
        })?;
        let mut rows = Vec::new();
        for contact in super::queue::contacts_of(&snapshot, day)? {
            let forms = &contact.forms;
            let line = visit::register_line(forms);
            let filled = line.as_ref().and_then(|_| visit::register_form(forms));
            if let (Some(line), Some(filled)) = (line, filled) {
                rows.push(RegisterRow {
                    contact: contact.id,
                    who: who(&snapshot, contact.person, several_villages)?,
                    line,
                    filled: filled.clone(),
                    by: staff.get(&contact.by).cloned().unwrap_or_default(),
                });
            }
        }
        Ok(RegisterView { today, day, rows })
    }
}

fn care(course: &Course) -> Option<&Care> {
    let own = course.programmes.get(&ProgrammeKind::Outpatient);
    own.and_then(|own| own.facts.care())
}

/// Returns since when a referral is under way, and how it stands.
fn under_way(course: &Course, today: Day) -> Option<(Day, Stands)> {
    let programmes = course.programmes.values();
    let opened = programmes.filter_map(|p| p.referral_open).min();
    let waiting = care(course).and_then(|care| care.waiting().map(|sent| sent.on).min());
    let sent = [opened, waiting].into_iter().flatten().min();
    if let Some(sent) = sent {
        let check = opened.and(course.referral.as_ref());
        let stands = check.map_or(Stands::Waiting, |task| Stands::Open(task.due));
        return Some((sent, stands));
    }
    let back = care(course)?.last_returned()?;
    let returned = back.returned?;
    (plus_days(today, -RETURNED_DAYS) <= returned).then_some((back.on, Stands::Returned(returned)))
}

fn referral(
    course: &Course,
    who: PaperPerson,
    told: ReferralTold,
    (sent, stands, today): (Day, Stands, Day),
) -> ReferralRow {
    let slip = care(course).and_then(|care| care.slips.last());
    let check = course.referral.as_ref();
    let until = match stands {
        Stands::Returned(on) => on,
        Stands::Open(_) | Stands::Waiting => today,
    };
    let or_slip = |told: String, slip: Option<&String>| match slip {
        Some(slip) if told.is_empty() => slip.clone(),
        Some(_) | None => told,
    };
    let to = [told.to.as_str(), told.department.as_str()];
    ReferralRow {
        who,
        sent,
        age: (until - sent).num_days(),
        to: or_slip(to.join(" ").trim().to_owned(), slip.map(|s| &s.slip.to)),
        reason: or_slip(told.reason, slip.map(|s| &s.slip.reason)),
        why: check.map(|task| task.reason),
        programmes: check.map_or_else(Vec::new, |task| task.programmes.iter().copied().collect()),
        urgent: check.is_some_and(|task| task.urgent) || slip.is_some_and(|s| s.slip.urgent),
        has_slip: slip.is_some_and(|slip| sent <= slip.on),
        stands,
    }
}

/// What the visits since the day of the referral tell of it, the last word first.
fn told(snapshot: &Snapshot, person: PersonId, sent: Day) -> Result<ReferralTold, Error> {
    let contacts = event::contacts_from(snapshot, person, sent)?;
    let mut standing = contacts.iter().rev().filter(|c| c.withdrawn.is_none());
    let told = standing.find_map(|contact| visit::referral_told(&contact.forms));
    Ok(told.unwrap_or_default())
}

fn who(snapshot: &Snapshot, id: PersonId, several_villages: bool) -> Result<PaperPerson, Stop> {
    let person: Person = answers::row(snapshot, id)?;
    let household: Household = answers::row(snapshot, person.household)?;
    Ok(PaperPerson {
        person: id,
        household: household.id,
        name: person.name().to_owned(),
        sex: person.sex(),
        birth: person.birth(),
        place: super::place_of(snapshot, &household, several_villages)?,
    })
}
