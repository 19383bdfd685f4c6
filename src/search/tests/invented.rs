//! Invented residents and what someone looking for them would type, from a seed.
//!
//! No real persons: names are put together by chance, area codes are unassigned.

use fastrand::Rng;
use pinyin::ToPinyin;

use super::{Day, HouseholdId, PersonId, SearchRow};

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解查覃翟";
const MEN: &str = "伟强军建国明德福华志文海平勇杰斌波辉刚毅峰龙俊涛林富贵永胜庆宏利新民金生宝山根成忠义信良才东亮光荣大双全福来世春树喜满仓长有顺启立柱铁栓兴旺小二保学胡仁";
const WOMEN: &str = "秀英芳丽敏静玉兰桂花梅霞红艳玲燕娟琴云凤珍莲翠香春菊淑琼雪娜萍小美爱华金巧彩素青月娥芬银妹慧莉婷倩雅晓欣怡佳颖琳瑶莹冬荷仙改转";

/// Returns the people of households of one to six, until there are `count`.
pub fn people(count: usize, seed: u64) -> Vec<SearchRow> {
    let mut rng = Rng::with_seed(seed);
    let villages = (count / 1500).max(2);
    let mut rows: Vec<SearchRow> = Vec::with_capacity(count);
    let mut household = 0;
    while rows.len() < count {
        household += 1;
        let village = rng.usize(..villages);
        let members = rng.usize(1..=6).min(count - rows.len());
        let from = rows.len();
        let surname = surname(&mut rng, village);
        for order in 0..members {
            let person = rows.len() as u64 + 1;
            let own = if order == 0 || rng.u8(..3) > 0 {
                surname
            } else {
                any_surname(&mut rng)
            };
            rows.push(resident(&mut rng, person, household, own, order));
        }
        place(&mut rng, village, household, &mut rows[from..]);
    }
    rows
}

fn surname(rng: &mut Rng, village: usize) -> char {
    if rng.u8(..2) == 0 {
        return char_at(SURNAMES, village * 7 % 60);
    }
    any_surname(rng)
}

fn any_surname(rng: &mut Rng) -> char {
    skewed(rng, SURNAMES)
}

/// Draws a character, the earlier ones more often.
fn skewed(rng: &mut Rng, text: &str) -> char {
    let count = text.chars().count();
    char_at(text, rng.usize(..count).min(rng.usize(..count)))
}

fn char_at(text: &str, at: usize) -> char {
    text.chars().nth(at % text.chars().count()).unwrap()
}

fn resident(rng: &mut Rng, person: u64, household: u64, surname: char, order: usize) -> SearchRow {
    let sex = rng.u8(1..=2);
    let signs = if sex == 1 { MEN } else { WOMEN };
    let given = if rng.u8(..4) == 0 { 1 } else { 2 };
    let mut name = String::from(surname);
    for _ in 0..given {
        name.push(skewed(rng, signs));
    }
    let mut row = SearchRow::new(PersonId(person), HouseholdId(household), &name);
    let birth = Day::from_ymd_opt(rng.i32(1935..2025), rng.u32(1..=12), rng.u32(1..=28));
    row.sex = sex;
    row.birth = birth;
    let sequence = rng.u32(..50) * 20 + u32::from(sex == 1) + 2 * rng.u32(..10);
    row.id_no = with_check(&format!(
        "529901{}{sequence:03}",
        birth.unwrap().format("%Y%m%d")
    ));
    if rng.u8(..5) < 4 {
        row.phone = format!(
            "1{}{:09}",
            [3, 5, 8, 9][rng.usize(..4)],
            rng.u32(..1_000_000_000)
        );
    }
    row.record_no = format!("529901103101{:05}", person % 100_000);
    row.is_head = order == 0;
    row.member_order = u16::try_from(order).unwrap();
    row.is_gone = rng.u8(..40) == 0;
    row.tags = 1 << rng.u32(..8);
    row
}

