//! What the journal is told beside changes: who came in or tried to, and who looked. It goes with
//! the next change, within a minute, or on leaving.
//!
//! A window that is killed takes its last minute of looks with it; who came in is on the disk
//! before the store is open.

use super::{Desk, Stop};
use crate::{
    domain::{
        clock::Moment,
        day::Day,
        event::{
            Event,
            clinic::{LooksTold, SignInsTold},
        },
        id::StaffId,
        looking::Look,
        refusal::AccountRefusal,
        signing_in::Attempt,
    },
    store::{Header, HeldLooks, Writing},
};

/// The stable key of entries that tell who came in.
const SIGN_INS: &str = "sign_ins";
/// The stable key of entries that tell who looked.
const LOOKS: &str = "looks";
/// How long a look waits for a change to go with, in milliseconds.
const PAUSE: Moment = 60_000;

/// What the journal does not know yet.
#[derive(Debug, Default)]
pub(super) struct News {
    attempts: Vec<Attempt>,
    looks: Vec<Look>,
    /// What windows that only read have noted beside the store.
    noted: Option<HeldLooks>,
}

impl News {
    fn is_empty(&self) -> bool {
        self.attempts.is_empty() && self.looks.is_empty() && self.noted.is_none()
    }

    fn all_looks(&self) -> Vec<Look> {
        let noted = self.noted.as_ref().map_or(&[][..], HeldLooks::looks);
        [noted, &self.looks].concat()
    }
}

impl Desk {
    /// Does work that tells the journal the news on the way; what was not told is news still.
    ///
    /// # Errors
    /// As the work does.
    pub(super) fn with_news<T>(
        &self,
        work: impl FnOnce(&News) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let news = self.take_news()?;
        let done = work(&news);
        match &done {
            Ok(_) => self.settle(news),
            Err(_) => self.looks().put_back(news.looks),
        }
        done
    }

    fn take_news(&self) -> Result<News, Stop> {
        let Some(badge) = &self.badge else {
            return Ok(News::default());
        };
        // Told under any clock, or a wrong one would hide who looked: no news moves the moment
        // the clock is compared with.
        Ok(News {
            attempts: badge.entrance().news()?,
            noted: badge.look_notes().hold()?,
            looks: self.looks().take(),
        })
    }

    /// What cannot be settled is told twice.
    fn settle(&self, news: News) {
        if let Some(badge) = &self.badge {
            let _ = badge.entrance().settle(&news.attempts);
        }
        if let Some(noted) = news.noted {
            let _ = noted.settle();
        }
    }

    /// Notes beside the store who looked here: nothing in it can be changed.
    fn note_beside(&self) -> Result<(), Stop> {
        let Some(badge) = &self.badge else {
            return Ok(());
        };
        let looks = self.looks().take();
        if looks.is_empty() {
            return Ok(());
        }
        let noted = badge.look_notes().note(&looks);
        if noted.is_err() {
            self.looks().put_back(looks);
        }
        Ok(noted?)
    }

    /// Tells the journal the news.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn tell(
        &self,
        writing: &mut Writing<'_>,
        news: &News,
        (now, today): (Moment, Day),
    ) -> Result<(), Stop> {
        let header = |request, cause: &str| Header {
            at: now,
            day: today,
            user: StaffId::PROGRAM,
            window: self.seat.window.clone(),
            request,
            cause: cause.to_owned(),
        };
        for attempt in &news.attempts {
            let request = door(attempt);
            // Another window that read the same news may have been quicker.
            if writing.request(&request)?.is_none() {
                let attempts = vec![attempt.clone()];
                let told = Event::SignInsTold(SignInsTold { attempts });
                writing.append(&header(request, SIGN_INS), vec![told])?;
            }
        }
        let looks = news.all_looks();
        if let Some(last) = looks.last() {
            let request = format!("looks:{}:{}", last.at, last.window);
            let told = Event::LooksTold(LooksTold { looks });
            writing.append(&header(request, LOOKS), vec![told])?;
        }
        Ok(())
    }

    /// Tells the journal who came in and who looked, without waiting for a change.
    ///
    /// # Errors
    /// Fails with the disk; what could not be told waits on.
    pub fn note_arrival(&self) -> Result<(), Stop> {
        if self.is_read_only() {
            return self.note_beside();
        }
        self.with_news(|news| {
            if news.is_empty() {
                return Ok(());
            }
            self.store().write(|writing| {
                let now = self.now();
                let today = self.day_for(writing.clinic()?.as_ref(), now);
                self.tell(writing, news, (now, today))
            })
        })
    }

    /// As `note_arrival`, where a look has waited for a minute.
    ///
    /// # Errors
    /// As `note_arrival`.
    pub(super) fn note_old_looks(&self) -> Result<(), Stop> {
        let are_due = self.looks().are_due(self.now(), PAUSE);
        match are_due {
            true => self.note_arrival(),
            false => Ok(()),
        }
    }

    /// Refuses a change where nothing can be changed from here.
    ///
    /// # Errors
    /// `E-READ-ONLY`.
    pub(super) fn writes(&self) -> Result<(), Stop> {
        match self.is_read_only() {
            true => Err(AccountRefusal::ReadOnly.into()),
            false => Ok(()),
        }
    }
}

/// Names the request that tells of an attempt: another of the same moment has another name.
fn door(attempt: &Attempt) -> String {
    let staff = attempt.staff.map_or(0, |staff| staff.0);
    let (at, window) = (attempt.at, &attempt.window);
    format!("door:{at}:{window}:{staff}:{}", attempt.outcome.key())
}

impl Drop for Desk {
    fn drop(&mut self) {
        if self.looks().is_empty() {
            return;
        }
        // Nobody is left to be told; what was seen was seen.
        let _ = self.note_arrival();
    }
}
