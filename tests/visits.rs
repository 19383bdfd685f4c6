//! The visit screen on a real small store: keys in, records out, drafts kept.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};

use crate::support::{
    live::Window,
    village::{self, Standing, day, enrol, household, record, resident, visit},
};
use cunyi::{
    catalog::Catalog,
    desk::{
        Command, Desk, Question, Reply,
        reply::WaitingDraft,
        request::{ContactDraft, QueueAsk, SetUp},
    },
    domain::{
        clinic::Role,
        contact::Contact,
        form::Mark,
        id::{PersonId, StaffId},
        programmes::ProgrammeKind,
        value::{Answers, Decimal, Value},
    },
    store::Store,
    tui::message::Message,
};

/// One man whose pressure is well controlled, due today.
struct Clinic {
    desk: Arc<Desk>,
    clock: Arc<Standing>,
    person: PersonId,
    folder: tempfile::TempDir,
}

fn open(folder: &Path, window: &str) -> (Arc<Desk>, Arc<Standing>) {
    let store = Store::open(&folder.join("clinic.redb"), None).unwrap();
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
    let clock = Arc::new(Standing(AtomicI64::new(village::MORNING)));
    let desk = Arc::new(Desk::new(store, clock.clone(), catalog, window, None));
    (desk, clock)
}

impl Clinic {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (desk, clock) = open(folder.path(), "w1");
        let asked = SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
            doctor: "王建国".to_owned(),
            practice_day: None,
            store: [7; 16],
        };
        village::change(&desk, Command::SetUp(asked)).unwrap();
        let staff = Command::AddStaff {
            name: "李小燕".to_owned(),
            role: Role::PublicHealth,
        };
        village::change(&desk, staff).unwrap();
        let (_, people) = household(&desk, "3", vec![resident("李国强", "男", "1968-02-01")]);
        let person = people[0];
        enrol(&desk, person, ProgrammeKind::Htn, "2025-11-20");
        for (on, sbp, dbp) in [("2026-05-20", 134, 82), ("2026-08-20", 136, 84)] {
            let mut draft = visit(person, on, sbp, dbp);
            let medicine = Answers::from([
                ("name".to_owned(), Value::Text("氨氯地平".to_owned())),
                ("times".to_owned(), Value::Int(1)),
                ("amount".to_owned(), Value::Dec(Decimal::from_int(5))),
                ("unit".to_owned(), Value::Code("1".to_owned())),
            ]);
            let rows = Value::Rows(vec![medicine]);
            draft.forms[0].answers.insert("drugs".to_owned(), rows);
            record(&desk, draft);
        }
        Self {
            desk,
            clock,
            person,
            folder,
        }
    }

    fn window(&self) -> Window {
        static OPENED: AtomicU32 = AtomicU32::new(0);
        let opened = OPENED.fetch_add(1, Ordering::Relaxed);
        Window::open(&self.desk, "王建国", &format!("w{opened}"))
    }

    /// A window that opens after the others were killed.
    fn reopened(self) -> Self {
        drop(self.desk);
        let (desk, clock) = open(self.folder.path(), "w2");
        Self {
            desk,
            clock,
            ..self
        }
    }

    /// The person's contacts, newest first.
    fn contacts(&self) -> Vec<Contact> {
        match self.desk.answer(&Question::Person(self.person)).unwrap() {
            Reply::Person(view) => {
                let mut contacts = view.contacts;
                contacts.sort_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
                contacts
            }
            other => panic!("{other:?}"),
        }
    }

    fn drafts(&self, by: u64) -> Vec<WaitingDraft> {
        let by = StaffId(by);
        match self.desk.answer(&Question::Drafts { by }).unwrap() {
            Reply::Drafts(drafts) => drafts,
            other => panic!("{other:?}"),
        }
    }

    fn due(&self) -> usize {
        let question = Question::Queue(QueueAsk::default());
        match self.desk.answer(&question).unwrap() {
            Reply::Queue(queue) => queue.due.len(),
            other => panic!("{other:?}"),
        }
    }

    fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

const SAVED: &str = "已保存 李国强 控制满意 · 下次 2027-02-21 · F12 撤销";

