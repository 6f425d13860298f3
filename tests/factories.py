"""Objects for tests, with plausible values."""

import io
from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import Page, Site
from wagtail.signals import page_published

from articles.models import ArticlePage, GuideDocument, GuideImage, GuideIndexPage, HomePage, StandardPage
from networks.accounts import fold
from networks.models import Announcement, Invitation, InvitationLink, JoinRequest, Membership, Network, Topic, TopicGuest
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
    """The root of the page tree."""
    return Page.get_first_root_node()


def home_page() -> HomePage:
    """The home of the default site, created when there is none yet."""
    if home := HomePage.objects.first():
        return home
    home = root_page().add_child(instance=HomePage(title="Palabre", slug="accueil"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


def guide_index() -> GuideIndexPage:
    """The guide below the home, created when there is none yet."""
    return GuideIndexPage.objects.first() or home_page().add_child(instance=GuideIndexPage(title="Le guide", slug="guide"))


def standard_page(title: str = "Mentions légales", **fields: object) -> StandardPage:
    """A published page below the home."""
    page = home_page().add_child(instance=StandardPage(title=title, **fields))
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def published_article(title: str = "Pourquoi ce guide ?", **fields: object) -> ArticlePage:
    """An article published in the guide, as by code: without a revision, whose writing takes half as long as many a test."""
    now = timezone.now()
    article = guide_index().add_child(instance=ArticlePage(title=title, first_published_at=now, last_published_at=now, **fields))
    page_published.send(sender=ArticlePage, instance=article, revision=None)
    return ArticlePage.objects.get(pk=article.pk)


def guide_image(title: str = "Engrenages", *, size: tuple[int, int] = (64, 32), **fields: object) -> GuideImage:
    """A picture of the library, with a file that can be resized."""
    content = io.BytesIO()
    Picture.new("RGB", size, "#7a4a2b").save(content, "PNG")
    return GuideImage.objects.create(title=title, file=ContentFile(content.getvalue(), name="engrenages.png"), **fields)


def guide_document(title: str = "L’étude", name: str = "etude.pdf", **fields: object) -> GuideDocument:
    """A file of the library."""
    return GuideDocument.objects.create(title=title, file=ContentFile(b"%PDF-1.4 " + b"x" * 2048, name=name), **fields)


class JoinRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JoinRequest

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)
    message = "J’anime la ludothèque de Saint-Brieuc."


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    network = factory.SubFactory(NetworkFactory)
    email = factory.Sequence(lambda n: f"invitee{n}@example.org")
    address = factory.LazyAttribute(lambda invitation: fold(invitation.email))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class InvitationLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InvitationLink

    network = factory.SubFactory(NetworkFactory)
    max_uses = 5
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class TopicGuestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TopicGuest

    topic = factory.SubFactory(TopicFactory)
    user = factory.SubFactory(UserFactory)


class AnnouncementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Announcement

    network = factory.SubFactory(NetworkFactory)
    subject = "Notre rencontre"
    text = "Elle a lieu **à Brest**."
