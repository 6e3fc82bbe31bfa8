//! The server, with readers who come through real OpenSSH and with clients of the tests' own that mean no good. The
//! numbers are those of the list of what can fail.

mod bounds;
mod crowd;
mod door;
mod goes_wrong;
mod hostile;
mod keystrokes;
mod limits;
mod link;
mod malformed;
mod packets;
mod reading;
mod refused;
mod server;
mod silent;
mod slow_line;
mod watching;
