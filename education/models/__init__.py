"""The nouns of the portal, one a file. A file imports only from those above it here."""

from education.models.aliases import Alias
from education.models.appearance import SiteAppearance
from education.models.approval import SignOff
from education.models.approval_task import ClinicalApprovalTask, DecisionRefused
from education.models.best_bets import BestBet
from education.models.brands import Brand
from education.models.clinical import ClinicalPage
from education.models.clinical_lists import ClinicalPageQuerySet
from education.models.clinicians import ClinicianProfile
from education.models.codes import ClinicalCode
from education.models.demonstration import DemonstrationItem
from education.models.emergencies import (
    EmergencyCard,
    EmergencyWording,
    WordingRefused,
    WordingState,
)
from education.models.emergency_phrases import EmergencyPhrase
from education.models.faqs import (
    FAQPage,
    QuestionMedicine,
    QuestionTopic,
    RelatedQuestion,
)
from education.models.feedback import Feedback, FeedbackQuerySet
from education.models.gate import GatedPage, NotSignedOff
from education.models.holding import PageIsBusy, hold
from education.models.imports import (
    ImportedFile,
    ImportedItem,
    ImportedLine,
    Provenance,
)
from education.models.jobs import JobRun
from education.models.medications import MedicationPage, MedicationUse
from education.models.merging import TagMergeRefused, merge_tags
from education.models.published import PublishedQuerySet, public_address
from education.models.references import Reference
from education.models.reviews import ReviewReminder, ReviewSchedule, ReviewSettings
from education.models.safety_rules import SafetyRule, SafetyWords
from education.models.search_documents import SearchDocument
from education.models.search_words import SearchEdition, SearchWord, Suggestion
from education.models.searches import SearchCount, SearchTerm
from education.models.sections import HomePage, NeededPage, SectionPage
from education.models.standing import Standing
from education.models.surroundings import (
    forget_surroundings,
    keep_surroundings,
    last_surroundings,
    surroundings,
)
from education.models.synonyms import Synonym
from education.models.tags import Tag, TaggedPage, TagLabel
from education.models.topics import RelatedTopic, TopicPage
from education.models.withdrawals import Withdrawal, WithdrawalRefused, withdraw

__all__ = [
    "Alias",
    "BestBet",
    "Brand",
    "ClinicalApprovalTask",
    "ClinicalCode",
    "ClinicalPage",
    "ClinicalPageQuerySet",
    "ClinicianProfile",
    "DecisionRefused",
    "DemonstrationItem",
    "EmergencyCard",
    "EmergencyPhrase",
    "EmergencyWording",
    "FAQPage",
    "Feedback",
    "FeedbackQuerySet",
    "GatedPage",
    "HomePage",
    "ImportedFile",
    "ImportedItem",
    "ImportedLine",
    "JobRun",
    "MedicationPage",
    "MedicationUse",
    "NeededPage",
    "NotSignedOff",
    "PageIsBusy",
    "Provenance",
    "PublishedQuerySet",
    "QuestionMedicine",
    "QuestionTopic",
    "Reference",
    "RelatedQuestion",
    "RelatedTopic",
    "ReviewReminder",
    "ReviewSchedule",
    "ReviewSettings",
    "SafetyRule",
    "SafetyWords",
    "SearchCount",
    "SearchDocument",
    "SearchEdition",
    "SearchTerm",
    "SearchWord",
    "SectionPage",
    "SignOff",
    "SiteAppearance",
    "Standing",
    "Suggestion",
    "Synonym",
    "Tag",
    "TagLabel",
    "TagMergeRefused",
    "TaggedPage",
    "TopicPage",
    "Withdrawal",
    "WithdrawalRefused",
    "WordingRefused",
    "WordingState",
    "hold",
    "merge_tags",
    "public_address",
    "withdraw",
    "forget_surroundings",
    "keep_surroundings",
    "last_surroundings",
    "surroundings",
]
