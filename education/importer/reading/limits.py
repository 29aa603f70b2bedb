"""How much is read of one file. Beyond that, the file is refused with a sentence."""

MEGABYTE = 1_000_000

#: Bytes of a file. The health topics of MedlinePlus come as one large file.
LARGEST_FILE = 10 * MEGABYTE
LARGEST_MEDLINEPLUS = 60 * MEGABYTE

#: Lines of one file, blank ones included. Ten times what a large file is known to hold.
MOST_LINES = 50_000

#: Characters of one line; a cell of a workbook cannot hold more than 32,767.
LONGEST_LINE = 40_000
