"""How much is read of one file. Beyond that, the file is refused with a sentence."""

MEGABYTE = 1_000_000

#: Bytes of a file. The health topics of MedlinePlus come as one large file.
LARGEST_FILE = 10 * MEGABYTE
LARGEST_MEDLINEPLUS = 60 * MEGABYTE
#: Bytes of Markdown, whose marks cost more time than any other text.
LARGEST_MARKDOWN = 3 * MEGABYTE

#: Lines of one file, blank ones included. Ten times what a large file is known to hold.
MOST_LINES = 50_000

#: Characters of one line; a cell of a workbook cannot hold more than 32,767.
LONGEST_LINE = 40_000

#: Elements of a web page, and how deep they stand in each other. Browsers stop at 512.
MOST_ELEMENTS = 500_000
DEEPEST = 500

#: Characters of one tag with its attributes, pictures in them not counted.
LONGEST_TAG = 100_000

#: Columns of a table.
MOST_COLUMNS = 500

#: Parts of a package (.docx, .xlsx), and their bytes once inflated: of all, and of XML.
MOST_PARTS = 3_000
LARGEST_UNPACKED = 60 * MEGABYTE
LARGEST_XML = 30 * MEGABYTE

#: Tags and attributes in the XML of a package: each costs memory when it is read.
MOST_MARKS = 1_500_000
