//! Lists of rows that share a key, kept as links beside the rows: four bytes an entry,
//! no allocation a list, cheap to change.
//!
//! A chain has no order of its own; whoever reads it sorts.

const END: u32 = u32::MAX;

/// Chains of nodes by key. A node is in at most one chain.
#[derive(Debug, Default)]
pub(super) struct Chains {
    heads: Vec<u32>,
    next: Vec<u32>,
}

impl Chains {
    /// Puts `node` into the chain of `key`.
    pub fn link(&mut self, key: usize, node: u32) {
        if self.heads.len() <= key {
            self.heads.resize(key + 1, END);
        }
        let place = node as usize;
        if self.next.len() <= place {
            self.next.resize(place + 1, END);
        }
        if let (Some(head), Some(next)) = (self.heads.get_mut(key), self.next.get_mut(place)) {
            *next = *head;
            *head = node;
        }
    }

    /// Takes `node` out of the chain of `key`, where it is in it.
    pub fn unlink(&mut self, key: usize, node: u32) {
        let after = self.after(node);
        let mut at = self.heads.get(key).copied().unwrap_or(END);
        if at == node {
            if let Some(head) = self.heads.get_mut(key) {
                *head = after;
            }
            return;
        }
        while at != END {
            let next = self.after(at);
            if next == node {
                if let Some(link) = self.next.get_mut(at as usize) {
                    *link = after;
                }
                return;
            }
            at = next;
        }
    }

    /// Returns the nodes of `key`.
    pub fn of(&self, key: usize) -> impl Iterator<Item = u32> + '_ {
        let first = self.heads.get(key).copied().unwrap_or(END);
        std::iter::successors(Some(first), |&node| Some(self.after(node)))
            .take_while(|&node| node != END)
    }

    /// Makes room for so many more nodes.
    pub fn reserve(&mut self, nodes: usize) {
        self.next.reserve_exact(nodes);
    }

    /// Gives back what growing reserved.
    pub fn shrink(&mut self) {
        self.heads.shrink_to_fit();
        self.next.shrink_to_fit();
    }

    fn after(&self, node: u32) -> u32 {
        self.next.get(node as usize).copied().unwrap_or(END)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_leaves_only_its_own_chain() {
        let mut chains = Chains::default();
        for node in 0..6 {
            chains.link(node as usize % 2, node);
        }
        chains.unlink(0, 2);
        chains.unlink(0, 4);
        chains.unlink(1, 0);
        assert_eq!(chains.of(0).collect::<Vec<_>>(), [0]);
        assert_eq!(chains.of(1).collect::<Vec<_>>(), [5, 3, 1]);
        assert_eq!(chains.of(7).count(), 0);
    }
}
