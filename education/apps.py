from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"
    label = "education"
    verbose_name = "Patient education"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the search and the review dates hear of publication."""
        from wagtail.signals import page_published, page_slug_changed

        from education.models.gate import keep_review_schedule
        from education.models.old_addresses import keep_old_addresses
        from education.moderation import mails
        from education.search import counting, upkeep

        page_published.connect(keep_review_schedule, dispatch_uid="review schedule")
        page_slug_changed.connect(keep_old_addresses, dispatch_uid="old addresses")
        upkeep.connect()
        counting.connect()
        mails.connect()
