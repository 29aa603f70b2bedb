"""What search starts with: synonyms, and names that medicines have anywhere."""
