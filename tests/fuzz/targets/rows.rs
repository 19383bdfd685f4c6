//! Fuzzes `throws::rows`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::rows(bytes));
