/* Reads the draft again each time the editor has saved it, and leads from what was found
   to its place on the form. Without this the panel shows what was found on opening. */

/* Wagtail fades a tab in; in so many milliseconds it takes the focus. */
const TAB_OPENS_IN = 250;

let asked = 0;
const panel = document.querySelector("[data-checks]");
const news = panel?.querySelector("[data-checks-news]");

if (panel) {
    document.addEventListener("w-autosave:success", (event) => {
        readAgain(event.detail?.response?.pk);
    });
    panel.addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        if (link && lead(link)) event.preventDefault();
    });
    // Heard also while the panel is closed.
    document.body.append(news);
    // Wagtail's own panels listen from here on.
    window.addEventListener("load", openAtFirst);
}

async function readAgain(saved) {
    const mine = ++asked;
    const url = panel.dataset.checksUrl.replace(/\/0\/$/, `/${saved}/`);
    try {
        const response = await fetch(url, { headers: { Accept: "text/html" } });
        if (!response.ok) return;
        const html = await response.text();
        if (mine === asked) show(html);
    } catch {
        // What was found before stays; the next save asks again.
    }
}

function show(html) {
    const found = panel.querySelector("[data-checks-found]");
    if (found.innerHTML.trim() === html.trim()) return;
    const focused = found.contains(document.activeElement)
        ? places(found).indexOf(document.activeElement)
        : -1;
    found.innerHTML = html;
    if (focused >= 0) {
        const now = places(found);
        now[Math.min(focused, now.length - 1)]?.focus({ preventScroll: true });
    }
    tell(found);
}

function places(found) {
    return [...found.querySelectorAll("a")];
}

/* Says aloud, and on the button that opens the panel, how much was found. */
function tell(found) {
    const blocking = found.querySelectorAll(".checks__heading--blocking + ul > li").length;
    const all = found.querySelectorAll(".checks__finding").length;
    const said = `Checks: ${blocking} to put right, ${all - blocking} worth another look.`;
    if (news.textContent !== said) news.textContent = said;
    const counter = document.querySelector(
        "[data-side-panel-toggle='checks'] [data-side-panel-toggle-counter]",
    );
    if (counter) {
        counter.textContent = blocking;
        counter.hidden = blocking === 0;
    }
}

/* Goes to the block or field that the link names, on whichever tab it is. */
function lead(link) {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return false;
    const tab = field.closest("[role='tabpanel']");
    if (tab?.hidden) {
        document.querySelector(`[aria-controls='${tab.id}']`)?.click();
        setTimeout(() => arrive(link, field), TAB_OPENS_IN);
    } else {
        arrive(link, field);
    }
    return true;
}

function arrive(link, field) {
    const toggle = field.querySelector("[data-panel-toggle][aria-expanded='false']");
    toggle?.click();
    const block = link.dataset.checksBlock;
    const place = (block && field.querySelector(`[data-contentpath='${CSS.escape(block)}']`)) || field;
    place.scrollIntoView({ block: "center" });
    // Not the buttons of the panel's own heading.
    const inside = place.querySelector(".w-panel__content") || place;
    const input = inside.querySelector(
        "[contenteditable='true'], input:not([type='hidden']), textarea, select, button",
    );
    (input || place).focus({ preventScroll: true });
}

/* Who never chose a panel sees this one; Wagtail remembers what is chosen later. */
function openAtFirst() {
    let chosen = null;
    try {
        chosen = localStorage.getItem("wagtail:side-panel-open");
    } catch {
        return;
    }
    if (chosen === null && window.innerWidth >= 1200) {
        panel.closest("[data-side-panel]")?.dispatchEvent(new Event("open"));
    }
}
