//! Packages with vouchers, and a cap that is full, on the form.

use std::sync::Arc;

use cunyi::{
    desk::{Command, Desk, request::Party},
    domain::{
        agreement::{
            doctor::Cap,
            money::Fen,
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        id::{DoctorId, HouseholdId, PersonId},
    },
};

use super::{doctor, keep, sees, town};
use crate::support::{
    village::{change, day},
    window::Window,
};

fn voucher(number: &str, to: Holder, expires: &str) -> Voucher {
    Voucher {
        number: number.to_owned(),
        kind: VoucherKind::Cash,
        amount: Fen(5_000),
        holder: to,
        issued: day("2026-01-01"),
        expires: day(expires),
        state: VoucherState::Unused,
    }
}

/// The town with vouchers: good ones, one that is void, one expired, one of the other household.
fn with_vouchers() -> Arc<Desk> {
    let desk = town();
    let own = Holder::Household(HouseholdId(1));
    let other = Holder::Person(PersonId(5));
    for (number, to, expires) in [
        ("DJ1", own, "2027-12-31"),
        ("DJ2", own, "2027-12-31"),
        ("DJ3", own, "2026-06-30"),
        ("DJ4", other, "2027-12-31"),
    ] {
        keep(&desk, Party::Voucher(voucher(number, to, expires)));
    }
    let (number, reason) = ("DJ2".to_owned(), "丢失".to_owned());
    keep(&desk, Party::VoidVoucher { number, reason });
    desk
}

/// Everything is answered but the voucher of the head's package.
fn chosen() -> Window {
    Window::of(with_vouchers, Some("王建国"))
        .keys("<f3>zdf<enter><f7>21P9<enter><f5>11<pgup><pgup>1<down><down><down><down><tab>")
}

#[test]
fn only_a_voucher_that_holds_is_offered_and_the_resident_pays_the_rest() {
    let offered = chosen();
    sees(&offered, &["1DJ1"]);
    let screen = offered.screen();
    for hidden in ["DJ2", "DJ3", "DJ4"] {
        assert!(!screen.contains(hidden), "{hidden}:\n{screen}");
    }
    let taken = offered.keys("1");
    sees(&taken.clone().keys("<pgup><pgup>"), &["DJ1", "70.00"]);
    let signed = taken.keys("<f9>");
    sees(&signed, &["已生效 张德福户 4人", "上门护理包 1人"]);
}

#[test]
fn a_voucher_used_expired_or_of_somebody_else_is_named_and_refused() {
    for (number, why) in [
        ("DJ2", "DJ2"),
        ("DJ3", "不在有效期内"),
        ("DJ4", "是发给别人的"),
        ("DJ9", "DJ9"),
    ] {
        let refused = chosen().keys(&format!("{number}<f9>"));
        sees(&refused, &["DJ", why]);
        let screen = refused.screen();
        assert!(!screen.contains("已生效"), "{number}:\n{screen}");
    }
    // A voucher once used serves nobody again.
    let twice = chosen()
        .keys("1<f9>")
        .keys("<esc><f3>lds<enter><f7>21P7<enter><f5>1111<pgup><pgup>1<down><down><tab>DJ1<f9>");
    let screen = twice.screen();
    assert!(!screen.contains("已生效 刘大山"), "{screen}");
    assert!(screen.contains("DJ1"), "{screen}");
}

/// The town where 王建国 may have three people signed.
fn nearly_full() -> Arc<Desk> {
    let desk = town();
    let capped = cunyi::domain::agreement::doctor::Doctor {
        cap: Some(Cap {
            persons: 3,
            households: None,
        }),
        ..doctor("王建国", 1)
    };
    keep(&desk, Party::Doctor(Some(DoctorId(1)), capped));
    let name = "李院长".to_owned();
    let role = cunyi::domain::clinic::Role::Supervisor;
    change(&desk, Command::AddStaff { name, role }).unwrap();
    desk
}

#[test]
fn a_full_panel_goes_on_only_with_a_reason_and_another_persons_approval() {
    let full = Window::of(nearly_full, Some("王建国")).keys("<f3>zdf<enter><f7>21P9<enter><f5>11");
    sees(&full, &["超上限原因", "批准人"]);
    sees(&full.clone().keys("<f9>"), &["上限"]);
    let asked = full.keys("<f9><enter>村里没有别的医生<enter>");
    // Whoever signs does not approve it himself.
    let own = asked.clone().keys("1<f9>");
    assert!(!own.screen().contains("已生效"), "{}", own.screen());
    let approved = asked.keys("3<f9>");
    sees(&approved, &["已生效 张德福户 4人", "超上限"]);
}
