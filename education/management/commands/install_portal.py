from typing import Any

from django.core.management.base import BaseCommand

from education.installation import install


class Command(BaseCommand):
    help = (
        "Makes or mends the groups, the approval workflow, the home page and sections."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        install()
        self.stdout.write("The portal is installed.")
