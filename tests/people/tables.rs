//! The cards' fields and code lists, row by row as the national form and the
//! clinic's books have them.

use cunyi::{
    catalog::Catalog,
    domain::form::{self, Field, FormDef, Kind},
};
use rstest::rstest;

/// Key, label, what it takes (codes as `1甲 2乙`), and whether it counts for completeness.
type Row = (&'static str, &'static str, &'static str, Need);

/// Whether a field counts for completeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Yes.
    R,
    /// No.
    O,
}
use Need::{O, R};

const DISEASES: &str = "many 1无 2高血压 3糖尿病 4冠心病 5慢性阻塞性肺疾病 6恶性肿瘤 7脑卒中 8严重精神障碍 9结核病 10肝炎 11其他法定传染病 12职业病 13其他";
const FAMILY: &str = "many 1无 2高血压 3糖尿病 4冠心病 5慢性阻塞性肺疾病 6恶性肿瘤 7脑卒中 8严重精神障碍 9结核病 10肝炎 11先天畸形 12其他";
const NONE_SOME: &str = "one 1无 2有";

const PERSON: &[Row] = &[
    ("name", "姓名", "text 30", R),
    ("record_no", "健康档案编号", "text 17", R),
    ("sex", "性别", "one 0未知的性别 1男 2女 9未说明的性别", R),
    ("birth", "出生日期", "date", R),
    (
        "id_type",
        "证件类型",
        "one 01居民身份证 02居民户口簿 03护照 04军官证 05驾驶证 06港澳居民来往内地通行证 07台湾居民来往内地通行证 99其他法定有效证件",
        R,
    ),
    (
        "id_sub",
        "证件细类",
        "one 9901外国人永久居留身份证 9902港澳台居民居住证 9903出生医学证明 9900其他",
        R,
    ),
    ("id_no", "证件号码", "text", R),
    ("employer", "工作单位", "text 60", O),
    ("phone", "本人电话", "text", R),
    (
        "no_phone",
        "无电话原因",
        "one 1无电话 2不愿提供 3由家属代接",
        O,
    ),
    ("contact_name", "联系人姓名", "text", R),
    ("contact_phone", "联系人电话", "text", R),
    ("contact_rel", "联系人关系", "text", R),
    ("residence", "常住类型", "one 1户籍 2非户籍", R),
    ("ethnic", "民族", "one 01汉族 99少数民族", R),
    ("abo", "血型 ABO", "one 1A型 2B型 3O型 4AB型 5不详", R),
    ("rh", "RH", "one 1阴性 2阳性 3不详", R),
    (
        "education",
        "文化程度",
        "one 1研究生 2大学本科 3大学专科和专科学校 4中等专业学校 5技工学校 6高中 7初中 8小学 9文盲或半文盲 10不详",
        R,
    ),
    (
        "occupation",
        "职业",
        "one 0国家机关、党群组织、企业、事业单位负责人 1专业技术人员 2办事人员和有关人员 3商业、服务业人员 4农、林、牧、渔、水利业生产人员 5生产、运输设备操作人员及有关人员 6军人 7不便分类的其他从业人员 8无职业",
        R,
    ),
    (
        "marriage",
        "婚姻状况",
        "one 1未婚 2已婚 3丧偶 4离婚 5未说明的婚姻状况",
        R,
    ),
    (
        "payment",
        "医疗费用支付方式",
        "many 1城镇职工基本医疗保险 2城镇居民基本医疗保险(现城乡居民基本医疗保险) 3新型农村合作医疗(现城乡居民基本医疗保险) 4贫困救助 5商业医疗保险 6全公费 7全自费 8其他",
        R,
    ),
    (
        "allergy",
        "药物过敏史",
        "many 1无 2青霉素 3磺胺 4链霉素 5其他",
        R,
    ),
    ("exposure", "暴露史", "many 1无 2化学品 3毒物 4射线", R),
    ("diseases", "既往史 疾病", DISEASES, R),
    ("surgery", "手术", NONE_SOME, R),
    ("trauma", "外伤", NONE_SOME, R),
    ("transfusion", "输血", NONE_SOME, R),
    ("fam_father", "父亲", FAMILY, R),
    ("fam_mother", "母亲", FAMILY, R),
    ("fam_sibling", "兄弟姐妹", FAMILY, R),
    ("fam_child", "子女", FAMILY, R),
    ("genetic", "遗传病史", NONE_SOME, R),
    (
        "disability",
        "残疾情况",
        "many 1无残疾 2视力残疾 3听力残疾 4言语残疾 5肢体残疾 6智力残疾 7精神残疾 8其他残疾",
        R,
    ),
    ("address", "现住址", "text 100", R),
    ("reg_address", "户籍地址", "text 100", R),
    ("org", "建档单位", "text", R),
    ("creator", "建档人", "text", R),
    ("doctor", "责任医生", "text", R),
    ("created", "建档日期", "date", R),
    ("status", "档案状态", "one 1正常 2失访 3迁出 4死亡 5作废", R),
];

