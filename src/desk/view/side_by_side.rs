//! Passes over many things, shared among the processors there are.

use std::{panic, sync::OnceLock, thread::ScopedJoinHandle};

/// So many things are worth a thread of their own.
const MANY: usize = 256;
/// What fewer things leave behind, the thread that asked takes for its next pass.
const VERY_MANY: usize = 16_384;
/// So many threads at most share a pass.
const THREADS: usize = 4;

/// Returns what `part` makes of all, in parts that follow each other; where there are few things
/// there is one, made on the thread that asks. Several are made on threads that end with them:
/// what these give back of their heaps the next pass takes, a thread that stays would keep it.
///
/// # Errors
/// As `part` does.
pub(super) fn side_by_side<T: Sync, R: Send, E: Send>(
    all: &[T],
    part: impl Fn(&[T]) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let parts = (all.len() / MANY).min(processors()).min(THREADS);
    if parts < 2 {
        return Ok(vec![part(all)?]);
    }
    let size = all.len().div_ceil(parts);
    std::thread::scope(|scope| {
        let part = &part;
        let parts = all.chunks(size).map(|one| scope.spawn(|| part(one)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().map(joined).collect()
    })
}

/// Returns what a pass over so many things makes: over very many on a thread that ends with it,
/// as those side by side do.
pub(super) fn apart<R: Send>(things: usize, pass: impl FnOnce() -> R + Send) -> R {
    if things < VERY_MANY {
        return pass();
    }
    std::thread::scope(|scope| joined(scope.spawn(pass)))
}

/// Returns what two passes make; where there is another processor one is made there.
///
/// # Errors
/// As they do.
pub(super) fn both<A: Send, B, E: Send>(
    there: impl FnOnce() -> Result<A, E> + Send,
    here: impl FnOnce() -> Result<B, E>,
) -> Result<(A, B), E> {
    if processors() < 2 {
        return Ok((there()?, here()?));
    }
    std::thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        Ok((joined(there)?, here?))
    })
}

/// How many there are; to find it out is to read files, and each pass asks.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

fn joined<T>(made: ScopedJoinHandle<'_, T>) -> T {
    made.join()
        .unwrap_or_else(|panic| panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_each_other_and_leave_nothing_out() {
        for count in [
            0,
            1,
            MANY,
            2 * MANY - 1,
            2 * MANY,
            2 * MANY + 1,
            9 * MANY + 7,
        ] {
            let all: Vec<usize> = (0..count).collect();
            let parts = side_by_side(&all, |part| Ok::<_, ()>(part.to_vec())).unwrap();
            assert_eq!(parts.concat(), all);
            assert!(parts.len() <= THREADS);
        }
    }

    #[test]
    fn only_what_is_large_is_done_apart() {
        let here = std::thread::current().id();
        for (things, is_apart) in [(0, false), (VERY_MANY - 1, false), (VERY_MANY, true)] {
            let there = apart(things, || std::thread::current().id());
            assert_eq!(there != here, is_apart, "{things} things");
        }
    }

    #[test]
    fn what_one_part_fails_with_is_told() {
        let all: Vec<usize> = (0..4 * MANY).collect();
        for bad in [0, 4 * MANY - 1] {
            let told = side_by_side(&all, |part| match part.contains(&bad) {
                true => Err(bad),
                false => Ok(()),
            });
            assert_eq!(told, Err(bad));
        }
    }
}
