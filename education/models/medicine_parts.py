"""What the page of a medicine is made of, in the order in which it is read."""

from typing import NamedTuple


class Part(NamedTuple):
    """One part of a medicine page, in the order and with the heading of NHS pages."""

    field: str
    heading: str
    cards: str = ""

    @property
    def anchor(self) -> str:
        return self.field.replace("_", "-")


PARTS = (
    Part("uses", "What it is for"),
    Part("key_facts", "Key facts"),
    Part("who_can", "Who can take it"),
    Part("who_cannot", "Who may not be able to take it"),
    Part("how_to_take", "How and when to take it"),
    Part("missed_dose", "If you forget to take it"),
    Part("too_much", "If you take too much", "too_much_cards"),
    Part("stopping", "Stopping it"),
    Part("side_effects_common", "Common side effects"),
    Part("side_effects_serious", "Serious side effects", "side_effects_cards"),
    Part("coping", "How to cope with side effects"),
    Part("interactions_medicines", "Taking it with other medicines"),
    Part("interactions_food_alcohol", "Food and alcohol"),
    Part("driving", "Driving and machines"),
    Part("pregnancy_breastfeeding", "Pregnancy and breastfeeding"),
    Part("children", "Children"),
    Part("older_adults", "Older adults"),
    Part("storage", "Keeping and getting rid of it"),
)


#: What can be said in a line, for the facts table and to compare medicines by.
LINES = (
    Part("drowsiness", "Can it make you sleepy?"),
    Part("alcohol", "Alcohol"),
    Part("longest_use", "How long you can take it"),
)
