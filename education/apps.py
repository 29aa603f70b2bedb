from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"
    label = "education"
    verbose_name = "Patient education"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the search hear of publication, once the models are there."""
        from education.search import upkeep

        upkeep.connect()
