"""Proposals and the council's own actions as rows."""