#[test]
fn a_stable_visit_takes_few_keys_from_queue_to_saved() {
    let clinic = Clinic::new();
    // A first visit teaches the window how the round goes; undone, it is due again.
    let round = clinic.window().keys("<enter>2<f5>138867466.5<f2><f2>");
    round.shows(SAVED);
    let mut window = round.keys("<f12>");
    assert_eq!(clinic.due(), 1);

    window.pressed = 0;
    let window = window.keys("<enter>1138867466.511111<f2><f2>");
    window.shows(SAVED);
    println!("{} keys singly", window.pressed);
    assert!(window.pressed <= 20, "{}", window.pressed);
    let form = &clinic.contacts()[0].forms[0];
    assert_eq!(form.answers["sbp"], Value::Int(138));
    assert_eq!(form.answers["weight"], Value::Dec("66.5".parse().unwrap()));
    assert_eq!(form.answers["mode"], Value::Code("2".into()));
    assert_eq!(form.marks["psych"], Mark::Typed);
    assert_eq!(form.marks["drugs"], Mark::Carried);
    assert_eq!(clinic.due(), 0);
    clinic.is_clean();

    let mut window = window.keys("<f12>");
    window.pressed = 0;
    let window = window.keys("<enter><f5>138867466.5<f2><f2>");
    window.shows(SAVED);
    println!("{} keys with all normal", window.pressed);
    assert!(window.pressed <= 15, "{}", window.pressed);
    let form = &clinic.contacts()[0].forms[0];
    assert_eq!(form.marks["psych"], Mark::Stated);
    clinic.is_clean();
}

#[test]
fn an_emergency_is_told_first_also_once_it_is_saved() {
    let window = Clinic::new()
        .window()
        .keys("<enter>2<f5>1921127466.5<f2><f2>");
    window.shows("已保存 危急,处理后紧急转诊 李国强");
}

#[test]
fn a_burst_ends_as_keys_one_by_one() {
    let clinic = Clinic::new();
    let keys = "<enter>2<f5>138867466.5<f2><enter><f2><enter>";
    clinic.window().burst(keys).shows(SAVED);
    clinic.is_clean();
}

#[test]
fn the_outcome_stands_below_the_form_as_one_types() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter>2<f5>15294");
    window.shows("控制不满意 (H5 首次未达标) → 2周内随访 12-05");
    let urgent = clinic.window().keys("<enter>2<f5>182112");
    insta::assert_snapshot!(urgent.seen());
}

#[test]
fn a_killed_window_leaves_its_draft_for_the_next() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter>2113886");
    let before = window.seen();
    drop(window);
    let clinic = clinic.reopened();
    let waiting = clinic.drafts(1);
    assert_eq!((waiting.len(), waiting[0].is_own), (1, true));
    assert!(!clinic.drafts(2)[0].is_own);
    let other = Window::open(&clinic.desk, "李小燕", "x3").keys("<enter>");
    other.shows("王建国 有一份这个人没填完的草稿");
    drop(other.keys("<esc>"));
    let window = Window::open(&clinic.desk, "王建国", "x4");
    window.shows("上次留下的草稿，接着填？");
    let window = window.keys("<enter>");
    window.shows("接着上次没填完的草稿");
    assert!(clinic.drafts(1).is_empty(), "two windows hold one draft");
    let window = window.keys("<left><right>");
    assert_eq!(window.seen(), before);
    window.keys("7466.511111<f2><f2>").shows(SAVED);
    assert!(clinic.drafts(1).is_empty());
    clinic.is_clean();
}

