//! The recovery code: the password nobody remembers, on paper.
//!
//! Twenty signs of chance and four by which a slip of the pen is told from a wrong paper, in
//! groups of four: `7K2M-…`. No sign looks like another.

use std::fmt;

use zeroize::Zeroizing;

use super::slot::Password;
use crate::domain::text::half_width;

/// Crockford's alphabet: no I, L, O, U.
const SIGNS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
/// Signs of chance, five bits each: a hundred bits.
const CHANCE: usize = 20;
/// Signs that follow from those.
const PROOF: usize = 4;
/// Signs of a group on paper.
const GROUP: usize = 4;

/// A recovery code; wiped from memory when dropped.
#[derive(Clone)]
pub struct Recovery(Zeroizing<String>);

impl Recovery {
    /// Makes a code nobody has had before.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; CHANCE]);
        getrandom::fill(bytes.as_mut())?;
        let mut signs = Zeroizing::new(bytes.iter().copied().map(sign).collect::<String>());
        let proof = proof(&signs);
        signs.push_str(&proof);
        Ok(Self(signs))
    }

    /// Reads a code as typed from paper: case, blanks, dashes and full-width signs do not
    /// matter, and signs that look alike are one. Nothing where a sign is wrong or missing.
    pub fn read(typed: &str) -> Option<Self> {
        let mut signs = Zeroizing::new(String::new());
        for sign in typed.chars().filter_map(plain) {
            signs.push(Some(sign).filter(|sign| SIGNS.contains(sign))?);
        }
        // Every sign of the alphabet is one byte.
        let (chance, given) = signs.split_at_checked(CHANCE)?;
        (given == proof(chance)).then(|| Self(signs.clone()))
    }

    /// Says whether this is how the code ends: its last group, typed from the paper it was copied
    /// to. Read as `read` does.
    pub fn ends_with(&self, typed: &str) -> bool {
        let mut typed = typed.chars().filter_map(plain).rev();
        let last = self.0.chars().rev().take(GROUP);
        last.map(Some).all(|sign| typed.next() == sign) && typed.next().is_none()
    }

    /// Returns the code as the password of its slot.
    pub(super) fn password(&self) -> Password {
        Password::of(&self.0)
    }
}

/// Returns a sign as it is compared; nothing of what only parts groups.
fn plain(typed: char) -> Option<char> {
    match half_width(typed).to_ascii_uppercase() {
        '-' | '—' | '–' => None,
        blank if blank.is_whitespace() => None,
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => Some(other),
    }
}

fn sign(byte: u8) -> char {
    let at = usize::from(byte & 31);
    SIGNS.get(at).copied().unwrap_or('0')
}

fn proof(signs: &str) -> String {
    let hash = blake3::hash(signs.as_bytes());
    hash.as_bytes()
        .iter()
        .copied()
        .take(PROOF)
        .map(sign)
        .collect()
}

/// The code as it is shown once, to be written down.
impl fmt::Display for Recovery {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            if at % GROUP == 0 && at > 0 {
                text.write_str("-")?;
            }
            write!(text, "{sign}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Recovery {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Recovery")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Recovery::random().unwrap();
        let shown = code.to_string();
        assert_eq!(shown.chars().count(), 29);
        let ways = [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            shown.replace('0', "o").replace('1', "l"),
            shown.replace('-', "－").replace('2', "２"),
        ];
        for typed in ways {
            assert_eq!(
                Recovery::read(&typed).unwrap().to_string(),
                shown,
                "{typed}"
            );
        }
    }

    #[test]
    fn only_its_end_proves_the_paper() {
        let code = Recovery::random().unwrap();
        let shown = code.to_string();
        let last = &shown[shown.len() - GROUP..];
        let looser = last.to_lowercase().replace('0', "o");
        for typed in [
            last,
            &last.to_lowercase(),
            &looser,
            &format!(" -{last}\r\n"),
        ] {
            assert!(code.ends_with(typed), "{typed} of {shown}");
        }
        let first = &shown[..GROUP];
        assert!(first == last || !code.ends_with(first));
        for typed in ["", &last[1..], &format!("0{last}"), &shown] {
            assert!(!code.ends_with(typed), "{typed} of {shown}");
        }
    }

    #[test]
    fn a_slip_is_found() {
        let shown = Recovery::random().unwrap().to_string();
        for at in (0..shown.len()).filter(|at| shown.as_bytes()[*at] != b'-') {
            let mut slip: Vec<char> = shown.chars().collect();
            slip[at] = if slip[at] == 'Z' { 'Y' } else { 'Z' };
            assert!(
                Recovery::read(&slip.iter().collect::<String>()).is_none(),
                "{at}"
            );
        }
        assert!(Recovery::read(&shown[1..]).is_none());
        assert!(Recovery::read(&format!("{shown}0")).is_none());
        assert!(Recovery::read("").is_none());
        assert!(Recovery::read("张秀英").is_none());
    }
}
