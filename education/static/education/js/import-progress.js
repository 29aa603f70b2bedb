/* Sorts an imported document step by step until it is done, and shows how far it has come.
   Without this the button does one step. */

const place = document.querySelector("[data-import-progress]");
const form = place?.querySelector("form");
const PAUSE_AFTER_FAILURE = 3000;
const MOST_FAILURES = 5;

if (form) {
    const button = form.querySelector("button");
    button.hidden = true;
    carryOn().catch(() => {
        button.hidden = false;
        say("The connection was lost. What is sorted stays. Please carry on later.");
    });
}

async function carryOn() {
    for (let failures = 0; failures < MOST_FAILURES; ) {
        const come = await step();
        if (come === null) {
            failures += 1;
            await new Promise((done) => setTimeout(done, PAUSE_AFTER_FAILURE));
            continue;
        }
        failures = 0;
        place.querySelector("progress").value = come.percent;
        say(come.says);
        if (come.ready) {
            location.replace(come.ready);
            return;
        }
    }
    throw new Error("no step was answered");
}

async function step() {
    try {
        const response = await fetch(form.action, {
            method: "POST",
            body: new FormData(form),
            headers: { Accept: "application/json" },
        });
        return response.ok ? await response.json() : null;
    } catch {
        return null;
    }
}

function say(words) {
    const said = place.querySelector("[data-import-says]");
    if (said.textContent !== words) said.textContent = words;
}
