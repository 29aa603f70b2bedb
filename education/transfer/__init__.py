"""Carries content from one portal to another, and out to people, as files.

What comes in is drafts. Who approved a page, and when, is never carried: that is for
the clinicians of each portal.
"""
