from django.urls import path

from education.search import views

urlpatterns = [path("", views.search, name="search")]
