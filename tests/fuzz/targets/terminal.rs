//! Fuzzes `throws::terminal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::terminal(bytes));
