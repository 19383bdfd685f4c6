//! The data folder, the desk in it, and who is at the keyboard.

use std::{env, path::PathBuf, sync::OnceLock};

use etcetera::BaseStrategy as _;

use super::{
    Call, password, permissions,
    print::{self, Trouble},
    restore, wording,
};
use crate::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Folder, Question, Reception, Reply, Request, Seat, Stop,
        reply::{Done, Overview},
        request::HandedOut,
    },
    domain::{
        aspect::Seen,
        day::Day,
        form::typed,
        id::StaffId,
        refusal::{AccountRefusal, ContactRefusal, RecordRefusal, Refusal},
    },
    lang::{copies, failures, refusals},
};

/// An open desk on behalf of one call.
pub(crate) struct Session<'c> {
    pub call: &'c Call,
    pub desk: Desk,
    pub overview: Overview,
}

/// Returns the built-in forms and settings, read once a process.
///
/// # Errors
/// Only where the program itself was built wrong.
pub fn catalog() -> Result<&'static Catalog, Trouble> {
    static CATALOG: OnceLock<Result<Catalog, String>> = OnceLock::new();
    let read = CATALOG.get_or_init(|| {
        Catalog::built_in().map_err(|flaws| {
            let flaws: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            flaws.join("\n")
        })
    });
    read.as_ref().map_err(|flaws| Trouble::Failed {
        code: "F-PROGRAM",
        message: flaws.clone(),
    })
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Some(news) = self.desk.tend_tail(std::time::Instant::now()) {
            print::remark(&copies::news(&news, self.call.lang));
        }
    }
}

/// Returns the data folder of this call: `--data`, else `CUNYI_DATA`, else the platform's.
///
/// # Errors
/// Fails where this computer names no home.
pub fn folder(call: &Call) -> Result<Folder, Trouble> {
    folder_or(call, "cunyi")
}

/// Returns the folder of the practice village: as `folder`, but beside the platform's own.
///
/// # Errors
/// Fails where this computer names no home.
pub fn practice_folder(call: &Call) -> Result<Folder, Trouble> {
    folder_or(call, "cunyi-practice")
}

fn folder_or(call: &Call, name: &str) -> Result<Folder, Trouble> {
    let set = || env::var_os("CUNYI_DATA").filter(|dir| !dir.is_empty());
    if let Some(given) = call
        .common
        .data
        .clone()
        .or_else(|| set().map(PathBuf::from))
    {
        return Ok(Folder::at(given));
    }
    let home = etcetera::choose_base_strategy().map_err(|error| Trouble::Failed {
        code: "F-HOME",
        message: format!("{} ({error})", call.say(wording::NO_HOME)),
    })?;
    Ok(Folder::at(home.data_dir().join(name)))
}

impl<'c> Session<'c> {
    /// Opens the store this call means; it must be set up.
    ///
    /// # Errors
    /// Refuses where nothing is set up; fails with the disk.
    pub fn open(call: &'c Call) -> Result<Self, Trouble> {
        let folder = folder(call)?;
        if let Some(lost) = restore::lost(call, &folder) {
            return Err(lost);
        }
        if !folder.has_store() {
            let refusal = Refusal::Record(RecordRefusal::NotSetUp);
            return Err(Trouble::refused(&refusal, call.lang));
        }
        Self::in_folder(call, &folder)
    }

    /// As `open`, in a folder already chosen and holding a store.
    ///
    /// # Errors
    /// Refuses where nothing is set up; fails with the disk.
    pub fn in_folder(call: &'c Call, folder: &Folder) -> Result<Self, Trouble> {
        if let Some(notice) = permissions::open_to_others(folder, call.lang) {
            print::remark(&notice);
        }
        let desk = password::desk(call, &reception(call, folder, "cli")?);
        let desk = desk.map_err(|trouble| restore::told(call, folder, trouble))?;
        if let Some(scarce) = desk.scarce() {
            print::remark(&failures::scarce(scarce, call.lang));
        }
        Self::at(call, desk)
    }

