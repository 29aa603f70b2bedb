"""What the public may not read shows nowhere: not a word of it, and not in any count.

Every public address is read twice: with pages in a hidden state, and with those pages
gone from the database altogether. Both have to give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction

from education.models import (
    Alias,
    ClinicalPage,
    HomePage,
    NeededPage,
    QuestionMedicine,
    QuestionTopic,
    Reference,
    RelatedTopic,
    ReviewSchedule,
    SearchDocument,
    SignOff,
    TaggedPage,
    Withdrawal,
)
from education.models.withdrawals import withdraw
from education.search.index import rebuild
from education.vocabulary import Kind, WithdrawalReason
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    section,
    submit,
)

#: Stands in every word that the public may not read.
CANARY = "quagga"
#: Stands in hidden pages too, but in addresses that are asked for, so that whoever
#: answers may not repeat the canary but might count what holds this.
SOUGHT = "sunflower"

#: Every public address by the name of its pattern; those of hidden pages come on top.
SURFACES: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "tags": ("/tags/",),
    "tag": (
        "/tags/calf/",
        "/tags/calf/?kind=topic",
        "/tags/calf/?and=stripes",
        "/tags/calf/?page=2",
        "/tags/stripes/",
    ),
    "about": ("/about/",),
    "accessibility": ("/accessibility/",),
    "body": ("/body/",),
    "compare": (
        "/medicines/compare/",
        "/medicines/compare/?m=seen-medicine",
        "/medicines/compare/?m=seen-medicine&tag=calf",
        "/medicines/compare/?tag=stripes",
    ),
    "a_to_z": (
        "/a-to-z/",
        "/a-to-z/?letter=Q",
        "/a-to-z/?letter=S",
        "/a-to-z/?kind=question",
        "/a-to-z/?page=2",
    ),
    "search": (
        "/search/",
        f"/search/?q={SOUGHT}",
        f"/search/?q={SOUGHT}s+muscle",
        f"/search/?q={SOUGHT[1:]}+muscle",
        f"/search/?q={SOUGHT}&kind=topic",
        "/search/?q=muscle",
        "/search/?q=muscle&tag=calf",
        "/search/?q=muscle&tag=stripes",
        "/search/?q=muscle&kind=medicine",
        "/search/?q=muscle&page=2",
    ),
    "suggest": (
        f"/search/suggest/?q={SOUGHT[:3]}",
        f"/search/suggest/?q={SOUGHT}",
        f"/search/suggest/?q={SOUGHT[1:]}",
        "/search/suggest/?q=musc",
    ),
    "feedback": ("/feedback/",),
    "feedback_words": ("/feedback/words/", "/feedback/words/?ticket=made-up"),
    "feedback_thanks": tuple(f"/feedback/thanks/?page={key}" for key in range(40)),
    "open_result": (f"/search/to/{'0' * 24}/1/",),
    "robots": ("/robots.txt",),
    "style": ("/style/current.css",),
    "logo": ("/logo.0123456789abcdef.png",),
    "picture": ("/topics/seen-topic/picture.png", "/topics/nothing/picture.png"),
    "sitemap": ("/sitemap.xml",),
    "llms": ("/llms.txt",),
    "feeds": ("/feeds/",),
    "feed": (
        "/feeds/all.atom",
        "/feeds/topics.atom",
        "/feeds/questions.atom",
        "/feeds/medicines.atom",
        "/feeds/nothing.atom",
    ),
    "tag_feed": ("/tags/calf/feed.atom", "/tags/stripes/feed.atom"),
    "page_markdown": (
        "/topics/seen-topic/index.md",
        "/questions/seen-question/index.md",
        "/medicines/seen-medicine/index.md",
        "/topics/nothing/index.md",
    ),
    "section": (
        "/topics/",
        "/questions/",
        "/medicines/",
        "/topics/?letter=S",
        "/topics/?tag=stripes",
        "/questions/?tag=calf",
        "/medicines/?page=2",
    ),
    "page": (
        "/topics/seen-topic/",
        "/questions/seen-question/",
        "/medicines/seen-medicine/",
        "/topics/nothing/",
    ),
    "history": (
        "/topics/seen-topic/history/",
        "/questions/seen-question/history/",
        "/medicines/seen-medicine/history/",
    ),
    "handout": (
        "/topics/seen-topic/handout/",
        "/questions/seen-question/handout/",
        "/medicines/seen-medicine/handout/?size=large",
    ),
    # What is in the file is what is on the page: two files are never the same bytes.
    "handout_pdf": ("/topics/nothing/handout.pdf",),
    "handouts": (
        "/handouts/?p=topics/seen-topic&p=medicines/seen-medicine",
        f"/handouts/?p=topics/seen-topic&p=topics/{SOUGHT}",
    ),
    "handouts_choose": (
        f"/handouts/choose/?q={SOUGHT}",
        "/handouts/choose/?q=muscle&p=topics/seen-topic",
    ),
    "handouts_pdf": ("/handouts/handout.pdf?p=topics/nothing",),
    "check_version": ("/v/",),
    "version": ("/v/00000",),
    "wagtail_serve": ("/portal/topics/seen-topic/", "/a/b/c/d/"),
    "wagtailcore_login": ("/_util/login/",),
    "healthz": ("/healthz",),
    "readyz": ("/readyz",),
    "wagtaildocs_serve": ("/documents/1/leaflet.pdf",),
    "wagtaildocs_authenticate_with_password": (
        "/documents/authenticate_with_password/1/",
    ),
    "media": ("/media/images/picture.png", "/media/documents/leaflet.pdf"),
}
HERE = "http://testserver"
#: Tells of the people and jobs of the portal, not of what is published.
UNLIKE_ITSELF = {"readyz"}
#: Headers that say when they were asked for.
CLOCK = {"Date", "Expires"}


def public_patterns() -> set[str]:
    """The names of all addresses outside the CMS; unnamed ones by how they begin."""

    def walk(patterns: list[Any], before: str) -> Iterator[str]:
        for one in patterns:
            address = before + str(one.pattern).lstrip("^")
            if address.startswith("cms/"):
                continue
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, address)
            elif isinstance(one, URLPattern):
                yield one.name or address.split("/")[0]

    return set(walk(get_resolver().url_patterns, ""))


def words(text: str) -> str:
    return f"{CANARY}{text} {SOUGHT} muscle"


def mark(page: ClinicalPage) -> ClinicalPage:
    """Put a canary into everything that an author can write."""
    kind = Kind(page.page_kind)
    page.title = words("title") + ("?" if kind is Kind.QUESTION else "")
    page.summary = words("summary")
    page.change_note = words("note") if page.live else ""
    if kind is Kind.TOPIC:
        body = [{"type": "text", "value": f"<p>{words('body')}</p>"}]
        value = {"aspect": "overview", "heading": words("heading"), "body": body}
        page.sections = to_stream(page, "sections", "section", value)
    elif kind is Kind.QUESTION:
        page.short_answer = words("short")
        page.answer = to_stream(page, "answer", "text", f"<p>{words('answer')}</p>")
    else:
        page.generic_name = words("name")
        page.alcohol = words("line")
        page.uses = f"<p>{words('uses')}</p>"
        page.storage = f"<p>{words('storage')}</p>"
    card = {
        "level": "urgent",
        "heading": words("card"),
        "reasons": [words("reason")],
        "action": f"<p>{words('action')}</p>",
    }
    page.care_cards = to_stream(page, "care_cards", "care_card", card)
    page.tags.set([make_tag("Calf"), make_tag("Stripes"), make_tag(words("tag"))])
    page.other_words = [Alias(text=words("alias"), sort_order=0)]
    page.references = [
        Reference(
            title=words("source"),
            publisher=words("publisher"),
            url=f"https://example.org/{CANARY}",
            sort_order=0,
        )
    ]
    return page


def to_stream(page: ClinicalPage, name: str, block: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    return field.to_python([{"type": block, "value": value}])


def own_addresses(page: ClinicalPage) -> tuple[str, ...]:
    below = ("", "history/", "index.md", "handout/", "handout.pdf")
    return tuple(f"{page.address}{name}" for name in below)


def vanish(page: ClinicalPage) -> None:
    """Take a page out of the database with all its traces, against all rules."""
    ReviewSchedule.objects.filter(page=page.pk).delete()
    Withdrawal.objects.filter(page=page.pk).delete()
    rows = SignOff.objects.filter(page=page.pk)
    rows._raw_delete(rows.db)
    SearchDocument.objects.filter(pk=page.pk).delete()
    fresh(page).delete()


def seen(client: Client, address: str, method: str = "get") -> tuple[Any, ...]:
    """All that a visitor is told at this address."""
    response: HttpResponse = getattr(client, method)(address)
    body = response.getvalue()
    headers = {name: value for name, value in response.items() if name not in CLOCK}
    return response.status_code, headers, body


class LeakTestCase(PortalTestCase):
    """Three pages that the public reads, beside those that it does not."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.seen = [
            topic := cls.publish_at_once(make_topic("Seen topic")),
            question := cls.publish_at_once(make_question("Seen question?", topic)),
            medicine := cls.publish_at_once(make_medicine("Seen medicine")),
        ]
        cls.seen_topic, cls.seen_question, cls.seen_medicine = topic, question, medicine
        for page in cls.seen:
            for name in ("Calf", "Back"):
                TaggedPage.objects.create(tag=make_tag(name), content_object_id=page.pk)
            Alias.objects.create(page_id=page.pk, text="Muscle thing")
        make_tag("Stripes")

    @classmethod
    def publish_at_once(cls, page: ClinicalPage, **answers: Any) -> Any:
        submit(page, cls.ana)
        for reviewer in (cls.ben, cls.chloe)[: page.approvals_needed]:
            approve(page, reviewer, **answers)
        return fresh(page)

    @classmethod
    def make_hidden(cls) -> list[ClinicalPage]:
        """A draft of each kind, full of canaries, that seen pages name already."""
        topic = make_topic(SOUGHT, slug=f"{CANARY}-topic")
        question = make_question(f"{SOUGHT}?", topic, slug=f"{CANARY}-question")
        medicine = make_medicine(SOUGHT, slug=f"{CANARY}-medicine")
        pages = [topic, question, medicine]
        RelatedTopic.objects.create(page=cls.seen_topic, topic=topic)
        QuestionTopic.objects.create(page=question, topic=cls.seen_topic)
        for one, other in (
            (question, cls.seen_medicine),
            (cls.seen_question, medicine),
        ):
            QuestionMedicine.objects.create(page=one, medicine=other)
        home = HomePage.objects.get()
        for page in pages:
            mark(page).save()
            NeededPage.objects.create(page=home, needed_id=page.pk)
        return pages

    def visit(self) -> dict[str, tuple[Any, ...]]:
        """What stands at every public address that does not belong to a hidden page."""
        return {
            address: seen(self.client, address)
            for name, addresses in SURFACES.items()
            if name not in UNLIKE_ITSELF
            for address in addresses
        }

    def assert_nothing_shows(self, hidden: list[ClinicalPage], *own: int) -> None:
        """Neither a word nor a count; `own`: the statuses at the pages' addresses."""
        self.assert_own_addresses(hidden, *own)
        found = self.visit()
        self.assert_no_canary(found)
        for page in hidden:
            if Page.objects.filter(pk=page.pk).exists():
                vanish(page)
        for address, told in self.visit().items():
            assert told == found[address], address

    def assert_own_addresses(self, hidden: list[ClinicalPage], *own: int) -> None:
        nothing = seen(self.client, "/topics/nothing/")
        for page in hidden:
            for address in own_addresses(page):
                for method in ("get", "head"):
                    told = seen(self.client, address, method)
                    assert told[0] in own, (address, told[0])
                    self.assert_no_canary({address: told})
                if told[0] == 404:
                    assert seen(self.client, address)[2] == nothing[2]
            for nowhere in (f"/portal{page.address}", f"{page.address}picture.png"):
                assert self.client.get(nowhere).status_code == 404
            self.assert_cms_is_shut(page)

    def assert_cms_is_shut(self, page: ClinicalPage) -> None:
        """Previews, versions and their comparison ask every visitor to sign in."""
        latest = page.latest_revision_id or 1
        for name, given in (
            ("edit", [page.pk]),
            ("view_draft", [page.pk]),
            ("preview_on_edit", [page.pk]),
            ("history", [page.pk]),
            ("revisions_view", [page.pk, latest]),
            ("revisions_compare", [page.pk, "earliest", "latest"]),
        ):
            response = self.client.get(
                reverse(f"wagtailadmin_pages:{name}", args=given)
            )
            assert response.status_code == 302
            assert response["Location"].startswith("/cms/login/")

    def assert_no_canary(self, found: dict[str, tuple[Any, ...]]) -> None:
        shown = [
            address
            for address, (_, headers, body) in found.items()
            # The foot of a page says where it is: whoever asked knows that.
            if CANARY
            in (body.decode(errors="replace") + str(headers))
            .replace(f"{HERE}{address}", "")
            .casefold()
        ]
        assert shown == [], [found[address] for address in shown]


