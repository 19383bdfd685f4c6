//! The door of a window: setting up, signing in, locking and going on, the recovery code,
//! accounts. A real folder, its keys and drafts; the clock is the test's.

use std::{fs, sync::Arc, time::Duration};

use cunyi::{
    desk::{
        Change, Command, Desk, Folder, Porter, Question, Reception, Reply, Request, Seat, Standing,
        Stop,
        entrance::{Password, Recovery},
        request::{SetUp, Whom},
    },
    domain::{
        clinic::{Role, Staff},
        clock::Clock,
        id::StaffId,
        refusal::{AccountRefusal, RecordRefusal, Refusal},
        text::Lang,
    },
    tui::message::Message,
};
use ratatui::layout::Size;
use tempfile::TempDir;

use crate::support::{
    clinic::{Clinic, Standing as Clock_, catalog},
    live::Window,
};

const WORD: &str = "first-word";
/// The smallest window there is.
const SMALL: Size = Size {
    width: 60,
    height: 16,
};
const HERS: &str = "her-own-word";

/// A data folder with a clock.
struct Place {
    folder: TempDir,
    clock: Arc<Clock_>,
}

impl Place {
    fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Clock_::in_the_morning(),
        }
    }

    /// A clinic under its doctor's password, and the recovery code.
    fn set_up() -> (Self, String) {
        let place = Self::empty();
        let change = place.change(Command::SetUp(SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
            doctor: "王建国".to_owned(),
            practice_day: None,
            store: [7; 16],
        }));
        let word = Password::of(WORD);
        let made = place.reception("w0").set_up(&change, "王建国", &word);
        let (_, code) = made.unwrap();
        (place, code.to_string())
    }

    /// The same with 李敏 of public health, who has a password.
    fn of_two() -> Self {
        let (place, _) = Self::set_up();
        let desk = place.desk("王建国", WORD);
        let role = Role::PublicHealth;
        let name = "李敏".to_owned();
        place.ask(&desk, Command::AddStaff { name, role });
        place.ask(
            &desk,
            Command::GivePassword {
                staff: StaffId(2),
                own: Some(Password::of(WORD)),
                password: Password::of(HERS),
            },
        );
        place
    }

    fn reception(&self, window: &str) -> Reception {
        let seat = Seat {
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            catalog: catalog(),
            window: window.to_owned(),
            today: None,
        };
        Reception::of(&Folder::at(self.folder.path()), seat)
    }

    fn change(&self, command: Command) -> Change {
        Change {
            id: format!("r{}", self.clock_turned()),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command,
        }
    }

    /// Turns the clock on by a second, so that every change has a time of its own.
    fn clock_turned(&self) -> i64 {
        self.clock.turn(1000);
        self.clock.now()
    }

    /// The desk of another process.
    fn desk(&self, name: &str, word: &str) -> Desk {
        let found = self.reception("w9").sign_in(name, &Password::of(word));
        found.unwrap()
    }

    fn ask(&self, desk: &Desk, command: Command) {
        desk.change(&self.change(command)).unwrap();
    }

    fn window(&self) -> Window {
        self.window_in(Lang::Zh)
    }

    fn window_in(&self, lang: Lang) -> Window {
        self.clock_turned();
        let reception = self.reception("w1");
        let standing = reception.standing().unwrap();
        Window::before(Porter::before(reception), standing, lang)
    }

    /// A window that only reads, before anybody signed in.
    fn reading(&self) -> Window {
        let reception = self.reception("w1").only_reading();
        let standing = reception.standing().unwrap();
        Window::before(Porter::before(reception), standing, Lang::Zh)
    }

    /// Puts the doctor's 李国强, 58, with high blood pressure on the queue.
    fn with_a_patient(&self) {
        let desk = self.desk("王建国", WORD);
        let mut clinic = Clinic::at(desk, Arc::clone(&self.clock));
        let person = clinic.person("李国强", "1968-03-04");
        clinic.enrol(person, "2026-08-20");
    }
}

