/* Single keys as shortcuts: each presses, opens or chooses what carries it in `data-key`.
   They never work while a field has the focus, which Escape leaves, and can be switched
   off. */

const KEPT = "education:single-keys";
const list = document.querySelector("[data-keys]");
const toggle = list?.querySelector("[data-keys-on]");

if (list) {
    list.hidden = false;
    toggle.checked = remembered() !== "off";
    toggle.addEventListener("change", () => {
        remember(toggle.checked ? "on" : "off");
        hint();
    });
    hint();
    document.addEventListener("keydown", pressed);
}

/* Shows each key beside what it does, while keys are on. */
function hint() {
    document.documentElement.toggleAttribute("data-keys-are-on", toggle.checked);
}

function pressed(event) {
    if (!toggle.checked || event.repeat || event.defaultPrevented) return;
    if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const thing = document.querySelector(`[data-key='${CSS.escape(event.key)}']`);
    if (!thing) return;
    event.preventDefault();
    if (thing.matches("summary")) {
        open(thing);
    } else {
        thing.focus();
        thing.click();
    }
}

function isTyping(place) {
    if (place.isContentEditable || place.matches("select, textarea")) return true;
    return place.matches("input") && !["radio", "checkbox", "button", "submit"].includes(place.type);
}

/* Opens a part that was folded, and goes to the first thing to fill in; where a page is
   chosen already, to the button that takes it. */
function open(summary) {
    const part = summary.parentElement;
    part.open = true;
    const missing = part.querySelector(":checked:not(option)")
        ? "button"
        : "select, input:not([type=hidden]), button";
    const first = part.querySelector(missing);
    (first ?? summary).focus();
    summary.scrollIntoView({ block: "nearest" });
}

function remembered() {
    try {
        return localStorage.getItem(KEPT);
    } catch {
        return null;
    }
}

function remember(choice) {
    try {
        localStorage.setItem(KEPT, choice);
    } catch {
        // It holds for this page then.
    }
}
