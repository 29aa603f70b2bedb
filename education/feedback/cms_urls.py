from django.urls import path

from education.feedback import by_page, deciding, page_report, report

app_name = "feedback"
urlpatterns = [
    path("", report.FeedbackReport.as_view(), name="report"),
    path("<int:key>/decide/", deciding.decide, name="decide"),
    path("pages/", by_page.PagesReport.as_view(), name="pages"),
    path("pages/<int:page_id>/", page_report.of_page, name="page"),
]
