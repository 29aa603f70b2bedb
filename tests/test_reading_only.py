"""Public addresses are read; nothing else is done there."""

import pytest
from django.test import Client

from education.installation import install

ADDRESSES = (
    "/",
    "/tags/",
    "/a-to-z/",
    "/about/",
    "/accessibility/",
    "/search/",
    "/topics/",
    "/topics/nothing-here/",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/readyz",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_whatever_is_not_reading_gets_a_sentence(address: str, method: str) -> None:
    install()
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert b"only be read" in response.content
    assert not response.cookies
