//! The actions of each context: TOML name, how offered, words with their pinyin; after
//! `for` what one must be allowed to change for it, after `else` what it is for others.

use super::{Needs, Offer, Words};
use crate::{desk::rights::Matter, domain::text::Text};

actions! {
    /// What works on every screen.
    Global {
        Help "help" Do "帮助" "Help" "bang zhu";
        Search "search" Do "查户" "Find" "cha hu";
        Palette "palette" Move "命令" "Commands" "ming ling";
        Undo "undo" Do "撤销" "Undo" "che xiao" for Anyones;
        Back "back" Move "返回" "Back" "fan hui";
        Redraw "redraw" Do "重画屏幕" "Redraw the screen" "chong hua ping mu";
        Today "today" Palette "今日随访" "Due today" "jin ri sui fang";
        NewHousehold "new_household" Palette "新建户" "New household" "xin jian hu" for Register;
        Grid "grid" Palette "成批录入" "Enter paper sheets" "cheng pi lu ru" for Care;
        Proposals "proposals" Do "建议纳入" "Proposed" "jian yi na ru";
        Referrals "referrals" Palette "转诊" "Referrals" "zhuan zhen";
        Agreements "agreements" Palette "签约名单" "Agreements" "qian yue ming dan";
        Parties "parties" Palette "签约医生和单位" "Doctors, teams, units" "qian yue yi sheng he dan wei";
        Register "register" Palette "门诊日志" "Outpatient register" "men zhen ri zhi";
        Registers "registers" Palette "签约登记表" "Registers of signings" "qian yue deng ji biao";
        Import "import" Palette "导入名册" "Import a roster" "dao ru ming ce" for Register;
        Settings "settings" Palette "设置" "Settings" "she zhi";
        BackUp "back_up" Palette "立即备份" "Back up now" "li ji bei fen" for Anyones;
        ProveCopy "prove_copy" Palette "验证备份" "Prove the backup" "yan zheng bei fen" for Anyones;
        Accounts "accounts" Palette "人员和口令" "Staff and passwords" "ren yuan he kou ling";
        Lock "lock" Do "锁定" "Lock" "suo ding";
        ChangeStaff "change_staff" Palette "换人使用" "Change user" "huan ren shi yong";
        ChangeLanguage "change_language" Palette "切换语言 English" "Change language 中文" "qie huan yu yan";
        Suspend "suspend" Palette "挂起到命令行" "Suspend to the shell" "gua qi dao ming ling hang";
        Quit "quit" Palette "退出" "Leave" "tui chu";
    }
}

actions! {
    /// The queue of the day.
    Queue {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Visit "visit" Do "随访" "Visit" "sui fang" for Care else "往次记录" "Past visits" "wang ci ji lu";
        Record "record" Do "另记" "Record something else" "ling ji" for Care;
        Attempt "attempt" Do "未遇" "Not reached" "wei yu" for Care;
        Why "why" Do "缘由" "Why" "yuan you";
        Household "household" Do "本户" "Household" "ben hu";
        Round "round" Do "本户逐人随访" "Visit the whole household" "ben hu zhu ren sui fang" for Care;
        Visits "visits" Do "往次记录" "Past visits" "wang ci ji lu";
        Picture "picture" Do "一览图" "At a glance" "yi lan tu";
        Mark "mark" Do "列入本轮" "Mark for the round" "lie ru ben lun" for Care;
        NextList "next_list" Move "下一张名单" "Next list" "xia yi zhang ming dan";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "shang yi zhang ming dan";
        Group "group" Do "分组方式" "Grouping" "fen zu fang shi";
        Filter "filter" Do "筛选" "Filter" "shai xuan";
        Sheet "sheet" Do "走访单" "Round sheet" "zou fang dan" for Paper;
        Agreement "agreement" Do "签约" "Agreement" "qian yue";
        Grid "grid" Move "成批录入" "Enter paper sheets" "cheng pi lu ru" for Care;
    }
}

actions! {
    /// The search box and its results.
    Search {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        Open "open" Do "打开户" "Open household" "da kai hu";
        Visit "visit" Do "随访" "Visit" "sui fang" for Care;
        Record "record" Do "另记" "Record something else" "ling ji" for Care;
        Picture "picture" Do "一览图" "At a glance" "yi lan tu";
        DueOnly "due_only" Do "只看有事的" "Only those due" "zhi kan you shi de";
        Agreement "agreement" Do "签约" "Agreement" "qian yue";
    }
}