class SurfacesTests(LeakTestCase):
    def test_every_public_address_is_read_here(self) -> None:
        assert public_patterns() == set(SURFACES)

    def test_published_pages_show_so_that_silence_means_something(self) -> None:
        pages = [
            self.publish_at_once(page, comment=f"{CANARY} colleagues only")
            for page in self.make_hidden()
        ]
        list(rebuild())
        silent = [
            address
            for address, (_, _, body) in self.visit().items()
            if CANARY not in body.decode(errors="replace").casefold()
        ]
        for address in (
            "/",
            "/tags/",
            "/tags/calf/",
            "/tags/stripes/",
            "/a-to-z/?letter=Q",
            f"/search/?q={SOUGHT}",
            f"/search/?q={SOUGHT}&kind=topic",
            "/search/?q=muscle&tag=stripes",
            "/sitemap.xml",
            "/llms.txt",
            "/feeds/all.atom",
            "/feeds/topics.atom",
            "/tags/calf/feed.atom",
            "/tags/stripes/feed.atom",
            "/topics/seen-topic/index.md",
            "/questions/seen-question/index.md",
            "/medicines/seen-medicine/index.md",
            "/topics/",
            "/topics/seen-topic/",
            "/questions/seen-question/",
            "/medicines/seen-medicine/",
            "/topics/seen-topic/handout/",
            f"/handouts/choose/?q={SOUGHT}",
        ):
            assert address not in silent
        for page in pages:
            for address in own_addresses(page):
                response = self.client.get(address)
                if address.endswith(".pdf"):  # packed; made from the same handout
                    assert response.status_code == 200
                    continue
                self.assertContains(response, f"{CANARY}title")
                self.assertNotContains(response, "colleagues only")


