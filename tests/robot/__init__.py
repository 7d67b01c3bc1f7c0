"""Page objects: the window in the words of a clerk."""
