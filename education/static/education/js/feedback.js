/* Takes the answer to "Was this page helpful?" where the reader is: what the form leads
   to is shown in its place. Without this the same forms lead from page to page. */

const LOST = "It could not be sent. Check your connection, and try again.";

document.querySelectorAll("[data-feedback]").forEach(answerInPlace);

function answerInPlace(part) {
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    part.after(status);
    let isSending = false;

    part.addEventListener("submit", async (event) => {
        const { target: form, submitter } = event;
        // Old browsers do not say which button it was: they follow the form.
        if (!submitter) return;
        event.preventDefault();
        if (isSending) return;
        isSending = true;
        status.textContent = "";
        try {
            const body = new URLSearchParams(new FormData(form));
            body.set(submitter.name, submitter.value);
            const sent = { method: "POST", body, mode: "same-origin", credentials: "omit" };
            const response = await fetch(form.action, sent);
            show(new DOMParser().parseFromString(await response.text(), "text/html"));
        } catch {
            fail(form);
        }
        isSending = false;
    });

    function show(page) {
        const next = page.querySelector("[data-feedback]");
        const words = part.querySelector("textarea")?.value;
        part.replaceChildren(...next.children);
        const box = part.querySelector("textarea");
        if (box && words && !box.value) box.value = words;
        part.querySelector("[data-focus]")?.focus();
        status.textContent = part.querySelector("[data-said]")?.textContent ?? "";
    }

    /* In the open, too: who sees the page hears no status. */
    function fail(form) {
        const problem = part.querySelector(".feedback-lost") ?? document.createElement("p");
        problem.className = "error-summary feedback-lost";
        problem.textContent = LOST;
        form.before(problem);
        status.textContent = LOST;
    }
}