class NeverPublishedTests(LeakTestCase):
    def setUp(self) -> None:
        self.hidden = self.make_hidden()
        # As a faulty index would have it.
        for page in self.hidden:
            SearchDocument.objects.create(
                page_id=page.pk,
                language="en",
                kind=page.kind,
                title=f"{SOUGHT} muscl muscle",
                body=f"{SOUGHT} muscl muscle",
            )

    def each(self, act: Callable[[ClinicalPage], object]) -> None:
        for page in self.hidden:
            act(page)

    def test_a_draft(self) -> None:
        self.each(lambda page: page.save_revision(user=self.ana))
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_page_in_review(self) -> None:
        self.each(self.submit)
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_page_that_was_sent_back(self) -> None:
        def send_back(page: ClinicalPage) -> None:
            state = self.submit(page)
            comment = f"{CANARY}: say more."
            state.task.specific.on_action(
                state, self.ben, "reject", revision=state.revision_id, comment=comment
            )

        self.each(send_back)
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_page_that_is_approved_and_scheduled(self) -> None:
        for page in self.hidden:
            page.go_live_at = timezone.now() + timedelta(hours=1)
            self.publish_at_once(page)
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_draft_that_was_deleted(self) -> None:
        self.each(lambda page: fresh(page).delete())
        for page in self.hidden:
            for address in own_addresses(page):
                assert self.client.get(address).status_code == 404
        self.assert_no_canary(self.visit())


