"""Faults on purpose: what holds when workers die and people are quick."""
