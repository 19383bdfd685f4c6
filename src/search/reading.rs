//! How characters of names are read: surnames' own readings beside the common ones, and
//! letters folded so that what sounds nearly alike compares equal.
//!
//! Tones are not kept; nobody types them.

use pinyin::ToPinyin;

/// One toneless syllable, ü written v.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    letters: [u8; 6],
    len: u8,
}

impl Syllable {
    /// Returns the syllable of `text`, cut after six letters.
    pub fn of(text: &str) -> Self {
        let mut letters = [0; 6];
        let mut len = 0;
        for sign in text.chars() {
            let letter = if sign == 'ü' { 'v' } else { sign };
            let letter = u8::try_from(letter).unwrap_or(b'e');
            if let Some(place) = letters.get_mut(usize::from(len)) {
                *place = letter;
                len += 1;
            }
        }
        Self { letters, len }
    }

    pub fn letters(&self) -> &[u8] {
        self.letters
            .get(..usize::from(self.len))
            .unwrap_or_default()
    }
}

/// Surnames of one character read otherwise than usual; each is also found by the usual reading.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('查', "zha"),
    ('曾', "zeng"),
    ('区', "ou"),
    ('朴', "piao"),
    ('盖', "ge"),
    ('种', "chong"),
    ('折', "she"),
    ('召', "shao"),
    ('翟', "zhai"),
    ('覃', "qin"),
    ('缪', "miao"),
    ('乐', "yue"),
    ('员', "yun"),
    ('贠', "yun"),
    ('繁', "po"),
    ('秘', "bi"),
    ('牟', "mu"),
    ('黑', "he"),
    ('任', "ren"),
    ('华', "hua"),
    ('尉', "wei"),
    ('葛', "ge"),
    ('纪', "ji"),
    ('过', "guo"),
    ('宁', "ning"),
    ('应', "ying"),
    ('要', "yao"),
    ('相', "xiang"),
    ('卜', "bu"),
    ('洗', "xian"),
    ('冼', "xian"),
    ('谌', "chen"),
    ('谌', "shen"),
    ('燕', "yan"),
    ('隗', "wei"),
    ('隗', "kui"),
    ('郇', "xun"),
    ('郇', "huan"),
    ('郗', "xi"),
    ('郗', "chi"),
    ('臧', "zang"),
    ('訾', "zi"),
    ('妫', "gui"),
    ('车', "che"),
    ('石', "shi"),
    ('俞', "yu"),
    ('佴', "nai"),
    ('乜', "nie"),
    ('仉', "zhang"),
    ('逄', "pang"),
    ('逯', "lu"),
    ('晁', "chao"),
    ('晟', "cheng"),
    ('幺', "yao"),
    ('么', "yao"),
    ('都', "du"),
    ('哈', "ha"),
    ('麻', "ma"),
    ('粘', "nian"),
    ('祭', "zhai"),
    ('那', "na"),
    ('重', "chong"),
    ('撒', "sa"),
    ('沈', "shen"),
    ('盛', "sheng"),
    ('薄', "bo"),
    ('柏', "bai"),
    ('鲜', "xian"),
    ('尹', "yin"),
    ('长', "zhang"),
    ('行', "xing"),
    ('令', "ling"),
    ('句', "gou"),
    ('瞿', "qu"),
    ('阚', "kan"),
    ('阙', "que"),
    ('褚', "chu"),
    ('侯', "hou"),
    ('万', "wan"),
    ('曲', "qu"),
    ('干', "gan"),
    ('藏', "zang"),
    ('适', "kuo"),
    ('洗', "xi"),
    ('郝', "hao"),
    ('佟', "tong"),
    ('仝', "tong"),
    ('谷', "gu"),
    ('莘', "shen"),
    ('莘', "xin"),
    ('娄', "lou"),
    ('芮', "rui"),
    ('宓', "mi"),
    ('费', "bi"),
    ('费', "fei"),
    ('贾', "jia"),
];

