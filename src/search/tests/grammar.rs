//! One small village, and for each kind of query who must stand where.

use super::*;
use crate::domain::search::Hit;
use rstest::rstest;

/// Name, sex, birth, the identity number's last four, telephone, order in the household.
type Member = (&'static str, u8, &'static str, &'static str, &'static str);

/// Village, group, door, then the members, head first.
const VILLAGE: &[(&str, &str, &str, &[Member])] = &[
    (
        "石桥村",
        "3组",
        "012",
        &[
            ("张德福", 1, "1955-06-01", "1011", "13800138012"),
            ("张秀英", 2, "1959-03-10", "2047", "13800138013"),
            ("张伟", 1, "1985-02-03", "3112", ""),
        ],
    ),
    (
        "石桥村",
        "5组",
        "003",
        &[
            ("张建军", 1, "1980-01-20", "4113", "13900139003"),
            ("张秀英", 2, "1985-10-01", "1526", ""),
        ],
    ),
    (
        "石桥村",
        "二组",
        "018",
        &[
            ("赵大海", 1, "1990-12-12", "5114", "13700137018"),
            ("赵新月", 2, "1997-07-07", "6240", ""),
            ("单小明", 1, "1960-03-10", "701X", ""),
        ],
    ),
    (
        "柳树村",
        "1组",
        "022",
        &[
            ("周国民", 1, "1970-05-05", "8115", "13600136022"),
            ("周晓燕", 2, "1991-03-10", "9246", ""),
            ("欧阳娜", 2, "1993-09-09", "0248", ""),
        ],
    ),
    (
        "柳树村",
        "4组",
        "009",
        &[
            ("章有才", 1, "1950-08-08", "1116", "04771234567"),
            ("尉迟恭", 1, "1965-04-04", "2117", ""),
            ("吕秀云", 2, "1956-11-11", "3248", ""),
            ("李宁", 1, "1978-08-18", "4119", ""),
            ("林静", 2, "1979-09-19", "5220", ""),
            ("买买提·吐尔逊", 1, "1969-01-09", "6110", ""),
            ("刘洪", 1, "1988-01-01", "7111", ""),
            ("章长乐", 1, "2001-01-31", "8121", ""),
        ],
    ),
];

/// The numbers the households' rosters know them by.
const OUTSIDE: [&str; 5] = ["0007301", "H-0012", "石桥-45号", "88", "12/0456"];

fn village() -> Vec<SearchRow> {
    let mut rows = Vec::new();
    for (household, (village, group, door, members)) in (1_u16..).zip(VILLAGE) {
        for (order, (name, sex, birth, tail, phone)) in (0_u16..).zip(*members) {
            let person = u64::try_from(rows.len()).unwrap() + 1;
            let mut row = SearchRow::new(PersonId(person), HouseholdId(household.into()), name);
            row.head_name = members[0].0.into();
            row.is_head = order == 0;
            row.member_order = order;
            row.sex = *sex;
            row.birth = birth.parse().ok();
            row.id_no = format!("529901{}{tail}", birth.replace('-', ""));
            row.phone = (*phone).into();
            row.record_no = format!("529901103101{person:05}");
            row.hh_no = format!("1030{household}{household:04}");
            row.outside_no = OUTSIDE[usize::from(household) - 1].into();
            row.household_phone = format!("1330000{:04}", 7000 + household);
            (row.village, row.group) = ((*village).into(), (*group).into());
            row.door = (*door).into();
            row.address = format!("{village}{group}{}号", door.trim_start_matches('0'));
            row.tags = match person {
                2 => 1 | 2 | 16,
                5 => 8,
                6..=8 => 4,
                _ => 0,
            };
            rows.push(row);
        }
    }
    rows
}

fn names(query: &str) -> Vec<String> {
    let rows = village();
    let hits = index_of(&rows).search(query, today(), 20);
    let name = |hit: &Hit| {
        let place = usize::try_from(hit.person.0).unwrap() - 1;
        rows[place].name.clone()
    };
    hits.rows.iter().map(name).collect()
}

