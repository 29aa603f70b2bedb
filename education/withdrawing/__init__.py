"""What a lead does to take pages off the site, and to let two pages or tags be one."""
