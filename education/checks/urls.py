from django.urls import path

from education.checks import views

app_name = "checks"
urlpatterns = [path("<int:page_id>/", views.checks, name="checks")]
