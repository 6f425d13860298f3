"""Objects for tests, with plausible values."""

import factory
from wagtail.models import Page

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


def published_article(title: str = "Pourquoi ce guide ?", **fields: object) -> ArticlePage:
    """An article published below the root page."""
    root = Page.objects.get(depth=1)
    article = root.add_child(instance=ArticlePage(title=title, **fields))
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)
