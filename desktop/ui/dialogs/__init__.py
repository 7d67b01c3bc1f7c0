"""Dialogs that ask before something begins; none opens while the clerk types."""
