"""What reviewers see and do in the CMS: what waits, reading it, deciding."""
