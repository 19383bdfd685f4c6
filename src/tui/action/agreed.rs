//! The actions of the contexts of agreements and of those who sign them.

use super::Offer;
use crate::domain::text::Text;

actions! {
    /// Signing: the form of an agreement.
    Signing {
        Sign "sign" Do "生效" "Take effect" "sx";
        Next "next" Move "下一项" "Next open" "xyx";
        NextField "next_field" Move "下一格" "Next" "xyg";
        Previous "previous" Move "上一格" "Previous" "syg";
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        NextStep "next_step" Move "下一步" "Next step" "xyb";
        PreviousStep "previous_step" Move "上一步" "Step before" "syb";
        SameForAll "same_for_all" Do "其余同此页" "Same page for all" "qytcy";
        Print "print" Do "打印两份" "Print two copies" "dylf";
        Save "save" Do "存草稿" "Save as draft" "ccg";
        Discard "discard" Do "放弃" "Drop it" "fq";
    }
}

actions! {
    /// An agreement that runs, or ran.
    Agreement {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Confirm "confirm" Do "本人确认" "Own word" "brqr";
        Join "join" Do "增员" "Add member" "zy";
        Leave "leave" Do "减员" "Remove member" "jy";
        Renew "renew" Do "续签" "Renew" "xq";
        SignAnew "sign_anew" Do "改签" "Sign anew" "gq";
        End "end" Do "解约" "End it" "jy";
        Remind "remind" Do "记续约提醒" "Spoke of renewal" "jxytx";
        Doubt "doubt" Do "存疑/属实" "Doubt or clear" "cyss";
        Void "void" Do "作废" "Void" "zf";
        Acting "acting" Do "代管医生" "Acting doctor" "dgys";
        Print "print" Do "打印" "Print" "dy";
        Household "household" Do "本户" "Household" "bh";
    }
}

actions! {
    /// The lists of agreements, and of households to sign.
    Agreements {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Open "open" Do "打开" "Open" "dk";
        Household "household" Do "本户" "Household" "bh";
        Sign "sign" Do "续签或改签" "Renew or sign anew" "xqhgq";
        DoctorLeft "doctor_left" Do "医生离任的户" "Doctor left" "yslrdh";
        NextList "next_list" Do "下一张名单" "Next list" "xyzmd";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "syzmd";
    }
}

actions! {
    /// The doctors, teams and units who sign.
    Parties {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Open "open" Do "打开" "Open" "dk";
        Add "add" Do "添加" "Add" "tj";
        Sign "sign" Do "单位签约" "Sign with the unit" "dwqy";
        Left "left" Do "医生离任的户" "Doctor left" "yslrdh";
        NextList "next_list" Do "下一张名单" "Next list" "xyzmd";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "syzmd";
    }
}

actions! {
    /// A functional-community unit and those on its list.
    Unit {
        Down "down" Move "下一行" "Down" "xyh";
        Up "up" Move "上一行" "Up" "syh";
        PageDown "page_down" Move "下一页" "Page down" "xyy";
        PageUp "page_up" Move "上一页" "Page up" "syy";
        First "first" Move "第一行" "First row" "dyh";
        Last "last" Move "最后一行" "Last row" "zhyh";
        Open "open" Do "打开这个人" "Open the person" "dkzgr";
        Add "add" Do "加人" "Add somebody" "jr";
        Remove "remove" Do "去掉" "Take off the list" "qd";
        Edit "edit" Do "改单位资料" "Edit the unit" "gdwzl";
        Agreement "agreement" Do "签约" "Agreement" "qy";
    }
}
