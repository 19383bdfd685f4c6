//! The words for what is wrong with a roster: in a cell, with a row, with the whole file.
//!
//! Codes, rows and columns stand beside a sentence, not in it.

use super::identity;
use crate::domain::{
    roster::{RosterFailure, RosterFault, RowAction, SkipReason},
    text::{Lang, Text},
};

/// Says what is wrong with a cell or a row and what was done or is to do.
pub fn fault(fault: &RosterFault, lang: Lang) -> String {
    if let RosterFault::Id(fault) = fault {
        return identity::fault(fault, lang);
    }
    let mut sentence = wording(fault).get(lang).to_owned();
    for (hole, value) in holes(fault) {
        sentence = sentence.replace(hole, &value);
    }
    sentence
}

/// Names what is done about a problem.
pub const fn action(action: RowAction) -> Text {
    match action {
        RowAction::Flagged => text("已导入，待核对", "taken, to be checked"),
        RowAction::Skipped => text("不是居民，已跳过", "no person, skipped"),
        RowAction::Rejected => text("未导入", "not taken"),
        RowAction::Duplicate => text("重复，未另建", "repeated, no second resident"),
    }
}

/// Says why a row is no person.
pub const fn skip(reason: SkipReason) -> Text {
    match reason {
        SkipReason::Blank => text("空行", "blank row"),
        SkipReason::Title => text("标题", "title"),
        SkipReason::GroupHeader => text("分组表头", "group headings"),
        SkipReason::Header => text("表头", "header"),
        SkipReason::RepeatedHeader => text("重复的表头", "header once more"),
        SkipReason::Total => text("合计行", "totals"),
        SkipReason::Footer => text("填表、审核或说明", "signatures or notes"),
        SkipReason::NoPerson => text(
            "没有姓名、证件号码，也看不出是谁",
            "neither a name nor a number: nobody",
        ),
    }
}

