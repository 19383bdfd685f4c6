//! The words for what is wrong with a team.

use crate::domain::{agreement::team::TeamWarning, text::Lang};

/// Says what is wrong, without a stop.
pub fn warning(found: &TeamWarning, lang: Lang) -> String {
    match (found, lang) {
        (TeamWarning::FamilyDoctors { count }, Lang::Zh) => {
            format!("家庭医生应有1位，现有{count}位")
        }
        (TeamWarning::FamilyDoctors { count }, Lang::En) => {
            format!("one family doctor is needed, there are {count}")
        }
        (TeamWarning::NoPublicHealth, Lang::Zh) => "缺公卫人员或护士".to_owned(),
        (TeamWarning::NoPublicHealth, Lang::En) => "no public health worker or nurse".to_owned(),
        (TeamWarning::NoLeader, Lang::Zh) => "没有在岗的队长".to_owned(),
        (TeamWarning::NoLeader, Lang::En) => "nobody present leads it".to_owned(),
        (TeamWarning::SameName { other }, Lang::Zh) => format!("和{other}同名或同编号"),
        (TeamWarning::SameName { other }, Lang::En) => format!("{other} has the same name or code"),
        (TeamWarning::SameArea { other, area }, Lang::Zh) => {
            format!("{}{}也归{other}，没有标共管", area.village, area.part)
        }
        (TeamWarning::SameArea { other, area }, Lang::En) => {
            let (village, part) = (&area.village, &area.part);
            format!("{village}{part} is {other}'s too and not marked as shared")
        }
    }
}
