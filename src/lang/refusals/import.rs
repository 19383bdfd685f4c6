//! The words for what an import leaves to be looked at: of the file itself, and compared with
//! what is kept.

use super::{form, record_number, roster as of_file};
use crate::domain::order::Arrange as _;
use crate::domain::{
    roster::{
        DoubtKind, ImportStage, Outcome, Preview, Roster, RowAction,
        preview::{GoneState, HeldBack, RecordNumberDoubt},
    },
    text::{Lang, Text},
};

/// One thing to look at, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The sheet of past follow-ups; none for the people's sheet.
    pub sheet: Option<String>,
    /// Physical row from 1.
    pub row: u32,
    pub column: String,
    pub value: String,
    pub code: &'static str,
    pub action: RowAction,
    pub message: String,
}

/// Lists everything to look at, in file order: the people's sheet first.
pub fn issues(roster: &Roster, preview: &Preview, lang: Lang) -> Vec<Issue> {
    let of_people = roster.problems.iter().map(|problem| (None, problem));
    let of_history = roster.history.iter().flat_map(|sheet| {
        let name = Some(sheet.place.sheet.clone());
        sheet
            .problems
            .iter()
            .map(move |problem| (name.clone(), problem))
    });
    let of_file = of_people.chain(of_history).map(|(sheet, problem)| Issue {
        sheet,
        row: problem.row,
        column: problem.column.clone(),
        value: problem.value.clone(),
        code: problem.fault.code(),
        action: problem.action,
        message: of_file::fault(&problem.fault, lang),
    });
    let compared = preview.doubts.iter().map(|doubt| Issue {
        sheet: doubt.sheet.clone(),
        row: doubt.row,
        column: header(roster, doubt.sheet.as_deref(), doubt.column),
        value: doubt.value.clone(),
        code: doubt.kind.code(),
        action: action(&doubt.kind),
        message: doubtful(&doubt.kind, lang),
    });
    let held = preview.held.iter().map(|(proposal, why)| Issue {
        sheet: None,
        row: proposal.row,
        column: header(roster, None, crate::domain::roster::Column::Tags),
        value: proposal.programme.programme().short.get(lang).to_owned(),
        code: why.code(),
        action: RowAction::Flagged,
        message: held_back(*why, lang),
    });
    let mut issues: Vec<Issue> = of_file.chain(compared).chain(held).collect();
    issues.arrange_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
    issues
}

/// Names what becomes of a row.
pub const fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::New => text("新增", "new"),
        Outcome::Changed => text("更新", "changed"),
        Outcome::Same => text("不变", "unchanged"),
        Outcome::Repeated => text("重复", "repeated"),
        Outcome::Refused => text("未导入", "not taken"),
    }
}

/// Says what an import is doing.
pub const fn stage(stage: ImportStage) -> Text {
    match stage {
        ImportStage::Comparing => text("正在与已有资料比对", "comparing with what is kept"),
        ImportStage::Waiting => text("等另一个窗口写完", "waiting for another window"),
        ImportStage::Writing => text("正在写入", "writing"),
    }
}

/// Says why an enrolment waits for the doctor.
pub fn held_back(why: HeldBack, lang: Lang) -> String {
    match (why, lang) {
        (HeldBack::TooYoung { age, needed }, Lang::Zh) => {
            format!("{age}岁，不满{needed}岁，没有自动纳管；确需管理请到本人处纳入并写明理由。")
        }
        (HeldBack::TooYoung { age, needed }, Lang::En) => format!(
            "Aged {age}, below {needed}: not enrolled. Where it is needed, enrol by hand with the reason."
        ),
        (HeldBack::NoBirth, Lang::Zh) => {
            "没有出生日期，不能判断年龄，没有纳管；补上后再纳入。".to_owned()
        }
        (HeldBack::NoBirth, Lang::En) => {
            "Without a birth date nobody can say the age: not enrolled; add it, then enrol."
                .to_owned()
        }
    }
}

/// Says what could not be settled and what was done.
pub fn doubtful(kind: &DoubtKind, lang: Lang) -> String {
    match kind {
        DoubtKind::Refused(fault) => form::fault(fault, lang),
        DoubtKind::RecordNumber(RecordNumberDoubt::Fault(fault)) => {
            record_number::fault(fault, lang)
        }
        other => match lang {
            Lang::Zh => zh(other),
            Lang::En => en(other),
        },
    }
}

