//! Invented names as villagers bear them: surnames, and given names by sex and generation.
//!
//! Every combination is drawn by chance; nobody in particular is meant.

use chrono::Datelike;

use super::chance::Chance;
use crate::domain::{day::Day, identity::Sex};

/// Surnames by how often one meets them.
pub const SURNAMES: &[(&str, u32)] = &[
    ("王", 74),
    ("李", 74),
    ("张", 70),
    ("刘", 55),
    ("陈", 52),
    ("杨", 40),
    ("赵", 26),
    ("黄", 26),
    ("周", 24),
    ("吴", 24),
    ("徐", 18),
    ("孙", 17),
    ("胡", 16),
    ("朱", 15),
    ("高", 14),
    ("林", 13),
    ("何", 13),
    ("郭", 12),
    ("马", 12),
    ("罗", 12),
    ("梁", 11),
    ("宋", 10),
    ("郑", 10),
    ("谢", 10),
    ("韩", 9),
    ("唐", 9),
    ("冯", 8),
    ("于", 8),
    ("董", 8),
    ("萧", 6),
    ("程", 7),
    ("曹", 7),
    ("袁", 7),
    ("邓", 7),
    ("许", 7),
    ("傅", 6),
    ("沈", 6),
    ("彭", 6),
    ("吕", 6),
    ("苏", 6),
    ("卢", 6),
    ("蒋", 6),
    ("蔡", 6),
    ("贾", 5),
    ("丁", 5),
    ("魏", 5),
    ("薛", 5),
    ("叶", 5),
    ("余", 5),
    ("潘", 5),
    ("杜", 5),
    ("戴", 5),
    ("夏", 5),
    ("钟", 5),
    ("汪", 5),
    ("田", 5),
    ("姜", 5),
    ("范", 5),
    ("方", 5),
    ("石", 5),
    ("姚", 4),
    ("谭", 4),
    ("廖", 4),
    ("邹", 4),
    ("熊", 4),
    ("金", 4),
    ("陆", 4),
    ("郝", 3),
    ("孔", 3),
    ("白", 3),
    ("崔", 3),
    ("康", 3),
    ("毛", 3),
    ("邱", 3),
    ("秦", 3),
    ("江", 3),
    ("史", 3),
    ("顾", 3),
    ("侯", 3),
    ("邵", 3),
    ("孟", 3),
    ("龙", 3),
    ("万", 3),
    ("段", 3),
    ("雷", 3),
    ("钱", 2),
    ("汤", 2),
    ("尹", 2),
    ("黎", 2),
    ("易", 2),
    ("常", 2),
    ("武", 2),
];

/// Surnames that are read otherwise than the character usually is.
pub const POLYPHONIC: &[&str] = &[
    "单", "仇", "解", "查", "曾", "区", "朴", "尉迟", "万俟", "盖", "翟", "覃", "缪", "任", "乐",
];

/// Clan names before the dot of a Yi name.
const YI_CLANS: &[&str] = &["曲比", "阿侯", "吉克", "沙马"];
const YI_GIVEN: &[&str] = &[
    "阿木", "尔布", "木呷", "阿依", "伍各", "拉且", "阿果", "石布",
];

