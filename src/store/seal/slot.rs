//! The store's key under one password: Argon2id makes a key of the password, and that one seals
//! the store's.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{key::DataKey, record};
use crate::{
    domain::{id::StaffId, text::half_width},
    store::hexadecimal,
};

/// A password as it is compared: full-width signs count as their half-width twins, so that an
/// input method left on locks nobody out. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Characters a new password has at least.
    pub const LEAST: usize = 8;

    /// Reads what was typed.
    pub fn of(typed: &str) -> Self {
        Self(Zeroizing::new(typed.chars().map(half_width).collect()))
    }

    /// Says whether both are the same.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// Says whether it is long enough to be a new one.
    pub fn is_long_enough(&self) -> bool {
        self.0.chars().count() >= Self::LEAST
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Password")
    }
}

/// Who opens a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holder", rename_all = "snake_case")]
pub enum Holder {
    /// A staff member, by password.
    Staff { staff: StaffId, name: String },
    /// Whoever has the paper with the recovery code.
    Recovery,
}

impl Holder {
    /// Says whether this is the same holder, under any name.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Staff { staff: one, .. }, Self::Staff { staff: other, .. }) => one == other,
            (Self::Recovery, Self::Recovery) => true,
            (Self::Staff { .. }, Self::Recovery) | (Self::Recovery, Self::Staff { .. }) => false,
        }
    }

    /// Binds what is sealed to its slot, whatever the holder is called by now.
    fn place(&self) -> String {
        match self {
            Self::Staff { staff, .. } => format!("slot of staff {}", staff.0),
            Self::Recovery => "slot of the recovery code".to_owned(),
        }
    }
}

/// How costly it is to try a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Cost {
    /// Memory, KiB.
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// 19 MiB and two passes: 31 ms where it was measured, a fifth of a second on an old PC.
    const NOW: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// The most a file may ask for: a changed file must not stop the computer.
    const MOST: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 8,
    };

    const fn is_bearable(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib
            && self.passes <= Self::MOST.passes
            && self.lanes <= Self::MOST.lanes
    }
}

/// A password made ready for keys to be put under it. Making it is what costs time and memory, so
/// it is made before anybody is kept waiting; wiped from memory when dropped.
pub struct Stretched {
    cost: Cost,
    salt: [u8; 16],
    under: Zeroizing<[u8; DataKey::BYTES]>,
}

impl Stretched {
    /// Stretches a password under a salt of its own.
    ///
    /// # Errors
    /// `System` where there is no memory or there are no random bytes.
    pub(super) fn of(password: &Password) -> Result<Self, Shut> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| Shut::System)?;
        let under = stretched(Cost::NOW, &salt, password)?;
        let cost = Cost::NOW;
        Ok(Self { cost, salt, under })
    }
}

impl fmt::Debug for Stretched {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Stretched")
    }
}

/// The store's key under one password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    #[serde(flatten)]
    pub holder: Holder,
    #[serde(flatten)]
    cost: Cost,
    salt: String,
    wrapped: String,
}

/// Why a slot did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    /// The password is another.
    Wrong,
    /// The slot cannot be read, or asks for more than is bearable.
    Damaged,
    /// The system gives no memory to try the password with, or no random bytes.
    System,
}

impl Slot {
    /// Puts the store's key under a password.
    ///
    /// # Errors
    /// `System` where there are no random bytes.
    pub fn of(holder: Holder, key: &DataKey, password: &Stretched) -> Result<Self, Shut> {
        let Stretched { cost, salt, under } = password;
        let wrapped = record::seal(under, holder.place().as_bytes(), key.bytes());
        Ok(Self {
            holder,
            cost: *cost,
            salt: hexadecimal::written(salt),
            wrapped: hexadecimal::written(&wrapped.map_err(|_| Shut::System)?),
        })
    }

