"""What programs read of the portal: pages as Markdown, llms.txt, and feeds of changes.

Nothing here says more than the pages themselves.
"""
