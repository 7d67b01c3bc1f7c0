"""The three panes of the window: projects, the open project, its paper and findings."""
