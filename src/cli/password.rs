//! Passwords of a call: from a file only their owner can read, or typed unseen. A file others may
//! read is refused: what stands in it is no secret. Windows has no such modes; there the folder's
//! rights must do.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
    path::Path,
};

use zeroize::Zeroizing;

use super::{Call, print::Trouble, wording};
use crate::{
    desk::{Desk, Reception, Standing, entrance::Password},
    domain::{refusal::AccountRefusal, text::harmless},
};

/// The variable that names the file with the password.
const FILE: &str = "CUNYI_PASSWORD_FILE";
/// The variable that names the file with the one that takes its place.
const NEW_FILE: &str = "CUNYI_NEW_PASSWORD_FILE";
/// The variable that names the file with the recovery code.
const CODE_FILE: &str = "CUNYI_RECOVERY_FILE";

/// Opens the desk, signing in where the data are sealed: as `--user`, or as the only one who
/// has a password.
///
/// # Errors
/// Refuses as the reception does; asks for a name where several have a password.
pub fn desk(call: &Call, reception: &Reception) -> Result<Desk, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    match reception.standing().map_err(told)? {
        Standing::Empty | Standing::Open => reception.open().map_err(told),
        Standing::Locked { names, .. } => {
            let name = name(call, &names)?;
            let password = given(call, &wording::password_of(name, call.lang))?;
            reception.sign_in(name, &password).map_err(told)
        }
    }
}

/// Opens the desk where a file says the password of whoever is named, or of the only one who has
/// one; nothing where the window is to ask.
///
/// # Errors
/// Refuses as the reception does.
pub fn ready(
    call: &Call,
    reception: &Reception,
    names: &[String],
) -> Result<Option<Desk>, Trouble> {
    let Ok(name) = name(call, names) else {
        return Ok(None);
    };
    match from_file(call, FILE)? {
        Some(password) => {
            let desk = reception.sign_in(name, &password);
            desk.map(Some).map_err(|stop| Trouble::of(&stop, call.lang))
        }
        None => Ok(None),
    }
}

fn name<'n>(call: &'n Call, names: &'n [String]) -> Result<&'n str, Trouble> {
    match (&call.common.user, names) {
        (Some(name), _) => Ok(name),
        (None, [only]) => Ok(only),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(String::as_str).collect();
            let message = wording::which_user(&names, call.lang);
            Err(Trouble::input("E-STAFF", Some("--user"), message))
        }
    }
}

/// Returns the password of this call.
///
/// # Errors
/// Refuses where there is neither a file nor a terminal; fails where the file cannot be read.
pub fn given(call: &Call, prompt: &str) -> Result<Password, Trouble> {
    match from_file(call, FILE)? {
        Some(password) => Ok(password),
        None => typed(call, prompt, FILE),
    }
}

/// Returns the password of whoever signed in once more, to give a way in by it; nothing where
/// there is no door.
///
/// # Errors
/// As `given`.
pub fn own(call: &Call, desk: &Desk) -> Result<Option<Password>, Trouble> {
    let signed_in = desk.signed_in();
    signed_in
        .map(|_| given(call, call.say(wording::OWN_PASSWORD)))
        .transpose()
}

/// Returns the first password of a clinic: as `given`, but one typed is typed twice.
///
/// # Errors
/// As `given`; refuses where the two differ.
pub fn first(call: &Call) -> Result<Password, Trouble> {
    from_file(call, FILE)?.map_or_else(|| twice(call, FILE), Ok)
}

/// Returns a password that takes the place of another.
///
/// # Errors
/// As `first`.
pub fn new(call: &Call) -> Result<Password, Trouble> {
    from_file(call, NEW_FILE)?.map_or_else(|| twice(call, NEW_FILE), Ok)
}

fn twice(call: &Call, file: &str) -> Result<Password, Trouble> {
    let first = typed(call, call.say(wording::NEW_PASSWORD), file)?;
    let second = typed(call, call.say(wording::NEW_PASSWORD_AGAIN), file)?;
    if first.is(&second) {
        return Ok(first);
    }
    let message = call.say(wording::PASSWORDS_DIFFER);
    Err(Trouble::input("E-AUTH-TWICE", None, message))
}

/// Returns the recovery code: from the file `CUNYI_RECOVERY_FILE` names, else typed.
///
/// # Errors
/// As `given`.
pub fn code(call: &Call) -> Result<Zeroizing<String>, Trouble> {
    if let Some(line) = line_of(call, CODE_FILE)? {
        return Ok(line);
    }
    unseen(call, call.say(wording::RECOVERY_CODE), CODE_FILE)
}

fn from_file(call: &Call, named: &str) -> Result<Option<Password>, Trouble> {
    Ok(line_of(call, named)?.map(|line| Password::of(&line)))
}

/// The first line of the file a variable names, without its end.
fn line_of(call: &Call, named: &str) -> Result<Option<Zeroizing<String>>, Trouble> {
    let Some(path) = env::var_os(named).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let path = Path::new(&path);
    let unreadable = |cause: io::Error| {
        let message = wording::unreadable_secret(named, path, &cause, call.lang);
        Trouble::input("E-AUTH-FILE", Some(named), message)
    };
    if is_open_to_others(path).map_err(unreadable)? {
        let message = wording::open_secret(named, path, call.lang);
        return Err(Trouble::input("E-AUTH-FILE", Some(named), message));
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable)?);
    let line = text.lines().next().unwrap_or_default();
    Ok(Some(Zeroizing::new(line.to_owned())))
}

/// Says whether another account may read this file, or change it. A pipe is the caller's own
/// affair.
#[cfg(unix)]
fn is_open_to_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let kept = fs::metadata(path)?;
    Ok(kept.is_file() && kept.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

fn typed(call: &Call, prompt: &str, file: &str) -> Result<Password, Trouble> {
    Ok(Password::of(&unseen(call, prompt, file)?))
}

/// Asks for what is not seen; `file` is the variable that names a file instead.
fn unseen(call: &Call, prompt: &str, file: &str) -> Result<Zeroizing<String>, Trouble> {
    if !io::stdin().is_terminal() {
        return Err(match file {
            FILE => Trouble::refused(&AccountRefusal::NoPassword.into(), call.lang),
            other => {
                let message = wording::no_secret(other, call.lang);
                Trouble::input("E-AUTH-NONE", Some(other), message)
            }
        });
    }
    let typed =
        rpassword::prompt_password(&*harmless(prompt)).map_err(|cause| Trouble::machine(&cause))?;
    Ok(Zeroizing::new(typed))
}