#[rstest]
#[case::whole_id("529901195903102047", &["张秀英"])]
#[case::full_width_id("５２９９０１１９６００３１０７０１ｘ", &["单小明"])]
#[case::id_with_spaces("529901 19590310 2047", &["张秀英"])]
#[case::id_before_1999("529901590310204", &["张秀英"])]
#[case::id_begun("5299011959", &["张秀英"])]
#[case::phone("13800138013", &["张秀英"])]
#[case::phone_in_parts("138-0013 8013", &["张秀英"])]
#[case::phone_begun("1390013", &["张建军"])]
#[case::landline("04771234567", &["章有才"])]
#[case::id_tail("2047", &["张秀英"])]
#[case::id_tail_with_x("701x", &["单小明"])]
#[case::phone_tail("138012", &["张德福"])]
#[case::record_tail("00008", &["单小明"])]
#[case::record_number("101-00008", &["单小明"])]
#[case::record_number_undashed("10100008", &["单小明"])]
#[case::household_number("103020002", &["张建军", "张秀英"])]
#[case::household_number_begun("1030200", &["张建军", "张秀英"])]
#[case::roster_number("0007301", &["张德福", "张秀英", "张伟"])]
#[case::roster_number_tail("7301", &["张德福", "张秀英", "张伟"])]
#[case::roster_number_with_letter("h-0012", &["张建军", "张秀英"])]
#[case::roster_number_letter_joined("H0012", &["张建军", "张秀英"])]
#[case::roster_number_with_hanzi("石桥-45号", &["赵大海", "赵新月", "单小明"])]
#[case::roster_number_short("88", &["周国民", "周晓燕", "欧阳娜"])]
#[case::roster_number_dashed("12-0456", &["章有才", "尉迟恭", "吕秀云", "李宁", "林静", "买买提·吐尔逊", "刘洪", "章长乐"])]
#[case::household_phone("13300007002", &["张建军", "张秀英"])]
#[case::group_door("3-012", &["张德福", "张秀英", "张伟"])]
#[case::group_door_short("3-12", &["张德福", "张秀英", "张伟"])]
#[case::group_in_chinese("2-018", &["赵大海", "赵新月", "单小明"])]
#[case::village_group_door("石３－０１２", &["张德福", "张秀英", "张伟"])]
#[case::village_initials("ls1-", &["周国民", "周晓燕", "欧阳娜"])]
#[case::other_village("柳3-012", &[])]
#[case::name("周国民", &["周国民", "周晓燕", "欧阳娜"])]
#[case::name_part("国民", &["周国民", "周晓燕", "欧阳娜"])]
#[case::head_brings_members("赵大海", &["赵大海", "赵新月", "单小明"])]
#[case::dot_left_out("买买提吐尔逊", &["买买提·吐尔逊"])]
#[case::dotted_name("买买提·吐尔逊", &["买买提·吐尔逊"])]
#[case::part_of_long_name("吐尔", &["买买提·吐尔逊"])]
#[case::address("3组12号", &["张德福", "张秀英", "张伟"])]
#[case::group("二组", &["赵大海", "赵新月", "单小明"])]
#[case::initials("zxy", &["赵新月", "周晓燕", "张秀英", "张秀英"])]
#[case::initials_capital("ZXY", &["赵新月", "周晓燕", "张秀英", "张秀英"])]
#[case::full_pinyin("zhangxiuying", &["张秀英", "张秀英"])]
#[case::mixed("zhangxy", &["张秀英", "张秀英", "章有才"])]
#[case::mixed_shorter("zhxying", &["张秀英", "张秀英"])]
#[case::hanzi_and_letters("张xy", &["张秀英", "张秀英"])]
#[case::given_name("guomin", &["周国民"])]
#[case::surname_reading("shanxiaoming", &["单小明"])]
#[case::surname_usual("danxm", &["单小明"])]
#[case::compound("yuchigong", &["尉迟恭"])]
#[case::compound_usual("weicg", &["尉迟恭"])]
#[case::compound_initials("oyn", &["欧阳娜"])]
#[case::polyphonic_given("zhangchangle", &["章长乐"])]
#[case::polyphonic_given("zhangzhangyue", &["章长乐"])]
#[case::u_as_v("lvxiuyun", &["吕秀云"])]
#[case::u_as_u("luxiuyun", &["吕秀云"])]
#[case::letters_and_id_tail("zxy47", &["张秀英"])]
#[case::letters_and_birth_year("zxy1997", &["赵新月"])]
#[case::letters_and_short_year("zxy85", &["张秀英"])]
#[case::letters_and_phone_tail("zdf012", &["张德福"])]
#[case::letters_and_x("sxm1x", &["单小明"])]
#[case::hanzi_and_tail("张秀英1526", &["张秀英"])]
#[case::date("1960-03-10", &["单小明"])]
#[case::date_chinese("1960年3月10日", &["单小明"])]
#[case::date_eight("19600310", &["单小明"])]
#[case::date_six("600310", &["单小明"])]
#[case::date_month_and_day("0310", &["周晓燕", "单小明", "张秀英"])]
#[case::year("1993", &["欧阳娜"])]
#[case::tag("#高血压", &["张秀英"])]
#[case::tag_full_width("＃高血压", &["张秀英"])]
#[case::tag_initials("#tph", &["赵大海", "赵新月", "单小明"])]
#[case::tag_begun("#未", &["张秀英"])]
#[case::tag_unknown("#没有", &[])]
#[case::tag_and_name("张 #未签约", &["张秀英"])]
#[case::two_tags("#高血压 #逾期", &["张秀英"])]
#[case::two_tags_nobody("#高血压 #脱贫户", &[])]
#[case::two_words("zxy 2047", &["张秀英"])]
#[case::two_words_place("张秀英 5组", &["张秀英"])]
#[case::two_words_village("柳树 zgm", &["周国民"])]
#[case::two_words_short_end("zxy 47", &["张秀英"])]
#[case::nobody("qqqqq", &[])]
#[case::marks_only("？！，。", &[])]
fn a_query_finds(#[case] query: &str, #[case] expected: &[&str]) {
    assert_eq!(names(query), expected, "{query}");
}

