//! Setting up the clinic: its name, staff and villages.

use super::{Pen, row};
use crate::{
    desk::{
        Stop,
        request::{SetUp, Whom},
        rights,
    },
    domain::{
        clinic::{Clinic, Role, Staff, Village},
        event::{Event, clinic as event},
        id::{StaffId, VillageId},
        refusal::{AccountRefusal, RecordRefusal},
        rows::clinic_key,
        tables::{Counter, Index, Key, Read, after_prefix},
        text::{Text, is_invisible},
    },
    store,
};

type Done = Result<(), Stop>;

/// The first start: clinic, villages, and the doctor who sets it up.
pub fn set_up<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, asked: &SetUp) -> Done {
    if pen.tables.get::<Clinic>(&clinic_key())?.is_some() {
        return Err(RecordRefusal::SetUp.into());
    }
    pen.write(Event::ClinicSetUp(event::ClinicSetUp {
        name: named("clinic", &asked.clinic)?,
        store: asked.store,
        practice_day: asked.practice_day,
    }));
    add_staff(pen, &asked.doctor, Role::Doctor)?;
    for (name, code) in &asked.villages {
        add_village(pen, name, code.as_deref())?;
    }
    Ok(())
}

/// Renames the clinic.
pub fn rename<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, name: &str) -> Done {
    let clinic: Option<Clinic> = pen.tables.get(&clinic_key())?;
    let clinic = clinic.ok_or(RecordRefusal::NotSetUp)?;
    let after = named("clinic", name)?;
    pen.write(Event::ClinicRenamed(event::ClinicRenamed {
        before: clinic.name,
        after,
    }));
    Ok(())
}

/// Refuses a name somebody else works under here: whoever signs in is known by it.
fn nobody_else<T: Read<Fault = store::Error>>(
    tables: &T,
    id: Option<StaffId>,
    name: &str,
) -> Result<(), Stop> {
    let everybody = super::settings::staff(tables)?;
    let is_another = |one: &Staff| one.active && one.name == name && Some(one.id) != id;
    match everybody.iter().any(is_another) {
        true => {
            let name = name.to_owned();
            Err(AccountRefusal::SameName { name }.into())
        }
        false => Ok(()),
    }
}

/// Adds a staff member, under a name nobody else works under.
pub fn add_staff<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    name: &str,
    role: Role,
) -> Result<StaffId, Stop> {
    let name = named("doctor", name)?;
    nobody_else(pen.tables, None, &name)?;
    let id = StaffId(pen.next(&Counter::Staff)?);
    let staff = Staff {
        id,
        name,
        role,
        active: true,
    };
    pen.write(Event::StaffAdded(event::StaffAdded { staff }));
    Ok(id)
}

/// Changes a staff member's name, role or standing.
pub fn change_staff<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: StaffId,
    name: &str,
    role: Role,
    active: bool,
) -> Done {
    let before: Staff = row(pen.tables, id)?;
    let after = Staff {
        id,
        name: named("name", name)?,
        role,
        active,
    };
    let comes = before.name != after.name || !before.active;
    if comes && after.active {
        nobody_else(pen.tables, Some(id), &after.name)?;
    }
    if before != after {
        pen.write(Event::StaffChanged(event::StaffChanged { before, after }));
    }
    Ok(())
}

/// The recovery code names somebody who may change the clinic: whoever may already keeps their
/// role, anybody else becomes an administrator.
pub fn take_over<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, whom: &Whom) -> Done {
    let staff = match whom {
        Whom::Known(id) => {
            let known: Staff = row(pen.tables, *id)?;
            let everybody = super::settings::staff(pen.tables)?;
            let role = rights::appointed(&known, &everybody);
            change_staff(pen, *id, &known.name, role, true)?;
            *id
        }
        Whom::New(name) => add_staff(pen, name, Role::Admin)?,
    };
    pen.write(Event::AccountRecovered(event::AccountRecovered { staff }));
    Ok(())
}

/// Adds a village; its code, where given, has 12 digits.
pub fn add_village<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    name: &str,
    code: Option<&str>,
) -> Result<VillageId, Stop> {
    let id = VillageId(pen.next(&Counter::Village)?);
    let village = Village {
        id,
        name: named("village", name)?,
        code: coded(code)?,
    };
    pen.write(Event::VillageAdded(event::VillageAdded { village }));
    Ok(id)
}

/// Changes a village; a code given for the first time issues the waiting record numbers.
pub fn change_village<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: VillageId,
    name: &str,
    code: Option<&str>,
) -> Done {
    let before: Village = row(pen.tables, id)?;
    let after = Village {
        id,
        name: named("village", name)?,
        code: coded(code)?,
    };
    if before == after {
        return Ok(());
    }
    let issue = before.code != after.code;
    pen.write(Event::VillageChanged(event::VillageChanged {
        before,
        after: after.clone(),
    }));
    let Some(code) = after.code.filter(|_| issue) else {
        return Ok(());
    };
    let place = Key::new().number(id.0).bytes();
    let households: Vec<crate::domain::household::Household> =
        pen.tables
            .listed(Index::Place, &place, &after_prefix(&place))?;
    for member in households.iter().flat_map(|household| &household.members) {
        let person = pen.person(*member)?;
        if person.record_no.is_none() {
            super::person::issue_number(pen, *member, &code)?;
        }
    }
    Ok(())
}

/// Reads a name: 1 to 60 characters without control characters.
fn named(field: &'static str, name: &str) -> Result<String, Stop> {
    let name = name.trim();
    if name.is_empty() || 60 < name.chars().count() || name.chars().any(is_hidden) {
        return Err(RecordRefusal::Bad {
            field,
            why: Text {
                zh: "应为1到60个字。",
                en: "needs 1 to 60 characters.",
            },
        }
        .into());
    }
    Ok(name.to_owned())
}

fn is_hidden(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

fn coded(code: Option<&str>) -> Result<Option<String>, Stop> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Ok(None);
    };
    if code.len() != 12 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        let why = Text {
            zh: "村代码应为12位数字，请核对。",
            en: "a village code has 12 digits, please check it.",
        };
        return Err(RecordRefusal::Bad {
            field: "village_code",
            why,
        }
        .into());
    }
    Ok(Some(code.to_owned()))
}
