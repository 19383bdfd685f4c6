//! `cunyi staff`: accounts — who works here, in which role, and under which password they come
//! in.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{
    Call,
    open::{self, Session},
    password,
    print::{self, Answer, Trouble},
    wording,
};
use crate::{
    desk::{Change, Command, Reception, entrance::Recovery, request::Whom},
    domain::{
        clinic::{Role, Staff},
        id::StaffId,
        refusal::RecordRefusal,
        text::{Lang, Text},
    },
};

/// What `staff` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_enum)]
        role: RoleName,
    },
    Change {
        #[arg(value_name = "STAFF")]
        staff: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[arg(long, value_enum)]
        role: Option<RoleName>,
        #[arg(long, value_name = "yes|no", action = clap::ArgAction::Set, value_parser = yes_or_no)]
        active: Option<bool>,
    },
    Password {
        #[arg(value_name = "STAFF")]
        staff: Option<String>,
    },
    Recovery,
    Recover {
        #[arg(
            value_name = "STAFF",
            required_unless_present = "new",
            conflicts_with = "new"
        )]
        staff: Option<String>,
        #[arg(long, value_name = "NAME")]
        new: Option<String>,
    },
}

/// A role as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleName {
    Doctor,
    PublicHealth,
    Admin,
    Supervisor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Doctor => Self::Doctor,
            RoleName::PublicHealth => Self::PublicHealth,
            RoleName::Admin => Self::Admin,
            RoleName::Supervisor => Self::Supervisor,
        }
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "是" => Ok(true),
        "no" | "否" => Ok(false),
        _ => Err("yes | no".to_owned()),
    }
}

/// Lists, adds or changes staff, gives passwords, or renews the recovery code.
///
/// # Errors
/// Refuses staff of other roles, names in use, short passwords, and the last one leaving who
/// may change the staff.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    match &arguments.action {
        None | Some(Action::List) => Ok(list(session)),
        Some(Action::Add { name, role }) => {
            let (name, role) = (name.clone(), (*role).into());
            done(session, Command::AddStaff { name, role })
        }
        Some(Action::Change {
            staff,
            name,
            role,
            active,
        }) => {
            let kept = named(session, staff)?;
            done(
                session,
                Command::ChangeStaff {
                    staff: kept.id,
                    name: name.clone().unwrap_or_else(|| kept.name.clone()),
                    role: role.map_or(kept.role, Role::from),
                    active: active.unwrap_or(kept.active),
                },
            )
        }
        Some(Action::Password { staff }) => give(session, staff.as_deref()),
        Some(Action::Recovery) => renew(session),
        // It needs no session: nobody is signed in.
        Some(Action::Recover { .. }) => Err(open::unexpected()),
    }
}

impl Arguments {
    /// Returns whom the recovery code is to name, where it is asked for.
    pub fn recovers(&self) -> Option<Recovers> {
        match &self.action {
            Some(Action::Recover { staff, new }) => Some(Recovers {
                staff: staff.clone(),
                new: new.clone(),
            }),
            _ => None,
        }
    }
}

/// Whom the recovery code is to name.
#[derive(Debug)]
pub struct Recovers {
    staff: Option<String>,
    new: Option<String>,
}

/// Opens by the recovery code and names somebody who may change staff and settings, under a new
/// password and beside a new code.
///
/// # Errors
/// Refuses a wrong code, an unknown name, a short password.
pub fn recover(call: &Call, wanted: &Recovers) -> Result<Answer, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let reception = Reception::of(&open::folder(call)?, open::seat(call, "cli")?);
    let desk = reception.recover(&password::code(call)?).map_err(told)?;
    let session = Session::at(call, desk)?;
    let whom = match (&wanted.new, &wanted.staff) {
        (Some(name), _) => Whom::New(name.clone()),
        (None, Some(given)) => Whom::Known(named(&session, given)?.id),
        (None, None) => return Err(open::unexpected()),
    };
    let code = Recovery::random().map_err(|cause| Trouble::Failed {
        code: "F-MACHINE",
        message: cause.to_string(),
    })?;
    let shown = code.to_string();
    let change = Change {
        id: open::request_id(call)?,
        by: StaffId::PROGRAM,
        seen: Vec::new(),
        date_is: open::date_is(call)?,
        command: Command::TakeOver {
            whom,
            password: password::new(call)?,
            code,
        },
    };
    let named = reception.name(&session.desk, &change).map_err(told);
    named.inspect_err(|trouble| unsure(trouble, &shown, call))?;
    let text = wording::recovery(&shown, call.lang);
    Ok(Answer::new(json!({"recovery": shown}), text))
}