const HOUSEHOLD: &[Row] = &[
    ("hh_no", "家庭编号", "text 12", R),
    ("door", "门牌", "text 6", O),
    ("county6", "县码", "text 6", O),
    ("town3", "乡镇码", "text 3", O),
    ("village3", "村码", "text 3", O),
    ("area", "片区", "text 20", O),
    ("group", "村民小组", "text 20", O),
    ("building", "小区楼栋", "text 20", O),
    ("address", "详细地址", "text 100", R),
    ("phone", "户联系电话", "text", R),
    (
        "hh_type",
        "户类型",
        "one 1一般户 2脱贫户 3脱贫不稳定户 4边缘易致贫户 5突发严重困难户",
        R,
    ),
    ("risk_found", "识别日期", "date", R),
    (
        "risks",
        "主要风险",
        "many 1因病 2因残 3因学 4因灾 5因意外 6其他",
        R,
    ),
    ("risk_cleared", "风险消除日期", "date", O),
    (
        "hh_flags",
        "户标签",
        "many 11低保户 12低保边缘家庭 13特困供养户(原五保) 14计划生育特殊家庭 15残疾人家庭 16优抚/军烈属 17独居或空巢老人户 18留守(老人、妇女、儿童)户 19外来流动户 20孤儿/事实无人抚养",
        O,
    ),
    ("doctor", "责任医生", "text", R),
    ("team", "团队", "text", R),
    ("folder_no", "家庭健康档案袋号", "text 12", O),
    (
        "state",
        "居住状态",
        "one 1常住 2季节性外出 3全家外出 4空挂户 5已迁出",
        R,
    ),
    ("created", "建户日期", "date", O),
    ("note", "备注", "text", O),
    (
        "kitchen",
        "厨房排风设施",
        "one 1无 2油烟机 3换气扇 4烟囱",
        O,
    ),
    (
        "fuel",
        "燃料类型",
        "one 1液化气 2煤 3天然气 4沼气 5柴火 6其他",
        O,
    ),
    (
        "water",
        "饮水",
        "one 1自来水 2经净化过滤的水 3井水 4河湖水 5塘水 6其他",
        O,
    ),
    (
        "toilet",
        "厕所",
        "one 1卫生厕所 2一格或二格粪池式 3马桶 4露天粪坑 5简易棚厕",
        O,
    ),
    ("pen", "禽畜栏", "one 1无 2单设 3室内 4室外", O),
];

fn takes(field: &Field) -> String {
    let options = || {
        let options = field.options().iter();
        let options = options.map(|option| format!(" {}{}", option.code, option.label.zh));
        options.collect::<String>()
    };
    match &field.kind {
        Kind::Date => "date".to_owned(),
        Kind::Text { most, .. } => format!("text {most}"),
        Kind::Codes(_) => format!("many{}", options()),
        Kind::Code(_) | Kind::Bool(_) => format!("one{}", options()),
        other => format!("{other:?}"),
    }
}

fn differences(form: &FormDef, rows: &[Row]) -> Vec<String> {
    let mut found = Vec::new();
    for (key, label, wanted, need) in rows {
        let Some(field) = form.field(key) else {
            found.push(format!("{key} {label}: no such field"));
            continue;
        };
        let takes = takes(field);
        let is_as_wanted = takes == *wanted || *wanted == "text" && takes.starts_with("text ");
        if !is_as_wanted {
            found.push(format!("{key}: {takes} for {wanted}"));
        }
        if field.label.zh != *label {
            found.push(format!("{key}: {} for {label}", field.label.zh));
        }
        if (field.need != form::Need::Optional) != (*need == R) {
            found.push(format!("{key}: required is not {need:?}"));
        }
    }
    found
}

#[rstest]
#[case("F08", PERSON)]
#[case("household", HOUSEHOLD)]
fn every_field_and_code_of_a_card_is_there(#[case] form: &str, #[case] rows: &[Row]) {
    let catalog = Catalog::built_in().unwrap();
    let form = catalog.form(form).unwrap();
    assert_eq!(differences(form, rows), Vec::<String>::new());
}
