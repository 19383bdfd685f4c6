//! Who lives in a house: families of a Chinese village in the 2020s, old and with gaps where the
//! grown children moved away.
//!
//! Only kinship, sex, birth and marriage; names, cards and illness come after.

use chrono::Datelike;

use super::chance::Chance;
use crate::domain::{
    day::{Day, age_years, plus_days},
    identity::Sex,
};

/// A member before having a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// 与户主关系 as the clinic writes it.
    pub word: &'static str,
    pub sex: Sex,
    pub birth: Day,
    pub marriage: Marriage,
    /// Whether the person carries the house's surname.
    pub carries_surname: bool,
    /// Place of the mother among the members, when she lives here.
    pub mother: Option<usize>,
}

/// 婚姻状况, with the codes of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marriage {
    Single,
    Married,
    Widowed,
    Divorced,
}

impl Marriage {
    /// Returns the official code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "1",
            Self::Married => "2",
            Self::Widowed => "3",
            Self::Divorced => "4",
        }
    }
}

/// Draws a family; the head stands first and is an adult.
pub fn draw(chance: &mut Chance, today: Day) -> Vec<Kin> {
    let mut house = House {
        chance,
        today,
        members: Vec::with_capacity(6),
    };
    match house.chance.between(1, 1000) {
        ..=305 => house.old_people(),
        306..=600 => house.couple_with_children(),
        601..=880 => house.three_generations(),
        _ => house.young_with_parents(),
    }
    house.members
}

/// Ages below which, and above which, women of the village bear children.
const MOTHERHOOD: (i32, i32) = (20, 38);

const NEXT_SON: [&str; 4] = ["长子", "次子", "三子", "四子"];
const NEXT_DAUGHTER: [&str; 4] = ["长女", "次女", "三女", "四女"];

struct House<'a> {
    chance: &'a mut Chance,
    today: Day,
    members: Vec<Kin>,
}

