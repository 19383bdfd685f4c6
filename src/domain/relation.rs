//! 与户主关系: the words clinics write for a member's relation to the head, and the codes kept
//! beside them (people rules §1, GB/T 4761 first digit).
//!
//! It does not judge whether ages fit the word; it only knows what a word means.

use serde::{Deserialize, Serialize};

use super::{
    identity::{Sex, normalise},
    text::Text,
};

/// The code of a relation, 0–8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Head,
    Spouse,
    Son,
    Daughter,
    Grandchild,
    Parent,
    Grandparent,
    Sibling,
    Other,
}

impl Relation {
    /// Lists every relation in the order of its codes.
    pub const ALL: [Self; 9] = [
        Self::Head,
        Self::Spouse,
        Self::Son,
        Self::Daughter,
        Self::Grandchild,
        Self::Parent,
        Self::Grandparent,
        Self::Sibling,
        Self::Other,
    ];

    /// Returns the code `0`–`8`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Head => "0",
            Self::Spouse => "1",
            Self::Son => "2",
            Self::Daughter => "3",
            Self::Grandchild => "4",
            Self::Parent => "5",
            Self::Grandparent => "6",
            Self::Sibling => "7",
            Self::Other => "8",
        }
    }

    /// Returns the relation of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.code() == code)
    }

    /// Returns the code's wording.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Head => ("本人或户主", "head"),
            Self::Spouse => ("配偶", "spouse"),
            Self::Son => ("子", "son"),
            Self::Daughter => ("女", "daughter"),
            Self::Grandchild => ("孙子女或外孙子女", "grandchild"),
            Self::Parent => ("父母", "parent"),
            Self::Grandparent => ("祖父母或外祖父母", "grandparent"),
            Self::Sibling => ("兄弟姐妹", "sibling"),
            Self::Other => ("其他", "other"),
        };
        Text { zh, en }
    }
}

/// A member's relation to the head: the code, and the word as given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kinship {
    pub relation: Relation,
    /// The word as the roster or the doctor wrote it, without spaces.
    pub word: String,
}

/// What a known word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    pub relation: Relation,
    /// The usual word for it: 老婆 and 媳妇儿 are 妻, 老大 is 长子.
    pub usual: &'static str,
    /// The sex the word implies, where it is certain.
    pub sex: Option<Sex>,
}

/// Reads a relation word or a code of GB/T 4761 (one or two digits); none for an unknown word.
///
/// Brackets and what stands in them (`长子(户口在外)`) do not matter, 户主的/户主之 before it
/// neither.
pub fn read(written: &str) -> Option<Kinship> {
    let word = bare(written);
    let relation = meaning(&word)?.relation;
    Some(Kinship { relation, word })
}

/// Returns what a written relation means; none for an unknown word.
pub fn meaning(written: &str) -> Option<Meaning> {
    let word = Some(bare(written)).filter(|word| !word.is_empty())?;
    WORDS
        .iter()
        .find(|(usual, _, _, same)| *usual == word || same.split(' ').any(|other| other == word))
        .map(|(usual, relation, sex, _)| Meaning {
            relation: *relation,
            usual,
            sex: *sex,
        })
        .or_else(|| from_digits(&word))
}

/// Lists the usual words in the order a doctor chooses from.
pub fn usual_words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(usual, ..)| *usual)
}

impl Kinship {
    /// Returns the kinship of a word, or the word kept under 其他 when nobody knows it.
    pub fn of_word(written: &str) -> Self {
        read(written).unwrap_or_else(|| Self {
            relation: Relation::Other,
            word: bare(written),
        })
    }

    /// Returns the sex the word implies, where it is certain.
    pub fn sex(&self) -> Option<Sex> {
        meaning(&self.word).and_then(|meaning| meaning.sex)
    }
}

const M: Option<Sex> = Some(Sex::Male);
const F: Option<Sex> = Some(Sex::Female);

/// A word, its relation, the sex it implies, and other words for the same.
type Entry = (&'static str, Relation, Option<Sex>, &'static str);

