//! The words for refusals about agreements. Persons stand in them by name, agreements by id.

use crate::domain::{
    agreement::{
        consent::{ConsentFault, GuardFault},
        package::PackageFault,
        refusal::{FeeFault, Field, MemberFault, Refusal, RepresentativeFault},
        signed::Side,
        voucher::VoucherFault,
    },
    text::{Lang, Text},
};

/// Says why the request is refused and what to do.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(refusal),
        Lang::En => en(refusal),
    }
}

fn zh(refusal: &Refusal) -> String {
    use Refusal as R;
    let of = |text: Text| text.get(Lang::Zh);
    match refusal {
        R::NoHousehold => "没有这一户（单位），或这一户已经没有人了，请选现在住着的户。".to_owned(),
        R::NoMember => "还没有选签约成员，请至少选一位。".to_owned(),
        R::Doctor { name } => format!("医生{name}不在服务期内，不能签约，请换一位医生。"),
        R::Member { who, fault } => format!("{}：{}", who.name, of(member(*fault))),
        R::Field(missing) => format!("还没有填写：{}。", of(field(*missing))),
        R::Representative(fault) => of(representative(*fault)).to_owned(),
        R::Consent { who, fault } => format!("{}：{}", who.name, of(consent(*fault))),
        R::Untold { who } => format!("{}：既没有同意，也没有写未签原因，请选一样。", who.name),
        R::Guard { who, fault } => format!("{}：{}", who.name, of(guard(*fault))),
        R::ClinicUnsigned => "甲方还没有签字，请医生签字或机构盖章。".to_owned(),
        R::Exclusive { other } => {
            format!("这一户已由别的医生或团队签约（{other}），要换医生请用“改签”。")
        }
        R::DoubleCover { who, other } => {
            format!("{}在这段时间已有协议（{other}），不能重复签约。", who.name)
        }
        R::Term { years, allowed } => {
            format!("协议期限不能是{years}年，只能选{}年。", list(allowed, "、"))
        }
        R::Date { earliest, latest } => format!("日期应在{earliest}到{latest}之间。"),
        R::Start { earliest, latest } => format!("开始日期应在{earliest}到{latest}之间。"),
        R::EvidenceUsed { number, other } => {
            format!("凭证编号{number}已用在协议{other}上，一个编号只能用于一份协议。")
        }
        R::NoBasicPackage { who } => format!("{}没有选基础服务包，请先选上。", who.name),
        R::Package { who, code, fault } => {
            format!("{}的服务包{code}：{}", who.name, of(package(*fault)))
        }
        R::Fee {
            who,
            package,
            fault,
        } => format!("{}的服务包{package}费用：{}", who.name, of(fee(*fault))),
        R::Voucher { number, fault } => format!("券{number}：{}", of(voucher(*fault))),
        R::Cap {
            persons,
            households,
            ..
        } => format!(
            "签约后将有{persons}人、{households}户，超过该医生的上限；要继续请写明原因，并由院长或分管副院长批准。"
        ),
        R::Late { next: Some(next) } => {
            format!("这份协议已经续约，要解约请在新的协议{next}上办理。")
        }
        R::Late { next: None } => "已经过了可以办理的日子，请核对日期。".to_owned(),
        R::NotBothSigned { missing } => {
            let sides = missing.iter().map(|one| of(side(*one)));
            format!(
                "解约单要双方签字，还缺{}签字。",
                sides.collect::<Vec<_>>().join("、")
            )
        }
        R::State { state: Some(state) } => {
            format!("协议现在是“{}”，不能这样办理。", of(state.name()))
        }
        R::State { state: None } => "没有这份协议，不能这样办理。".to_owned(),
        R::SignAnew => "不能在协议里直接换医生或团队，请用“改签”。".to_owned(),
        R::SameDoctor => "医生和团队都没有变，不用改签；到期前可以续签。".to_owned(),
        R::Early { first } => format!("还没到续签的时候，{first}起可以续签。"),
        R::Approval => {
            "要由另外一位工作人员批准，或写明院外批准人和文号；签约医生和经办人不能自己批准。"
                .to_owned()
        }
        R::NotTheirs => "撤回解约要由提出解约的人或户主办理。".to_owned(),
        R::ClosedMonth { reported } => {
            format!("{reported}以前的月报已经上报，要补录请写明原因，月报会标为“需更正”。")
        }
        R::NumbersUsedUp => "本村今年的协议编号已经用完，请联系管理员。".to_owned(),
    }
}

