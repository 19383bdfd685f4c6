//! What members of a household are to a new head, as far as it follows for sure
//! from what all of them were to the old one.
//!
//! Where it does not follow nothing is guessed: the member is 其他 until told.

use super::{
    identity::Sex,
    person::Person,
    relation::{self, Relation},
};

/// A relation to the head: code and word.
pub type Kin = (u8, String);

/// The relation of the head itself.
pub const HEAD: u8 = 0;
/// The relation of a member of whom nobody told it yet.
pub const OTHER: u8 = 8;

/// Returns the words of the head.
pub fn head() -> Kin {
    (HEAD, "户主".to_owned())
}

/// Returns the words of a member whose relation nobody told yet.
pub fn untold() -> Kin {
    (OTHER, "其他".to_owned())
}

/// Returns what `member` is to `new`; both are told by what they are to the old head.
pub fn to_new_head(new: &Person, member: &Person) -> Kin {
    if new.id == member.id {
        return head();
    }
    follows(new, member)
        .and_then(|(relation, word)| Some((relation.code().parse().ok()?, word)))
        .unwrap_or_else(untold)
}

fn follows(new: &Person, member: &Person) -> Option<(Relation, String)> {
    use Relation as R;
    let (from, to) = (told(new)?, told(member)?);
    let kept = || Some((to, member.relation_word.clone()));
    let sex = member.sex();
    match (from, to) {
        (R::Spouse, R::Head) => word(R::Spouse, sex),
        (R::Spouse, R::Son | R::Daughter | R::Grandchild) => kept(),
        (R::Son | R::Daughter, _) if is_by_marriage(new) => None,
        (_, _) if is_by_marriage(member) => None,
        (R::Son | R::Daughter, R::Head | R::Spouse) => word(R::Parent, sex),
        (R::Son | R::Daughter, R::Son | R::Daughter) => word(R::Sibling, sex),
        (R::Son | R::Daughter, R::Parent) => word(R::Grandparent, sex),
        (R::Parent | R::Sibling | R::Grandchild, _) if is_by_marriage(new) => None,
        (R::Parent, R::Head | R::Sibling) => word(child(sex)?, sex),
        (R::Parent, R::Parent) => word(R::Spouse, sex),
        (R::Parent, R::Son | R::Daughter) => word(R::Grandchild, sex),
        (R::Sibling, R::Head | R::Sibling) => word(R::Sibling, sex),
        (R::Sibling, R::Parent | R::Grandparent) => kept(),
        (R::Grandchild, R::Head | R::Spouse) => word(R::Grandparent, sex),
        (R::Grandparent, R::Head | R::Sibling) => word(R::Grandchild, sex),
        (R::Grandparent, R::Grandparent) => word(R::Spouse, sex),
        _ => None,
    }
}

fn told(person: &Person) -> Option<Relation> {
    Relation::from_code(&person.relation.to_string())
}

/// Tells whether the word speaks of kin by marriage or of a step further away: 儿媳, 女婿, 岳父, 曾孙.
fn is_by_marriage(person: &Person) -> bool {
    let usual = relation::meaning(&person.relation_word).map_or("", |meaning| meaning.usual);
    [
        '媳', '婿', '公', '婆', '岳', '嫂', '夫', '曾', '外', '继', '养',
    ]
    .iter()
    .any(|sign| usual.contains(*sign) && usual != "夫")
}

fn child(sex: Sex) -> Option<Relation> {
    match sex {
        Sex::Male => Some(Relation::Son),
        Sex::Female => Some(Relation::Daughter),
        Sex::Unknown | Sex::Unspecified => None,
    }
}

fn word(relation: Relation, sex: Sex) -> Option<(Relation, String)> {
    let (either, man, woman) = match relation {
        Relation::Spouse => ("配偶", "夫", "妻"),
        Relation::Son | Relation::Daughter => ("子女", "儿子", "女儿"),
        Relation::Grandchild => ("孙子女", "孙子", "孙女"),
        Relation::Parent => ("父母", "父亲", "母亲"),
        Relation::Grandparent => ("祖父母", "祖父", "祖母"),
        Relation::Sibling => ("兄弟姐妹", "兄弟", "姐妹"),
        Relation::Head | Relation::Other => return None,
    };
    let word = match sex {
        Sex::Male => man,
        Sex::Female => woman,
        Sex::Unknown | Sex::Unspecified => either,
    };
    Some((relation, word.to_owned()))
}
