"""The library to look through, and the form for an action of the council's own."""