/// Says why nothing could be read and what to do.
pub fn failure(failure: &RosterFailure, lang: Lang) -> String {
    let (wording, holes): (Text, Vec<(&str, String)>) = match failure {
        RosterFailure::Missing => (
            text(
                "没有这个文件。请核对文件名和文件夹。",
                "There is no such file. Check its name and folder.",
            ),
            Vec::new(),
        ),
        RosterFailure::Unopened { detail } => (
            text(
                "打不开这个文件（{detail}）。请检查文件是否存在、是否正被其他程序打开。",
                "The file cannot be opened ({detail}). Check that it exists and is not held by another program.",
            ),
            vec![("{detail}", detail.clone())],
        ),
        RosterFailure::NotAFile => (
            text(
                "这是文件夹或设备，不是文件。请指定一个表格文件。",
                "This is a folder or a device, no file. Name a spreadsheet.",
            ),
            Vec::new(),
        ),
        RosterFailure::TooManyRows { most } => (
            text(
                "一张表超过 {most} 行，没有导入。请按村分成几个文件再导入。",
                "A sheet has more than {most} rows; nothing was imported. Split it by village.",
            ),
            vec![("{most}", most.to_string())],
        ),
        RosterFailure::Empty => (text("文件是空的。", "The file is empty."), Vec::new()),
        RosterFailure::TooLarge { bytes, most } => (
            text(
                "文件太大（{bytes} MB，最多 {most} MB）。请按村分成几个文件再导入。",
                "The file is too large ({bytes} MB of at most {most} MB). Split it by village.",
            ),
            vec![
                ("{bytes}", (bytes / 1_048_576).to_string()),
                ("{most}", (most / 1_048_576).to_string()),
            ],
        ),
        RosterFailure::Swollen { part } => (
            text(
                "文件展开后大得不正常（{part}），为安全起见没有读取。请在表格软件里另存一份再试。",
                "Unpacked, {part} is far larger than any roster; it was not read. Save a copy in your spreadsheet program and try that.",
            ),
            vec![("{part}", part.clone())],
        ),
        RosterFailure::Encrypted => (
            text(
                "文件设了打开密码。请在表格软件里去掉密码后另存，再导入。",
                "The file is protected by a password. Save it without one and import that.",
            ),
            Vec::new(),
        ),
        RosterFailure::WebPage => (
            text(
                "这其实是网页，只是文件名像表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。",
                "This is a web page under a spreadsheet's name. Open it in a spreadsheet program and save it as .xlsx.",
            ),
            Vec::new(),
        ),
        RosterFailure::OtherSpreadsheet { format } => (
            text(
                "不能直接读取 {format} 格式。请另存为 .xlsx 再导入。",
                "{format} files are not read. Save it as .xlsx and import that.",
            ),
            vec![("{format}", (*format).to_owned())],
        ),
        RosterFailure::OtherDocument { format } => (
            text(
                "这是 {format} 文件，不是表格。花名册请用 .xlsx、.xls 或 .csv。",
                "This is a {format} file, not a table. A roster is .xlsx, .xls or .csv.",
            ),
            vec![("{format}", (*format).to_owned())],
        ),
        RosterFailure::Damaged { detail } => (
            text(
                "文件已损坏，读不出来（{detail}）。请在表格软件里打开并另存一份再试。",
                "The file is damaged ({detail}). Open it in a spreadsheet program, save a copy, and try that.",
            ),
            vec![("{detail}", detail.clone())],
        ),
        RosterFailure::Encoding => (
            text(
                "认不出这个文本文件的编码。请另存为 UTF-8 的 .csv 或 .xlsx 再导入。",
                "The text is in no known encoding. Save it as UTF-8 .csv or as .xlsx.",
            ),
            Vec::new(),
        ),
        RosterFailure::NoRoster { sheets } => (
            text(
                "没有找到花名册的表头（至少要有“姓名”和“身份证号”等列）。看过的工作表：{sheets}。",
                "No header row of a roster was found (at least 姓名 and 身份证号 or the like). Sheets looked at: {sheets}.",
            ),
            vec![("{sheets}", named(sheets))],
        ),
        RosterFailure::NoSuchSheet { wanted, sheets } => (
            text(
                "没有叫“{wanted}”的工作表。现有：{sheets}。",
                "There is no sheet \"{wanted}\". There are: {sheets}.",
            ),
            vec![("{wanted}", wanted.clone()), ("{sheets}", named(sheets))],
        ),
        RosterFailure::Stopped => (
            text("已停止，什么都没有导入。", "Stopped; nothing was imported."),
            Vec::new(),
        ),
    };
    holes
        .into_iter()
        .fold(wording.get(lang).to_owned(), |sentence, (hole, value)| {
            sentence.replace(hole, &value)
        })
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

fn named(sheets: &[String]) -> String {
    let names: Vec<&str> = sheets
        .iter()
        .map(|name| {
            if name.is_empty() {
                "—"
            } else {
                name.as_str()
            }
        })
        .collect();
    names.join("、")
}

fn holes(fault: &RosterFault) -> Vec<(&'static str, String)> {
    match fault {
        RosterFault::NameNote { name } => vec![("{name}", name.clone())],
        RosterFault::IdOld15 { converted } => vec![("{converted}", converted.clone())],
        RosterFault::IdBirth { number } => vec![("{birth}", number.to_string())],
        RosterFault::Repeated { of }
        | RosterFault::SameNumber { of }
        | RosterFault::OutsideNoTwice { of } => vec![("{row}", of.to_string())],
        RosterFault::Similar { to } => vec![("{row}", to.to_string())],
        RosterFault::SecondHead { first } => vec![("{row}", first.to_string())],
        RosterFault::PhoneWords { phone } => vec![("{phone}", phone.clone())],
        RosterFault::TooLong { most } => vec![("{most}", most.to_string())],
        RosterFault::NameMissing
        | RosterFault::NameForm
        | RosterFault::NameAndIdSwapped
        | RosterFault::NobodyKnown
        | RosterFault::IdMissing
        | RosterFault::DigitsLost
        | RosterFault::IdMasked
        | RosterFault::IdType
        | RosterFault::IdSex
        | RosterFault::SexMissing
        | RosterFault::SexWord
        | RosterFault::BirthMissing
        | RosterFault::DateForm
        | RosterFault::DateImpossible
        | RosterFault::DateFuture
        | RosterFault::DateIncomplete
        | RosterFault::PhoneNone
        | RosterFault::PhoneForm
        | RosterFault::PhoneDigitsLost
        | RosterFault::PhoneMasked
        | RosterFault::RelationWord
        | RosterFault::NoHead
        | RosterFault::NoHousehold
        | RosterFault::Continued
        | RosterFault::Unreadable
        | RosterFault::CellError
        | RosterFault::OpenQuote
        | RosterFault::Measurement
        | RosterFault::VisitDateMissing
        | RosterFault::Id(_)
        | RosterFault::IdRepaired { .. } => Vec::new(),
    }
}

fn wording(fault: &RosterFault) -> Text {
    match fault {
        RosterFault::NameMissing => text("没有姓名，已按待补导入。", "No name; taken as 待补."),
        RosterFault::NameForm => text(
            "姓名里有数字或符号，未采用，请核对。",
            "The name has digits or signs and was not taken; please check.",
        ),
        RosterFault::NameNote { .. } => text(
            "姓名取作“{name}”，括号里的话放进了备注。",
            "The name was taken as {name}, what stood in brackets as a remark.",
        ),
        RosterFault::NameAndIdSwapped => text(
            "姓名和身份证号填反了，已换过来，请核对。",
            "Name and number stood in each other's column and were exchanged; please check.",
        ),
        RosterFault::NobodyKnown => text(
            "姓名、身份证号都没有，出生日期或性别也不全，没有导入。",
            "Neither a name nor a number, nor birth date and sex together; not taken.",
        ),
        RosterFault::IdMissing => text(
            "没有身份证号，请补录。",
            "No identity number; please add it.",
        ),
        RosterFault::Id(_) => text("身份证号有误，未采用。", "The identity number is wrong."),
        RosterFault::IdOld15 { .. } => text(
            "这是15位旧号码，对应的18位号码是 {converted}，请与证件核对后补录。",
            "An old 15-digit number; its 18 characters are {converted}. Compare with the document and enter that.",
        ),
        RosterFault::DigitsLost => text(
            "号码在表格里存成了数字，末几位已经丢失，未采用。请把该列改成文本格式重新填写。",
            "The number was stored as a number and lost its last digits; not taken. Make the column text and type it again.",
        ),
        RosterFault::IdMasked => text(
            "号码被星号遮住了，未采用，请补录完整号码。",
            "Part of the number is hidden by stars; not taken. Please enter it whole.",
        ),
        RosterFault::IdRepaired { .. } => text(
            "号码里的字母按数字读（如 O 读作 0），校验位相符，请核对。",
            "A letter was read as the digit it looks like; the check character agrees. Please check.",
        ),
        RosterFault::IdType => text(
            "不认识的证件类型，按居民身份证核对。",
            "Unknown kind of document; checked as an identity card.",
        ),
        RosterFault::IdBirth { .. } => text(
            "出生日期与身份证号不一致，已按号码取 {birth}，请核对。",
            "The birth date disagrees with the number; the number's {birth} was taken, please check.",
        ),
        RosterFault::IdSex => text(
            "性别与身份证号不一致，已按号码取，请核对。",
            "The sex disagrees with the number; the number's was taken, please check.",
        ),
        RosterFault::Repeated { .. } => text(
            "与第 {row} 行是同一个人，没有另建。",
            "The same person as in row {row}; no second resident.",
        ),
        RosterFault::SameNumber { .. } => text(
            "身份证号与第 {row} 行相同而姓名不同，没有导入，请核对是谁的号码。",
            "The number of row {row} under another name; not taken. Please find out whose it is.",
        ),
        RosterFault::Similar { .. } => text(
            "与第 {row} 行姓名、出生日期、性别相同，请核对是否同一个人。",
            "Name, birth date and sex as in row {row}; please check whether it is the same person.",
        ),
        RosterFault::SexMissing => text("没有性别，请补录。", "No sex; please add it."),
        RosterFault::SexWord => text(
            "性别写法不认识，请核对。",
            "Unknown word for the sex; please check.",
        ),
        RosterFault::BirthMissing => {
            text("没有出生日期，请补录。", "No birth date; please add it.")
        }
        RosterFault::DateForm => text(
            "看不懂这个日期，请写成 1980-02-12 的样子。",
            "Not readable as a date; write it as 1980-02-12.",
        ),
        RosterFault::DateImpossible => text(
            "没有这一天，请核对。",
            "There is no such day; please check.",
        ),
        RosterFault::DateFuture => text(
            "日期在今天以后，请核对。",
            "The date lies after today; please check.",
        ),
        RosterFault::DateIncomplete => text(
            "日期不完整（缺日、月或世纪），未采用，请补全。",
            "The date lacks day, month or century and was not taken; please complete it.",
        ),
        RosterFault::PhoneNone => text(
            "没有电话，请选择原因或补录。",
            "No phone; choose the reason or add one.",
        ),
        RosterFault::PhoneForm => text(
            "电话号码不对，未采用，请核对。",
            "Not a phone number; not taken, please check.",
        ),
        RosterFault::PhoneDigitsLost => text(
            "电话在表格里存成了科学计数，末几位已经丢失，请补录。",
            "The phone was stored in scientific notation and lost digits; please enter it again.",
        ),
        RosterFault::PhoneMasked => text(
            "电话被星号遮住了，请补录完整号码。",
            "Part of the phone is hidden by stars; please enter it whole.",
        ),
        RosterFault::PhoneWords { .. } => text(
            "电话取作 {phone}，旁边的文字没有采用，请核对。",
            "The phone was taken as {phone} without the words around it; please check.",
        ),
        RosterFault::RelationWord => text(
            "不认识的与户主关系，先记作其他，原词保留。",
            "Unknown relation; kept as other, with its word.",
        ),
        RosterFault::SecondHead { .. } => text(
            "这户有两个户主，第 {row} 行已是户主，请核对。",
            "A second head in the household; row {row} is one already. Please check.",
        ),
        RosterFault::NoHead => text(
            "这户没有户主，请指定。",
            "The household has no head; please choose one.",
        ),
        RosterFault::NoHousehold => text(
            "看不出属于哪一户，先单独立户，请核对。",
            "Nothing says which household; kept alone in one, please check.",
        ),
        RosterFault::OutsideNoTwice { .. } => text(
            "户编号与第 {row} 行相同而户主不同，按另一户处理，请核对。",
            "The household number of row {row} under another head; treated as another household, please check.",
        ),
        RosterFault::Continued => text(
            "隔着空行，按上一户处理，请核对。",
            "Below a blank row; taken as the household above, please check.",
        ),
        RosterFault::TooLong { .. } => text(
            "内容太长（最多 {most} 字），未采用。",
            "Too long (at most {most} characters); not taken.",
        ),
        RosterFault::Unreadable => text(
            "有文字已成乱码，未采用，请补录。",
            "Characters were lost in the file; not taken, please enter it again.",
        ),
        RosterFault::CellError => text(
            "单元格里是表格的错误值，未采用。",
            "The cell holds a spreadsheet error; not taken.",
        ),
        RosterFault::OpenQuote => text(
            "这一行的引号没有配对，按普通文字读，请核对各列。",
            "A quotation mark is never closed in this row; it was read as text, please check its columns.",
        ),
        RosterFault::Measurement => text(
            "测量值不对，未采用，请核对。",
            "Not a measurement that can be; not taken, please check.",
        ),
        RosterFault::VisitDateMissing => text(
            "没有随访日期，不作为随访记录。",
            "No date of the follow-up; not kept as one.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::IdentityFault;

    #[test]
    fn every_hole_is_filled_in_both_languages() {
        let faults = [
            RosterFault::NameNote {
                name: "张伟".to_owned(),
            },
            RosterFault::IdOld15 {
                converted: "1".to_owned(),
            },
            RosterFault::IdRepaired {
                number: "1".to_owned(),
            },
            RosterFault::IdBirth {
                number: crate::domain::day::year_start(1980),
            },
            RosterFault::Repeated { of: 3 },
            RosterFault::SameNumber { of: 3 },
            RosterFault::Similar { to: 3 },
            RosterFault::SecondHead { first: 3 },
            RosterFault::OutsideNoTwice { of: 3 },
            RosterFault::PhoneWords {
                phone: "154".to_owned(),
            },
            RosterFault::TooLong { most: 30 },
            RosterFault::Id(IdentityFault::Check),
        ];
        for one in &faults {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!fault(one, lang).contains('{'), "{one:?}");
            }
        }
        let failures = [
            RosterFailure::TooLarge { bytes: 1, most: 1 },
            RosterFailure::NoSuchSheet {
                wanted: "a".to_owned(),
                sheets: vec![String::new()],
            },
            RosterFailure::OtherSpreadsheet { format: ".ods" },
        ];
        for one in &failures {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!failure(one, lang).contains('{'), "{one:?}");
            }
        }
    }
}
