"""Pages on paper: to print, as PDF, several as one, and whether a printed one still
holds.
"""
