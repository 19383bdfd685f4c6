//! Numbers packed into eight bytes: identity, telephone, record and household numbers.
//!
//! Nothing is validated here; what is not a letter or digit is left out.

/// A number of up to 18 digits (the last may be X), or the last 12 signs of one with letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Number(u64);

/// Marks a number that has letters, packed in base 36.
const WITH_LETTERS: u64 = 1 << 63;
const DIGITS_AND_X: u64 = 11;
const DIGITS_AND_LETTERS: u64 = 36;
const MOST_DIGITS: usize = 18;
const MOST_SIGNS: usize = 12;

/// How many different [`Number::tail_key`]s there are: four signs of eleven.
pub(super) const TAIL_KEYS: usize = 11 * 11 * 11 * 11;

impl Number {
    /// Packs `text`; an empty text gives the number nothing matches.
    pub fn pack(text: &str) -> Self {
        let mut signs = [0_u8; 32];
        let mut len = 0;
        for sign in text.bytes().filter(u8::is_ascii_alphanumeric) {
            if let Some(place) = signs.get_mut(len) {
                *place = sign.to_ascii_uppercase();
                len += 1;
            }
        }
        let signs = signs.get(..len).unwrap_or_default();
        if len <= MOST_DIGITS && signs.iter().all(|&s| s.is_ascii_digit() || s == b'X') {
            return Self(value(signs, DIGITS_AND_X));
        }
        let tail = signs
            .get(len.saturating_sub(MOST_SIGNS)..)
            .unwrap_or_default();
        Self(value(tail, DIGITS_AND_LETTERS) | WITH_LETTERS)
    }

    /// Returns the signs from the last to the first.
    pub fn backwards(self) -> Backwards {
        if self.0 & WITH_LETTERS == 0 {
            Backwards {
                rest: self.0,
                base: DIGITS_AND_X,
            }
        } else {
            Backwards {
                rest: self.0 & !WITH_LETTERS,
                base: DIGITS_AND_LETTERS,
            }
        }
    }

    /// Whether the number ends in `tail` (digits and capital letters).
    pub fn ends_with(self, tail: &[u8]) -> bool {
        let mut signs = self.backwards();
        tail.iter()
            .rev()
            .all(|wanted| signs.next() == Some(*wanted))
    }

    /// Returns the signs from first to last.
    pub fn signs(self) -> Vec<u8> {
        let mut signs: Vec<u8> = self.backwards().collect();
        signs.reverse();
        signs
    }

    /// Returns the key of the last four signs, or `None` without a number.
    pub fn tail_key(self) -> Option<usize> {
        if self.0 & !WITH_LETTERS == 0 {
            return None;
        }
        let mut key = 0;
        let mut place = 1;
        for sign in self.backwards().take(4) {
            key += key_digit(sign) * place;
            place *= 11;
        }
        Some(key)
    }
}

/// The signs of a number, last first.
pub(super) struct Backwards {
    rest: u64,
    base: u64,
}

impl Iterator for Backwards {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.rest == 0 {
            return None;
        }
        let mut digit = self.rest % self.base;
        if digit == 0 {
            digit = self.base;
        }
        self.rest = (self.rest - digit) / self.base;
        let digit = u8::try_from(digit - 1).unwrap_or_default();
        Some(match (self.base, digit) {
            (_, 0..10) => b'0' + digit,
            (DIGITS_AND_X, _) => b'X',
            _ => b'A' + digit - 10,
        })
    }
}

/// Returns the keys under which numbers ending in `tail` can stand.
pub(super) fn tail_keys(tail: &[u8]) -> impl Iterator<Item = usize> + use<> {
    let mut key = 0;
    let mut place = 1;
    for &sign in tail.iter().rev().take(4) {
        key += key_digit(sign) * place;
        place *= 11;
    }
    (key..TAIL_KEYS).step_by(place)
}

/// The packed values of all numbers with one beginning, as one range a length.
pub(super) struct Beginning(Vec<(u64, u64)>);

