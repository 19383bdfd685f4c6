//! The papers of a signing: who is covered on whose word, who is left out and why, what it costs,
//! how both sides signed.

use std::collections::BTreeSet;

use super::{Dweller, Fate, Home, NURSING, Served};
use crate::{
    domain::{
        agreement::{
            action::Joining,
            approval::{Approval, Approver},
            cap::CapOverride,
            consent::{Consent, ConsentKind, Guardian},
            contract::{Basic, Choice, Contents, LeftOut, LeftOutReason, Representative},
            doctor::PartyA,
            money::{FeeLine, Fen},
            signed::{AlsoDone, Equipment, Place, RepresentativeSignature, Signature, Signing},
        },
        day::{Day, age_years},
        id::{PersonId, StaffId},
    },
    practice::Chance,
};

/// Who takes the signatures.
const TAKER: StaffId = StaffId(2);
/// Full years from which some sign with their finger.
const OLD: u32 = 76;
/// Of a thousand, how many at home do not agree, how many who work elsewhere agree by phone, and
/// how many of the old sign with their finger.
const UNWILLING: u32 = 14;
const BY_PHONE: u32 = 120;
const BY_FINGER: u32 = 300;
/// Value-added: its price, what the insurance pays of it, what the voucher is worth.
const NURSING_PRICE: (Fen, Fen) = (Fen(12_000), Fen(3_000));
const WORTH: Fen = Fen(5_000);

/// What is written down and signed on one day.
#[derive(Debug, Clone)]
pub struct Paper {
    pub contents: Contents,
    pub signing: Signing,
}

/// What somebody says to it.
enum Says {
    Yes(ConsentKind),
    /// A child, for whom the guardian at this place signs.
    Through(usize),
    No(LeftOutReason),
}

/// Writes the agreement of a household as it is signed at a time of a day, for so many years;
/// none where nobody could sign for it.
pub fn contents(home: &Home, (day, time): (Day, String), years: u32) -> Option<Paper> {
    let head = home.representative(day)?;
    let (mut covered, mut left_out, mut consents) = (Vec::new(), Vec::new(), Vec::new());
    for one in home.dwellers.iter().filter(|one| !one.is_entered_gone) {
        let consent = match says(home, one, head, day) {
            Says::No(reason) => {
                left_out.push(LeftOut {
                    person: one.person,
                    reason,
                    note: String::new(),
                });
                continue;
            }
            Says::Yes(kind) => consent(home, one, day, kind),
            Says::Through(at) => guarded(home, one, home.dwellers.get(at)?, day),
        };
        covered.push(choice(one.person));
        consents.push(consent);
    }
    let mut fees = Vec::new();
    if home.fate == Fate::Paying
        && let Some(own) = covered.iter_mut().find(|one| one.person == head.person)
    {
        own.extras.push(NURSING.to_owned());
        fees.push(nursing(home, head.person, day));
    }
    let kind = own_kind(home, head, day);
    let contents = Contents {
        fees,
        years,
        representative: Some(Representative::Member(head.person)),
        phone: home.phone.clone(),
        ..plain(home.served, covered, left_out)
    };
    let signature = signature(kind, page(home), day);
    let place = if home.seed % 5 < 3 {
        Place::Home
    } else {
        Place::Clinic
    };
    let signing = Signing {
        place,
        equipment: if place == Place::Home {
            Equipment::ALL.iter().copied().collect()
        } else {
            BTreeSet::new()
        },
        ..both(consents, signature, time)
    };
    Some(Paper { contents, signing })
}