fn refused(found: Result<Desk, Stop>) -> Refusal {
    match found {
        Err(Stop::Refused(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("let in"),
    }
}

fn overview(window: &Window) -> Vec<Staff> {
    match window.desk().unwrap().answer(&Question::Overview).unwrap() {
        Reply::Overview(overview) => overview.staff,
        other => panic!("{other:?}"),
    }
}

/// Lets so much time pass.
fn wait(window: &mut Window, seconds: u64) {
    window.take(Message::Now(Duration::from_secs(seconds)));
    window.settle();
}

/// The recovery code on the screen.
fn shown_code(window: &Window) -> String {
    let seen = window.seen();
    let mut lines = seen.lines().map(str::trim);
    let code = lines.find(|line| line.len() == 29 && line.matches('-').count() == 5);
    code.unwrap_or_else(|| panic!("no code in\n{seen}"))
        .to_owned()
}

/// Types the end of the code that is shown, as from paper.
fn written_down(window: Window) -> (Window, String) {
    let code = shown_code(&window);
    let window = window.keys("<enter>");
    assert!(!window.seen().contains(&code), "{}", window.seen());
    let last: String = code.chars().skip(25).collect();
    (
        window.keys(&format!("{}<enter>", last.to_lowercase())),
        code,
    )
}

#[test]
fn the_first_start_leads_to_the_queue_and_writes_nothing_before_the_code_stands_on_paper() {
    let place = Place::empty();
    let filled =
        "石桥村卫生室<enter>石桥村<enter>529901103101<enter>王建国<enter>first-word<enter>";
    let window = place.window().keys(filled);
    let window = window.keys("first-wore<f2>");
    window.shows("两遍不一样");
    let window = window.keys("<bs>d<f2>");
    window.shows("请把恢复码抄在纸上");
    // Enter alone leads no further.
    let window = window.keys("<enter><enter><enter>");
    window.shows("和恢复码不一样");
    assert!(fs::read_dir(place.folder.path()).unwrap().next().is_none());
    let (window, code) = written_down(window.keys("<esc>"));
    window.shows("今日随访");
    window.shows("王建国 医生");
    let left = fs::read_dir(place.folder.path()).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.starts_with("building")));
    let reception = place.reception("w2");
    assert!(reception.recover(&code).is_ok());
    // Whoever set up turns the keys of this folder.
    let window =
        window.keys("<f4>ryhkl<enter><f6>first-word<enter>next-word<enter>next-word<enter>");
    window.shows("口令已改");
    let found = reception.sign_in("王建国", &Password::of("next-word"));
    assert!(found.is_ok());
}

#[test]
fn the_door_says_what_is_wrong_and_counts_the_wait_down() {
    let place = Place::of_two();
    let window = place.window();
    insta::assert_snapshot!(window.seen());
    insta::assert_snapshot!(place.window_in(Lang::En).seen());
    let mut window = window.keys("wrong-word<enter>");
    window.shows("口令不对");
    window.shows("▸ 王建国");
    for _ in 0..4 {
        window = window.keys("wrong-word<enter>");
    }
    window.shows("请等10秒再试");
    let mut window = window.keys("first-word<enter>");
    wait(&mut window, 4);
    window.shows("请等6秒再试");
    place.clock.turn(11_000);
    wait(&mut window, 11);
    window.shows("可以再试了");
    // What was typed meanwhile waits.
    let window = window.keys("<enter>");
    window.shows("今日随访");
}

#[test]
fn nothing_is_done_through_a_shut_door() {
    let (place, _) = Place::set_up();
    place.with_a_patient();
    let window = place.window().keys("first-word<enter><ctrl-]>");
    window.shows("已锁定");
    assert!(!window.seen().contains("李国强"), "{}", window.seen());
    insta::assert_snapshot!(window.seen());
    let english = place.window_in(Lang::En).keys("first-word<enter><ctrl-]>");
    insta::assert_snapshot!(english.seen());
    insta::assert_snapshot!(english.keys("<f6>").seen());
    let locked = window.seen();
    let window = window.keys("<f3><f12><ctrl-z><ctrl-y><ctrl-p><f8><f7><tab>");
    assert_eq!(window.seen(), locked);
    let window = window.keys("<f4>ch");
    assert!(!window.seen().contains("查户"), "{}", window.seen());
    // Leaving is asked about; no key but the password's opens what lies under it.
    let window = window.keys("<esc><esc>");
    window.shows("关闭这个窗口？");
    let window = window.keys("2<esc>2<f6><esc>");
    assert_eq!(window.seen(), locked);
    assert!(window.desk().is_none());
}

