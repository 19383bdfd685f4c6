//! What each seat is offered: a supervisor, an administrator and a window that only reads meet no
//! form they could not save, are told at once why a key is not theirs, and leave no draft.
//!
//! Every action of every screen is pressed by each of them. What they may change is the desk's
//! rule, tried in `cli`.

use std::sync::Arc;

use cunyi::{
    desk::{
        Command, Desk,
        request::Party,
        rights::{Matter, Rights},
    },
    domain::{
        agreement::unit::{Unit, UnitKind, UnitMember},
        clinic::Role,
        course::happening::{Enrolled, Happening},
        id::UnitId,
        programmes::ProgrammeKind,
        text::Lang,
    },
    store::Store,
    tui::{
        action::{Action, Context, Global, Offer, Search},
        keys::Key,
    },
};
use rstest::rstest;

use crate::support::{
    agreed::{DOCTOR, Town, WANG},
    clinic::{catalog, day, visit},
    live::Window,
    window::keymap,
};

/// Who sits there, and whether the window only reads.
#[derive(Debug, Clone, Copy)]
struct Seat {
    name: &'static str,
    role: Role,
    only_reads: bool,
}

const SEATS: &[Seat] = &[
    Seat {
        name: "赵督导",
        role: Role::Supervisor,
        only_reads: false,
    },
    Seat {
        name: "刘敏",
        role: Role::Admin,
        only_reads: false,
    },
    Seat {
        name: "孙小玲",
        role: Role::PublicHealth,
        only_reads: false,
    },
    Seat {
        name: "王建国",
        role: Role::Doctor,
        only_reads: true,
    },
];

/// Screens, and the keys that lead there from the queue.
const SCREENS: &[(Context, &str)] = &[
    (Context::Queue, ""),
    (Context::Search, "<f3>王国强"),
    (Context::Household, "<f3>王国强<enter>"),
    (Context::Household, "<f3>王国强<enter><f5>"),
    (Context::Visits, "<f3>王国强<enter><ctrl-r>"),
    (Context::Form, "<f3>王国强<enter><ctrl-r><enter>"),
    (Context::Picture, "<f3>王国强<ctrl-t>"),
    (Context::Person, "<f3>王国强<enter><f2>"),
    (Context::List, "<f3>王国强<enter><f2><f6>"),
    (Context::Proposals, "<ctrl-p>"),
    (Context::Papers, "<f4>转诊<enter>"),
    (Context::Papers, "<f4>门诊<enter>"),
    (Context::Registers, "<f4>登记表<enter>"),
    (Context::Agreements, "<ctrl-y>"),
    (Context::Agreement, "<f3>王国强<f7>"),
    (Context::Parties, "<f4>签约医生<enter>"),
    (Context::Parties, "<f4>签约医生<enter><left>"),
    (Context::Unit, "<f4>签约医生<enter><left><enter>"),
    (Context::Settings, "<f4>设置<enter>"),
    (Context::Accounts, "<f4>人员<enter>"),
];

/// Keys that would fill in and save whatever opened.
const TRY: &str = "1<enter>x<f2><f2><f9><enter>";

/// A clinic with a family that signed, a visit of theirs, and a unit.
fn town() -> Town {
    let (mut town, _) = Town::signed();
    let staff = [
        ("孙小玲", Role::PublicHealth),
        ("赵督导", Role::Supervisor),
        ("刘敏", Role::Admin),
    ];
    let unit = Unit {
        id: UnitId(0),
        name: "大坪小学".to_owned(),
        kind: UnitKind::Company,
        address: "石桥村1号".to_owned(),
        credit_code: String::new(),
        headcount: 40,
        contact: "李老师".to_owned(),
        phone: "15400000999".to_owned(),
        members: vec![UnitMember::Resident(WANG)],
    };
    town.keep(Party::Unit(None, unit));
    let mut entered = cunyi::desk::request::ContactDraft::about(WANG, day("2025-08-12"));
    entered.happening = Some(Happening::Enrolled(Enrolled::in_programme(
        ProgrammeKind::Htn,
    )));
    let record = |draft| Command::RecordContact(Box::new(draft));
    town.change(DOCTOR, record(entered)).unwrap();
    town.change(DOCTOR, record(visit(WANG, "2025-08-12", 138, 86)))
        .unwrap();
    for (name, role) in staff {
        let name = name.to_owned();
        town.change(DOCTOR, Command::AddStaff { name, role })
            .unwrap();
    }
    town.on("2025-11-25");
    town
}

fn desk(town: &Town, seat: Seat, window: &str) -> Arc<Desk> {
    if !seat.only_reads {
        return Arc::new(town.desk(window));
    }
    let store = Store::open_read_only(&town.path(), None).unwrap();
    let clock = Arc::clone(&town.clinic.clock) as Arc<dyn cunyi::domain::clock::Clock>;
    Arc::new(Desk::new(store, clock, catalog(), window, None))
}

