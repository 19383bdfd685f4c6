//! An agreement whole as one JSON document: ids as they are written, money in yuan.

use serde_json::{Map, Value, json};

use crate::{
    cli::values,
    desk::reply::{AgreementPerson, AgreementView},
    domain::agreement::{
        consent::Consent,
        contract::{LeftOut, Origin, Representative},
        fulfilment::Promise,
        money::{FeeLine, Fen, Refund},
        promise::Item,
        signed::{ClosedBy, Closing, Ending, LeaveReason, Left, NotRenewed, Signed, Voided},
    },
};

/// Adds everything there is to the keys every telling has.
pub fn whole(view: &AgreementView, mut told: Map<String, Value>) -> Map<String, Value> {
    let agreement = &view.agreement;
    let signed = agreement.signed();
    let fees = signed.map_or(&agreement.contents.fees, |signed| &signed.fees);
    let steps = view.steps.iter().map(|(step, by)| {
        json!({
            "date": step.day,
            "what": step.what,
            "transition": step.transition,
            "by_name": by,
        })
    });
    let replaced = agreement.origin.replaces().iter();
    let more = json!({
        "members": members(view),
        "left_out": left_out(view),
        "kind": kind(&agreement.origin),
        "replaces": replaced.map(ToString::to_string).collect::<Vec<_>>(),
        "representative": agreement.contents.representative.as_ref().map(representative),
        "fees": fees.iter().map(fee).collect::<Vec<_>>(),
        "prints": agreement.prints,
        "signed": signed.map(|signed| signed.on),
        "doubts": signed.map(|signed| &signed.doubts),
        "ending": signed.and_then(|signed| signed.ending.as_ref()).map(ending),
        "closing": signed.and_then(|signed| signed.closing.as_ref()).map(closing),
        "voided": signed.and_then(|signed| signed.voided.as_ref()).map(voided),
        "acting": signed.and_then(acting),
        "steps": steps.collect::<Vec<_>>(),
        "seen": view.seen.iter().map(|seen| seen.revision).max(),
    });
    if let Value::Object(more) = more {
        told.extend(more);
    }
    told
}

fn acting(signed: &Signed) -> Option<String> {
    signed.acting.map(|doctor| doctor.to_string())
}

fn yuan(amount: Fen) -> Value {
    let text = amount.to_string();
    text.parse().map_or_else(|_| json!(text), values::number)
}

fn representative(who: &Representative) -> Value {
    match who {
        Representative::Member(person) => json!({"id": person.to_string()}),
        Representative::Guardian { of, name, relation } => {
            json!({"of": of.to_string(), "name": name, "relation": relation})
        }
        Representative::Contact { name } => json!({"name": name}),
    }
}

fn consent(consent: &Consent) -> Value {
    json!({
        "kind": consent.kind.code(),
        "date": consent.on,
        "evidence": consent.evidence,
        "taken_by": consent.taken_by.to_string(),
        "guardian": consent.guardian.as_ref().map(|one| json!({
            "name": one.name,
            "relation": one.relation,
            "id": one.person.map(|person| person.to_string()),
        })),
    })
}

fn left(left: &Left) -> Value {
    json!({
        "last_day": left.last_day,
        "reason": match &left.reason {
            LeaveReason::Died => "died",
            LeaveReason::MovedOut { .. } => "moved",
            LeaveReason::OtherHousehold { .. } => "other_household",
            LeaveReason::RecordedTwice => "recorded_twice",
            LeaveReason::OptsOut { .. } => "opts_out",
        },
        "refunds": left.refunds.iter().map(refund).collect::<Vec<_>>(),
    })
}

fn refund(refund: &Refund) -> Value {
    json!({
        "year": refund.year,
        "person": refund.person.to_string(),
        "package": refund.package,
        "amount": yuan(refund.amount),
    })
}

fn fee(line: &FeeLine) -> Value {
    json!({
        "year": line.year,
        "person": line.person.to_string(),
        "package": line.package,
        "price": yuan(line.price),
        "insurance": yuan(line.insurance),
        "public_fund": yuan(line.public_fund),
        "voucher": yuan(line.voucher.amount),
        "voucher_no": line.voucher.number,
        "reduction": yuan(line.reduction.amount),
        "reduction_no": line.reduction.number,
        "other": yuan(line.other),
        "resident": yuan(line.resident),
        "paid": yuan(line.paid),
        "receipt": line.receipt,
        "paid_on": line.paid_on,
    })
}

