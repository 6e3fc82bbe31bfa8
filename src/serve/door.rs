//! Who is in, who waits, and who is kept out: the book that the accept loop keeps. It knows no sockets and no clock, so
//! that each of its rules can be tested alone.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::bounds::{FIRST_PENALTY, LONGEST_PENALTY, PENALTIES, STRANGERS, STRANGERS_PER_ADDRESS};

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// In total, signed on or not.
    pub connections: usize,
    /// From one address.
    pub per_address: usize,
}

/// Why nobody more gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// All places are taken.
    Full,
    /// Too many have come from this address.
    Crowded,
    /// The address has used up its attempts.
    KeptOut,
}

impl Refusal {
    /// Why, in a word for the log.
    pub fn word(self) -> &'static str {
        match self {
            Refusal::Full => "full",
            Refusal::Crowded => "too many from this address",
            Refusal::KeptOut => "kept out for a while",
        }
    }
}

/// What can be cut off: a connection, or a test's stand-in.
pub trait Cut: Send {
    /// Ends it at once.
    fn cut(&self);
}

/// The door.
#[derive(Clone)]
pub struct Door {
    book: Arc<Mutex<Book>>,
    limits: Limits,
}

struct Book {
    next: u64,
    /// Who is here, the oldest first.
    here: BTreeMap<u64, Visitor>,
    penalties: HashMap<Origin, Penalty>,
}

struct Visitor {
    origin: Origin,
    /// What ends the connection, as long as it has not signed on.
    stranger: Option<Box<dyn Cut>>,
}

struct Penalty {
    until: Instant,
    next: Duration,
}

/// Where connections come from, as far as they count together: an address, or for IPv6 what one household is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Origin(u128);

/// One connection's place; it is free again when this is dropped.
pub struct Place {
    door: Door,
    number: u64,
    origin: Origin,
}

impl Origin {
    fn of(address: IpAddr) -> Origin {
        match address.to_canonical() {
            IpAddr::V4(address) => Origin(u128::from(address.to_bits())),
            IpAddr::V6(address) => Origin(address.to_bits() >> 64 << 64),
        }
    }
}

impl Door {
    /// A door with nobody behind it.
    pub fn new(limits: Limits) -> Door {
        let book = Book { next: 0, here: BTreeMap::new(), penalties: HashMap::new() };
        Door { book: Arc::new(Mutex::new(book)), limits }
    }

    /// Lets a connection in that has yet to sign on, or says why not. Where too many are waiting already, the one goes that
    /// has waited longest among those of the address with the most: whoever only holds the door makes room first.
    pub fn knock(&self, address: IpAddr, cut: Box<dyn Cut>, now: Instant) -> Result<Place, Refusal> {
        let origin = Origin::of(address);
        let mut book = self.book();
        if book.penalties.get(&origin).is_some_and(|penalty| now < penalty.until) {
            return Err(Refusal::KeptOut);
        }
        let from_there = book.here.values().filter(|visitor| visitor.origin == origin).count();
        if book.here.len() >= self.limits.connections {
            return Err(Refusal::Full);
        }
        if from_there >= self.limits.per_address || book.strangers(Some(origin)).count() >= STRANGERS_PER_ADDRESS {
            return Err(Refusal::Crowded);
        }
        if book.strangers(None).count() >= STRANGERS {
            book.make_room();
        }
        let number = book.next;
        book.next += 1;
        book.here.insert(number, Visitor { origin, stranger: Some(cut) });
        drop(book);
        Ok(Place { door: self.clone(), number, origin })
    }

    /// How many are here.
    pub fn count(&self) -> usize {
        self.book().here.len()
    }

    /// How many addresses are remembered for having failed.
    pub fn kept_out(&self) -> usize {
        self.book().penalties.len()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// Those who have not signed on, of one address or of all, the oldest first.
    fn strangers(&self, origin: Option<Origin>) -> impl Iterator<Item = (u64, Origin)> + '_ {
        let waiting = self.here.iter().filter(|(_, visitor)| visitor.stranger.is_some());
        let waiting = waiting.map(|(&number, visitor)| (number, visitor.origin));
        waiting.filter(move |(_, own)| origin.is_none_or(|origin| *own == origin))
    }

    fn make_room(&mut self) {
        let mut waiting: HashMap<Origin, (usize, u64)> = HashMap::new();
        for (number, origin) in self.strangers(None) {
            waiting.entry(origin).or_insert((0, number)).0 += 1;
        }
        let busiest = waiting.values().max_by_key(|&&(count, oldest)| (count, u64::MAX - oldest));
        let Some(&(_, oldest)) = busiest else { return };
        let gone = self.here.remove(&oldest).and_then(|visitor| visitor.stranger);
        gone.into_iter().for_each(|cut| cut.cut());
    }

    fn punish(&mut self, origin: Origin, now: Instant) {
        self.penalties.retain(|_, penalty| now < penalty.until + LONGEST_PENALTY);
        if self.penalties.len() >= PENALTIES {
            let oldest = self.penalties.iter().min_by_key(|(_, penalty)| penalty.until).map(|(&origin, _)| origin);
            oldest.into_iter().for_each(|oldest| _ = self.penalties.remove(&oldest));
        }
        let penalty = self.penalties.entry(origin).or_insert(Penalty { until: now, next: FIRST_PENALTY });
        penalty.until = now + penalty.next;
        penalty.next = (penalty.next * 2).min(LONGEST_PENALTY);
    }
}

impl Place {
    /// The connection has signed on.
    pub fn sign_on(&self) {
        let mut book = self.door.book();
        book.here.get_mut(&self.number).into_iter().for_each(|visitor| visitor.stranger = None);
        book.penalties.remove(&self.origin);
    }

    /// The connection has used up its attempts; its address is kept out for a while, unless that is this machine's own,
    /// behind which all readers may be who come through a tunnel.
    pub fn give_up(&self, address: IpAddr, now: Instant) {
        if !address.to_canonical().is_loopback() {
            self.door.book().punish(self.origin, now);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.door.book().here.remove(&self.number);
    }
}
