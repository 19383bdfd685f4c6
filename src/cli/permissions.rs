//! Who else on this computer may read the data folder, in words, and what to do about it.

use std::path::Path;

use crate::{desk::Folder, domain::text::Lang};

/// Says what of the data folder other accounts may read, and how to close it to them; nothing
/// where they may read nothing.
pub fn open_to_others(folder: &Folder, lang: Lang) -> Option<String> {
    const NAMED: usize = 3;
    let open = folder.open_to_others();
    let (root, named) = (folder.root(), open.iter().take(NAMED));
    let named: Vec<String> = named
        .map(|path| match path.strip_prefix(root) {
            Ok(inside) if inside != Path::new("") => inside.display().to_string(),
            _ => root.display().to_string(),
        })
        .collect();
    let (count, root) = (open.len(), root.display());
    if count == 0 {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!(
            "提醒：这台电脑的别的账户也能读数据文件夹里的东西（{}{}）。请执行：chmod -R go= '{root}'",
            named.join("、"),
            if NAMED < count {
                format!(" 等{count}处")
            } else {
                String::new()
            },
        ),
        Lang::En => format!(
            "Note: other accounts of this computer may read what lies in the data folder ({}{}). Run: chmod -R go= '{root}'",
            named.join(", "),
            if NAMED < count {
                format!(", {count} in all")
            } else {
                String::new()
            },
        ),
    })
}
