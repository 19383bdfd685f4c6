//! Fuzzes `throws::line`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::line(bytes));
