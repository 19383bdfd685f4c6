//! The actions of each context: TOML name, how offered, words, pinyin initials.

use super::Offer;
use crate::domain::text::Text;

actions! {
    /// What works on every screen.
    Global {
        Help "help" Do "帮助" "Help" "bz";
        Search "search" Do "查户" "Find" "ch";
        Palette "palette" Move "命令" "Commands" "ml";
        Undo "undo" Do "撤销" "Undo" "cx";
        Back "back" Move "返回" "Back" "fh";
        Redraw "redraw" Do "重画屏幕" "Redraw the screen" "chpm";
        Today "today" Palette "今日随访" "Due today" "jrsf";
        NewHousehold "new_household" Palette "新建户" "New household" "xjh";
        Grid "grid" Palette "成批录入" "Enter paper sheets" "cplr";
        Proposals "proposals" Do "建议纳入" "Proposed" "jynr";
        Referrals "referrals" Palette "转诊" "Referrals" "zz";
        Agreements "agreements" Palette "签约名单" "Agreements" "qymd";
        Parties "parties" Palette "签约医生和单位" "Doctors, teams, units" "qyyshdw";
        Register "register" Palette "门诊日志" "Outpatient register" "mzrz";
        Registers "registers" Palette "签约登记表" "Registers of signings" "qydjb";
        Import "import" Palette "导入名册" "Import a roster" "drmc";
        Settings "settings" Palette "设置" "Settings" "sz";
        BackUp "back_up" Palette "立即备份" "Back up now" "ljbf";
        ProveCopy "prove_copy" Palette "验证备份" "Prove the backup" "yzbf";
        Accounts "accounts" Palette "人员和口令" "Staff and passwords" "ryhkl";
        Lock "lock" Do "锁定" "Lock" "sd";
        ChangeStaff "change_staff" Palette "换人使用" "Change user" "hrsy";
        ChangeLanguage "change_language" Palette "切换语言 English" "Change language 中文" "qhyy";
        Suspend "suspend" Palette "挂起到命令行" "Suspend to the shell" "gqdmlh";
        Quit "quit" Palette "退出" "Leave" "tc";
    }
}

actions! {
    /// The queue of the day.
    Queue {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Visit "visit" Do "随访" "Visit" "sf";
        Record "record" Do "另记" "Record something else" "lj";
        Attempt "attempt" Do "未遇" "Not reached" "wy";
        Why "why" Do "缘由" "Why" "yy";
        Household "household" Do "本户" "Household" "bh";
        Round "round" Do "本户逐人随访" "Visit the whole household" "bhzrsf";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
        Picture "picture" Do "一览图" "At a glance" "ylt";
        Mark "mark" Do "列入本轮" "Mark for the round" "lrbl";
        NextList "next_list" Move "下一张名单" "Next list" "xyzmd";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "syzmd";
        Group "group" Do "分组方式" "Grouping" "fzfs";
        Filter "filter" Do "筛选" "Filter" "sx";
        Sheet "sheet" Do "走访单" "Round sheet" "zfd";
        Agreement "agreement" Do "签约" "Agreement" "qy";
        Grid "grid" Move "成批录入" "Enter paper sheets" "cplr";
    }
}

actions! {
    /// The search box and its results.
    Search {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        Open "open" Do "打开户" "Open household" "dkh";
        Visit "visit" Do "随访" "Visit" "sf";
        Record "record" Do "另记" "Record something else" "lj";
        Picture "picture" Do "一览图" "At a glance" "ylt";
        DueOnly "due_only" Do "只看有事的" "Only those due" "zkysd";
        Agreement "agreement" Do "签约" "Agreement" "qy";
    }
}

actions! {
    /// One household and its members.
    Household {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Visit "visit" Do "随访" "Visit" "sf";
        Record "record" Do "另记" "Record something else" "lj";
        Round "round" Do "本户逐人随访" "Visit the whole household" "bhzrsf";
        EditPerson "edit_person" Do "改人" "Edit person" "gr";
        AddPerson "add_person" Do "添人" "Add person" "tr";
        EditHousehold "edit_household" Do "改户" "Edit household" "gh";
        Change "change" Do "换户主/分户/迁移" "Head, split, move" "hhz";
        Contacts "contacts" Do "往来" "Contacts" "wl";
        Agreement "agreement" Do "签约" "Agreement" "qy";
        Former "former" Do "原有成员" "Former members" "yycy";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
        Picture "picture" Do "一览图" "At a glance" "ylt";
    }
}

actions! {
    /// A visit form.
    Form {
        Save "save" Do "保存" "Save" "bc";
        Next "next" Move "下一项" "Next" "xyx";
        Previous "previous" Move "上一项" "Previous" "syx";
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        AllNormal "all_normal" Do "无异常" "All normal" "wyc";
        Referral "referral" Do "转诊" "Refer" "zz";
        Sections "sections" Do "分节" "Sections" "fj";
        Renewal "renewal" Do "谈了续约" "Renewal" "tlxy";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
        Picture "picture" Do "一览图" "At a glance" "ylt";
    }
}

actions! {
    /// A paper sheet: one row a person.
    Grid {
        Save "save" Do "保存本行" "Save the row" "bcbh";
        Next "next" Move "下一格" "Next" "xyg";
        Previous "previous" Move "上一格" "Previous" "syg";
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        AllNormal "all_normal" Do "无异常" "All normal" "wyc";
        Whole "whole" Do "整张表" "Whole form" "zzb";
        Head "head" Do "表头" "Sheet head" "bt";
        Remove "remove" Do "删去本行" "Remove the row" "sqbh";
    }
}

