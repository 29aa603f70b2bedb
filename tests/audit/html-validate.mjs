// What html-validate asks of a page: everything it recommends, but for what is said here.

export default {
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
        // Conditions and loops of a template leave blanks at the end of a line, which no
        // reader meets; `djhtml` keeps the templates themselves tidy.
        "no-trailing-whitespace": "off",
        // Style sheets and scripts come from where the page comes from: who could change
        // them could change the checksum too.
        "require-sri": "off",
        // A title is the question as people ask it, then the portal's name. Where search
        // engines cut it, the question is still there.
        "long-title": "off",
        // A link that calls says what a clinician wrote, such as "Call 911 now", which
        // may be broken between words like any sentence.
        "tel-non-breaking": "off",
        // Several pages or medicines are several values of one name, as in ?m=a&m=b.
        "form-dup-name": "off",
    },
};