fn en(refusal: &Refusal) -> String {
    use Refusal as R;
    let of = |text: Text| text.get(Lang::En);
    match refusal {
        R::NoHousehold => {
            "There is no such household or unit, or nobody lives in it: choose another.".to_owned()
        }
        R::NoMember => "Nobody is to be covered yet: choose at least one member.".to_owned(),
        R::Doctor { name } => {
            format!("Doctor {name} is not in service and cannot sign: choose another.")
        }
        R::Member { who, fault } => format!("{}: {}", who.name, of(member(*fault))),
        R::Field(missing) => format!("Not filled in yet: {}.", of(field(*missing))),
        R::Representative(fault) => of(representative(*fault)).to_owned(),
        R::Consent { who, fault } => format!("{}: {}", who.name, of(consent(*fault))),
        R::Untold { who } => format!(
            "{}: neither consent nor a reason for leaving the member out. Give one of them.",
            who.name
        ),
        R::Guard { who, fault } => format!("{}: {}", who.name, of(guard(*fault))),
        R::ClinicUnsigned => "The clinic's side has not signed yet.".to_owned(),
        R::Exclusive { other } => format!(
            "The household has another doctor, team or agreement ({other}): use the change of doctor."
        ),
        R::DoubleCover { who, other } => {
            format!("{} is already covered in these days ({other}).", who.name)
        }
        R::Term { years, allowed } => format!(
            "An agreement cannot run {years} years; allowed are {}.",
            list(allowed, ", ")
        ),
        R::Date { earliest, latest } => {
            format!("The date has to lie between {earliest} and {latest}.")
        }
        R::Start { earliest, latest } => {
            format!("The first day has to lie between {earliest} and {latest}.")
        }
        R::EvidenceUsed { number, other } => format!(
            "Evidence {number} already serves agreement {other}; a number serves one agreement only."
        ),
        R::NoBasicPackage { who } => format!("{} has no basic package: add it first.", who.name),
        R::Package { who, code, fault } => {
            format!("Package {code} of {}: {}", who.name, of(package(*fault)))
        }
        R::Fee {
            who,
            package,
            fault,
        } => format!("Fees of package {package} of {}: {}", who.name, of(fee(*fault))),
        R::Voucher { number, fault } => format!("Voucher {number}: {}", of(voucher(*fault))),
        R::Cap {
            persons,
            households,
            ..
        } => format!(
            "With {persons} persons in {households} households the doctor's limit is exceeded: give a reason and the director's approval."
        ),
        R::Late { next: Some(next) } => {
            format!("This agreement was renewed: end the new one, {next}.")
        }
        R::Late { next: None } => "It is too late for that: check the date.".to_owned(),
        R::NotBothSigned { missing } => {
            let sides = missing.iter().map(|one| of(side(*one)));
            let sides = sides.collect::<Vec<_>>().join(" and ");
            format!("Both sides sign the end; missing: {sides}.")
        }
        R::State { state: Some(state) } => {
            format!("The agreement is “{}”; that cannot be done now.", of(state.name()))
        }
        R::State { state: None } => "There is no such agreement to do that with.".to_owned(),
        R::SignAnew => {
            "Doctor and team are not changed inside an agreement: sign it anew.".to_owned()
        }
        R::SameDoctor => {
            "Doctor and team are the same: there is nothing to sign anew.".to_owned()
        }
        R::Early { first } => format!("It is too early: it can be renewed from {first} on."),
        R::Approval => {
            "Another staff member approves, or a named person outside with a paper number; never the doctor who signed or who asks.".to_owned()
        }
        R::NotTheirs => "Who gave notice, or the head of the household, withdraws it.".to_owned(),
        R::ClosedMonth { reported } => format!(
            "The reports up to {reported} were sent: give a reason, and the report is marked for correction."
        ),
        R::NumbersUsedUp => "The village's numbers of this year are used up.".to_owned(),
    }
}