fn with_check(digits: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .bytes()
        .zip(weights)
        .map(|(d, w)| u32::from(d - b'0') * w)
        .sum();
    format!("{digits}{}", char_at("10X98765432", sum as usize % 11))
}

fn place(rng: &mut Rng, village: usize, household: u64, members: &mut [SearchRow]) {
    let names = "石桥柳树王庄河口东沟南营下湾榆林高坡杏花";
    let village_name: String = names.chars().skip(village % 10 * 2).take(2).collect();
    let group = rng.u8(1..=9);
    let head = members[0].name.clone();
    for row in members {
        row.head_name.clone_from(&head);
        row.village = format!("{village_name}村");
        row.group = format!("{group}组");
        row.door = format!("{:03}", household % 1000);
        row.hh_no = format!("{:03}{group:02}{:04}", 103 + village, household % 10_000);
        row.address = format!("{village_name}村{group}组{}号", household % 1000);
    }
}

/// Returns the pinyin of a name, a syllable a character.
pub fn syllables(name: &str) -> Vec<String> {
    let read = |c: char| c.to_pinyin().map(|p| p.plain().replace('ü', "v"));
    name.chars().filter_map(read).collect()
}

/// Returns the initials of a name.
pub fn initials(name: &str) -> String {
    let first = |s: &String| s.chars().next();
    syllables(name).iter().filter_map(first).collect()
}

/// Returns what somebody might type to find `row`; about one in three has a slip.
pub fn typed(rng: &mut Rng, row: &SearchRow) -> String {
    let pinyin = syllables(&row.name).concat();
    let tail = |text: &str, n: usize| text[text.len().saturating_sub(n)..].to_owned();
    match rng.u8(..16) {
        0 => row.name.clone(),
        1 => pinyin,
        2 => initials(&row.name) + &tail(&row.id_no, 2).to_lowercase(),
        3 => initials(&row.name) + &row.birth.unwrap().format("%Y").to_string(),
        4 => tail(&row.id_no, 4),
        5 if !row.phone.is_empty() => tail(&row.phone, 4),
        6 => format!("{} {}组", row.name, row.group.trim_end_matches('组')),
        7 => row.birth.unwrap().format("%Y-%m-%d").to_string(),
        8 => format!("{}-{}", row.group.trim_end_matches('组'), row.door),
        9 => {
            let syllables = syllables(&row.name);
            syllables[0].clone() + &initials(&row.name)[1..] + &tail(&row.id_no, 2)
        }
        10 => row.id_no.clone(),
        11 => same_sound(rng, &row.name),
        12 => confused(&pinyin),
        _ => slip(rng, &pinyin),
    }
}

/// Exchanges one character by another of the same sound, where there is one.
pub fn same_sound(rng: &mut Rng, name: &str) -> String {
    let mut signs: Vec<char> = name.chars().collect();
    let at = rng.usize(1..signs.len());
    let sound = |c: char| c.to_pinyin().map(pinyin::Pinyin::plain);
    let twins: Vec<char> = ('\u{4e00}'..'\u{9fa5}')
        .filter(|c| sound(*c) == sound(signs[at]))
        .take(12)
        .collect();
    signs[at] = twins[rng.usize(..twins.len())];
    signs.into_iter().collect()
}

fn confused(pinyin: &str) -> String {
    for (real, typed) in [
        ("zh", "z"),
        ("sh", "s"),
        ("ch", "c"),
        ("ang", "an"),
        ("ing", "in"),
        ("eng", "en"),
        ("n", "l"),
    ] {
        if pinyin.contains(real) {
            return pinyin.replacen(real, typed, 1);
        }
    }
    pinyin.to_owned()
}

/// One letter missing, doubled, exchanged or beside the right one.
pub fn slip(rng: &mut Rng, pinyin: &str) -> String {
    let mut letters: Vec<char> = pinyin.chars().collect();
    let at = rng.usize(1..letters.len().max(2)).min(letters.len() - 1);
    match rng.u8(..4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at - 1),
        _ => letters[at] = char::from(b'a' + rng.u8(..26)),
    }
    letters.into_iter().collect()
}
