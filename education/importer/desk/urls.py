from django.urls import path

from education.importer.desk import (
    drafts,
    files,
    handing_over,
    item_page,
    lines,
    overview,
    progress,
    uploading,
)

app_name = "imports"
urlpatterns = [
    path("", files.files, name="files"),
    path("new/", uploading.upload, name="upload"),
    path("<int:file_id>/", overview.overview, name="overview"),
    path("<int:file_id>/begin/", overview.begin, name="begin"),
    path("<int:file_id>/progress/", progress.progress, name="progress"),
    path("<int:file_id>/carry-on/", progress.carry_on, name="carry_on"),
    path("<int:file_id>/lines/", lines.lines, name="lines"),
    path("<int:file_id>/drafts/", drafts.drafts, name="drafts"),
    path("<int:file_id>/hand-over/", handing_over.confirm, name="hand_over"),
    path("<int:file_id>/pieces/<int:item_id>/", item_page.item, name="item"),
    path("<int:file_id>/pieces/<int:item_id>/undo/", item_page.undo, name="undo"),
]
