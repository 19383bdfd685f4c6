//! The words for failures: what happened, what is safe, what to do next.

use crate::domain::{
    failure::FailureKind,
    room::Scarce,
    text::{Lang, Text},
};

/// The three things to say of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub happened: Text,
    pub safe: Text,
    pub next: Text,
}

impl Words {
    /// Returns the three sentences as one paragraph.
    pub fn said(self, lang: Lang) -> String {
        let parts = [self.happened, self.safe, self.next].map(|text| text.get(lang));
        match lang {
            Lang::Zh => parts.concat(),
            Lang::En => parts.join(" "),
        }
    }
}

/// Returns what to say of a failure of this kind.
pub const fn words(kind: FailureKind) -> Words {
    match kind {
        FailureKind::NoAccess => Words {
            happened: Text {
                zh: "没有权限读写数据文件夹。",
                en: "The data folder may not be read or written.",
            },
            safe: SAVED,
            next: Text {
                zh: "请用平时的电脑账户登录再打开；放在U盘上的，看看写保护开关；仍不行，请管理员检查文件夹权限。",
                en: "Log in with the usual account of this computer; on a stick, look at its write protection; else have the folder's permissions checked.",
            },
        },
        FailureKind::DiskFull => Words {
            happened: Text {
                zh: "磁盘满了，这次没有存上。",
                en: "The disk is full; this was not saved.",
            },
            safe: SAVED,
            next: Text {
                zh: "请先清出一些空间，再保存一次。",
                en: "Free some space, then save again.",
            },
        },
        FailureKind::Disk => Words {
            happened: Text {
                zh: "磁盘读写出错，这次没有存上。",
                en: "The disk answered with an error; this was not saved.",
            },
            safe: SAVED,
            next: Text {
                zh: "请再试一次；仍不行，请检查磁盘和连线，先不要继续录入。",
                en: "Try again; if it fails again, check the disk and its cable before entering more.",
            },
        },
        FailureKind::Damaged => Words {
            happened: Text {
                zh: "数据文件有损坏，读不出来。",
                en: "The data file is damaged and cannot be read.",
            },
            safe: Text {
                zh: "程序没有改动它。",
                en: "The program has not changed it.",
            },
            next: Text {
                zh: "请先把整个数据文件夹复制到别处，再用 cunyi check 查看坏在哪里。",
                en: "Copy the whole data folder to another place first, then run cunyi check to see where.",
            },
        },
        FailureKind::BrokeOff => Words {
            happened: Text {
                zh: "这一步做到一半断了：可能是数据文件有损坏，也可能是程序出错。这次没有存上。",
                en: "This broke off in the middle: the data file may be damaged, or the program is at fault. This was not saved.",
            },
            safe: SAVED,
            next: Text {
                zh: "请先把整个数据文件夹复制到别处，再用 cunyi check 核对；不对就用备份恢复（cunyi restore）。",
                en: "Copy the whole data folder to another place first, then run cunyi check; where it finds faults bring a copy back (cunyi restore).",
            },
        },
        FailureKind::Newer => Words {
            happened: Text {
                zh: "数据已由更新版本的程序打开过。",
                en: "A newer version of the program has written these data.",
            },
            safe: KEPT,
            next: Text {
                zh: "程序已更新，请重新打开；没有更新的，请装上新版本。",
                en: "Open the program again; if this computer still has the old one, install the new version.",
            },
        },
        FailureKind::Busy => Words {
            happened: Text {
                zh: "另一个窗口正在写，等了很久还没写完。",
                en: "Another window is writing and has not finished for a long time.",
            },
            safe: KEPT,
            next: Text {
                zh: "请稍候再试；看看是不是正在导入。",
                en: "Try again in a moment; perhaps an import is running.",
            },
        },
        FailureKind::Interrupted => Words {
            happened: Text {
                zh: "已中断。",
                en: "Interrupted.",
            },
            safe: Text {
                zh: "什么都没有改动。",
                en: "Nothing was changed.",
            },
            next: Text {
                zh: "需要时请从头再来。",
                en: "Start it again when needed.",
            },
        },
        FailureKind::Missing => Words {
            happened: Text {
                zh: "这里没有数据。",
                en: "There are no data here.",
            },
            safe: Text {
                zh: "什么都没有改动。",
                en: "Nothing was changed.",
            },
            next: Text {
                zh: "请核对数据文件夹（--data 或 CUNYI_DATA）；第一次使用请先建立诊所。",
                en: "Check the data folder (--data or CUNYI_DATA); to start afresh set up the clinic.",
            },
        },
        FailureKind::Gone => Words {
            happened: Text {
                zh: "数据文件夹不见了：U盘拔了，或者文件夹被移走、改名了。这次没有存上。",
                en: "The data folder is gone: a stick was pulled out, or the folder was moved or renamed. This was not saved.",
            },
            safe: Text {
                zh: "以前存好的都在那个文件夹里，正在填的还在这个窗口里。",
                en: "All that was saved before is in that folder, and what is being filled in is still in this window.",
            },
            next: Text {
                zh: "请不要关这个窗口：先插回U盘，或把文件夹放回原处，再保存一次。",
                en: "Do not close this window: put the stick or the folder back, then save again.",
            },
        },
        FailureKind::Unready => Words {
            happened: Text {
                zh: "数据要先整理一遍（程序刚更新，或上次断了电），只读窗口做不了。",
                en: "The data must be put in order first (the program is newer, or power failed), which reading alone cannot do.",
            },
            safe: SAVED,
            next: Text {
                zh: "请先用平常的窗口（不加 --read-only）打开一次，再来看。",
                en: "Open them once in an ordinary window (without --read-only), then read again.",
            },
        },
        FailureKind::Sealed => Words {
            happened: Text {
                zh: "数据已加密，手里的口令文件（keys.toml）打不开它。",
                en: "The data are sealed, and the file of keys at hand (keys.toml) does not open them.",
            },
            safe: Text {
                zh: "数据没有改动，也没有损坏。",
                en: "Nothing was changed and nothing is damaged.",
            },
            next: Text {
                zh: "请把原来的 keys.toml 放回数据文件夹，再打开；找不到的，用备份恢复（cunyi restore），备份里带着它。",
                en: "Put the keys.toml that belongs to these data back into the data folder, then open again; where it is lost bring a copy back (cunyi restore), which has it inside.",
            },
        },
    }
}

