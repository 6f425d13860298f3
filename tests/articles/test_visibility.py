"""Who may read an article: lists and single pages answer alike."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from tests.factories import UserFactory, guide_index, published_article, standard_page

pytestmark = pytest.mark.django_db


def restrict(page, kind, groups=()):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="secret")
    restriction.groups.set(groups)


@pytest.fixture
def group():
    return Group.objects.create(name="Comité")


@pytest.fixture
def people(admin, reader, group):
    insider = UserFactory()
    insider.groups.add(group)
    return {"visitor": AnonymousUser(), "reader": reader, "insider": insider, "admin": admin}


@pytest.fixture
def articles(group):
    made = {name: published_article(name) for name in ["public", "login", "group", "password", "two", "draft", "alias"]}
    restrict(made["login"], PageViewRestriction.LOGIN)
    restrict(made["group"], PageViewRestriction.GROUPS, [group])
    restrict(made["password"], PageViewRestriction.PASSWORD)
    restrict(made["two"], PageViewRestriction.LOGIN)
    restrict(made["two"], PageViewRestriction.GROUPS, [group])
    made["draft"].unpublish()
    made["alias"].delete()
    made["alias"] = made["group"].create_alias(update_slug="alias")
    return {name: ArticlePage.objects.get(pk=article.pk) for name, article in made.items()}


@pytest.mark.parametrize(
    ("person", "readable"),
    [
        ("visitor", {"public"}),
        ("reader", {"public", "login"}),
        ("insider", {"public", "login", "group", "two", "alias"}),
        ("admin", {"public", "login", "group", "two", "alias"}),
    ],
)
def test_articles_visible_to_a_person(people, articles, person, readable):
    visible = set(ArticlePage.objects.visible_to(people[person]))

    assert visible == {articles[name] for name in readable}


def test_one_article_and_the_list_agree(people, articles):
    for name, person in people.items():
        visible = set(ArticlePage.objects.visible_to(person))
        for label, article in articles.items():
            assert article.is_visible_to(person) == (article in visible), (name, label)


def test_a_restriction_above_the_guide_closes_its_articles(people):
    article = published_article()
    restrict(guide_index(), PageViewRestriction.LOGIN)

    assert article not in ArticlePage.objects.visible_to(people["visitor"])
    assert article in ArticlePage.objects.visible_to(people["reader"])


def test_a_restriction_on_another_page_closes_nothing(people):
    article = published_article()
    restrict(standard_page(), PageViewRestriction.PASSWORD)

    assert article in ArticlePage.objects.visible_to(people["visitor"])


def test_reading_a_list_takes_one_query(people, articles, django_assert_num_queries):
    list(people["reader"].groups.all())

    with django_assert_num_queries(1):
        list(ArticlePage.objects.visible_to(people["reader"]))


def test_a_restricted_article_is_in_no_list(client, articles):
    for path in ["/guide/", "/sitemap.xml", articles["public"].url]:
        text = client.get(path).content.decode()
        for hidden in ["login", "group", "password", "two", "draft"]:
            assert articles[hidden].url not in text, (path, hidden)


def test_an_article_that_may_be_restricted_is_asked_about_and_no_other(articles, django_assert_num_queries):
    read = {name: ArticlePage.objects.at(article.url_path) for name, article in articles.items()}

    with django_assert_num_queries(0):
        assert list(read["public"].get_view_restrictions()) == []
    assert {name for name, article in read.items() if article.may_be_restricted} == {"login", "group", "password", "two", "alias"}
    for name, article in read.items():
        assert set(article.get_view_restrictions()) == set(articles[name].get_view_restrictions())


def test_a_restriction_on_the_guide_holds_for_its_articles(client, articles):
    restrict(guide_index(), PageViewRestriction.LOGIN)

    assert ArticlePage.objects.at(articles["public"].url_path).may_be_restricted
    assert client.get(articles["public"].get_url()).status_code == 302