/// Says what somebody of the household answers.
fn says(home: &Home, one: &Dweller, head: &Dweller, day: Day) -> Says {
    let mut fixed = Chance::of(home.seed, &[one.person.0, 41]);
    let (is_unwilling, by_phone) = (fixed.holds(UNWILLING), fixed.holds(BY_PHONE));
    if one.gone.is_some_and(|on| on <= day) {
        return Says::No(LeftOutReason::Other);
    }
    if !one.is_adult(day) {
        let guardian = home.guardian(one, day).map(|one| one.person);
        let at = |person| home.dwellers.iter().position(|one| one.person == person);
        return match guardian.and_then(at).filter(|_| one.is_at_home(day)) {
            Some(at) => Says::Through(at),
            None => Says::No(LeftOutReason::Away),
        };
    }
    if one.person == head.person {
        return Says::Yes(own_kind(home, one, day));
    }
    if !one.is_at_home(day) {
        return if by_phone {
            Says::Yes(ConsentKind::Phone)
        } else {
            Says::No(LeftOutReason::Away)
        };
    }
    let mut others = home.dwellers.iter();
    let second = others
        .find(|other| other.person != head.person && other.is_at_home(day) && other.is_adult(day));
    let is_second = second.is_some_and(|second| second.person == one.person);
    match home.fate {
        Fate::Provisional if is_second => Says::Yes(ConsentKind::ByRepresentative),
        Fate::Late if is_second && home.running.is_none() => Says::No(LeftOutReason::Unwilling),
        _ if is_unwilling && one.person.0.is_multiple_of(3) => {
            Says::No(LeftOutReason::SignedElsewhere)
        }
        _ if is_unwilling => Says::No(LeftOutReason::Unwilling),
        _ => Says::Yes(own_kind(home, one, day)),
    }
}

/// Says whether the household signs on a screen: then nothing is printed.
pub fn is_electronic(home: &Home) -> bool {
    home.seed.is_multiple_of(3)
}

fn own_kind(home: &Home, one: &Dweller, day: Day) -> ConsentKind {
    let by_finger = Chance::of(home.seed, &[one.person.0, 42]).holds(BY_FINGER);
    if OLD <= age_years(one.birth, day) && by_finger {
        ConsentKind::Fingerprint
    } else if is_electronic(home) {
        ConsentKind::Electronic
    } else {
        ConsentKind::Signed
    }
}

/// The page the household signs on next.
fn page(home: &Home) -> String {
    format!("QY{:06}-{}", home.id.0, home.signatures + 1)
}

fn consent(home: &Home, one: &Dweller, day: Day, kind: ConsentKind) -> Consent {
    let evidence = match kind {
        ConsentKind::Phone => format!("LY{:06}-{}", one.person.0, home.signatures + 1),
        ConsentKind::Signed
        | ConsentKind::Fingerprint
        | ConsentKind::Electronic
        | ConsentKind::Online
        | ConsentKind::ByRepresentative
        | ConsentKind::Guardian
        | ConsentKind::Proxy
        | ConsentKind::Unknown => page(home),
    };
    Consent {
        person: one.person,
        kind,
        on: day,
        evidence,
        taken_by: TAKER,
        guardian: None,
    }
}

fn guarded(home: &Home, child: &Dweller, guardian: &Dweller, day: Day) -> Consent {
    Consent {
        guardian: Some(Guardian {
            name: guardian.name.clone(),
            relation: guardian.relation_to(child).to_owned(),
            person: Some(guardian.person),
        }),
        ..consent(home, child, day, ConsentKind::Guardian)
    }
}

fn choice(person: PersonId) -> Choice {
    Choice {
        person,
        basic: Some(Basic::Included),
        extras: Vec::new(),
        incapable: String::new(),
    }
}

fn plain(served: Served, covered: Vec<Choice>, left_out: Vec<LeftOut>) -> Contents {
    Contents {
        party_a: PartyA::Institution,
        doctor: Some(served.doctor),
        team: Some(served.team),
        years: 1,
        covered,
        left_out,
        representative: None,
        fees: Vec::new(),
        phone: String::new(),
    }
}

