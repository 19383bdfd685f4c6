//! What a key can mean, context by context: one enum a context, each able to
//! list itself with its TOML name and its words.
//!
//! Which key means it stands in the keymap; what it does, in the screens.

#[macro_use]
mod macros;

mod agreed;
mod sets;

pub use self::{agreed::*, sets::*};
use crate::{desk::rights::Matter, domain::text::Text};

/// The words of an action, and what they are found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub text: Text,
    /// The syllables of the Chinese words, one space between two.
    pub pinyin: &'static str,
}

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// What whoever does it must be allowed to change.
    pub matter: Matter,
    /// What it is called for those who may not, where it shows them something.
    pub otherwise: Option<Words>,
}

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

contexts! {
    Global(Global) "global" false "通用" "Everywhere";
    Queue(Queue) "queue" false "今日随访" "Due today";
    Search(Search) "search" true "查户" "Find";
    Household(Household) "household" false "户" "Household";
    Form(Form) "form" true "随访表" "Visit form";
    Grid(Grid) "grid" true "成批录入" "Paper sheets";
    Visits(Visits) "visits" false "往次记录" "Past visits";
    Picture(Picture) "picture" false "一览" "At a glance";
    Person(Person) "person" true "资料卡" "Card of a person or household";
    Proposals(Proposals) "proposals" false "建议纳入" "Proposed";
    Registers(Registers) "registers" false "签约登记" "Signings";
    Papers(Papers) "papers" false "转诊和门诊日志" "Referrals and register";
    Signing(Signing) "signing" true "签约" "Signing";
    Agreement(Agreement) "agreement" false "协议" "Agreement";
    Agreements(Agreements) "agreements" false "签约名单" "Agreements";
    Parties(Parties) "parties" false "签约医生和单位" "Who signs";
    Unit(Unit) "unit" false "功能社区单位" "Unit";
    List(List) "list" false "列表和询问" "Lists and questions";
    Import(Import) "import" false "导入" "Import";
    Settings(Settings) "settings" false "设置" "Settings";
    Palette(Palette) "palette" true "命令" "Commands";
    Help(Help) "help" true "帮助" "Help";
    Setup(Setup) "setup" true "首次设置" "First start";
    Door(Door) "door" true "登录" "Sign in";
    Accounts(Accounts) "accounts" false "人员" "Staff";
    Staff(Staff) "staff" false "选择人员" "Who are you";
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
