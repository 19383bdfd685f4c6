//! Where a reader stands in the bytes of a value, and the signs MessagePack tells values apart by.
//!
//! It knows no type of ours: everything here exists once.

use super::Fault;

/// Values within values, at most.
const DEPTH: u16 = 512;

/// The bytes not read yet.
pub(super) struct Cursor<'de> {
    rest: &'de [u8],
    depth: u16,
}

/// What stands next.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Nothing,
    YesNo,
    Number,
    Text,
    Bytes,
    List,
    Map,
    /// Nothing an entry holds.
    Other,
}

/// A number in the widest of its kind.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Whole(u64),
    Negative(i64),
    Broken(f64),
}

impl Number {
    fn signed(number: i64) -> Self {
        u64::try_from(number).map_or(Self::Negative(number), Self::Whole)
    }
}

const NOTHING: u8 = 0xc0;

impl<'de> Cursor<'de> {
    pub fn over(bytes: &'de [u8]) -> Self {
        Self {
            rest: bytes,
            depth: 0,
        }
    }

    /// Says what stands next.
    pub fn kind(&self) -> Result<Kind, Fault> {
        let sign = self.rest.first().ok_or(Fault::End)?;
        Ok(match sign {
            0x00..=0x7f | 0xca..=0xd3 | 0xe0..=0xff => Kind::Number,
            0x80..=0x8f | 0xde..=0xdf => Kind::Map,
            0x90..=0x9f | 0xdc..=0xdd => Kind::List,
            0xa0..=0xbf | 0xd9..=0xdb => Kind::Text,
            &NOTHING => Kind::Nothing,
            0xc2..=0xc3 => Kind::YesNo,
            0xc4..=0xc6 => Kind::Bytes,
            0xc1 | 0xc7..=0xc9 | 0xd4..=0xd8 => Kind::Other,
        })
    }

    /// Goes past a nothing; says whether there was one.
    pub fn takes_nothing(&mut self) -> Result<bool, Fault> {
        match self.rest.split_first() {
            None => Err(Fault::End),
            Some((&NOTHING, rest)) => {
                self.rest = rest;
                Ok(true)
            }
            Some(_) => Ok(false),
        }
    }

    pub fn yes_no(&mut self) -> Result<bool, Fault> {
        match self.sign()? {
            0xc2 => Ok(false),
            0xc3 => Ok(true),
            _ => Err(Fault::Other),
        }
    }

    #[inline(never)]
    pub fn number(&mut self) -> Result<Number, Fault> {
        Ok(match self.sign()? {
            small @ 0x00..=0x7f => Number::Whole(small.into()),
            small @ 0xe0..=0xff => Number::Negative(small.cast_signed().into()),
            0xca => Number::Broken(f32::from_be_bytes(self.array()?).into()),
            0xcb => Number::Broken(f64::from_be_bytes(self.array()?)),
            0xcc => Number::Whole(u8::from_be_bytes(self.array()?).into()),
            0xcd => Number::Whole(u16::from_be_bytes(self.array()?).into()),
            0xce => Number::Whole(u32::from_be_bytes(self.array()?).into()),
            0xcf => Number::Whole(u64::from_be_bytes(self.array()?)),
            0xd0 => Number::signed(i8::from_be_bytes(self.array()?).into()),
            0xd1 => Number::signed(i16::from_be_bytes(self.array()?).into()),
            0xd2 => Number::signed(i32::from_be_bytes(self.array()?).into()),
            0xd3 => Number::signed(i64::from_be_bytes(self.array()?)),
            _ => return Err(Fault::Other),
        })
    }

