//! Nothing of its own: what is compared stands in the benchmarks.
