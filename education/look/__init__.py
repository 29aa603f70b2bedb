"""How the site looks: its stylesheet, its logo, and the page that shows each part."""
