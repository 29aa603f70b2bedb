"""From a document of the demonstration to a page; see `education.page_files`."""

from education.page_files.building import PAGE_TYPES, build_page, relate

__all__ = ["PAGE_TYPES", "build_page", "relate"]
