"""What a browser may do with a page, said in headers: one rule for readers, one for
the editor, whose own screens hold inline scripts."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CSP = "Content-Security-Policy"


class SecurityPolicies:
    """Adds the headers that a view has not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.public = content_security_policy(settings.SECURE_CSP)
        self.cms = content_security_policy(settings.SECURE_CSP_CMS)
        self.permissions = permissions_policy(settings.PERMISSIONS_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(CSP, self.policy_for(request))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", self.permissions)
        return response

    def policy_for(self, request: HttpRequest) -> str:
        """A preview never comes here: Wagtail asks for it at the page's own address."""
        is_cms = request.path_info.startswith(settings.CMS_PATH)
        return self.cms if is_cms else self.public


def content_security_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """Write a policy such as `{"img-src": ["'self'"]}` as a header says it."""
    return "; ".join(f"{name} {' '.join(said)}" for name, said in directives.items())


def permissions_policy(features: Mapping[str, Sequence[str]]) -> str:
    """Write who may use each feature of the browser; an empty list means nobody."""
    return ", ".join(f"{name}=({' '.join(who)})" for name, who in features.items())
