"""The desk of safety rules: what may be written, who keeps them, trying one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from education.import_vocabulary import Danger
from education.importer.flagging import rules_of
from education.importer.flagging.seeds import seed_rules, seed_words
from education.models import SafetyRule, SafetyWords
from education.wordings import WordingIsWrong, wording
from tests.factories import PortalTestCase


def rule(**fields) -> SafetyRule:
    row = SafetyRule(
        **{
            "name": "Snow on the chest",
            "danger": Danger.HIGH,
            "reason": "It chills.",
            "to_do": "Leave it out.",
            "looks_for": "rub ... snow",
        }
        | fields
    )
    row.full_clean()
    row.save()
    return row


class TestWordings:
    @pytest.mark.parametrize(
        "written",
        [
            "breath + hold",
            "hold/keep ... breath",
            "go-away/stop",
            "hyperventil*",
            "*algia",
            "lead!",
            "take # [form]",
            "don't wait",
        ],
    )
    def test_what_is_explained_is_understood(self, written: str) -> None:
        assert wording(written).written == written

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("(a+)+$", "cannot be understood"),
            (".*", "cannot be understood"),
            ("[a-z", "cannot be understood"),
            ("take |", "cannot be understood"),
            ("a*", "finds too much"),
            ("*", "cannot be understood"),
            ("*pain*", "one star only"),
            ("take/", "missing beside the slash"),
            ("... breath", "missing beside “...”"),
            ("breath ...", "missing beside “...”"),
            ("breath +", "word is missing"),
            ("one two three four five six seven eight nine", "more than 8"),
            ("x" * 700, "too long"),
        ],
    )
    def test_what_is_not_comes_back_with_a_sentence(
        self, written: str, why: str
    ) -> None:
        with pytest.raises(WordingIsWrong, match=why):
            wording(written)


class SenseTests(PortalTestCase):
    def refused(self, why: str, **fields) -> None:
        with self.assertRaisesMessage(ValidationError, why):
            rule(**fields)

    def test_a_rule_looks_for_something(self):
        self.refused("Write what the question or the answer says", looks_for=" \n")
        rule(looks_for="", asked="snow")

    def test_a_box_that_cannot_be_understood_is_named(self):
        self.refused("cannot be understood", unless_near="(a|b)*")

    def test_a_word_list_has_to_be_there(self):
        self.refused("no word list [snowmen]", looks_for="rub [snowmen]")
        rule(looks_for="rub [medicine]")
        self.refused("no word list", name="Otro", language="es", also="[snowmen]")

    def test_a_word_list_holds_words_alone(self):
        for words, why in (
            ("[medicine]", "cannot name another"),
            ("(x)", "cannot be understood"),
        ):
            with self.assertRaisesMessage(ValidationError, why):
                SafetyWords(name="mine", about="Mine.", words=words).full_clean()
        both = SafetyWords(
            name="mine", about="Mine.", words="face ... droop\neye + dark"
        )
        both.full_clean()

    def test_a_name_is_given_once_in_a_language(self):
        rule()
        self.refused("already exists", looks_for="snow")
        rule(language="es")


class SeedTests(PortalTestCase):
    def test_what_a_portal_starts_with_can_be_saved_from_the_desk(self):
        for row in [*SafetyWords.objects.all(), *SafetyRule.objects.all()]:
            row.full_clean()
        assert SafetyRule.objects.count() == len(list(seed_rules()))
        assert SafetyWords.objects.count() == len(list(seed_words()))

    def test_only_active_rules_of_the_language_are_in_force(self):
        names = {found.name for found in rules_of("en")}
        kept = rule(language="es")
        sleeping = rule(name="Sleeping", active=False)
        assert {found.name for found in rules_of("en")} == names
        assert kept.name in {found.name for found in rules_of("es")}
        assert sleeping.name not in names


class DeskTests(PortalTestCase):
    def setUp(self):
        self.list = reverse("wagtailsnippets_education_safetyrule:list")
        self.add = reverse("wagtailsnippets_education_safetyrule:add")
        self.sign_in(self.lea)

    def send(self, **changes):
        form = {
            "name": "Snow on the chest",
            "danger": "high",
            "language": "en",
            "active": "on",
            "reason": "It chills.",
            "to_do": "Leave it out.",
            "check_by": "words",
            "looks_for": "rub ... snow",
            "may_be_denied": "on",
            "passage": "",
        }
        form |= {box: "" for box in SafetyRule.BOXES if box not in form}
        return self.client.post(self.add, form | changes)

    def mine(self):
        return SafetyRule.objects.filter(name="Snow on the chest")

    def test_a_lead_adds_changes_and_switches_off(self):
        assert self.send().status_code == 302
        row = self.mine().get()
        edit = reverse("wagtailsnippets_education_safetyrule:edit", args=[row.pk])
        form = self.client.get(edit).context["form"]
        sent = form.initial | {"danger": "low", "passage": ""}
        sent.pop("active")
        assert self.client.post(edit, sent).status_code == 302
        row.refresh_from_db()
        assert (row.danger, row.active) == ("low", False)

    def test_what_cannot_be_understood_comes_back_with_the_reason(self):
        response = self.send(looks_for="(a+)+$")
        self.assertContains(response, "cannot be understood")
        assert not self.mine().exists()

    def test_a_rule_is_tried_before_it_is_saved(self):
        response = self.send(passage="What helps?\nRub it hard with snow at night.")
        self.assertContains(response, "This rule finds “Rub it hard with snow”.")
        response = self.send(passage="What helps?\nDo not rub it with snow.")
        self.assertContains(response, "finds nothing in the passage")
        response = self.send(
            passage="What helps with snow?\nA blanket.", looks_for="", asked="snow"
        )
        self.assertContains(response, "finds the whole answer: “A blanket.”")
        assert not self.mine().exists()

    def test_all_editors_read_the_rules_and_do_not_change_them(self):
        row = SafetyRule.objects.first()
        where = {"args": [row.pk]}
        for person in (self.ana, self.ben):
            self.sign_in(person)
            assert self.client.get(self.list).status_code == 200
            page = reverse("wagtailsnippets_education_safetyrule:inspect", **where)
            self.assertContains(self.client.get(page), row.reason)
            self.send()
            edit = reverse("wagtailsnippets_education_safetyrule:edit", **where)
            assert self.client.get(edit).status_code in (302, 403)
        assert not self.mine().exists()
        self.sign_in(self.vera)
        assert self.send().status_code == 302

    def test_the_word_lists_are_kept_and_not_deleted(self):
        words = SafetyWords.objects.get(language="en", name="get-help")
        where = {"args": [words.pk]}
        edit = reverse("wagtailsnippets_education_safetywords:edit", **where)
        form = self.client.get(edit).context["form"]
        sent = form.initial | {"words": f"{words.words}\ncall your aunt"}
        assert self.client.post(edit, sent).status_code == 302
        words.refresh_from_db()
        assert words.words.endswith("call your aunt")
        self.client.post(
            reverse("wagtailsnippets_education_safetywords:delete", **where)
        )
        assert SafetyWords.objects.filter(pk=words.pk).exists()

    def test_the_lists_are_searched_and_downloaded_without_formulas(self):
        self.send(reason="=1+1")
        rows = self.client.get(f"{self.list}?q=chills").context["object_list"]
        assert not rows
        rows = self.client.get(f"{self.list}?q=snow").context["object_list"]
        assert "Snow on the chest" in {row.name for row in rows}
        said = self.client.get(f"{self.list}?export=csv").getvalue().decode()
        assert "'=1+1" in said
