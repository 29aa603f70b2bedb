"""The portal's addresses, and one that only says hello: the yardstick."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:
    """Answer as little as a view can."""
    return HttpResponse("Hello, world")


urlpatterns = [path("bench/hello/", hello), path("", include("portal.urls"))]

handler400 = "django.views.defaults.bad_request"
handler404 = "django.views.defaults.page_not_found"
handler500 = "django.views.defaults.server_error"
