"""The spam filter: it learns what moderators of this site decided, forgets what they take back, and is measured on what it had not seen."""

import os
import random
import subprocess
import sys
import threading
from io import StringIO
from itertools import chain

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import ModelLogEntry

from comments import services, spam
from comments.models import Discussion, LearntExample, SpamFilter, ThreadComment
from comments.models.spam import Label
from comments.services import Author, Refused
from comments.spam import measuring, training, weights
from comments.spam.judging import probability
from comments.spam.tokens import bucket_of, buckets_of, in_words, tokens_of
from comments.spam.training import Counts, Example
from comments.states import Action, Moderation, Status
from config.settings.base import ROOT
from tests.comments.spam_corpus import HAM, SPAM
from tests.factories import UserFactory

CASINO = "CASINO EN LIGNE, bonus de bienvenue, jouez vite https://casino-royal.example/jeu"
THANKS = "Merci à l’équipe pour ce guide, notre association l’a lu en réunion."


@pytest.fixture
def judge(db):
    return UserFactory(is_superuser=True)


@pytest.fixture
def decided(discussion, judge):
    """`decided("words", Label.SPAM)`: a comment that a moderator put there."""
    writer = UserFactory()

    def decided(text, label):
        comment = services.post(discussion, author=Author(user=writer), text=text, notify=False).comment
        return services.moderate(comment, Action.SPAM if label == Label.SPAM else Action.APPROVE, by=judge)

    return decided


@pytest.fixture
def past(decided):
    """A site's past: every comment of the corpus, decided in no particular order."""
    everything = [*((text, Label.HAM) for text in HAM), *((text, Label.SPAM) for text in SPAM)]
    random.Random(7).shuffle(everything)
    return [decided(text, label) for text, label in everything]


@pytest.fixture
def trained(past):
    """The filter after that past."""
    train()
    return SpamFilter.objects.get()


def train(**options):
    out = StringIO()
    call_command("train_filter", stdout=out, **options)
    weights.forget()
    return out.getvalue()


def learnt():
    """All that was learnt: the numbers of examples, the counts of each token."""
    found = SpamFilter.objects.get()
    counts = Counts.unpacked(found.counts)
    return found.ham, found.spam, dict(zip(counts.buckets, zip(counts.ham, counts.spam, strict=True), strict=True))


def test_the_tokens_of_a_comment_are_its_words_pairs_links_and_facts():
    found = tokens_of("L’été, écrivez à a@b.example ou cliquez sur https://www.Casino.example/jeu?x=1 !", is_guest=True)

    assert {"w:ete", "w:cliquez", "b:ou cliquez", "d:casino.example", "n:1", "a:guest", "s:medium", "e:"} <= set(found)
    assert found["w:ete"] == "été"
    assert not any("casino" in token for token in found if token.startswith(("w:", "b:")))


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "é", "\u0301", "😀 😀", "a" * 5000, "@" * 5000, "1 " * 5000, "www." * 2000, "-.+" * 3000]
)
def test_any_text_has_tokens_that_people_can_read(text):
    for token, written in tokens_of(text, is_guest=False).items():
        assert 0 <= bucket_of(token) < 2**18
        assert in_words(token, written)


def test_tokens_are_the_same_however_accents_and_case_are_written():
    assert buckets_of("Été À LA ferme, un avis long", is_guest=False) == buckets_of(
        "e\u0301te\u0301 a la ferme, un avis long", is_guest=False
    )


def test_our_scores_are_those_of_the_library():
    """What a web process works out without scikit-learn is what scikit-learn says, for comments short enough to count in full."""
    examples = [Example(buckets_of(text, is_guest=True), label) for label, texts in [("ham", HAM), ("spam", SPAM)] for text in texts[:30]]
    counts, learnt_weights = training.learn(Counts(), examples)
    ours = weights.dense(weights.packed(counts.buckets, learnt_weights))
    model = training._model(training._totals(counts, counts.buckets))
    short = ["Merci pour ce guide", "bonus casino gratuit", "crédit rapide", "notre jardin partagé", "inconnu"]

    for text in short:
        asked = Example(buckets_of(text, is_guest=True), "ham")
        [[_ham, theirs]] = model.predict_proba(training.matrix([asked], counts.buckets))
        assert len([bucket for bucket in asked.buckets if ours[bucket]]) <= 15
        assert probability(asked.buckets, ours) == pytest.approx(theirs, abs=1e-5)


