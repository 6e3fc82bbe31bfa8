//! The book at the door, without sockets and without a clock.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use detente::serve::Limits;
use detente::serve::bounds::{FIRST_PENALTY, LONGEST_PENALTY, PENALTIES, STRANGERS, STRANGERS_PER_ADDRESS};
use detente::serve::door::{Cut, Door, Place, Refusal};

/// A connection that counts how often it was cut.
#[derive(Clone, Default)]
struct Connection(Arc<AtomicUsize>);

impl Cut for Connection {
    fn cut(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn address(number: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, number))
}

fn door(connections: usize, per_address: usize) -> Door {
    Door::new(Limits { connections, per_address })
}

fn knock(door: &Door, number: u8) -> Result<Place, Refusal> {
    door.knock(address(number), Box::new(Connection::default()), Instant::now())
}

fn refusal(knocked: Result<Place, Refusal>) -> Option<Refusal> {
    knocked.err()
}

#[test]
fn no_more_get_in_than_there_are_places_and_a_place_is_free_when_somebody_goes() {
    let door = door(3, 10);
    let mut places: Vec<Place> = (1..=3).map(|number| knock(&door, number).ok().unwrap()).collect();
    assert_eq!(refusal(knock(&door, 4)), Some(Refusal::Full));
    places.pop();
    assert_eq!(door.count(), 2);
    assert!(knock(&door, 4).is_ok());
}

#[test]
fn no_more_get_in_from_one_address_than_are_allowed() {
    let door = door(100, 3);
    let places: Vec<Place> = (0..3).map(|_| knock(&door, 1).ok().unwrap()).collect();
    places.iter().for_each(Place::sign_on);
    assert_eq!(refusal(knock(&door, 1)), Some(Refusal::Crowded));
    assert!(knock(&door, 2).is_ok());
}

#[test]
fn addresses_of_one_household_count_together() {
    let door = door(100, 1);
    let address = |text: &str| text.parse::<IpAddr>().unwrap();
    let knock = |text: &str| door.knock(address(text), Box::new(Connection::default()), Instant::now());
    let _first = knock("2001:db8:1:2::1").ok().unwrap();
    assert_eq!(refusal(knock("2001:db8:1:2:ffff::9")), Some(Refusal::Crowded));
    let _other = knock("2001:db8:1:3::1").ok().unwrap();
    let _old = knock("192.0.2.1").ok().unwrap();
    assert_eq!(refusal(knock("::ffff:192.0.2.1")), Some(Refusal::Crowded), "the same address, written anew");
}

#[test]
fn r53_of_those_who_only_hold_the_door_the_one_makes_room_who_has_held_it_longest() {
    let door = door(1000, 100);
    let first = Connection::default();
    let mut places = vec![door.knock(address(1), Box::new(first.clone()), Instant::now()).ok().unwrap()];
    places.extend((1..STRANGERS_PER_ADDRESS).map(|_| knock(&door, 1).ok().unwrap()));
    assert_eq!(refusal(knock(&door, 1)), Some(Refusal::Crowded), "so many from one address, and no more");
    let mut number = 2;
    while places.len() < STRANGERS {
        places.extend(knock(&door, number));
        number += 1;
    }
    assert_eq!(first.0.load(Ordering::Relaxed), 0);
    places.extend(knock(&door, 200));
    assert_eq!(first.0.load(Ordering::Relaxed), 1, "the oldest of the busiest address");
    assert_eq!(door.count(), STRANGERS);
    places.iter().for_each(Place::sign_on);
    assert!(knock(&door, 1).is_ok(), "those who signed on hold nothing up");
}

#[test]
fn r54_an_address_that_used_up_its_attempts_is_kept_out_for_longer_each_time() {
    let door = door(100, 100);
    let mut now = Instant::now();
    let mut penalty = FIRST_PENALTY;
    for _ in 0..12 {
        let knock = |now| door.knock(address(1), Box::new(Connection::default()), now);
        knock(now).ok().unwrap().give_up(address(1), now);
        assert_eq!(refusal(knock(now + penalty - Duration::from_millis(1))), Some(Refusal::KeptOut), "{penalty:?}");
        assert!(door.knock(address(2), Box::new(Connection::default()), now).is_ok(), "nobody else is");
        now += penalty;
        assert!(knock(now).is_ok(), "after {penalty:?}");
        penalty = (penalty * 2).min(LONGEST_PENALTY);
    }
    assert_eq!(penalty, LONGEST_PENALTY);
    let knock = |now| door.knock(address(1), Box::new(Connection::default()), now);
    let place = knock(now).ok().unwrap();
    place.sign_on();
    place.give_up(address(1), now);
    assert!(knock(now + FIRST_PENALTY).is_ok(), "who has signed on begins anew");
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let here = |now| door.knock(local, Box::new(Connection::default()), now);
    here(now).ok().unwrap().give_up(local, now);
    assert!(here(now).is_ok(), "behind this machine's own address may be everybody");
}

#[test]
fn r54_ten_thousand_addresses_that_failed_are_not_all_remembered() {
    let door = door(100, 100);
    let begun = Instant::now();
    let fail = |number: u32, now: Instant| {
        let address = IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + number));
        let place = door.knock(address, Box::new(Connection::default()), now);
        place.ok().unwrap().give_up(address, now);
        address
    };
    let addresses: Vec<IpAddr> =
        (0..10_000).map(|number| fail(number, begun + Duration::from_micros(number.into()))).collect();
    assert_eq!(door.kept_out(), PENALTIES);
    let now = begun + Duration::from_secs(1);
    let is_kept_out = |address: IpAddr| door.knock(address, Box::new(Connection::default()), now).is_err();
    assert!(!is_kept_out(addresses[0]), "the oldest is forgotten first");
    assert!(is_kept_out(addresses[9_999]) && is_kept_out(addresses[10_000 - PENALTIES]), "and the newest are not");
}