#[test]
fn an_idle_window_locks_and_goes_on_with_the_form_to_the_cursor() {
    let (place, _) = Place::set_up();
    place.with_a_patient();
    let mut window = place.window().keys("first-word<enter><enter>1");
    wait(&mut window, 300);
    let mut window = window.keys("1<enter>13886");
    let before = window.drawn();
    wait(&mut window, 300 + 599);
    assert_eq!(window.drawn(), before);
    wait(&mut window, 300 + 600);
    window.shows("已锁定");
    assert!(window.desk().is_none());
    // The draft is this window's still: no other takes it up.
    let other = place.desk("王建国", WORD);
    let by = StaffId(1);
    match other.answer(&Question::Drafts { by }).unwrap() {
        Reply::Drafts(drafts) => assert!(drafts.is_empty(), "{drafts:?}"),
        other => panic!("{other:?}"),
    }
    let window = window.keys("first-word<enter>");
    assert_eq!(window.drawn(), before);
    // What is typed now goes on in the same draft.
    let window = window.keys("74");
    let (_, cursor) = window.drawn();
    drop(window);
    let window = place.window().keys("first-word<enter>");
    window.shows("没填完的表");
    let window = window.keys("1");
    window.shows("[138/ 86] mmHg");
    window.shows("[ 74] 次/分");
    assert_eq!(window.drawn().1, cursor);
}

#[test]
fn another_staff_member_at_a_locked_window_begins_anew_and_the_form_waits_for_its_owner() {
    let place = Place::of_two();
    place.with_a_patient();
    let window = place.window();
    let window = window.keys("first-word<enter><enter>11<enter>138<ctrl-]>");
    let window = window.keys("<down>her-own-word<enter>");
    window.shows("李敏 公卫");
    assert!(!window.seen().contains("没填完的表"), "{}", window.seen());
    let window = window.keys("<ctrl-]><up>first-word<enter>");
    window.shows("没填完的表");
    window.shows("李国强");
}

#[test]
fn the_names_keep_their_order_and_the_one_who_was_here_last_is_chosen() {
    let place = Place::of_two();
    let window = place.window().keys("<down>her-own-word<enter>");
    window.shows("李敏 公卫");
    drop(window);
    let window = place.window();
    window.shows("▸ 李敏");
    let seen = window.seen();
    assert!(seen.find("王建国") < seen.find("李敏"), "{seen}");
    window.keys("her-own-word<enter>").shows("李敏 公卫");
}

#[test]
fn numbers_stand_at_the_door_while_a_digit_chooses() {
    let place = Place::of_two();
    fs::remove_dir_all(place.folder.path().join("log")).unwrap();
    let window = place.window();
    window.shows("1 王建国");
    let window = window.keys("2");
    window.shows("▸ 李敏");
    assert!(!window.seen().contains("1 王建国"), "{}", window.seen());
    window.keys("her-own-word<enter>").shows("李敏 公卫");
}

#[test]
fn a_disabled_account_writes_nothing_more_and_its_window_goes_back_to_the_door() {
    let place = Place::of_two();
    let mut window = place.window().keys("<down>her-own-word<enter>");
    let hers = window.desk().unwrap();
    let boss = place.desk("王建国", WORD);
    let known = overview(&window);
    let li = known.iter().find(|one| one.name == "李敏").unwrap().clone();
    let change = |role, active| Command::ChangeStaff {
        staff: li.id,
        name: li.name.clone(),
        role,
        active,
        own: None,
    };
    // Another role is in force at once, and told.
    place.ask(&boss, change(Role::Supervisor, true));
    window.take(Message::You(hers.own_standing().unwrap()));
    window.settle();
    window.shows("您的角色现在是督导");
    window.shows("李敏 督导");
    place.ask(&boss, change(Role::Supervisor, false));
    let own = Change {
        by: li.id,
        ..place.change(Command::Undo)
    };
    match hers.ask(&Request::Change(Box::new(own))) {
        Err(Stop::Refused(Refusal::Record(RecordRefusal::NoStaff { .. }))) => {}
        other => panic!("{other:?}"),
    }
    let standing = hers.own_standing().unwrap();
    drop(hers);
    window.take(Message::You(standing));
    window.settle();
    window.shows("“李敏”的账户已停用");
    assert!(window.desk().is_none());
    window.shows("▸ 王建国");
    let window = window.keys("her-own-word<enter>");
    window.shows("口令不对");
}

