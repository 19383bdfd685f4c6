//! Who brings copies back, what is said of what did not come, and which past goes on.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use cunyi::{
    desk::{Folder, Reception, Seat, Shown, Wanted, Windows, entrance::Password},
    domain::clock::{Clock, Moment},
    store::{
        backup::{Backups, Tail},
        seal::KeyRing,
    },
};
use serde_json::{Value as Json, json};

use super::{Said, accounts::Sealed};
use crate::support::clinic::catalog;

impl Sealed {
    /// Adds a colleague with a password of their own.
    pub(super) fn colleague(&self, name: &str, role: &str, word: &str) {
        let said = self.ask(
            "first-word",
            &format!("staff add {name} --role {role} --user 王建国"),
        );
        assert_eq!(said.code, 0, "{said:?}");
        let line = format!("staff password {name} --user 王建国");
        assert_eq!(self.give("first-word", &line, word).code, 0);
    }

    pub(super) fn add(&self, names: &[&str]) {
        for name in names {
            let line = format!("staff add {name} --role public-health --user 王建国");
            assert_eq!(self.ask("first-word", &line).code, 0);
        }
    }

    pub(super) fn copy(&self) -> PathBuf {
        let said = self.ask("first-word", "backup --user 王建国");
        said.json()["file"].as_str().unwrap().into()
    }

    /// A copy where no rotation lets it go.
    pub(super) fn copy_apart(&self) -> PathBuf {
        let apart = self.temporary().join("apart.cunyi");
        fs::copy(self.copy(), &apart).unwrap();
        apart
    }

    pub(super) fn bring(&self, what: &str) -> Said {
        let line = format!("restore {what} --user 王建国");
        self.ask("first-word", &line.replace("  ", " "))
    }

    pub(super) fn names(&self) -> Vec<String> {
        let said = self.ask("first-word", "staff list --user 王建国");
        assert_eq!(said.code, 0, "{said:?}");
        let json = said.json();
        let staff = json["staff"].as_array().unwrap().iter();
        staff
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(super) fn log_of_restores(&self) -> Vec<Json> {
        let said = self.ask("first-word", "log --user 王建国");
        let json = said.json();
        let rows = json["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["what"] == "restore")
            .cloned()
            .collect()
    }

    pub(super) fn key_opens(&self) -> cunyi::store::seal::DataKey {
        let ring = KeyRing::of(&self.data());
        ring.open("王建国", &Password::of("first-word")).unwrap().1
    }

    pub(super) fn is_whole(&self) {
        let said = self.ask("first-word", "check --user 王建国");
        assert_eq!(said.json()["ok"], true, "{said:?}");
    }

    pub(super) fn lose(&self) {
        fs::remove_file(self.data().join("clinic.redb")).unwrap();
    }

    /// Names a second folder for copies.
    pub(super) fn stick(&self) -> PathBuf {
        let stick = self.temporary().join("stick");
        fs::create_dir(&stick).unwrap();
        let config = format!("[backup]\nsecond = \"{}\"\n", stick.display());
        fs::write(self.data().join("config.toml"), config).unwrap();
        stick
    }
}

fn newest(folder: &Path) -> PathBuf {
    let all = Backups::of(folder).all(None).unwrap();
    all.into_iter().next_back().unwrap().path
}

#[test]
fn only_whoever_changes_the_clinic_brings_a_copy_back() {
    let place = Sealed::new();
    place.colleague("赵督导", "supervisor", "his-own-word");
    place.colleague("李敏", "public-health", "her-own-word");
    let file = place.copy();
    place.add(&["张伟"]);
    let line = format!("restore {} --user 赵督导", file.display());
    assert_eq!(place.refused("his-own-word", &line), "E-ROLE");
    assert_eq!(
        place.refused("her-own-word", "restore --user 李敏"),
        "E-ROLE"
    );
    let mut command = place.command("his-own-word");
    command.args(["restore", "--user", "赵督导"]);
    let said = Said::of(command.output().unwrap());
    assert!(
        said.err.contains("督导不能恢复备份") && said.err.contains("由医生来做"),
        "{said:?}"
    );
    assert_eq!(place.names().len(), 4);
    // Nor where nothing stands here that could tell.
    place.lose();
    assert_eq!(place.refused("his-own-word", &line), "E-ROLE");
    assert!(!place.data().join("building-restored").exists());
    let said = place.bring("");
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn the_role_of_today_counts_not_that_of_the_copy() {
    let place = Sealed::new();
    place.colleague("周海燕", "doctor", "her-own-word");
    let file = place.copy_apart();
    let said = place.ask(
        "first-word",
        "staff change 周海燕 --role supervisor --user 王建国",
    );
    assert_eq!(said.code, 0, "{said:?}");
    let line = format!("restore {} --user 周海燕", file.display());
    assert_eq!(place.refused("her-own-word", &line), "E-ROLE");
}

#[test]
fn the_log_tells_who_brought_which_copy_back() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    let file = place.copy_apart();
    let head = Backups::of(&place.data().join("backups"))
        .all(None)
        .unwrap()[0]
        .facts
        .head;
    place.add(&["张伟"]);
    assert_eq!(place.bring(&file.display().to_string()).code, 0);
    let rows = place.log_of_restores();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["by_name"], "王建国");
    assert_eq!(rows[0]["copy"]["head"], head);
    assert_eq!(rows[0]["copy"]["events"], head);
    let line = format!("restore {} --recovery", file.display());
    let said = place.with_code(&place.recovery, &line);
    assert_eq!(said.code, 0, "{said:?}");
    let rows = place.log_of_restores();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(
        (&rows[0]["by_name"], &rows[0]["copy"]["by_recovery_code"]),
        (&json!(""), &json!(true))
    );
    let mut command = place.command("first-word");
    let said = Said::of(command.args(["log"]).output().unwrap());
    assert!(said.out.contains("恢复码"), "{said:?}");
    assert!(said.out.contains(&format!("到第{head}条")), "{said:?}");
    place.is_whole();
}

#[test]
fn what_an_older_copy_leaves_out_is_told_and_can_be_had_again() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    let file = place.copy_apart();
    place.add(&["张伟", "赵六"]);
    let said = place.bring(&file.display().to_string());
    let json = said.json();
    let left = &json["left_out"];
    assert_eq!(left["kinds"]["add_staff"], 2, "{said:?}");
    let told = left["count"].as_u64().unwrap();
    assert_eq!(told, 2 + left["notes"].as_u64().unwrap());
    assert_eq!(left["from"], json["events"].as_u64().unwrap() + 1);
    assert_eq!(place.names(), ["王建国", "李敏"]);
    // What was put aside is data like any other, and comes back as such.
    let aside = json["aside"].as_str().unwrap().to_owned();
    place.add(&["钱七"]);
    let mut command = place.command("first-word");
    command.args(["restore", &aside, "--user", "王建国"]);
    let said = Said::of(command.output().unwrap());
    assert!(said.out.contains("已换回"), "{said:?}");
    assert!(said.out.contains("登记了工作人员1次"), "{said:?}");
    assert!(said.out.contains("cunyi restore \""), "{said:?}");
    assert_eq!(place.names(), ["王建国", "李敏", "张伟", "赵六"]);
    place.is_whole();
}