    #[inline(never)]
    pub fn text(&mut self) -> Result<&'de str, Fault> {
        let length = match self.sign()? {
            short @ 0xa0..=0xbf => usize::from(short & 0x1f),
            0xd9 => self.length::<1>()?,
            0xda => self.length::<2>()?,
            0xdb => self.length::<4>()?,
            _ => return Err(Fault::Other),
        };
        std::str::from_utf8(self.take(length)?).map_err(|_| Fault::Text)
    }

    #[inline(never)]
    pub fn bytes(&mut self) -> Result<&'de [u8], Fault> {
        let length = match self.sign()? {
            0xc4 => self.length::<1>()?,
            0xc5 => self.length::<2>()?,
            0xc6 => self.length::<4>()?,
            _ => return Err(Fault::Other),
        };
        self.take(length)
    }

    /// Goes into a list; returns how many values it has. `end` leaves it.
    #[inline(never)]
    pub fn begin_list(&mut self) -> Result<usize, Fault> {
        let length = match self.sign()? {
            short @ 0x90..=0x9f => usize::from(short & 0x0f),
            0xdc => self.length::<2>()?,
            0xdd => self.length::<4>()?,
            _ => return Err(Fault::Other),
        };
        self.deeper()?;
        Ok(length)
    }

    /// Goes into a map; returns how many pairs it has. `end` leaves it.
    #[inline(never)]
    pub fn begin_map(&mut self) -> Result<usize, Fault> {
        let length = match self.sign()? {
            short @ 0x80..=0x8f => usize::from(short & 0x0f),
            0xde => self.length::<2>()?,
            0xdf => self.length::<4>()?,
            _ => return Err(Fault::Other),
        };
        self.deeper()?;
        Ok(length)
    }

    /// Goes to a variant's name; says whether it holds something, which `end` then leaves.
    #[inline(never)]
    pub fn begin_variant(&mut self) -> Result<bool, Fault> {
        match self.kind()? {
            Kind::Text => Ok(false),
            Kind::Map => match self.begin_map()? {
                1 => Ok(true),
                _ => Err(Fault::Length),
            },
            _ => Err(Fault::Other),
        }
    }

    /// Leaves what was gone into last.
    pub fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Goes past one value, whatever it is.
    pub fn skip(&mut self) -> Result<(), Fault> {
        // As many values as are still to be passed: a long list needs no deep stack.
        let mut left: usize = 1;
        while let Some(others) = left.checked_sub(1) {
            let within = self.pass()?;
            left = others.checked_add(within).ok_or(Fault::Length)?;
        }
        Ok(())
    }

    /// Goes past one value; of a list or map only past its beginning. Returns how many values
    /// that holds.
    fn pass(&mut self) -> Result<usize, Fault> {
        match self.kind()? {
            Kind::Nothing => self.takes_nothing().map(|_| 0),
            Kind::YesNo => self.yes_no().map(|_| 0),
            Kind::Number => self.number().map(|_| 0),
            Kind::Text => self.text().map(|_| 0),
            Kind::Bytes => self.bytes().map(|_| 0),
            Kind::List => {
                let length = self.begin_list()?;
                self.end();
                Ok(length)
            }
            Kind::Map => {
                let pairs = self.begin_map()?;
                self.end();
                pairs.checked_mul(2).ok_or(Fault::Length)
            }
            Kind::Other => self.extension().map(|()| 0),
        }
    }

    /// Goes past a value of a kind MessagePack leaves to its users.
    fn extension(&mut self) -> Result<(), Fault> {
        let length = match self.sign()? {
            0xc7 => self.length::<1>()?,
            0xc8 => self.length::<2>()?,
            0xc9 => self.length::<4>()?,
            short @ 0xd4..=0xd8 => 1 << (short - 0xd4),
            _ => return Err(Fault::Other),
        };
        self.take(1)?;
        self.take(length).map(|_| ())
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        match self.depth <= DEPTH {
            true => Ok(()),
            false => Err(Fault::Depth),
        }
    }

    fn sign(&mut self) -> Result<u8, Fault> {
        let (sign, rest) = self.rest.split_first().ok_or(Fault::End)?;
        self.rest = rest;
        Ok(*sign)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (array, rest) = self.rest.split_first_chunk().ok_or(Fault::End)?;
        self.rest = rest;
        Ok(*array)
    }

    /// Reads a length written in `N` bytes.
    fn length<const N: usize>(&mut self) -> Result<usize, Fault> {
        let wider = |length, byte: u8| length << 8 | usize::from(byte);
        Ok(self.array::<N>()?.into_iter().fold(0, wider))
    }

    fn take(&mut self, length: usize) -> Result<&'de [u8], Fault> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Fault::End)?;
        self.rest = rest;
        Ok(taken)
    }
}
