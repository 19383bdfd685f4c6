//! A row's cells as the file gives them, kept small: one piece of text for a whole row.
//!
//! It cleans nothing; it only remembers.

use super::Column;

/// The cells of the columns that are read, as given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    text: Box<str>,
    cells: Box<[(Column, u32)]>,
}

impl Given {
    /// Keeps the cells; empty ones are left out.
    pub fn new<'a>(cells: impl IntoIterator<Item = (Column, &'a str)>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (column, cell) in cells {
            if cell.is_empty() {
                continue;
            }
            text.push_str(cell);
            ends.push((column, u32::try_from(text.len()).unwrap_or(u32::MAX)));
        }
        Self {
            text: text.into(),
            cells: ends.into(),
        }
    }

    /// Lists the cells in file order.
    pub fn cells(&self) -> impl Iterator<Item = (Column, &str)> {
        let mut start = 0;
        self.cells.iter().map(move |&(column, end)| {
            let end = usize::try_from(end).unwrap_or(usize::MAX);
            let cell = self.text.get(start..end).unwrap_or("");
            start = end;
            (column, cell)
        })
    }

    /// Returns the cell of a column as given; the first one where the column repeats.
    pub fn get(&self, wanted: Column) -> &str {
        self.cells()
            .find(|(column, _)| *column == wanted)
            .map_or("", |(_, cell)| cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_back_as_given() {
        let given = Given::new([
            (Column::Name, " 张伟"),
            (Column::Sex, ""),
            (Column::Phone, "154"),
            (Column::Phone, "0855"),
        ]);
        assert_eq!(given.get(Column::Name), " 张伟");
        assert_eq!(given.get(Column::Sex), "");
        assert_eq!(given.get(Column::Phone), "154");
        assert_eq!(given.cells().count(), 3);
    }
}
