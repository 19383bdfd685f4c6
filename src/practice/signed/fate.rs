//! What becomes of each household's agreement, and the steps of it: most sign in a campaign and
//! go on, some do what a clinic has to know how to handle.

use super::{
    super::{chance::Chance, pace},
    Home, LEFT, Running,
};
use crate::domain::day::{Day, plus_days};

/// The first campaign, in days before today.
const CAMPAIGN: (i64, i64) = (700, 590);
/// Of a thousand households with and without key people, how many sign.
const SIGNS: (u32, u32) = (970, 560);
/// Of a thousand that sign, how many do at another time of the years.
const BETWEEN: u32 = 160;
/// Of this many households that sign, one does something out of the ordinary.
const RARE: u64 = 12;

/// What becomes of a household's agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nobody signs.
    Never,
    /// Signed for a year, and again.
    Ordinary,
    /// Written down lately.
    Drafted,
    /// Printed lately, waiting for signatures.
    Printed,
    /// Written down and given up.
    Discarded,
    /// Signed lately for a member who has not said so himself.
    Provisional,
    /// A return call found somebody who knew of nothing.
    Doubted,
    /// The doubt was found to be right.
    Voided,
    /// Notice was given, and one side has signed.
    Ending,
    /// Notice was given and taken back.
    Withdrawn,
    /// Ended by both.
    Ended,
    /// Notice of one side, and the term ran out.
    RunOut,
    /// Another doctor was chosen.
    Changed,
    /// Care at home is paid besides.
    Paying,
    /// One of the household who did not agree did so later.
    Late,
    /// Signed at the township in a register of before this program.
    BroughtIn,
}

/// The rare ones, in the order they are dealt out.
const DEALT: [Fate; 14] = [
    Fate::Provisional,
    Fate::BroughtIn,
    Fate::Doubted,
    Fate::Ending,
    Fate::Printed,
    Fate::RunOut,
    Fate::Paying,
    Fate::Drafted,
    Fate::Changed,
    Fate::Voided,
    Fate::Late,
    Fate::Ended,
    Fate::Withdrawn,
    Fate::Discarded,
];

/// One entry of an agreement's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Written down; what follows on the same day follows the fate.
    Draft,
    /// Written down to follow the running one.
    Renew,
    /// Written down to take the place of the running one, with another doctor.
    Change,
    Print,
    Sign,
    Discard,
    /// A voucher is issued to the household.
    Voucher,
    Speak,
    Doubt,
    Void,
    Notice,
    Withdraw,
    ResidentSigns,
    ClinicSigns,
    End,
    /// The place of somebody among the dwellers, who joins.
    Join(usize),
    /// The own word of whom the representative signed for.
    Confirm,
}

impl Fate {
    /// Draws what becomes of the `serial`-th household that could sign.
    pub fn draw(chance: &mut Chance, serial: u64, has_key: bool) -> Self {
        let share = if has_key { SIGNS.0 } else { SIGNS.1 };
        if serial % RARE == RARE / 2 {
            let at = usize::try_from(serial / RARE).unwrap_or_default();
            DEALT
                .get(at % DEALT.len())
                .copied()
                .unwrap_or(Self::Ordinary)
        } else if chance.holds(share) {
            Self::Ordinary
        } else {
            Self::Never
        }
    }

    /// Returns the years signed for at first: what is to be undone later runs for long.
    pub const fn years(self) -> u32 {
        match self {
            Self::Doubted
            | Self::Voided
            | Self::Ending
            | Self::Withdrawn
            | Self::Ended
            | Self::Changed => 3,
            Self::Never
            | Self::Ordinary
            | Self::Drafted
            | Self::Printed
            | Self::Discarded
            | Self::Provisional
            | Self::RunOut
            | Self::Paying
            | Self::Late
            | Self::BroughtIn => 1,
        }
    }

    /// Says whether what is written down is signed on the same day.
    pub const fn signs_at_once(self) -> bool {
        match self {
            Self::Drafted | Self::Printed | Self::Discarded => false,
            Self::Never
            | Self::Ordinary
            | Self::Provisional
            | Self::Doubted
            | Self::Voided
            | Self::Ending
            | Self::Withdrawn
            | Self::Ended
            | Self::RunOut
            | Self::Changed
            | Self::Paying
            | Self::Late
            | Self::BroughtIn => true,
        }
    }
}

/// A step with its day.
type Dated = (Day, Step);

/// Returns what is known from the beginning of a household's agreement.
pub fn plan(home: &Home, chance: &mut Chance, today: Day) -> Vec<Dated> {
    let ago = |days: i64| pace::working(plus_days(today, -days));
    let (first, last) = (ago(CAMPAIGN.0), ago(CAMPAIGN.1));
    let campaign = pace::working(chance.day(first, last));
    let other = pace::working(chance.day(plus_days(last, 1), ago(7)));
    let is_between = chance.holds(BETWEEN) && home.served.doctor != LEFT;
    let draft = |on| (on, Step::Draft);
    match home.fate {
        Fate::Never | Fate::BroughtIn => Vec::new(),
        Fate::Ordinary if is_between => vec![draft(other)],
        Fate::Ordinary | Fate::RunOut => vec![draft(campaign)],
        Fate::Drafted => vec![draft(ago(3))],
        Fate::Printed => vec![draft(ago(6))],
        Fate::Discarded => vec![draft(ago(40)), (ago(37), Step::Discard)],
        Fate::Provisional => vec![draft(ago(i64::from(chance.between(34, 75))))],
        Fate::Paying => vec![(ago(127), Step::Voucher), draft(ago(120))],
        Fate::Doubted => vec![draft(campaign), (ago(16), Step::Doubt)],
        Fate::Voided => vec![
            draft(campaign),
            (ago(160), Step::Doubt),
            (ago(150), Step::Void),
        ],
        Fate::Ending => vec![
            draft(campaign),
            (ago(9), Step::Notice),
            (ago(8), Step::ResidentSigns),
        ],
        Fate::Withdrawn => vec![
            draft(campaign),
            (ago(80), Step::Notice),
            (ago(75), Step::Withdraw),
        ],
        Fate::Ended => vec![
            draft(campaign),
            (ago(120), Step::Notice),
            (ago(116), Step::ResidentSigns),
            (ago(115), Step::ClinicSigns),
            (ago(114), Step::End),
        ],
        Fate::Changed => vec![draft(campaign), (ago(200), Step::Change)],
        Fate::Late => vec![draft(campaign)],
    }
}

impl Running {
    /// Returns what is done before the term ends: most sign again, some are told of it, some hear
    /// nothing.
    pub fn before_the_end(&self, fate: Fate, chance: &mut Chance) -> Vec<Dated> {
        let before = |days: i32| pace::working(plus_days(self.until, -i64::from(days)));
        if fate == Fate::RunOut {
            return vec![
                (before(20), Step::Notice),
                (before(18), Step::ResidentSigns),
            ];
        }
        match chance.between(0, 99) {
            ..=59 => vec![(before(chance.between(4, 55)), Step::Renew)],
            60..=91 => vec![(before(chance.between(4, 52)), Step::Speak)],
            _ => Vec::new(),
        }
    }
}
