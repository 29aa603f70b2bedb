from django.urls import path

from education.moderation import views

app_name = "moderation"
urlpatterns = [path("decide/<int:task_state_id>/", views.decide, name="decide")]