/// Returns what to say of a disk on which room is scarce.
pub fn scarce(scarce: Scarce, lang: Lang) -> String {
    const TEXT: Text = Text {
        zh: "磁盘快满了：只剩 {free}，至少要留 {wanted}。以前存好的都在，现在还能照常录入。请尽快清出一些空间，满了就存不上了。",
        en: "The disk is nearly full: {free} left, {wanted} wanted at least. All that was saved is safe, and work goes on as usual for now. Free some space soon: on a full disk nothing can be saved.",
    };
    let text = TEXT.get(lang);
    let text = text.replace("{free}", &size(scarce.free));
    text.replace("{wanted}", &size(scarce.wanted))
}

/// Writes a number of bytes as people read it, in steps of a thousand as disks are sold.
fn size(bytes: u64) -> String {
    const MEGA: u64 = 1_000_000;
    match bytes / MEGA {
        mega @ 0..10_000 => format!("{mega} MB"),
        mega => format!("{} GB", mega / 1000),
    }
}

const SAVED: Text = Text {
    zh: "以前存好的都在。",
    en: "All that was saved before is safe.",
};

const KEPT: Text = Text {
    zh: "以前存好的都在，正在填的留在草稿里。",
    en: "All that was saved before is safe, and what is being filled in stays as a draft.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_is_safe_and_what_to_do() {
        for kind in FailureKind::ALL {
            let words = words(kind);
            for text in [words.happened, words.safe, words.next] {
                assert!(
                    text.zh.ends_with('。') && text.en.ends_with('.'),
                    "{kind:?}"
                );
            }
        }
    }
}
