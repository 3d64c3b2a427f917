"""Reading the guide, looking through the library, and removing the council's own actions."""
