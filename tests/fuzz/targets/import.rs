//! Fuzzes `throws::import`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| throws::import(bytes));