class EditTests(LeakTestCase):
    """Words that wait beside a live page, which stays as it is."""

    def setUp(self) -> None:
        list(rebuild())
        self.before = self.visit()

    def edit(self, act: Callable[[ClinicalPage], object]) -> None:
        for page in self.seen:
            act(mark(fresh(page).get_latest_revision_as_object()))

    def assert_nothing_changed(self) -> None:
        assert self.visit() == self.before
        self.assert_no_canary(self.before)
        for page in self.seen:
            self.assert_cms_is_shut(fresh(page))

    def test_an_edit(self) -> None:
        self.edit(lambda page: page.save_revision(user=self.ana, log_action=True))
        self.assert_nothing_changed()

    def test_an_edit_of_the_address(self) -> None:
        def move(page: ClinicalPage) -> None:
            page.slug = f"{CANARY}-new"
            page.save_revision(user=self.ana, log_action=True)

        self.edit(move)
        self.assert_nothing_changed()
        assert self.client.get(f"/topics/{CANARY}-new/").status_code == 404

    def test_an_edit_in_review(self) -> None:
        self.edit(self.submit)
        self.assert_nothing_changed()

    def test_an_edit_that_one_of_two_approved(self) -> None:
        page = mark(fresh(self.seen_medicine).get_latest_revision_as_object())
        self.submit(page)
        approve(page, self.ben, comment=f"{CANARY}: well done.")
        self.assert_nothing_changed()

    def test_an_edit_that_was_sent_back(self) -> None:
        def send_back(page: ClinicalPage) -> None:
            state = self.submit(page)
            comment = f"{CANARY}: say more."
            state.task.specific.on_action(
                state, self.ben, "reject", revision=state.revision_id, comment=comment
            )

        self.edit(send_back)
        self.assert_nothing_changed()

    def test_an_edit_that_is_approved_and_scheduled(self) -> None:
        def schedule(page: ClinicalPage) -> None:
            page.go_live_at = timezone.now() + timedelta(hours=1)
            self.publish_at_once(page, comment=f"{CANARY}: well done.")

        self.edit(schedule)
        assert all(fresh(page).scheduled_revision for page in self.seen)
        self.assert_nothing_changed()


