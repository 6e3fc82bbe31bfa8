//! How much of everything a stranger may have, and why no more.

use std::time::Duration;

/// Connections at once that have not signed on yet: enough for a hall that arrives together, as each takes well under a
/// second; few enough that those who only hold the door cost nothing.
pub const STRANGERS: usize = 64;

/// Of these, from one address: a home or an office behind one address arrives one by one.
pub const STRANGERS_PER_ADDRESS: usize = 8;

/// How long a connection may say nothing, or too little to be a client's.
pub const GRACE: Duration = Duration::from_secs(10);

/// How much a client says at least before it signs on, in bytes: its name, and its half of the key exchange.
pub const GREETING: u64 = 512;

/// How long signing on may take those who have said that much: a person has to look at the host key, and to type `yes`.
pub const SIGNING_ON: Duration = Duration::from_secs(60);

/// How many may be told at once that there is no room.
pub const FAREWELLS: usize = 16;

/// How many keys may be refused in one connection. The question which ways there are to sign on is no attempt.
pub const ATTEMPTS: usize = 3;

/// How long a refusal takes, whatever was wrong, so that its time tells nothing.
pub const REFUSAL: Duration = Duration::from_secs(1);

/// How long an address is kept out after it has used up its attempts in one connection; doubled with each further one.
pub const FIRST_PENALTY: Duration = Duration::from_secs(5);

/// The longest that an address is kept out.
pub const LONGEST_PENALTY: Duration = Duration::from_secs(600);

/// How many addresses are remembered for that; the oldest is forgotten first.
pub const PENALTIES: usize = 4096;

/// How much longer whoever gives or watches a talk may do nothing: they have come to sit still.
pub const SITTING: u32 = 24;

/// How often a silent client is asked whether it is there, and how often in vain before it is gone.
pub const KEEPALIVE: Duration = Duration::from_secs(15);
/// See [`KEEPALIVE`].
pub const KEEPALIVES: usize = 3;

/// What a client may send for good, in bytes a second: ten times what fast typing needs.
pub const INPUT_RATE: u32 = 4 * 1024;

/// What it may send at once: signing on, and a paste as long as is taken.
pub const INPUT_BURST: u32 = 128 * 1024;

/// How long a window keeps its size before it is drawn for another: four times a second is smooth enough to drag.
pub const RESIZE: Duration = Duration::from_millis(250);

/// The largest window, in columns and rows; a larger one is drawn in its upper left part.
pub const LARGEST: (u16, u16) = (500, 200);

/// How many cells all windows may have together; what is opened beyond is drawn at [`SMALL`]. They take 40 bytes each,
/// so that all take 256 MiB: 500 windows of 80 columns and 160 rows.
pub const CELLS: usize = 6 * 1024 * 1024;

/// The size of a window for which there is no room.
pub const SMALL: (u16, u16) = (80, 24);

/// The longest name of a terminal or a user, in characters; none that exists is longer.
pub const NAME: usize = 64;

/// What the system keeps for a client that does not read, in bytes; it doubles the figure for its own books.
pub const SEND_BUFFER: usize = 64 * 1024;

/// What the library keeps: so many pieces of a picture, of this size. With the buffers of the system and the picture that
/// is under way that is less than 256 KiB.
pub const PIECES: usize = 2;
/// See [`PIECES`].
pub const PIECE: u32 = 32 * 1024;

/// How many keys and sizes may wait for a reader's task.
pub const HEARD: usize = 16;

/// How long a picture may be on its way. A client that takes nothing for so long is cut off.
pub const STALLED: Duration = Duration::from_secs(20);

/// How long a lone Esc may be the beginning of a longer key.
pub const ESCAPE: Duration = Duration::from_millis(100);

/// How long the ends of all connections may take together, before the server ends without them.
pub const GOODBYE: Duration = Duration::from_millis(1200);

/// The largest message between console and child, in bytes: the text of a file of keys is the largest thing in one.
pub const MESSAGE: usize = 2 * 1024 * 1024;

/// The largest file of keys, in bytes.
pub const KEYS_FILE: u64 = 1024 * 1024;