impl House<'_> {
    /// Parents whose children have left: a couple, a widow, a lone man.
    fn old_people(&mut self) {
        let age = self.chance.weighted(&[
            (57, 10),
            (62, 18),
            (67, 26),
            (72, 24),
            (77, 16),
            (82, 10),
            (86, 4),
            (91, 1),
        ]) + self.chance.between(0, 4);
        match self.chance.between(1, 1000) {
            ..=640 => {
                self.add("户主", Sex::Male, age, Marriage::Married);
                self.add_wife(age);
            }
            641..=870 => {
                self.add("户主", Sex::Female, age, Marriage::Widowed);
                self.last_from_elsewhere();
            }
            871..=955 => self.add("户主", Sex::Male, age, Marriage::Widowed),
            _ => self.add("户主", Sex::Male, age, Marriage::Single),
        }
    }

    /// Husband and wife in their working years and the children still counted here.
    fn couple_with_children(&mut self) {
        let age = self.chance.between(36, 62);
        let mother = self.head_and_wife(age, 60, 45);
        let wanted = self.chance.weighted(&[(0, 8), (1, 38), (2, 44), (3, 10)]);
        self.add_children(mother, wanted, 31);
        if age < 58 && self.chance.holds(90) {
            self.add_parent_of_head(age);
        }
    }

    /// Grandparents, a son who stayed (or a daughter whose husband came), their children.
    fn three_generations(&mut self) {
        let age = self.chance.between(53, 76);
        let mother = self.head_and_wife(age, 110, 10);
        let mother_age = mother.map_or(age, |at| self.age_of(at));
        let child_age = (mother_age - self.chance.between(20, 27)).max(22);
        if self.chance.holds(50) {
            self.add("长女", Sex::Female, child_age, Marriage::Married);
            let daughter = self.last_as_child(mother);
            let husband_age = child_age + self.chance.between(-1, 5);
            self.add("女婿", Sex::Male, husband_age, Marriage::Married);
            self.last_from_elsewhere();
            self.add_grandchildren(daughter, child_age);
        } else {
            self.add("长子", Sex::Male, child_age, Marriage::Married);
            self.last_as_child(mother);
            let wife_age = (child_age - self.chance.between(-2, 4)).max(20);
            self.add("儿媳", Sex::Female, wife_age, Marriage::Married);
            self.last_from_elsewhere();
            let wife = Some(self.members.len() - 1);
            self.add_grandchildren(wife, wife_age);
        }
        if age < 70 && self.chance.holds(200) {
            self.add_parent_of_head(age);
        }
    }

    /// A young head with wife, children, and the parents he cares for.
    fn young_with_parents(&mut self) {
        let age = self.chance.between(27, 46);
        let mother = self.head_and_wife(age, 10, 60);
        let wanted = self.chance.weighted(&[(0, 10), (1, 40), (2, 40), (3, 10)]);
        self.add_children(mother, wanted, 18);
        if self.chance.holds(620) {
            let father_age = age + self.chance.between(21, 29);
            let has_mother = self.chance.holds(800);
            if self.chance.holds(720) {
                let marriage = if has_mother {
                    Marriage::Married
                } else {
                    Marriage::Widowed
                };
                self.add("父亲", Sex::Male, father_age, marriage);
                if has_mother {
                    let mother_age = (father_age - self.chance.between(-1, 4)).max(age + 18);
                    self.add("母亲", Sex::Female, mother_age, Marriage::Married);
                    self.last_from_elsewhere();
                }
            } else {
                self.add("母亲", Sex::Female, father_age, Marriage::Widowed);
                self.last_from_elsewhere();
            }
        }
        if age < 36 && self.chance.holds(70) {
            let brother = age - self.chance.between(2, 8);
            self.add("弟弟", Sex::Male, brother, Marriage::Single);
        }
        if age < 42 && self.chance.holds(80) {
            let grandmother = age + self.chance.between(44, 53);
            self.add("祖母", Sex::Female, grandmother.min(97), Marriage::Widowed);
            self.last_from_elsewhere();
        }
    }

    /// Adds the head and, mostly, the wife; returns the mother of the house's children.
    /// `widowed` and `divorced` are per thousand.
    fn head_and_wife(&mut self, age: i32, widowed: u32, divorced: u32) -> Option<usize> {
        if self.chance.holds(widowed) {
            self.add("户主", Sex::Female, age, Marriage::Widowed);
            self.last_from_elsewhere();
            return Some(0);
        }
        if self.chance.holds(divorced) {
            self.add("户主", Sex::Male, age, Marriage::Divorced);
            return None;
        }
        self.add("户主", Sex::Male, age, Marriage::Married);
        self.add_wife(age);
        Some(1)
    }

    fn add_wife(&mut self, husband: i32) {
        let word = self
            .chance
            .weighted(&[("配偶", 82), ("妻", 12), ("妻子", 6)]);
        let age = (husband
            - self.chance.weighted(&[
                (-2, 6),
                (-1, 10),
                (0, 18),
                (1, 20),
                (2, 18),
                (3, 13),
                (4, 9),
                (6, 6),
            ]))
        .max(21);
        self.add(word, Sex::Female, age, Marriage::Married);
        self.last_from_elsewhere();
    }

    /// Adds unmarried children of the head up to `oldest` years.
    fn add_children(&mut self, mother: Option<usize>, wanted: usize, oldest: i32) {
        let mother_age = mother.map_or_else(|| self.age_of(0) - 2, |at| self.age_of(at));
        let mut bearing = self.chance.between(MOTHERHOOD.0 + 1, 29);
        let (mut sons, mut daughters) = (0, 0);
        for _ in 0..wanted {
            let age = mother_age - bearing;
            bearing += self.chance.between(2, 7);
            if age < 0 || oldest < age || MOTHERHOOD.1 < mother_age - age {
                continue;
            }
            let word = if self.chance.holds(520) {
                sons += 1;
                NEXT_SON.get(sons - 1)
            } else {
                daughters += 1;
                NEXT_DAUGHTER.get(daughters - 1)
            };
            let sex = if word.is_some_and(|word| word.ends_with('子')) {
                Sex::Male
            } else {
                Sex::Female
            };
            let marriage = Marriage::Single;
            self.add(word.copied().unwrap_or("女儿"), sex, age, marriage);
            self.last_as_child(mother);
        }
    }

    fn add_grandchildren(&mut self, mother: Option<usize>, mother_age: i32) {
        let wanted = self.chance.weighted(&[(0, 8), (1, 38), (2, 42), (3, 12)]);
        let mut bearing = self.chance.between(MOTHERHOOD.0, 30);
        for _ in 0..wanted {
            let age = mother_age - bearing;
            bearing += self.chance.between(2, 6);
            if !(0..=24).contains(&age) || MOTHERHOOD.1 < mother_age - age {
                continue;
            }
            if self.chance.holds(525) {
                self.add("孙子", Sex::Male, age, Marriage::Single);
            } else {
                self.add("孙女", Sex::Female, age, Marriage::Single);
            }
            self.last_as_child(mother);
        }
    }

    fn add_parent_of_head(&mut self, head: i32) {
        let age = (head + self.chance.between(20, 29)).min(98);
        if age < head + 16 {
            return;
        }
        if self.chance.holds(700) {
            self.add("母亲", Sex::Female, age, Marriage::Widowed);
            self.last_from_elsewhere();
        } else {
            self.add("父亲", Sex::Male, age, Marriage::Widowed);
        }
    }

    fn add(&mut self, word: &'static str, sex: Sex, age: i32, marriage: Marriage) {
        let birthday = this_day(self.today, age.max(0));
        let birth = plus_days(birthday, -i64::from(self.chance.between(0, 363)));
        self.members.push(Kin {
            word,
            sex,
            birth,
            marriage,
            carries_surname: true,
            mother: None,
        });
    }

    /// Marks the member just added as married in from elsewhere.
    fn last_from_elsewhere(&mut self) {
        if let Some(kin) = self.members.last_mut() {
            kin.carries_surname = false;
        }
    }

    /// Marks the member just added as this mother's child and returns the child's place.
    fn last_as_child(&mut self, mother: Option<usize>) -> Option<usize> {
        let kin = self.members.last_mut()?;
        kin.mother = mother;
        Some(self.members.len() - 1)
    }

    fn age_of(&self, at: usize) -> i32 {
        let years = self
            .members
            .get(at)
            .map_or(0, |kin| age_years(kin.birth, self.today));
        i32::try_from(years).unwrap_or_default()
    }
}

/// Returns this day of the year so many years ago; 28 February for the leap day.
pub fn this_day(today: Day, years_ago: i32) -> Day {
    let day = if (today.month(), today.day()) == (2, 29) {
        28
    } else {
        today.day()
    };
    Day::from_ymd_opt(today.year() - years_ago, today.month(), day).unwrap_or(today)
}