impl Beginning {
    /// Returns the beginning `signs` (digits, X only at the end), for numbers of `lengths`.
    pub fn of(signs: &[u8], lengths: &[usize]) -> Self {
        let start = value(signs, DIGITS_AND_X);
        let ranges = lengths.iter().filter_map(|&length| {
            let missing = u32::try_from(length.checked_sub(signs.len())?).ok()?;
            let unit = DIGITS_AND_X.checked_pow(missing)?;
            let least = (unit - 1) / (DIGITS_AND_X - 1);
            let base = start.checked_mul(unit)?;
            Some((base + least, base.checked_add(least * DIGITS_AND_X)?))
        });
        Self(ranges.collect())
    }

    /// Whether `number` begins so.
    pub fn is_of(&self, number: Number) -> bool {
        self.0
            .iter()
            .any(|&(least, most)| least <= number.0 && number.0 <= most)
    }
}

/// Whether two different numbers are one slip apart: a wrong, missing or extra sign, or two
/// neighbours exchanged.
pub(super) fn is_one_slip(typed: &[u8], real: &[u8]) -> bool {
    let same = typed.iter().zip(real).take_while(|(a, b)| a == b).count();
    let typed = typed.get(same..).unwrap_or_default();
    let real = real.get(same..).unwrap_or_default();
    match (typed, real) {
        ([], [_]) | ([_], []) => true,
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => true,
        ([a, rest @ ..], [b, other @ ..]) => {
            rest == other || rest == real || typed == other && a != b
        }
        _ => false,
    }
}

/// Bijective numeration: no two texts share a value, and longer ones are greater.
fn value(signs: &[u8], base: u64) -> u64 {
    signs.iter().fold(0, |sum, &sign| {
        let digit = match sign {
            b'0'..=b'9' => sign - b'0',
            b'X' if base == DIGITS_AND_X => 10,
            _ => sign.wrapping_sub(b'A').wrapping_add(10),
        };
        u64::wrapping_mul(sum, base).wrapping_add(u64::from(digit) + 1)
    })
}

fn key_digit(sign: u8) -> usize {
    match sign {
        b'0'..=b'9' => usize::from(sign - b'0'),
        b'X' => 10,
        _ => usize::from(sign % 11),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("11010519491231002X")]
    #[case("0")]
    #[case("000000")]
    #[case("999999999999999999")]
    #[case("E12345678")]
    fn packing_keeps_every_sign(#[case] text: &str) {
        assert_eq!(Number::pack(text).signs(), text.as_bytes());
    }

    #[rstest]
    #[case("150622196003102047", "2047", true)]
    #[case("11010519491231002X", "02X", true)]
    #[case("12", "012", false)]
    #[case("", "0", false)]
    fn an_end_is_recognised(#[case] number: &str, #[case] tail: &str, #[case] is: bool) {
        let number = Number::pack(number);
        assert_eq!(number.ends_with(tail.as_bytes()), is);
        if is {
            let key = number.tail_key().unwrap();
            assert!(tail_keys(tail.as_bytes()).any(|k| k == key));
        }
    }

    #[rstest]
    #[case("150622196003102047", "1506221960", true)]
    #[case("150622196003102047", "150622196003102047", true)]
    #[case("150622196003102047", "1506221961", false)]
    #[case("11010519491231002X", "110105", true)]
    #[case("", "1", false)]
    fn a_beginning_is_recognised(#[case] number: &str, #[case] start: &str, #[case] is: bool) {
        let beginning = Beginning::of(start.as_bytes(), &[15, 18]);
        assert_eq!(beginning.is_of(Number::pack(number)), is);
    }

    #[rstest]
    #[case("13800138000", "13800138001", true)]
    #[case("13800138000", "13800183000", true)]
    #[case("13800138000", "1380138000", true)]
    #[case("1380138000", "13800138000", true)]
    #[case("13800138000", "13800137001", false)]
    fn one_slip_is_one_edit(#[case] typed: &str, #[case] real: &str, #[case] is: bool) {
        assert_eq!(is_one_slip(typed.as_bytes(), real.as_bytes()), is);
    }
}