def test_the_filter_reaches_its_precision_and_recall_on_comments_it_has_never_seen():
    """Two thirds of the corpus are learnt, the last third is judged: at least 95 % of what is held is spam, and 90 % of spam is held."""
    examples = [Example(buckets_of(text, is_guest=True), label) for label, texts in [("ham", HAM), ("spam", SPAM)] for text in texts[:30]]
    counts, learnt_weights = training.learn(Counts(), examples)
    ours = weights.dense(weights.packed(counts.buckets, learnt_weights))

    def held(texts):
        return sum(probability(buckets_of(text, is_guest=True), ours) >= 0.8 for text in texts)

    caught, wrong = held(SPAM[30:]), held(HAM[30:])
    assert caught / (caught + wrong) >= 0.95
    assert caught / len(SPAM[30:]) >= 0.9


def test_nothing_is_scored_while_too_little_was_learnt(decided, discussion, reader):
    for number in range(weights.ENOUGH - 1):
        decided(SPAM[number], Label.SPAM)
        decided(HAM[number], Label.HAM)
    train()

    comment = services.post(discussion, author=Author(user=reader), text=CASINO).comment

    assert comment.spam_score == ThreadComment.NOT_SCORED
    assert spam.judge(comment) is None
    assert SpamFilter.objects.get().report["foretold"] == {"ham": 0, "spam": 0}


def test_what_is_posted_once_it_has_learnt_carries_its_score_and_the_words_behind_it(trained, discussion, reader):
    bad = services.post(discussion, author=Author(user=reader), text=CASINO).comment
    good = services.post(discussion, author=Author(user=reader), text=THANKS).comment

    bad.refresh_from_db()
    assert bad.spam_score >= 90
    assert good.spam_score <= 10
    judgement = spam.judge(bad)
    assert judgement.score == bad.spam_score
    assert len(judgement.words) == 5
    assert "un lien vers casino-royal.example" in judgement.words
    assert list(ThreadComment.objects.pending().by_spam_score()) == [good, bad]


def test_changed_words_are_scored_anew(trained, discussion, reader):
    comment = services.post(discussion, author=Author(user=reader), text=THANKS).comment

    assert services.edit(comment, by=reader, text=CASINO).spam_score >= 90


def test_a_post_asks_nothing_more_for_its_score(trained, discussion, reader, django_assert_num_queries):
    services.post(discussion, author=Author(user=reader), text="Pour chauffer")
    with django_assert_num_queries(100, exact=False) as scored:
        services.post(discussion, author=Author(user=reader), text="Un avis avec un score")
    SpamFilter.objects.update(ham=0)
    weights.forget()
    services.post(discussion, author=Author(user=reader), text="Pour chauffer encore")

    with django_assert_num_queries(len(scored)):
        assert services.post(discussion, author=Author(user=reader), text="Un avis sans score").comment.spam_score == -1


def test_what_waits_is_scored_again_after_learning(discussion, reader, past):
    waiting = services.post(discussion, author=Author(user=reader), text=CASINO).comment
    assert waiting.spam_score == ThreadComment.NOT_SCORED

    train()

    waiting.refresh_from_db()
    assert waiting.spam_score >= 90
    assert not ThreadComment.objects.filter(status=Status.PUBLISHED, spam_score__gte=0).exists()


def test_only_decisions_of_people_that_still_stand_are_learnt(say, discussion, judge):
    kept = say("Bienvenue", to=Status.PUBLISHED)
    say("Publicité", to=Status.SPAM)
    for status in [Status.PENDING, Status.REJECTED, Status.HIDDEN, Status.REMOVED]:
        say(f"Ni l’un ni l’autre : {status}", to=status)
    Discussion.objects.update(moderation=Moderation.AFTER)
    say("Publié sans que personne ne lise", to=Status.PENDING)
    guests = services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Confirmé puis publié").comment
    services.prove_email(guests)

    train()

    assert dict(LearntExample.objects.values_list("comment_id", "label")) == {
        kept.pk: "ham",
        ThreadComment.objects.get(status=Status.SPAM).pk: "spam",
    }
    assert learnt()[:2] == (1, 1)
    assert not LearntExample.objects.due().exists()