#[test]
fn a_file_that_is_not_there_or_no_copy_is_called_so() {
    let place = Sealed::new();
    place.copy();
    assert_eq!(
        place.bring("/nowhere/cunyi-1.cunyi").refused(),
        "E-COPY-FILE"
    );
    let other = place.temporary().join("letter.cunyi");
    fs::write(&other, "not a copy").unwrap();
    assert_eq!(
        place.bring(&other.display().to_string()).refused(),
        "E-COPY-KIND"
    );
    let empty = place.temporary().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(
        place.bring(&empty.display().to_string()).refused(),
        "E-COPY-NONE"
    );
    place.is_whole();
}

#[test]
fn open_windows_are_counted_and_named() {
    let place = Sealed::new();
    place.copy();
    let windows = Windows::of(&Folder::at(place.data()));
    let _one = windows.enter("w1", "李敏").unwrap();
    let _other = windows.enter("w2", "王建国").unwrap();
    let said = place.bring("");
    assert_eq!(said.code, 2, "{said:?}");
    for told in ["2个窗口", "李敏、王建国"] {
        assert!(
            said.err.contains(told) || said.out.contains(told),
            "{said:?}"
        );
    }
}

#[test]
fn another_clinics_copy_takes_no_clinics_place() {
    let (place, other) = (Sealed::new(), Sealed::new());
    other.add(&["李敏"]);
    let theirs = other.copy();
    let said = place.bring(&theirs.display().to_string());
    assert_eq!(said.refused(), "E-COPY-OTHER");
    // One that lies plain would be sealed under this clinic's keys.
    let plain = place.temporary().join("plain");
    drop(super::sealing::plain(&plain, 2));
    let mut command = place.command("first-word");
    command
        .env("CUNYI_DATA", &plain)
        .args(["backup", "--json", "--user", "王建国"]);
    let said = Said::of(command.output().unwrap());
    let copy = said.json()["file"].as_str().unwrap().to_owned();
    assert_eq!(place.bring(&copy).refused(), "E-COPY-OTHER");
    // Where the clinic's own data are lost nothing tells whose it is.
    place.lose();
    assert_eq!(place.bring(&copy).refused(), "E-COPY-OTHER");
    fs::remove_file(place.data().join("keys.toml")).unwrap();
    let _ = fs::remove_file(place.data().join("keys.previous.toml"));
    let said = place.bring(&theirs.display().to_string());
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.names(), ["王建国", "李敏"]);
}

