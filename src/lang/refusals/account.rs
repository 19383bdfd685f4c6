//! The words at the door: who may come in, and what to do where somebody may not.

use crate::domain::{clinic::Role, refusal::AccountRefusal, text::Lang};

/// Says why somebody was not let in, or may not do this, and what to do.
pub fn refusal(refusal: &AccountRefusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(refusal),
        Lang::En => en(refusal),
    }
}

fn zh(refusal: &AccountRefusal) -> String {
    use AccountRefusal as R;
    match refusal {
        R::Wrong => "口令不对。请看清大小写再输一次；忘记了请找管理员重设，或用恢复码。".to_owned(),
        R::WrongCode => "恢复码不对：抄写没有错，但打不开这里的资料。换过恢复码的，只有最后一张有用；请找到那张纸再试。".to_owned(),
        R::OwnPassword => "这一步会多出一条进门的路，请先再输一次您自己的口令。".to_owned(),
        R::Wait { seconds } => format!("错误次数太多，请等{}再试。", wait_zh(*seconds)),
        R::Nobody { name } => {
            format!("“{name}”在这里没有口令。请核对姓名，或请管理员为其设置。")
        }
        R::Mistyped => "恢复码有抄错或缺少的字符，请对照纸上每一组再输一次。".to_owned(),
        R::TooShort { least } => format!("口令至少{least}位，请换一个长一些的。"),
        R::SameName { name } => format!("已经有人用“{name}”登录，请改用能区分的姓名。"),
        R::Plain => "这里的数据没有加密，用不着口令（练习村就是这样）。".to_owned(),
        R::NoPassword => {
            "数据已加密，需要口令：请把口令写在只有自己能读的文件里，用 CUNYI_PASSWORD_FILE 指明；或在终端里输入。"
                .to_owned()
        }
        R::NotThemselves { name } => format!("您登录的身份不是“{name}”，不能以其名义操作。"),
        R::LastAdmin => "这是最后一位管理员，请先指定另一位管理员。".to_owned(),
        R::Role { role: Role::Supervisor } => "督导只能看，不能做这一项；请找医生或公卫。".to_owned(),
        R::Role { role: Role::Admin } => "管理员不办随访和签约，请医生或公卫来做。".to_owned(),
        R::Role { role } => format!("{}不能做这一项，请找有权限的同事。", role.name().zh),
        R::ReadOnly => "这里只能看（--read-only）：不能改，也不显示完整号码。".to_owned(),
    }
}

fn wait_zh(seconds: i64) -> String {
    match seconds {
        ..=120 => format!("{seconds}秒"),
        _ => format!("{}分钟", (seconds + 59) / 60),
    }
}

fn en(refusal: &AccountRefusal) -> String {
    use AccountRefusal as R;
    match refusal {
        R::Wrong => "The password is not right. Type it again, mind capitals; if it is forgotten, have the administrator set another, or use the recovery code.".to_owned(),
        R::WrongCode => "The recovery code is not the one of these data, though it is copied without a slip. Once it was renewed only the last paper opens them: find that one.".to_owned(),
        R::OwnPassword => "This gives somebody a way in: show your own password again first.".to_owned(),
        R::Wait { seconds } => {
            format!("Too many wrong passwords: wait {} and try again.", wait_en(*seconds))
        }
        R::Nobody { name } => format!(
            "Nobody called \"{name}\" has a password here: check the name, or have the administrator give one."
        ),
        R::Mistyped => "The recovery code has a slip or is not complete: compare each group with the paper.".to_owned(),
        R::TooShort { least } => format!("A password has at least {least} characters: choose a longer one."),
        R::SameName { name } => {
            format!("Somebody signs in as \"{name}\" already: choose a name that tells them apart.")
        }
        R::Plain => "These data are not sealed: nobody needs a password here (so it is in the practice village).".to_owned(),
        R::NoPassword => "The data are sealed and need a password: name a file only you can read in CUNYI_PASSWORD_FILE, or type it at a terminal.".to_owned(),
        R::NotThemselves { name } => {
            format!("You did not sign in as \"{name}\" and cannot act in that name.")
        }
        R::LastAdmin => "This is the last administrator: name another one first.".to_owned(),
        R::Role { role: Role::Supervisor } => {
            "A supervisor only reads: ask a doctor or public health worker for this.".to_owned()
        }
        R::Role { role: Role::Admin } => {
            "Visits and agreements are not an administrator's: ask a doctor.".to_owned()
        }
        R::Role { role } => format!(
            "The role \"{}\" does not allow this: ask a colleague whose role does.",
            role.name().en
        ),
        R::ReadOnly => "Read only here (--read-only): no changes, no full numbers.".to_owned(),
    }
}

fn wait_en(seconds: i64) -> String {
    match seconds {
        ..=120 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}