actions! {
    /// A person's earlier contacts.
    Visits {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Correct "correct" Do "更正" "Correct" "gz";
        Withdraw "withdraw" Do "撤回" "Withdraw" "ch";
        Record "record" Do "另记" "Record more" "lj";
        Picture "picture" Do "一览图" "At a glance" "ylt";
    }
}

actions! {
    /// Pictures of one person's follow-up.
    Picture {
        NextPage "next_page" Move "下一页图" "Next picture" "xyyt";
        PreviousPage "previous_page" Move "上一页图" "Previous picture" "syyt";
        Right "right" Move "下一月" "Next month" "xyy";
        Left "left" Move "上一月" "Previous month" "syy";
        Down "down" Move "往下看" "Down" "wxk";
        Up "up" Move "往上看" "Up" "wsk";
        Later "later" Do "下一年" "Next year" "xyn";
        Earlier "earlier" Do "上一年" "Previous year" "syn";
        Dose "dose" Do "补记这一剂" "Record this dose" "bjzyj";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
    }
}

actions! {
    /// The card of a person or a household.
    Person {
        Save "save" Do "保存" "Save" "bc";
        Next "next" Move "下一项" "Next" "xyx";
        Previous "previous" Move "上一项" "Previous" "syx";
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        AllNormal "all_normal" Do "无异常" "All normal" "wyc";
        Facts "facts" Do "标签、居住、往来" "Tags, stays, contacts" "bqjzwl";
        Agreement "agreement" Do "签约" "Agreement" "qy";
        Discard "discard" Do "放弃修改" "Drop the changes" "fqxg";
    }
}

actions! {
    /// Those proposed for programmes.
    Proposals {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Accept "accept" Do "纳入" "Enter them" "nr";
        Mark "mark" Do "勾选" "Mark" "gx";
        MarkGroup "mark_group" Do "勾本组" "Mark group" "gbz";
        MarkAll "mark_all" Do "全勾" "Mark all" "qg";
        Decline "decline" Do "不纳入" "Decline" "bnr";
        Household "household" Do "本户" "Household" "bh";
    }
}

actions! {
    /// The registers of agreements.
    Registers {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Open "open" Do "打开" "Open" "dk";
        OtherTable "other_table" Do "换表" "Other table" "hb";
        Before "before" Do "往前" "Earlier" "wq";
        After "after" Do "往后" "Later" "wh";
        Span "span" Do "日月年" "Day, month, year" "ryn";
        Doctor "doctor" Do "换医生" "Doctor" "hys";
        SumBy "sum_by" Do "汇总方式" "Sum by" "hzfs";
        Print "print" Do "打印" "Print" "dy";
    }
}

actions! {
    /// The referrals under way, and the register of a day.
    Papers {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Open "open" Do "往次记录" "Past visits" "wcjl";
        Check "check" Do "核实" "Check" "hs";
        Slip "slip" Do "开转诊单" "Write slip" "kzzd";
        ReturnSlip "return_slip" Do "录回转单" "Return slip" "lhzd";
        Print "print" Do "打印" "Print" "dy";
        OtherList "other_list" Do "另一张名单" "Other list" "lyzmd";
        DayBefore "day_before" Do "前一天" "Day before" "qyt";
        DayAfter "day_after" Do "后一天" "Day after" "hyt";
    }
}

actions! {
    /// A list to choose from, or a question.
    List {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Accept "accept" Move "确定" "Accept" "qd";
        Tick "tick" Move "勾选" "Tick" "gx";
    }
}

actions! {
    /// The preview of an import.
    Import {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        NextList "next_list" Move "下一张名单" "Next list" "xyzmd";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "syzmd";
        Tick "tick" Do "勾选" "Tick" "gx";
        Accept "accept" Do "导入" "Import" "dr";
    }
}

actions! {
    /// The clinic's settings.
    Settings {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        NextSection "next_section" Move "下一部分" "Next section" "xybf";
        PreviousSection "previous_section" Move "上一部分" "Previous section" "sybf";
        Edit "edit" Do "改" "Change" "g";
        Reset "reset" Do "恢复默认" "Default" "hfmr";
        Former "former" Do "设回上次的值" "Value before" "shscdz";
    }
}

actions! {
    /// The palette of actions.
    Palette {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        Accept "accept" Move "执行" "Run" "zx";
    }
}

actions! {
    /// The help screen.
    Help {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
    }
}

actions! {
    /// Setting the clinic up at the first start.
    Setup {
        Next "next" Move "下一项" "Next" "xyx";
        Previous "previous" Move "上一项" "Previous" "syx";
        Save "save" Do "建立" "Set up" "jl";
    }
}

actions! {
    /// Choosing who is at the keyboard.
    Staff {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Accept "accept" Move "进入" "Begin" "jr";
    }
}

actions! {
    /// The door: who comes in, and the password.
    Door {
        Down "down" Move "下一位" "Down" "xyw";
        Up "up" Move "上一位" "Up" "syw";
        Accept "accept" Move "登录" "Sign in" "dl";
        Recover "recover" Do "用恢复码" "Recovery code" "yhfm";
    }
}

actions! {
    /// Who works here, and their passwords.
    Accounts {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Edit "edit" Do "改" "Change" "g";
        Add "add" Do "添人员" "Add" "try";
        Password "password" Do "设口令" "Password" "skl";
        Recovery "recovery" Do "换恢复码" "New recovery code" "hhfm";
    }
}
