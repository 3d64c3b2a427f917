"""The typed client of the control API, with which the demo and the tests act as people and look."""