    /// Says whether the other slot opens with the same password, whatever its holder is called.
    pub fn opens_as(&self, other: &Self) -> bool {
        self.holder.is(&other.holder) && self.wrapped == other.wrapped
    }

    /// Opens the slot with a password.
    ///
    /// # Errors
    /// As `Shut` says.
    pub fn open(&self, password: &Password) -> Result<DataKey, Shut> {
        let salt = hexadecimal::read(&self.salt).ok_or(Shut::Damaged)?;
        let wrapped = hexadecimal::read(&self.wrapped).ok_or(Shut::Damaged)?;
        let under = stretched(self.cost, &salt, password)?;
        let place = self.holder.place();
        let opened = record::open(&under, place.as_bytes(), &wrapped).ok_or(Shut::Wrong)?;
        let mut key = Zeroizing::new([0; DataKey::BYTES]);
        if opened.len() != key.len() {
            return Err(Shut::Damaged);
        }
        key.copy_from_slice(&opened);
        Ok(DataKey::of(key))
    }
}

/// Makes a key of a password.
fn stretched(
    cost: Cost,
    salt: &[u8],
    password: &Password,
) -> Result<Zeroizing<[u8; DataKey::BYTES]>, Shut> {
    if !cost.is_bearable() {
        return Err(Shut::Damaged);
    }
    let params = Params::new(
        cost.memory_kib,
        cost.passes,
        cost.lanes,
        Some(DataKey::BYTES),
    );
    let params = params.map_err(|_| Shut::Damaged)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Zeroizing::new([0; DataKey::BYTES]);
    match argon.hash_password_into(password.bytes(), salt, key.as_mut()) {
        Ok(()) => Ok(key),
        Err(argon2::Error::OutOfMemory) => Err(Shut::System),
        Err(_) => Err(Shut::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(staff: u64, name: &str) -> Holder {
        Holder::Staff {
            staff: StaffId(staff),
            name: name.to_owned(),
        }
    }

    fn under(password: &str) -> Stretched {
        Stretched::of(&Password::of(password)).unwrap()
    }

    #[test]
    fn a_slot_opens_with_its_password_only() {
        let key = DataKey::random().unwrap();
        let slot = Slot::of(staff(1, "王建国"), &key, &under("tian-qi-hao")).unwrap();
        let opened = slot.open(&Password::of("tian-qi-hao")).unwrap();
        assert_eq!(opened.bytes(), key.bytes());
        for wrong in ["", "tian-qi-hao ", "Tian-qi-hao"] {
            assert_eq!(slot.open(&Password::of(wrong)).unwrap_err(), Shut::Wrong);
        }
    }

    #[test]
    fn a_password_typed_with_the_input_method_on_is_the_same() {
        let key = DataKey::random().unwrap();
        let slot = Slot::of(staff(1, "王建国"), &key, &under("abc 123456")).unwrap();
        assert!(slot.open(&Password::of("ａｂｃ　１２３４５６")).is_ok());
    }

    #[test]
    fn a_slot_belongs_to_its_holder_under_any_name() {
        let key = DataKey::random().unwrap();
        let password = Password::of("tian-qi-hao");
        let mut slot = Slot::of(staff(1, "王建国"), &key, &under("tian-qi-hao")).unwrap();
        slot.holder = staff(1, "王建国（院长）");
        assert!(slot.open(&password).is_ok());
        slot.holder = staff(2, "王建国");
        assert_eq!(slot.open(&password).unwrap_err(), Shut::Wrong);
    }

    #[test]
    fn a_slot_that_asks_for_all_memory_is_damaged() {
        let key = DataKey::random().unwrap();
        let password = Password::of("tian-qi-hao");
        let mut slot = Slot::of(Holder::Recovery, &key, &under("tian-qi-hao")).unwrap();
        slot.cost.memory_kib = u32::MAX;
        assert_eq!(slot.open(&password).unwrap_err(), Shut::Damaged);
    }
}
