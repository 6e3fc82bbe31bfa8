//! The door: arguments to a shell, a shell to an exit code.

fn main() {}
