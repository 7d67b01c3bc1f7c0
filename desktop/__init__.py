"""The program: what the clerk sees and what keeps the clerk's work."""
