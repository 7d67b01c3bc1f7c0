"""The pages in the middle of the window. They do not know one another; what they share is in ``page``."""
