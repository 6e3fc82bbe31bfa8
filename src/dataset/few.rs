//! Short lists: most records cite one paragraph, meet at one place and are of one body.

use std::ops::{Deref, DerefMut};

/// A list that needs no space of its own for one item, as long as a boxed list otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Few<T> {
    /// No item.
    #[default]
    None,
    /// One item.
    One(T),
    /// More than one.
    Many(Box<[T]>),
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::None => &[],
            Few::One(item) => std::slice::from_ref(item),
            Few::Many(items) => items,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Few::None => &mut [],
            Few::One(item) => std::slice::from_mut(item),
            Few::Many(items) => items,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Few<T> {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (None, _) => Few::None,
            (Some(only), None) => Few::One(only),
            (Some(first), Some(second)) => Few::Many([first, second].into_iter().chain(items).collect()),
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(items: Vec<T>) -> Few<T> {
        if items.len() > 1 { Few::Many(items.into()) } else { items.into_iter().collect() }
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.iter()
    }
}