@pytest.mark.parametrize("undo", ["hide", "remove"])
def test_a_decision_that_is_changed_is_taken_back_exactly(decided, judge, undo):
    decided(SPAM[0], Label.SPAM)
    train()
    before = learnt()
    comment = decided(HAM[0], Label.HAM)
    train()
    assert learnt() != before

    if undo == "hide":
        services.moderate(comment, Action.HIDE, by=judge, reason="off_topic")
    else:
        services.remove(comment, by=comment.user)
    train()

    assert learnt() == before
    assert not LearntExample.objects.filter(comment=comment).exists()

    if undo == "hide":
        services.moderate(comment, Action.RESTORE, by=judge)
        train()
        assert learnt()[:2] == (1, 1)


def test_learning_again_changes_nothing(trained):
    before = learnt()
    LearntExample.objects.update(due=True)

    train()
    train()

    assert learnt() == before == (len(HAM), len(SPAM), before[2])


def test_learning_from_the_beginning_ends_where_learning_step_by_step_ended(decided):
    for number in range(25):
        decided(SPAM[number], Label.SPAM)
        decided(HAM[number], Label.HAM)
        if number % 10 == 0:
            train()
    train()
    before, stored = learnt(), SpamFilter.objects.get().weights

    out = train(from_scratch=True)

    assert out.splitlines()[0].startswith("50 ")
    assert learnt() == before
    assert SpamFilter.objects.get().weights == stored


def test_no_word_of_a_comment_is_kept_where_it_was_learnt(trained, past):
    kept = f"{list(LearntExample.objects.values())} {trained.counts!r} {trained.weights!r}"

    assert "jardin" not in kept
    assert "casino" not in kept


def test_words_are_listed_only_where_several_comments_hold_them(trained):
    heaviest = trained.report["heaviest"]
    listed = {written for side in heaviest.values() for _token, written in side}

    assert "bonus" in listed
    assert not {"grainothèque", "marabout voyant", "breton"} & listed


def test_each_decision_was_foretold_by_what_only_earlier_ones_taught(trained):
    """Learning them in the same order, and asking before each batch, gives the same scores: nothing was judged by what it taught."""
    examples = list(LearntExample.objects.order_by("decided_at", "pk"))
    counts, ham, spam_seen, expected = Counts(), 0, 0, {}
    ours = None
    for start in range(0, len(examples), services.learning.BATCH):
        some = examples[start : start + services.learning.BATCH]
        if min(ham, spam_seen) >= weights.ENOUGH:
            expected.update((one.pk, services.learning.percent(probability(one.buckets, ours))) for one in some)
        counts, learnt_weights = training.learn(counts, [Example(one.buckets, one.label) for one in some])
        ours = weights.dense(weights.packed(counts.buckets, learnt_weights))
        ham += sum(one.label == "ham" for one in some)
        spam_seen += sum(one.label == "spam" for one in some)

    assert expected
    assert {one.pk: one.foretold for one in examples if one.foretold is not None} == expected


def test_the_report_counts_what_each_threshold_would_have_held(say):
    rows = [(Label.SPAM, 99), (Label.SPAM, 85), (Label.SPAM, 30), (Label.HAM, 92), (Label.HAM, 10), (Label.HAM, 5)]
    for number, (label, score) in enumerate(rows):
        LearntExample.objects.create(comment=say(f"Avis {number}", to=Status.PENDING), label=label, foretold=score, due=False)

    report = measuring.report(b"")

    at = {row["threshold"]: row for row in report["rows"]}
    assert (at[80]["caught"], at[80]["wrong"], at[80]["missed"]) == (2, 1, 1)
    assert (at[80]["precision"], at[80]["recall"]) == (66.7, 66.7)
    assert (at[99]["precision"], at[99]["recall"]) == (100.0, 33.3)
    assert [score for _key, score in report["false_alarms"]] == [92]
    assert [score for _key, score in report["missed"]] == [30]
    assert not measuring.is_enough(report)


def test_a_threshold_that_holds_nothing_has_no_precision(db):
    assert measuring.report(b"")["rows"][0]["precision"] is None


