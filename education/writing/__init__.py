"""Reads what clinicians write and says what readers would stumble over.

Pure functions of text: nothing here knows of pages, forms or the database.
"""
