//! What is told to somebody who sees numbers hidden: the same answers, every identity number and
//! telephone in them hidden before they leave the desk.

use super::reply::{
    AgreementBrief, AgreementPaperView, AgreementView, Covered, FoundPerson, HouseholdView,
    MemberView, OpenTold, PersonView, PictureView, RegistersView, Reply, VisitDeskView,
};
use crate::domain::{
    agreement::{
        contract::{Agreement, Contents},
        unit::{Unit, UnitMember},
    },
    form::FormContext,
    identity,
    masking::{self, telephone},
};

/// Hides the numbers in a reply.
pub fn mask(reply: &mut Reply) {
    match reply {
        Reply::Search(view) => view.rows.iter_mut().for_each(found),
        Reply::Candidates(view) => {
            let rows = view.rows.iter_mut();
            rows.for_each(|row| found(&mut row.found));
        }
        Reply::Household(view) => household(view),
        Reply::Person(view) => person(view),
        Reply::Picture(view) => picture(view),
        Reply::VisitDesk(view) => visit(view),
        Reply::Contact(view) => {
            masking::contact(&mut view.contact);
            masking::person(&mut view.person);
        }
        Reply::Glance(glance) => glance.last.iter_mut().for_each(masking::contact),
        Reply::Glances(glances) => {
            let last = glances.iter_mut().filter_map(|glance| glance.last.as_mut());
            last.for_each(masking::contact);
        }
        Reply::Queue(view) => {
            let rows = view.done.iter_mut().chain(&mut view.not_reached);
            rows.for_each(|row| masking::contact(&mut row.contact));
        }
        Reply::Register(view) => {
            for row in &mut view.rows {
                masking::filled(&mut row.filled);
                row.line.complaint = masking::text(&row.line.complaint);
                row.line.handling = masking::text(&row.line.handling);
            }
        }
        Reply::Slip(Some(view)) => masking::filled(&mut view.filled),
        Reply::Agreement(view) => agreement(view),
        Reply::AgreementPaper(view) => paper(view),
        Reply::AgreementProposal(view) => {
            contents(&mut view.proposal.contents);
            view.running.iter_mut().for_each(brief);
        }
        Reply::AgreementList(view) => {
            for row in &mut view.rows {
                row.phone = telephone(&row.phone);
                row.agreement.iter_mut().for_each(brief);
            }
        }
        Reply::Agreements(rows) => rows.iter_mut().for_each(brief),
        Reply::Registers(view) => registers(view),
        Reply::Parties(view) => view.units.iter_mut().for_each(unit),
        Reply::Units(view) => {
            for told in &mut view.units {
                unit(&mut told.unit);
                told.agreement.iter_mut().for_each(brief);
            }
        }
        Reply::People(rows) => {
            for row in rows {
                masking::person(&mut row.person);
                masking::household(&mut row.household);
            }
        }
        Reply::ExportedAgreements(rows) => {
            for row in rows {
                brief(&mut row.brief);
                whole(&mut row.agreement);
                for (_, id_no) in row.names.values_mut() {
                    *id_no = identity::masked(id_no);
                }
            }
        }
        // These tell no number of a resident, or are refused to whoever sees them hidden; a form
        // in progress is its owner's own.
        Reply::BackedUp(..)
        | Reply::Drilled(_)
        | Reply::Numbers(_)
        | Reply::Looks(_)
        | Reply::Log(_)
        | Reply::Overview(_)
        | Reply::Forms(_)
        | Reply::Proposals(_)
        | Reply::Referrals(_)
        | Reply::AgreementPreview(_)
        | Reply::Waiting(_)
        | Reply::Slip(None)
        | Reply::Found(_)
        | Reply::Preview(_)
        | Reply::Doubts(_)
        | Reply::Settings(_)
        | Reply::Accounts(_)
        | Reply::SettingsPreview(_)
        | Reply::Checked(_)
        | Reply::Journal(_)
        | Reply::Head(_)
        | Reply::Repeated(_)
        | Reply::ImportPreview(_)
        | Reply::Done(_)
        | Reply::Drafts(_)
        | Reply::TakenUp(_)
        | Reply::Noted => {}
    }
}

fn found(row: &mut FoundPerson) {
    row.id_no = identity::masked(&row.id_no);
}

fn open(told: &mut OpenTold) {
    masking::filled(&mut told.filled);
}

fn brief(told: &mut AgreementBrief) {
    told.phone = telephone(&told.phone);
}

fn covered(told: &mut Covered) {
    brief(&mut told.agreement);
}

fn contents(told: &mut Contents) {
    told.phone = telephone(&told.phone);
}

fn whole(told: &mut Agreement) {
    contents(&mut told.contents);
}

fn member(view: &mut MemberView) {
    masking::person(&mut view.person);
    view.agreement.iter_mut().for_each(covered);
    view.open.iter_mut().for_each(open);
}

fn household(view: &mut HouseholdView) {
    masking::household(&mut view.household);
    view.members.iter_mut().for_each(member);
    for (person, _) in &mut view.former {
        masking::person(person);
    }
    for (_, contact, _) in &mut view.contacts {
        masking::contact(contact);
    }
    view.agreements.iter_mut().for_each(brief);
    masking::answers(&mut view.stated);
}

fn person(view: &mut PersonView) {
    member(&mut view.member);
    masking::household(&mut view.household);
    view.contacts.iter_mut().for_each(masking::contact);
    masking::answers(&mut view.stated);
    let fields = view.changes.iter_mut().flat_map(|told| &mut told.fields);
    fields.for_each(masking::change);
    view.agreements.iter_mut().for_each(brief);
}

fn picture(view: &mut PictureView) {
    masking::person(&mut view.person);
    view.contacts.iter_mut().for_each(masking::contact);
}

fn visit(view: &mut VisitDeskView) {
    masking::person(&mut view.person);
    view.contexts.iter_mut().for_each(context);
    view.last.iter_mut().for_each(masking::contact);
    view.correcting.iter_mut().for_each(masking::contact);
    view.open.iter_mut().flatten().for_each(open);
    if let Some(call) = &mut view.call {
        call.phone = telephone(&call.phone);
    }
}

fn context(told: &mut FormContext) {
    masking::answers(&mut told.card);
    masking::answers(&mut told.given);
    if let Some(last) = &mut told.last {
        masking::answers(&mut last.answers);
    }
    for (name, said) in &mut told.said {
        masking::value(name, &mut said.value);
    }
}

fn agreement(view: &mut AgreementView) {
    brief(&mut view.brief);
    whole(&mut view.agreement);
}

fn paper(view: &mut AgreementPaperView) {
    whole(&mut view.agreement);
    for (person, _) in &mut view.people {
        masking::person(person);
    }
}

fn registers(view: &mut RegistersView) {
    for row in &mut view.registered {
        whole(&mut row.agreement);
    }
}

fn unit(unit: &mut Unit) {
    for member in &mut unit.members {
        match member {
            UnitMember::Resident(_) => {}
            UnitMember::Light { id_no, phone, .. } => {
                *id_no = identity::masked(id_no);
                *phone = telephone(phone);
            }
        }
    }
}
