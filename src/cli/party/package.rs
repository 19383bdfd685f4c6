//! `cunyi package`: the value-added packages and their prices.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{CODE, DAYS, NOTHING, day, days, keep, text};
use crate::{
    cli::{
        agreement::Reader,
        open::Session,
        print::{self, Answer, Trouble},
        seen::SeenUntil,
        values, wording,
    },
    desk::{reply::PartiesView, request::Party},
    domain::{
        agreement::{
            money::Fen,
            package::{Package, PackageItem},
        },
        tags::Tag,
        text::{Lang, Text},
    },
};

/// What `package` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Add {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        told: Told,
    },
    Change {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        told: Told,
    },
    Stop {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
        #[command(flatten)]
        seen: SeenUntil,
    },
}

/// What is told of a package.
#[derive(Debug, Args)]
struct Told {
    #[arg(long, value_name = "YUAN")]
    price: Option<String>,
    #[arg(long, value_name = "NAME=TIMES")]
    item: Vec<String>,
    #[arg(long, value_name = "K01")]
    tag: Vec<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Lists or writes down.
///
/// # Errors
/// Refuses unknown packages and tags, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let reader = Reader::new(session);
    let parties = reader.parties()?;
    let lang = session.call.lang;
    let kept = |package: Package, seen: SeenUntil| {
        let code = package.code.clone();
        let party = Party::Package(package);
        keep(session, &parties, (party, seen), |parties| {
            answer(parties, |one| one.code == code, lang)
        })
    };
    match &arguments.action {
        None | Some(Action::List) => Ok(answer(&parties, |_| true, lang)),
        Some(Action::Add { code, name, told }) => {
            if parties.packages.iter().any(|one| one.code == code.trim()) {
                let message = session.call.say(TAKEN);
                return Err(Trouble::input("E-CODE", Some("CODE"), message));
            }
            let new = Package {
                code: code.trim().to_owned(),
                name: name.clone(),
                price: Fen::ZERO,
                items: Vec::new(),
                tags: Vec::new(),
                from: session.today(),
                to: None,
            };
            kept(told.over(&reader, new)?, told.seen)
        }
        Some(Action::Change { code, name, told }) => {
            let mut package = told.over(&reader, known(&reader, &parties, code)?)?;
            if let Some(name) = name {
                name.clone_into(&mut package.name);
            }
            kept(package, told.seen)
        }
        Some(Action::Stop { code, date, seen }) => {
            let mut package = known(&reader, &parties, code)?;
            package.to = Some(session.day("--date", date.as_deref())?);
            kept(package, *seen)
        }
    }
}

fn known(reader: &Reader<'_, '_>, parties: &PartiesView, given: &str) -> Result<Package, Trouble> {
    let given = given.trim();
    let mut packages = parties.packages.iter();
    let found = packages.find(|one| one.code == given || one.name == given);
    found.cloned().ok_or_else(|| {
        let known: Vec<&str> = parties.packages.iter().map(|p| p.code.as_str()).collect();
        let message = wording::no_word("CODE", given, &known, reader.session.call.lang);
        Trouble::input("E-UNKNOWN", Some("CODE"), message)
    })
}

impl Told {
    fn over(&self, reader: &Reader<'_, '_>, mut package: Package) -> Result<Package, Trouble> {
        let session = reader.session;
        if let Some(price) = &self.price {
            package.price = reader.money("--price", price)?;
        }
        if !self.item.is_empty() {
            package.items = self
                .item
                .iter()
                .map(|given| item(reader, given))
                .collect::<Result<_, _>>()?;
        }
        if !self.tag.is_empty() {
            let tags = self.tag.iter().map(|given| tag(reader, given));
            package.tags = tags.collect::<Result<_, _>>()?;
        }
        if let Some(from) = day(session, "--from", self.from.as_deref())? {
            package.from = from;
        }
        if let Some(until) = day(session, "--until", self.until.as_deref())? {
            package.to = Some(until);
        }
        Ok(package)
    }
}

fn item(reader: &Reader<'_, '_>, given: &str) -> Result<PackageItem, Trouble> {
    let (name, times) = reader.pair("--item", given, ITEM)?;
    let times = times.trim_end_matches('次').trim().parse();
    Ok(PackageItem {
        name: name.to_owned(),
        times: times.map_err(|_| reader.bad("--item", given, ITEM))?,
    })
}

fn tag(reader: &Reader<'_, '_>, given: &str) -> Result<Tag, Trouble> {
    let given = given.trim();
    let is_it = |tag: &Tag| {
        let name = tag.name();
        tag.code().eq_ignore_ascii_case(given) || name.zh == given || name.en == given
    };
    Tag::ALL.into_iter().find(is_it).ok_or_else(|| {
        let lang = reader.session.call.lang;
        let known: Vec<String> = Tag::ALL
            .iter()
            .map(|tag| format!("{} {}", tag.code(), tag.name().get(lang)))
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let message = wording::no_word("--tag", given, &known, lang);
        Trouble::input("E-CODE", Some("--tag"), message)
    })
}

fn answer(parties: &PartiesView, wanted: impl Fn(&Package) -> bool, lang: Lang) -> Answer {
    let packages = || parties.packages.iter().filter(|one| wanted(one));
    let rows: Vec<Value> = packages().map(document).collect();
    let cells: Vec<Vec<String>> = packages()
        .map(|one| {
            let items = one.items.iter();
            let items = items.map(|item| format!("{}×{}", item.name, item.times));
            let tags = one.tags.iter().map(|tag| tag.name().get(lang));
            vec![
                one.code.clone(),
                one.name.clone(),
                one.price.to_string(),
                days(one.from, one.to),
                tags.collect::<Vec<_>>().join(" "),
                items.collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    let heads = [CODE, wording::NAME, PRICE, DAYS, wording::TAGS, ITEMS];
    let text = if cells.is_empty() {
        NOTHING.get(lang).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Answer::new(json!({"packages": rows}), text)
}

fn document(package: &Package) -> Value {
    let price = package.price.to_string();
    let items = package.items.iter();
    json!({
        "code": package.code,
        "name": package.name,
        "price": price.parse().map_or_else(|_| json!(price), values::number),
        "items": items
            .map(|item| json!({"name": item.name, "times": item.times}))
            .collect::<Vec<_>>(),
        "tags": package.tags.iter().map(|tag| tag.code()).collect::<Vec<_>>(),
        "from": package.from,
        "until": package.to,
    })
}

const PRICE: Text = text("定价(元/人/年)", "price (yuan a person and year)");
const ITEMS: Text = text("内容和每年次数", "items and times a year");
const ITEM: Text = text(
    "项目=每年次数，如 上门护理=12",
    "NAME=TIMES a year, as home nursing=12",
);
const TAKEN: Text = text(
    "这个编号已经有了；要改用 package change。",
    "There is such a package: change it with package change.",
);
