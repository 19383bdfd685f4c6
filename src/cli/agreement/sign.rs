//! Beginning and signing: a new agreement, a renewal by hand, a change of doctor.

use clap::Args;
use serde_json::{Value, json};

use super::{
    contents::ContentsArguments,
    read::Reader,
    signing::{Signed, SigningArguments},
    target::{self, Target},
    told,
};
use crate::{
    cli::{
        open::{Session, unexpected},
        print::{Answer, Trouble},
        seen::SeenUntil,
    },
    desk::{
        Command, Question, Reply,
        reply::{AgreementPerson, AgreementProposalView, Done},
        request::{AgreementPreviewAsk, AgreementProposalAsk},
    },
    domain::{
        agreement::{
            action::{Action, Proposal},
            contract::{Origin, Scope},
            missing::Missing,
            refusal::Refusal,
            signed::Signing,
        },
        id::{AgreementId, DoctorId, PersonId, StaffId},
        text::{Lang, Text},
    },
    lang::refusals::agreement as words,
};

/// What `agreement draft` takes.
#[derive(Debug, Args)]
pub struct DraftArguments {
    #[arg(value_name = "HOUSEHOLD|PERSON|UNIT|NUMBER")]
    target: String,
    #[command(flatten)]
    contents: ContentsArguments,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement sign` and `agreement renew` take.
#[derive(Debug, Args)]
pub struct SignArguments {
    #[arg(value_name = "HOUSEHOLD|PERSON|UNIT|NUMBER")]
    target: String,
    #[command(flatten)]
    contents: ContentsArguments,
    #[command(flatten)]
    signing: SigningArguments,
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    seen: SeenUntil,
}

/// What `agreement resign` takes.
#[derive(Debug, Args)]
pub struct ResignArguments {
    #[command(flatten)]
    sign: SignArguments,
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// What is to follow a running agreement.
enum Follow<'r> {
    /// Nothing runs yet.
    New,
    Renewal,
    Change(&'r str),
}

/// Begins an agreement without signatures, or changes one begun.
pub fn draft(session: &Session<'_>, asked: &DraftArguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    let done = match target::target(session, &asked.target)? {
        Target::Begun(agreement) => {
            let view = target::view(session, agreement, None)?;
            let mut contents = view.agreement.contents.clone();
            let reader = knowing(session, &view.people);
            asked.contents.over(&reader, &mut contents, &view.people)?;
            let action = Box::new(Action::Edit(Box::new(contents)));
            let seen = asked.seen.of(&view.seen);
            let agreement = Some(agreement);
            session.change_seen(seen, Command::Agreement { agreement, action })?
        }
        Target::New(scope, people) => {
            let new = New::read(session, (scope, people), &asked.contents, &Follow::New)?;
            let action = Box::new(Action::Draft(Box::new(new.proposal)));
            let seen = asked.seen.of(&new.view.seen);
            let agreement = None;
            session.change_seen(seen, Command::Agreement { agreement, action })?
        }
    };
    told::of_done(session, &done)
}

/// Signs what was begun, or begins and signs at once.
pub fn sign(session: &Session<'_>, asked: &SignArguments) -> Result<Answer, Trouble> {
    signed(session, asked, &Follow::New)
}

/// Renews by hand before the end.
pub fn renew(session: &Session<'_>, asked: &SignArguments) -> Result<Answer, Trouble> {
    signed(session, asked, &Follow::Renewal)
}

/// Signs anew with another doctor or team.
pub fn resign(session: &Session<'_>, asked: &ResignArguments) -> Result<Answer, Trouble> {
    signed(session, &asked.sign, &Follow::Change(&asked.reason))
}

fn signed(
    session: &Session<'_>,
    asked: &SignArguments,
    follow: &Follow<'_>,
) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return told::of_done(session, &done);
    }
    match (target::target(session, &asked.target)?, follow) {
        (Target::Begun(agreement), Follow::New) => begun(session, asked, agreement),
        (Target::Begun(agreement), Follow::Renewal | Follow::Change(_)) => {
            let scope = target::view(session, agreement, None)?.agreement.scope;
            fresh(session, asked, (scope, Vec::new()), follow)
        }
        (Target::New(scope, people), _) => fresh(session, asked, (scope, people), follow),
    }
}

fn begun(
    session: &Session<'_>,
    asked: &SignArguments,
    agreement: AgreementId,
) -> Result<Answer, Trouble> {
    if !asked.contents.is_empty() {
        let message = session.call.say(EDIT_FIRST);
        return Err(Trouble::input("E-ARGUMENT", None, message));
    }
    let view = target::view(session, agreement, None)?;
    let reader = knowing(session, &view.people);
    let of = Signed {
        contents: &view.agreement.contents,
        people: &view.people,
        doctor: view
            .panel
            .as_ref()
            .map(|told| (told.doctor.name.clone(), told.doctor.staff)),
    };
    let signing = asked.signing.read(&reader, &of)?;
    if asked.dry_run {
        let missing = target::view(session, agreement, Some(signing))?.missing;
        return Ok(dry_run(session, &missing));
    }
    let action = Box::new(Action::Sign(Box::new(signing)));
    let seen = asked.seen.of(&view.seen);
    let agreement = Some(agreement);
    let done = session.change_seen(seen, Command::Agreement { agreement, action })?;
    told::of_done(session, &done)
}

fn fresh(
    session: &Session<'_>,
    asked: &SignArguments,
    scope: (Scope, Vec<PersonId>),
    follow: &Follow<'_>,
) -> Result<Answer, Trouble> {
    let new = New::read(session, scope, &asked.contents, follow)?;
    let signing = new.signing(session, &asked.signing)?;
    if asked.dry_run {
        let asked = AgreementPreviewAsk {
            agreement: None,
            proposal: new.proposal,
            signing,
            by: session.user()?,
        };
        let question = Question::AgreementPreview(Box::new(asked));
        return match session.ask(question)? {
            Reply::AgreementPreview(told) => Ok(dry_run(session, &told.missing)),
            _ => Err(unexpected()),
        };
    }
    let seen = asked.seen.of(&new.view.seen);
    let actions = vec![
        Action::Draft(Box::new(new.proposal)),
        Action::Sign(Box::new(signing)),
    ];
    let agreement = None;
    let command = Command::AgreementSteps { agreement, actions };
    let done: Done = session.change_seen(seen, command)?;
    told::of_done(session, &done)
}

/// A new agreement as it was proposed and as it was told.
struct New {
    view: AgreementProposalView,
    proposal: Proposal,
}

impl New {
    fn read(
        session: &Session<'_>,
        (scope, people): (Scope, Vec<PersonId>),
        told: &ContentsArguments,
        follow: &Follow<'_>,
    ) -> Result<Self, Trouble> {
        let reason = match follow {
            Follow::Change(reason) => (*reason).to_owned(),
            Follow::New | Follow::Renewal => String::new(),
        };
        let mut asked = AgreementProposalAsk {
            scope,
            people,
            reason,
            by: session.user()?,
        };
        let mut view = proposed(session, &asked)?;
        if !told.only.is_empty() {
            let reader = knowing(session, &view.people);
            let only = told.only.iter().map(|one| reader.person(one));
            asked.people.extend(only.collect::<Result<Vec<_>, _>>()?);
            if let Scope::Household(id) = asked.scope {
                asked.scope = Scope::Members(id);
            }
            view = proposed(session, &asked)?;
        }
        follows(session, &view, follow)?;
        let mut proposal = view.proposal.clone();
        let reader = knowing(session, &view.people);
        told.over(&reader, &mut proposal.contents, &view.people)?;
        Ok(Self { view, proposal })
    }

    fn signing(&self, session: &Session<'_>, told: &SigningArguments) -> Result<Signing, Trouble> {
        let reader = knowing(session, &self.view.people);
        let of = Signed {
            contents: &self.proposal.contents,
            people: &self.view.people,
            doctor: self.doctor(),
        };
        told.read(&reader, &of)
    }

    fn doctor(&self) -> Option<(String, Option<StaffId>)> {
        let id: DoctorId = self.proposal.contents.doctor?;
        let doctor = self.view.doctors.iter().find(|doctor| doctor.id == id)?;
        Some((doctor.name.clone(), doctor.staff))
    }
}

fn proposed(
    session: &Session<'_>,
    asked: &AgreementProposalAsk,
) -> Result<AgreementProposalView, Trouble> {
    match session.ask(Question::AgreementProposal(asked.clone()))? {
        Reply::AgreementProposal(view) => Ok(*view),
        _ => Err(unexpected()),
    }
}

/// Refuses a new agreement beside a running one, and a renewal of nothing.
fn follows(
    session: &Session<'_>,
    view: &AgreementProposalView,
    follow: &Follow<'_>,
) -> Result<(), Trouble> {
    let lang = session.call.lang;
    match (&view.proposal.origin, &view.running, follow) {
        (Origin::New, _, Follow::New)
        | (Origin::Renewal { .. }, _, Follow::Renewal)
        | (Origin::Change { .. }, _, Follow::Change(_)) => Ok(()),
        (_, Some(running), _) => {
            let until = running.term.map(|term| term.to.to_string());
            let number = running.number.as_deref().unwrap_or_default();
            let message = runs(running.id, (number, &until.unwrap_or_default()), lang);
            Err(Trouble::input("E-AGR-EXCL", None, message))
        }
        (_, None, _) => Err(Trouble::input("E-AGR-STATE", None, session.call.say(NONE))),
    }
}

/// Returns a reader that knows these people by their names.
pub(super) fn knowing<'s, 'c>(
    session: &'s Session<'c>,
    people: &[AgreementPerson],
) -> Reader<'s, 'c> {
    let people = people.iter().map(|one| (one.person, one.name.clone()));
    Reader {
        session,
        people: people.collect(),
    }
}

/// Tells what is missing, by person.
fn dry_run(session: &Session<'_>, missing: &Missing) -> Answer {
    let lang = session.call.lang;
    let line = |refusal: &Refusal| -> Value {
        json!({
            "code": refusal.code(),
            "person": refusal.who().map(|who| who.person.to_string()),
            "name": refusal.who().map(|who| &who.name),
            "message": words::refusal(refusal, lang),
        })
    };
    let required: Vec<Value> = missing.required.iter().map(line).collect();
    let codes: Vec<u8> = missing.equipment.iter().map(|one| one.code()).collect();
    let document = json!({
        "dry_run": true,
        "may_sign": missing.may_sign(),
        "missing": required,
        "equipment": codes,
        "folder_updated": missing.folder.is_none(),
    });
    let mut lines: Vec<String> = Vec::new();
    if missing.may_sign() {
        lines.push(session.call.say(MAY_SIGN).to_owned());
    } else {
        lines.push(session.call.say(MISSING).to_owned());
        let found = missing.required.iter();
        lines.extend(found.map(|one| format!("  {} {}", one.code(), words::refusal(one, lang))));
    }
    let names: Vec<&str> = missing
        .equipment
        .iter()
        .map(|one| one.name().get(lang))
        .chain(missing.folder.iter().map(|one| one.name().get(lang)))
        .collect();
    if !names.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("入户签约还没有打勾（不影响签约）：{}", names.join("、")),
            Lang::En => format!(
                "not ticked for a home signing (it may be signed all the same): {}",
                names.join(", ")
            ),
        });
    }
    Answer::new(document, lines.join("\n") + "\n")
}

fn runs(id: AgreementId, (number, until): (&str, &str), lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "已有协议 {id} {number}，到{until}。到期前续签用 agreement renew，换医生或团队用 agreement resign，加人用 agreement join。"
        ),
        Lang::En => format!(
            "Agreement {id} {number} runs until {until}: renew it (agreement renew), change the doctor (agreement resign) or add a member (agreement join)."
        ),
    }
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NONE: Text = text(
    "没有正在履约的协议，新签用 agreement sign。",
    "No agreement runs here: sign a new one with agreement sign.",
);
const EDIT_FIRST: Text = text(
    "这份协议的内容已经写好了；要改先用 agreement draft 编号 …，待签字的要先 agreement discard。",
    "Its contents are written already: change a draft with agreement draft NUMBER …; a printed one is discarded first.",
);
const MAY_SIGN: Text = text(
    "都齐了，可以签约。",
    "Nothing is missing: it can be signed.",
);
const MISSING: Text = text("还不能签约：", "It cannot be signed yet:");
