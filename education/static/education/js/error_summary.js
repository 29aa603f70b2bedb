/* Takes who sent a form to what is wrong with it. Without this it stands first all the
   same, above the heading of the page. */

document.querySelectorAll("[data-error-summary]").forEach((summary) => summary.focus());
