from django.urls import path

from education.search import report

app_name = "searches"
urlpatterns = [path("", report.SearchesReport.as_view(), name="report")]
