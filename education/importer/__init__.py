"""Turns documents full of copied questions and answers into a desk of drafts.

`sources` is what was read, `passages` what was understood of it, `findings` what it
came to once sorted. No line of a document is lost, and nothing goes live from here.
"""
