/* Marks in the list of contents which section is being read. Without this it is a list. */

const SHARE_OF_SCREEN = 0.3;

document.querySelectorAll("[data-follow]").forEach(follow);

function follow(contents) {
    const links = [...contents.querySelectorAll("a[href^='#']")];
    const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
    let waiting = false;

    function mark() {
        waiting = false;
        const line = innerHeight * SHARE_OF_SCREEN;
        const begun = sections.filter((section) => section?.getBoundingClientRect().top <= line);
        const current = begun.length ? sections.indexOf(begun.at(-1)) : -1;
        links.forEach((link, place) => {
            if (place === current) link.setAttribute("aria-current", "true");
            else link.removeAttribute("aria-current");
        });
    }

    function markSoon() {
        if (!waiting) requestAnimationFrame(mark);
        waiting = true;
    }

    addEventListener("scroll", markSoon, { passive: true });
    addEventListener("resize", markSoon);
    mark();
}
