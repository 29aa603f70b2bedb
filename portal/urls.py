"""Where everything is found: editing, files, health, and the public pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views import defaults
from django.views.decorators.cache import cache_control
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from education import health
from education.moderation.account import OwnAccountView
from education.moderation.desk_pages import Desk

CMS = settings.CMS_PATH.strip("/")


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


def in_the_cms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view in the place of one of Wagtail's, for the same people and never kept."""
    private = cache_control(private=True, no_cache=True, no_store=True, max_age=0)
    return private(require_admin_access(view))


urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(f"{CMS}/", in_the_cms(Desk.as_view())),
    path(f"{CMS}/account/", in_the_cms(OwnAccountView.as_view())),
    # The CMS's own pages do not use these actions, which pass by locks and by the rules
    # of the editor.
    re_path(rf"^{CMS}/api/main/pages/[^/]+/action/", nothing_here),
    # Wagtail's own would break: one on purpose, and others that no page there uses.
    path(f"{CMS}/failwhale/", nothing_here),
    re_path(rf"^{CMS}/snippets/choose/education/[^/]+/create/", nothing_here),
    re_path(rf"^{CMS}/documents/multiple/create_from_uploaded_document/", nothing_here),
    path(f"{CMS}/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures only: documents go through Wagtail, which asks who may read them. No page
    # shows pictures, so nobody has approved one for the public.
    re_path(
        r"^media/(?P<path>images/.+)$",
        require_admin_access(serve),
        {"document_root": settings.MEDIA_ROOT},
    ),
    path("", include("education.urls")),
]

handler400 = defaults.bad_request
handler404 = defaults.page_not_found
handler500 = defaults.server_error