@pytest.fixture
def believed(trained):
    """As if enough decisions had been foretold to judge it."""
    trained.report = {**trained.report, "foretold": {"ham": 60, "spam": 60}}
    trained.save(update_fields=["report"])
    return trained


def test_it_holds_nothing_until_an_administrator_lets_it(believed, admin, discussion):
    Discussion.objects.update(moderation="after")

    def post(text):
        author = Author(name="Ève", email="eve@example.org", proven=True)
        return services.post(Discussion.objects.get(), author=author, text=text).comment

    assert post(CASINO).findings == []

    services.configure_filter(by=admin, may_hold=True, threshold=90)
    weights.forget()

    held = post(f"{CASINO} !")
    (finding,) = held.findings
    assert (held.status, finding["rule"]) == (Status.PENDING, "filter")
    assert 90 <= int(finding["detail"]) <= 99
    assert (post(THANKS).status, post(f"{THANKS} !").findings) == (Status.PUBLISHED, [])
    assert ModelLogEntry.objects.get(action="comments.filter_configured").user == admin


@pytest.mark.parametrize("who", ["moderator", "network_moderator", "editor", "reader"])
def test_nobody_else_lets_it_hold(believed, request, who):
    with pytest.raises(Refused):
        services.configure_filter(by=request.getfixturevalue(who), may_hold=True, threshold=90)

    assert not SpamFilter.objects.get().may_hold


@pytest.mark.parametrize("threshold", [0, 49, 100])
def test_a_threshold_that_means_nothing_is_refused(believed, admin, threshold):
    with pytest.raises(Refused):
        services.configure_filter(by=admin, may_hold=True, threshold=threshold)


def test_nobody_lets_hold_what_nobody_can_judge(trained, admin):
    with pytest.raises(Refused):
        services.configure_filter(by=admin, may_hold=True, threshold=95)

    assert services.configure_filter(by=admin, may_hold=False, threshold=80).threshold == 80


def test_training_again_leaves_what_the_administrator_chose(believed, admin, decided):
    services.configure_filter(by=admin, may_hold=True, threshold=77)
    decided("Encore un casino", Label.SPAM)

    train()

    found = SpamFilter.objects.get()
    assert (found.may_hold, found.threshold) == (True, 77)


def test_a_site_where_nothing_was_decided_learns_nothing(db):
    assert train() == "0 decision(s) looked at.\n"
    assert train(from_scratch=True).startswith("0 ")


def test_without_the_library_the_command_says_so(decided, monkeypatch):
    decided(SPAM[0], Label.SPAM)
    monkeypatch.setitem(sys.modules, "sklearn.naive_bayes", None)

    for options in [{}, {"from_scratch": True}]:
        with pytest.raises(CommandError, match="scikit-learn"):
            train(**options)

    assert LearntExample.objects.due().count() == 1


def test_no_web_process_loads_the_library():
    heavy = "[name for name in sys.modules if name.partition('.')[0] in {'sklearn', 'numpy', 'scipy'}]"
    code = f"import django; django.setup(); import config.urls, config.wsgi, sys; print({heavy})"
    path = os.pathsep.join([str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert done.stdout.strip() == "[]"


@pytest.mark.django_db(transaction=True)
def test_two_who_learn_at_once_while_moderators_decide_learn_each_decision_once(discussion, judge, decided):
    first = [decided(text, Label.SPAM) for text in SPAM[:20]]
    waiting = [services.post(discussion, author=Author(user=UserFactory()), text=text, notify=False).comment for text in HAM[:12]]
    failures = []

    def learn():
        work(services.learn_decisions)

    def decide():
        work(lambda: [services.moderate(comment, Action.APPROVE, by=judge) for comment in waiting])

    def work(act):
        try:
            act()
        except Exception as failure:  # noqa: BLE001
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=target) for target in (learn, decide, learn)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    services.learn_decisions()

    assert not failures
    assert learnt()[:2] == (12, 20)
    stood = list(chain.from_iterable(LearntExample.objects.values_list("buckets", flat=True)))
    counts = learnt()[2]
    assert sum(ham + of_spam for ham, of_spam in counts.values()) == len(stood)
    assert len(first) + len(waiting) == LearntExample.objects.count()
