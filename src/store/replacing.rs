//! A store that was brought back takes the place of the one that stands here, which is put aside
//! whole. What is to be done is noted first: only renames are left then, and whoever comes next
//! finishes them after a kill.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Error, Folder, files};

/// What is to be done with what stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacing {
    /// The folder it goes into, beside the data.
    pub aside: String,
    /// Everything that was saved is in the new store: the tail and the forms in progress go on
    /// with it.
    pub goes_on: bool,
    /// The names of copies that go with it: of a past that is given up, or damaged.
    pub copies: Vec<String>,
    /// Whether a store, or what is left of one, stands here at all.
    #[serde(default)]
    stands: bool,
    /// Whether it has been put aside.
    #[serde(default)]
    is_aside: bool,
}

/// A store took the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Where what stood here is now; nothing where nothing stood here.
    pub aside: Option<PathBuf>,
}

impl Replacing {
    /// Puts what stands here into the folder `aside`.
    pub const fn into_folder(aside: String, goes_on: bool, copies: Vec<String>) -> Self {
        Self {
            aside,
            goes_on,
            copies,
            stands: false,
            is_aside: false,
        }
    }
}

impl Folder {
    /// Returns the folder in which a store is brought back.
    #[must_use]
    pub fn restoring(&self) -> Self {
        self.workshop("restored")
    }

    /// Says whether a store that was brought back waits to take its place.
    pub fn is_restoring(&self) -> bool {
        self.restoring().noted().exists()
    }

    /// Puts the store that was brought back in place of the one that stands here. Returns where
    /// that one is now; nothing where none stood here. Nobody else may have the folder open.
    ///
    /// # Errors
    /// As the disk says; once it is noted, the next call goes on where this one ended.
    pub fn replace(&self, mut work: Replacing) -> Result<Option<PathBuf>, Error> {
        work.stands = self.has_store() || self.keys().exists();
        if work.stands && work.goes_on {
            // Only renames are left once it is noted: a full disk ends it before.
            self.keep_tail(&self.root().join(&work.aside))?;
        }
        self.restoring().note(&work)?;
        Ok(self.finish_restoring()?.and_then(|replaced| replaced.aside))
    }

    /// Finishes what `replace` began, where a kill or a full disk ended it. Nobody else may have
    /// the folder open.
    ///
    /// # Errors
    /// As `replace`.
    pub fn finish_restoring(&self) -> Result<Option<Replaced>, Error> {
        let workshop = self.restoring();
        let Some(mut work) = workshop.work()? else {
            return Ok(None);
        };
        let aside = self.root().join(&work.aside);
        // Without a database there it is here already.
        if workshop.has_store() {
            if !work.is_aside {
                self.put_aside(&aside, &work)?;
                work.is_aside = true;
                workshop.note(&work)?;
            }
            moved(workshop.keys().path(), self.keys().path())?;
            moved(&workshop.database(), &self.database())?;
        }
        let noted = workshop.noted();
        fs::remove_file(&noted)
            .and_then(|()| files::settled(&noted))
            .map_err(Error::file(noted))?;
        workshop.remove()?;
        self.create()?;
        let aside = aside.exists().then_some(aside);
        Ok(Some(Replaced { aside }))
    }

    fn put_aside(&self, aside: &Path, work: &Replacing) -> Result<(), Error> {
        if work.stands || !work.copies.is_empty() {
            files::make_folder(aside).map_err(Error::file(aside))?;
        }
        let to = |path: &Path| aside.join(path.file_name().unwrap_or_default());
        let (keys, tail) = (self.keys(), self.tail());
        if work.stands {
            let own = [self.drafts(), tail].into_iter().filter(|_| !work.goes_on);
            let opened_by = [keys.previous(), keys.path().to_owned(), self.database()];
            for path in own.chain(opened_by) {
                moved(&path, &to(&path))?;
            }
        }
        for name in &work.copies {
            let path = self.backups().join(name);
            moved(&path, &to(&path))?;
        }
        Ok(())
    }

    /// Copies the tail into a folder.
    fn keep_tail(&self, aside: &Path) -> Result<(), Error> {
        let tail = self.tail();
        if !tail.exists() {
            return Ok(());
        }
        files::make_folder(aside).map_err(Error::file(aside))?;
        let to = aside.join(tail.file_name().unwrap_or_default());
        let copied = fs::copy(&tail, to).map(|_| ());
        copied.map_err(Error::file(&tail))
    }

    fn noted(&self) -> PathBuf {
        self.root().join("replacing.toml")
    }

    fn note(&self, work: &Replacing) -> Result<(), Error> {
        let path = self.noted();
        // What is to be done is always TOML.
        let text = toml::to_string(work).unwrap_or_default();
        files::put_in_place(&path, text.as_bytes()).map_err(Error::file(path))
    }

    /// Returns what was noted; nothing where nothing was.
    fn work(&self) -> Result<Option<Replacing>, Error> {
        let path = self.noted();
        match fs::read_to_string(&path) {
            Ok(text) => match toml::from_str(&text) {
                Ok(work) => Ok(Some(work)),
                Err(_) => Err(Error::file(path)(io::ErrorKind::InvalidData.into())),
            },
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Error::file(path)(cause)),
        }
    }
}

