//! Reads one form file into a `FormDef`, collecting every fault with its line.
//!
//! Agreement between the parts of a form is `agree`.

use std::collections::BTreeMap;

use super::{
    parts::{change, choices, condition, decimal, take_measure, unit_label},
    written::{
        ChangePart, ConditionPart, FieldPart, FormFile, KindName, MeasurePart, NumberPart,
        OptionsPart, RequiredPart,
    },
};
use crate::{
    catalog::{Flaw, source},
    domain::{
        form::{
            Calculation, Change, Choice, Condition, Field, Force, FormDef, Kind, Need, Range,
            Section, column::all_options, grid::Grid, rules::RuleUse,
        },
        value::Decimal,
    },
};

/// Shared measurements by name.
pub type Measures = BTreeMap<String, MeasurePart>;

/// A form with the lines its fields and rules stand on, in their order.
pub struct ReadForm {
    pub form: FormDef,
    pub field_lines: Vec<usize>,
    pub rule_lines: Vec<usize>,
}

/// Reads the shared measurements.
pub fn measures(file: &str, text: &str, flaws: &mut Vec<Flaw>) -> Measures {
    source::read(text).unwrap_or_else(|error| {
        flaws.push(syntax(file, text, &error));
        Measures::new()
    })
}

/// Reads one form; none when the file is no form file at all.
pub fn form(file: &str, text: &str, known: &Measures, flaws: &mut Vec<Flaw>) -> Option<ReadForm> {
    let written: FormFile = source::read(text)
        .map_err(|error| flaws.push(syntax(file, text, &error)))
        .ok()?;
    let lines = Lines::of(text);
    let mut field_lines = Vec::new();
    let mut sections = Vec::new();
    let lists = &written.options;
    for section in written.section {
        let mut fields = Vec::new();
        for part in section.field {
            let line = lines.at(part.start());
            field_lines.push(line);
            let mut reader = FieldReader {
                known,
                lists,
                faults: Vec::new(),
            };
            fields.extend(reader.field(part.into_inner()));
            flaws.extend(reader.faults.into_iter().map(|what| Flaw {
                file: file.to_owned(),
                line,
                what,
            }));
        }
        sections.push(Section {
            title: section.title,
            fields,
        });
    }
    let rule_lines = written.rule.iter();
    let rule_lines = rule_lines.map(|r| lines.at(r.start())).collect();
    let rules = written.rule.into_iter().map(|rule| {
        let rule = rule.into_inner();
        RuleUse {
            rule: rule.name,
            of: rule.of,
            codes: rule.codes,
            expected: rule.expected,
            least: rule.least,
            most: rule.most,
            rows: rule.rows,
        }
    });
    let mut form = FormDef {
        id: written.id,
        edition: written.edition,
        title: written.title,
        visit_day: written.visit_day,
        in_sections: written.in_sections,
        column: written.column,
        referral: written.referral,
        saves_incomplete: written.saves_incomplete,
        ended_by: written.ended_by,
        sections,
        rules: rules.collect(),
        grid: written.grid.map(|grid| Grid {
            head: grid.head,
            columns: grid.columns,
        }),
    };
    demand_texts(&mut form);
    Some(ReadForm {
        form,
        field_lines,
        rule_lines,
    })
}

/// Makes the text beside an option asked and required when the option is chosen, and the reason
/// beside a proposal when the proposal was changed (form rules §1.2 rule 4).
fn demand_texts(form: &mut FormDef) {
    let mut demands: Vec<(String, Condition)> = Vec::new();
    for field in form.fields() {
        for option in field.options() {
            let code = option.code.clone();
            let demand = Condition::Is(vec![field.key.clone()], vec![code]);
            demands.extend(option.text.clone().map(|text| (text, demand)));
        }
        let overridden = Condition::Overrides(field.key.clone());
        demands.extend(field.reason.clone().map(|reason| (reason, overridden)));
    }
    let fields = form.sections.iter_mut().flat_map(|s| &mut s.fields);
    for field in fields.filter(|field| field.shown.is_empty()) {
        let mut wanted: Option<Condition> = None;
        for (_, demand) in demands.iter().filter(|(key, _)| *key == field.key) {
            wanted = Some(match (wanted, demand.clone()) {
                (Some(Condition::Is(fields, mut codes)), Condition::Is(more_fields, more))
                    if fields == more_fields =>
                {
                    codes.extend(more);
                    Condition::Is(fields, codes)
                }
                (_, demand) => demand,
            });
        }
        if let Some(condition) = wanted {
            field.shown.push(condition);
            field.need = Need::Required;
        }
    }
}

struct FieldReader<'a> {
    known: &'a Measures,
    lists: &'a BTreeMap<String, Vec<Vec<String>>>,
    faults: Vec<String>,
}

