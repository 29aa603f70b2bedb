"""A portal with one of everything, so that each address has something to show."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.signing import Signer
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.base_formats import DEFAULT_FORMATS
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.utils import write_to_file_storage
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Site,
    UploadedFile,
    Workflow,
)

from education.handouts.codes import code_of
from education.models import (
    BestBet,
    ClinicalApprovalTask,
    ClinicianProfile,
    EmergencyPhrase,
    EmergencyWording,
    Feedback,
    HomePage,
    ReviewSettings,
    SafetyRule,
    SafetyWords,
    Synonym,
)
from education.vocabulary import Kind, SynonymKind
from tests.factories import (
    fresh,
    make_question,
    make_tag,
    make_topic,
    publish,
    section,
    set_the_scene,
    submit,
)
from tests.imported import make_file, make_question_piece


class Stage:
    """The cast, a live page, a draft, a page that waits, and one of everything else.

    `things` fill a route by the name of its part; `of_part` does so for the patterns
    whose name holds a part, `of_name` for one; `paths` are whole addresses, and `sent`
    is what is posted there.
    """

    ana: Any
    ben: Any
    lea: Any
    vera: Any
    sam: Any

    def __init__(self) -> None:
        set_the_scene(self)
        page = make_question()
        page.tags.set([make_tag("Cramps")])
        self.live = publish(page, self.ana, self.ben)
        self.changed = fresh(self.live)
        self.changed.short_answer = "Something new."
        self.changed.save_revision(user=self.ana, log_action=True)
        self.draft = make_topic("Draft of a topic")
        self.draft.save_revision(user=self.ana, log_action=True)
        self.state = submit(make_topic("Waiting topic"), self.ana)
        self.waiting = fresh(self.state.revision.content_object)
        self.tag = make_tag("Legs")
        ClinicianProfile.objects.create(user=self.ben, name="Ben", role="Nurse")
        self.bet = BestBet.objects.create(words="cramp", page_id=self.live.pk)
        self.rule = SafetyRule.objects.first()
        self.words = SafetyWords.objects.first()
        self.synonym = Synonym.objects.create(
            words="shank", means="calf", kind=SynonymKind.LAY_TERM
        )
        self.feedback = Feedback.objects.create(
            page_id=self.live.pk,
            is_helpful=False,
            words="Too long.",
            given_on=timezone.localdate(),
        )
        self.phrase = EmergencyPhrase.objects.first()
        self.wording = EmergencyWording.objects.first()
        self.imported = make_file(self.ana)
        self.piece = make_question_piece(self.imported)
        self._make_files()
        self.things = self._things()
        self.of_part = self._of_part()
        self.of_name = self._of_name()
        self.of_model = self._of_model()
        self.paths = self._paths()
        # Wagtail fails where these are not there at all; browsers always send them.
        self.sent = {
            "feedback:decide": {"to": "done", "seen": "unread"},
            "imports:item": {
                "action": "set_aside",
                "reason": "Advertising",
                "seen": "open",
            },
            "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": ""},
            "wagtailredirects:process_import": self._import(),
        }

    def people(self) -> dict[str, Any]:
        return {
            "anonymous": None,
            "author": self.ana,
            "reviewer": self.ben,
            "lead": self.lea,
            "vocabulary": self.vera,
            "superuser": self.sam,
        }

    def _make_files(self) -> None:
        self.image = Image.objects.create(
            title="Calf", file=get_test_image_file(), uploaded_by_user=self.sam
        )
        self.document = Document(title="Leaflet", uploaded_by_user=self.sam)
        self.document.file.save("leaflet.pdf", ContentFile(b"%PDF-1.4"))
        self.document.save()
        self.collection = Collection.get_first_root_node().add_child(name="Scans")
        self.restriction = CollectionViewRestriction.objects.create(
            collection=self.collection, restriction_type="password", password="x"
        )
        self.uploads = {
            model: UploadedFile.objects.create(
                for_content_type=ContentType.objects.get_for_model(model),
                file=file,
                uploaded_by_user=self.sam,
            )
            for model, file in (
                (Image, get_test_image_file()),
                (Document, ContentFile(b"%PDF-1.4", "other.pdf")),
            )
        }

    def _things(self) -> dict[str, Any]:
        live, waiting = self.live.pk, self.waiting
        return {
            "page_id": live,
            "page_pk": section(Kind.TOPIC).pk,
            "parent_page_id": section(Kind.QUESTION).pk,
            "page_to_move_id": self.draft.pk,
            "destination_id": section(Kind.QUESTION).pk,
            "revision_id": self.changed.latest_revision_id or 1,
            "task_state_id": self.state.pk,
            "workflow_state_id": waiting.current_workflow_state.pk,
            "workflow_pk": Workflow.objects.get().pk,
            "card_id": self.wording.card_id,
            "wording_id": self.wording.pk,
            "task_id": ClinicalApprovalTask.objects.order_by("pk").first().pk,
            "action_name": "approve",
            "content_type_app_name": "education",
            "content_type_model_name": "faqpage",
            "app_label": "education",
            "app_name": "education",
            "model_name": "faqpage",
            "object_id": live,
            "collection_id": self.collection.pk,
            "restriction_id": self.restriction.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "image_id": self.image.pk,
            "filter_spec": "width-50",
            "tag_id": self.tag.pk,
            "redirect_id": Redirect.objects.create(
                old_path="/old", redirect_page=HomePage.objects.get()
            ).pk,
            "session_id": EditingSession.objects.create(
                user=self.sam, content_object=self.live, last_seen_at=timezone.now()
            ).pk,
            "uidb64": "MQ",
            "token": "not-a-token",
            "slug": "legs",
            "name": "all",
            "edition": "0123456789abcdef",
            "section": "questions",
            "page": self.live.slug,
            "code": code_of(self.live.live_revision_id),
        }

    def _of_part(self) -> dict[str, dict[str, Any]]:
        waiting = {"page_id": self.waiting.pk}
        return {
            "wagtailadmin_api:pages": {"pk": self.live.pk},
            "wagtailadmin_api:documents": {"pk": self.document.pk},
            "wagtailadmin_api:images": {"pk": self.image.pk},
            "wagtailadmin_collections": {"pk": self.collection.pk},
            "wagtailadmin_workflows": {
                "pk": Workflow.objects.get().pk,
                "app_label": "education",
                "model_name": "clinicalapprovaltask",
            },
            "wagtailadmin_pages:workflow_": waiting,
            "wagtailadmin_pages:collect_workflow": waiting,
            "wagtailadmin_pages:confirm_workflow": waiting,
            "wagtailadmin_tag_model": {"app_name": "education", "model_name": "tag"},
            "wagtailsettings": {
                "app_name": "education",
                "model_name": "reviewsettings",
                "pk": ReviewSettings.load().pk,
            },
            "wagtailsnippets_education_tag": {"pk": self.tag.pk},
            "wagtailsnippetchoosers_education_tag": {"pk": self.tag.pk},
            "wagtailsites": {"pk": Site.objects.get().pk},
            "wagtailusers_users": {"pk": self.ana.pk},
            "wagtailusers_groups": {"pk": Group.objects.get(name="Authors").pk},
            "wagtaildocs_chooser": {"pk": self.document.pk},
            "wagtailimages_chooser": {"pk": self.image.pk},
            "wagtailimages:": {"uploaded_file_id": self.uploads[Image].pk},
            "wagtaildocs:": {"uploaded_file_id": self.uploads[Document].pk},
            "wagtailsnippets_education_bestbet": {"pk": self.bet.pk},
            "wagtailsnippets_education_synonym": {"pk": self.synonym.pk},
            "wagtailsnippetchoosers_education_synonym": {"pk": self.synonym.pk},
            "wagtailsnippets_education_safetyrule": {"pk": self.rule.pk},
            "wagtailsnippets_education_safetywords": {"pk": self.words.pk},
            "wagtailsnippetchoosers_education_safetyrule": {"pk": self.rule.pk},
            "wagtailsnippetchoosers_education_safetywords": {"pk": self.words.pk},
            "wagtailsnippetchoosers_education_bestbet": {"pk": self.bet.pk},
            "wagtailsnippetchoosers_education_emergencyphrase": {"pk": self.phrase.pk},
            "emergency_phrases:": {"pk": self.phrase.pk},
            "feedback:decide": {"key": self.feedback.pk},
            "imports:": {"file_id": self.imported.pk, "item_id": self.piece.pk},
            "clinicians:": {"pk": ClinicianProfile.objects.get().pk},
        }

    def _of_name(self) -> dict[str, dict[str, Any]]:
        step = {"pk": self.things["task_id"]}
        return {
            "wagtailadmin_workflows:edit_task": step,
            "wagtailadmin_workflows:disable_task": step,
            "wagtailadmin_workflows:enable_task": step,
            "tag": {"slug": "cramps"},
            "wagtailadmin_editing_sessions:ping": {
                "app_label": "wagtailcore",
                "model_name": "page",
            },
        }

    def _import(self) -> dict[str, str]:
        """What the second step of an import of redirects sends, which is signed."""
        csv = DEFAULT_FORMATS[0]()
        file = ContentFile(b"old,new\n/a/,/b/\n", "redirects.csv")
        name = write_to_file_storage(file, csv).name
        return {
            "import_file_name": Signer().sign(name),
            "input_format": Signer().sign("0"),
        }

    def _of_model(self) -> dict[str, Any]:
        """What bulk actions are tried on."""
        return {
            "wagtailcore.page": self.draft.pk,
            "wagtailimages.image": self.image.pk,
            "wagtaildocs.document": self.document.pk,
            "auth.user": self.ana.pk,
            "education.tag": self.tag.pk,
            "education.bestbet": self.bet.pk,
            "education.synonym": self.synonym.pk,
            "education.safetyrule": self.rule.pk,
            "education.safetywords": self.words.pk,
            "education.emergencyphrase": self.phrase.pk,
            "education.reviewschedule": self.live.review_schedule.pk,
        }

    def _paths(self) -> dict[str, str]:
        compare = f"/cms/pages/{self.live.pk}/revisions/compare/earliest...latest/"
        return {
            "wagtailadmin_pages:revisions_compare": compare,
            "wagtaildocs_serve": f"/documents/{self.document.pk}/leaflet.pdf",
            "wagtail_serve": "/a/b/c/",
            "/^media/(?P<path>images/.+)$": "/media/images/nothing.png",
            "/^cms/api/main/pages/[^/]+/action/": (
                f"/cms/api/main/pages/{self.live.pk}/action/publish/"
            ),
            "/cms/^.*/$": "/cms/nothing/",
            "/^cms/documents/multiple/create_from_uploaded_document/": (
                "/cms/documents/multiple/create_from_uploaded_document/1/"
            ),
            "wagtailadmin_workflows:task_chooser_create": (
                "/cms/workflows/task_chooser/create/"
                "?create_model=education.clinicalapprovaltask"
            ),
        }
