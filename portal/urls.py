"""Where everything is found: editing, files, health, and the public pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views import defaults
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from education import health
from education.moderation.account import OwnAccountView

CMS = settings.CMS_PATH.strip("/")


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(f"{CMS}/account/", require_admin_access(OwnAccountView.as_view())),
    # The CMS's own pages do not use these actions, which pass by locks and by the rules
    # of the editor.
    re_path(rf"^{CMS}/api/main/pages/[^/]+/action/", nothing_here),
    path(f"{CMS}/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures only: documents go through Wagtail, which asks who may read them.
    re_path(
        r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}
    ),
    path("", include("education.urls")),
]

handler400 = defaults.bad_request
handler404 = defaults.page_not_found
handler500 = defaults.server_error