impl FieldReader<'_> {
    fn fault(&mut self, key: &str, what: &str) {
        self.faults.push(format!("field {key}: {what}"));
    }

    fn field(&mut self, mut part: FieldPart) -> Option<Field> {
        let key = part.key.clone();
        let columns = std::mem::take(&mut part.column);
        if (part.kind == Some(KindName::Rows)) == columns.is_empty() {
            self.fault(&key, "columns belong to rows, and rows need them");
        }
        let columns: Vec<Field> = columns.into_iter().filter_map(|c| self.field(c)).collect();
        let measure = part.measure.as_ref().and_then(|name| {
            let measure = self.known.get(name).cloned();
            if measure.is_none() {
                self.fault(&key, &format!("no measure {name}"));
            }
            measure
        });
        let kind = self.kind(&part, measure.as_ref(), columns)?;
        let by_column = self.by_column(&part);
        if let Some(measure) = measure {
            take_measure(&mut part, measure);
        }
        let Some(label) = part.label else {
            self.fault(&key, "no label");
            return None;
        };
        let need = match (part.asked, part.required) {
            (Some(parts), _) => Need::Asked(self.conditions(&key, parts)),
            (None, None | Some(RequiredPart::Always(false))) => Need::Optional,
            (None, Some(RequiredPart::Always(true))) => Need::Required,
            (None, Some(RequiredPart::When(parts))) => Need::When(self.conditions(&key, parts)),
        };
        Some(Field {
            label,
            kind,
            unit: part.unit.map(unit_label),
            hard: part.hard.and_then(|ends| self.range(&key, &ends)),
            soft: part.soft.and_then(|ends| self.range(&key, &ends)),
            change: part.change.and_then(|part| self.change(&key, part)),
            shown: self.conditions(&key, part.shown),
            need,
            force: part.force.map(|force| Force {
                to: force.to,
                when: self.conditions(&key, force.when),
            }),
            default: part.default,
            normal: part.normal,
            carry: part.carry,
            share: part.share,
            short: part.short,
            by_rules: part.by_rules,
            reason: part.reason,
            from: part.from,
            until: part.until,
            format: part.format,
            joint: part.joint,
            target_of: part.target_of,
            calculation: part.formula.map(|formula| Calculation {
                formula,
                of: part.of,
            }),
            by_column,
            key,
        })
    }

    fn kind(
        &mut self,
        part: &FieldPart,
        measure: Option<&MeasurePart>,
        columns: Vec<Field>,
    ) -> Option<Kind> {
        let key = &part.key;
        let Some(name) = part.kind.or_else(|| Some(measure?.kind)) else {
            self.fault(key, "no type");
            return None;
        };
        let places = part.places.or_else(|| measure?.places).unwrap_or(1);
        Some(match name {
            KindName::Code => Kind::Code(self.options(part)),
            KindName::Codes => Kind::Codes(self.options(part)),
            KindName::Bool => Kind::Bool(self.options(part)),
            KindName::Int => Kind::Int,
            KindName::Dec => Kind::Dec { places },
            KindName::Text => {
                let Some(most) = part.most else {
                    self.fault(key, "a text needs its most characters");
                    return None;
                };
                Kind::Text { most }
            }
            KindName::Date => Kind::Date,
            KindName::Month => Kind::Month,
            KindName::Rows => Kind::Rows {
                columns,
                most: part.most.unwrap_or(20),
            },
            KindName::Calc => {
                if part.formula.is_none() {
                    self.fault(key, "a calculation needs its formula");
                    return None;
                }
                let options = part.options.as_ref().map(|_| self.options(part));
                Kind::Calc {
                    places: part.places.or_else(|| measure?.places).unwrap_or(0),
                    options: options.unwrap_or_default(),
                }
            }
        })
    }

    fn options(&mut self, part: &FieldPart) -> Vec<Choice> {
        if !part.options_by.is_empty() {
            return all_options(&self.by_column(part));
        }
        let yes_no = [["1", "否", "no"], ["2", "是", "yes"]];
        let yes_no = || {
            yes_no
                .map(|option| option.map(str::to_owned).to_vec())
                .to_vec()
        };
        let listed = match &part.options {
            Some(OptionsPart::Listed(list)) => list.clone(),
            Some(OptionsPart::Named(name)) => self.list(&part.key, name),
            None if part.kind == Some(KindName::Bool) => yes_no(),
            None => {
                self.fault(&part.key, "no options");
                Vec::new()
            }
        };
        self.choices(part, &listed)
    }

    fn by_column(&mut self, part: &FieldPart) -> Vec<(String, Vec<Choice>)> {
        let mut columns = Vec::new();
        for (column, name) in &part.options_by {
            let listed = self.list(&part.key, name);
            columns.push((column.clone(), self.choices(part, &listed)));
        }
        columns
    }

    fn list(&mut self, key: &str, name: &str) -> Vec<Vec<String>> {
        let found = self.lists.get(name).cloned();
        if found.is_none() {
            self.fault(key, &format!("no option list {name}"));
        }
        found.unwrap_or_default()
    }

    fn choices(&mut self, part: &FieldPart, listed: &[Vec<String>]) -> Vec<Choice> {
        choices(listed, &part.key, &part.exclusive).unwrap_or_else(|| {
            let what = "an option is [code, zh, en] or [code, zh, en, text]";
            self.fault(&part.key, what);
            Vec::new()
        })
    }

    fn range(&mut self, key: &str, ends: &[NumberPart]) -> Option<Range> {
        let numbers: Option<Vec<Decimal>> = ends.iter().map(|end| decimal(*end)).collect();
        match numbers.as_deref() {
            Some([low, high]) if low <= high => Some(Range {
                low: *low,
                high: *high,
            }),
            _ => {
                self.fault(key, "a range is [low, high]");
                None
            }
        }
    }

    fn change(&mut self, key: &str, part: ChangePart) -> Option<Change> {
        let found = change(part);
        if found.is_none() {
            self.fault(key, "a change is in percent, in units or in units a week");
        }
        found
    }

    fn conditions(&mut self, key: &str, parts: Vec<ConditionPart>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for part in parts {
            match condition(part) {
                Some(condition) => conditions.push(condition),
                None => self.fault(
                    key,
                    "a condition is a field with one test, an age, or a sex",
                ),
            }
        }
        conditions
    }
}

fn syntax(file: &str, text: &str, error: &source::Wrong) -> Flaw {
    Flaw {
        file: file.to_owned(),
        line: error.at.map_or(0, |start| Lines::of(text).at(start)),
        what: error.what.clone(),
    }
}

/// Where the lines of a text end.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// Returns the line a byte stands in, from 1.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte) + 1
    }
}