/// The words clinics write, the usual one first.
const WORDS: &[Entry] = {
    use Relation::{Daughter, Grandchild, Grandparent, Head, Other, Parent, Sibling, Son, Spouse};
    &[
        ("户主", Head, None, "本人 本人或户主 户主本人 自己 家主"),
        ("配偶", Spouse, None, "爱人 夫妻 配"),
        ("妻", Spouse, F, "妻子 老婆 夫人 之妻 媳妇儿 堂客 婆娘 内人"),
        ("夫", Spouse, M, "丈夫 老公 之夫"),
        ("独生子", Son, M, "独子"),
        ("长子", Son, M, "大儿子 大子 老大 长男 大儿"),
        ("次子", Son, M, "二儿子 二子 次男 二儿"),
        ("三子", Son, M, "三儿子 三男 三儿"),
        ("四子", Son, M, "四儿子 四男 四儿"),
        ("五子", Son, M, "五儿子 五男 五儿"),
        ("六子", Son, M, "六儿子 小儿子 幺儿 幺子"),
        ("儿子", Son, M, "子 儿 之子 男孩"),
        ("养子", Son, M, "继子 养子或继子 过继子 养子继子"),
        (
            "女婿",
            Son,
            M,
            "婿 女儿婿 上门女婿 赘婿 长女婿 大女婿 次女婿 二女婿 三女婿",
        ),
        ("其他儿子", Son, M, ""),
        ("独生女", Daughter, F, "独女"),
        ("长女", Daughter, F, "大女儿 大女 大姑娘"),
        ("次女", Daughter, F, "二女儿 二女 二姑娘"),
        ("三女", Daughter, F, "三女儿 三姑娘"),
        ("四女", Daughter, F, "四女儿 四姑娘"),
        ("五女", Daughter, F, "五女儿 五姑娘"),
        ("六女", Daughter, F, "六女儿 小女儿 幺女"),
        ("女儿", Daughter, F, "女 之女 闺女 姑娘 女孩"),
        ("养女", Daughter, F, "继女 养女或继女 养女继女"),
        (
            "儿媳",
            Daughter,
            F,
            "媳妇 儿媳妇 子媳 媳 长媳 大儿媳 次媳 二儿媳 三儿媳",
        ),
        ("其他女儿", Daughter, F, ""),
        (
            "孙子",
            Grandchild,
            M,
            "孙 长孙 次孙 二孙子 大孙子 三孙子 孙儿 男孙",
        ),
        (
            "孙女",
            Grandchild,
            F,
            "长孙女 次孙女 大孙女 二孙女 三孙女 孙女儿 女孙",
        ),
        ("外孙", Grandchild, M, "外孙子 外孙儿"),
        ("外孙女", Grandchild, F, "外孙女儿"),
        ("孙子女", Grandchild, None, "孙子女或外孙子女 孙辈 外孙子女"),
        (
            "孙媳",
            Grandchild,
            F,
            "孙媳妇 外孙媳 孙媳妇或外孙媳妇 外孙媳妇",
        ),
        ("孙女婿", Grandchild, M, "外孙女婿 孙女婿或外孙女婿"),
        ("曾孙", Grandchild, M, "重孙 曾孙子 重孙子 曾外孙 重外孙"),
        ("曾孙女", Grandchild, F, "重孙女 曾外孙女 重外孙女"),
        ("其他孙子女", Grandchild, None, ""),
        ("父亲", Parent, M, "父 爸爸 爸 爹 生父"),
        ("母亲", Parent, F, "母 妈妈 妈 娘 生母"),
        ("父母", Parent, None, "双亲"),
        ("公公", Parent, M, "家公"),
        ("婆婆", Parent, F, "家婆"),
        ("公婆", Parent, None, ""),
        ("岳父", Parent, M, "丈人 岳丈 老丈人"),
        ("岳母", Parent, F, "丈母娘 丈母"),
        ("继父", Parent, M, "养父 继父或养父"),
        ("继母", Parent, F, "养母 继母或养母"),
        ("其他父母", Parent, None, ""),
        ("祖父", Grandparent, M, "爷爷 爷"),
        ("祖母", Grandparent, F, "奶奶 奶"),
        ("外祖父", Grandparent, M, "外公 姥爷"),
        ("外祖母", Grandparent, F, "外婆 姥姥"),
        (
            "祖父母",
            Grandparent,
            None,
            "祖父母或外祖父母 外祖父母 配偶祖父母",
        ),
        ("曾祖父", Grandparent, M, "太爷爷 太公 曾外祖父"),
        ("曾祖母", Grandparent, F, "太奶奶 太婆 曾外祖母"),
        ("哥哥", Sibling, M, "兄 哥 大哥 二哥 长兄"),
        ("嫂子", Sibling, F, "嫂 嫂嫂 大嫂"),
        ("弟弟", Sibling, M, "弟 二弟 三弟 小弟"),
        ("弟媳", Sibling, F, "弟妹 弟媳妇"),
        ("姐姐", Sibling, F, "姐 大姐 二姐"),
        ("姐夫", Sibling, M, ""),
        ("妹妹", Sibling, F, "妹 二妹 小妹"),
        ("妹夫", Sibling, M, ""),
        ("兄弟", Sibling, M, "兄弟俩 胞兄 胞弟"),
        ("姐妹", Sibling, F, "姊妹 胞姐 胞妹"),
        ("兄弟姐妹", Sibling, None, "兄弟姊妹 其他兄弟姐妹"),
        ("伯父", Other, M, "伯伯 大伯 大爷"),
        ("伯母", Other, F, "大娘 大妈"),
        ("叔父", Other, M, "叔 叔叔"),
        ("婶母", Other, F, "婶 婶婶 婶子"),
        ("舅父", Other, M, "舅 舅舅"),
        ("舅母", Other, F, "舅妈"),
        ("姨母", Other, F, "姨 姨妈"),
        ("姨父", Other, M, "姨夫"),
        ("姑母", Other, F, "姑 姑姑 姑妈"),
        ("姑父", Other, M, "姑夫"),
        ("侄子", Other, M, "侄 侄儿 内侄"),
        ("侄女", Other, F, "内侄女"),
        ("侄媳", Other, F, "侄媳妇"),
        ("外甥", Other, M, "外甥子"),
        ("外甥女", Other, F, ""),
        ("堂兄弟", Other, M, "堂兄 堂弟 表兄弟 表兄 表弟"),
        ("堂姐妹", Other, F, "堂姐 堂妹 表姐妹 表姐 表妹"),
        ("保姆", Other, None, ""),
        ("其他亲属", Other, None, "亲属 亲戚"),
        ("非亲属", Other, None, "无关系 非亲属关系 雇工 朋友"),
        ("其他", Other, None, "其它 其他关系 寄居 挂靠"),
    ]
};