fn list(session: &Session<'_>) -> Answer {
    let lang = session.call.lang;
    let staff = &session.overview.staff;
    let rows: Vec<Value> = staff
        .iter()
        .map(|one| {
            json!({
                "id": one.id.to_string(),
                "name": one.name,
                "role": one.role,
                "active": one.active,
            })
        })
        .collect();
    let cells: Vec<Vec<String>> = staff.iter().map(|one| told(one, lang)).collect();
    let heads = [wording::ID, wording::NAME, ROLE, ACTIVE];
    let text = print::table(lang, &heads, &cells);
    Answer::new(json!({"staff": rows}), text)
}

fn told(one: &Staff, lang: Lang) -> Vec<String> {
    let active = if one.active { YES } else { NO };
    vec![
        one.id.to_string(),
        one.name.clone(),
        one.role.name().get(lang).to_owned(),
        active.get(lang).to_owned(),
    ]
}

/// Finds one by name or id, also who has left.
fn named<'s>(session: &'s Session<'_>, given: &str) -> Result<&'s Staff, Trouble> {
    let staff = session.overview.staff.iter();
    let meant: Vec<&Staff> = staff
        .filter(|one| one.name == given || one.id.to_string() == given)
        .collect();
    let what = given.to_owned();
    let refusal = match meant.as_slice() {
        [one] => return Ok(one),
        [] => RecordRefusal::Unknown { what },
        several => RecordRefusal::Several {
            what,
            found: several.iter().map(|one| one.id.to_string()).collect(),
        },
    };
    Err(Trouble::refused(&refusal.into(), session.call.lang))
}

/// Gives a password: one's own, showing the one before, or a colleague's.
fn give(session: &Session<'_>, given: Option<&str>) -> Result<Answer, Trouble> {
    let own = session.user()?;
    let staff = match given {
        Some(given) => named(session, given)?.id,
        None => own,
    };
    // Whoever signed in with a file showed the one before with it.
    let before = match staff == own {
        true => Some(password::given(session.call, session.call.say(BEFORE))?),
        false => None,
    };
    let password = password::new(session.call)?;
    done(
        session,
        Command::GivePassword {
            staff,
            before,
            password,
        },
    )
}

fn renew(session: &Session<'_>) -> Result<Answer, Trouble> {
    let code = Recovery::random().map_err(|cause| Trouble::Failed {
        code: "F-MACHINE",
        message: cause.to_string(),
    })?;
    let shown = code.to_string();
    let renewed = session.change(Command::RenewRecovery { code });
    renewed.inspect_err(|trouble| unsure(trouble, &shown, session.call))?;
    let text = wording::recovery(&shown, session.call.lang);
    Ok(Answer::new(json!({"recovery": shown}), text))
}

/// The keys are turned before the disk has kept the entry: where that fails the new code may be
/// in force, and nobody has seen it.
fn unsure(trouble: &Trouble, shown: &str, call: &Call) {
    if let Trouble::Failed { .. } = trouble {
        print::remark(call.say(UNSURE));
        print::remark(&wording::recovery(shown, call.lang));
    }
}

const UNSURE: Text = Text {
    zh: "没有记进账本。原来的恢复码要是打不开了，用下面这个：",
    en: "It was not recorded. Where the recovery code of before opens nothing any more, use this one:",
};

fn done(session: &Session<'_>, command: Command) -> Result<Answer, Trouble> {
    let seq = session.change(command)?.seq;
    let text = format!("{}\n", session.call.say(SAVED));
    Ok(Answer::new(json!({"entry": seq}), text))
}

const ROLE: Text = Text {
    zh: "角色",
    en: "role",
};
const ACTIVE: Text = Text {
    zh: "在岗",
    en: "active",
};
const YES: Text = Text {
    zh: "是",
    en: "yes",
};
const NO: Text = Text {
    zh: "否", en: "no"
};
const BEFORE: Text = Text {
    zh: "原口令：",
    en: "Password before: ",
};
const SAVED: Text = Text {
    zh: "已保存。",
    en: "Saved.",
};
