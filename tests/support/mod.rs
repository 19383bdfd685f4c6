//! What tests share: a window driven by written keys, a real terminal, made-up people.

pub mod agreed;
pub mod asking;
#[cfg(unix)]
pub mod kill;
pub mod line;
pub mod live;
pub mod open_work;
#[cfg(unix)]
pub mod pty;
pub mod script;
pub mod village;
pub mod window;

pub mod clinic;

/// Writes a password into a file only its owner can read: the program takes no other.
pub fn secret(path: &std::path::Path, word: &str) {
    // What stood there keeps its rights when it is written over.
    let _ = std::fs::remove_file(path);
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).unwrap();
    std::io::Write::write_all(&mut file, format!("{word}\n").as_bytes()).unwrap();
}
