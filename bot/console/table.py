"""A plain table: aligned by spaces, never cut, the same on a terminal as in a pipe."""

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """Align the columns of rows that all have the same number of cells; the first row is the heading."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
