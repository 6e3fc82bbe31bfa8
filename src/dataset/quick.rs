//! The quick way to read a dataset file: in pieces, on all cores, never whole in memory. It makes the same of a sound file
//! as the careful way, by the same rules, and gives up where there is anything to be said of one.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use foldhash::HashSet;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::address::{Addresses, Names};
use super::borrowed::Borrowed;
use super::cores;
use super::entity::Record;
use super::joined::Joined;
use super::load::Watch;
use super::pieces::{Batch, Pieces};
use super::resolve::{Directory, Resolve, Resolver};
use super::validate::across_records;
use super::vocabulary::{Kind, Vocabulary};
use super::{Dataset, file};

/// The shortest file that is worth the work of several threads.
const SHORTEST_SHARED: u64 = 4 * 1024 * 1024;

/// The batches that wait for a reader.
const WAITING: usize = 4;

/// Reads a sound dataset file; `None` where there is anything to be said of it.
pub(super) fn read(source: impl Read, length: u64, watch: Watch) -> io::Result<Option<Dataset>> {
    let mut pieces = Pieces::new(source, length, watch);
    let gathered = match length {
        SHORTEST_SHARED.. => gather_shared(&mut pieces)?,
        _ => gather_alone(&mut pieces)?,
    };
    Ok(gathered.zip(pieces.rest()).and_then(|(gathered, rest)| gathered.finish(&rest)))
}

/// Addresses that are not known yet: each name gets a number until all records are there.
#[derive(Default)]
struct Unknown {
    names: Names,
    cited: HashSet<u32>,
}

impl Directory for Unknown {
    fn find(&mut self, address: &str) -> Option<Record> {
        self.names.number(address)
    }

    fn has_paragraph(&mut self, number: u32) -> bool {
        self.cited.insert(number);
        true
    }

    fn near(&mut self, _: &str) -> String {
        String::new()
    }
}

/// A reader of batches; the links of its records are numbers of its own.
struct Reader {
    number: usize,
    resolver: Resolver<Unknown>,
    /// How many records the last batch had; the next has about as many.
    usual: usize,
}

/// The records of a batch, and the records that their texts mention.
struct Part {
    reader: usize,
    kind: Kind,
    start: usize,
    records: Dataset,
    mentions: Vec<(Record, Record)>,
}

impl Reader {
    fn new(number: usize) -> Reader {
        Reader { number, resolver: Resolver::new(Unknown::default()), usual: 0 }
    }

    /// The records of a batch; `None` where something is wrong with one.
    fn read(&mut self, batch: &Batch) -> Option<Part> {
        let mut records = Dataset::default();
        match batch.kind {
            Kind::Event => self.list::<file::Event<Borrowed>>(batch, &mut records.events),
            Kind::Mechanism => self.list::<file::Mechanism<Borrowed>>(batch, &mut records.mechanisms),
            Kind::Country => self.list::<file::Country<Borrowed>>(batch, &mut records.countries),
            Kind::Organisation => self.list::<file::Organisation<Borrowed>>(batch, &mut records.organisations),
            Kind::Document => self.list::<file::Document<Borrowed>>(batch, &mut records.documents),
            Kind::Exercise => self.list::<file::Exercise<Borrowed>>(batch, &mut records.exercises),
            Kind::Place => self.list::<file::Place<Borrowed>>(batch, &mut records.places),
            Kind::Figure => self.list::<file::Figure<Borrowed>>(batch, &mut records.figures),
            Kind::Position => self.list::<file::Position<Borrowed>>(batch, &mut records.positions),
            Kind::Section | Kind::Paragraph => None,
        }?;
        let mentions = std::mem::take(&mut self.resolver.mentions);
        Some(Part { reader: self.number, kind: batch.kind, start: batch.start, records, mentions })
    }

    fn list<'a, R: Resolve + Deserialize<'a>>(&mut self, batch: &'a Batch, to: &mut Vec<R::Entity>) -> Option<()> {
        let mut json = serde_json::Deserializer::from_str(std::str::from_utf8(&batch.json).ok()?);
        to.reserve(self.usual);
        let each = Each::<R> { resolver: &mut self.resolver, batch, to, record: PhantomData };
        each.deserialize(&mut json).and_then(|()| json.end()).ok()?;
        self.usual = to.len();
        (!to.is_empty() && self.resolver.findings.is_empty()).then_some(())
    }
}

/// Resolves each record of a batch as soon as it is parsed, while its texts are at hand.
struct Each<'a, R: Resolve> {
    resolver: &'a mut Resolver<Unknown>,
    batch: &'a Batch,
    to: &'a mut Vec<R::Entity>,
    record: PhantomData<R>,
}

impl<'de, R: Resolve + Deserialize<'de>> DeserializeSeed<'de> for Each<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, R: Resolve + Deserialize<'de>> Visitor<'de> for Each<'_, R> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while let Some(record) = records.next_element::<R>()? {
            let index = self.batch.start + self.to.len();
            self.to.push(self.resolver.one(self.batch.kind, index, record));
        }
        Ok(())
    }
}

