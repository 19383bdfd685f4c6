//! `cunyi staff`: accounts — who works here, in which role, and under which password they come
//! in.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{
    Call,
    open::{self, Session},
    password,
    print::{self, Answer, Trouble},
    recovering::Recovers,
    wording,
    written_down::Proof,
};
use crate::{
    desk::{Command, Question, Reply, reply::Account},
    domain::{
        clinic::{Role, Staff},
        id::StaffId,
        refusal::{AccountRefusal, RecordRefusal},
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
    Recovery {
        #[arg(long)]
        no_retype: bool,
    },
    Recover {
        #[arg(
            value_name = "STAFF",
            required_unless_present = "new",
            conflicts_with = "new"
        )]
        staff: Option<String>,
        #[arg(long, value_name = "NAME")]
        new: Option<String>,
        #[arg(long, conflicts_with = "new")]
        make_admin: bool,
        #[arg(long)]
        no_retype: bool,
    },
}

/// A role as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleName {
    #[value(alias = "医生", alias = "乡村医生")]
    Doctor,
    #[value(alias = "公卫")]
    PublicHealth,
    #[value(alias = "管理员")]
    Admin,
    #[value(alias = "督导")]
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
        None | Some(Action::List) => list(session),
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
            let role = role.map_or(kept.role, Role::from);
            let active = active.unwrap_or(kept.active);
            // Whoever lets somebody change the clinic shows their own password again.
            let own = match (role, active) == (kept.role, kept.active) {
                true => None,
                false => password::own(session.call, &session.desk)?,
            };
            done(
                session,
                Command::ChangeStaff {
                    staff: kept.id,
                    name: name.clone().unwrap_or_else(|| kept.name.clone()),
                    role,
                    active,
                    own,
                },
            )
        }
        Some(Action::Password { staff }) => give(session, staff.as_deref()),
        Some(Action::Recovery { no_retype }) => renew(session, *no_retype),
        // It needs no session: nobody is signed in.
        Some(Action::Recover { .. }) => Err(open::unexpected()),
    }
}

impl Arguments {
    /// Returns whom the recovery code is to name, where it is asked for.
    pub fn recovers(&self) -> Option<Recovers> {
        match &self.action {
            Some(Action::Recover {
                staff,
                new,
                make_admin,
                no_retype,
            }) => Some(Recovers {
                staff: staff.clone(),
                new: new.clone(),
                make_admin: *make_admin,
                no_retype: *no_retype,
            }),
            _ => None,
        }
    }
}

fn list(session: &Session<'_>) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let by = session.user().unwrap_or(StaffId::PROGRAM);
    let Reply::Accounts(view) = session.ask(Question::Accounts { by })? else {
        return Err(open::unexpected());
    };
    let rows: Vec<Value> = view
        .accounts
        .iter()
        .map(
            |Account {
                 staff,
                 has_password,
             }| {
                json!({
                    "id": staff.id.to_string(),
                    "name": staff.name,
                    "role": staff.role,
                    "active": staff.active,
                    "password": view.has_door.then_some(*has_password),
                })
            },
        )
        .collect();
    let told = |one: &Account| told(one, view.has_door, lang);
    let cells: Vec<Vec<String>> = view.accounts.iter().map(told).collect();
    let heads = [wording::ID, wording::NAME, ROLE, ACTIVE, PASSWORD];
    let text = print::table(lang, &heads, &cells);
    Ok(Answer::new(json!({"staff": rows}), text))
}

fn told(
    Account {
        staff,
        has_password,
    }: &Account,
    has_door: bool,
    lang: Lang,
) -> Vec<String> {
    let active = if staff.active { YES } else { NO };
    let password = match (has_door, staff.active, has_password) {
        (false, _, _) => NO_DOOR,
        (true, false, _) => DISABLED,
        (true, true, true) => SET,
        (true, true, false) => NOT_SET,
    };
    vec![
        staff.id.to_string(),
        staff.name.clone(),
        staff.role.name().get(lang).to_owned(),
        active.get(lang).to_owned(),
        password.get(lang).to_owned(),
    ]
}

/// Finds one by name or id, also who has left.
pub(super) fn named<'s>(session: &'s Session<'_>, given: &str) -> Result<&'s Staff, Trouble> {
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

/// Gives a password, one's own or a colleague's; whoever asks shows their own.
fn give(session: &Session<'_>, given: Option<&str>) -> Result<Answer, Trouble> {
    let staff = match given {
        Some(given) => named(session, given)?.id,
        None => session.user()?,
    };
    // Whoever signed in with a file showed theirs with it.
    let own = password::own(session.call, &session.desk)?;
    let password = password::new(session.call)?;
    done(
        session,
        Command::GivePassword {
            staff,
            own,
            password,
        },
    )
}

fn renew(session: &Session<'_>, no_retype: bool) -> Result<Answer, Trouble> {
    let call = session.call;
    if let Some(before) = session.repeated()? {
        // The code it made was shown then, and is kept nowhere.
        let text = format!("{}\n", call.say(SAVED));
        return Ok(Answer::new(json!({"entry": before.seq}), text));
    }
    let told = |stop| Trouble::of(&stop, call.lang);
    let Some(own) = password::own(call, &session.desk)? else {
        return Err(Trouble::refused(&AccountRefusal::Plain.into(), call.lang));
    };
    let proof = Proof::of(call, no_retype)?;
    let code = session.desk.another_code(&own).map_err(told)?;
    proof.ask(call, &code)?;
    let shown = code.to_string();
    let own = Some(own);
    let renewed = session.change(Command::RenewRecovery { code, own });
    renewed.inspect_err(|trouble| unsure(trouble, &shown, call))?;
    let text = proof.told(&shown, call) + call.say(RENEWED);
    Ok(Answer::new(json!({"recovery": shown}), text))
}

/// The keys are turned before the disk has kept the entry, and turned back where it fails; where
/// that fails too the new code may be in force, and nobody may have seen it.
pub(super) fn unsure(trouble: &Trouble, shown: &str, call: &Call) {
    if let Trouble::Failed { .. } = trouble {
        print::remark(call.say(UNSURE));
        print::remark(&wording::recovery(shown, call.lang));
    }
}

const UNSURE: Text = Text {
    zh: "没有记进账本，原来的恢复码照旧有效。万一打不开，用下面这个：",
    en: "It was not recorded, and the recovery code of before still holds. Should it open nothing any more, use this one:",
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
const PASSWORD: Text = Text {
    zh: "口令",
    en: "password",
};
const SET: Text = Text {
    zh: "已设",
    en: "set",
};
const NOT_SET: Text = Text {
    zh: "未设",
    en: "none",
};
const DISABLED: Text = Text {
    zh: "停用",
    en: "disabled",
};
const NO_DOOR: Text = Text {
    zh: "不用",
    en: "not needed",
};
const RENEWED: Text = Text {
    zh: "恢复码已换，原来的已作废。\n",
    en: "The recovery code is another now; the one before opens nothing any more.\n",
};
pub(super) const SAVED: Text = Text {
    zh: "已保存。",
    en: "Saved.",
};
