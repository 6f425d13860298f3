"""Whatever people do to a discussion, in whatever order, it does what the plain model of it does.

`HYPOTHESIS_PROFILE=deep pytest tests/comments/test_model.py` tries for minutes; the suite tries the same few hundred steps each time.
"""

import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_comments.models import CommentFlag
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import ModelLogEntry

from comments import bulk, integrity, personal_data, services
from comments.guests import ProvenGuest
from comments.models import CommentRevision, Discussion, GuestPass, ModerationSettings, ThreadComment
from comments.reading import read_page
from comments.rows import USEFUL
from comments.services import Author, Refused, StaleDecision
from comments.states import Action, Mode, Moderation, Posters, Status
from search.models import Entry
from tests.comments import model
from tests.factories import UserFactory, published_article

PROFILES = {"suite": (16, 30), "deep": (120, 50)}
EXAMPLES, STEPS = PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "suite")]
TRIED = settings(
    phases=(Phase.explicit, Phase.generate),  # a failure is told as it was found: to shrink it takes as long as all other tests
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

people = st.sampled_from(["ana", "ben", "mod", "eve"])
words = st.sampled_from([f"Avis {letter}" for letter in "ABCD"])
which = st.integers(0, 60)
"""Which comment, counted from the newest: small numbers are likely, and shrink to it."""
some_above = st.none() | which
EDITABLE = {"pending", "published"}
imported = st.sampled_from([Status.PENDING, Status.PUBLISHED, Status.HIDDEN, Status.REMOVED])


class Conversation(RuleBasedStateMachine):
    """One discussion, lived twice: in the product's database and in the model."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.talk = model.Talk()
        self.said = []
        self.audited = ModelLogEntry.objects.count()
        self.before = None
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # What people do -------------------------------------------------------------------------------------------------

    @initialize(moderation=st.sampled_from(list(Moderation)), text=words)
    def somebody_began(self, moderation, text):
        self.configure(mode=Mode.OPEN, posters=Posters.EVERYONE, moderation=moderation)
        for who in ("ana", "mod", "ben", "eve"):
            self.post(who=who, text=text, above=None if who == "ana" else 0, proven=False)

    @rule(who=people, text=words, above=some_above, proven=st.sampled_from([False, False, True]))
    def post(self, who, text, above, proven):
        above = self._pick(above, lambda said: said.is_published)
        author = self._author(who, proven=proven)
        self._say(
            lambda: self.talk.post(who, text, above, proven=proven),
            lambda: services.post(self._discussion(), author=author, text=text, parent_id=above and above.key),
        )

    @rule(who=people, text=words, proven=st.booleans(), times=st.integers(2, 3))
    def press_the_button_more_than_once(self, who, text, proven, times):
        for _ in range(times):
            self.post(who=who, text=text, above=None, proven=proven)

    @rule(who=people, text=words, above=some_above, status=imported)
    def bring_in_from_elsewhere(self, who, text, above, status):
        above = self._pick(above)
        stored = services.add_as_found(
            self._discussion(),
            author=self._author(who),
            text=text,
            parent_id=above and above.key,
            status=status,
            submitted_at=timezone.now(),
        )
        self._keep(self.talk.import_(who, text, above, status), stored.pk)

    @rule(who=people, statuses=st.lists(imported, min_size=1, max_size=4))
    def load_a_thread(self, who, statuses):
        author, now = self._author(who), timezone.now()
        drafts = [
            bulk.Draft(author=author, text=f"Chargé {place}", submitted_at=now, parent=place - 1 if place else None, status=status)
            for place, status in enumerate(statuses)
        ]
        numbers = bulk.load(self._discussion(), drafts)
        above = None
        for number, draft in zip(numbers, drafts, strict=True):
            above = self.talk.import_(who, draft.text, above, draft.status)
            self._keep(above, ThreadComment.objects.get(discussion=self.world.discussion, sequence=number).pk)

    @precondition(lambda self: 3 < len(self.said) < 15)
    @rule(start=some_above)
    def argue_deeply(self, start):
        """An argument that goes on, each answering the last, down to where replies stand beside each other."""
        above = self._pick(start, lambda said: said.is_published)
        for number in range(model.DEEPEST + 2):
            self._say(
                lambda above=above, number=number: self.talk.post("mod", f"Non {number}", above),
                lambda above=above, number=number: services.post(
                    self._discussion(), author=self._author("mod"), text=f"Non {number}", parent_id=above and above.key
                ),
            )
            above = next((said for said in reversed(self.said) if said.text == f"Non {number}"), None)

    @rule(who=people, text=words)
    def answer_something_of_another_discussion(self, who, text):
        with pytest.raises(Refused):
            services.post(self._discussion(), author=self._author(who), text=text, parent_id=self.world.elsewhere.pk)

    @precondition(lambda self: self.said)
    @rule(at=which)
    def follow_the_mailed_link(self, at):
        said = self._pick(at, lambda said: said.status == "awaiting_email")
        self._both(lambda: self.talk.prove(said), lambda: services.prove_email(self._comment(said)))

    @precondition(lambda self: self.said)
    @rule(
        at=which,
        action=st.sampled_from([Action.APPROVE, *map(Action, model.MOVES)]),
        by=st.sampled_from(["mod", "mod", "mod", "ana"]),
        reason=st.sampled_from(["abuse", "abuse", ""]),
        seen=st.sampled_from([*[None] * 12, *Status]),
    )
    def decide(self, at, action, by, reason, seen):
        said = self._pick(at, lambda said: said.status in model.MOVES[action][0])
        self._both(
            lambda: self.talk.decide(said, action, by=by, reason=reason, seen=seen),
            lambda: services.moderate(self._comment(said), action, by=self._viewer(by), reason=reason, seen_status=seen),
        )

    @precondition(lambda self: self.said)
    @rule(at=which, by=st.sampled_from(["mod", "mod", "mod", "ana"]))
    def undo(self, at, by):
        said = self._pick(at, lambda said: said.stood)
        self._both(lambda: self.talk.undo(said, by=by), lambda: services.undo(self._comment(said), by=self._viewer(by)))

    @precondition(lambda self: self.said)
    @rule(at=which, text=words)
    def ask_for_better_words_and_get_them(self, at, text):
        said = self._pick(at, lambda said: said.status in model.MOVES["rephrase"][0])
        self._both(
            lambda: self.talk.decide(said, "rephrase", by="mod", reason="abuse"),
            lambda: services.moderate(self._comment(said), Action.REPHRASE, by=self.world.mod, reason="abuse"),
        )
        self.product_and_model_agree()
        self._both(lambda: self.talk.rephrase(said, text), lambda: services.rephrase(self._comment(said), text=text))

    @precondition(lambda self: self.said)
    @rule(at=which, actions=st.lists(st.sampled_from([Action.APPROVE, Action.HIDE, Action.RESTORE]), min_size=2, max_size=2))
    def decide_one_after_the_other_from_one_view(self, at, actions):
        """Two moderators have the same page open: the second one decides about what is no more."""
        said = self._pick(at, lambda said: said.status == "pending")
        seen, standing = said.standing, self._comment(said).standing
        for action in actions:
            self._both(
                lambda action=action: self.talk.decide(said, action, by="mod", reason="abuse", seen=seen),
                lambda action=action: services.moderate(
                    self._comment(said), action, by=self.world.mod, reason="abuse", seen_status=standing
                ),
            )
            self.product_and_model_agree()

    @precondition(lambda self: self.said)
    @rule(at=which, by=st.none() | people)
    def remove(self, at, by):
        said = self._pick(at, lambda said: said.status != "removed")
        by = by or said.author or "ana"
        self._both(lambda: self.talk.remove(said, by=by), lambda: services.remove(self._comment(said), by=self._viewer(by)))

    @precondition(lambda self: self.said)
    @rule(at=which, text=words, by=st.none() | people)
    def edit(self, at, text, by):
        said = self._pick(at, lambda said: said.author and not said.replies and said.minutes_old <= 15 and said.status in EDITABLE)
        by = by or said.author or "ana"
        self._edit(said, text, by=by)

    @rule(who=people, text=words, better=words)
    def say_something_then_find_better_words_then_say_both_again(self, who, text, better):
        """What was changed may be said again; what it was changed to is said already."""
        before = len(self.said)
        self.post(who=who, text=text, above=None, proven=True)
        if len(self.said) > before:
            said = self.said[-1]
            self.product_and_model_agree()
            self._edit(said, better, by=who)
            self.product_and_model_agree()
            self.post(who=who, text=better, above=None, proven=True)
            self.post(who=who, text=text, above=None, proven=True)

    @precondition(lambda self: self.said)
    @rule(
        at=which,
        by=st.sampled_from(["ana", "ben", "mod", "eve", "ana", "ben"]),
        presses=st.lists(st.sampled_from([True, True, False]), min_size=1, max_size=3),
    )
    def vote(self, at, by, presses):
        """In one tab or in several: the button says what is wanted, not what is changed."""
        said = self._pick(at, lambda said: said.is_published and said.author != by)
        for useful in presses:
            self._both(
                lambda useful=useful: self.talk.vote(said, by=by, useful=useful),
                lambda useful=useful: services.mark_useful(self._comment(said), by=self._viewer(by), useful=useful),
            )
            self.visitors_read_what_the_model_shows_and_the_version_grows_when_that_changes()

    @precondition(lambda self: self.said)
    @rule(at=which, by=st.sampled_from(["mod", "mod", "mod", "ana", "eve"]), wanted=st.sampled_from([True, True, False]))
    def pin(self, at, by, wanted):
        said = self._pick(at, lambda said: said.is_published)
        self._both(
            lambda: self.talk.mark(said, "pinned", wanted, by=by),
            lambda: services.pin(self._comment(said), by=self._viewer(by), pinned=wanted),
        )

    @precondition(lambda self: self.said)
    @rule(at=which, by=st.sampled_from(["mod", "mod", "ana"]), wanted=st.sampled_from([True, True, False]))
    def feature(self, at, by, wanted):
        said = self._pick(at, lambda said: said.is_published)
        self._both(
            lambda: self.talk.mark(said, "featured", wanted, by=by),
            lambda: services.feature(self._comment(said), by=self._viewer(by), featured=wanted),
        )

    @precondition(lambda self: self.said)
    @rule(at=which)
    def hide_what_is_pinned_or_featured_and_show_it_again(self, at):
        said = self._pick(at, lambda said: said.marks)
        for action in ("hide", "restore"):
            self._both(
                lambda action=action: self.talk.decide(said, action, by="mod", reason="off_topic"),
                lambda action=action: services.moderate(self._comment(said), Action(action), by=self.world.mod, reason="off_topic"),
            )
            self.product_and_model_agree()

    @precondition(lambda self: any(said.is_published and said.published_below for said in self.said))
    @rule(at=which)
    def hide_what_was_answered_and_let_its_author_take_it_back(self, at):
        """One tombstone gives way to another."""
        said = self._pick(at, lambda said: said.is_published and said.published_below)
        author = said.author
        self.talk.decide(said, "hide", by="mod", reason="off_topic")
        services.moderate(self._comment(said), Action.HIDE, by=self.world.mod, reason="off_topic")
        self.product_and_model_agree()
        self.talk.remove(said, by=author)
        services.remove(self._comment(said), by=self._viewer(author))

    @precondition(lambda self: self.said)
    @rule(who=st.sampled_from(["ana", "ben"]))
    def close_the_account(self, who):
        for said in [said for said in self.said if said.author == who]:
            self.talk.remove(said, by=who)
        self.talk.withdraw_votes(who)
        personal_data.erase(self._viewer(who))

    @rule(
        mode=st.sampled_from([*[Mode.OPEN] * 4, *Mode]),
        posters=st.sampled_from([Posters.EVERYONE, Posters.EVERYONE, Posters.EVERYONE, Posters.ACCOUNTS]),
        moderation=st.sampled_from(list(Moderation)),
    )
    def configure(self, mode, posters, moderation):
        chosen = self._discussion()
        chosen.mode, chosen.posters, chosen.moderation = mode, posters, moderation
        self.talk.configure({"mode": mode, "posters": posters, "moderation": moderation})
        services.configure(self._discussion(), chosen)

    @precondition(lambda self: self.said)
    @rule(at=which, minutes=st.sampled_from([20, 25 * 60, 8 * 24 * 60]))
    def let_time_pass_over_a_comment(self, at, minutes):
        said = self._pick(at, lambda said: said.status == "awaiting_email")
        ThreadComment.objects.filter(pk=said.key).update(submit_date=F("submit_date") - timedelta(minutes=minutes))
        said.minutes_old += minutes
        self.before = None

    @rule()
    def purge_unconfirmed(self):
        assert services.purge_unconfirmed() == self.talk.purge()

    # What must hold after each of these -----------------------------------------------------------------------------

    @invariant()
    def product_and_model_agree(self):
        self.the_columns_are_the_models()
        self.everybody_reads_what_the_model_shows()
        self.the_counters_are_the_models()
        self.rows_beside_the_comments_are_the_models()
        self.the_search_finds_what_is_published()
        self.the_integrity_check_finds_nothing()
        self.visitors_read_what_the_model_shows_and_the_version_grows_when_that_changes()
        self.the_other_discussion_stays_as_it_was()

    def the_columns_are_the_models(self):
        found = {
            values[0]: values[1:]
            for values in ThreadComment.objects.filter(discussion=self.world.discussion).values_list(
                "pk", "status", "comment", "published_descendants", "shown", "useful_count", "pinned", "featured", "depth"
            )
        }
        assert found == {
            said.key: (
                said.status, said.text, said.published_below, said.is_shown, len(said.votes),
                "pinned" in said.marks, "featured" in said.marks, said.depth,
            )
            for said in self.said
        }  # fmt: skip

    def everybody_reads_what_the_model_shows(self):
        for name in ("ana", "eve", "mod"):
            assert [(row.pk, _stands(row)) for row in self._rows(name)] == self.talk.page(name), name

    def the_counters_are_the_models(self):
        discussion = self._discussion()
        everything = list(self.talk.everything())
        assert discussion.published_count == sum(said.is_published for said in everything)
        assert discussion.pending_count == sum(said.status == "pending" for said in everything)
        assert discussion.publications == self.talk.publications
        assert discussion.sequence == len(everything)

    def rows_beside_the_comments_are_the_models(self):
        votes = CommentFlag.objects.filter(flag=USEFUL, comment__in=[said.key for said in self.said])
        assert votes.count() == sum(len(said.votes) for said in self.said)
        revisions = CommentRevision.objects.filter(comment__discussion=self.world.discussion)
        assert revisions.count() == sum(said.earlier_texts for said in self.said)
        assert ModelLogEntry.objects.count() - self.audited == self.talk.acts

    def the_search_finds_what_is_published(self):
        entries = Entry.objects.filter(comment__discussion=self.world.discussion).values_list("comment_id", "text")
        assert dict(entries) == {said.key: said.text for said in self.said if said.is_published}

    def the_integrity_check_finds_nothing(self):
        assert list(integrity.faults(self._discussion())) == []

    def visitors_read_what_the_model_shows_and_the_version_grows_when_that_changes(self):
        """What pages kept for visitors rely on."""
        now = SimpleNamespace(version=self._discussion().version, looks=self.talk.looks(), rows=self._rows(""))
        assert [(row.pk, _stands(row)) for row in now.rows] == self.talk.page("")
        if self.before:
            grew = now.version > self.before.version
            assert grew == (now.looks != self.before.looks)
            assert grew or now.rows == self.before.rows
            assert now.version >= self.before.version
        self.before = now

    def the_other_discussion_stays_as_it_was(self):
        assert _columns(Discussion.objects.get(pk=self.world.elsewhere.discussion_id)) == _columns(self.world.elsewhere.discussion)

    # How it is done -------------------------------------------------------------------------------------------------

    def _both(self, in_model, in_product):
        """Do it twice; what one refuses the other refuses, and in the same way."""
        expected = outcome_of(in_model)
        if isinstance(expected, model.RefusedError):
            with pytest.raises(Refused) as refused:
                in_product()
            assert isinstance(refused.value, StaleDecision) == isinstance(expected, model.StaleError)
            return None
        return expected, in_product()

    def _edit(self, said, text, *, by):
        self._both(
            lambda: self.talk.edit(said, text, by=by),
            lambda: services.edit(self._comment(said), by=self._viewer(by), text=text),
        )

    def _say(self, in_model, in_product):
        if outcome := self._both(in_model, in_product):
            (said, created), posted = outcome
            assert posted.created == created
            if created:
                self._keep(said, posted.comment.pk)
            assert posted.comment.pk == said.key

    def _keep(self, said, key):
        said.key = key
        self.said.append(said)

    def _pick(self, at, suits=None):
        """The comment `at` of those that suit, where there are any: most steps should do something."""
        among = list(filter(suits, self.said)) or self.said
        return None if at is None or not among else among[-1 - at % len(among)]

    def _discussion(self):
        return Discussion.objects.get(pk=self.world.discussion.pk)

    def _comment(self, said):
        return ThreadComment.objects.get(pk=said.key)

    def _author(self, who, *, proven=False):
        return Author(name="Ève", email="Eve@example.org", proven=proven) if who == "eve" else Author(user=getattr(self.world, who))

    def _viewer(self, who):
        return getattr(self.world, who)

    def _rows(self, name):
        viewer = self._viewer(name) if name else AnonymousUser()
        discussion, rows, after = self._discussion(), [], ""
        while True:
            page = read_page(discussion, viewer, after=after)
            rows += page.rows
            if not page.later:
                return rows
            after = page.later


def outcome_of(act):
    try:
        return act()
    except model.RefusedError as refusal:
        return refusal


def _stands(row):
    if row.tombstone:
        return "tombstone"
    text = row.html.strip().removeprefix("<p>").removesuffix("</p>")
    return f"waiting: {text}" if row.is_pending else text


def _columns(discussion):
    return {field.attname: getattr(discussion, field.attname) for field in Discussion._meta.concrete_fields}


@pytest.fixture
def world(moderator):
    """The people, the discussion they talk in, and a comment of another one; no flood, which the examples would add up to."""
    ContentType.objects.clear_cache()
    services.change_numbers(ModerationSettings(flood_posts=0), by=moderator)
    ana = UserFactory(display_name="Ana")
    other = services.discussion_of(published_article("Ailleurs"))
    elsewhere = services.post(other, author=Author(user=moderator), text="Ailleurs").comment
    elsewhere.discussion.refresh_from_db()
    return SimpleNamespace(
        ana=ana,
        ben=UserFactory(display_name="Ben"),
        mod=moderator,
        eve=ProvenGuest(GuestPass(email="eve@example.org", name="Ève")),
        discussion=services.discussion_of(published_article("Ici")),
        elsewhere=elsewhere,
    )


def test_a_discussion_does_what_its_model_does(world):
    run_state_machine_as_test(lambda: Conversation(world), settings=TRIED)