class NoLongerPublicTests(LeakTestCase):
    """Search still knows them: nobody has told the index."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.hidden = [
            cls.publish_at_once(page, comment=f"{CANARY}: well done.")
            for page in cls.make_hidden()
        ]
        list(rebuild())

    def pages(self) -> Any:
        return Page.objects.filter(pk__in=[page.pk for page in self.hidden])

    def restrict(self, page: Page, kind: str) -> None:
        restriction = PageViewRestriction.objects.create(
            page_id=page.pk, restriction_type=kind, password=CANARY
        )
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.set(Group.objects.filter(name="Authors"))

    def test_a_page_that_a_lead_withdrew(self) -> None:
        for page, reason in zip(self.hidden, WithdrawalReason, strict=False):
            withdraw(page, self.lea, reason, f"{CANARY} note", timezone.now())
        self.assert_nothing_shows(self.hidden, 410)

    def test_a_page_that_was_withdrawn_and_is_written_anew(self) -> None:
        for page in self.hidden:
            withdraw(page, self.lea, "wrong", f"{CANARY} note", timezone.now())
            self.submit(mark(fresh(page).get_latest_revision_as_object()))
        self.assert_nothing_shows(self.hidden, 410)

    def test_a_page_that_was_merged_into_another(self) -> None:
        for page, other in zip(self.hidden, self.seen, strict=True):
            note, now = f"{CANARY} note", timezone.now()
            withdraw(page, self.lea, "merged", note, now, merged_into=other)
            response = self.client.get(page.address)
            assert (response.status_code, response["Location"]) == (301, other.address)
        self.assert_nothing_shows(self.hidden, 301)

    def test_an_old_address_of_a_page_that_was_withdrawn(self) -> None:
        page = fresh(self.hidden[0]).get_latest_revision_as_object()
        page.slug, page.change_note = f"{CANARY}-second", "At another address."
        with self.captureOnCommitCallbacks(execute=True):
            page = self.publish_at_once(page)
        old = f"/topics/{CANARY}-topic/"
        response = self.client.get(old)
        assert (response.status_code, response["Location"]) == (301, page.address)
        withdraw(page, self.lea, "wrong", f"{CANARY} note", timezone.now())
        told = seen(self.client, old)
        assert told[0] == 410
        self.assert_no_canary({old: told})

    def test_a_page_that_expired_with_the_scheduler_off(self) -> None:
        self.pages().update(expire_at=timezone.now() - timedelta(seconds=1))
        self.assert_nothing_shows(self.hidden, 410)

    def test_a_page_that_the_scheduler_took_off(self) -> None:
        self.pages().update(expire_at=timezone.now() - timedelta(seconds=1))
        for page in self.hidden:
            fresh(page).unpublish(set_expired=True)
        self.assert_nothing_shows(self.hidden, 410)

    def test_a_live_page_whose_time_has_not_come(self) -> None:
        self.pages().update(go_live_at=timezone.now() + timedelta(hours=1))
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_private_page(self) -> None:
        kinds = ("login", "password", "groups")
        for page, kind in zip(self.hidden, kinds, strict=True):
            self.restrict(page, kind)
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_private_page_that_was_withdrawn_or_expired(self) -> None:
        for page in self.hidden:
            self.restrict(page, "login")
        withdraw(self.hidden[0], self.lea, "wrong", CANARY, timezone.now())
        self.pages().update(expire_at=timezone.now() - timedelta(seconds=1))
        self.assert_nothing_shows(self.hidden, 404)

    def test_pages_of_a_private_section(self) -> None:
        for kind in Kind:
            self.restrict(section(kind), "groups")
        for page in self.seen:
            assert self.client.get(page.address).status_code == 404
        self.assert_nothing_shows(self.hidden, 404)

    def test_pages_of_a_private_home(self) -> None:
        self.restrict(HomePage.objects.get(), "password")
        assert self.client.get("/").status_code == 404
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_page_of_another_language(self) -> None:
        spanish = type(self.hidden[0].locale).objects.create(language_code="es")
        self.pages().update(locale=spanish)
        self.assert_nothing_shows(self.hidden, 404)

    def test_a_page_that_is_gone(self) -> None:
        addresses = [page.address for page in self.hidden]
        for page in self.hidden:
            vanish(page)
        assert [self.client.get(at).status_code for at in addresses] == [404] * 3
        self.assert_no_canary(self.visit())


class FilesTests(LeakTestCase):
    def test_documents_are_for_staff_only(self) -> None:
        document = Document(title=f"{CANARY} leaflet")
        document.file.save(f"{CANARY}.pdf", ContentFile(b"%PDF-1.4 quagga"))
        document.save()
        nothing = self.client.get("/documents/999999/leaflet.pdf")
        for address in (document.url, f"/media/{document.file.name}"):
            response = self.client.get(address)
            assert response.status_code == 404
            assert response.content == nothing.content
            assert self.client.head(address).status_code == 404

    def test_pictures_are_for_staff_too_because_no_page_shows_any(self) -> None:
        for path in ("images/quagga.png", "images/../documents/quagga.pdf"):
            response = self.client.get(f"/media/{path}")
            assert response.status_code == 302
            assert response["Location"].startswith("/cms/login/")
        for path in ("original_images/quagga.png", "documents/quagga.pdf"):
            assert self.client.get(f"/media/{path}").status_code == 404
