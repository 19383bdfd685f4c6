//! The words for copies that are not brought back, and for data that are not sealed.

use crate::domain::{clinic::Role, refusal::CopyRefusal, text::Lang};

/// Says why a copy was not brought back, and what to do.
pub fn refusal(refusal: &CopyRefusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(refusal),
        Lang::En => en(refusal),
    }
}

fn zh(refusal: &CopyRefusal) -> String {
    use CopyRefusal as R;
    match refusal {
        R::NoFile { path } => {
            format!("没有这份备份：{path}。请核对路径和文件名，看U盘插好没有。什么都没有改动。")
        }
        R::NoCopy { path } => {
            format!("{path} 不是村医的备份（备份文件叫 cunyi-日期-….cunyi）。什么都没有改动。")
        }
        R::InUse { path } => format!(
            "{path} 就是正在用的资料，不用恢复。请写明备份文件，或者 replaced-… 文件夹。什么都没有改动。"
        ),
        R::NoneFound { places } => format!(
            "没有找到备份，找过：{}。备份在U盘上的，请插好，用 cunyi restore 备份文件 写明。什么都没有改动。",
            places.join("、")
        ),
        R::OtherClinic { path, data } => format!(
            "{path} 是另一家诊所的备份，不能用来替换 {data} 里的资料，什么都没有改动。要打开它，请另用一个空文件夹：--data 新文件夹。"
        ),
        R::Unproven { path, data } => format!(
            "{path} 没有加密，{data} 里也看不出它是不是这家诊所的，所以没有恢复，什么都没有改动。请恢复到一个空文件夹（--data 新文件夹），核对后用 cunyi seal 加密。"
        ),
        R::SeveralClinics { paths } => format!(
            "这里有几家诊所的备份，请写明恢复哪一份：\n  {}",
            paths.join("\n  ")
        ),
        R::NotAllowed { role, needed } => {
            let needed = needed.name().zh;
            match role {
                Some(role) => not_allowed_zh(*role, needed),
                None => format!(
                    "您不在工作人员里，不能恢复备份：请由{needed}来做，或用恢复码（--recovery）。什么都没有改动。"
                ),
            }
        }
        R::Practice => "练习村里的人都是编的，不用加密。".to_owned(),
    }
}

fn not_allowed_zh(role: Role, needed: &str) -> String {
    let role = role.name().zh;
    format!(
        "{role}不能恢复备份：请由{needed}来做（--user 姓名），或用恢复码（--recovery）。什么都没有改动。"
    )
}

fn en(refusal: &CopyRefusal) -> String {
    use CopyRefusal as R;
    match refusal {
        R::NoFile { path } => format!(
            "There is no such copy: {path}. Check the path and the name, and whether the stick is plugged in. Nothing was changed."
        ),
        R::NoCopy { path } => format!(
            "{path} is no copy of this program (copies are called cunyi-DATE-….cunyi). Nothing was changed."
        ),
        R::InUse { path } => format!(
            "{path} holds the data in use already. Name a copy, or a folder replaced-…. Nothing was changed."
        ),
        R::NoneFound { places } => format!(
            "No copy was found; looked in: {}. Where it is on a stick, plug it in and name it: cunyi restore FILE. Nothing was changed.",
            places.join(", ")
        ),
        R::OtherClinic { path, data } => format!(
            "{path} is another clinic's copy and cannot take the place of what stands in {data}. Nothing was changed. To open it use an empty folder: --data FOLDER."
        ),
        R::Unproven { path, data } => format!(
            "{path} lies plain, and nothing in {data} tells whether it is of the clinic there, so it was not brought back. Nothing was changed. Bring it back into an empty folder (--data FOLDER), look at it, then seal it with cunyi seal."
        ),
        R::SeveralClinics { paths } => format!(
            "Copies of several clinics lie here; name the one to bring back:\n  {}",
            paths.join("\n  ")
        ),
        R::NotAllowed { role, needed } => {
            let needed = needed.name().en;
            let who = match role {
                Some(role) => format!("The role \"{}\"", role.name().en),
                None => "Whoever is not on the staff".to_owned(),
            };
            format!(
                "{who} may not bring copies back: have a {needed} do it (--user NAME), or use the recovery code (--recovery). Nothing was changed."
            )
        }
        R::Practice => {
            "Everybody in the practice village is invented: it is not sealed.".to_owned()
        }
    }
}
