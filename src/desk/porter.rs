//! The porter of one window: opens the door to its desk, shuts it, and opens it again.
//!
//! A shut door leaves nothing in memory that opens the data; what was being written stays this
//! window's own, on the disk.

use std::{fmt, sync::Arc};

use zeroize::Zeroizing;

use super::{
    Change, Command, Desk, Reception, Stop,
    drafts::LaidDown,
    entrance::{self, Password, Recovery},
    reply::{Appointment, Overview},
};
use crate::domain::{
    clock::{Clock, Moment},
    event::Event,
    id::StaffId,
    refusal::{AccountRefusal, RecordRefusal},
};

/// What somebody wants at the door of a window.
#[derive(Clone)]
pub enum Knock {
    /// Makes a recovery code to be written down; it opens nothing before it is given back.
    Code,
    /// As `Code`, for somebody who sits at the desk: they show their own password first.
    CodeFor {
        own: Password,
    },
    SignIn {
        name: String,
        password: Password,
    },
    /// Sets the clinic up as the change says.
    SetUp {
        change: Box<Change>,
        password: Password,
        code: Recovery,
    },
    /// Comes in by the recovery code, as typed from paper, to name somebody.
    Recover {
        code: Zeroizing<String>,
    },
    /// Names whoever the change says, who comes in then.
    TakeOver {
        change: Box<Change>,
    },
    /// Shuts the door until somebody signs in.
    Lock,
}

/// What was typed is never shown.
impl fmt::Debug for Knock {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str(match self {
            Self::Code => "Code",
            Self::CodeFor { .. } => "CodeFor",
            Self::SignIn { .. } => "SignIn",
            Self::SetUp { .. } => "SetUp",
            Self::Recover { .. } => "Recover",
            Self::TakeOver { .. } => "TakeOver",
            Self::Lock => "Lock",
        })
    }
}

/// What the door answers.
#[derive(Debug)]
pub enum DoorReply {
    Code(Recovery),
    /// This staff member sits at the desk now.
    In {
        staff: StaffId,
        overview: Box<Overview>,
    },
    /// The recovery code is right; one of these is named, or somebody new.
    Recovered {
        staff: Vec<Appointment>,
    },
    /// The door is shut; these may come in, in the order they joined the staff.
    Locked {
        names: Vec<String>,
    },
}

/// Stands at the door of one window.
pub struct Porter {
    reception: Reception,
    desk: Option<Arc<Desk>>,
    /// Open by the recovery code, for nothing but naming somebody.
    recovered: Option<Desk>,
    /// What a locked window keeps, and whose it is.
    kept: Option<(StaffId, LaidDown)>,
}

impl Porter {
    /// Stands before a shut door.
    pub const fn before(reception: Reception) -> Self {
        Self {
            reception,
            desk: None,
            recovered: None,
            kept: None,
        }
    }

    /// Stands at the door of a desk that is open.
    pub const fn at(reception: Reception, desk: Arc<Desk>) -> Self {
        Self {
            reception,
            desk: Some(desk),
            recovered: None,
            kept: None,
        }
    }

    /// Returns the wall time.
    pub fn time(&self) -> Moment {
        self.reception.time()
    }

    /// Returns the clock of this place.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.reception.seat.clock)
    }

    /// Says whether nothing can be changed by this door.
    pub const fn is_read_only(&self) -> bool {
        self.reception.is_read_only
    }

    /// Returns the open desk.
    pub const fn desk(&self) -> Option<&Arc<Desk>> {
        self.desk.as_ref()
    }

    /// Does what is wanted. Before `Lock` nobody else holds the desk any more.
    ///
    /// # Errors
    /// Refuses as the entrance does, and where the rules say no; else as the disk says.
    pub fn answer(&mut self, knock: Knock) -> Result<DoorReply, Stop> {
        match knock {
            Knock::Code => entrance::new_code().map(DoorReply::Code),
            Knock::CodeFor { own } => {
                let desk = self.desk.as_ref().ok_or(AccountRefusal::NoPassword)?;
                desk.another_code(&own).map(DoorReply::Code)
            }
            Knock::SignIn { name, password } => {
                let desk = self.reception.sign_in_or_wait(&name, &password)?;
                self.sit(desk)
            }
            Knock::SetUp {
                change,
                password,
                code,
            } => {
                let Command::SetUp(asked) = &change.command else {
                    return Err(RecordRefusal::NotSetUp.into());
                };
                let doctor = asked.doctor.clone();
                let desk = self
                    .reception
                    .set_up_under(&change, &doctor, &password, &code)?;
                self.sit(desk)
            }
            Knock::Recover { code } => {
                let desk = self.reception.recover(&code)?;
                let staff = desk.appointments()?;
                self.recovered = Some(desk);
                Ok(DoorReply::Recovered { staff })
            }
            Knock::TakeOver { change } => self.take_over(&change),
            Knock::Lock => self.lock(),
        }
    }

    fn take_over(&mut self, change: &Change) -> Result<DoorReply, Stop> {
        let recovered = self.recovered.as_ref().ok_or(AccountRefusal::Wrong)?;
        let desk = self.reception.name(recovered, change)?;
        self.recovered = None;
        self.sit(desk)
    }

    /// Somebody sits down: their own drafts lie before them again, another's are put down.
    fn sit(&mut self, desk: Desk) -> Result<DoorReply, Stop> {
        // What cannot be told now is told with the next change.
        let _ = desk.note_arrival();
        let overview = Box::new(desk.overview()?);
        let staff = desk.signed_in().ok_or(AccountRefusal::Wrong)?;
        if let Some((owner, laid)) = self.kept.take()
            && owner == staff
        {
            desk.resume(laid);
        }
        self.desk = Some(Arc::new(desk));
        Ok(DoorReply::In { staff, overview })
    }

    fn lock(&mut self) -> Result<DoorReply, Stop> {
        self.recovered = None;
        if let Some(desk) = self.desk.take() {
            self.kept = desk.signed_in().map(|staff| (staff, desk.lay_down()));
        }
        let (names, _) = self.reception.names()?;
        Ok(DoorReply::Locked { names })
    }
}

impl Reception {
    /// Names whoever the change says at a desk the recovery code opened, and opens theirs.
    ///
    /// # Errors
    /// Refuses where the rules say no; else as the disk says.
    pub fn name(&self, recovered: &Desk, change: &Change) -> Result<Desk, Stop> {
        let done = recovered.change(change)?;
        let entry = recovered.store().snapshot()?.entry(done.seq)?;
        let named = entry.events.iter().find_map(|event| match event {
            Event::AccountRecovered(recovered) => Some(recovered.staff),
            _ => None,
        });
        let staff = named.ok_or(AccountRefusal::NoPassword)?;
        let badge = recovered.badge.as_ref().map(|badge| badge.of_staff(staff));
        self.sit_down(badge.as_ref())
    }
}
