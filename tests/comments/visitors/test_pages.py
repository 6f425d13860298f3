"""What visitors get is kept, and never stale, never somebody else's."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from comments import guests, services
from comments.models import Discussion
from comments.states import Action, Mode, Status
from comments.visitors import pages
from networks.models import Network, Visibility
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, guide_index, home_page


@pytest.fixture
def address(discussion):
    return discussion.target.url


@pytest.fixture
def visit(address):
    """`visit()`: the page as a visitor gets it, cookies and headers as given."""

    def visit(path=address, cookies=None, **headers):
        client = Client(headers=headers)
        for name, value in (cookies or {}).items():
            client.cookies[name] = value
        return client.get(path)

    return visit


def is_from_memory(visit, django_assert_num_queries, **asked):
    with django_assert_num_queries(1):
        return visit(**asked)


def test_the_second_visitor_gets_the_same_bytes_for_one_query(visit, say, django_assert_num_queries):
    say("Un avis")
    first = visit()

    second = is_from_memory(visit, django_assert_num_queries)

    assert second.content == first.content
    assert "Un avis" in second.text
    assert second.headers == first.headers


def test_a_kept_page_holds_nothing_of_one_person(visit, say):
    say("Un avis")

    answer = visit()

    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert "security_hash" not in answer.text
    assert 'name="timestamp"' not in answer.text
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Vary"] == "Cookie, Accept-Encoding"


def test_who_has_the_page_is_told_so(visit, say):
    say("Un avis")
    etag = visit().headers["ETag"]

    again = visit(if_none_match=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag


def test_who_has_an_older_page_gets_the_new_one(visit, say):
    say("Un avis")
    etag = visit().headers["ETag"]
    say("Un autre avis")

    again = visit(if_none_match=etag)

    assert again.status_code == 200
    assert "Un autre avis" in again.text


def test_a_page_is_compressed_for_those_who_take_it_so(visit, say):
    say("Un avis")
    plain = visit()

    answer = visit(accept_encoding="gzip, deflate, br")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.content) < len(plain.content)


def test_a_head_request_gets_the_headers_alone(address, visit, say):
    say("Un avis")
    page = visit()

    answer = Client().head(address)

    assert answer.content == b""
    assert answer.headers["Content-Length"] == str(len(page.content))


# A change shows on the next request --------------------------------------------------------------------------------------


def test_an_approved_comment_appears_on_the_next_request_and_a_hidden_one_is_gone(visit, say, moderator):
    comment = say("Un avis attendu", to=Status.PENDING)
    assert "Un avis attendu" not in visit().text

    services.moderate(comment, Action.APPROVE, by=moderator)
    assert "Un avis attendu" in visit().text

    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    assert "Un avis attendu" not in visit().text

    services.moderate(comment, Action.RESTORE, by=moderator)
    assert "Un avis attendu" in visit().text


def test_an_edit_a_vote_and_a_pin_show_on_the_next_request(visit, say, discussion, reader, moderator):
    author = MembershipFactory().user
    comment = say("Avant", by=author)
    Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
    before = visit().content

    services.edit(comment, by=author, text="Après")
    edited = visit()
    services.mark_useful(comment, by=reader)
    services.pin(comment, by=moderator)

    assert before != edited.content
    assert "Après" in edited.text
    assert visit().status_code == 200


def test_a_publication_shows_on_the_next_request(visit, discussion):
    page = discussion.target
    visit()

    page.title = "Un nouveau titre"
    page.save_revision().publish()

    assert "Un nouveau titre" in visit(page.url).text


def test_a_withdrawn_page_is_gone(visit, discussion):
    visit()

    discussion.target.unpublish()

    assert visit().status_code == 404


def test_a_page_that_was_closed_to_visitors_is_gone(visit, discussion):
    visit()

    PageViewRestriction.objects.create(page=discussion.target, restriction_type=PageViewRestriction.LOGIN)

    assert visit().status_code == 302


def test_a_restriction_above_the_page_closes_it(visit):
    visit()

    PageViewRestriction.objects.create(page=guide_index(), restriction_type=PageViewRestriction.LOGIN)

    assert visit().status_code == 302


def test_a_page_that_moved_is_gone_from_its_old_address(visit, discussion):
    visit()

    discussion.target.slug = "ailleurs"
    discussion.target.save_revision().publish()

    assert visit().status_code == 404
    assert visit("/guide/ailleurs/").status_code == 200


def test_a_renamed_author_is_renamed_on_the_next_request(visit, say):
    author = MembershipFactory(user__display_name="Ancien Nom").user
    say("Un avis", by=author)
    assert "Ancien Nom" in visit().text

    author.display_name = "Nouveau Nom"
    author.save()

    assert "Nouveau Nom" in visit().text
    assert "Ancien Nom" not in visit().text


def test_an_erased_author_leaves_the_page(visit, say):
    author = MembershipFactory(user__display_name="Nom à effacer").user
    say("Des mots à effacer", by=author)
    visit()

    author.delete()

    assert "effacer" not in visit().text


def test_a_network_that_becomes_secret_takes_its_badge_along(visit, say):
    network = NetworkFactory(name="Réseau discret", acronym="Discret", visibility=Visibility.MEMBERS)
    say("Un avis", by=MembershipFactory(network=network).user, network=network)
    assert "Discret" in visit().text

    network.visibility = Visibility.SECRET
    network.save()

    assert "Discret" not in visit().text


def test_the_first_comment_under_a_page_without_discussion_shows(visit, discussion, say):
    address = discussion.target.url
    Discussion.objects.all().delete()
    assert visit(address).status_code == 200

    opened = services.discussion_of(discussion.target)
    say("Le premier avis", on=opened)

    assert "Le premier avis" in visit(address).text


def test_a_discussion_that_closes_at_a_moment_is_closed_from_then_on(visit, discussion, django_assert_num_queries):
    Discussion.objects.filter(pk=discussion.pk).update(closes_at=timezone.now() + timedelta(seconds=0.4))
    open_page = visit()
    assert "laisser-un-commentaire" in open_page.text

    threading.Event().wait(0.5)

    assert visit().content != open_page.content


def test_counts_of_other_pages_are_true_too(visit, say):
    home = home_page().url
    visit(guide_index().url)
    visit(home)

    say("Un avis")

    assert "1 commentaire" in visit(guide_index().url).text


def test_what_nobody_sees_keeps_the_pages(visit, say, reader, django_assert_num_queries):
    visit()

    Client().force_login(reader)
    say("En attente", to=Status.PENDING)
    MembershipFactory()
    visit()

    is_from_memory(visit, django_assert_num_queries)


# Nobody gets what is another's -------------------------------------------------------------------------------------------


def test_languages_and_colours_do_not_mix(visit, say):
    say("Un avis")
    french, english = visit(), visit(cookies={"django_language": "en"})
    dark, nonsense = visit(cookies={"scheme": "dark"}), visit(cookies={"scheme": "<script>"})

    assert 'lang="fr"' in french.text
    assert 'lang="en"' in english.text
    assert 'data-scheme="dark"' in dark.text
    assert "dark" not in french.text.partition("<head>")[0]
    assert "<script>" not in nonsense.text.partition("<head>")[0]
    assert [visit().content, visit(cookies={"django_language": "en"}).content] == [french.content, english.content]


def test_people_who_are_known_get_pages_of_their_own(client, address, visit, say, reader):
    mine = say("Mon avis en attente", by=reader, to=Status.PENDING)
    visit()
    client.force_login(reader)

    own = client.get(address)

    assert mine.comment in own.text
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "Mon avis en attente" not in visit().text


def test_a_remembered_guest_gets_a_page_of_their_own(client, address, visit, guest_comment):
    services.prove_email(guest_comment)
    response = visit()
    guests.remember(response.wsgi_request, response, services.remember_guest(guest_comment))
    client.cookies = response.cookies

    own = client.get(address)

    assert "D’une invitée" in own.text
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "D’une invitée" not in visit().text


@pytest.mark.parametrize("name", ["sessionid", guests.COOKIE, "messages"])
def test_a_cookie_of_ours_that_means_nothing_is_given_a_page_of_its_own(visit, name):
    visit()

    assert visit(cookies={name: "nonsense"}).headers["Cache-Control"] == "private, no-cache"


def test_other_cookies_change_nothing(visit, django_assert_num_queries):
    visit()

    is_from_memory(visit, django_assert_num_queries, cookies={"csrftoken": "x" * 32, "_pk_id": "anything"})


def test_a_choice_that_is_none_is_no_page_of_its_own(visit, django_assert_num_queries):
    visit()

    is_from_memory(visit, django_assert_num_queries, cookies={"scheme": "colour-7", "django_language": "tlh"})


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.SECRET])
def test_a_private_space_is_kept_for_nobody(client, visit, visibility):
    network = NetworkFactory(visibility=visibility)
    topic = TopicFactory(network=network, title="Entre nous")
    member = MembershipFactory(network=network).user
    client.force_login(member)

    inside = client.get(topic.get_absolute_url())
    outside = visit(topic.get_absolute_url())

    assert "Entre nous" in inside.text
    assert "public" not in inside.headers["Cache-Control"]
    assert "Entre nous" not in outside.text
    assert "public" not in outside.headers.get("Cache-Control", "")


def test_a_space_that_becomes_private_is_gone_for_visitors(visit):
    topic = TopicFactory(title="Bientôt entre nous")
    assert "Bientôt entre nous" in visit(topic.get_absolute_url()).text

    network = Network.objects.get()
    network.visibility = Visibility.MEMBERS
    network.save()

    assert "Bientôt entre nous" not in visit(topic.get_absolute_url()).text


def test_a_page_behind_a_password_is_never_kept(visit, discussion):
    PageViewRestriction.objects.create(page=discussion.target, restriction_type=PageViewRestriction.PASSWORD, password="sésame")

    answer = visit()

    assert "public" not in answer.headers["Cache-Control"]


def test_the_answer_to_a_post_is_never_kept(client, discussion, visit):
    client.post(f"/discussions/{discussion.pk}/commenter/", {"comment": "Des mots à moi"})

    assert "Des mots à moi" not in visit().text


@pytest.mark.parametrize("query", ["?q=1", "?after=<script>", "?after=00001&after=00002&tri=x&before=1", "?tag=a"])
def test_an_address_that_names_no_page_of_a_discussion_is_not_kept(visit, address, query):
    assert visit(address + query).headers["Cache-Control"] == "private, no-cache"


def test_hosts_do_not_mix(visit, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    visit()

    other = visit(host="localhost")

    assert "http://testserver" not in other.text


def test_a_host_that_is_not_ours_is_refused(visit):
    visit()

    assert visit(host="evil.example").status_code == 400


# Caches come and go ------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared_cache(settings, tmp_path):
    """A cache that processes share."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}}
    yield caches["default"]
    caches["default"].clear()


