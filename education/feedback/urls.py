from django.urls import path

from education.feedback import views

urlpatterns = [
    path("", views.answer, name="feedback"),
    path("words/", views.words, name="feedback_words"),
    path("thanks/", views.thanks, name="feedback_thanks"),
]