fn zh(kind: &DoubtKind) -> String {
    match kind {
        DoubtKind::NewVillage => "以前没有这个村，导入时会新建；请核对村名并补村代码。".to_owned(),
        DoubtKind::NoVillage { put_into } => format!("没写哪个村，先放在{put_into}。"),
        DoubtKind::Differs { here } => {
            format!("这里是“{here}”，与表里不同，没有改；以表里为准请到资料卡上改。")
        }
        DoubtKind::NoLongerSaid { here } => format!("表里这一格清空了，这里的“{here}”保留。"),
        DoubtKind::Moved { here } => {
            format!("这里住在 {here}，表里在另一户；要迁请到户里办迁移或分户。")
        }
        DoubtKind::OtherHead { here } => {
            format!("这里的户主是{here}，与表里不同，没有改；要换请到户里换户主。")
        }
        DoubtKind::Gone {
            state: GoneState::Died { on },
        } => format!("这里记着已于 {on} 去世，这一行没有导入。"),
        DoubtKind::Gone {
            state: GoneState::MovedOut { on },
        } => format!("这里记着已于 {on} 迁出，这一行没有导入；迁回请到户里办。"),
        DoubtKind::Similar { place, .. } => {
            format!(
                "{place} 已有同名、同性别、同出生日期的人，没有证件号不能认定，已另建；若是同一人请作废一个。"
            )
        }
        DoubtKind::SameAs { row } => format!("与第{row}行是同一个人，没有另建。"),
        DoubtKind::SameNumber { name } => format!("这个证件号码已是{name}的，没有改。"),
        DoubtKind::UnknownTag => "人群分类里不认识这个词，没有采用。".to_owned(),
        DoubtKind::RecordNumber(RecordNumberDoubt::Taken { name }) if name.is_empty() => {
            "这个档案编号前面的行已用，没有采用。".to_owned()
        }
        DoubtKind::RecordNumber(RecordNumberDoubt::Taken { name }) => {
            format!("这个档案编号已是{name}的，没有采用。")
        }
        DoubtKind::NobodyHere => "这里没有这个人，既往随访没有导入。".to_owned(),
        DoubtKind::NotEnrolled => {
            "这个人没有纳入管理，既往随访没有导入；纳入后再导入一次。".to_owned()
        }
        DoubtKind::Refused(_) | DoubtKind::RecordNumber(RecordNumberDoubt::Fault(_)) => {
            String::new()
        }
    }
}

fn en(kind: &DoubtKind) -> String {
    match kind {
        DoubtKind::NewVillage => {
            "An unknown village, created by the import: check its name and add its code.".to_owned()
        }
        DoubtKind::NoVillage { put_into } => format!("No village is told: put into {put_into}."),
        DoubtKind::Differs { here } => {
            format!("Here it is \"{here}\"; kept. If the file is right, change the card.")
        }
        DoubtKind::NoLongerSaid { here } => {
            format!("The file's cell is empty now; \"{here}\" is kept.")
        }
        DoubtKind::Moved { here } => {
            format!("Lives at {here} here, in another household by the file: move or split there.")
        }
        DoubtKind::OtherHead { here } => {
            format!("The head here is {here}; kept. Change the head in the household.")
        }
        DoubtKind::Gone {
            state: GoneState::Died { on },
        } => format!("Died on {on} by the record here; the row was not taken."),
        DoubtKind::Gone {
            state: GoneState::MovedOut { on },
        } => format!("Moved away on {on} by the record here; the row was not taken."),
        DoubtKind::Similar { place, .. } => format!(
            "Somebody of the same name, sex and birth date lives at {place}; without a number another one was added. Void one if they are the same."
        ),
        DoubtKind::SameAs { row } => format!("The same resident as in row {row}; not added again."),
        DoubtKind::SameNumber { name } => format!("The number belongs to {name}; not changed."),
        DoubtKind::UnknownTag => {
            "Nobody knows this word for a group of people; not used.".to_owned()
        }
        DoubtKind::RecordNumber(RecordNumberDoubt::Taken { name }) if name.is_empty() => {
            "An earlier row has this record number; not used.".to_owned()
        }
        DoubtKind::RecordNumber(RecordNumberDoubt::Taken { name }) => {
            format!("The record number belongs to {name}; not used.")
        }
        DoubtKind::NobodyHere => "Nobody here; the past follow-up was not taken.".to_owned(),
        DoubtKind::NotEnrolled => {
            "Not enrolled; the past follow-up was not taken. Enrol, then import again.".to_owned()
        }
        DoubtKind::Refused(_) | DoubtKind::RecordNumber(RecordNumberDoubt::Fault(_)) => {
            String::new()
        }
    }
}

fn action(kind: &DoubtKind) -> RowAction {
    match kind {
        DoubtKind::SameAs { .. } => RowAction::Duplicate,
        DoubtKind::Gone { .. } | DoubtKind::NobodyHere | DoubtKind::NotEnrolled => {
            RowAction::Rejected
        }
        DoubtKind::NewVillage
        | DoubtKind::NoVillage { .. }
        | DoubtKind::Differs { .. }
        | DoubtKind::NoLongerSaid { .. }
        | DoubtKind::Moved { .. }
        | DoubtKind::OtherHead { .. }
        | DoubtKind::Similar { .. }
        | DoubtKind::SameNumber { .. }
        | DoubtKind::UnknownTag
        | DoubtKind::Refused(_)
        | DoubtKind::RecordNumber(_) => RowAction::Flagged,
    }
}

fn header(roster: &Roster, sheet: Option<&str>, column: crate::domain::roster::Column) -> String {
    let place = match sheet {
        None => roster.people.as_ref(),
        Some(name) => {
            let places = roster.history.iter().map(|sheet| &sheet.place);
            places.into_iter().find(|place| place.sheet == name)
        }
    };
    place
        .map_or(column.usual_name(), |place| place.header(column))
        .to_owned()
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