/// Two-digit codes of GB/T 4761-2008 with the word they stand for.
const CODES: &[(&str, &str)] = &[
    ("01", "户主"),
    ("02", "户主"),
    ("10", "配偶"),
    ("11", "夫"),
    ("12", "妻"),
    ("20", "儿子"),
    ("21", "独生子"),
    ("22", "长子"),
    ("23", "次子"),
    ("24", "三子"),
    ("25", "四子"),
    ("26", "五子"),
    ("27", "养子"),
    ("28", "女婿"),
    ("29", "其他儿子"),
    ("30", "女儿"),
    ("31", "独生女"),
    ("32", "长女"),
    ("33", "次女"),
    ("34", "三女"),
    ("35", "四女"),
    ("36", "五女"),
    ("37", "养女"),
    ("38", "儿媳"),
    ("39", "其他女儿"),
    ("40", "孙子女"),
    ("41", "孙子"),
    ("42", "孙女"),
    ("43", "外孙"),
    ("44", "外孙女"),
    ("45", "孙媳"),
    ("46", "孙女婿"),
    ("47", "曾孙"),
    ("48", "曾孙女"),
    ("49", "其他孙子女"),
    ("50", "父母"),
    ("51", "父亲"),
    ("52", "母亲"),
    ("53", "公公"),
    ("54", "婆婆"),
    ("55", "岳父"),
    ("56", "岳母"),
    ("57", "继父"),
    ("58", "继母"),
    ("59", "其他父母"),
    ("60", "祖父母"),
    ("61", "祖父"),
    ("62", "祖母"),
    ("63", "外祖父"),
    ("64", "外祖母"),
    ("70", "兄弟姐妹"),
    ("71", "哥哥"),
    ("72", "嫂子"),
    ("73", "弟弟"),
    ("74", "弟媳"),
    ("75", "姐姐"),
    ("76", "姐夫"),
    ("77", "妹妹"),
    ("78", "妹夫"),
    ("79", "兄弟姐妹"),
    ("97", "其他"),
    ("98", "其他亲属"),
    ("99", "非亲属"),
];

/// The usual words of the one-digit codes.
const FIRST_DIGITS: [&str; 9] = [
    "户主",
    "配偶",
    "儿子",
    "女儿",
    "孙子女",
    "父母",
    "祖父母",
    "兄弟姐妹",
    "其他",
];