#[test]
fn of_several_clinics_copies_one_is_named() {
    let (one, other) = (Sealed::new(), Sealed::new());
    let stick = one.temporary().join("stick");
    fs::create_dir(&stick).unwrap();
    for place in [&one, &other] {
        let copy = place.copy();
        fs::copy(&copy, stick.join(format!("cunyi-{}.cunyi", place.recovery))).unwrap();
    }
    let fresh = one.temporary().join("fresh");
    let bring = |what: &Path| {
        let mut command = one.command("first-word");
        command.env("CUNYI_DATA", &fresh).args([
            "restore",
            what.to_str().unwrap(),
            "--user",
            "王建国",
            "--json",
        ]);
        Said::of(command.output().unwrap())
    };
    assert_eq!(bring(&stick).refused(), "E-COPY-SEVERAL");
    // Beside its own data a clinic takes its own.
    assert_eq!(one.bring(&stick.display().to_string()).code, 0);
    let named = stick.join(format!("cunyi-{}.cunyi", other.recovery));
    assert_eq!(bring(&named).code, 0);
}

#[test]
fn a_past_that_was_given_up_is_not_preferred_because_it_reaches_further() {
    let place = Sealed::new();
    let stick = place.stick();
    place.add(&["李敏"]);
    let older = place.copy_apart();
    place.add(&["张伟", "赵六", "钱七"]);
    place.copy();
    let far = newest(&stick);
    // The stick is away while the older copy comes back.
    let away = place.temporary().join("away");
    fs::rename(&stick, &away).unwrap();
    let said = place.bring(&older.display().to_string());
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.names().len(), 2);
    fs::rename(&away, &stick).unwrap();
    place.lose();
    let said = place.bring("");
    assert_eq!(said.json()["given_up"], json!([far.display().to_string()]));
    assert_eq!(place.names(), ["王建国", "李敏"]);
    assert_eq!(place.log_of_restores().len(), 2);
    // The copy that was made at once has set it apart.
    assert!(
        !far.exists()
            && stick
                .join("given-up")
                .join(far.file_name().unwrap())
                .exists()
    );
    place.is_whole();
}

#[test]
fn a_named_folder_of_a_past_given_up_is_passed_over_where_the_tail_tells_all() {
    let place = Sealed::new();
    let stick = place.stick();
    let older = place.copy_apart();
    place.add(&["李敏"]);
    place.copy();
    let far = newest(&stick);
    let away = place.temporary().join("away");
    fs::rename(&stick, &away).unwrap();
    assert_eq!(place.bring(&older.display().to_string()).code, 0);
    let said = place.bring(&away.display().to_string());
    let json = said.json();
    assert_eq!(json["is_given_up"], false, "{said:?}");
    let far = away.join(far.file_name().unwrap());
    assert_eq!(json["given_up"], json!([far.display().to_string()]));
    assert_eq!(place.names(), ["王建国"]);
}

#[test]
fn the_tail_alone_tells_which_past_goes_on() {
    let place = Sealed::new();
    let stick = place.stick();
    place.add(&["李敏"]);
    let older = place.copy_apart();
    place.add(&["张伟", "赵六", "钱七"]);
    place.copy();
    let away = place.temporary().join("away");
    fs::rename(&stick, &away).unwrap();
    assert_eq!(place.bring(&older.display().to_string()).code, 0);
    fs::rename(&away, &stick).unwrap();
    // The copy that was made at once is gone; the older one lies here again.
    let backups = place.data().join("backups");
    for kept in Backups::of(&backups).all(None).unwrap() {
        fs::remove_file(kept.path).unwrap();
    }
    fs::copy(&older, backups.join("cunyi-older.cunyi")).unwrap();
    place.lose();
    let said = place.bring("");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.names(), ["王建国", "李敏"]);
}

