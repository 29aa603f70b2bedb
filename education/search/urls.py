from django.urls import path

from education.search import opened, suggest_views, views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", suggest_views.suggestions, name="suggest"),
    path("to/<slug:token>/<int:page_id>/", opened.open_result, name="open_result"),
]
