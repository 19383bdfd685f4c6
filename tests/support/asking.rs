//! What tests often ask of agreements of the first family, and how its people stand after it.

use cunyi::{
    domain::{
        agreement::{
            action::{Action, Joining, Voiding},
            approval::{Approval, Approver},
            contract::Basic,
            signed::{Notice, NoticeReason, NoticeWay, Side, Signature, VoidFinding},
        },
        id::{PersonId, StaffId},
        programmes::{ProgrammeKind, general::Term},
        rows::{CourseRow, id_key},
        tables::Read,
    },
    store::Store,
};

use super::{
    agreed::{Town, WIFE, consent},
    clinic::day,
};

pub fn notice(on: &str) -> Action {
    Action::GiveNotice(Notice {
        on: day(on),
        by: WIFE,
        way: NoticeWay::InPerson,
        reason: NoticeReason::Moving,
        note: String::new(),
    })
}

pub fn signs(side: Side, on: &str) -> Action {
    let signature = Signature {
        name: "李秀英".to_owned(),
        staff: None,
        on: day(on),
    };
    Action::SignEnding { side, signature }
}

pub fn ends(last_day: &str) -> Action {
    Action::End {
        last_day: day(last_day),
        sheet: "JY001".to_owned(),
    }
}

pub fn joining(person: PersonId, on: &str) -> Action {
    Action::Join(Box::new(Joining {
        person,
        basic: Some(Basic::Included),
        consent: consent(person, on, "BC001"),
        incapable: String::new(),
        above_cap: None,
    }))
}

pub fn voiding(by: Approver, on: &str) -> Action {
    Action::Void(Box::new(Voiding {
        finding: VoidFinding::NotAgreed,
        reason: "回访不知道签约".to_owned(),
        approval: Some(Approval { by, on: day(on) }),
        informed: Some(day(on)),
    }))
}

/// Somebody of the staff approves.
pub fn of_staff(id: StaffId) -> Approver {
    Approver::Staff {
        id,
        name: String::new(),
    }
}

/// The term the person's yearly assessment follows.
pub fn assessed(town: &Town, person: PersonId) -> Option<Term> {
    let store = Store::open(&town.path(), None).unwrap();
    let row: Option<CourseRow> = store.snapshot().unwrap().get(&id_key(person.0)).unwrap();
    let course = row?.course;
    let open = course.programmes.get(&ProgrammeKind::General)?;
    open.is_open().then(|| open.facts.term().copied())?
}
