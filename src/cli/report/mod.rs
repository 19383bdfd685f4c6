//! `cunyi report`: the registers that build themselves: 签约工作登记表, 签约工作汇总表,
//! 绩效统计表.

mod shown;

use std::path::Path;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{
    agreement::Reader,
    open::{Session, unexpected},
    papers::FileArguments,
    print::{Answer, Trouble},
};
use crate::{
    desk::{Command, Question, Reply, reply::RegistersView, request::HandedOut},
    domain::{
        agreement::{performance, register, reported::month_of},
        clock,
        day::{Day, plus_days, plus_months},
        form::typed,
        id::DoctorId,
        looking::{Handed, Way},
        text::{Lang, Text},
    },
    paper::{
        export::{self, Format, Overwrite, Table, TableCell, TableColumn},
        register::{self as paper, Listing, Told},
    },
};

/// What `report` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "register|campaign|performance")]
    name: Name,
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "until", "period"])]
    day: Option<String>,
    #[arg(long, value_name = "2026|2026-10", conflicts_with_all = ["from", "until"])]
    period: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[arg(long, value_name = "DOCTOR")]
    doctor: Option<String>,
    #[arg(long, value_name = "doctor|village|day")]
    by: Option<By>,
    #[arg(long, value_name = "TEXT")]
    route: Option<String>,
    #[arg(long, requires = "period", conflicts_with = "out")]
    send: bool,
    #[command(flatten)]
    file: FileArguments,
}

/// The registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    Register,
    Campaign,
    Performance,
}

/// What a campaign is summed up by.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Doctor,
    Village,
    Day,
}

/// Tells a register, or writes it.
///
/// # Errors
/// Refuses unknown doctors, days and formats.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let (from, until) = days(session, arguments)?;
    if arguments.send {
        send(session, arguments, (from, until))?;
    }
    let question = match arguments.name {
        Name::Register | Name::Campaign => Question::Registers { from, until },
        Name::Performance => Question::Performance { from, until },
    };
    let Reply::Registers(view) = session.ask(question)? else {
        return Err(unexpected());
    };
    let doctor = match &arguments.doctor {
        Some(given) => {
            let reader = Reader::new(session);
            Some(reader.doctor(&reader.parties()?, given)?)
        }
        None => None,
    };
    let listings = match arguments.name {
        Name::Register => registers(session, arguments, &view, doctor),
        Name::Performance => performances(session, arguments, &view, doctor),
        Name::Campaign => vec![campaign(session, arguments, &view)],
    };
    match &arguments.file.out {
        Some(out) => written(session, arguments, &listings, out),
        None => Ok(shown::told(session, arguments, &view, &listings)),
    }
}

/// Records that the month's report was sent: its figures are frozen.
fn send(
    session: &Session<'_>,
    arguments: &Arguments,
    (from, until): (Day, Day),
) -> Result<(), Trouble> {
    if month_of(from) != (from, until) {
        let period = arguments.period.as_deref().unwrap_or_default();
        return Err(Reader::new(session).bad("--period", period, MONTH));
    }
    let command = Command::SendReport { month: from };
    session.change(command).map(|_| ())
}

/// Returns the days asked about, both included: one day, a month, a year, or from and until.
fn days(session: &Session<'_>, arguments: &Arguments) -> Result<(Day, Day), Trouble> {
    if let Some(period) = &arguments.period {
        return month_or_year(period)
            .ok_or_else(|| Reader::new(session).bad("--period", period, PERIOD));
    }
    if arguments.from.is_none() && arguments.until.is_none() {
        let day = session.day("--day", arguments.day.as_deref())?;
        return Ok((day, day));
    }
    let until = session.day("--until", arguments.until.as_deref())?;
    let from = match &arguments.from {
        Some(from) => session.day("--from", Some(from))?,
        None => until,
    };
    if until < from {
        let message = session.call.say(ORDER);
        return Err(Trouble::input("E-DATE", Some("--until"), message));
    }
    Ok((from, until))
}

fn month_or_year(text: &str) -> Option<(Day, Day)> {
    let text = typed::ascii_text(text.trim());
    let (first, months) = if text.len() == 4 {
        (format!("{text}-01-01"), 12)
    } else {
        (format!("{text}-01"), 1)
    };
    let first: Day = first.parse().ok()?;
    Some((first, plus_days(plus_months(first, months), -1)))
}

/// A listing with whose it is.
type Of = (Option<DoctorId>, Listing);

/// One sheet a doctor and day, those with lines; of the doctor named also an empty one.
fn registers(
    session: &Session<'_>,
    arguments: &Arguments,
    view: &RegistersView,
    doctor: Option<DoctorId>,
) -> Vec<Of> {
    let days = (view.from, view.until);
    let sheets: Vec<register::Sheet<'_>> = match doctor {
        Some(id) if view.from == view.until => {
            vec![register::sheet(
                &view.registered,
                id,
                view.from,
                view.asked(),
            )]
        }
        _ => register::sheets(&view.registered, days, view.asked()).collect(),
    };
    let doctors = doctors(view, doctor);
    let sheets = sheets.iter();
    let sheets = sheets.filter(|sheet| doctors.contains(&sheet.doctor));
    let told = |id| facts(session, arguments, view, Some(id));
    sheets
        .map(|sheet| (Some(sheet.doctor), paper::sheet(sheet, &told(sheet.doctor))))
        .collect()
}

