//! `cunyi staff recover`: the recovery code opens, names somebody who may change staff and
//! settings, and is another then.

use std::io::{self, IsTerminal as _};

use serde_json::json;

use super::{
    Call,
    open::{self, Session},
    password,
    print::{Answer, Trouble},
    staff::{named, unsure},
    written_down::{Proof, is_agreed},
};
use crate::{
    desk::{Change, Command, Reception, entrance, reply::Appointment, request::Whom},
    domain::{id::StaffId, text::Text},
};

/// Whom the recovery code is to name.
#[derive(Debug)]
pub struct Recovers {
    pub staff: Option<String>,
    pub new: Option<String>,
    /// They may become an administrator by it.
    pub make_admin: bool,
    pub no_retype: bool,
}

/// Opens by the recovery code and names somebody who may change staff and settings, under a new
/// password and beside a new code.
///
/// # Errors
/// Refuses a wrong code, an unknown name, a short password, a role nobody said yes to, and a new
/// code that does not stand on paper.
pub fn recover(call: &Call, wanted: &Recovers) -> Result<Answer, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let reception = Reception::of(&open::folder(call)?, open::seat(call, "cli")?);
    let proof = Proof::of(call, wanted.no_retype)?;
    let desk = reception.recover(&password::code(call)?).map_err(told)?;
    let session = Session::at(call, desk)?;
    if let Some(before) = session.repeated()? {
        // The code it made was shown then, and is kept nowhere.
        let text = format!("{}\n", call.say(super::staff::SAVED));
        return Ok(Answer::new(json!({"entry": before.seq}), text));
    }
    let whom = match (&wanted.new, &wanted.staff) {
        (Some(name), _) => Whom::New(name.clone()),
        (None, Some(given)) => {
            let staff = named(&session, given)?.id;
            agreed(&session, staff, wanted.make_admin)?;
            Whom::Known(staff)
        }
        (None, None) => return Err(open::unexpected()),
    };
    let password = password::new(call)?;
    let code = entrance::new_code().map_err(told)?;
    proof.ask(call, &code)?;
    let shown = code.to_string();
    let change = Change {
        id: open::request_id(call)?,
        by: StaffId::PROGRAM,
        seen: Vec::new(),
        date_is: open::date_is(call)?,
        command: Command::TakeOver {
            whom,
            password,
            code,
        },
    };
    let named = reception.name(&session.desk, &change).map_err(told);
    let desk = named.inspect_err(|trouble| unsure(trouble, &shown, call))?;
    let session = Session::at(call, desk)?;
    let by = session.user()?;
    let staff = session.overview.staff.iter().find(|one| one.id == by);
    let staff = staff.ok_or_else(open::unexpected)?;
    let ends = call.say(RECOVERED);
    let ends = ends.replace("{name}", &staff.name);
    let ends = ends.replace("{role}", staff.role.name().get(call.lang));
    let document = json!({
        "recovery": shown,
        "staff": {"id": staff.id.to_string(), "name": staff.name, "role": staff.role},
    });
    Ok(Answer::new(document, proof.told(&shown, call) + &ends))
}

/// Says what somebody becomes by the recovery code, where that is more than they are, and has it
/// agreed to before anything is done.
fn agreed(session: &Session<'_>, staff: StaffId, make_admin: bool) -> Result<(), Trouble> {
    let call = session.call;
    let all = session.desk.appointments();
    let all = all.map_err(|stop| Trouble::of(&stop, call.lang))?;
    let meant = all.into_iter().find(|one| one.staff.id == staff);
    let Appointment { staff, becomes } = meant.ok_or_else(open::unexpected)?;
    let is_same = becomes == staff.role && staff.active;
    if is_same || make_admin {
        return Ok(());
    }
    let says = |text: Text| {
        let text = call.say(text).replace("{name}", &staff.name);
        let text = text.replace("{role}", staff.role.name().get(call.lang));
        text.replace("{becomes}", becomes.name().get(call.lang))
    };
    if io::stdin().is_terminal() && is_agreed(&says(BECOMES))? {
        return Ok(());
    }
    let (field, message) = (Some("--make-admin"), says(NOT_AGREED));
    Err(Trouble::input("E-AUTH-ROLE", field, message))
}

const BECOMES: Text = Text {
    zh: "{name}现在是{role}，用恢复码后将在岗，角色是{becomes}，能管人员和设置。继续吗？(y/n) ",
    en: "{name} is {role} now and becomes an active {becomes}, who may change staff and settings. Go on? (y/n) ",
};
const NOT_AGREED: Text = Text {
    zh: "什么都没有改动：{name}现在是{role}，用恢复码后将成为{becomes}。确实要这样，加 --make-admin。",
    en: "Nothing was changed: {name} is {role} now and would become {becomes}. If that is meant, add --make-admin.",
};
const RECOVERED: Text = Text {
    zh: "{name}（{role}）有了新口令，可以管人员和设置。原来的恢复码已作废。\n",
    en: "{name} ({role}) has a new password and may change staff and settings. The recovery code of before opens nothing any more.\n",
};