#[test]
fn a_past_that_was_given_up_is_better_than_nothing_and_called_so() {
    let place = Sealed::new();
    let stick = place.stick();
    place.add(&["李敏"]);
    let older = place.copy_apart();
    place.add(&["张伟"]);
    place.copy();
    let far = newest(&stick);
    let away = place.temporary().join("away");
    fs::rename(&stick, &away).unwrap();
    assert_eq!(place.bring(&older.display().to_string()).code, 0);
    fs::rename(&away, &stick).unwrap();
    let own = newest(&place.data().join("backups"));
    let mut bytes = fs::read(&own).unwrap();
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    fs::write(&own, bytes).unwrap();
    place.lose();
    // That of the first days would be enough by itself.
    fs::remove_file(place.data().join("backups/tail")).unwrap();
    let said = place.bring("");
    let json = said.json();
    assert_eq!(json["is_given_up"], true, "{said:?}");
    assert_eq!(json["file"], far.display().to_string());
    assert_eq!(place.names().len(), 3);
}

#[test]
fn that_a_copy_came_back_is_in_the_tail_and_in_a_copy_at_once() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    let older = place.copy_apart();
    place.add(&["张伟"]);
    let said = place.bring(&older.display().to_string());
    let json = said.json();
    let head = json["events"].as_u64().unwrap();
    let copy = json["copied_to"].as_str().unwrap();
    let made = newest(&place.data().join("backups"));
    assert_eq!(copy, made.display().to_string());
    let all = Backups::of(&place.data().join("backups"))
        .all(None)
        .unwrap();
    assert!(head < all.last().unwrap().facts.head);
    let tail = Tail::at(&Folder::at(place.data()).tail(), &place.key_opens());
    assert!(tail.found().unwrap().entries.contains_key(&(head + 1)));
}

#[test]
fn a_torn_first_record_of_the_tail_costs_nothing_the_copy_holds() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    place.copy();
    place.add(&["张伟"]);
    let tail = place.data().join("backups/tail");
    let mut bytes = fs::read(&tail).unwrap();
    // Behind the head, in the first record's sealed entry.
    bytes[60] ^= 1;
    fs::write(&tail, &bytes).unwrap();
    place.lose();
    let mut command = place.command("first-word");
    command.args(["restore", "--user", "王建国"]);
    let said = Said::of(command.output().unwrap());
    assert!(said.out.contains("有1条读不出来，备份里都有"), "{said:?}");
    assert_eq!(place.names(), ["王建国", "李敏", "张伟"]);
    place.is_whole();
}

#[test]
fn whoever_is_not_on_the_staff_that_came_back_opens_nothing() {
    let place = Sealed::new();
    let older = place.copy_apart();
    place.colleague("李敏", "public-health", "her-own-word");
    let said = place.bring(&older.display().to_string());
    assert_eq!(said.json()["without_password"], json!(["李敏"]));
    // The number is another's now; the password is nobody's.
    place.add(&["张伟"]);
    assert_eq!(
        place.refused("her-own-word", "staff list --user 李敏"),
        "E-AUTH-NOBODY"
    );
    assert_eq!(
        place.refused("her-own-word", "staff list --user 张伟"),
        "E-AUTH-NOBODY"
    );
}

struct Later(Moment);

impl Clock for Later {
    fn now(&self) -> Moment {
        let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        i64::try_from(since.as_millis()).unwrap() + self.0
    }
}

#[test]
fn a_wrong_recovery_code_is_called_none_of_these_datas() {
    let (place, other) = (Sealed::new(), Sealed::new());
    let copy = place.copy();
    let line = format!("restore {} --recovery", copy.display());
    let said = place.with_code(&other.recovery, &line);
    assert_eq!(said.refused(), "E-AUTH-RECOVERY");
}

#[test]
fn an_old_copy_is_noted_too_and_confirms_no_clock() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    let older = place.copy_apart();
    let seat = Seat {
        clock: Arc::new(Later(60 * 24 * 3_600_000)),
        catalog: catalog(),
        window: "test".to_owned(),
        today: None,
    };
    let reception = Reception::of(&Folder::at(place.data()), seat);
    let password = Password::of("first-word");
    let shown = Shown::Password {
        name: "王建国",
        password: &password,
    };
    let wanted = Wanted::Copy {
        path: &older,
        tail: false,
    };
    let brought = reception.restore(wanted, Some(shown), &mut |_| true);
    assert!(brought.is_ok(), "{brought:?}");
    assert_eq!(place.log_of_restores().len(), 1);
    // The clock of now stands as near the last entry as before.
    place.add(&["张伟"]);
}
