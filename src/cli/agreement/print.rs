//! `agreement print`: the two copies, a reprint, a supplement page, the end sheet, the notice of
//! renewal.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::target;
use crate::{
    catalog::papers::Paper,
    cli::{
        open::{Session, unexpected},
        papers::FileArguments,
        print::{Answer, Trouble},
        seen::SeenUntil,
    },
    desk::{
        Command, Question, Reply,
        reply::{AgreementPaperView, AgreementView},
    },
    domain::{
        agreement::{action::Action, contract::Sheet, signed::Signed},
        clock,
        id::AgreementId,
        text::{Lang, Text},
    },
    paper::{
        agreement::{self as paper, Facts, ORIGINALS},
        print::Document,
    },
};

/// What `agreement print` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "NUMBER|HOUSEHOLD")]
    number: String,
    #[arg(long = "what", value_name = "agreement|supplement|end|renewal")]
    what: Option<What>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20))]
    copies: Option<u32>,
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    #[command(flatten)]
    file: FileArguments,
    #[command(flatten)]
    seen: SeenUntil,
}

/// The papers of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Agreement,
    Supplement,
    End,
    Renewal,
}

/// Writes the paper; the print of the agreement itself is recorded.
pub fn run(session: &Session<'_>, asked: &Arguments) -> Result<Answer, Trouble> {
    asked.file.checked(session)?;
    let brief = target::brief(session, &asked.number)?;
    let view = target::view(session, brief.id, None)?;
    let signed = view.agreement.signed();
    let sheet = match asked.what.unwrap_or(What::Agreement) {
        What::Agreement => Sheet::Agreement,
        What::Supplement => {
            let last = signed.map_or(1, Signed::last_page);
            Sheet::Supplement(asked.page.unwrap_or(last))
        }
        What::End => Sheet::End,
        What::Renewal => return renewal(session, asked, brief.id),
    };
    if !view.agreement.has_sheet(sheet) {
        match sheet {
            Sheet::Agreement => {}
            Sheet::Supplement(_) => return Err(nothing(session, NO_SUPPLEMENT)),
            Sheet::End => return Err(nothing(session, NO_NOTICE)),
        }
    }
    copies(session, asked, &view, sheet)
}

fn renewal(
    session: &Session<'_>,
    asked: &Arguments,
    agreement: AgreementId,
) -> Result<Answer, Trouble> {
    let told = told(session, agreement)?;
    if told.agreement.signed().is_none() {
        return Err(nothing(session, NOT_SIGNED));
    }
    let version = Paper::RenewalNotice.current();
    let contract = facts(&told).contract();
    let notice = paper::renewal_notice(&contract, version, &at(&told));
    written(
        session,
        asked,
        (agreement, Sheet::Agreement),
        notice.map(|one| vec![one]),
    )
}

/// Records the print, then writes the copies: originals first, what goes beyond them as reprints.
fn copies(
    session: &Session<'_>,
    asked: &Arguments,
    view: &AgreementView,
    sheet: Sheet,
) -> Result<Answer, Trouble> {
    let before = view.agreement.copies(sheet);
    let left = ORIGINALS.saturating_sub(before);
    let copies = asked.copies.unwrap_or(left.max(1));
    // What was signed stays on the text it was signed on.
    let last = view.agreement.last_print(sheet);
    let version = Paper::of(sheet).going_on(last.map(|print| print.template.as_str()));
    let template = version.to_owned();
    let is_repeat = session.repeated()?.is_some();
    if !is_repeat {
        let command = Command::Agreement {
            agreement: Some(view.agreement.id),
            action: Box::new(Action::Print {
                sheet,
                template: template.clone(),
                copies,
            }),
        };
        session.change_seen(asked.seen.of(&view.seen), command)?;
    }
    let before = if is_repeat {
        last.map_or(0, |print| view.agreement.copies(sheet) - print.copies)
    } else {
        before
    };
    let told = told(session, view.agreement.id)?;
    let numbers = before + 1..=before + copies;
    let documents = facts(&told).copies(sheet, &template, numbers, &at(&told));
    written(session, asked, (view.agreement.id, sheet), documents)
}

fn told(session: &Session<'_>, agreement: AgreementId) -> Result<AgreementPaperView, Trouble> {
    match session.ask(Question::AgreementPaper(agreement))? {
        Reply::AgreementPaper(view) => Ok(*view),
        _ => Err(unexpected()),
    }
}

fn facts(view: &AgreementPaperView) -> Facts<'_> {
    Facts {
        today: view.today,
        clinic: &view.clinic,
        head: &view.head,
        address: &view.address,
        household_no: &view.household_no,
        agreement: &view.agreement,
        people: &view.people,
        promises: &view.promises,
        fees: &view.fees,
        doctor: view.doctor.as_ref(),
        team: view.team.as_ref(),
        packages: &view.packages,
        auto_renew: view.auto_renew,
        on_paper: &view.on_paper,
    }
}

/// The day and time of a print.
fn at(view: &AgreementPaperView) -> String {
    format!("{} {}", view.today, clock::time_of(view.now))
}

fn written(
    session: &Session<'_>,
    asked: &Arguments,
    (agreement, sheet): (AgreementId, Sheet),
    documents: Option<Vec<Document>>,
) -> Result<Answer, Trouble> {
    let documents = documents.ok_or_else(unexpected)?;
    let view = target::view(session, agreement, None)?;
    let people = view.people.iter().map(|one| one.person).collect();
    let out = asked
        .file
        .write(session, &documents, ("agreement", people))?;
    let marks: Vec<&str> = documents.iter().map(|one| one.mark.as_str()).collect();
    let title = documents.first().map_or("", |one| one.title.as_str());
    let number = view.brief.number.clone().unwrap_or_default();
    let count = documents.len();
    let text = match session.call.lang {
        Lang::Zh => format!("{number} {title} {count}份已写好：{out}\n"),
        Lang::En => format!("{number} {title}, {count} copies written: {out}\n"),
    };
    let document = json!({
        "id": agreement.to_string(),
        "number": view.brief.number,
        "state": view.brief.word.key(),
        "copies": count,
        "marks": marks,
        "printed": view.agreement.copies(sheet),
        "out": out,
    });
    Ok(Answer::new(document, text.trim_start().to_owned()))
}

fn nothing(session: &Session<'_>, why: Text) -> Trouble {
    Trouble::input("E-AGR-STATE", Some("--what"), session.call.say(why))
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NO_SUPPLEMENT: Text = text(
    "还没有增减成员，没有补充页可打。",
    "Nobody joined or left: there is no supplement page.",
);
const NO_NOTICE: Text = text(
    "还没有提出解约，先用 agreement end 登记。",
    "No notice was given: record it first with agreement end.",
);
const NOT_SIGNED: Text = text(
    "协议还没有签，没有续约可提醒。",
    "It is not signed yet: there is no renewal to tell of.",
);
