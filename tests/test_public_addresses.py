"""The list of public addresses is whole, and shows what it says."""

from pathlib import Path

from django.test import TestCase
from django.urls import URLPattern, get_resolver

from education import urls
from education.search import urls as search_urls
from tests.demonstration import publish_the_demonstration
from tests.factories import install
from tests.public_addresses import ADDRESSES, NOT_PAGES
from tests.public_states import add_every_state
from tests.searching import rebuild_all

TEMPLATES = Path(urls.__file__).parent / "templates" / "education"
#: What others extend, and what staff alone may see: `test_styleguide.py` looks at it.
OTHERS = {"base.html", "styleguide.html"}


class PublicAddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        install()
        publish_the_demonstration()
        add_every_state()
        rebuild_all()
        cls.statuses, cls.shown = {}, set()
        for row in ADDRESSES:
            response = cls.client_class().get(row.path)
            cls.statuses[row.path] = response.status_code
            cls.shown |= {str(template.name) for template in response.templates}

    def test_each_answers_as_it_says(self):
        assert self.statuses == {row.path: row.status for row in ADDRESSES}

    def test_none_stands_there_twice(self):
        assert len({row.name for row in ADDRESSES}) == len(ADDRESSES)
        assert len({row.path for row in ADDRESSES}) == len(ADDRESSES)

    def test_every_template_of_a_page_is_shown_by_one(self):
        whole = {f"education/{path.name}" for path in TEMPLATES.glob("*.html")}
        others = {f"education/{name}" for name in OTHERS}
        assert whole - others - self.shown == set()

    def test_every_address_of_a_page_is_shown_by_one(self):
        patterns = [*urls.urlpatterns, *search_urls.urlpatterns]
        names = {row.name for row in patterns if isinstance(row, URLPattern)}
        resolver = get_resolver()
        shown = {
            resolver.resolve(row.path.partition("?")[0]).url_name for row in ADDRESSES
        }
        assert names - NOT_PAGES - shown == set()
