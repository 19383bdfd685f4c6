//! The actions of the contexts of agreements and of those who sign them.

use super::{Needs, Offer, Words};
use crate::{desk::rights::Matter, domain::text::Text};

actions! {
    /// Signing: the form of an agreement.
    Signing {
        Sign "sign" Do "生效" "Take effect" "sheng xiao" for Care;
        Next "next" Move "下一项" "Next open" "xia yi xiang";
        NextField "next_field" Move "下一格" "Next" "xia yi ge";
        Previous "previous" Move "上一格" "Previous" "shang yi ge";
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        NextStep "next_step" Move "下一步" "Next step" "xia yi bu";
        PreviousStep "previous_step" Move "上一步" "Step before" "shang yi bu";
        SameForAll "same_for_all" Do "其余同此页" "Same page for all" "qi yu tong ci ye" for Care;
        Print "print" Do "打印两份" "Print two copies" "da yin liang fen" for Care;
        Save "save" Do "存草稿" "Save as draft" "cun cao gao" for Care;
        Discard "discard" Do "放弃" "Drop it" "fang qi" for Care;
    }
}

actions! {
    /// An agreement that runs, or ran.
    Agreement {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Confirm "confirm" Do "本人确认" "Own word" "ben ren que ren" for Care;
        Join "join" Do "增员" "Add member" "zeng yuan" for Care;
        Leave "leave" Do "减员" "Remove member" "jian yuan" for Care;
        Renew "renew" Do "续签" "Renew" "xu qian" for Care;
        SignAnew "sign_anew" Do "改签" "Sign anew" "gai qian" for Care;
        End "end" Do "解约" "End it" "jie yue" for Care;
        Remind "remind" Do "记续约提醒" "Spoke of renewal" "ji xu yue ti xing" for Care;
        Doubt "doubt" Do "存疑/属实" "Doubt or clear" "cun yi shu shi" for Finding;
        Void "void" Do "作废" "Void" "zuo fei" for Care;
        Acting "acting" Do "代管医生" "Acting doctor" "dai guan yi sheng" for Care;
        Print "print" Do "打印" "Print" "da yin" for Care;
        Household "household" Do "本户" "Household" "ben hu";
    }
}

actions! {
    /// The lists of agreements, and of households to sign.
    Agreements {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Open "open" Do "打开" "Open" "da kai";
        Household "household" Do "本户" "Household" "ben hu";
        Sign "sign" Do "续签或改签" "Renew or sign anew" "xu qian huo gai qian" for Care;
        DoctorLeft "doctor_left" Do "医生离任的户" "Doctor left" "yi sheng li ren de hu";
        NextList "next_list" Do "下一张名单" "Next list" "xia yi zhang ming dan";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "shang yi zhang ming dan";
    }
}

actions! {
    /// The doctors, teams and units who sign.
    Parties {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Open "open" Do "打开" "Open" "da kai";
        Add "add" Do "添加" "Add" "tian jia";
        Sign "sign" Do "单位签约" "Sign with the unit" "dan wei qian yue" for Care;
        Left "left" Do "医生离任的户" "Doctor left" "yi sheng li ren de hu";
        NextList "next_list" Do "下一张名单" "Next list" "xia yi zhang ming dan";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "shang yi zhang ming dan";
    }
}

actions! {
    /// A functional-community unit and those on its list.
    Unit {
        Down "down" Move "下一行" "Down" "xia yi hang";
        Up "up" Move "上一行" "Up" "shang yi hang";
        PageDown "page_down" Move "下一页" "Page down" "xia yi ye";
        PageUp "page_up" Move "上一页" "Page up" "shang yi ye";
        First "first" Move "第一行" "First row" "di yi hang";
        Last "last" Move "最后一行" "Last row" "zui hou yi hang";
        Open "open" Do "打开这个人" "Open the person" "da kai zhe ge ren";
        Add "add" Do "加人" "Add somebody" "jia ren" for Care;
        Remove "remove" Do "去掉" "Take off the list" "qu diao" for Care;
        Edit "edit" Do "改单位资料" "Edit the unit" "gai dan wei zi liao" for Care;
        Agreement "agreement" Do "签约" "Agreement" "qian yue";
    }
}