#[test]
fn the_recovery_code_names_somebody_and_is_another_then() {
    let (place, code) = Place::set_up();
    let typed = code.to_lowercase().replace('-', " ");
    let window = place.window().keys("<f6>7k2m<enter>");
    window.shows("恢复码有抄错");
    let bs = "<bs>".repeat(4);
    let window = window.keys(&format!("{bs}{typed}<enter>"));
    window.shows("给谁设新口令？");
    // Who is known has a name: nothing is typed where it would be read.
    assert!(!window.seen().contains("新人员姓名"), "{}", window.seen());
    let window = window.keys("1third-word<enter>third-word<enter>");
    // Until the new code stands on paper everything is as it was.
    assert!(place.reception("w2").recover(&code).is_ok());
    assert!(
        place
            .reception("w2")
            .sign_in("王建国", &Password::of(WORD))
            .is_ok()
    );
    let (window, fresh) = written_down(window);
    window.shows("今日随访");
    window.shows("王建国 医生");
    let found = place.reception("w2").recover(&code);
    assert_eq!(refused(found), AccountRefusal::WrongCode.into());
    place
        .window()
        .keys(&format!("<f6>{code}<enter>"))
        .shows("恢复码不对");
    assert!(place.reception("w2").recover(&fresh).is_ok());
    let found = place.reception("w2").sign_in("王建国", &Password::of(WORD));
    assert_eq!(refused(found), AccountRefusal::Wrong.into());
    assert!(
        place
            .reception("w2")
            .sign_in("王建国", &Password::of("third-word"))
            .is_ok()
    );
    // Somebody new becomes an administrator.
    let window = place.window().keys(&format!("<f6>{fresh}<enter>"));
    let window = window.keys("2周海燕<enter>fourth-word<enter>fourth-word<enter>");
    let (window, _) = written_down(window);
    window.shows("周海燕 管理员");
}