fn performances(
    session: &Session<'_>,
    arguments: &Arguments,
    view: &RegistersView,
    doctor: Option<DoctorId>,
) -> Vec<Of> {
    let days = (view.from, view.until);
    let k11 = view.rules.include_k11;
    let promises = view.promises();
    let tables = doctors(view, doctor).into_iter().map(|id| {
        let table = performance::table(&view.registered, promises, id, days, k11);
        (id, table)
    });
    tables
        .filter(|(_, table)| doctor.is_some() || !table.rows.is_empty())
        .map(|(id, table)| {
            let told = facts(session, arguments, view, Some(id));
            (Some(id), paper::performance(&table, &told))
        })
        .collect()
}

fn campaign(session: &Session<'_>, arguments: &Arguments, view: &RegistersView) -> Of {
    let by = match arguments.by.unwrap_or(By::Doctor) {
        By::Doctor => register::By::Doctor,
        By::Village => register::By::Village,
        By::Day => register::By::Day,
    };
    let days = (view.from, view.until);
    let sums = register::campaign(&view.registered, days, by, view.rules.include_k11);
    let told = facts(session, arguments, view, None);
    (None, paper::campaign(&sums, by, &told))
}

fn doctors(view: &RegistersView, doctor: Option<DoctorId>) -> Vec<DoctorId> {
    match doctor {
        Some(doctor) => vec![doctor],
        None => view.doctors.iter().map(|doctor| doctor.id).collect(),
    }
}

fn facts(
    session: &Session<'_>,
    arguments: &Arguments,
    view: &RegistersView,
    doctor: Option<DoctorId>,
) -> Told {
    let overview = &session.overview;
    let user = session.user().ok();
    let recorder = overview.staff.iter().find(|one| Some(one.id) == user);
    let clinic = overview.clinic.as_ref().map(|clinic| clinic.name.as_str());
    Told {
        recorder: recorder.map_or_else(String::new, |one| one.name.clone()),
        route: arguments.route.clone().unwrap_or_default(),
        ..Told::of(
            clinic.unwrap_or_default(),
            &view.villages,
            (&view.doctors, &view.teams, &view.packages),
            doctor,
        )
    }
}

/// Writes the listings: one paper each, or one table of all.
fn written(
    session: &Session<'_>,
    arguments: &Arguments,
    listings: &[Of],
    out: &Path,
) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let name = arguments.file.format.as_deref();
    let table = name.map_or_else(|| Format::of_path(out), Format::named);
    let rows: usize = listings.iter().map(|(_, one)| one.rows.len()).sum();
    if let Some(format) = table {
        let overwrite = if arguments.file.replace {
            Overwrite::Allowed
        } else {
            Overwrite::Refused
        };
        session.hand_out(&HandedOut {
            way: Way::Export,
            what: Handed {
                what: "report".to_owned(),
                rows: rows as u64,
                format: format.name().to_owned(),
            },
            people: Vec::new(),
        })?;
        export::to_file(&joined(session, listings), format, out, overwrite)
            .map_err(|failure| Trouble::input("E-EXPORT", Some("--out"), failure.sentence(lang)))?;
    } else {
        let now = session.desk.time();
        let printed = format!("{} {}", session.today(), clock::time_of(now));
        let documents = listings.iter().map(|(_, one)| one.document(&printed));
        let documents: Vec<_> = documents.collect();
        if documents.is_empty() {
            return Err(Trouble::input("E-EMPTY", None, session.call.say(NOTHING)));
        }
        arguments
            .file
            .write(session, &documents, ("report", Vec::new()))?;
    }
    let written = out.display();
    let text = match lang {
        Lang::Zh => format!("{}张表{rows}行已写好：{written}\n", listings.len()),
        Lang::En => format!(
            "{} sheets, {rows} rows written: {written}\n",
            listings.len()
        ),
    };
    let document = json!({
        "sheets": listings.len(),
        "rows": rows,
        "out": written.to_string(),
    });
    Ok(Answer::new(document, text))
}

/// Returns one table of all, each row with its doctor and the day or days it is of.
fn joined(session: &Session<'_>, listings: &[Of]) -> Table {
    let mut table = Table {
        columns: vec![
            TableColumn::new("sheet", "表"),
            TableColumn::new("doctor", "责任医生"),
        ],
        rows: Vec::new(),
    };
    for (at, (_, listing)) in listings.iter().enumerate() {
        let own = listing.table();
        if at == 0 {
            table.columns.extend(own.columns);
        }
        let (sheet, doctor) = whose(session, listing);
        table.rows.extend(own.rows.into_iter().map(|row| {
            let first = [sheet.clone(), doctor.clone()];
            let first = first.map(|text| TableCell::text(Some(text)));
            first.into_iter().chain(row).collect()
        }));
    }
    table
}

/// Returns the day or days of a listing, and whose it is.
fn whose(_: &Session<'_>, listing: &Listing) -> (String, String) {
    let said = |labels: &[&str]| {
        let mut pairs = listing.head.iter();
        let found = pairs.find(|(label, _)| labels.contains(&label.as_str()));
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    (
        said(&["日期", "签约日期", "起止"]),
        said(&["医生", "责任医生"]),
    )
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const PERIOD: Text = text(
    "年或月，如 2026 或 2026-10",
    "a year or month, as 2026 or 2026-10",
);
const MONTH: Text = text(
    "上报按月，如 2026-10",
    "a report is sent of a month, as 2026-10",
);
const ORDER: Text = text(
    "--until 早于 --from，请核对。",
    "--until stands before --from.",
);
const NOTHING: Text = text(
    "这些天没有签约，没有可登记的。\n",
    "Nothing was signed in these days.\n",
);
