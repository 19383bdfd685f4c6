//! Keymaps and other files of settings that are not what they say.

use std::fs;

use super::{is_harmless, nasty};
use crate::cli::{Place, Said};

/// What is said of a keymap of these bytes.
fn checked(place: &Place, bytes: &[u8]) -> Said {
    let path = place.data().join("own.toml");
    fs::write(&path, bytes).unwrap();
    let path = path.display().to_string();
    let said = place.run(&["keys", "--check", &path]);
    is_harmless(said.err.as_bytes(), "a keymap");
    said
}

#[test]
fn keymaps_that_lie_are_refused_in_words() {
    let place = Place::new();
    let nested = format!(
        "[queue]\ndown = {}{}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let tables = "[a.".to_owned() + &"b.".repeat(50_000) + "c]\n";
    let unknown = format!("[queue]\n\"{}\" = [\"f2\"]\n", nasty("x").escape_unicode());
    let named = format!(
        "[\"{}\"]\ndown = [\"{}\"]\n",
        "x\\u001b[2J", "\\u202e\\u0007"
    );
    let huge = format!("[queue]\ndown = [\"f2\"] # {}\n", "x".repeat(10 << 20));
    for (bytes, lies) in [
        (nested.as_bytes(), true),
        (tables.as_bytes(), true),
        (unknown.as_bytes(), true),
        (named.as_bytes(), true),
        (huge.as_bytes(), true),
        (b"[queue]\ndown = [\"f2\", \"f2\"]\n[queue]\n", true),
        (b"[queue]\ndown = 7\nup = \"f3\"\n", true),
        (b"queue = 1\n", true),
        (b"[queue]\ndown = [7, true, [\"f3\"], {a=1}]\n", true),
        (b"\x00\x01\x02", true),
        (b"[queue]\ndown = [\"\xff\xfe\"]\n", true),
        (
            b"[queue]\ndown = [\"ctrl-alt-shift-ctrl-x\", \"f25\", \"f0\", \"\"]\n",
            true,
        ),
        (b"", false),
        (b"\xef\xbb\xbf[queue]\ndown = [\"down\"]\n", false),
        ("# 随访\n[queue]\ndown = [\"down\"]\n".as_bytes(), false),
        (b"# \xcb\xe6\xb7\xc3\n[queue]\ndown = [\"down\"]\n", false),
    ] {
        let said = checked(&place, bytes);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!(said.code, i32::from(lies), "{start:?}: {}", said.err);
    }
    let utf_16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "[queue]\r\ndown = [\"down\"]\r\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(checked(&place, &utf_16).code, 0);
}

#[test]
fn every_fault_of_a_large_keymap_is_told_with_its_line() {
    let place = Place::new();
    let lines = (0..4_000).map(|number| format!("a{number} = [\"f2\"]\n"));
    let text = "[queue]\n".to_owned() + &lines.collect::<String>();
    let said = checked(&place, text.as_bytes());
    assert_eq!(said.code, 1);
    assert!(said.err.contains("a3999"), "{}", said.err.len());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let place = Place::new();
    let pipe = place.data().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let folder = place.data().display().to_string();
    for path in [pipe.display().to_string().as_str(), "/dev/zero", &folder] {
        for line in [
            vec!["keys", "--check", path],
            vec!["--keymap", path, "keys"],
            vec!["import", path],
            vec!["restore", path],
        ] {
            let output = place
                .command()
                .args(&line)
                .timeout(std::time::Duration::from_secs(20))
                .output()
                .unwrap();
            let code = output.status.code();
            assert!(code == Some(1) || code == Some(2), "{line:?}: {output:?}");
        }
    }
}
