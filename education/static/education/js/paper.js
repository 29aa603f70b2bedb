/* Prints, with what is folded away laid open. Browsers can print without this. */

const folded = [];

for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
}

addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("[data-open-for-paper] details:not([open])")) {
        details.open = true;
        folded.push(details);
    }
});

addEventListener("afterprint", () => {
    for (const details of folded.splice(0)) details.open = false;
});
