"""What the menus do, a module for each group."""
