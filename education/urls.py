"""Where the public reads. `portal.urls` puts it at the root of the site."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from education.body import body
from education.browse import a_to_z, about, crawlers, history, pages, tags
from education.comparing.views import compare
from education.handouts import bundle, versions
from education.handouts import views as handouts
from education.look import pictures
from education.look import views as look
from education.syndication import feeds, llms
from education.syndication import views as syndication

urlpatterns = [
    path("", pages.home, name="home"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<slug:slug>/", tags.tag, name="tag"),
    path("tags/<slug:slug>/feed.atom", feeds.tag_feed, name="tag_feed"),
    path("body/", body, name="body"),
    path("medicines/compare/", compare, name="compare"),
    path("a-to-z/", a_to_z.a_to_z, name="a_to_z"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("search/", include("education.search.urls")),
    path("v/", versions.version, name="check_version"),
    path("v/<str:code>", versions.version, name="version"),
    path("handouts/", bundle.bundle, name="handouts"),
    path("handouts/choose/", bundle.choose, name="handouts_choose"),
    path("handouts/handout.pdf", bundle.bundle_pdf, name="handouts_pdf"),
    path("feedback/", include("education.feedback.urls")),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("llms.txt", llms.llms, name="llms"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/<slug:name>.atom", feeds.feed, name="feed"),
    path("style/<slug:edition>.css", look.style, name="style"),
    path("logo.<slug:edition>.png", look.logo, name="logo"),
    # Wagtail asks for two addresses by name. Its own views there would answer for pages
    # that ours refuse, such as one that has expired but was not taken off yet.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    path("<slug:section>/", pages.section, name="section"),
    path("<slug:section>/<slug:page>/", pages.page, name="page"),
    path("<slug:section>/<slug:page>/index.md", syndication.page, name="page_markdown"),
    path("<slug:section>/<slug:page>/history/", history.history, name="history"),
    path("<slug:section>/<slug:page>/handout/", handouts.handout, name="handout"),
    path(
        "<slug:section>/<slug:page>/handout.pdf",
        handouts.handout_pdf,
        name="handout_pdf",
    ),
    path("<slug:section>/<slug:page>/picture.png", pictures.picture, name="picture"),
    re_path(r"^((?:[\w\-]+/)*)$", pages.nothing_here, name="wagtail_serve"),
]
