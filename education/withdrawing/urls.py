from django.urls import path

from education.withdrawing import questions, tags, views

app_name = "withdrawing"
urlpatterns = [
    path("<int:page_id>/", views.withdraw_page, name="withdraw"),
    path("question/<int:page_id>/", questions.merge, name="merge_question"),
    path("tag/<int:tag_id>/", tags.merge, name="merge_tag"),
]
