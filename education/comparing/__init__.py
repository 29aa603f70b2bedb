"""Medicines side by side, in the approved words of their own pages."""
