"""The addresses of the rules, below those of the workbench."""

from django.urls import path

from comments.admin_views.rules.authors import AuthorsView, EndStandingView, StandingView
from comments.admin_views.rules.numbers import NumbersView
from comments.admin_views.rules.senders import SendersView, SenderView
from comments.admin_views.rules.spaces import SpacesView
from comments.admin_views.rules.wordfiles import ExportWordsView, ImportWordsView
from comments.admin_views.rules.words import WordsView, WordView

RULES = [
    path("words/", WordsView.as_view(), name="rules_words"),
    path("words/results/", WordsView.as_view(results_only=True), name="rules_words_results"),
    path("words/new/", WordView.as_view(), name="rules_word_new"),
    path("words/<int:pk>/", WordView.as_view(), name="rules_word"),
    path("words/import/", ImportWordsView.as_view(), name="rules_words_import"),
    path("words/export/", ExportWordsView.as_view(), name="rules_words_export"),
    path("senders/", SendersView.as_view(), name="rules_senders"),
    path("senders/results/", SendersView.as_view(results_only=True), name="rules_senders_results"),
    path("senders/new/", SenderView.as_view(), name="rules_sender_new"),
    path("senders/<int:pk>/", SenderView.as_view(), name="rules_sender"),
    path("authors/", AuthorsView.as_view(), name="rules_authors"),
    path("authors/results/", AuthorsView.as_view(results_only=True), name="rules_authors_results"),
    path("authors/of/<int:pk>/", StandingView.as_view(), name="rules_author"),
    path("authors/<int:pk>/", EndStandingView.as_view(), name="rules_standing"),
    path("spaces/", SpacesView.as_view(), name="rules_spaces"),
    path("numbers/", NumbersView.as_view(), name="rules_numbers"),
]
