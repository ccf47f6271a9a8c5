//! Which models hold which.

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

    /// For each model, whether it can be reached. Where the way starts counts as reached.
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

    /// For each model, what it leads to and comes back from.
    pub(super) fn cycles(&self) -> Vec<Vec<usize>> {
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); self.edges.len()];
        for (from, targets) in self.edges.iter().enumerate() {
            targets.iter().for_each(|target| sources[*target].push(from));
        }
        let mut cycles = vec![Vec::new(); self.edges.len()];
        for (target, sources) in sources.into_iter().enumerate() {
            let reached = self.reached(std::iter::once(target));
            for from in sources.into_iter().filter(|from| reached[*from]) {
                cycles[from].push(target);
            }
        }
        cycles
    }
}
