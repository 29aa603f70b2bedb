"""Who gets in where: every address, asked by everybody, against a table."""
