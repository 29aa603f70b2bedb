"""Who is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class PeopleWithProfiles(ModelBackend):
    """Django's own, but the user comes with the CMS profile that every screen reads."""

    def get_user(self, user_id: Any) -> User | None:
        people = User.objects.select_related("wagtail_userprofile")
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