actions! {
    /// One household and its members.
    Household {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Visit "visit" Do "随访" "Visit" "sui fang" for Care else "往次记录" "Past visits" "wang ci ji lu";
        Record "record" Do "另记" "Record something else" "ling ji" for Care;
        Round "round" Do "本户逐人随访" "Visit the whole household" "ben hu zhu ren sui fang" for Care;
        EditPerson "edit_person" Do "改人" "Edit person" "gai ren" for Register else "看资料" "Person card" "kan zi liao";
        AddPerson "add_person" Do "添人" "Add person" "tian ren" for Register;
        EditHousehold "edit_household" Do "改户" "Edit household" "gai hu" for Register else "看户卡" "Household card" "kan hu ka";
        Change "change" Do "换户主/分户/迁移" "Head, split, move" "huan hu zhu fen hu qian yi" for Register else "标签、往来、号码" "Tags, contacts, numbers" "biao qian wang lai hao ma";
        Contacts "contacts" Do "往来" "Contacts" "wang lai";
        Agreement "agreement" Do "签约" "Agreement" "qian yue";
        Former "former" Do "原有成员" "Former members" "yuan you cheng yuan";
        Visits "visits" Do "往次记录" "Past visits" "wang ci ji lu";
        Picture "picture" Do "一览图" "At a glance" "yi lan tu";
    }
}

actions! {
    /// A visit form.
    Form {
        Save "save" Do "保存" "Save" "bao cun" for Care;
        Next "next" Move "下一项" "Next" "xia yi xiang";
        Previous "previous" Move "上一项" "Previous" "shang yi xiang";
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        AllNormal "all_normal" Do "无异常" "All normal" "wu yi chang" for Care;
        Referral "referral" Do "转诊" "Refer" "zhuan zhen" for Care;
        Sections "sections" Do "分节" "Sections" "fen jie";
        Renewal "renewal" Do "谈了续约" "Renewal" "tan le xu yue" for Care;
        Visits "visits" Do "往次记录" "Past visits" "wang ci ji lu";
        Picture "picture" Do "一览图" "At a glance" "yi lan tu";
    }
}

actions! {
    /// A paper sheet: one row a person.
    Grid {
        Save "save" Do "保存本行" "Save the row" "bao cun ben hang" for Care;
        Next "next" Move "下一格" "Next" "xia yi ge";
        Previous "previous" Move "上一格" "Previous" "shang yi ge";
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        AllNormal "all_normal" Do "无异常" "All normal" "wu yi chang" for Care;
        Whole "whole" Do "整张表" "Whole form" "zheng zhang biao" for Care;
        Head "head" Do "表头" "Sheet head" "biao tou" for Care;
        Remove "remove" Do "删去本行" "Remove the row" "shan qu ben hang" for Care;
    }
}

actions! {
    /// A person's earlier contacts.
    Visits {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Correct "correct" Do "更正" "Correct" "geng zheng" for Care else "看这次的表" "See the form" "kan zhe ci de biao";
        Withdraw "withdraw" Do "撤回" "Withdraw" "che hui" for Care;
        Record "record" Do "另记" "Record more" "ling ji" for Care;
        Picture "picture" Do "一览图" "At a glance" "yi lan tu";
    }
}

actions! {
    /// Pictures of one person's follow-up.
    Picture {
        NextPage "next_page" Move "下一页图" "Next picture" "xia yi ye tu";
        PreviousPage "previous_page" Move "上一页图" "Previous picture" "shang yi ye tu";
        Right "right" Move "下一月" "Next month" "xia yi yue";
        Left "left" Move "上一月" "Previous month" "shang yi yue";
        Down "down" Move "往下看" "Down" "wang xia kan";
        Up "up" Move "往上看" "Up" "wang shang kan";
        Later "later" Do "下一年" "Next year" "xia yi nian";
        Earlier "earlier" Do "上一年" "Previous year" "shang yi nian";
        Dose "dose" Do "补记这一剂" "Record this dose" "bu ji zhe yi ji" for Care;
        Visits "visits" Do "往次记录" "Past visits" "wang ci ji lu";
    }
}

actions! {
    /// The card of a person or a household.
    Person {
        Save "save" Do "保存" "Save" "bao cun";
        Next "next" Move "下一项" "Next" "xia yi xiang";
        Previous "previous" Move "上一项" "Previous" "shang yi xiang";
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        AllNormal "all_normal" Do "无异常" "All normal" "wu yi chang";
        Facts "facts" Do "标签、居住、往来" "Tags, stays, contacts" "biao qian ju zhu wang lai";
        Agreement "agreement" Do "签约" "Agreement" "qian yue";
        Discard "discard" Do "放弃修改" "Drop the changes" "fang qi xiu gai";
    }
}

