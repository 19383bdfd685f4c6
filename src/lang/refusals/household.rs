//! The words for refusals about households.
//!
//! People and households stand in them by their ids; whoever shows a sentence knows the names.

use crate::domain::{refusal::HouseholdRefusal, text::Lang};

/// Says why the request is refused and what to do.
pub fn refusal(refusal: &HouseholdRefusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(refusal),
        Lang::En => en(refusal),
    }
}

fn zh(refusal: &HouseholdRefusal) -> String {
    use HouseholdRefusal as R;
    match refusal {
        R::SecondHead { household } => {
            format!("{household}户已有户主，一户只能有一个；要换人请用“换户主”。")
        }
        R::Headless { household } => {
            format!("{household}户的户主要离开了，请先选一位留下的成员当新户主。")
        }
        R::NotAMember { person, household } => {
            format!("{person}现在不是{household}户的成员，请核对是哪一户。")
        }
        R::Ended { household } => {
            format!("{household}户已经并走或没有人了，请选现在住着的户。")
        }
        R::Agreement {
            household,
            agreement,
        } => format!("{household}户还有履约中的协议（{agreement}），请先办理解约或改签，再合户。"),
        R::NobodyLeft { household } => {
            format!("{household}户不能一个人都不留；全家搬走请用“迁移”。")
        }
        R::SameHousehold => "是同一户，不用合并；请选另外一户。".to_owned(),
        R::NoVillage => "没有这个村，请先登记这个村，或改选已有的村。".to_owned(),
        R::Overlap {
            person,
            households: [one, other],
        } => format!("{person}在同一天既在{one}户又在{other}户，请核对迁入、迁出日期。"),
    }
}

fn en(refusal: &HouseholdRefusal) -> String {
    use HouseholdRefusal as R;
    match refusal {
        R::SecondHead { household } => format!(
            "Household {household} already has a head, and there can be only one: use the change of head."
        ),
        R::Headless { household } => format!(
            "The head of household {household} would leave: first choose a new head among those who stay."
        ),
        R::NotAMember { person, household } => format!(
            "{person} is not a present member of household {household}: check which household is meant."
        ),
        R::Ended { household } => {
            format!("Household {household} has ended: choose one that people live in.")
        }
        R::Agreement {
            household,
            agreement,
        } => format!(
            "Household {household} has a running agreement ({agreement}): end it, or sign anew, before merging."
        ),
        R::NobodyLeft { household } => format!(
            "Somebody must stay in household {household}; if all of them leave, record a move instead."
        ),
        R::SameHousehold => {
            "This is one and the same household: choose another one to merge with.".to_owned()
        }
        R::NoVillage => "There is no such village: add it first, or choose a known one.".to_owned(),
        R::Overlap {
            person,
            households: [one, other],
        } => format!(
            "{person} would live in {one} and {other} on one day: check the dates of the move."
        ),
    }
}
