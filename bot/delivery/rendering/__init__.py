"""What each kind of message says at the moment it is sent: the state is read and the view is called."""