#[test]
fn after_a_draft_taken_up_at_the_start_the_cursor_is_where_its_row_leads() {
    let clinic = Clinic::new();
    for (place, name) in [("1", "王桂兰"), ("2", "赵玉珍"), ("4", "陈玉珍")] {
        let (_, people) = household(
            &clinic.desk,
            place,
            vec![resident(name, "女", "1955-02-01")],
        );
        enrol(&clinic.desk, people[0], ProgrammeKind::Htn, "2025-11-20");
        for on in ["2026-05-20", "2026-08-20"] {
            record(&clinic.desk, visit(people[0], on, 134, 82));
        }
    }
    let here = |window: &Window| {
        let seen = window.seen();
        let row = seen.lines().find(|line| line.starts_with('▸'));
        row.unwrap_or("nowhere").to_owned()
    };
    let window = clinic.window().keys("<down><down>");
    assert!(here(&window).contains("李国强"), "{}", window.seen());
    drop(window.keys("<enter>2113886"));
    let clinic = clinic.reopened();
    let window = clinic.window().keys("<enter><esc>");
    assert!(here(&window).contains("李国强"), "{}", window.seen());
    drop(window);
    let window = clinic.window().keys("<enter>7466.511111<f2><f2>");
    window.shows(SAVED);
    assert!(here(&window).contains("陈玉珍"), "{}", window.seen());
}

/// What the queue shows once a form was put down and the selection rests.
pub fn with_a_draft() -> String {
    let clinic = Clinic::new();
    let mut window = clinic.window().keys("<enter>211388<esc>");
    window.take(Message::Now(Duration::from_secs(5)));
    window.settle();
    window.seen()
}

#[test]
fn a_dose_put_down_halfway_is_gone_on_with_and_no_other_takes_its_place() {
    let clinic = Clinic::new();
    let child = vec![resident("李小宝", "男", "2026-01-10")];
    let (_, people) = household(&clinic.desk, "4", child);
    enrol(&clinic.desk, people[0], ProgrammeKind::Vax, "2026-01-13");
    let due = clinic.window().keys("<f3>李小宝<f2>");
    due.shows("照证逐剂补记");
    drop(due);
    let window = clinic.window().keys("<f3>李小宝<ctrl-t><shift-tab><enter>");
    window.shows("1乙肝疫苗第1剂");
    let window = window.keys("20260111<esc>");
    window.shows("草稿已留");
    let window = window.keys("<enter>");
    window.shows("接着上次没填完的草稿");
    window.shows("2026-01-11");
    let window = window.keys("<esc><down><enter>");
    window.shows("卡介苗第1剂");
    assert!(!window.seen().contains("2026-01-11"));
}

#[test]
fn esc_keeps_the_draft_and_says_so() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter>211388<esc>");
    window.shows("草稿已留");
    assert_eq!(clinic.drafts(1).len(), 1);
    let window = window.keys("<f9>");
    window.shows("记录什么？");
    window.shows("1 接着填草稿 F01 2026-11-21");
    let window = window.keys("<esc>");
    let window = window.keys("<enter>");
    window.shows("[138/  8]");
}

#[test]
fn an_unfinished_correction_is_offered_where_the_person_is_opened() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter><ctrl-r><enter>");
    window.shows("更正 F01 高血压");
    let window = window.keys("<f4><ctrl-u>152/94<enter><esc>");
    window.shows("草稿已留");
    let window = window.keys("<ins>");
    window.shows("1 接着填草稿 F01 2026-11-21");
    let window = window.keys("1");
    window.shows("更正 F01 高血压");
    window.shows("[152/ 94]");
}

#[test]
fn one_line_fills_the_form_for_review() {
    let clinic = Clinic::new();
    let line = "方式=2 138/86 p74 w66.5 无异常";
    let window = clinic
        .window()
        .keys(&format!("<enter><f4><ctrl-u>{line}<enter>"));
    window.shows("控制满意 (H6)");
    window.keys("<f2><f2>").shows(SAVED);
}

#[test]
fn a_late_visit_says_what_it_changes_before_it_is_saved() {
    let clinic = Clinic::new();
    record(&clinic.desk, visit(clinic.person, "2026-11-05", 152, 94));
    let window = clinic.window().keys("<enter>");
    // Dated before the last's visit, by the line.
    let line = "方式=2 150/92 p74 w66.5 无异常 日期=2026-11-01";
    let window = window.keys(&format!("<f4><ctrl-u>{line}<enter>"));
    window.shows("会改动 2026-11-05");
    let window = window.keys("<f2>");
    window.shows("会改变后面的记录");
    window.keys("<f2>").shows("已保存 李国强 控制不满意");
    let contacts = clinic.contacts();
    assert_eq!(contacts[1].day, day("2026-11-01"));
    assert_eq!(contacts[0].decision.rules[0].id(), "H4");
    clinic.is_clean();
}