/// The fee of a year's care at home, paid with the household's voucher and the rest in cash.
fn nursing(home: &Home, person: PersonId, day: Day) -> FeeLine {
    let number = super::voucher(home.id, day).number;
    let line = FeeLine::charged(1, person, NURSING, NURSING_PRICE).with_voucher(&number, WORTH);
    FeeLine {
        paid: line.resident,
        receipt: format!("SJ{:06}", home.id.0),
        paid_on: Some(day),
        ..line
    }
}

fn signature(kind: ConsentKind, evidence: String, on: Day) -> RepresentativeSignature {
    RepresentativeSignature {
        kind,
        on,
        evidence,
        taken_by: TAKER,
    }
}

fn both(consents: Vec<Consent>, representative: RepresentativeSignature, time: String) -> Signing {
    Signing {
        consents,
        representative: Some(representative),
        clinic: None,
        start: None,
        time,
        place: Place::Clinic,
        equipment: BTreeSet::new(),
        also_done: BTreeSet::from([AlsoDone::RecordUpdated]),
        above_cap: None,
        late_reason: String::new(),
    }
}

/// Returns somebody's signature.
pub fn signs(name: &str, staff: Option<StaffId>, on: Day) -> Signature {
    Signature {
        name: name.to_owned(),
        staff,
        on,
    }
}

/// Returns leave to sign above a doctor's cap, given by the township's director.
pub fn above_cap(on: Day) -> CapOverride {
    CapOverride {
        reason: "一直由王医生随访，全家要求仍签在他名下".to_owned(),
        approval: Some(director(on)),
    }
}

/// Returns the approval of the township's director, by a paper.
pub fn director(on: Day) -> Approval {
    Approval {
        by: Approver::Outside {
            name: "刘院长".to_owned(),
            paper: format!("清卫签〔{}〕", on.format("%Y%m%d")),
        },
        on,
    }
}

/// Writes the page somebody joins on: a child by the guardian, everybody else himself.
pub fn joining(home: &Home, at: usize, day: Day) -> Option<Joining> {
    let one = home.dwellers.get(at)?;
    let is_here = one.is_at_home(day) && one.gone.is_none_or(|on| day < on);
    let consent = if one.is_adult(day) {
        consent(home, one, day, own_kind(home, one, day))
    } else {
        guarded(home, one, home.guardian(one, day)?, day)
    };
    is_here.then(|| Joining {
        person: one.person,
        basic: Some(Basic::Included),
        consent: Consent {
            evidence: format!("BC{:06}-{}", one.person.0, home.signatures + 1),
            ..consent
        },
        incapable: String::new(),
        above_cap: None,
    })
}

/// Returns the own word of whom the representative signed for.
pub fn confirmed(home: &Home, day: Day) -> Option<Consent> {
    let head = home.representative(day)?;
    let mut others = home.dwellers.iter();
    let second = others.find(|other| {
        other.person != head.person && other.is_at_home(day) && other.is_adult(day)
    })?;
    let own = consent(home, second, day, ConsentKind::Signed);
    Some(Consent {
        evidence: format!("BC{:06}-{}", second.person.0, home.signatures + 1),
        ..own
    })
}

/// Returns what a unit signs for these people.
pub fn unit_contents(served: Served, people: &[PersonId]) -> Contents {
    Contents {
        representative: Some(Representative::Contact {
            name: "孙立".to_owned(),
        }),
        phone: "15400000323".to_owned(),
        ..plain(
            served,
            people.iter().copied().map(choice).collect(),
            Vec::new(),
        )
    }
}

/// Returns the signatures of a unit's people, each on the page of its own list.
pub fn unit_signing(people: &[PersonId], (day, time): (Day, String)) -> Signing {
    let page = format!("DW{}-1", day.format("%Y%m%d"));
    let consents = people.iter().map(|person| Consent {
        person: *person,
        kind: ConsentKind::Signed,
        on: day,
        evidence: page.clone(),
        taken_by: TAKER,
        guardian: None,
    });
    let signature = signature(ConsentKind::Signed, page.clone(), day);
    both(consents.collect(), signature, time)
}