    /// Sits down at a desk that is set up.
    ///
    /// # Errors
    /// Refuses where nothing is set up, and `--today` on a real store.
    pub fn at(call: &'c Call, desk: Desk) -> Result<Self, Trouble> {
        let overview = match desk.answer(&Question::Overview) {
            Ok(Reply::Overview(overview)) => *overview,
            Ok(_) => return Err(unexpected()),
            Err(stop) => return Err(Trouble::of(&stop, call.lang)),
        };
        let refusal = match &overview.clinic {
            None => Some(RecordRefusal::NotSetUp),
            Some(clinic) if clinic.practice_day.is_none() && call.common.today.is_some() => {
                Some(RecordRefusal::OnlyPractice)
            }
            Some(_) => None,
        };
        match refusal {
            Some(refusal) => Err(Trouble::refused(&refusal.into(), call.lang)),
            None => Ok(Self {
                call,
                desk,
                overview,
            }),
        }
    }

    /// Asks a question.
    ///
    /// # Errors
    /// As the desk refuses or fails, in words.
    pub fn ask(&self, question: Question) -> Result<Reply, Trouble> {
        self.desk
            .answer(&question)
            .map_err(|stop| self.trouble(&stop))
    }

    /// Makes a change in the name of the user of this call.
    ///
    /// # Errors
    /// As the desk refuses or fails, in words.
    pub fn change(&self, command: Command) -> Result<Done, Trouble> {
        self.change_seen(Vec::new(), command)
    }

    /// As `change`, decided on what these aspects said.
    ///
    /// # Errors
    /// Refuses besides where one of them changed meanwhile.
    pub fn change_seen(&self, seen: Vec<Seen>, command: Command) -> Result<Done, Trouble> {
        let change = self.request(seen, command)?;
        match self.desk.ask(&Request::Change(Box::new(change))) {
            Ok(Reply::Done(done)) => Ok(done),
            Ok(_) => Err(unexpected()),
            Err(stop) => Err(self.trouble(&stop)),
        }
    }

    /// Notes what this call is about to write into a file, on the disk before the file is: what
    /// cannot be noted does not leave.
    ///
    /// # Errors
    /// Refuses where this call only reads; fails with the disk.
    pub fn hand_out(&self, handed: &HandedOut) -> Result<(), Trouble> {
        if self.desk.is_read_only() {
            return Err(self.trouble(&AccountRefusal::ReadOnly.into()));
        }
        self.desk.hand_out(handed);
        self.desk.note_arrival().map_err(|stop| self.trouble(&stop))
    }

    /// Returns the first reply where this call repeats a change made before.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn repeated(&self) -> Result<Option<Done>, Trouble> {
        if self.call.common.request.is_none() {
            return Ok(None);
        }
        match self.ask(Question::Repeated(request_id(self.call)?))? {
            Reply::Repeated(done) => Ok(done),
            _ => Err(unexpected()),
        }
    }

    /// Returns a change as the user of this call asks for it, decided on what these aspects said.
    ///
    /// # Errors
    /// Refuses an unknown user and a bad request id or date.
    pub fn request(&self, seen: Vec<Seen>, command: Command) -> Result<Change, Trouble> {
        Ok(Change {
            id: request_id(self.call)?,
            by: self.user()?,
            seen,
            date_is: date_is(self.call)?,
            command,
        })
    }

    /// Puts what the desk says into words, fields by their names on the form.
    pub fn trouble(&self, stop: &Stop) -> Trouble {
        let Stop::Refused(refusal) = stop else {
            return Trouble::of(stop, self.call.lang);
        };
        let form = match refusal {
            Refusal::Contact(ContactRefusal::Form { form, .. }) => Some(form.as_str()),
            _ => None,
        };
        let name = |key: &str| self.field_name(form, key);
        Trouble::Refused {
            code: refusal.code(),
            field: refusal.field().map(str::to_owned),
            message: refusals::with_names(refusal, &name, self.call.lang),
        }
    }

    /// Returns what people call a field, its key beside it.
    pub fn field_name(&self, form: Option<&str>, key: &str) -> String {
        let forms = self.desk.catalog().forms();
        let label = forms
            .filter(|known| form.is_none_or(|form| known.id == form))
            .flat_map(|form| form.fields())
            .flat_map(|field| std::iter::once(field).chain(field.columns()))
            .find(|field| field.key == key)
            .map(|field| field.label.get(self.call.lang));
        label.map_or_else(|| key.to_owned(), |label| format!("{label} {key}"))
    }

    /// Returns the staff member this call acts for: whoever signed in; where nobody does,
    /// `--user`, or the only one there is.
    ///
    /// # Errors
    /// Refuses an unknown name, and no name where several work here.
    pub fn user(&self) -> Result<StaffId, Trouble> {
        if let Some(signed_in) = self.desk.signed_in() {
            return Ok(signed_in);
        }
        let active = self.overview.staff.iter().filter(|staff| staff.active);
        let refusal = match &self.call.common.user {
            Some(name) => {
                let meant: Vec<_> = active
                    .filter(|staff| staff.name == *name || staff.id.to_string() == *name)
                    .collect();
                match meant.as_slice() {
                    [staff] => return Ok(staff.id),
                    [] => RecordRefusal::NoStaff { name: name.clone() },
                    several => RecordRefusal::Several {
                        what: name.clone(),
                        found: several.iter().map(|staff| staff.id.to_string()).collect(),
                    },
                }
            }
            None => match active.collect::<Vec<_>>().as_slice() {
                [staff] => return Ok(staff.id),
                several => {
                    let names: Vec<&str> = several.iter().map(|s| s.name.as_str()).collect();
                    let message = wording::which_user(&names, self.call.lang);
                    return Err(Trouble::input("E-STAFF", Some("--user"), message));
                }
            },
        };
        Err(Trouble::refused(&refusal.into(), self.call.lang))
    }

    /// Returns the clinic's day.
    pub fn today(&self) -> Day {
        self.overview.today
    }

    /// Reads a day; without one it is today.
    ///
    /// # Errors
    /// Refuses, naming the argument.
    pub fn day(&self, argument: &str, given: Option<&str>) -> Result<Day, Trouble> {
        match given {
            None => Ok(self.today()),
            Some(text) => read_day(self.call, argument, text, Some(self.today())),
        }
    }
}