#[test]
fn whoever_shows_the_code_does_nothing_but_name_somebody() {
    let (place, code) = Place::set_up();
    let desk = place.reception("w2").recover(&code).unwrap();
    let name = "赵六".to_owned();
    let role = Role::Admin;
    let change = place.change(Command::AddStaff { name, role });
    match desk.change(&change) {
        Err(Stop::Refused(refusal)) => assert_eq!(refusal.code(), "E-AUTH-NONE"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_administrator_counts_only_with_a_password() {
    let (place, _) = Place::set_up();
    let window = place.window().keys("first-word<enter><f4>ryhkl<enter>");
    let window = window.keys("<ins>李敏<enter>3<enter>");
    insta::assert_snapshot!(window.seen());
    // She cannot come in yet, so the doctor still may.
    let window = window.keys("<f6>first-word<enter>her-own-word<enter>her-own-word<enter>");
    window.shows("已给李敏设了口令");
    // Now she can, and what is hers is hers.
    let window = window.keys("<up><enter>");
    window.shows("管理员");
    assert!(!window.seen().contains("改人员"), "{}", window.seen());
    let hers = place
        .window()
        .keys("<down>her-own-word<enter><f4>ryhkl<enter>");
    // The doctor takes her place, but not while she is the only one.
    let hers = hers.keys("<down><enter><enter><enter>2<f2>");
    hers.shows("李敏");
    let standing = overview(&hers).into_iter().find(|one| one.id == StaffId(2));
    let doctor_stays = overview(&hers)
        .into_iter()
        .any(|one| one.id == StaffId(1) && one.active);
    assert!(standing.unwrap().active || doctor_stays);
}

#[test]
fn another_recovery_code_counts_once_it_stands_on_paper() {
    let (place, code) = Place::set_up();
    let window = place.window().keys("first-word<enter><f4>ryhkl<enter><f9>");
    // A window left open makes no code: its user's password is asked for first.
    let window = window.keys("<enter>");
    window.shows("请填写");
    let window = window.keys("wrong-word<enter>");
    window.shows("口令不对");
    assert!(
        !window.seen().contains("请把恢复码抄在纸上"),
        "{}",
        window.seen()
    );
    let window = window.keys("first-word<enter>");
    assert!(place.reception("w2").recover(&code).is_ok());
    let (window, fresh) = written_down(window);
    window.shows("恢复码已换");
    assert!(place.reception("w2").recover(&fresh).is_ok());
    assert!(place.reception("w2").recover(&code).is_err());
}

fn change_refused(desk: &Desk, change: &Change) -> String {
    match desk.change(change) {
        Err(Stop::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

/// The codes came out of any window that was left unlocked, and so did colleagues' passwords.
#[test]
fn whatever_gives_a_way_in_wants_the_password_of_whoever_asks() {
    let place = Place::of_two();
    let desk = place.desk("王建国", WORD);
    let own = |word: Option<&str>| word.map(Password::of);
    let code = || Recovery::random().unwrap();
    for (word, refusal) in [
        (None, "E-AUTH-OWN"),
        (Some("her-own-word"), "E-AUTH-PASSWORD"),
    ] {
        let staff = StaffId(2);
        let password = Password::of("other-word");
        let ways = [
            Command::RenewRecovery {
                code: code(),
                own: own(word),
            },
            Command::GivePassword {
                staff,
                own: own(word),
                password,
            },
            Command::ChangeStaff {
                staff,
                name: "李敏".to_owned(),
                role: Role::Admin,
                active: true,
                own: own(word),
            },
        ];
        let head = desk.beat().unwrap();
        for way in ways {
            assert_eq!(change_refused(&desk, &place.change(way)), refusal);
        }
        assert_eq!(desk.beat().unwrap(), head);
    }
    let renewed = place.change(Command::RenewRecovery {
        code: code(),
        own: own(Some(WORD)),
    });
    let first = desk.change(&renewed).unwrap();
    // A repeat gets the first reply, whatever the password is by now.
    let other = Change {
        command: Command::RenewRecovery {
            code: code(),
            own: None,
        },
        ..renewed
    };
    assert_eq!(desk.change(&other).unwrap().seq, first.seq);
}

#[test]
fn making_somebody_an_administrator_asks_for_ones_own_password() {
    let place = Place::of_two();
    let window = place.window().keys("<up>first-word<enter><f4>ryhkl<enter>");
    let window = window.keys("<down><enter><enter>");
    assert!(!window.seen().contains("您自己的口令"), "{}", window.seen());
    let window = window.keys("3");
    window.shows("您自己的口令");
    let window = window.keys("<f2>");
    window.shows("请填写");
    let window = window.keys("first-word<f2>");
    window.shows("已保存 李敏");
}

#[test]
fn whom_the_code_made_comes_in_although_somebody_came_after() {
    let (place, code) = Place::set_up();
    let reception = place.reception("w2");
    let recovered = reception.recover(&code).unwrap();
    let change = Change {
        by: StaffId::PROGRAM,
        ..place.change(Command::TakeOver {
            whom: Whom::New("周海燕".to_owned()),
            password: Password::of("other-word"),
            code: Recovery::random().unwrap(),
        })
    };
    let named = reception.name(&recovered, &change).unwrap();
    assert_eq!(named.signed_in(), Some(StaffId(2)));
    let add = Change {
        by: StaffId(2),
        ..place.change(Command::AddStaff {
            name: "赵六".to_owned(),
            role: Role::Doctor,
        })
    };
    named.change(&add).unwrap();
    let again = reception.name(&recovered, &change).unwrap();
    assert_eq!(again.signed_in(), Some(StaffId(2)));
}

#[test]
fn the_door_of_a_window_that_only_reads_says_so() {
    let place = Place::of_two();
    let window = place.reading();
    window.shows("只读");
    // No way in is opened from it, and none is offered.
    let window = window.keys("<f6>");
    window.shows("--read-only");
    let window = window.keys("first-word<enter><f4>ryhkl<enter>");
    window.shows("王建国");
    let seen = window.seen();
    for offered in ["添人员", "设口令 ", "换恢复码", "Enter 改"] {
        assert!(!seen.contains(offered), "{offered}: {seen}");
    }
    for key in ["<enter>", "<ins>", "<f6>", "<f9>"] {
        let pressed = place.reading().keys("first-word<enter><f4>ryhkl<enter>");
        pressed.keys(key).shows("--read-only");
    }
}

#[test]
fn help_at_the_door_tells_the_keys_of_the_door() {
    let (place, code) = Place::set_up();
    let window = place.window().keys("<f1>");
    window.shows("登录");
    for other in ["今日随访", "随访表", "撤销"] {
        assert!(!window.seen().contains(other), "{}", window.seen());
    }
    let window = place.window().keys(&format!("<f6>{code}<enter><ctrl-o>"));
    window.shows("用恢复码打开");
    for other in ["资料卡", "标签", "无异常"] {
        assert!(!window.seen().contains(other), "{}", window.seen());
    }
}

#[test]
fn the_door_and_the_first_start_fit_into_the_smallest_window() {
    let place = Place::of_two();
    let small = |window: &mut Window| {
        window.take(Message::Resized(SMALL));
        window.settle();
    };
    for lang in [Lang::Zh, Lang::En] {
        let mut window = place.window_in(lang);
        small(&mut window);
        insta::assert_snapshot!(window.seen_at(SMALL));
        let window = window.keys("<up>first-word<enter><ctrl-]>");
        insta::assert_snapshot!(window.seen_at(SMALL));
        let empty = Place::empty();
        let mut window = empty.window_in(lang);
        small(&mut window);
        let window = window.keys("<enter><enter>");
        insta::assert_snapshot!(window.seen_at(SMALL));
        let window = window.keys("<f2>");
        insta::assert_snapshot!(window.seen_at(SMALL));
        let (place, code) = Place::set_up();
        let mut window = place.window_in(lang);
        small(&mut window);
        let window = window.keys(&format!("<f6>{code}<enter>2"));
        insta::assert_snapshot!(window.seen_at(SMALL));
    }
}

#[test]
fn what_the_door_says_is_whole_in_the_smallest_window() {
    let place = Place::of_two();
    let mut window = place.window_in(Lang::En);
    window.take(Message::Resized(SMALL));
    window.settle();
    let window = window.keys("wrong-word<enter>");
    let seen = window.seen_at(SMALL);
    let words: Vec<&str> = seen.split_whitespace().collect();
    let said = words.join(" ");
    assert!(
        said.contains("another, or use the recovery code."),
        "{seen}"
    );
}

#[test]
fn a_problem_goes_with_the_keys_that_mend_it() {
    let place = Place::empty();
    let window = place.window().keys("<f2>");
    window.shows("请填写");
    let before = window.seen().matches("请填写").count();
    let window = window.keys("石");
    assert_eq!(window.seen().matches("请填写").count(), before - 1);
}

#[test]
fn the_wrong_clock_is_asked_about_although_somebody_just_signed_in() {
    let (place, _) = Place::set_up();
    place.clock.turn(-40 * 24 * 60 * 60 * 1000);
    let desk = place.desk("王建国", WORD);
    desk.note_arrival().unwrap();
    let name = "石桥卫生室".to_owned();
    match desk.change(&place.change(Command::RenameClinic { name })) {
        Err(Stop::Refused(Refusal::Record(RecordRefusal::Clock { .. }))) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_practice_store_has_no_door_and_never_locks() {
    let place = Place::empty();
    let seat = || place.reception("w1");
    let folder = Folder::at(place.folder.path());
    let desk = Desk::create(
        &folder,
        Seat {
            clock: Arc::clone(&place.clock) as Arc<dyn Clock>,
            catalog: catalog(),
            window: "w1".to_owned(),
            today: None,
        },
    );
    let desk = Arc::new(desk.unwrap());
    place.ask(
        &desk,
        Command::SetUp(SetUp {
            clinic: "练习村卫生室".to_owned(),
            villages: vec![("练习村".to_owned(), None)],
            doctor: "王建国".to_owned(),
            practice_day: Some("2026-11-21".parse().unwrap()),
            store: [7; 16],
        }),
    );
    assert_eq!(seat().standing().unwrap(), Standing::Open);
    let mut window = Window::open(&desk, "王建国", "w1");
    wait(&mut window, 1_000_000);
    let window = window.keys("<ctrl-]>");
    window.shows("今日随访");
    assert!(!window.seen().contains("锁"), "{}", window.seen());
}
