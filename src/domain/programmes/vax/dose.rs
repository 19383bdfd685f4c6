//! The doses of the national immunisation schedules, with their stable codes and names.

use serde::{Deserialize, Serialize};

use crate::domain::text::Text;

macro_rules! doses {
    ($($dose:ident = $code:literal, $zh:literal;)*) => {
        /// One dose; stored by its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Dose {
            $(#[serde(rename = $code)] $dose,)*
        }

        impl Dose {
            /// Every dose, series by series.
            pub const ALL: &'static [Self] = &[$(Self::$dose,)*];

            /// Returns the code, as `MMR-1`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$dose => $code,)* }
            }

            /// Returns the key of its task, as `vax:MMR-1`.
            pub const fn task_key(self) -> &'static str {
                match self { $(Self::$dose => concat!("vax:", $code),)* }
            }

            /// Returns the key of the alert that it is late (V3).
            pub const fn overdue_key(self) -> &'static str {
                match self { $(Self::$dose => concat!("vaccine_overdue:", $code),)* }
            }

            /// Returns the name on a row, as 麻腮风1.
            pub const fn name(self) -> Text {
                match self { $(Self::$dose => Text { zh: $zh, en: $code },)* }
            }
        }
    };
}

doses! {
    HepB1 = "HepB-1", "乙肝1";
    HepB2 = "HepB-2", "乙肝2";
    HepB3 = "HepB-3", "乙肝3";
    Bcg1 = "BCG-1", "卡介苗";
    Ipv1 = "IPV-1", "脊灰灭活1";
    Ipv2 = "IPV-2", "脊灰灭活2";
    Bopv3 = "bOPV-3", "脊灰减毒3";
    Bopv4 = "bOPV-4", "脊灰减毒4";
    Dtap1 = "DTaP-1", "百白破1";
    Dtap2 = "DTaP-2", "百白破2";
    Dtap3 = "DTaP-3", "百白破3";
    Dtap4 = "DTaP-4", "百白破4";
    Dtap5 = "DTaP-5", "百白破5";
    Dt1 = "DT-1", "白破";
    MpsvA1 = "MPSVA-1", "流脑A1";
    MpsvA2 = "MPSVA-2", "流脑A2";
    MpsvAc1 = "MPSVAC-1", "流脑AC1";
    MpsvAc2 = "MPSVAC-2", "流脑AC2";
    Mmr1 = "MMR-1", "麻腮风1";
    Mmr2 = "MMR-2", "麻腮风2";
    Jel1 = "JEL-1", "乙脑减毒1";
    Jel2 = "JEL-2", "乙脑减毒2";
    Jei1 = "JEI-1", "乙脑灭活1";
    Jei2 = "JEI-2", "乙脑灭活2";
    Jei3 = "JEI-3", "乙脑灭活3";
    Jei4 = "JEI-4", "乙脑灭活4";
    HepAl1 = "HepAL-1", "甲肝减毒";
    HepAi1 = "HepAI-1", "甲肝灭活1";
    HepAi2 = "HepAI-2", "甲肝灭活2";
    Hpv1 = "HPV-1", "双价HPV1";
    Hpv2 = "HPV-2", "双价HPV2";
}

impl Dose {
    /// Returns the dose of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dose| dose.code() == code)
    }

    /// Says whether the vaccine is a live one given by injection (V2).
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Mmr1 | Self::Mmr2 | Self::Jel1 | Self::Jel2 | Self::HepAl1
        )
    }

    /// Says whether the two doses are of one vaccine.
    pub fn is_of_series(self, other: Self) -> bool {
        let vaccine = |dose: Self| dose.code().split('-').next();
        vaccine(self) == vaccine(other)
    }
}
