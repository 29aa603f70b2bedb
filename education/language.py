"""Which language is being read."""

from django.conf import settings
from django.utils.translation import get_language


def current_language() -> str:
    """The code of the language of this request, such as "en"; never a variant."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
