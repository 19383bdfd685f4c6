//! Fuzzes `throws::keymap`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::keymap(bytes));
