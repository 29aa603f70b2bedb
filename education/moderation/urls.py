from django.urls import path

from education.moderation import desk_pages, views

app_name = "moderation"
urlpatterns = [
    path("decide/<int:task_state_id>/", views.decide, name="decide"),
    path("waiting/", desk_pages.waiting_list, name="waiting"),
    path("sent-back/", desk_pages.sent_back_list, name="sent_back"),
    path("drafts/", desk_pages.drafts_list, name="drafts"),
]