def test_another_process_finds_the_page_in_the_shared_cache(visit, say, shared_cache, django_assert_num_queries):
    say("Un avis")
    first = visit()
    pages.forget_all()

    second = is_from_memory(visit, django_assert_num_queries)

    assert second.content == first.content


def test_what_the_shared_cache_holds_is_checked_too(visit, say, shared_cache):
    say("Un avis")
    visit()
    pages.forget_all()
    say("Un autre avis")

    assert "Un autre avis" in visit().text


def test_a_shared_cache_that_was_emptied_breaks_nothing(visit, say, shared_cache):
    say("Un avis")
    visit()
    shared_cache.clear()
    pages.forget_all()

    assert "Un avis" in visit().text


def test_a_cache_that_fails_breaks_nothing(visit, say, settings, caplog):
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}}
    say("Un avis")

    assert "Un avis" in visit().text
    assert "Un avis" in visit().text
    assert "does not answer" in caplog.text


def test_a_process_keeps_no_more_than_its_share(visit, monkeypatch, discussion):
    monkeypatch.setattr(pages, "MEMORY", 100_000)
    for number in range(20):
        visit(f"{discussion.target.url}?after={number:05}")

    assert pages.size_here() <= 100_000


@pytest.mark.parametrize("mode", [Mode.HIDDEN, Mode.READ_ONLY])
def test_settings_show_on_the_next_request(visit, discussion, say, mode):
    say("Un avis")
    visit()
    discussion.mode = mode

    services.configure(discussion, discussion)

    assert ("Un avis" in visit().text) == (mode == Mode.READ_ONLY)
    assert 'name="comment"' not in visit().text
