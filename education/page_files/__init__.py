"""Pages as files: one TOML file a page, read into frozen data and written from it.

The demonstration lies in such files, and operators carry content from one portal to
another in them. What the keys mean stands in `docs/operating.md`.
"""
