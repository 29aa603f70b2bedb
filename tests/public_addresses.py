"""Every public template and state, by an address that shows it: the one list.

The browser tests and `make audit` walk it on the demonstration content with the pages
of `public_states.py` added. A new template or state is one more line here;
`test_public_addresses.py` fails until it has one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """Where something is read, and what it answers."""

    name: str
    path: str
    status: int = 200
    #: Lighthouse looks at it too: the pages that most people come in by.
    is_measured: bool = False
    #: Search engines are asked to leave it out.
    is_unlisted: bool = False


ADDRESSES = (
    Address("home", "/", is_measured=True),
    Address("topic", "/topics/muscle-cramps/", is_measured=True),
    Address("topic with every part", "/topics/every-part-of-a-topic/"),
    Address("question", "/questions/blood-clot-or-leg-cramp/", is_measured=True),
    Address("question with every part", "/questions/every-part-of-a-question/"),
    Address("medicine", "/medicines/ibuprofen/", is_measured=True),
    Address("medicine with every part", "/medicines/every-part-of-a-medicine/"),
    Address("history", "/topics/every-part-of-a-topic/history/"),
    Address("section", "/topics/"),
    Address("section of questions", "/questions/?page=2"),
    Address("section, narrowed", "/topics/?tag=calf&letter=M&page=9"),
    Address("tags", "/tags/"),
    Address("tag", "/tags/muscle-relaxants/", is_measured=True),
    Address("tag, narrowed", "/tags/calf/?kind=topic&and=cramp"),
    Address("tag, badly asked", "/tags/calf/?kind=nonsense", 400),
    Address("body", "/body/"),
    Address(
        "comparison",
        "/medicines/compare/?m=ibuprofen&m=naproxen&m=aspirin&m=baclofen",
        is_unlisted=True,
    ),
    Address("comparison, not begun", "/medicines/compare/", is_unlisted=True),
    Address("A to Z", "/a-to-z/"),
    Address("A to Z, narrowed", "/a-to-z/?kind=question&letter=P&page=2"),
    Address("search", "/search/", is_unlisted=True),
    Address(
        "search with results",
        "/search/?q=leg+cramp&kind=question",
        is_measured=True,
        is_unlisted=True,
    ),
    Address("search with some words", "/search/?q=cramp+zebra", is_unlisted=True),
    Address("search with a slip", "/search/?q=flexaril", is_unlisted=True),
    Address("search without results", "/search/?q=zebra", is_unlisted=True),
    Address("search in an emergency", "/search/?q=chest+pain", is_unlisted=True),
    Address("about", "/about/"),
    Address("accessibility", "/accessibility/"),
    Address("feeds", "/feeds/"),
    Address("handout", "/medicines/ibuprofen/handout/", is_unlisted=True),
    Address(
        "handout in large print",
        "/topics/every-part-of-a-topic/handout/?paper=letter&size=large",
        is_unlisted=True,
    ),
    Address(
        "handouts",
        "/handouts/?p=topics/muscle-cramps&p=medicines/ibuprofen",
        is_unlisted=True,
    ),
    Address("handouts, to choose", "/handouts/choose/?q=cramp", is_unlisted=True),
    Address("version, to type", "/v/", is_unlisted=True),
    Address("version, unknown", "/v/00000", 404, is_unlisted=True),
    Address("feedback", "/feedback/", is_unlisted=True),
    Address("feedback, thanks", "/feedback/thanks/", is_unlisted=True),
    Address("nothing here", "/no-such-page/", 404),
    Address("withdrawn", "/topics/leg-rash/", 410),
    Address("unreadable", "/search/?q=%00", 400),
)

#: Read by programs: no template of ours makes a page of them.
NOT_PAGES = {
    "feed",
    "handout_pdf",
    "handouts_pdf",
    "llms",
    "logo",
    "open_result",
    "page_markdown",
    "picture",
    "robots",
    "sitemap",
    "style",
    "suggest",
    "tag_feed",
    "wagtail_serve",
    "wagtailcore_login",
}
