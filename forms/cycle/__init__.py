"""The years of a project: carried from one year into the next, and from its declaration into its evaluation."""
