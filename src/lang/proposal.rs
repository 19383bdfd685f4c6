//! Why somebody is proposed for a programme, in words.

use crate::domain::{
    programmes::ProgrammeKind,
    proposal::Ground,
    text::{Lang, Text},
    value::YearMonth,
};

/// Returns a ground as it stands in a row: `满65岁 2026-11-03`, `诊断高血压 2024-05`.
pub fn ground(ground: &Ground, lang: Lang) -> String {
    match (ground, lang) {
        (Ground::Aged { years, on }, Lang::Zh) => format!("满{years}岁 {on}"),
        (Ground::Aged { years, on }, Lang::En) => format!("{years} years old on {on}"),
        (Ground::Child { born }, Lang::Zh) => format!("出生 {born}"),
        (Ground::Child { born }, Lang::En) => format!("born {born}"),
        (Ground::Delivered { on }, Lang::Zh) => format!("分娩 {on}"),
        (Ground::Delivered { on }, Lang::En) => format!("delivered {on}"),
        (Ground::TermPassed { due }, Lang::Zh) => format!("预产期 {due} 已过"),
        (Ground::TermPassed { due }, Lang::En) => format!("was due on {due}"),
        (Ground::Diagnosed { illness, confirmed }, _) => {
            let when = confirmed.map_or_else(String::new, month);
            let name = named(ILLNESSES, illness).get(lang);
            let word = DIAGNOSED.get(lang);
            format!("{word}{name} {when}").trim_end().to_owned()
        }
        (Ground::Tagged { tag, since }, Lang::Zh) => {
            format!("标记{} {since}", tag.name().zh)
        }
        (Ground::Tagged { tag, since }, Lang::En) => {
            format!("tagged {} {since}", tag.name().en)
        }
        (Ground::Disability { kinds }, _) => {
            let kinds: Vec<&str> = kinds
                .iter()
                .map(|kind| named(DISABILITIES, kind).get(lang))
                .collect();
            kinds.join(JOIN.get(lang))
        }
        (Ground::Household { kind }, _) => named(HOUSEHOLDS, kind).get(lang).to_owned(),
        (Ground::Signed { on }, Lang::Zh) => format!("已签约 {on}"),
        (Ground::Signed { on }, Lang::En) => format!("signed on {on}"),
    }
}

/// Returns a ground without its particulars, as a list is headed; what came about in the
/// month of today says so.
pub fn heading(ground: &Ground, is_of_this_month: bool, lang: Lang) -> String {
    let text = match (ground, is_of_this_month) {
        (Ground::Aged { .. }, true) => text("本月满65岁", "turned 65 this month"),
        (Ground::Aged { .. }, false) => text("65岁及以上", "65 and over"),
        (Ground::Child { .. }, true) => text("本月出生", "born this month"),
        (Ground::Child { .. }, false) => text("0～6岁", "aged 0–6"),
        (Ground::Delivered { .. }, _) => text("已分娩", "delivered"),
        (Ground::TermPassed { .. }, _) => text("预产期已过", "past the due date"),
        (Ground::Diagnosed { .. }, _) => text("档案有诊断", "diagnosis on the card"),
        (Ground::Tagged { .. }, _) => text("人群标记", "tag set by hand"),
        (Ground::Disability { .. }, _) => text("档案有残疾", "disability on the card"),
        (Ground::Household { .. }, _) => text("户类型", "type of household"),
        (Ground::Signed { .. }, _) => text("已签约", "signed"),
    };
    text.get(lang).to_owned()
}

/// Returns who belongs to the programme by the rules (§2), in one sentence.
pub const fn clause(programme: ProgrammeKind) -> Text {
    match programme {
        ProgrammeKind::Htn => text(
            "35岁及以上常住居民，确诊原发性高血压",
            "residents from 35 on with primary hypertension confirmed",
        ),
        ProgrammeKind::Dm => text(
            "35岁及以上常住居民，确诊2型糖尿病",
            "residents from 35 on with type 2 diabetes confirmed",
        ),
        ProgrammeKind::Smd => text(
            "居家常住居民，诊断明确的六种严重精神障碍",
            "residents at home with one of six severe mental disorders",
        ),
        ProgrammeKind::Tb => text(
            "确诊肺结核，收到定点医院或疾控通知",
            "confirmed tuberculosis, notified by the designated hospital",
        ),
        ProgrammeKind::Elderly | ProgrammeKind::TcmElderly => {
            text("65岁及以上常住居民", "residents aged 65 and over")
        }
        ProgrammeKind::Anc => text("常住孕妇", "pregnant residents"),
        ProgrammeKind::Pnc => text("分娩后的产妇", "mothers after delivery"),
        ProgrammeKind::Child | ProgrammeKind::Vax => {
            text("0～6岁常住儿童", "resident children under seven")
        }
        ProgrammeKind::TcmChild => text("0～36个月常住儿童", "resident children up to 36 months"),
        ProgrammeKind::Disabled => text(
            "持残疾证，或档案有残疾情况",
            "holders of a disability certificate, or disabled by the card",
        ),
        ProgrammeKind::Poverty => text(
            "脱贫户和防返贫监测户，一户一访，随户主",
            "lifted or monitored households, one visit each, with the head",
        ),
        ProgrammeKind::General => {
            text("协议有效的签约居民", "residents with an agreement in force")
        }
        ProgrammeKind::Outpatient => text(
            "有长期处方或转诊单的人",
            "whoever has a long prescription or a referral slip",
        ),
        ProgrammeKind::Screen35 => text(
            "35岁及以上，不知有高血压",
            "from 35 on, not known hypertensive",
        ),
    }
}

type Named = &'static [(&'static str, Text)];

fn named(names: Named, code: &str) -> Text {
    let found = names.iter().find(|(known, _)| *known == code);
    found.map_or(text("其他", "other"), |(_, name)| *name)
}

fn month(month: YearMonth) -> String {
    match month.month {
        Some(number) => format!("{}-{number:02}", month.year),
        None => month.year.to_string(),
    }
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const DIAGNOSED: Text = text("诊断", "diagnosed: ");
const JOIN: Text = text("、", ", ");

/// 既往史 疾病, as far as they propose anything.
const ILLNESSES: Named = &[
    ("2", text("高血压", "hypertension")),
    ("3", text("糖尿病", "diabetes")),
    ("8", text("严重精神障碍", "severe mental disorder")),
    ("9", text("结核病", "tuberculosis")),
];

/// 残疾情况.
const DISABILITIES: Named = &[
    ("2", text("视力残疾", "visual disability")),
    ("3", text("听力残疾", "hearing disability")),
    ("4", text("言语残疾", "speech disability")),
    ("5", text("肢体残疾", "physical disability")),
    ("6", text("智力残疾", "intellectual disability")),
    ("7", text("精神残疾", "mental disability")),
    ("8", text("其他残疾", "other disability")),
];

/// 户类型.
const HOUSEHOLDS: Named = &[
    ("2", text("脱贫户", "lifted out of poverty")),
    ("3", text("脱贫不稳定户", "unstable after poverty")),
    ("4", text("边缘易致贫户", "near poverty")),
    ("5", text("突发严重困难户", "sudden hardship")),
];
