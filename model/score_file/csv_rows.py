"""The rows of a levels file that is written as CSV."""

import csv
import io
from collections.abc import Iterator

from model.score_file.row import COLUMN_WORDS, ID_WORDS, Column, Row, Rows, column_word, unknown_column

_SEPARATORS = ",;\t"


def csv_rows(text: str) -> Rows:
    """Read the rows of a CSV file, with the faults of its form."""
    found = Rows()
    lines = _csv_lines(text, found)
    first = next(lines, None)
    if first is None:
        return found
    line, header = first
    places = _header(line, header, found)
    if places is None:
        return found
    id_place, columns = places
    for line, values in lines:
        if any(value.strip() for value in values[len(header) :]):
            found.fault(line, "This row has more cells than the header. Put a text with commas in quotes.")
            continue
        padded = [*values, *[""] * (len(header) - len(values))]
        cells = {column: padded[place] for place, column in columns.items()}
        found.rows.append(Row(line, padded[id_place], cells))
    return found


def _csv_lines(text: str, found: Rows) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank with the line each begins on; a row may go over several lines."""
    begin = 1
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values) and not _names_separator(values, begin, separator):
                yield begin, values
            begin = reader.line_num + 1
    except csv.Error as error:
        found.fault(begin, f"This row cannot be read as CSV ({error}). Check its quotation marks.")


def _names_separator(values: list[str], line: int, separator: str) -> bool:
    """Recognise the line `sep=;` that some spreadsheets write first; a comma in it splits it in two cells."""
    return line == 1 and separator.join(values).strip().casefold() == f"sep={separator}"


def _separator(text: str) -> str:
    """Choose what separates the cells: whichever of comma, semicolon and tab the header line has most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    if header.casefold().startswith("sep=") and header[4:5] in _SEPARATORS:
        return header[4:5] or ","
    return max(_SEPARATORS, key=header.count)


def _header(line: int, header: list[str], found: Rows) -> tuple[int, dict[int, Column]] | None:
    """Find the place of the id and of each column, or note what is wrong with the header."""
    words = [column_word(cell) for cell in header]
    id_place = next((words.index(word) for word in ID_WORDS if word in words), None)
    before = len(found.faults)
    columns: dict[int, Column] = {}
    for place, word in enumerate(words):
        column = COLUMN_WORDS.get(word)
        if column is not None and column in columns.values():
            found.fault(line, f"The header names the column {column} twice. Keep one.")
        elif column is not None:
            columns[place] = column
        elif word and word not in ID_WORDS:
            found.fault(line, unknown_column(header[place], with_id=True))
    if id_place is None:
        found.fault(
            line, "The first row must name the columns: id, current and, if wanted, target, baseline, reason."
        )
    return None if id_place is None or len(found.faults) > before else (id_place, columns)
