"""The search index is gone, and nothing else may go with it."""

from django.db import connection
from django.test import TransactionTestCase

from tests.factories import fresh, make_topic, publish, set_the_scene

TABLE = "education_searchdocument"


class IndexIsMissingTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        self.rename(TABLE, "put_aside")
        self.addCleanup(self.rename, "put_aside", TABLE)

    def rename(self, old, new):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")

    def test_search_says_so_and_shows_other_ways(self):
        response = self.client.get("/search/", {"q": "cramp"})
        self.assertContains(response, "Search is out of order", status_code=503)
        self.assertContains(response, "A to Z", status_code=503)
        self.assertContains(response, 'value="cramp"', status_code=503)

    def test_pages_are_still_published(self):
        page = publish(make_topic(), self.ana, self.ben)
        assert fresh(page).live
        assert self.client.get(page.address).status_code == 200
