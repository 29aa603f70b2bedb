"""The choices of the importer; stored and read as those of `education.vocabulary`."""

from django.db.models import TextChoices


class SourceFormat(TextChoices):
    """What a file to import is."""

    TEXT = "text", "Plain text"
    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "Web page (HTML)"
    DOCX = "docx", "Word document (DOCX)"
    CSV = "csv", "Table (CSV)"
    XLSX = "xlsx", "Workbook (XLSX)"
    MEDLINEPLUS = "medlineplus", "MedlinePlus health topics (XML)"


class SourceRights(TextChoices):
    """Whose words those of an imported file are."""

    UNKNOWN = "unknown", "Somebody else's words: to be written anew"
    PUBLIC_DOMAIN = "public_domain", "Public domain: may stay, with credit"


class LineRole(TextChoices):
    """What the format of a file itself says of a line."""

    PLAIN = "plain", "Text"
    HEADING = "heading", "Heading"
    BULLET = "bullet", "List item"
    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"


class Disposition(TextChoices):
    """What became of a line of an imported file: exactly one of these."""

    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"
    HEADING = "heading", "Heading"
    RESIDUE = "residue", "Left over from copying"
    BLANK = "blank", "Blank"


class Damage(TextChoices):
    """What is wrong with the words of an imported line."""

    CUT_OFF = "cut_off", "Cut off"
    MORE_ITEMS = "more_items", "Items left out"
    LIST_MISSING = "list_missing", "Announces a list that is not there"
    COUNT_SHORT = "count_short", "Announces more than it gives"
    POINTER = "pointer", "Points to text that is not there"
    GARBLED = "garbled", "Garbled"
    RUN_TOGETHER = "run_together", "Items run together"
    FRAGMENTS = "fragments", "A list flattened into fragments"
    RESIDUE = "residue", "Left over from copying"
    UNSOURCED = "unsourced", "Names a source that cannot be followed"
    QUESTION_INSIDE = "question_inside", "Holds another question"
    EVASIVE = "evasive", "Only says that it depends"
    OFF_QUESTION = "off_question", "Does not answer the question"

    @property
    def is_incomplete(self) -> bool:
        """Whether words are missing that the document once had."""
        return self in (
            Damage.CUT_OFF,
            Damage.MORE_ITEMS,
            Damage.LIST_MISSING,
            Damage.COUNT_SHORT,
            Damage.POINTER,
        )


class AnswerState(TextChoices):
    """How much of an answer an imported passage holds."""

    COMPLETE = "complete", "Complete"
    REPAIR = "repair", "To be repaired"
    NONE = "none", "Answer needed"


class Danger(TextChoices):
    """How much harm imported words could do if a patient believed them."""

    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ImportState(TextChoices):
    """How far an imported file has come."""

    SORTING = "sorting", "Being sorted"
    READY = "ready", "Ready to work through"


class ItemKind(TextChoices):
    """What a piece of an imported file may become."""

    QUESTION = "question", "Question"
    TOPIC = "topic", "Health topic"
    MEDICINE = "medicine", "Medicine"


class ItemDecision(TextChoices):
    """What a clinician decided on a piece of an imported file."""

    OPEN = "open", "To decide"
    ACCEPTED = "accepted", "Draft made"
    SECTION = "section", "Section of a topic"
    MERGED = "merged", "Merged into a page"
    SET_ASIDE = "set_aside", "Set aside"
    KNOWN = "known", "Known from an earlier file"


class SafetyCheck(TextChoices):
    """What a safety rule looks at beside the words that its author wrote."""

    WORDS = "words", "Words only"
    UNANSWERED = "unanswered", "Whether an alarm is answered to its end"
    PARTLY_LISTED = "partly_listed", "Whether more is announced than is listed"
    MUDDLED_KINDS = "muddled_kinds", "Whether signs are listed as kinds"
    RULED_OUT_ITSELF = "ruled_out_itself", "What is to be ruled out"
