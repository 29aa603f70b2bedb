/* Completes what is typed into a search box with a list of links, after the combobox of
   the ARIA Authoring Practices. Without this the box is a plain form. */

const LEAST_LETTERS = 2;
const TYPING_PAUSES = 150;

document.querySelectorAll("input[data-suggest]").forEach(complete);

function complete(input) {
    const form = input.form;
    const list = make("div", { id: `${input.id}-list`, role: "listbox" });
    list.ariaLabel = "Suggestions";
    const note = make("div", { class: "suggest-note" });
    const popup = make("div", { class: "suggest", hidden: "" }, note, list);
    const status = make("div", { class: "visually-hidden", role: "status" });
    let active = -1;
    let asked = new AbortController();
    let pause = 0;
    form.append(popup, status);
    // A search field may not be a combobox; the keyboard of a phone still says "search".
    set(input, { type: "text", enterkeyhint: "search", role: "combobox" });
    set(input, { "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });
    const isOpen = () => !popup.hidden;
    const isEnough = () => input.value.trim().length >= LEAST_LETTERS;
    const wake = () => (list.children.length ? toggle(true) : isEnough() && ask());
    const close = () => toggle(false);

    function toggle(shown) {
        if (!shown) stop();
        popup.hidden = !shown;
        input.setAttribute("aria-expanded", shown);
    }

    /* Waits for nothing more, and is back in the box. */
    function stop() {
        clearTimeout(pause);
        asked.abort();
        choose(-1);
    }

    /* Takes the option at this place; -1 is the box itself. */
    function choose(place) {
        list.children[active]?.setAttribute("aria-selected", "false");
        active = place;
        const option = list.children[active];
        if (!option) return input.removeAttribute("aria-activedescendant");
        option.setAttribute("aria-selected", "true");
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    function forget() {
        close();
        list.replaceChildren();
        status.textContent = "";
    }

    async function ask() {
        const text = input.value.trim();
        stop();
        asked = new AbortController();
        try {
            const address = `${input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
            const response = await fetch(address, { mode: "same-origin", signal: asked.signal });
            const found = await response.json();
            if (text !== input.value.trim() || document.activeElement !== input) return;
            if (response.ok || found.emergency) show(found);
            else forget();
        } catch (error) {
            // No connection: the form searches all the same. Newer letters abort, too.
            if (error.name !== "AbortError") forget();
        }
    }

    function show({ query, suggestions, emergency, notice }) {
        const links = suggestions.map(link);
        if (emergency) links.unshift(warning(emergency));
        links.forEach((option, place) => (option.id = `${list.id}-${place}`));
        list.replaceChildren(...links);
        const isGuess = suggestions.some((item) => item.instead_of);
        note.textContent = isGuess ? `No name begins with “${query}”. Did you mean:` : "";
        const count = suggestions.length;
        const counted = `${count || "No"} suggestion${count === 1 ? "" : "s"}`;
        const said = [emergency?.heading, notice, note.textContent];
        if (!emergency?.stands_alone) said.push(counted);
        status.textContent = said.filter(Boolean).join(" ");
        toggle(links.length > 0);
    }

    input.addEventListener("input", () => {
        stop();
        if (isEnough()) pause = setTimeout(ask, TYPING_PAUSES);
        else forget();
    });

    input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        const last = list.children.length - 1;
        const keys = {
            ArrowDown: () => void (isOpen() ? choose(active < last ? active + 1 : -1) : wake()),
            ArrowUp: () => void (isOpen() ? choose(active < 0 ? last : active - 1) : wake()),
            Enter: () => isOpen() && active >= 0 && follow(list.children[active], event),
            Escape: () => (isOpen() ? close() : ((input.value = ""), forget())),
        };
        if (event.key in keys) keys[event.key]() === false || event.preventDefault();
        else if (event.key === "Tab") close();
        else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) choose(-1);
    });

    // A press on the list leaves the keyboard, and on a phone its keys, with the box.
    popup.addEventListener("mousedown", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => {
        if (!form.contains(event.relatedTarget)) close();
    });
    window.addEventListener("pagehide", close);
}

/* As if it were pressed with the same keys held down, so in a new tab where asked. */
function follow(option, { ctrlKey, metaKey, shiftKey }) {
    const press = { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey };
    option.dispatchEvent(new MouseEvent("click", press));
}

function link({ text, kind_label, address, matched }) {
    const marks = [...text];
    const cut = (from, to) => marks.slice(from, to).join("");
    const [from, to] = matched ?? [0, 0];
    const name = [cut(0, from), make("mark", {}, cut(from, to)), cut(to)];
    return option(address, "", make("span", { class: "suggest-text" }, ...name), kind_label);
}

function warning({ heading, action, call }) {
    return option(call, "suggest-emergency", make("strong", {}, heading), action);
}

function option(href, style, name, more) {
    const own = { href, class: style, role: "option", tabindex: "-1", "aria-selected": "false" };
    return make("a", own, name, make("span", { class: "suggest-kind" }, more));
}

function make(name, attributes, ...children) {
    const element = set(document.createElement(name), attributes);
    element.append(...children);
    return element;
}

function set(element, attributes) {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
}