/// Moves a file or a folder for good, where it is there and was not moved before.
fn moved(from: &Path, to: &Path) -> Result<(), Error> {
    if !from.exists() || to.exists() {
        return Ok(());
    }
    fs::rename(from, to)
        .and_then(|()| files::settled(to))
        .and_then(|()| files::settled(from))
        .map_err(Error::file(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 5] = [
        "drafts/one.draft",
        "backups/tail",
        "keys.previous.toml",
        "keys.toml",
        "clinic.redb",
    ];

    /// A folder with a store, and one that was brought back beside it.
    fn place() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        folder.create().unwrap();
        for name in OWN {
            fs::write(place.path().join(name), "old").unwrap();
        }
        fs::write(folder.backups().join("cunyi-later.cunyi"), "old").unwrap();
        let workshop = folder.restoring();
        workshop.create().unwrap();
        fs::write(workshop.database(), "new").unwrap();
        fs::write(workshop.keys().path(), "new").unwrap();
        (place, folder)
    }

    fn work(goes_on: bool) -> Replacing {
        let copies = vec!["cunyi-later.cunyi".to_owned()];
        Replacing::into_folder("replaced-1".to_owned(), goes_on, copies)
    }

    fn read(folder: &Folder, name: &str) -> String {
        fs::read_to_string(folder.root().join(name)).unwrap_or_default()
    }

    /// Everything of the old store lies aside, the new one stands here.
    fn is_done(folder: &Folder, goes_on: bool) {
        let own = |name: &str| read(folder, name);
        assert_eq!(
            (own("clinic.redb"), own("keys.toml")),
            ("new".into(), "new".into())
        );
        assert_eq!(own("keys.previous.toml"), "");
        for name in [
            "tail",
            "keys.previous.toml",
            "keys.toml",
            "clinic.redb",
            "cunyi-later.cunyi",
        ] {
            assert_eq!(own(&format!("replaced-1/{name}")), "old", "{name}");
        }
        let (here, aside) = match goes_on {
            true => ("old", ""),
            false => ("", "old"),
        };
        assert_eq!(own("backups/tail"), here);
        assert_eq!(own("drafts/one.draft"), here);
        assert_eq!(own("replaced-1/drafts/one.draft"), aside);
        assert!(folder.drafts().is_dir());
        assert!(!folder.restoring().root().exists());
        assert_eq!(folder.finish_restoring().unwrap(), None);
    }

    #[test]
    fn what_stands_here_is_put_aside_whole_and_what_goes_on_stays() {
        for goes_on in [false, true] {
            let (_place, folder) = place();
            let aside = folder.replace(work(goes_on)).unwrap();
            assert_eq!(aside, Some(folder.root().join("replaced-1")));
            is_done(&folder, goes_on);
        }
    }

    #[test]
    fn a_kill_at_any_rename_is_made_up_for() {
        for goes_on in [false, true] {
            for done in 0..=9 {
                let (_place, folder) = place();
                let (workshop, aside) = (folder.restoring(), folder.root().join("replaced-1"));
                let mut noted = work(goes_on);
                noted.stands = true;
                workshop.note(&noted).unwrap();
                // As far as it came: as `put_aside` and the renames behind it do it.
                let own = folder.keys();
                let mut from = vec![folder.drafts(), folder.tail()];
                from.retain(|_| !goes_on);
                from.extend([own.previous(), own.path().to_owned(), folder.database()]);
                from.push(folder.backups().join("cunyi-later.cunyi"));
                if goes_on {
                    folder.keep_tail(&aside).unwrap();
                } else if 0 < done {
                    fs::create_dir(&aside).unwrap();
                }
                let all = from.len();
                for path in from.iter().take(done) {
                    moved(path, &aside.join(path.file_name().unwrap())).unwrap();
                }
                if all < done {
                    noted.is_aside = true;
                    workshop.note(&noted).unwrap();
                    moved(workshop.keys().path(), own.path()).unwrap();
                }
                if all + 1 < done {
                    moved(&workshop.database(), &folder.database()).unwrap();
                }
                // Whoever looks meanwhile makes the folders anew.
                folder.create().unwrap();
                assert!(folder.is_restoring());
                let replaced = folder.finish_restoring().unwrap();
                assert_eq!(replaced, Some(Replaced { aside: Some(aside) }));
                is_done(&folder, goes_on);
            }
        }
    }

    #[test]
    fn where_nothing_stands_the_tail_stays_where_it_is() {
        let (_place, folder) = place();
        for name in ["keys.previous.toml", "keys.toml", "clinic.redb"] {
            fs::remove_file(folder.root().join(name)).unwrap();
        }
        let mut work = work(false);
        work.copies.clear();
        assert_eq!(folder.replace(work).unwrap(), None);
        assert_eq!(read(&folder, "backups/tail"), "old");
        assert_eq!(read(&folder, "clinic.redb"), "new");
    }
}
