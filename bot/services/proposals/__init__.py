"""Use cases of a proposal: making one, taking steps in it, and taking it into the plan or the library."""