fn sit(desk: &Arc<Desk>, seat: Seat, lang: Lang) -> Window {
    Window::open_in(desk, seat.name, "w1", lang)
}

fn rights(seat: Seat) -> Rights {
    Rights {
        role: seat.role,
        clinic: Role::Admin,
        only_reads: seat.only_reads,
    }
}

/// What is seen but the status line.
fn work(window: &Window) -> String {
    let seen = window.seen();
    let lines = seen.lines().enumerate().filter(|(at, _)| *at != 22);
    lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn status(window: &Window) -> String {
    window.seen().lines().nth(22).unwrap_or("").to_owned()
}

/// Whether pressing it would only leave or change what the window looks like.
fn is_beside_the_point(action: Action) -> bool {
    action.offer() == Offer::Move
        || matches!(
            action,
            Action::Global(
                Global::Help
                    | Global::Back
                    | Global::Redraw
                    | Global::Quit
                    | Global::Suspend
                    | Global::Lock
                    | Global::ChangeStaff
                    | Global::ChangeLanguage
            ) | Action::Search(Search::DueOnly)
        )
}

/// Presses an action: by its key, or by its name in the palette.
fn press(window: Window, context: Context, action: Action) -> Option<Window> {
    let keymap = keymap("default");
    match keymap.hint(context, action) {
        Some(key) => Some(window.keys(&format!("<{key}>"))),
        None if action.offer() == Offer::Palette => {
            Some(window.keys(&format!("<f4>{}<enter>", action.text().zh)))
        }
        None => None,
    }
}

#[rstest]
fn no_seat_is_led_into_what_it_may_not_save(#[values(0, 1, 3)] at: usize) {
    let seat = SEATS[at];
    let town = town();
    let desk = desk(&town, seat, "w1");
    let (before, mut tried) = (town.clinic.head(), 0);
    for (context, keys) in SCREENS {
        let actions = context
            .actions()
            .into_iter()
            .chain(Context::Global.actions());
        for action in actions.filter(|action| !is_beside_the_point(*action)) {
            let window = sit(&desk, seat, Lang::Zh).keys(keys);
            let (shown, was) = (work(&window), window.seen());
            let what = format!("{seat:?}\n{context:?} {keys} {action:?}");
            let Some(window) = press(window, *context, action) else {
                continue;
            };
            let needs = action.needs().filter(|needs| needs.otherwise.is_none());
            let denied = needs.is_some_and(|needs| rights(seat).may(needs.matter).is_err());
            if denied && keymap("default").hint(*context, action).is_some() {
                assert_eq!(work(&window), shown, "{what}");
                let told = status(&window);
                let says = told.contains("只能看") || told.contains("管理员");
                assert!(says, "{what}\n{was}\n{}", window.seen());
            }
            tried += usize::from(denied);
            let window = window.keys(TRY);
            for request in &window.wrote {
                assert!(is_theirs(seat, request), "{what}\n{request:?}\n{was}");
            }
        }
    }
    assert!(20 < tried, "{tried} keys were not theirs");
    if seat.only_reads {
        assert_eq!(town.clinic.head(), before);
    }
}

#[test]
fn whoever_may_is_led_into_the_form_and_keeps_a_draft() {
    let town = town();
    let seat = SEATS[2];
    let window = sit(&desk(&town, seat, "w8"), seat, Lang::Zh);
    let typed = window.keys("<f3>王国强<f2>").keys(TRY);
    assert!(!typed.wrote.is_empty(), "{}", typed.seen());
}

#[test]
fn the_hints_of_80_columns_tell_the_same_keys_in_both_languages() {
    let town = town();
    let seat = SEATS[2];
    let desk = desk(&town, seat, "w9");
    let keys_of = |lang, path| {
        let seen = sit(&desk, seat, lang).keys(path).seen();
        let hints = seen.lines().nth(23).unwrap_or("").to_owned();
        let is_key = |word: &&str| {
            word.chars().all(|c| "↑↓←→?".contains(c))
                || ["Enter", "Tab", "Esc", "Ins", "Del", "PgDn", "PgUp", "Space"].contains(word)
                || word.starts_with("Ctrl-")
                || word.starts_with("Shift-")
                || word
                    .strip_prefix('F')
                    .is_some_and(|n| n.parse::<u8>().is_ok())
        };
        let words = hints.split(['/', ' ']).filter(|word| !word.is_empty());
        let keys: Vec<String> = words.filter(is_key).map(str::to_owned).collect();
        (keys, hints)
    };
    for (context, path) in SCREENS {
        let ((zh, chinese), (en, english)) = (keys_of(Lang::Zh, path), keys_of(Lang::En, path));
        assert_eq!(zh, en, "{context:?} {path}\n{chinese}\n{english}");
        assert!(
            zh.iter().any(|key| key == "Esc") || path.is_empty(),
            "{chinese}"
        );
    }
    let (queue, _) = keys_of(Lang::En, "");
    for key in ["F3", "F4", "F6", "F7", "F12"] {
        assert!(queue.iter().any(|one| one == key), "{queue:?}");
    }
}

/// Whether this seat may write that: an administrator keeps cards and the clinic, a supervisor
/// findings and their own last entry.
fn is_theirs(seat: Seat, request: &cunyi::desk::Request) -> bool {
    use cunyi::desk::Request;
    let command = match request {
        Request::Change(change) => &change.command,
        Request::Draft(_) => {
            return rights(seat).may(Matter::Register).is_ok();
        }
        _ => return true,
    };
    match seat.role {
        _ if seat.only_reads => false,
        Role::Supervisor => match command {
            Command::Undo => true,
            Command::Agreement { action, .. } => matches!(
                **action,
                cunyi::domain::agreement::action::Action::Doubt { .. }
                    | cunyi::domain::agreement::action::Action::ClearDoubt { .. }
            ),
            _ => false,
        },
        Role::Admin => !matches!(
            command,
            Command::RecordContact(_)
                | Command::KeepForms { .. }
                | Command::CorrectContact { .. }
                | Command::WithdrawContact { .. }
                | Command::EnrolMany(_)
                | Command::DeclineProposals { .. }
                | Command::MarkRound { .. }
                | Command::Agreement { .. }
                | Command::AgreementSteps { .. }
        ),
        Role::Doctor | Role::PublicHealth => true,
    }
}

#[test]
fn the_hints_leave_out_what_a_seat_may_not_do() {
    let town = town();
    for seat in SEATS.iter().filter(|seat| seat.role != Role::PublicHealth) {
        let desk = desk(&town, *seat, "w2");
        for (context, keys) in SCREENS {
            let window = sit(&desk, *seat, Lang::Zh).keys(keys);
            let seen = window.seen();
            let hints = seen.lines().nth(23).unwrap_or("");
            for action in context.actions() {
                let Some(needs) = action.needs() else {
                    continue;
                };
                let key = keymap("default").hint(*context, action);
                let Some(key) = key.map(Key::shown) else {
                    continue;
                };
                let denied = rights(*seat).may(needs.matter).is_err();
                let stands = hints.split(' ').any(|word| word == key);
                assert!(
                    !(denied && stands && needs.otherwise.is_none()),
                    "{seat:?} {context:?} {keys}: {key}\n{hints}"
                );
            }
        }
    }
}

#[test]
fn a_supervisor_reads_a_card_and_a_recorded_form_and_types_nothing_into_them() {
    let town = town();
    let desk = desk(&town, SEATS[0], "w3");
    let card = sit(&desk, SEATS[0], Lang::Zh).keys("<f3>王国强<enter><f2>");
    card.shows("王国强");
    let before = work(&card);
    let card = card.keys("8");
    assert_eq!(work(&card), before);
    card.shows("督导只能看");
    let form = sit(&desk, SEATS[0], Lang::Zh).keys("<f3>王国强<enter><ctrl-r><enter>");
    form.shows("138");
    let before = work(&form);
    let form = form.keys("1");
    assert_eq!(work(&form), before);
    form.shows("督导只能看");
    let form = form.keys("<down><down><esc>");
    form.shows("往次记录");
    assert!(form.wrote.is_empty() && card.wrote.is_empty());
}

#[test]
fn the_menu_of_a_member_offers_what_the_seat_may_do() {
    let town = town();
    let menu = |at: usize| {
        let desk = desk(&town, SEATS[at], "w4");
        sit(&desk, SEATS[at], Lang::Zh)
            .keys("<f3>王国强<enter><f6>")
            .seen()
    };
    let (supervisor, admin, reading) = (menu(0), menu(1), menu(3));
    assert!(supervisor.contains("看完整号码") && !supervisor.contains("死亡"));
    assert!(admin.contains("看完整号码") && admin.contains("死亡"));
    assert!(!reading.contains("看完整号码") && !reading.contains("死亡"));
}

#[test]
fn drafts_are_offered_to_those_who_may_go_on_with_them() {
    let mut town = town();
    let doctor = Seat {
        name: "孙小玲",
        role: Role::PublicHealth,
        only_reads: false,
    };
    {
        let desk = desk(&town, doctor, "w5");
        let window = sit(&desk, doctor, Lang::Zh).keys("<f3>王国强<f9><enter>");
        let typed = window.keys("1<esc>");
        assert!(!typed.wrote.is_empty(), "{}", typed.seen());
    }
    sit(&desk(&town, doctor, "w6"), doctor, Lang::Zh).shows("没填完的表");
    let staff = cunyi::domain::id::StaffId(4);
    let change = Command::ChangeStaff {
        staff,
        name: "孙小玲".to_owned(),
        role: Role::Supervisor,
        active: true,
        own: None,
    };
    let admin = cunyi::domain::id::StaffId(6);
    town.change(admin, change).unwrap();
    let seen = sit(&desk(&town, doctor, "w7"), doctor, Lang::Zh).seen();
    assert!(!seen.contains("没填完的表"), "{seen}");
}
