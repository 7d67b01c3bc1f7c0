"""The official performance-budget forms: documents, editions, values, checks and their typesetting.

A library: no Qt, no SQLite, no clock, no network.
"""
