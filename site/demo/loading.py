"""Puts the demo's content into the site, through the same services that people use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from articles.editors import EDITORS
from articles.models import ArticlePage, Author, GuideDocument, GuideImage, GuideIndexPage, HomePage, Navigation
from articles.services import plant_site
from comments.moderators import MODERATORS
from demo import conversations, moderation, spaces
from demo.content.articles import ARTICLES, FOOTER, GUIDE, HOME
from demo.content.networks import NETWORKS
from demo.content.people import ACCOUNTS, DOMAIN, MEMBERSHIPS, PEOPLE
from networks.markup import render
from networks.models import Membership, Network, Participation
from search import indexing
from users.models import User

PASSWORD = "palabre-demo"  # noqa: S105 (public on purpose: development only, the command refuses in production)
MEDIA = Path(__file__).parent / "media"
CREDIT = "Palabre"


def is_needed() -> bool:
    """Whether the site is still empty: no article, no network."""
    return not ArticlePage.objects.exists() and not Network.objects.exists()


@transaction.atomic
def load(progress: Callable[[str], Any]) -> None:
    """Load everything, in one transaction; `progress` is told a line for each step."""
    people = load_people()
    progress(f"  {len(people)} people, those of the demo's accounts with the password {PASSWORD}")
    networks = load_networks(people)
    progress(f"  {len(networks)} networks with their members")
    articles = load_guide(people, networks)
    progress(f"  {len(articles)} articles")
    topics, comments = conversations.load(people, networks, articles)
    moderation.load(people)
    progress(f"  {topics} topics and {comments} comments")
    contributions = spaces.load(people, networks, articles)
    progress(f"  {contributions} contributions of networks, and a consultation")


def load_people() -> dict[str, User]:
    """Make the accounts, and return them by their key."""
    people = {}
    for key, name in {**ACCOUNTS, **PEOPLE}.items():
        fields = {"display_name": name, "language": "fr", "is_staff": key == "admin", "is_superuser": key == "admin"}
        people[key] = User.objects.create_user(f"{key}@{DOMAIN}", PASSWORD if key in ACCOUNTS else None, **fields)
    for key in ACCOUNTS:
        people[key].emailaddress_set.create(email=people[key].email, verified=True, primary=True)
    people["editrice"].groups.add(Group.objects.get(name=EDITORS))
    people["moderation"].groups.add(Group.objects.get(name=MODERATORS))
    return people


def load_networks(people: dict[str, User]) -> dict[str, Network]:
    """Make the networks and their memberships, and return them by their acronym."""
    networks = {}
    for values in NETWORKS:
        acronym = values["acronym"]
        logo = load_image(values["logo"], values["name"])
        networks[acronym] = Network.objects.create(**{**values, "logo": logo}, presentation_html=render(values["presentation"]))
        for key, role in MEMBERSHIPS[acronym].items():
            Membership.objects.create(network=networks[acronym], user=people[key], role=role)
    return networks


def load_guide(people: dict[str, User], networks: dict[str, Network]) -> dict[str, ArticlePage]:
    """Write the home and the guide, and return the articles by their slug."""
    home = plant_site()
    _publish(home, title=HOME["title"], introduction=HOME["introduction"], sections=HOME["sections"], **_hero(HOME))
    Navigation.objects.create(site=Site.objects.get(is_default_site=True), footer_text=FOOTER)
    guide = GuideIndexPage.objects.child_of(home).get()
    _publish(guide, **GUIDE)
    return {values["slug"]: load_article(guide, values, people["editrice"], networks) for values in ARTICLES}


def load_article(guide: GuideIndexPage, values: dict[str, Any], editor: User, networks: dict[str, Network]) -> ArticlePage:
    """Publish one article of the demo below the guide."""
    article = ArticlePage(
        title=values["title"],
        slug=values["slug"],
        introduction=values["introduction"],
        owner=editor,
        published_on=date.fromisoformat(values["published_on"]),
        updated_on=date.fromisoformat(values["updated_on"]) if "updated_on" in values else None,
        body=[_with_files(block) for block in values["body"]],
        **_hero(values),
    )
    guide.add_child(instance=article)
    article.tags.add(*values["tags"])
    for order, name in enumerate(values["authors"]):
        article.authorships.create(author=Author.objects.get_or_create(name=name)[0], sort_order=order)
    for order, acronym in enumerate(values["networks"]):
        Participation.objects.create(page=article, network=networks[acronym], sort_order=order)
    article.refresh_from_db()
    article.save_revision(user=editor).publish(user=editor)
    published_at = timezone.make_aware(datetime.fromisoformat(f"{values['published_on']}T09:00"))
    Page.objects.filter(pk=article.pk).update(first_published_at=published_at, last_published_at=published_at + timedelta(hours=1))
    article = ArticlePage.objects.get(pk=article.pk)
    indexing.index(article)
    return article


def load_image(name: str, description: str) -> GuideImage:
    """Put a picture of the demo into the library, once."""
    if image := GuideImage.objects.filter(title=name).first():
        return image
    with (MEDIA / name).open("rb") as file:
        return GuideImage.objects.create(title=name, description=description, credit=CREDIT, file=File(file, name=name))


def load_document(name: str, title: str) -> GuideDocument:
    """Put a file of the demo into the library, once."""
    if document := GuideDocument.objects.filter(title=title).first():
        return document
    with (MEDIA / name).open("rb") as file:
        return GuideDocument.objects.create(title=title, language="fr", file=File(file, name=name))


def _publish(page: HomePage | GuideIndexPage, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _hero(values: dict[str, Any]) -> dict[str, Any]:
    return {"hero_image": load_image(values["hero"], values["hero_alt"]), "hero_alt": values["hero_alt"]}


def _with_files(block: dict[str, Any]) -> dict[str, Any]:
    """Put the keys of pictures and files where the content names them."""
    value = block["value"]
    if block["type"] == "picture":
        image = load_image(value["image"]["image"], value["image"]["alt_text"])
        return {**block, "value": {**value, "image": {**value["image"], "image": image.pk}}}
    if block["type"] in {"sources", "resources"}:
        return {**block, "value": {**value, "items": [_with_files(item) for item in value["items"]]}}
    if block["type"] == "document":
        return {**block, "value": {**value, "document": load_document(value["document"], value["title"]).pk}}
    return block
