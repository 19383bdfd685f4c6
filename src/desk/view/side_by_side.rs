//! Passes over many things, shared among the processors there are.

use std::{panic, sync::OnceLock, thread::ScopedJoinHandle};

/// So many things are worth a thread of their own.
const MANY: usize = 256;
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
    let parts = all.len() / MANY;
    if parts < 2 {
        return Ok(vec![part(all)?]);
    }
    let size = all.len().div_ceil(parts.min(processors()).min(THREADS));
    std::thread::scope(|scope| {
        let part = &part;
        let parts = all.chunks(size).map(|one| scope.spawn(|| part(one)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().map(joined).collect()
    })
}

/// Returns what a large pass makes, on a thread that ends with it, as those side by side do.
pub(super) fn apart<R: Send>(pass: impl FnOnce() -> R + Send) -> R {
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