fn ending(ending: &Ending) -> Value {
    json!({
        "notice": ending.notice.on,
        "by": ending.notice.by.to_string(),
        "way": ending.notice.way.code(),
        "reason": ending.notice.reason.code(),
        "note": ending.notice.note,
        "resident_signed": ending.resident.as_ref().map(|one| one.on),
        "clinic_signed": ending.clinic.as_ref().map(|one| one.on),
        "last_day": ending.agreed.as_ref().map(|one| one.last_day),
        "sheet": ending.agreed.as_ref().map(|one| &one.sheet),
    })
}

fn closing(closing: &Closing) -> Value {
    let (how, by, sheet) = match &closing.by {
        ClosedBy::Renewed { by } => ("renewed", Some(*by), None),
        ClosedBy::BothSigned { sheet } => ("both_signed", None, Some(sheet)),
        ClosedBy::NobodyLeft => ("nobody_left", None, None),
        ClosedBy::ServiceStopped { evidence } => ("service_stopped", None, Some(evidence)),
        ClosedBy::NotRenewed { .. } => ("not_renewed", None, None),
        ClosedBy::Superseded { by } => ("superseded", Some(*by), None),
    };
    let reasons: Vec<&NotRenewed> = match &closing.by {
        ClosedBy::NotRenewed { reasons } => reasons.iter().collect(),
        ClosedBy::Renewed { .. }
        | ClosedBy::BothSigned { .. }
        | ClosedBy::NobodyLeft
        | ClosedBy::ServiceStopped { .. }
        | ClosedBy::Superseded { .. } => Vec::new(),
    };
    json!({
        "how": how,
        "by": by.map(|by| by.to_string()),
        "evidence": sheet,
        "reasons": reasons,
        "last_day": closing.last_day,
        "refunds": closing.refunds.iter().map(refund).collect::<Vec<_>>(),
    })
}

fn voided(voided: &Voided) -> Value {
    json!({
        "finding": voided.finding.code(),
        "reason": voided.reason,
        "date": voided.on,
        "informed": voided.informed,
        "refunds": voided.refunds.iter().map(refund).collect::<Vec<_>>(),
    })
}

fn members(view: &AgreementView) -> Value {
    let signed = view.agreement.signed();
    let covered = view.agreement.contents.covered.iter();
    let chosen: Vec<_> = covered.map(|choice| choice.person).collect();
    let is_theirs = |one: &&AgreementPerson| {
        chosen.contains(&one.person)
            || signed.is_some_and(|signed| signed.member(one.person).is_some())
    };
    let people = view.people.iter().filter(is_theirs);
    let one = |person: &AgreementPerson| {
        let member = signed.and_then(|signed| signed.member(person.person));
        json!({
            "id": person.person.to_string(),
            "name": person.name,
            "relation": person.relation,
            "tags": person.tags.iter().map(crate::domain::tags::Tag::code).collect::<Vec<_>>(),
            "from": person.coverage.map(|days| days.from),
            "until": person.coverage.map(|days| days.to),
            "consent": member.map(|member| consent(&member.consent)),
            "confirmed": member.and_then(|member| member.confirmed.as_ref()).map(consent),
            "left": member.and_then(|member| member.left.as_ref()).map(left),
            "promises": person.promises.iter().map(promise).collect::<Vec<_>>(),
        })
    };
    people.map(one).collect()
}

fn promise(told: &Promise) -> Value {
    let (item, package) = match &told.item {
        Item::Basic(service) => (service.name().zh.to_owned(), None),
        Item::Extra { package, name } => (name.clone(), Some(package)),
    };
    json!({
        "item": item,
        "package": package,
        "year": told.year,
        "required": told.required,
        "done": told.done,
        "missed": told.missed,
        "due_next": told.due_next,
    })
}

fn left_out(view: &AgreementView) -> Value {
    let left = view.agreement.contents.left_out.iter();
    left.map(|left| {
        json!({
            "id": left.person.to_string(),
            "name": name_of(view, left),
            "reason": left.reason.code(),
            "note": left.note,
        })
    })
    .collect()
}

fn name_of(view: &AgreementView, left: &LeftOut) -> String {
    let mut people = view.people.iter();
    let found = people.find(|one| one.person == left.person);
    found.map_or_else(|| left.person.to_string(), |one| one.name.clone())
}

/// Returns the stable key of how it came about.
pub fn kind(origin: &Origin) -> &'static str {
    match origin {
        Origin::New => "new",
        Origin::Renewal { .. } => "renewal",
        Origin::Automatic { .. } => "automatic",
        Origin::Change { .. } => "change",
        Origin::BroughtIn => "brought_in",
    }
}
