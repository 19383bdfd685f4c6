//! How people and days are written in few cells: sex with age, and days near
//! today.
//!
//! It asks nothing; what is written beside stands in the screens.

use crate::{
    domain::{
        day::{Day, age_months, age_years},
        identity::Sex,
        task::{Status, Task},
        text::{Lang, Text},
    },
    tui::{theme::Look, words},
};

/// Returns sex and age: `女 67`, `男 8月`, `F 67`, `M 8mo`.
pub fn sex_age(look: &Look, sex: Sex, birth: Option<Day>, today: Day) -> String {
    let sex = match (sex, look.lang) {
        (Sex::Male, Lang::Zh) => "男",
        (Sex::Male, Lang::En) => "M",
        (Sex::Female, Lang::Zh) => "女",
        (Sex::Female, Lang::En) => "F",
        (Sex::Unknown | Sex::Unspecified, _) => "?",
    };
    match birth {
        Some(birth) => format!("{sex} {}", age(look, birth, today)),
        None => sex.to_owned(),
    }
}

/// Returns an age: years, below three years months, below a month days.
pub fn age(look: &Look, birth: Day, today: Day) -> String {
    let (years, months) = (age_years(birth, today), age_months(birth, today));
    let days = (today - birth).num_days().max(0);
    match (years, months, look.lang) {
        (3.., ..) => years.to_string(),
        (_, 1.., Lang::Zh) => format!("{months}月"),
        (_, 1.., Lang::En) => format!("{months}mo"),
        (_, _, Lang::Zh) => format!("{days}天"),
        (_, _, Lang::En) => format!("{days}d"),
    }
}

/// Returns a day without its year where that cannot be misread: `11-30`, else
/// `2027-02`.
pub fn near(day: Day, today: Day) -> String {
    if (day - today).num_days().abs() < 330 {
        day.format("%m-%d").to_string()
    } else {
        day.format("%Y-%m").to_string()
    }
}

/// Returns how a due day stands: `今天`, `宽限+2天`, `逾期9天`, `12-05`.
pub fn due(look: &Look, status: Status, due: Day, late: i64, today: Day) -> String {
    // Weeks and years, once the days would no longer fit or be read.
    let overdue = || match late / 365 {
        0 | 1 => (words::queue::OVERDUE_DAYS, late),
        years => (words::queue::OVERDUE_YEARS, years),
    };
    let grace = || match late {
        ..100 => (words::queue::GRACE_DAYS, late),
        100..365 => (words::queue::GRACE_WEEKS, late / 7),
        365.. => (words::queue::GRACE_YEARS, late / 365),
    };
    let counted = |(text, count): (Text, i64)| look.say(text).replace("{}", &count.to_string());
    match status {
        Status::Overdue => counted(overdue()),
        Status::Grace => counted(grace()),
        Status::DueToday => look.say(words::queue::TODAY).to_owned(),
        Status::OpenEarly | Status::NotYet => near(due, today),
    }
}

/// Returns how a task stands; yearly work is not late within its year.
pub fn task_due(look: &Look, task: &Task, today: Day) -> String {
    let status = task.status(today);
    if task.window.is_standing() && status != Status::Overdue {
        return look.say(words::queue::THIS_YEAR).to_owned();
    }
    due(look, status, task.due, task.days_late(today), today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1959-06-11", "67")]
    #[case("2023-11-22", "35月")]
    #[case("2026-11-01", "20天")]
    fn an_age_is_in_years_months_or_days(#[case] birth: &str, #[case] shown: &str) {
        let look = Look {
            lang: Lang::Zh,
            colours: crate::tui::theme::Colours::None,
            ambiguous: crate::tui::backend::Ambiguous::Narrow,
        };
        let today = "2026-11-21".parse().unwrap();
        assert_eq!(age(&look, birth.parse().unwrap(), today), shown);
    }
}
