//! What a key can mean, context by context: one enum a context, each able to
//! list itself with its TOML name and its words.
//!
//! Which key means it stands in the keymap; what it does, in the screens.

use crate::domain::text::Text;

/// How an action is offered besides its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Moving about: in help, not in the palette.
    Move,
    /// Has a key and stands in the palette.
    Do,
    /// Stands in the palette; needs no key, though a user may give it one.
    Palette,
}

macro_rules! actions {
    ($(#[$meta:meta])* $name:ident {
        $($variant:ident $toml:literal $offer:ident $zh:literal $en:literal $initials:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $en] $variant),+ }

        impl $name {
            /// Every action, in the order of help.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name keymap files use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $toml),+ }
            }

            /// Returns the words of hints, help and palette.
            pub const fn text(self) -> Text {
                match self { $(Self::$variant => Text { zh: $zh, en: $en }),+ }
            }

            /// Returns the pinyin initials of the Chinese words.
            pub const fn initials(self) -> &'static str {
                match self { $(Self::$variant => $initials),+ }
            }

            /// Returns how the action is offered besides its key.
            pub const fn offer(self) -> Offer {
                match self { $(Self::$variant => Offer::$offer),+ }
            }
        }
    };
}

macro_rules! contexts {
    ($($variant:ident($actions:ident) $toml:literal $typing:literal $zh:literal $en:literal;)+) => {
        /// Where a key is pressed; each has its section in a keymap file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Context { $(#[doc = $en] $variant),+ }

        /// An action together with its context.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $en] $variant($actions)),+ }

        impl Context {
            /// Every context, in the order of help.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name of the section in a keymap file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $toml),+ }
            }

            /// Returns the heading of the context in help.
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text { zh: $zh, en: $en }),+ }
            }

            /// Returns whether characters typed here are text or codes, so that
            /// no bare character may be bound.
            pub const fn takes_text(self) -> bool {
                match self { $(Self::$variant => $typing),+ }
            }

            /// Returns the actions of the context, in the order of help.
            pub fn actions(self) -> Vec<Action> {
                match self {
                    $(Self::$variant => {
                        $actions::ALL.iter().map(|action| Action::$variant(*action)).collect()
                    })+
                }
            }
        }

        impl Action {
            /// Returns the context the action belongs to.
            pub const fn context(self) -> Context {
                match self { $(Self::$variant(_) => Context::$variant),+ }
            }

            /// Returns the name keymap files use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant(action) => action.name()),+ }
            }

            /// Returns the words of hints, help and palette.
            pub const fn text(self) -> Text {
                match self { $(Self::$variant(action) => action.text()),+ }
            }

            /// Returns the pinyin initials of the Chinese words.
            pub const fn initials(self) -> &'static str {
                match self { $(Self::$variant(action) => action.initials()),+ }
            }

            /// Returns how the action is offered besides its key.
            pub const fn offer(self) -> Offer {
                match self { $(Self::$variant(action) => action.offer()),+ }
            }
        }
    };
}

contexts! {
    Global(Global) "global" false "通用" "Everywhere";
    Queue(Queue) "queue" false "今日随访" "Due today";
    Search(Search) "search" true "查户" "Find";
    Household(Household) "household" false "户" "Household";
    Form(Form) "form" true "随访表" "Visit form";
    Visits(Visits) "visits" false "往次记录" "Past visits";
    Person(Person) "person" true "资料卡" "Card of a person or household";
    Proposals(Proposals) "proposals" false "建议纳入" "Proposed";
    List(List) "list" false "列表和询问" "Lists and questions";
    Import(Import) "import" false "导入" "Import";
    Palette(Palette) "palette" true "命令" "Commands";
    Help(Help) "help" true "帮助" "Help";
    Setup(Setup) "setup" true "首次设置" "First start";
    Staff(Staff) "staff" false "选择人员" "Who are you";
}

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
        Proposals "proposals" Do "建议纳入" "Proposed" "jynr";
        Import "import" Palette "导入名册" "Import a roster" "drmc";
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
        Attempt "attempt" Do "未遇" "Not reached" "wy";
        Why "why" Do "缘由" "Why" "yy";
        Household "household" Do "本户" "Household" "bh";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
        Mark "mark" Do "列入本轮" "Mark for the round" "lrbl";
        NextList "next_list" Move "下一张名单" "Next list" "xyzmd";
        PreviousList "previous_list" Move "上一张名单" "Previous list" "syzmd";
        Group "group" Do "分组方式" "Grouping" "fzfs";
        Filter "filter" Do "筛选" "Filter" "sx";
        Sheet "sheet" Do "走访单" "Round sheet" "zfd";
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
        DueOnly "due_only" Do "只看有事的" "Only those due" "zkysd";
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
        EditPerson "edit_person" Do "改人" "Edit person" "gr";
        AddPerson "add_person" Do "添人" "Add person" "tr";
        EditHousehold "edit_household" Do "改户" "Edit household" "gh";
        Change "change" Do "换户主/分户/迁移" "Head, split, move" "hhz";
        Contacts "contacts" Do "往来" "Contacts" "wl";
        Former "former" Do "原有成员" "Former members" "yycy";
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
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
        Visits "visits" Do "往次记录" "Past visits" "wcjl";
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

impl Context {
    /// Returns the context of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|context| context.name() == name)
    }

    /// Returns the context's action of this name.
    pub fn action(self, name: &str) -> Option<Action> {
        self.actions()
            .into_iter()
            .find(|action| action.name() == name)
    }
}