fn from_digits(word: &str) -> Option<Meaning> {
    let usual = match word.as_bytes() {
        [digit @ b'0'..=b'8'] => FIRST_DIGITS.get(usize::from(digit - b'0'))?,
        [b'0'..=b'9', b'0'..=b'9'] => {
            let known = CODES.iter().find(|(code, _)| *code == word);
            match (known, word.as_bytes().first()) {
                (Some((_, usual)), _) => usual,
                (None, Some(b'6')) => "祖父母",
                (None, Some(b'8' | b'9')) => "其他亲属",
                (None, _) => return None,
            }
        }
        _ => return None,
    };
    let (usual, relation, sex, _) = WORDS.iter().find(|(known, ..)| *known == usual)?;
    Some(Meaning {
        relation: *relation,
        usual,
        sex: *sex,
    })
}

/// Returns the word without spaces, brackets and 户主的.
fn bare(written: &str) -> String {
    let word = normalise(written);
    let word = word
        .split(['(', '[', '【', '（', '/', '、'])
        .next()
        .unwrap_or_default();
    let stripped = word
        .strip_prefix("户主的")
        .or_else(|| word.strip_prefix("户主之"));
    match stripped {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("户  主", "0", None)]
    #[case("01", "0", None)]
    #[case("本人", "0", None)]
    #[case("爱人", "1", None)]
    #[case("妻子", "1", Some(Sex::Female))]
    #[case("丈夫", "1", Some(Sex::Male))]
    #[case("大儿子", "2", Some(Sex::Male))]
    #[case("独生子", "2", Some(Sex::Male))]
    #[case("女婿", "2", Some(Sex::Male))]
    #[case("女", "3", Some(Sex::Female))]
    #[case("儿媳", "3", Some(Sex::Female))]
    #[case("子媳", "3", Some(Sex::Female))]
    #[case("外孙", "4", Some(Sex::Male))]
    #[case("户主之孙女", "4", Some(Sex::Female))]
    #[case("爸爸", "5", Some(Sex::Male))]
    #[case("岳父（随住）", "5", Some(Sex::Male))]
    #[case("祖父", "6", Some(Sex::Male))]
    #[case("兄弟姐妹", "7", None)]
    #[case("侄女", "8", Some(Sex::Female))]
    #[case("其他", "8", None)]
    #[case("2", "2", Some(Sex::Male))]
    #[case("３８", "3", Some(Sex::Female))]
    #[case("66", "6", None)]
    #[case("95", "8", None)]
    fn words_and_codes_are_known(#[case] word: &str, #[case] code: &str, #[case] sex: Option<Sex>) {
        let kinship = read(word).unwrap();
        assert_eq!((kinship.relation.code(), kinship.sex()), (code, sex));
    }

    #[rstest]
    #[case("")]
    #[case("9")]
    #[case("05")]
    #[case("邻居家的")]
    fn other_words_are_unknown(#[case] word: &str) {
        assert_eq!(read(word), None);
        assert_eq!(Kinship::of_word(word).relation, Relation::Other);
        assert_eq!(Kinship::of_word(word).word, word);
    }

    #[test]
    fn the_word_is_kept_and_the_usual_one_known() {
        assert_eq!(read(" 老 婆 ").unwrap().word, "老婆");
        assert_eq!(meaning("老婆").unwrap().usual, "妻");
        assert_eq!(meaning("媳妇").unwrap().usual, "儿媳");
    }

    #[test]
    fn no_word_stands_twice_and_every_code_has_its_word() {
        let mut seen = std::collections::BTreeSet::new();
        for (usual, _, _, same) in WORDS {
            assert!(seen.insert(*usual), "{usual}");
            for other in same.split(' ').filter(|other| !other.is_empty()) {
                assert!(seen.insert(other), "{other}");
            }
        }
        for (code, usual) in CODES {
            let meaning = meaning(code).unwrap();
            assert_eq!(meaning.usual, *usual);
            let wanted = if code.starts_with('9') {
                "8"
            } else {
                code.get(..1).unwrap()
            };
            assert_eq!(meaning.relation.code(), wanted);
        }
        for relation in Relation::ALL {
            assert_eq!(read(relation.code()).unwrap().relation, relation);
            assert_eq!(read(relation.name().zh).unwrap().relation, relation);
        }
    }
}
