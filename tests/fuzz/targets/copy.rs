//! Fuzzes `throws::copy`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::copy(bytes));