#[test]
fn a_recorded_visit_is_corrected_and_withdrawn_with_a_reason() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter><ctrl-r>");
    insta::assert_snapshot!(window.seen());
    let window = window.keys("<enter>");
    window.shows("更正 F01 高血压");
    window.shows("[136/ 84]");
    let window = window.keys("<f4><ctrl-u>152/94<enter><f2><f2>");
    window.shows("更正理由");
    let window = window.keys("看错血压计<enter>");
    window.shows("已保存 李国强 控制不满意");
    let corrected = clinic.contacts().remove(0);
    assert_eq!(corrected.corrections[0].reason, "看错血压计");
    assert_eq!(corrected.forms[0].answers["sbp"], Value::Int(152));
    clinic.is_clean();

    let window = window.keys("<del>录错人<enter>");
    window.shows("已撤回");
    let withdrawn = clinic.contacts().remove(0);
    assert_eq!(withdrawn.withdrawn.as_deref(), Some("录错人"));
    clinic.is_clean();
}

#[test]
fn programmes_are_entered_and_targets_set_beside_a_visit() {
    let clinic = Clinic::new();
    let window = clinic.window().keys("<enter><ctrl-r><ins>");
    window.shows("记录什么");
    window.shows("填 健康体检表");
    // Whom a programme is not for, it is not offered to.
    assert!(!window.seen().contains("纳入 孕妇"));
    assert!(!window.seen().contains("纳入 儿童"));
    let offered = window.offered("纳入 糖尿病");
    let window = window.keys(&offered);
    window.shows("已保存 李国强");
    // What needs facts is entered on its form.
    let window = window.keys("<enter><ctrl-r><ins>");
    let offered = window.offered("纳入 肺结核");
    let window = window.keys(&offered);
    window.shows("通知单");
    window.keys("<f2>").shows("已保存 李国强");
    let Reply::Person(view) = clinic
        .desk
        .answer(&Question::Person(clinic.person))
        .unwrap()
    else {
        panic!("no person");
    };
    assert!(view.member.course.programmes[&ProgrammeKind::Dm].is_open());
    clinic.is_clean();
}

#[test]
fn an_open_referral_is_asked_after_first() {
    let clinic = Clinic::new();
    record(&clinic.desk, visit(clinic.person, "2026-11-10", 186, 112));
    let window = clinic.window().keys("<enter>");
    window.shows("转诊核实");
    let seen = window.keys("2");
    seen.shows("已保存 李国强");
    assert_eq!(clinic.contacts()[0].day, day("2026-11-21"));
    clinic.is_clean();
    let clinic = Clinic::new();
    record(&clinic.desk, visit(clinic.person, "2026-11-10", 186, 112));
    let window = clinic.window().keys("<enter>12<f5>138867466.5<f2><f2>");
    window.shows("已保存 李国强 控制满意");
    clinic.is_clean();
}

#[test]
fn a_plan_only_told_of_closes_the_referral_and_brings_a_visit_within_two_weeks() {
    let clinic = Clinic::new();
    record(&clinic.desk, visit(clinic.person, "2026-11-10", 186, 112));
    let window = clinic.window().keys("<enter>");
    window.shows("▸ 1 已就诊取得方案，现在随访");
    window.shows("↑↓ 选择 Enter 确定");
    let window = window.keys("5");
    window.shows("已保存 李国强 转诊核实 已就诊取得方案 · 下次 2026-12-05");
    assert_eq!(clinic.contacts()[0].decision.rules[0].id(), "R2");
    clinic.is_clean();
}

impl Clinic {
    /// The same man, diabetic besides: both visits are due together.
    fn with_diabetes() -> Self {
        let clinic = Self::new();
        enrol(&clinic.desk, clinic.person, ProgrammeKind::Dm, "2026-10-21");
        clinic
    }
}

