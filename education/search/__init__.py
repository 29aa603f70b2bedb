"""How the public finds pages by words: an index of our own, the same on both databases.

`analysis` turns text into words, `documents` and `index` keep them, `query` reads what
was asked, `finding` answers. `upkeep` follows publication.
"""
