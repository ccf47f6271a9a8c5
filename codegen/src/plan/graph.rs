//! Which models contain which.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use super::Ident;
use std::collections::BTreeMap;

/// Models by number, and for each the models that it leads to.
pub(super) struct Graph {
    numbers: BTreeMap<String, usize>,
    edges: Vec<Vec<usize>>,
}

impl Graph {
    /// Takes each model with the models that it leads to.
    pub(super) fn new<'m>(models: impl Iterator<Item = (&'m Ident, Vec<&'m Ident>)>) -> Self {
        let (names, targets): (Vec<_>, Vec<_>) = models.unzip();
        let numbers: BTreeMap<String, usize> = names
            .iter()
            .enumerate()
            .map(|(number, name)| (name.to_string(), number))
            .collect();
        let number = |name: &&Ident| numbers.get(&name.to_string()).copied();
        let edges = targets
            .iter()
            .map(|targets| targets.iter().filter_map(number).collect())
            .collect();
        Self { numbers, edges }
    }

    /// The number of a model.
    pub(super) fn number(&self, name: &Ident) -> Option<usize> {
        self.numbers.get(&name.to_string()).copied()
    }

    /// For each model, whether it can be reached. The start counts as reached.
    pub(super) fn reached(&self, from: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut reached = vec![false; self.edges.len()];
        let mut queue: Vec<usize> = from.collect();
        while let Some(number) = queue.pop() {
            if !std::mem::replace(&mut reached[number], true) {
                queue.extend(&self.edges[number]);
            }
        }
        reached
    }

    /// For each model, the models of its strongly connected component.
    pub(super) fn cycles(&self) -> Vec<Vec<usize>> {
        let components = self.components();
        let edges = self.edges.iter().enumerate();
        let cycles = edges.map(|(from, targets)| {
            let back = targets.iter().filter(|target| components[**target] == components[from]);
            back.copied().collect()
        });
        cycles.collect()
    }

    /// For each model, the number of its strongly connected component (Kosaraju's algorithm).
    fn components(&self) -> Vec<usize> {
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); self.edges.len()];
        for (from, targets) in self.edges.iter().enumerate() {
            targets.iter().for_each(|target| sources[*target].push(from));
        }
        let mut components = vec![usize::MAX; self.edges.len()];
        for root in self.left().into_iter().rev() {
            let mut queue = vec![root];
            while let Some(number) = queue.pop() {
                if components[number] == usize::MAX {
                    components[number] = root;
                    queue.extend(&sources[number]);
                }
            }
        }
        components
    }

    /// The models in the order in which a depth-first search finishes them.
    fn left(&self) -> Vec<usize> {
        let mut left = Vec::with_capacity(self.edges.len());
        let mut entered = vec![false; self.edges.len()];
        for root in 0..self.edges.len() {
            let mut way = Vec::new();
            if !std::mem::replace(&mut entered[root], true) {
                way.push((root, 0));
            }
            while let Some((number, next)) = way.last_mut() {
                match self.edges[*number].get(*next) {
                    Some(target) => {
                        *next += 1;
                        if !std::mem::replace(&mut entered[*target], true) {
                            way.push((*target, 0));
                        }
                    }
                    None => {
                        left.push(*number);
                        way.pop();
                    }
                }
            }
        }
        left
    }
}