/// Returns where this call comes in.
///
/// # Errors
/// Refuses a bad `--today`.
pub fn reception(call: &Call, folder: &Folder, window: &str) -> Result<Reception, Trouble> {
    let reception = Reception::of(folder, seat(call, window)?);
    Ok(match call.common.read_only {
        true => reception.only_reading(),
        false => reception,
    })
}

/// Returns the place of this process.
///
/// # Errors
/// Refuses a bad `--today`.
pub fn seat(call: &Call, window: &str) -> Result<Seat, Trouble> {
    Ok(Seat {
        clock: call.clock.clone(),
        catalog: catalog()?,
        window: window.to_owned(),
        today: given_today(call)?,
    })
}

/// Returns the id of the change this call makes: `--request`, or a random one.
///
/// # Errors
/// Refuses an empty or endless id.
pub fn request_id(call: &Call) -> Result<String, Trouble> {
    match call.common.request.as_deref().map(str::trim) {
        None => {
            let bytes = random()?;
            Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
        }
        Some(id) if id.is_empty() || 100 < id.chars().count() => Err(Trouble::input(
            "E-REQUEST",
            Some("--request"),
            call.say(wording::BAD_REQUEST),
        )),
        Some(id) => Ok(id.to_owned()),
    }
}

/// Returns 16 random bytes.
///
/// # Errors
/// Fails where this computer gives none.
pub fn random() -> Result<[u8; 16], Trouble> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Trouble::Failed {
        code: "F-MACHINE",
        message: error.to_string(),
    })?;
    Ok(bytes)
}

/// Returns the day given to confirm a clock that stands far off.
///
/// # Errors
/// Refuses what is no whole date.
pub fn date_is(call: &Call) -> Result<Option<Day>, Trouble> {
    let given = call.common.date_is.as_deref();
    given
        .map(|text| read_day(call, "--date-is", text, None))
        .transpose()
}

/// Returns the day of `--today`.
///
/// # Errors
/// Refuses what is no whole date.
pub fn given_today(call: &Call) -> Result<Option<Day>, Trouble> {
    let given = call.common.today.as_deref();
    given
        .map(|text| read_day(call, "--today", text, None))
        .transpose()
}

/// Reads a day; one without a year is taken as the nearest to `today`, where that is known.
fn read_day(call: &Call, argument: &str, text: &str, today: Option<Day>) -> Result<Day, Trouble> {
    let plain = typed::ascii_text(text.trim());
    let whole = today.is_some() || plain.len() >= 8;
    typed::date(&plain, today.unwrap_or_default(), true)
        .filter(|_| whole)
        .ok_or_else(|| {
            let message = wording::bad_date(argument, text, today, call.lang);
            Trouble::input("E-DATE", Some(argument), message)
        })
}

/// The desk answered another question than was asked: a fault of the program.
pub fn unexpected() -> Trouble {
    Trouble::Failed {
        code: "F-PROGRAM",
        message: "unexpected reply".to_owned(),
    }
}
