//! Passes over many things, shared among the processors there are.

use std::{panic, thread::ScopedJoinHandle};

/// So many things are worth a thread of their own.
const MANY: usize = 256;
/// So many threads at most share a pass.
const THREADS: usize = 4;

/// Returns what `part` makes of all, in parts that follow each other; the first is made on the
/// thread that asks, and where there are few things it is the only one.
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
    let (own, others) = all.split_at(size);
    std::thread::scope(|scope| {
        let part = &part;
        let others = others.chunks(size).map(|other| scope.spawn(|| part(other)));
        let others: Vec<_> = others.collect();
        let mut made = vec![part(own)?];
        for other in others {
            made.push(joined(other)?);
        }
        Ok(made)
    })
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

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
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
