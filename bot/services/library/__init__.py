"""The actions a workspace can choose from, the council's own among them, and what became of each."""
