//! A disk in memory, with what it has for certain and what it only has been told, that fails when it is asked to.

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use detente::journal::{Disk, Extent};
use detente::study::chance::Chance;

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done.
    Refused,
    /// A part of it is done.
    Half,
}

#[derive(Debug, Default)]
struct Contents {
    /// What reading gives.
    live: Vec<u8>,
    /// What a power cut leaves for certain.
    durable: Vec<u8>,
    /// What a sync has failed to bring to the disk. As some disks do, reading still gives it, and the next sync says that
    /// all is well without it.
    gone: Vec<Range<usize>>,
    /// Which file it is, by how often it was replaced; 0 for none.
    file: u64,
    aside: Vec<Vec<u8>>,
    calls: usize,
    faults: Vec<(usize, Fault)>,
    /// From which call on the disk is full.
    full_from: Option<usize>,
    locked: bool,
}

/// A disk that several journals share.
#[derive(Debug, Clone, Default)]
pub struct Model(Arc<Mutex<Contents>>);

/// The lock of the disk.
pub struct Held(Model);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().locked = false;
    }
}

impl Model {
    /// Has the calls with these numbers, counted from 1, fail.
    pub fn failing(faults: &[(usize, Fault)]) -> Model {
        let model = Model::default();
        model.0.lock().unwrap().faults = faults.to_vec();
        model
    }

    /// Has these calls fail instead of others.
    pub fn fail(&self, faults: &[(usize, Fault)]) {
        self.0.lock().unwrap().faults = faults.to_vec();
    }

    /// Has every write fail from now on, or no more.
    pub fn fill(&self, full: bool) {
        let mut contents = self.0.lock().unwrap();
        contents.full_from = full.then_some(contents.calls);
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.0.lock().unwrap().calls
    }

    /// What reading gives.
    pub fn live(&self) -> Vec<u8> {
        self.0.lock().unwrap().live.clone()
    }

    /// Changes the file behind the journals' backs.
    pub fn write(&self, bytes: &[u8]) {
        let mut contents = self.0.lock().unwrap();
        contents.live = bytes.to_vec();
        contents.durable = bytes.to_vec();
        contents.file += 1;
    }

    /// What was set aside.
    pub fn aside(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().aside.clone()
    }

    /// A power cut: what the disk has for certain, and of the rest any part, cut off anywhere or full of zeros.
    pub fn cut(&self, chance: &mut Chance) -> Model {
        let contents = self.0.lock().unwrap();
        let shared = contents.live.iter().zip(&contents.durable).take_while(|(one, other)| one == other).count();
        let (certain, told) = match chance.below(4) {
            // A cut of the file may have reached the disk or not.
            0 if contents.durable.len() > contents.live.len() => (contents.live.clone(), Vec::new()),
            _ if shared == contents.durable.len() => (contents.durable.clone(), contents.live[shared..].to_vec()),
            _ => (contents.durable.clone(), Vec::new()),
        };
        let reached = chance.below(told.len() + 1);
        let mut left = certain;
        left.extend(&told[..reached]);
        if chance.below(3) == 0 {
            left.resize(left.len() + chance.below(told.len() - reached + 1), 0);
        }
        let file = if left.is_empty() { 0 } else { contents.file };
        Model(Arc::new(Mutex::new(Contents { durable: left.clone(), live: left, file, ..Contents::default() })))
    }

    fn call(&self) -> (std::sync::MutexGuard<'_, Contents>, Option<Fault>) {
        let mut contents = self.0.lock().unwrap();
        contents.calls += 1;
        let number = contents.calls;
        let fault = contents.faults.iter().find(|(call, _)| *call == number).map(|(_, fault)| *fault);
        (contents, fault)
    }

    fn writing(&self) -> (std::sync::MutexGuard<'_, Contents>, Option<Fault>) {
        let (contents, fault) = self.call();
        let full = contents.full_from.is_some().then_some(Fault::Half);
        (contents, fault.or(full))
    }
}

fn failed() -> io::Error {
    io::Error::new(io::ErrorKind::StorageFull, "no space left on device")
}

fn when(fault: Option<Fault>) -> io::Result<()> {
    fault.map_or(Ok(()), |_| Err(failed()))
}

impl Disk for Model {
    type Lock = Held;

    fn lock(&mut self) -> io::Result<Held> {
        let (mut contents, fault) = self.call();
        when(fault)?;
        assert!(!contents.locked, "the lock is taken twice");
        contents.locked = true;
        Ok(Held(self.clone()))
    }

    fn extent(&mut self) -> io::Result<Extent> {
        let (contents, fault) = self.call();
        when(fault)?;
        Ok(Extent { file: (contents.file > 0).then_some((0, contents.file)), length: contents.live.len() as u64 })
    }

    fn read(&mut self, from: u64) -> io::Result<Vec<u8>> {
        let (contents, fault) = self.call();
        when(fault)?;
        Ok(contents.live[(from as usize).min(contents.live.len())..].to_vec())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut contents, fault) = self.writing();
        assert!(contents.locked, "a write without the lock");
        contents.file = contents.file.max(1);
        match fault {
            None => contents.live.extend(bytes),
            Some(Fault::Half) => contents.live.extend(&bytes[..bytes.len() / 2]),
            Some(Fault::Refused) => {}
        }
        when(fault)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let (mut contents, fault) = self.call();
        assert!(contents.locked, "a cut without the lock");
        when(fault)?;
        let length = length as usize;
        contents.live.truncate(length);
        contents.gone.iter_mut().for_each(|gone| gone.end = gone.end.min(length));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let (mut contents, fault) = self.writing();
        let shared = contents.live.iter().zip(&contents.durable).take_while(|(one, other)| one == other).count();
        let length = contents.live.len();
        let reached = match fault {
            None => length,
            Some(Fault::Refused) => shared,
            Some(Fault::Half) => shared.max(length / 2),
        };
        if fault != Some(Fault::Refused) {
            let mut durable = contents.live[..reached].to_vec();
            for gone in contents.gone.iter().filter(|gone| gone.start < gone.end.min(reached)) {
                durable[gone.start..gone.end.min(reached)].fill(0);
            }
            contents.durable = durable;
        }
        if fault.is_some() {
            contents.gone.push(reached..length);
        }
        when(fault)
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut contents, fault) = self.writing();
        assert!(contents.locked, "a replacement without the lock");
        if fault != Some(Fault::Refused) {
            contents.live = bytes.to_vec();
            contents.gone.clear();
            contents.file += 1;
        }
        when(fault)?;
        contents.durable = bytes.to_vec();
        Ok(())
    }

    fn set_aside(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let (mut contents, fault) = self.writing();
        when(fault)?;
        let new = !contents.aside.iter().any(|line| line == bytes);
        if new {
            contents.aside.push(bytes.to_vec());
        }
        Ok(new)
    }
}
