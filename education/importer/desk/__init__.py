"""Where clinicians work through imported files, in the CMS: one piece at a time."""
