//! One table of all figures the other benchmarks kept, in the form README shows them; and how old
//! the oldest of them are, so that nobody takes figures of two runs for one.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::village::figures::{self, Line};

/// The comparisons that stand in a package of their own.
const COMPARED: [&str; 2] = ["compare-search", "compare-save"];

/// Prints the table.
///
/// # Panics
/// Where nothing has been measured.
pub fn print(benches: &[&str]) {
    let compare = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/compare/target/tmp");
    let all = || benches.iter().copied().chain(COMPARED);
    let file = |bench: &str| -> Option<PathBuf> {
        let folders = [figures::folder(), compare.clone()];
        let mut files = folders
            .map(|folder| folder.join("figures").join(bench))
            .into_iter();
        files.find(|file| file.exists())
    };
    let files: Vec<PathBuf> = all().filter_map(file).collect();
    let lines: Vec<Line> = files.iter().flat_map(|file| figures::read(file)).collect();
    assert!(!lines.is_empty(), "no benchmark has been run");
    println!("\n| what | V | T | to reach | beside |\n|---|---|---|---|---|");
    let mut told: Vec<&str> = Vec::new();
    for line in &lines {
        if !told.contains(&line.what.as_str()) {
            told.push(&line.what);
            let same: Vec<&Line> = lines
                .iter()
                .filter(|other| other.what == line.what)
                .collect();
            println!("{}", row(&same));
        }
    }
    let missing: Vec<&str> = all().filter(|bench| file(bench).is_none()).collect();
    if !missing.is_empty() {
        println!("\nnot run: {}", missing.join(", "));
    }
    let above = lines.iter().filter(|line| !line.is_met).count();
    let kept = files.iter().filter_map(|file| figures::kept_at(file));
    let ago = |time: SystemTime| time.elapsed().unwrap_or_default().as_secs() / 60;
    let (newest, oldest) = (kept.clone().max().map(ago), kept.min().map(ago));
    println!(
        "\n{} figures, {above} of them out of bounds, told {} to {} minutes ago",
        lines.len(),
        newest.unwrap_or_default(),
        oldest.unwrap_or_default()
    );
}

/// A figure at all its sizes: what is larger than a township stands behind the township.
fn row(same: &[&Line]) -> String {
    let amount = |line: &&Line| {
        let amount = &line.amount;
        if line.is_met {
            amount.clone()
        } else {
            format!("**{amount}**")
        }
    };
    let at = |sizes: &[&str]| {
        let here = same
            .iter()
            .filter(|line| sizes.contains(&line.size.as_str()));
        let told = here.map(|line| match line.size.as_str() {
            "V" | "T" => amount(line),
            size => format!("{} ({size})", amount(line)),
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() {
            "–".to_owned()
        } else {
            told.join("; ")
        }
    };
    let what = &same[0].what;
    let bounds = joined(same.iter().map(|line| line.bound.as_str()));
    let beside = joined(same.iter().map(|line| line.beside.as_str()));
    format!(
        "| {what} | {} | {} | {bounds} | {beside} |",
        at(&["V", "V10"]),
        at(&["T", "S", "C"])
    )
}

/// The words of all sizes, said once where they are the same.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if said.last() != Some(&word) {
            said.push(word);
        }
    }
    said.join("; ")
}