/// The records of a file as they come in.
#[derive(Default)]
struct Gathered {
    dataset: Dataset,
    /// Whose numbers the links of some records are.
    origins: Vec<(Kind, Range<usize>, usize)>,
    mentions: Vec<(usize, Vec<(Record, Record)>)>,
    readers: Vec<Unknown>,
}

/// Adds records to a list that begins where they belong.
fn append<T>(to: &mut Vec<T>, start: usize, mut records: Vec<T>) -> Option<Range<usize>> {
    let begins_here = records.is_empty() || to.len() == start;
    let range = to.len()..to.len() + records.len();
    to.append(&mut records);
    begins_here.then_some(range)
}

impl Gathered {
    /// Takes a part in; `None` where the file has a part before it that is not there.
    fn take(&mut self, part: Part) -> Option<()> {
        let (all, new, start) = (&mut self.dataset, part.records, part.start);
        let range = match part.kind {
            Kind::Event => append(&mut all.events, start, new.events),
            Kind::Mechanism => append(&mut all.mechanisms, start, new.mechanisms),
            Kind::Country => append(&mut all.countries, start, new.countries),
            Kind::Organisation => append(&mut all.organisations, start, new.organisations),
            Kind::Document => append(&mut all.documents, start, new.documents),
            Kind::Exercise => append(&mut all.exercises, start, new.exercises),
            Kind::Place => append(&mut all.places, start, new.places),
            Kind::Figure => append(&mut all.figures, start, new.figures),
            Kind::Position => append(&mut all.positions, start, new.positions),
            Kind::Section | Kind::Paragraph => None,
        }?;
        self.origins.push((part.kind, range, part.reader));
        self.mentions.push((part.reader, part.mentions));
        Some(())
    }

    /// Reads what is left of the file, joins all records and checks what only shows across them.
    fn finish(mut self, rest: &[u8]) -> Option<Dataset> {
        let own = self.readers.len();
        let mut resolver = Resolver::new(Unknown::default());
        self.read_rest(rest, &mut resolver)?;
        self.mentions.push((own, resolver.mentions));
        self.readers.push(resolver.directory);
        let Gathered { mut dataset, origins, mentions, readers } = self;
        let addresses = Addresses::new(&dataset)?;
        let mut all_cited = readers.iter().flat_map(|reader| &reader.cited);
        if !all_cited.all(|&number| addresses.paragraph(number).is_some()) {
            return None;
        }
        let numbers = |reader: &Unknown| Numbers::new(&reader.names, &dataset, &addresses);
        let numbers = cores::each(readers.iter().collect(), dataset.len(), numbers);
        let numbers: Vec<Numbers> = numbers.into_iter().collect::<Option<_>>()?;
        relink(&mut dataset, &origins, &numbers);
        let mut joined = Vec::with_capacity(mentions.iter().map(|(_, mentions)| mentions.len()).sum());
        for (reader, mentions) in mentions {
            joined.extend(mentions.into_iter().map(|(from, to)| (from, numbers[reader].of(to))));
        }
        let mut findings = Vec::new();
        across_records(&dataset, &mut findings);
        findings.is_empty().then(|| dataset.complete(addresses, &joined))
    }

    /// Reads the source, the sections and the tours.
    fn read_rest(&mut self, rest: &[u8], resolver: &mut Resolver<Unknown>) -> Option<()> {
        let rest = std::str::from_utf8(rest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(rest)).ok()?;
        let file: file::Dataset = serde_json::from_str(rest).ok()?;
        let uncut = file.events.len()
            + file.mechanisms.len()
            + file.countries.len()
            + file.organisations.len()
            + file.documents.len()
            + file.exercises.len()
            + file.places.len()
            + file.figures.len()
            + file.positions.len();
        if uncut > 0 {
            return None;
        }
        self.dataset.source = resolver.source(file.source);
        (self.dataset.sections, self.dataset.paragraphs) = resolver.sections(file.sections);
        self.dataset.tours = resolver.tours(file.tours);
        resolver.findings.is_empty().then_some(())
    }
}

/// The places of the records behind the numbers that a reader gave to their names.
struct Numbers([Vec<u32>; Kind::ALL.len()]);

impl Numbers {
    /// Looks all names up; `None` where one is that of no record.
    fn new(names: &Names, dataset: &Dataset, addresses: &Addresses) -> Option<Numbers> {
        let mut numbers = Numbers(std::array::from_fn(|kind| vec![0; names.of(Kind::ALL[kind]).len()]));
        for &kind in Kind::ALL {
            for (id, &number) in names.of(kind) {
                numbers.0[kind as usize][number as usize] = addresses.find(dataset, kind, id)?.number;
            }
        }
        Some(numbers)
    }

    fn of(&self, record: Record) -> Record {
        Record { number: self.0[record.kind as usize][record.index()], ..record }
    }
}