#[rstest]
#[case::exchanged("zahngwei", "张伟")]
#[case::missing("zhngdefu", "张德福")]
#[case::extra("zhouguoominn", "")]
#[case::extra("zhouguoomin", "周国民")]
#[case::wrong("zhaodahsi", "赵大海")]
#[case::same_sound("张卫", "张伟")]
#[case::same_sound("章建君", "张建军")]
#[case::z_for_zh("zangwei", "张伟")]
#[case::n_for_l("niuhong", "刘洪")]
#[case::f_for_h("liufong", "刘洪")]
#[case::ing_for_in("lingjin", "林静")]
#[case::a_character_missing("周民", "周国民")]
#[case::a_character_wrong("周大民", "周国民")]
#[case::a_digit_wrong("13800138014", "张秀英")]
#[case::digits_exchanged("529901195903102407", "张秀英")]
fn a_slip_still_finds_as_near(#[case] query: &str, #[case] wanted: &str) {
    let rows = village();
    let hits = index_of(&rows).search(query, today(), 20);
    let near = &hits.rows[hits.near_from.unwrap_or(hits.rows.len())..];
    let found = near
        .iter()
        .any(|hit| rows[usize::try_from(hit.person.0).unwrap() - 1].name == wanted);
    assert_eq!(found, !wanted.is_empty(), "{query}: {hits:?}");
}

#[test]
fn near_stands_below_what_was_typed() {
    let found = names("章长乐");
    assert_eq!(found.first().unwrap(), "章长乐");
    let hits = index_of(&village()).search("zhangy", today(), 20);
    assert!(hits.rows.is_sorted_by_key(|hit| hit.rank));
    assert!(!hits.rows[0].rank.is_near());
}

#[test]
fn the_dead_stand_below_the_living_of_the_same_rank() {
    let mut rows = village();
    rows[1].is_gone = true;
    let hits = index_of(&rows).search("张秀英", today(), 20);
    let people: Vec<u64> = hits.rows.iter().map(|hit| hit.person.0).collect();
    assert_eq!(people, [5, 2]);
}

#[test]
fn a_new_head_is_found_with_the_family() {
    let mut rows = village();
    let mut index = index_of(&rows);
    for row in &mut rows[3..5] {
        row.head_name = "张秀英".into();
        row.is_head = !row.is_head;
        index.put(row);
    }
    let hits = index.search("103020002", today(), 20);
    let people: Vec<u64> = hits.rows.iter().map(|hit| hit.person.0).collect();
    assert_eq!(people, [5, 4]);
    assert!(
        hits.rows
            .iter()
            .all(|hit| hit.field == Field::HouseholdNumber)
    );
    assert_eq!(
        index.search("张建军", today(), 20).rows[0].field,
        Field::Name
    );
}

#[test]
fn ten_members_of_a_limit_of_three_are_the_first_three() {
    let hits = index_of(&village()).search("4-009", today(), 3);
    let people: Vec<u64> = hits.rows.iter().map(|hit| hit.person.0).collect();
    assert_eq!(people, [12, 13, 14]);
}

#[rstest]
#[case::nothing_to_tell(&[0, 1], &[])]
#[case::by_age(&[1, 4], &[Tell::Age])]
fn namesakes_are_told_apart_by_the_least(#[case] which: &[usize], #[case] expected: &[Tell]) {
    let rows = village();
    let rows: Vec<&SearchRow> = which.iter().map(|place| &rows[*place]).collect();
    for tell in distinct(&rows, today()) {
        assert_eq!(tell, expected);
    }
}

#[test]
fn twins_in_one_house_are_told_apart_by_their_numbers() {
    let mut rows = village();
    rows[1].name = "张伟".into();
    rows[1].sex = 1;
    rows[1].birth = rows[2].birth;
    let told = distinct(&[&rows[1], &rows[2], &rows[3]], today());
    assert_eq!(told, [vec![Tell::IdTail], vec![Tell::IdTail], vec![]]);
}
