"""Patient education: everything that a patient or a clinician meets.

Imports go down only, floor by floor: words (vocabulary, richtext, publishing ...),
blocks, models, verbs (browse, search, moderation ...), templatetags, and the doors on
the roof (urls, wagtail_hooks, management). `make lint` checks it.
"""