/// Makes the places of records of the numbers that stand for them.
fn relink(dataset: &mut Dataset, origins: &[(Kind, Range<usize>, usize)], numbers: &[Numbers]) {
    let Some(own) = numbers.last() else { return };
    let change = |record: &mut Record| *record = own.of(*record);
    dataset.source.subject.iter_mut().for_each(change);
    dataset.tours.iter_mut().flat_map(|tour| &mut tour.stops).for_each(|stop| change(&mut stop.at));
    let of =
        |kind| origins.iter().filter(move |(own, ..)| *own == kind).map(|(_, range, reader)| (range.len(), *reader));
    relink_list(&mut dataset.events, of(Kind::Event), numbers);
    relink_list(&mut dataset.mechanisms, of(Kind::Mechanism), numbers);
    relink_list(&mut dataset.organisations, of(Kind::Organisation), numbers);
    relink_list(&mut dataset.documents, of(Kind::Document), numbers);
    relink_list(&mut dataset.exercises, of(Kind::Exercise), numbers);
    relink_list(&mut dataset.places, of(Kind::Place), numbers);
    relink_list(&mut dataset.figures, of(Kind::Figure), numbers);
    relink_list(&mut dataset.positions, of(Kind::Position), numbers);
}

fn relink_list<T: Joined + Send>(
    mut records: &mut [T],
    origins: impl Iterator<Item = (usize, usize)>,
    numbers: &[Numbers],
) {
    let count = records.len();
    let cut = |(count, reader)| (records.split_off_mut(..count).unwrap_or_default(), &numbers[reader]);
    let parts: Vec<(&mut [T], &Numbers)> = origins.map(cut).collect();
    cores::each(parts, count, |(records, numbers)| {
        records.iter_mut().for_each(|record| record.relink(&|record| *record = numbers.of(*record)));
    });
}

/// Reads all batches on this thread alone.
fn gather_alone(pieces: &mut Pieces<impl Read>) -> io::Result<Option<Gathered>> {
    let (mut gathered, mut reader) = (Gathered::default(), Reader::new(0));
    while let Some(batch) = pieces.next()? {
        if reader.read(&batch).and_then(|part| gathered.take(part)).is_none() {
            return Ok(None);
        }
    }
    gathered.readers = vec![reader.resolver.directory];
    Ok(Some(gathered))
}

/// Reads the batches on all cores, while this thread cuts them.
fn gather_shared(pieces: &mut Pieces<impl Read>) -> io::Result<Option<Gathered>> {
    let readers = thread::available_parallelism().map_or(1, usize::from);
    let (to_readers, batches) = mpsc::sync_channel(WAITING);
    let (to_gatherer, parts) = mpsc::channel();
    let batches = Mutex::new(batches);
    thread::scope(|scope| {
        let start = |number| {
            let (batches, parts) = (&batches, to_gatherer.clone());
            scope.spawn(move || read_batches(Reader::new(number), batches, &parts))
        };
        let readers: Vec<_> = (0..readers).map(start).collect();
        drop(to_gatherer);
        let gathered = hand_out(pieces, to_readers, &parts);
        let readers = readers.into_iter().map(thread::ScopedJoinHandle::join);
        let readers: Vec<Unknown> =
            readers.map(|joined| joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect();
        Ok(gathered?.map(|gathered| Gathered { readers, ..gathered }))
    })
}

/// The work of a reader: a batch after the other, until there are no more or one is refused.
fn read_batches(
    mut reader: Reader,
    batches: &Mutex<Receiver<(usize, Batch)>>,
    parts: &Sender<(usize, Option<Part>)>,
) -> Unknown {
    let next = || batches.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok((number, batch)) = next() {
        let part = reader.read(&batch);
        if parts.send((number, part)).is_err() {
            break;
        }
    }
    reader.resolver.directory
}

/// Cuts batches for the readers and gathers what they make of them, in the order of the file; `None` where one is refused.
fn hand_out(
    pieces: &mut Pieces<impl Read>,
    to_readers: SyncSender<(usize, Batch)>,
    parts: &Receiver<(usize, Option<Part>)>,
) -> io::Result<Option<Gathered>> {
    let mut order = Order::default();
    let mut number = 0;
    while let Some(batch) = pieces.next()? {
        if to_readers.send((number, batch)).is_err() || parts.try_iter().any(|(number, part)| !order.take(number, part))
        {
            return Ok(None);
        }
        number += 1;
    }
    drop(to_readers);
    let whole = parts.iter().all(|(number, part)| order.take(number, part));
    Ok((whole && order.early.is_empty()).then_some(order.gathered))
}

/// Puts parts that come out of order in order.
#[derive(Default)]
struct Order {
    gathered: Gathered,
    early: BTreeMap<usize, Part>,
    next: usize,
}

impl Order {
    /// Takes a part in; says whether all is well.
    fn take(&mut self, number: usize, part: Option<Part>) -> bool {
        let Some(part) = part else { return false };
        self.early.insert(number, part);
        while let Some(part) = self.early.remove(&self.next) {
            self.next += 1;
            if self.gathered.take(part).is_none() {
                return false;
            }
        }
        true
    }
}
