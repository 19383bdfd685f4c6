//! Bytes as the text of two digits each.

use std::fmt::Write as _;

/// Returns the digits of `bytes`.
pub(super) fn written(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Reads what `written` wrote; nothing where it is not digits of whole bytes.
pub(super) fn read(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        u8::try_from(high? * 16 + low?).ok()
    };
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_anything_else_does_not() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(read(&written(&all)), Some(all));
        assert_eq!(read(""), Some(Vec::new()));
        for wrong in ["0", "0g", "+1", "１２", "0 "] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
