//! What of an agreement is passed over.

use serde::Deserialize;

use crate::domain::{
    agreement::{
        contract::{Basic, LeftOutReason, Sheet},
        money::Fen,
        promise::{Contact, Often, Service},
    },
    few::{
        MaybeWritten, Written,
        passed::{Each, Text},
    },
    id::{PersonId, StaffId},
};

/// A [`Guardian`](crate::domain::agreement::consent::Guardian).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedGuardian {
    name: Text,
    relation: Text,
    person: Option<PersonId>,
}

/// A [`Print`](crate::domain::agreement::contract::Print).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedPrint {
    template: Text,
    copies: u32,
    on: Written,
    reprints: u32,
    sheet: Sheet,
}

/// A [`Choice`](crate::domain::agreement::contract::Choice).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedChoice {
    person: PersonId,
    basic: Option<Basic>,
    extras: Each<Text>,
    incapable: Text,
}

/// A [`LeftOut`](crate::domain::agreement::contract::LeftOut).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedLeftOut {
    person: PersonId,
    reason: LeftOutReason,
    note: Text,
}

/// A [`Signature`](crate::domain::agreement::signed::Signature).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedSignature {
    name: Text,
    staff: Option<StaffId>,
    on: Written,
}

/// A promised line.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedLine {
    item: PassedItem,
    often: Often,
    contact: Contact,
}

/// An [`Item`](crate::domain::agreement::promise::Item).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub enum PassedItem {
    Basic(Service),
    Extra { package: Text, name: Text },
}

/// A fee line.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedFee {
    year: u32,
    person: PersonId,
    package: Text,
    price: Fen,
    insurance: Fen,
    public_fund: Fen,
    voucher: PassedDeduction,
    reduction: PassedDeduction,
    other: Fen,
    resident: Fen,
    paid: Fen,
    receipt: Text,
    paid_on: MaybeWritten,
}

/// A [`Deduction`](crate::domain::agreement::money::Deduction).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedDeduction {
    number: Text,
    amount: Fen,
}