fn list(years: &[u32], between: &str) -> String {
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    years.join(between)
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const fn side(side: Side) -> Text {
    match side {
        Side::Clinic => text("甲方", "the clinic"),
        Side::Resident => text("乙方", "the resident"),
    }
}

const fn field(field: Field) -> Text {
    match field {
        Field::Doctor => text("签约医生", "doctor"),
        Field::Term => text("协议期限", "term"),
        Field::Packages => text("服务包", "packages"),
        Field::Representative => text("家庭代表", "representative"),
        Field::Template => text("协议文本版本和份数", "template version and copies"),
        Field::Reason => text("原因", "reason"),
        Field::Destination => text("迁往何处", "where to"),
        Field::Evidence => text("凭证或签名", "evidence or name"),
        Field::Sheet => text("解约单编号", "number of the end sheet"),
        Field::Informed => text("告知居民的日期", "the day the resident was told"),
    }
}

const fn member(fault: MemberFault) -> Text {
    match fault {
        MemberFault::Dead => text("已经去世，不能签约。", "has died and cannot be covered."),
        MemberFault::MovedOut => text(
            "已经迁出，不能签约。",
            "has moved away and cannot be covered.",
        ),
        MemberFault::NotAPerson => text(
            "没有这个人，或档案已作废。",
            "there is no such person, or the record is void.",
        ),
        MemberFault::Elsewhere => text(
            "不是这一户（单位）的成员，请核对。",
            "is no member of this household or unit.",
        ),
        MemberFault::Twice => text("重复了，请删去一个。", "is listed twice."),
        MemberFault::Covered => text(
            "已经在这份协议里。",
            "is covered by this agreement already.",
        ),
        MemberFault::NotCovered => text(
            "不在这份协议里，或不需要这样办理。",
            "is not covered by this agreement, or needs no such step.",
        ),
    }
}

const fn representative(fault: RepresentativeFault) -> Text {
    match fault {
        RepresentativeFault::Missing => {
            text("还没有选家庭代表。", "No representative is chosen yet.")
        }
        RepresentativeFault::NotAdult => text(
            "家庭代表要年满18岁，请换一位。",
            "The representative has to be 18 or older: choose another.",
        ),
        RepresentativeFault::NotTheirs => text(
            "家庭代表要是本户成年人，或签约成员的监护人。",
            "The representative is an adult of the household, or a covered member's guardian.",
        ),
        RepresentativeFault::NotSigned => text(
            "家庭代表还没有签字：纸质签字、指纹、电子签名或线上确认，并写凭证编号；不能由代表自己经办。",
            "The representative has not signed: on paper, by fingerprint, electronically or online, with its evidence number, taken by somebody else.",
        ),
    }
}

const fn consent(fault: ConsentFault) -> Text {
    match fault {
        ConsentFault::None => text("还没有同意签约的记录。", "no consent is recorded."),
        ConsentFault::Evidence => text("同意没有凭证编号。", "the consent has no evidence number."),
        ConsentFault::TakenByHimself => text(
            "不能自己给自己办理，请由另外一位工作人员经办。",
            "nobody takes his own consent: somebody else has to.",
        ),
        ConsentFault::NeedsNoGuardian => text(
            "成年人要本人同意；无行为能力的请先写明依据。",
            "an adult consents himself; where he cannot, say on what grounds.",
        ),
        ConsentFault::NotOwn => text(
            "要本人（或监护人）签字，不能代签。",
            "the person himself, or the guardian, has to sign.",
        ),
        ConsentFault::NoBirth => text(
            "没有出生日期，不知道该由谁签字，请先补上。",
            "without a birth date nobody can tell who has to sign: add it first.",
        ),
    }
}

const fn guard(fault: GuardFault) -> Text {
    match fault {
        GuardFault::SignedHimself => text(
            "未满18岁或无行为能力，要由监护人签字。",
            "under 18 or without capacity: the guardian has to sign.",
        ),
        GuardFault::Unnamed => text(
            "请写监护人的姓名和关系。",
            "give the guardian's name and relation.",
        ),
        GuardFault::NotAnAdult => text("监护人要是成年人。", "the guardian has to be an adult."),
    }
}

const fn package(fault: PackageFault) -> Text {
    match fault {
        PackageFault::Unknown => text("没有这个服务包。", "there is no such package."),
        PackageFault::NotOffered => text("现在不提供。", "it is not offered now."),
        PackageFault::NotForPerson => text("不适用于这类人群。", "it is meant for other groups."),
        PackageFault::Twice => text("选了两次。", "it is chosen twice."),
    }
}

const fn fee(fault: FeeFault) -> Text {
    match fault {
        FeeFault::Unbalanced => text(
            "各项相加不等于定价，或有负数。",
            "the parts do not make up the price, or one is below zero.",
        ),
        FeeFault::BasicCharged => text(
            "基础服务包免费，居民自付只能是0元。",
            "the basic package is free for residents.",
        ),
        FeeFault::Price => text("与服务包定价不符。", "the price is not the package's."),
        FeeFault::Stray => text(
            "多出来的费用：没有选这个包、没有这个协议年，或重复了。",
            "the line belongs to no chosen package or agreement year, or stands twice.",
        ),
        FeeFault::None => text(
            "还没有第一年的费用。",
            "there is no line for the first year.",
        ),
    }
}

const fn voucher(fault: VoucherFault) -> Text {
    match fault {
        VoucherFault::Unknown => text("没有这张券。", "there is no such voucher."),
        VoucherFault::Used => text("已经用过了。", "it was used before."),
        VoucherFault::Void => text("已经作废。", "it is void."),
        VoucherFault::Expired => text("不在有效期内。", "it is not valid on that day."),
        VoucherFault::Owner => text("是发给别人的。", "it was issued to somebody else."),
        VoucherFault::Amount => text(
            "面额不够，或种类不对。",
            "it is worth less, or is of the other kind.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{agreement::refusal::Named, id::PersonId};

    #[test]
    fn what_is_missing_names_the_person() {
        let who = Named {
            person: PersonId(2),
            name: "李秀英".to_owned(),
        };
        let fault = ConsentFault::None;
        let refused = Refusal::Consent { who, fault };
        assert_eq!(
            refusal(&refused, Lang::Zh),
            "李秀英：还没有同意签约的记录。"
        );
        assert!(refusal(&refused, Lang::En).contains("李秀英"));
        let years = Refusal::Term {
            years: 5,
            allowed: vec![1, 2, 3],
        };
        assert_eq!(
            refusal(&years, Lang::Zh),
            "协议期限不能是5年，只能选1、2、3年。"
        );
    }
}