actions! {
    /// Those proposed for programmes.
    Proposals {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Accept "accept" Do "纳入" "Enter them" "na ru" for Care;
        Mark "mark" Do "勾选" "Mark" "gou xuan" for Care;
        MarkGroup "mark_group" Do "勾本组" "Mark group" "gou ben zu" for Care;
        MarkAll "mark_all" Do "全勾" "Mark all" "quan gou" for Care;
        Decline "decline" Do "不纳入" "Decline" "bu na ru" for Care;
        Household "household" Do "本户" "Household" "ben hu";
    }
}

actions! {
    /// The registers of agreements.
    Registers {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Open "open" Do "打开" "Open" "da kai";
        OtherTable "other_table" Do "换表" "Other table" "huan biao";
        Before "before" Do "往前" "Earlier" "wang qian";
        After "after" Do "往后" "Later" "wang hou";
        Span "span" Do "日月年" "Day, month, year" "ri yue nian";
        Doctor "doctor" Do "换医生" "Doctor" "huan yi sheng";
        SumBy "sum_by" Do "汇总方式" "Sum by" "hui zong fang shi";
        Print "print" Do "打印" "Print" "da yin" for Paper;
        Send "send" Do "记为已上报" "Mark as sent" "ji wei yi shang bao" for Care;
    }
}

actions! {
    /// The referrals under way, and the register of a day.
    Papers {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Open "open" Do "往次记录" "Past visits" "wang ci ji lu";
        Check "check" Do "核实" "Check" "he shi" for Care;
        Slip "slip" Do "开转诊单" "Write slip" "kai zhuan zhen dan" for Care;
        ReturnSlip "return_slip" Do "录回转单" "Return slip" "lu hui zhuan dan" for Care;
        Print "print" Do "打印" "Print" "da yin" for Paper;
        OtherList "other_list" Do "另一张名单" "Other list" "ling yi zhang ming dan";
        DayBefore "day_before" Do "前一天" "Day before" "qian yi tian";
        DayAfter "day_after" Do "后一天" "Day after" "hou yi tian";
    }
}

actions! {
    /// A list to choose from, or a question.
    List {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Accept "accept" Move "确定" "Accept" "que ding";
        Tick "tick" Move "勾选" "Tick" "gou xuan";
    }
}

actions! {
    /// The preview of an import.
    Import {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        NextList "next_list" Move "下一张名单" "Next list" "xia yi zhang ming dan";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "shang yi zhang ming dan";
        Tick "tick" Do "勾选" "Tick" "gou xuan" for Register;
        Accept "accept" Do "导入" "Import" "dao ru" for Register;
    }
}

actions! {
    /// The clinic's settings.
    Settings {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        NextSection "next_section" Move "下一部分" "Next section" "xia yi bu fen";
        PreviousSection "previous_section" Move "上一部分" "Previous section" "shang yi bu fen";
        Edit "edit" Do "改" "Change" "gai";
        Reset "reset" Do "恢复默认" "Default" "hui fu mo ren";
        Former "former" Do "设回上次的值" "Value before" "she hui shang ci de zhi";
    }
}

actions! {
    /// The palette of actions.
    Palette {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        Accept "accept" Move "执行" "Run" "zhi xing";
    }
}

actions! {
    /// The help screen.
    Help {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
    }
}

actions! {
    /// Setting the clinic up at the first start.
    Setup {
        Next "next" Move "下一项" "Next" "xia yi xiang";
        Previous "previous" Move "上一项" "Previous" "shang yi xiang";
        Save "save" Do "建立" "Set up" "jian li";
    }
}

actions! {
    /// Choosing who is at the keyboard.
    Staff {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Accept "accept" Move "进入" "Begin" "jin ru";
    }
}

actions! {
    /// The door: who comes in, and the password.
    Door {
        Down "down" Move "下一位" "Down" "xia yi wei";
        Up "up" Move "上一位" "Up" "shang yi wei";
        Accept "accept" Move "登录" "Sign in" "deng lu";
        Recover "recover" Do "用恢复码" "Recovery code" "yong hui fu ma" for Anyones;
    }
}

actions! {
    /// Who works here, and their passwords.
    Accounts {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Edit "edit" Do "改" "Change" "gai" for Anyones;
        Add "add" Do "添人员" "Add" "tian ren yuan" for Anyones;
        Password "password" Do "设口令" "Password" "she kou ling" for Anyones;
        Recovery "recovery" Do "换恢复码" "New recovery code" "huan hui fu ma" for Anyones;
    }
}
