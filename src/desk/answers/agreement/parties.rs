//! Who signs and what is offered: doctors, teams, units, packages, vouchers.

use super::{Done, known::numbered};
use crate::{
    desk::{Stop, answers::Pen, request::Party},
    domain::{
        agreement::{
            doctor::Doctor,
            money::Fen,
            package::{BASIC, Package},
            refusal::AgreementRefusal,
            team::Team,
            unit::Unit,
            voucher::{Holder, Voucher, VoucherState},
        },
        day::Day,
        event::{
            Event,
            agreement::{DoctorKept, PackageKept, TeamKept, UnitKept, VoucherKept},
        },
        id::{DoctorId, TeamId, UnitId},
        refusal::{ContactRefusal, RecordRefusal},
        rows::agreement::{package_key, voucher_key},
        tables::{Counter, Read},
        text::Text,
    },
    store,
};

/// Writes a party down, or what changed of it.
pub fn keep<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, asked: &Party) -> Done {
    match asked {
        Party::Doctor(id, doctor) => keep_doctor(pen, *id, doctor),
        Party::Team(id, team) => keep_team(pen, *id, team),
        Party::Unit(id, unit) => keep_unit(pen, *id, unit),
        Party::Package(package) => keep_package(pen, package),
        Party::Voucher(voucher) => issue(pen, voucher),
        Party::VoidVoucher { number, reason } => void(pen, number, reason),
    }
}

fn bad(field: &'static str, zh: &'static str, en: &'static str) -> Stop {
    let why = Text { zh, en };
    RecordRefusal::Bad { field, why }.into()
}

fn name(text: &str) -> Result<String, Stop> {
    let text = text.trim();
    if text.is_empty() {
        return Err(bad("name", "请填写名称。", "please give a name."));
    }
    Ok(text.to_owned())
}

fn in_order(from: Day, until: Option<Day>) -> Done {
    if until.is_some_and(|until| until < from) {
        let zh = "结束日期早于开始日期，请核对。";
        return Err(bad("until", zh, "the end stands before the beginning."));
    }
    Ok(())
}

fn keep_doctor<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: Option<DoctorId>,
    doctor: &Doctor,
) -> Done {
    let before = match id {
        Some(id) => Some(super::row(pen.tables, id)?),
        None => None,
    };
    in_order(doctor.from, doctor.until)?;
    if let Some(staff) = doctor.staff {
        let _: crate::domain::clinic::Staff = super::row(pen.tables, staff)?;
        let all: Vec<Doctor> = numbered(pen.tables, &Counter::Doctor)?;
        let taken = |other: &Doctor| other.staff == Some(staff) && Some(other.id) != id;
        if all.iter().any(taken) {
            let zh = "这位工作人员已经登记为另一位签约医生。";
            let en = "this staff member is another doctor already.";
            return Err(bad("staff", zh, en));
        }
    }
    let after = Doctor {
        id: match id {
            Some(id) => id,
            None => DoctorId(pen.next(&Counter::Doctor)?),
        },
        name: name(&doctor.name)?,
        ..doctor.clone()
    };
    if before.as_ref() != Some(&after) {
        pen.write(Event::DoctorKept(DoctorKept { before, after }));
    }
    Ok(())
}

fn keep_team<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: Option<TeamId>,
    team: &Team,
) -> Done {
    let before = match id {
        Some(id) => Some(super::row(pen.tables, id)?),
        None => None,
    };
    for member in &team.members {
        name(&member.name)?;
        in_order(member.from, member.until)?;
    }
    let named = team.members.iter().filter_map(|member| member.doctor);
    for doctor in named.chain(team.leader) {
        let _: Doctor = super::row(pen.tables, doctor)?;
    }
    let after = Team {
        id: match id {
            Some(id) => id,
            None => TeamId(pen.next(&Counter::Team)?),
        },
        name: name(&team.name)?,
        ..team.clone()
    };
    if before.as_ref() != Some(&after) {
        pen.write(Event::TeamKept(TeamKept { before, after }));
    }
    Ok(())
}

fn keep_unit<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: Option<UnitId>,
    unit: &Unit,
) -> Done {
    let before = match id {
        Some(id) => Some(super::row(pen.tables, id)?),
        None => None,
    };
    let after = Unit {
        id: match id {
            Some(id) => id,
            None => UnitId(pen.next(&Counter::Unit)?),
        },
        ..unit.clone()
    };
    for person in after.residents() {
        pen.person(person)?;
    }
    let faults = after.check(&numbered::<T, Unit>(pen.tables, &Counter::Unit)?);
    if !faults.is_empty() {
        return Err(AgreementRefusal::Unit(faults).into());
    }
    if before.as_ref() != Some(&after) {
        pen.write(Event::UnitKept(UnitKept { before, after }));
    }
    Ok(())
}

fn keep_package<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, package: &Package) -> Done {
    let code = package.code.trim().to_owned();
    if code.is_empty() || code == BASIC {
        let zh = "请给服务包另起一个编号。";
        return Err(bad("code", zh, "please give the package another code."));
    }
    if package.price < Fen::ZERO {
        return Err(bad(
            "price",
            "价格不能是负数。",
            "a price is not below zero.",
        ));
    }
    let is_bad = |times: u32| times == 0;
    if package
        .items
        .iter()
        .any(|item| is_bad(item.times) || item.name.trim().is_empty())
    {
        let zh = "每个项目都要写名称和每年次数。";
        return Err(bad("items", zh, "each item has a name and times a year."));
    }
    in_order(package.from, package.to)?;
    let before: Option<Package> = pen.tables.get(&package_key(&code))?;
    let after = Package {
        name: name(&package.name)?,
        code,
        ..package.clone()
    };
    if before.as_ref() != Some(&after) {
        pen.write(Event::PackageKept(PackageKept { before, after }));
    }
    Ok(())
}

fn issue<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, voucher: &Voucher) -> Done {
    let number = voucher.number.trim().to_owned();
    if number.is_empty() {
        return Err(bad("number", "请填写券号。", "please give the number."));
    }
    if voucher.amount <= Fen::ZERO {
        return Err(bad("amount", "金额要大于零。", "the amount is above zero."));
    }
    in_order(voucher.issued, Some(voucher.expires))?;
    match voucher.holder {
        Holder::Person(person) => pen.person(person).map(|_| ())?,
        Holder::Household(household) => pen.household(household).map(|_| ())?,
    }
    let known: Option<Voucher> = pen.tables.get(&voucher_key(&number))?;
    if known.is_some() {
        return Err(AgreementRefusal::Voucher { number }.into());
    }
    let after = Voucher {
        number,
        state: VoucherState::Unused,
        ..voucher.clone()
    };
    pen.write(Event::VoucherKept(VoucherKept {
        before: None,
        after,
        reason: String::new(),
    }));
    Ok(())
}

fn void<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, number: &str, reason: &str) -> Done {
    let number = number.trim();
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    let known: Option<Voucher> = pen.tables.get(&voucher_key(number))?;
    let what = || RecordRefusal::Unknown {
        what: number.to_owned(),
    };
    let before = known.ok_or_else(what)?;
    if before.state != VoucherState::Unused {
        let number = number.to_owned();
        return Err(AgreementRefusal::Voucher { number }.into());
    }
    let after = Voucher {
        state: VoucherState::Void,
        ..before.clone()
    };
    pen.write(Event::VoucherKept(VoucherKept {
        before: Some(before),
        after,
        reason: reason.to_owned(),
    }));
    Ok(())
}
