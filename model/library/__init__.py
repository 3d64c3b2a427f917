"""The library of actions, bundled ones and a council's own: how they are read, searched and written."""
