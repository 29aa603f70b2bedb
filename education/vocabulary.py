"""The choices that editors make, in the clinic's language.

The left-hand value is stored; it never changes once released. The right-hand label is
what people read.
"""

from django.db.models import IntegerChoices, TextChoices

#: Stands on every page, and in all else that is read, while it is loaded.
DEMONSTRATION_NOTICE = (
    "Demonstration content, not medical advice; not reviewed by a clinician."
)


class Kind(TextChoices):
    """The three kinds of page that the public finds."""

    TOPIC = "topic", "Health topic"
    QUESTION = "question", "Question"
    MEDICINE = "medicine", "Medicine"

    @property
    def plural(self) -> str:
        """The name of a list of this kind, as a heading."""
        return {
            Kind.TOPIC: "Health topics",
            Kind.QUESTION: "Questions",
            Kind.MEDICINE: "Medicines",
        }[self]

    @property
    def address(self) -> str:
        """Where the public lists pages of this kind, such as "/topics/"."""
        return f"/{self}s/"


class TagGroup(TextChoices):
    """What a tag speaks of; the public browses by these groups."""

    BODY_AREA = "body_area", "Body area"
    SYMPTOM = "symptom", "Symptom"
    CONDITION = "condition", "Condition"
    TREATMENT = "treatment", "Treatment"
    MEDICINE_CLASS = "medicine_class", "Medicine class"
    AUDIENCE = "audience", "Who it is for"


class BodyPlace(TextChoices):
    """Where on the drawn figure a body area stands, from the head down."""

    HEAD = "head", "Head and face"
    NECK = "neck", "Neck"
    SHOULDER = "shoulder", "Shoulder"
    CHEST = "chest", "Chest"
    UPPER_BACK = "upper_back", "Upper back"
    ARM = "arm", "Arm and elbow"
    ABDOMEN = "abdomen", "Belly"
    LOWER_BACK = "lower_back", "Lower back"
    HIP = "hip", "Hip, groin and bottom"
    HAND = "hand", "Hand and wrist"
    THIGH = "thigh", "Thigh"
    KNEE = "knee", "Knee"
    LOWER_LEG = "lower_leg", "Calf and shin"
    FOOT = "foot", "Foot and ankle"


class AliasKind(TextChoices):
    ALSO_CALLED = "also_called", "Also called"
    BRAND = "brand", "Brand name"
    LAY_TERM = "lay_term", "Everyday word"
    ABBREVIATION = "abbreviation", "Abbreviation"
    ASKED_AS = "asked_as", "Asked as (another wording of the question)"


class SynonymKind(TextChoices):
    """Why two wordings are searched for as one."""

    BRAND = "brand", "Brand and generic name"
    LAY_TERM = "lay_term", "Everyday word and clinical word"
    ABBREVIATION = "abbreviation", "Abbreviation"
    SPELLING = "spelling", "Other spelling, such as US and UK"
    RELATED = "related", "Narrower word"


class CodeSystem(TextChoices):
    """Code systems of health records, by the names that their owners use."""

    ICD_10_CM = "icd-10-cm", "ICD-10-CM"
    SNOMED_CT = "snomed-ct", "SNOMED CT"
    RXNORM = "rxnorm", "RxNorm"


class CareLevel(TextChoices):
    """How soon the reader needs care. The label is read out before the heading."""

    NON_URGENT = "non_urgent", "Non-urgent advice"
    URGENT = "urgent", "Urgent advice"
    EMERGENCY = "emergency", "Emergency: act now"


class HealthAspect(TextChoices):
    """What a section of a topic is about, in the order in which a topic is read.

    The names follow the health aspects of schema.org's HealthTopicContent where it
    has one.
    """

    OVERVIEW = "overview", "Overview"
    SYMPTOMS = "symptoms", "Symptoms"
    GETTING_HELP = "getting_help", "When to get help"
    SELF_CARE = "self_care", "What you can do"
    TREATMENT = "treatment", "Treatment"
    CAUSES = "causes", "Causes"
    RISK_FACTORS = "risk_factors", "Who is more at risk"
    DIAGNOSIS = "diagnosis", "Tests and diagnosis"
    PREVENTION = "prevention", "Prevention"
    OUTLOOK = "outlook", "What to expect"


class AnswerScope(TextChoices):
    GENERAL = "general", "General information"
    SELF_CARE = "self_care", "Self-care"
    MEDICINE = "medicine", "Medicines"
    GETTING_HELP = "getting_help", "When to get help"


class PrescriptionStatus(TextChoices):
    PRESCRIPTION = "prescription", "Prescription only"
    OVER_THE_COUNTER = "over_the_counter", "Over the counter"
    BOTH = "both", "Over the counter; stronger doses on prescription"


class ControlledSchedule(TextChoices):
    """Schedules of the US Controlled Substances Act (21 U.S.C. 812)."""

    NONE = "none", "Not a controlled medicine"
    II = "II", "Schedule II"
    III = "III", "Schedule III"
    IV = "IV", "Schedule IV"
    V = "V", "Schedule V"


class BrandStatus(TextChoices):
    CURRENT = "current", "Sold now"
    DISCONTINUED = "discontinued", "No longer sold"
    COMBINATION = "combination", "Combination product (holds other medicines too)"


class Decision(TextChoices):
    APPROVED = "approved", "Approved"
    SENT_BACK = "sent_back", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Approvals(IntegerChoices):
    """How many clinicians who did not write a page have to approve it."""

    ONE = 1, "one approver"
    TWO = 2, "two different approvers"


class ReviewState(TextChoices):
    """Where a published page stands on its way to the next periodic review."""

    UP_TO_DATE = "up_to_date", "Up to date"
    DUE_SOON = "due_soon", "Due soon"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"


class WithdrawalReason(TextChoices):
    """Why a page was taken off the site. The public reads `sentence`, nothing else."""

    WRONG = "wrong", "Something on it is wrong or unsafe"
    OUTDATED = "outdated", "It is out of date"
    MERGED = "merged", "Another page answers it now"
    NOT_NEEDED = "not_needed", "It is not needed any more"

    @property
    def sentence(self) -> str:
        return {
            WithdrawalReason.WRONG: "We took it down because something on it has to "
            "be corrected. If you acted on it, ask a doctor, nurse or pharmacist.",
            WithdrawalReason.OUTDATED: "We took it down because it is out of date.",
            WithdrawalReason.MERGED: "Another page answers the same question now.",
            WithdrawalReason.NOT_NEEDED: "We took it down because it is not needed "
            "any more.",
        }[self]


class FeedbackState(TextChoices):
    """What became of a reader's words."""

    UNREAD = "unread", "Unread"
    DONE = "done", "Done"
    WILL_CHANGE = "will_change", "Will change"
    NO_CHANGE = "no_change", "No change"
