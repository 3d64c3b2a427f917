"""Starting an assessment, the people in it, answering and voting, confirming levels, pausing and ending."""
