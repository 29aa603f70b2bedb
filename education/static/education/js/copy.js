/* Copies the address of the page and says so. The button shows only where this works. */

for (const button of document.querySelectorAll("[data-copy-address]")) {
    const said = button.parentElement.querySelector("[role=status]");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
        const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
        try {
            await navigator.clipboard.writeText(address);
            said.textContent = "The address was copied.";
        } catch {
            said.textContent = `Please copy it yourself: ${address}`;
        }
    });
}
