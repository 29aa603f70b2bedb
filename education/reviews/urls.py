from django.urls import path

from education.reviews import due_dates, report, without_changes

app_name = "reviews"
urlpatterns = [
    path("", report.ReviewsReport.as_view(), name="report"),
    path("calendar/", due_dates.calendar, name="calendar"),
    path("<int:page_id>/begin/", without_changes.begin_review, name="begin"),
]