/// Compound surnames and how they are read; each character is also found by its usual reading.
const COMPOUND: &[(&str, [&str; 2])] = &[
    ("欧阳", ["ou", "yang"]),
    ("尉迟", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("司马", ["si", "ma"]),
    ("上官", ["shang", "guan"]),
    ("诸葛", ["zhu", "ge"]),
    ("夏侯", ["xia", "hou"]),
    ("皇甫", ["huang", "fu"]),
    ("令狐", ["ling", "hu"]),
    ("长孙", ["zhang", "sun"]),
    ("宇文", ["yu", "wen"]),
    ("慕容", ["mu", "rong"]),
    ("司徒", ["si", "tu"]),
    ("司空", ["si", "kong"]),
    ("东方", ["dong", "fang"]),
    ("南宫", ["nan", "gong"]),
    ("公孙", ["gong", "sun"]),
    ("轩辕", ["xuan", "yuan"]),
    ("澹台", ["tan", "tai"]),
    ("单于", ["chan", "yu"]),
    ("太史", ["tai", "shi"]),
    ("申屠", ["shen", "tu"]),
    ("濮阳", ["pu", "yang"]),
    ("淳于", ["chun", "yu"]),
    ("呼延", ["hu", "yan"]),
    ("赫连", ["he", "lian"]),
    ("鲜于", ["xian", "yu"]),
    ("闻人", ["wen", "ren"]),
    ("钟离", ["zhong", "li"]),
    ("独孤", ["du", "gu"]),
    ("拓跋", ["tuo", "ba"]),
    ("端木", ["duan", "mu"]),
    ("百里", ["bai", "li"]),
    ("西门", ["xi", "men"]),
    ("东郭", ["dong", "guo"]),
    ("公冶", ["gong", "ye"]),
    ("宗政", ["zong", "zheng"]),
    ("梁丘", ["liang", "qiu"]),
    ("左丘", ["zuo", "qiu"]),
    ("仲孙", ["zhong", "sun"]),
    ("亓官", ["qi", "guan"]),
    ("纳兰", ["na", "lan"]),
    ("完颜", ["wan", "yan"]),
    ("耶律", ["ye", "lv"]),
];

/// Characters of given names that people read in more than one way.
const GIVEN: &[(char, &[&str])] = &[
    ('乐', &["le", "yue"]),
    ('长', &["chang", "zhang"]),
    ('行', &["xing", "hang", "heng"]),
    ('重', &["zhong", "chong"]),
    ('朝', &["chao", "zhao"]),
    ('盛', &["sheng", "cheng"]),
    ('晟', &["sheng", "cheng"]),
    ('传', &["chuan", "zhuan"]),
    ('茜', &["qian", "xi"]),
    ('娜', &["na", "nuo"]),
    ('莎', &["sha", "suo"]),
    ('强', &["qiang", "jiang"]),
    ('曾', &["zeng", "ceng"]),
    ('单', &["dan", "shan"]),
    ('朴', &["pu", "piao"]),
    ('葛', &["ge"]),
    ('柏', &["bai", "bo"]),
    ('薄', &["bo", "bao"]),
    ('藏', &["cang", "zang"]),
    ('卜', &["bu", "bo"]),
    ('参', &["can", "shen", "cen"]),
    ('石', &["shi"]),
    ('都', &["du", "dou"]),
    ('少', &["shao"]),
    ('好', &["hao"]),
    ('为', &["wei"]),
    ('相', &["xiang"]),
    ('奇', &["qi"]),
    ('期', &["qi"]),
    ('亲', &["qin"]),
    ('降', &["jiang", "xiang"]),
    ('角', &["jiao", "jue"]),
    ('觉', &["jue", "jiao"]),
    ('屏', &["ping"]),
    ('彤', &["tong"]),
    ('婷', &["ting"]),
    ('骁', &["xiao"]),
    ('珺', &["jun"]),
    ('琛', &["chen"]),
    ('瑱', &["tian", "zhen"]),
    ('翟', &["zhai", "di"]),
    ('臻', &["zhen"]),
    ('禅', &["chan", "shan"]),
    ('会', &["hui"]),
    ('省', &["sheng", "xing"]),
    ('弹', &["dan", "tan"]),
    ('还', &["huan", "hai"]),
    ('华', &["hua"]),
    ('荷', &["he"]),
    ('贾', &["jia", "gu"]),
    ('解', &["jie", "xie"]),
    ('俊', &["jun"]),
    ('隽', &["jun", "juan"]),
    ('浚', &["jun", "xun"]),
    ('勋', &["xun"]),
    ('率', &["shuai", "lv"]),
    ('律', &["lv"]),
    ('绿', &["lv", "lu"]),
    ('芸', &["yun"]),
    ('员', &["yuan", "yun"]),
    ('蔚', &["wei", "yu"]),
    ('尉', &["wei", "yu"]),
    ('咏', &["yong"]),
    ('宿', &["su", "xiu"]),
    ('熙', &["xi"]),
    ('曦', &["xi"]),
    ('焱', &["yan"]),
    ('喆', &["zhe", "ji"]),
    ('郗', &["xi", "chi"]),
    ('秘', &["mi", "bi"]),
    ('谷', &["gu", "yu"]),
    ('系', &["xi"]),
    ('遂', &["sui"]),
    ('塔', &["ta"]),
    ('大', &["da"]),
    ('万', &["wan"]),
    ('丽', &["li"]),
    ('兴', &["xing"]),
    ('红', &["hong"]),
    ('广', &["guang"]),
    ('仔', &["zi", "zai"]),
    ('妞', &["niu"]),
    ('囡', &["nan"]),
    ('妹', &["mei"]),
    ('尧', &["yao"]),
    ('雀', &["que", "qiao"]),
    ('色', &["se", "shai"]),
    ('燕', &["yan"]),
    ('晃', &["huang"]),
    ('吉', &["ji"]),
    ('铤', &["ting", "ding"]),
    ('霓', &["ni"]),
    ('樾', &["yue"]),
    ('玥', &["yue"]),
    ('珏', &["jue"]),
    ('钰', &["yu"]),
    ('琚', &["ju"]),
    ('厦', &["sha", "xia"]),
    ('调', &["diao", "tiao"]),
    ('中', &["zhong"]),
    ('查', &["cha", "zha"]),
    ('莞', &["wan", "guan"]),
    ('尹', &["yin"]),
    ('娴', &["xian"]),
    ('校', &["xiao", "jiao"]),
    ('济', &["ji"]),
    ('倩', &["qian"]),
    ('鲜', &["xian"]),
    ('召', &["zhao", "shao"]),
];

/// Returns how a character is read in a given name: the usual reading first.
pub(super) fn given_readings(sign: char) -> Vec<Syllable> {
    if let Some((_, readings)) = GIVEN.iter().find(|(c, _)| *c == sign) {
        return readings.iter().map(|r| Syllable::of(r)).collect();
    }
    usual(sign).into_iter().collect()
}

/// Returns how a character is read as a surname: its own readings first, then the usual one.
pub(super) fn surname_readings(sign: char) -> Vec<Syllable> {
    let own = SURNAMES.iter().filter(|(c, _)| *c == sign);
    let mut readings: Vec<Syllable> = own.map(|(_, r)| Syllable::of(r)).collect();
    let common = GIVEN.iter().find(|(c, _)| *c == sign);
    let common = common.map_or_else(Vec::new, |(_, all)| {
        all.iter().map(|r| Syllable::of(r)).collect()
    });
    for reading in usual(sign).into_iter().chain(common) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// Whether a compound surname begins with this character.
pub(super) fn begins_compound(sign: char) -> bool {
    COMPOUND
        .iter()
        .any(|(surname, _)| surname.starts_with(sign))
}

/// Returns which compound surname a name begins with: its place in the list, from 1; 0 is none.
pub(super) fn compound_of(name: &[char]) -> u8 {
    (1..)
        .zip(COMPOUND)
        .find_map(|(place, (surname, _))| {
            let is_begun = surname.chars().eq(name.iter().take(2).copied());
            is_begun.then_some(place)
        })
        .unwrap_or(0)
}

/// Returns the reading of the first (0) or second (1) character of a compound surname.
pub(super) fn compound_reading(compound: u8, at: usize) -> Option<Syllable> {
    let (_, readings) = COMPOUND.get(usize::from(compound).checked_sub(1)?)?;
    readings.get(at).map(|r| Syllable::of(r))
}

/// Returns the usual reading; a letter reads as itself.
fn usual(sign: char) -> Option<Syllable> {
    if sign.is_ascii_lowercase() {
        return Some(Syllable::of(sign.encode_utf8(&mut [0; 4])));
    }
    sign.to_pinyin().map(|p| Syllable::of(p.plain()))
}

/// Returns the initials of a text, for tags, villages and surnames: `高血压` → `gxy`.
pub(super) fn initials(text: &str) -> String {
    text.chars()
        .filter_map(|c| {
            if c.is_ascii_alphanumeric() {
                return Some(c.to_ascii_lowercase());
            }
            usual(c)?.letters().first().map(|&b| char::from(b))
        })
        .collect()
}

/// Folds letters so that zh/z, ch/c, sh/s, n/l, h/f, ng/n and ü/u compare equal, and appends them.
///
/// The rules look at letters alone, so a name and a query fold alike wherever syllables end,
/// and the beginning of a text folds to the beginning of its fold.
pub(super) fn fold(letters: &[u8], folded_text: &mut Vec<u8>) {
    let mut before = 0;
    for &letter in letters {
        folded_text.extend(folded(before, letter));
        before = letter;
    }
}

/// Returns what a letter folds to behind the letter `before`, if anything.
pub(super) fn folded(before: u8, letter: u8) -> Option<u8> {
    match (before, letter) {
        (b'z' | b'c' | b's', b'h') | (b'n', b'g') => None,
        (_, b'n') => Some(b'l'),
        (_, b'h') => Some(b'f'),
        (_, b'v') => Some(b'u'),
        _ => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn texts(readings: &[Syllable]) -> Vec<String> {
        readings
            .iter()
            .map(|r| String::from_utf8(r.letters().to_vec()).unwrap())
            .collect()
    }

    #[rstest]
    #[case('单', "shan", "dan")]
    #[case('曾', "zeng", "ceng")]
    #[case('解', "xie", "jie")]
    #[case('仇', "qiu", "chou")]
    #[case('区', "ou", "qu")]
    #[case('查', "zha", "cha")]
    #[case('盖', "ge", "gai")]
    #[case('翟', "zhai", "di")]
    #[case('覃', "qin", "tan")]
    #[case('朴', "piao", "pu")]
    #[case('黑', "he", "hei")]
    fn a_surname_has_both_readings(#[case] sign: char, #[case] own: &str, #[case] usual: &str) {
        let readings = texts(&surname_readings(sign));
        assert_eq!(readings.first().unwrap(), own);
        assert!(readings.iter().any(|r| r == usual), "{readings:?}");
    }

    #[test]
    fn u_with_dots_is_v() {
        assert_eq!(texts(&surname_readings('吕')), ["lv"]);
    }

    #[rstest]
    #[case("zhangwei", "zanwei")]
    #[case("lin", "ning")]
    #[case("hufeng", "fufen")]
    #[case("lv", "nu")]
    fn near_sounds_fold_alike(#[case] one: &str, #[case] other: &str) {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        fold(one.as_bytes(), &mut a);
        fold(other.as_bytes(), &mut b);
        assert_eq!(a, b);
    }

    #[test]
    fn initials_of_tags_are_typed_letters() {
        assert_eq!(initials("高血压"), "gxy");
        assert_eq!(initials("2型糖尿病"), "2xtnb");
    }
}
