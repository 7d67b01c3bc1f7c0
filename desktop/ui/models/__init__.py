"""Thin Qt models over plain presenters."""