#[test]
fn two_programmes_are_one_visit_and_what_they_share_is_asked_once() {
    let clinic = Clinic::with_diabetes();
    let queue = clinic.window();
    queue.shows("糖尿病 高血压");
    let window = queue.keys("<enter>2<f5>138867466.5");
    // The second form opens by itself, with what the first asked already.
    window.shows("随访 F02 糖尿病  李国强");
    window.shows("血压         [138/ 86] mmHg");
    let unfinished = window.keys("<f2>");
    unfinished.shows("! 症状: 还没填。");
    unfinished.shows("! 主食: 还没填。");
    assert_eq!(clinic.contacts().len(), 4, "nothing is half saved");
    // The save key stops at the one question left, and takes what is typed there.
    let window = unfinished.keys("<f5>1300<f2>6.1");
    window.shows("高血压 控制满意 (H6)");
    window.shows("糖尿病 控制满意 (D7)");
    let saved = window.keys("<f2><f2>");
    saved.shows("已保存 李国强 高血压 控制满意 糖尿病 控制满意");
    let contact = clinic.contacts().remove(0);
    let [htn, dm] = contact.forms.as_slice() else {
        panic!("{:?}", contact.forms);
    };
    assert_eq!((htn.form.as_str(), dm.form.as_str()), ("F01", "F02"));
    for form in [htn, dm] {
        assert_eq!(form.answers["sbp"], Value::Int(138), "{}", form.form);
        assert_eq!(form.answers["mode"], Value::Code("2".into()));
    }
    assert_eq!(dm.marks["sbp"], Mark::Shared);
    assert_eq!(dm.answers["staple"], Value::Int(300));
    assert_eq!(dm.answers["fbg"], Value::Dec("6.1".parse().unwrap()));
    assert_eq!(clinic.due(), 0);
    clinic.is_clean();

    let window = saved.keys("<right><right><enter><enter><pgdn>");
    window.shows("更正 F02 糖尿病");
    let window = window.keys("<f4><ctrl-u>空腹血糖=7.8<enter><f2><f2>");
    window.shows("更正理由");
    let window = window.keys("看错血糖仪<enter>");
    window.shows("已保存 李国强");
    let corrected = clinic.contacts().remove(0);
    let sugar = &corrected.forms[1].answers["fbg"];
    assert_eq!(*sugar, Value::Dec("7.8".parse().unwrap()));
    assert_eq!(corrected.forms[0].answers["sbp"], Value::Int(138));
    assert_eq!(corrected.corrections.len(), 1);
    clinic.is_clean();
}

#[test]
fn a_changed_date_brings_what_was_known_on_that_day() {
    let clinic = Clinic::new();
    let mut heavier = visit(clinic.person, "2026-11-05", 152, 94);
    heavier.forms[0]
        .answers
        .insert("smoke".to_owned(), Value::Int(20));
    record(&clinic.desk, heavier);
    let window = clinic.window().keys("<enter>");
    window.shows("上次 11-05 152/94");
    window.shows("[ 20] 支  上次");
    let earlier = window.keys("<f4><ctrl-u>日期=2026-11-01<enter>");
    earlier.shows("上次 08-20 136/84 控制满意");
    earlier.shows("[  0] 支  上次");
    earlier.shows("上次 136/84");
    let back = earlier.keys("<f4><ctrl-u>日期=2026-11-21<enter>");
    back.shows("上次 11-05 152/94");
    back.shows("[ 20] 支  上次");
    // What was typed is nobody's to change.
    let typed = back.keys("<f4><ctrl-u>日吸烟量=7 日期=2026-11-01<enter>");
    typed.shows("[  7] 支");
    let esc = typed.keys("<esc>");
    esc.shows("草稿已留");
    let again = esc.keys("<enter>");
    again.shows("上次 08-20 136/84 控制满意");
    again.shows("[  7] 支");
}

