//! Fuzzes `throws::journal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::journal(bytes));