/// The given names of one sex and generation: first signs, second signs, signs that stand alone.
type Pool = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const MEN_OLD: Pool = (
    &[
        "德", "国", "光", "正", "文", "永", "长", "兴", "大", "世", "明", "天", "万", "成", "绍",
        "登",
    ],
    &[
        "富", "贵", "才", "财", "荣", "华", "清", "福", "发", "祥", "兴", "安", "明", "海", "生",
        "云",
    ],
    &["福", "贵", "林", "根"],
);
const WOMEN_OLD: Pool = (
    &[
        "秀", "桂", "玉", "兰", "素", "金", "春", "淑", "凤", "翠", "菊", "月", "银", "莲",
    ],
    &[
        "英", "兰", "珍", "芳", "梅", "花", "香", "莲", "芬", "珠", "云", "娥", "凤", "华", "琼",
    ],
    &["英", "珍"],
);
const MEN_GROWN: Pool = (
    &[
        "建", "志", "国", "永", "晓", "小", "海", "家", "光", "军", "卫", "立", "明", "少", "俊",
        "先", "红", "远",
    ],
    &[
        "国", "强", "军", "平", "华", "明", "勇", "伟", "林", "峰", "东", "刚", "斌", "涛", "云",
        "辉", "良", "民",
    ],
    &["勇", "强", "军", "伟", "波", "涛", "斌", "辉", "刚", "兵"],
);
const WOMEN_GROWN: Pool = (
    &[
        "红", "丽", "小", "春", "秋", "冬", "艳", "海", "美", "晓", "玉", "春", "燕", "群", "永",
        "雪",
    ],
    &[
        "梅", "燕", "霞", "琴", "芳", "英", "萍", "丽", "娟", "华", "玲", "艳", "敏", "琼", "莉",
        "群",
    ],
    &["敏", "燕", "丽", "娟", "芳", "霞", "艳", "琴"],
);
const MEN_YOUNG: Pool = (
    &[
        "俊", "文", "鹏", "嘉", "子", "宇", "浩", "明", "志", "天", "家", "泽", "正", "旭",
    ],
    &[
        "杰", "豪", "辉", "鑫", "龙", "飞", "翔", "涛", "超", "宇", "凯", "斌", "航", "洋",
    ],
    &["杰", "鑫", "鹏", "超", "凯", "磊", "浩", "洋"],
);
const WOMEN_YOUNG: Pool = (
    &[
        "思", "佳", "雨", "梦", "晓", "雪", "欣", "婷", "玉", "诗", "海", "美", "静",
    ],
    &[
        "婷", "颖", "雪", "丽", "倩", "琪", "瑶", "萍", "玲", "怡", "娟", "敏", "霞",
    ],
    &["婷", "静", "倩", "雪", "颖", "丹"],
);
const BOYS: Pool = (
    &[
        "子", "浩", "宇", "梓", "俊", "奕", "泽", "嘉", "铭", "睿", "一", "沐",
    ],
    &[
        "轩", "宇", "涵", "豪", "泽", "辰", "霖", "阳", "晨", "博", "宸", "航",
    ],
    &["睿", "轩", "宸"],
);
const GIRLS: Pool = (
    &[
        "梓", "子", "雨", "欣", "诗", "可", "一", "思", "语", "依", "佳", "若",
    ],
    &[
        "涵", "萱", "桐", "怡", "彤", "琪", "晴", "妍", "汐", "瑶", "诺", "悦",
    ],
    &["萱", "汐", "悦"],
);

/// Draws a surname as one meets them, polyphonic ones among them.
pub fn surname(chance: &mut Chance) -> &'static str {
    if chance.holds(55) {
        chance.pick(POLYPHONIC)
    } else {
        chance.weighted(SURNAMES)
    }
}

/// Draws a whole name for somebody of a sex and a day of birth.
pub fn full(chance: &mut Chance, surname: &str, sex: Sex, birth: Day) -> String {
    format!("{surname}{}", given(chance, sex, birth))
}

/// Draws the name of a Yi resident, with its dot.
pub fn yi(chance: &mut Chance) -> String {
    format!("{}·{}", chance.pick(YI_CLANS), chance.pick(YI_GIVEN))
}

fn given(chance: &mut Chance, sex: Sex, birth: Day) -> String {
    let is_woman = sex == Sex::Female;
    let (first, second, alone) = match (birth.year(), is_woman) {
        (..=1959, false) => MEN_OLD,
        (..=1959, true) => WOMEN_OLD,
        (1960..=1985, false) => MEN_GROWN,
        (1960..=1985, true) => WOMEN_GROWN,
        (1986..=2007, false) => MEN_YOUNG,
        (1986..=2007, true) => WOMEN_YOUNG,
        (_, false) => BOYS,
        (_, true) => GIRLS,
    };
    if chance.holds(130) {
        return chance.pick(alone).to_owned();
    }
    let one = chance.pick(first);
    let two = chance.pick(second);
    if one == two {
        one.to_owned()
    } else {
        format!("{one}{two}")
    }
}