#[test]
fn a_correction_to_another_day_looks_back_from_there_and_keeps_what_was_recorded() {
    let clinic = Clinic::new();
    let mut heavier = visit(clinic.person, "2026-11-05", 152, 94);
    let smoked = ("smoke".to_owned(), Value::Int(20));
    heavier.forms[0].answers.extend([smoked]);
    heavier.forms[0]
        .marks
        .insert("smoke".to_owned(), Mark::Carried);
    record(&clinic.desk, heavier);
    let window = clinic.window().keys("<enter><ctrl-r><enter>");
    window.shows("更正 F01 高血压");
    window.shows("上次 08-20 136/84");
    let window = window.keys("<f4><ctrl-u>日期=2026-06-01<enter>");
    window.shows("上次 05-20 134/82");
    window.shows("[ 20] 支");
    window.shows("会改动 2026-08-20");
}

#[test]
fn an_open_form_keeps_its_day_over_midnight() {
    let clinic = Clinic::new();
    let mut window = clinic.window().keys("<enter>2<f5>13886");
    clinic.clock.0.fetch_add(86_400_000, Ordering::Relaxed);
    window.take(Message::NewDay(day("2026-11-22")));
    window.settle();
    window.shows("11-21 补录");
    window.shows("已过零点，这次随访仍记在 2026-11-21");
    window.shows("[138/ 86]");
    let window = window.keys("7466.5<f2><f2>");
    window.shows(SAVED);
    assert_eq!(clinic.contacts()[0].day, day("2026-11-21"));
    clinic.is_clean();
}

/// Two windows on one store; what the other staff member records is not seen here yet.
fn conflicting(clinic: &Clinic, mine: &str, theirs: ContactDraft) -> Window {
    let window = clinic.window().keys(mine);
    let command = Command::RecordContact(Box::new(theirs));
    village::change_by(&clinic.desk, 2, command).unwrap();
    let window = window.keys("<f2><f2>");
    window.shows("别人刚改过");
    window
}

const MINE: &str = "<enter>2<f5>138867466.5";

#[test]
fn a_conflict_tells_who_recorded_what_and_theirs_may_stand() {
    let clinic = Clinic::new();
    let theirs = visit(clinic.person, "2026-11-21", 152, 94);
    let window = conflicting(&clinic, MINE, theirs);
    window.shows("李小燕 在 2026-11-21 10:00 记了：2026-11-21 随访 高血压 152/94");
    let window = window.keys("1");
    window.shows("今日随访");
    let contacts = clinic.contacts();
    assert_eq!(contacts[0].by, StaffId(2));
    assert_eq!(contacts.len(), 4);
    assert!(clinic.drafts(1).is_empty(), "given up, not put down");
    clinic.is_clean();
}

#[test]
fn mine_is_recorded_beside_theirs_where_both_are_true() {
    let clinic = Clinic::new();
    let theirs = visit(clinic.person, "2026-11-20", 152, 94);
    let window = conflicting(&clinic, MINE, theirs).keys("2");
    window.shows("已保存 李国强 控制满意");
    let contacts = clinic.contacts();
    assert_eq!((contacts[0].by, contacts[1].by), (StaffId(1), StaffId(2)));
    assert_eq!(contacts[0].day, day("2026-11-21"));
    clinic.is_clean();
}

#[test]
fn mine_of_the_same_day_is_refused_and_stays_in_the_form() {
    let clinic = Clinic::new();
    let theirs = visit(clinic.person, "2026-11-21", 152, 94);
    let window = conflicting(&clinic, MINE, theirs).keys("2");
    window.shows("[138/ 86]");
    window.shows("当天已有一份F01记录");
    assert_eq!(clinic.contacts()[0].by, StaffId(2));
    clinic.is_clean();
}

#[test]
fn going_through_both_shows_theirs_as_the_last_and_keeps_what_i_typed() {
    let clinic = Clinic::new();
    let theirs = visit(clinic.person, "2026-11-20", 152, 94);
    let window = conflicting(&clinic, MINE, theirs).keys("3");
    window.shows("上次 11-20 152/94");
    window.shows("[138/ 86]");
    let window = window.keys("<f2><f2>");
    window.shows("已保存 李国强 控制满意");
    assert_eq!(clinic.contacts()[0].by, StaffId(1));
    clinic.is_clean();
}
