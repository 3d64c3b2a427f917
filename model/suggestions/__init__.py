"""Actions of the library, ranked by how much they help a team to reach its targets, with reasons in words."""
