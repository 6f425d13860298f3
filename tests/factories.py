"""Objects for tests, with plausible values."""

import factory
from wagtail.models import Locale, Page

from articles.models import ArticlePage
from networks.models import Membership, Network, Topic
from users.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password("palabre-test")


class NetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Network

    name = factory.Sequence(lambda n: f"Réseau {n}")
    slug = factory.Sequence(lambda n: f"reseau-{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    network = factory.SubFactory(NetworkFactory, visibility="public")
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Sujet {n}")


def root_page() -> Page:
    """The root of the page tree, made again after a test that emptied every table (those with real transactions)."""
    Locale.objects.get_or_create(language_code="fr")
    return Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))


def published_article(title: str = "Pourquoi ce guide ?", **fields: object) -> ArticlePage:
    """An article published below the root page."""
    article = root_page().add_child(instance=ArticlePage(title=title, **fields))
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)
