from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from education.demonstration import ACCOUNTS


class Command(BaseCommand):
    help = "Says where the portal is found, and who of the demonstration may sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="Such as http://127.0.0.1:8000")
        parser.add_argument(
            "--password", help="What the demonstration accounts were given."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        self.stdout.write(f"\n  The portal   {address}/\n  Editing      {address}/cms/")
        self.show_accounts(options["password"])
        self.stdout.write("\n  Ctrl-C stops it.\n")

    def show_accounts(self, password: str | None) -> None:
        here = set(User.objects.values_list("username", flat=True))
        accounts = [account for account in ACCOUNTS if account.username in here]
        if not accounts:
            return
        self.stdout.write(f"\n  Demonstration accounts, password: {password or 'none'}")
        for account in accounts:
            self.stdout.write(f"    {account.username:<16} {account.does}")
