//! Puts short lists in order at little cost in program size: the standard library's sort comes
//! with some six kilobytes for each type and order. It is not for lists that grow with a village:
//! those are the standard library's.

use std::{cmp::Ordering, mem};

/// Lists that can be put in order; what ranks equal stays as it stood.
pub trait Arrange<T> {
    /// Puts the values in their own order.
    fn arrange(&mut self)
    where
        T: Ord;

    /// Puts the values in the order `compare` tells.
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Puts the values in the order of what `key` returns for them.
    fn arrange_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.arrange_by(|one, other| key(one).cmp(&key(other)));
    }
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let swaps = swaps(self.len(), &|one, other| {
            // Both stand in the list.
            let both = self.get(one).zip(self.get(other));
            both.map_or(Ordering::Equal, |(one, other)| compare(one, other))
        });
        for (one, other) in swaps {
            self.swap(one, other);
        }
    }
}

/// Returns which places to swap, one pair after the other, to put a list in order.
fn swaps(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut swaps = Vec::new();
    for start in 0..length {
        let mut at = start;
        // Round from each place to where its value stands, until that is where it began.
        while let Some(place) = order.get_mut(at) {
            let from = mem::replace(place, at);
            if from == start {
                break;
            }
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_standard_librarys_order(
            values in proptest::collection::vec((0_u8..6, any::<u16>()), 0..60),
        ) {
            let (mut ours, mut theirs) = (values.clone(), values.clone());
            ours.arrange_by_key(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            ours.arrange();
            theirs.sort_unstable();
            prop_assert_eq!(&ours, &theirs);
            ours.arrange_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
            theirs.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
            prop_assert_eq!(ours, theirs);
        }
    }
}
