"""The council's working days, its people's working hours, and the days on which somebody is away."""
