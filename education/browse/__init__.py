"""Reading: home, sections, pages, tags, the A to Z, and what search engines ask for."""
