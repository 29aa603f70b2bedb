"""A walk through a page with the Tab key, as somebody who uses no mouse."""

from __future__ import annotations

from playwright.sync_api import Page

#: Notes what can be reached, in the order of the text, and how it looks at rest.
SET_OUT = """() => {
    const looks = (one) => {
        const style = getComputedStyle(one);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor,
            style.boxShadow, style.backgroundColor, style.borderColor, style.color,
            style.textDecorationLine, style.textDecorationThickness].join();
    };
    const name = (one) => (one.tagName.toLowerCase() + " "
        + (one.innerText || one.getAttribute("aria-label") || one.id).trim())
        .replace(/\\s+/g, " ").slice(0, 60);
    const all = "a[href], area[href], button, input, select, textarea, summary, "
        + "[tabindex], iframe, [contenteditable]";
    const reached = [...document.querySelectorAll(all)].filter((one) =>
        one.tabIndex >= 0 && !one.disabled && one.type !== "hidden"
        && one.checkVisibility({visibilityProperty: true})
        && !(one.type === "radio" && !one.checked
            && document.querySelector(`input[name="${one.name}"]:checked`)));
    const walk = {reached, looks, name, atRest: new Map()};
    reached.forEach((one) => walk.atRest.set(one, looks(one)));
    window.walk = walk;
    return reached.map(name);
}"""

#: Says where the focus is now: its place in the order, and what is wrong there.
LOOK = """() => {
    const {reached, looks, name, atRest} = window.walk;
    const here = document.activeElement;
    if (!here || here === document.body) return {place: -1, name: "", wrong: []};
    const wrong = [];
    const style = getComputedStyle(here);
    const outlined =
        style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    if (!outlined && looks(here) === atRest.get(here)) wrong.push("shows no focus");
    const box = [...here.getClientRects()].find((one) => one.width && one.height);
    const parts = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const points = box ? parts.map(
        ([x, y]) => [box.left + box.width * x, box.top + box.height * y]) : [];
    const seen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (here.contains(top)
            || top !== document.body && top.contains(here)
            || here.labels && [...here.labels].some((label) => label.contains(top)));
    });
    if (!seen) wrong.push("is hidden while it has the focus");
    return {place: reached.indexOf(here), name: name(here), wrong};
}"""

#: A page with more than its name above the text begins with a way past all of it.
LETS_ONE_SKIP = """() => {
    const {reached} = window.walk;
    const above = reached.findIndex((one) => one.closest("main"));
    return above <= 1 || reached[0].matches(".skip-link");
}"""


class Walk:
    """Tab by Tab from the top of a page that was just opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names: list[str] = page.evaluate(SET_OUT)

    def problems(self) -> list[str]:
        """Say what goes wrong on the way; nothing, it is hoped."""
        found, order = [], []
        for _ in self.names:
            here = self.step()
            order.append(here["name"])
            found += [f"{here['name']!r} {wrong}" for wrong in here["wrong"]]
            if here["place"] != len(order) - 1:
                expected = self.names[len(order) - 1]
                return [*found, f"reached {here['name']!r} instead of {expected!r}"]
        if not self.page.evaluate(LETS_ONE_SKIP):
            found.append("does not begin with the skip link")
        if self.step()["place"] > 0:
            found.append(f"{order[-1]!r} does not let the focus go")
        return found

    def step(self) -> dict:
        self.page.keyboard.press("Tab")
        return self.page.evaluate(LOOK)
