"""Made-up discussions of any size, for benchmarks and load tests: plausible French, plausible trees, the same for a seed.

The shape follows the discussions that other systems were measured with: 30 % of the comments start a thread, the others
answer a random earlier comment of their part of the discussion, 480 characters on average, 200 people.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from comments.bulk import Draft
from comments.rows import Author
from comments.states import Status

ROOTS = 0.3
DEEPEST = 6
PEOPLE = 200
OTHER_STATES = (Status.PENDING, Status.REJECTED, Status.SPAM, Status.HIDDEN, Status.REMOVED, Status.AWAITING_EMAIL)

_FIRST_NAMES = (
    "Aïcha",
    "Alain",
    "Amélie",
    "Anouk",
    "Baptiste",
    "Camille",
    "Chloé",
    "Djamel",
    "Élise",
    "Emma",
    "Fanta",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inès",
    "Jeanne",
    "Karim",
    "Léa",
    "Louise",
    "Malik",
    "Manon",
    "Moussa",
    "Nadia",
    "Noé",
    "Odile",
    "Paul",
    "Quentin",
    "Rachid",
    "Rose",
    "Salomé",
    "Samir",
    "Solène",
    "Théo",
    "Yasmina",
    "Zoé",
)
_OPENINGS = (
    "Dans notre réseau",
    "Chez nous",
    "Depuis trois ans",
    "À l’échelle d’un département",
    "En tant que bénévole",
    "Du côté des salariées et des salariés",
    "Après le séminaire",
    "Pour une petite association",
    "Vu d’une tête de réseau",
    "Avec le recul",
)
_SUBJECTS = (
    "nous avons constaté que",
    "il a fallu admettre que",
    "les adhérents nous disent que",
    "l’expérience montre que",
    "je retiens que",
    "nos partenaires pensent que",
    "le conseil d’administration estime que",
    "personne ne conteste que",
    "on oublie parfois que",
)
_CLAIMS = (
    "l’influence se construit sur le temps long",
    "la légitimité vient d’abord du terrain",
    "un récit commun compte plus qu’un catalogue de mesures",
    "les élus écoutent mieux quand plusieurs réseaux parlent ensemble",
    "la préparation d’un rendez-vous vaut autant que le rendez-vous",
    "le plaidoyer n’est qu’un moyen parmi d’autres",
    "il faut mesurer ce qui change et pas seulement ce que l’on fait",
    "les désaccords internes gagnent à être mis sur la table",
    "la presse locale reste une alliée précieuse",
    "il manque un endroit où garder la mémoire des échanges",
    "nos **propositions** doivent tenir sur une page",
    "chaque tête de réseau a *sa* manière d’être entendue",
    "une alliance ne se décrète pas",
)
_ENDINGS = (
    "Qu’en pensez-vous ?",
    "Je peux partager notre grille si cela aide.",
    "Nous sommes preneurs d’exemples.",
    "C’est à discuter.",
    "Voilà où nous en sommes.",
    "Merci pour ce chapitre.",
    "Reste la question des moyens.",
    "À suivre donc.",
)


def drafts(count: int, seed: int, *, until: datetime, mixed: bool = False) -> Iterator[list[Draft]]:
    """Yield lists of drafts, `count` in all, each list made of whole threads, oldest first, the last one at `until`.

    All are published; with `mixed`, one in ten of those without a reply stands in another state.
    """
    chance = random.Random(seed)  # noqa: S311 (made-up comments keep no secret)
    people = _people(chance)
    start = until - timedelta(minutes=7 * count)
    for first in range(0, count, 10_000):
        size = min(10_000, count - first)
        parents = _tree(chance, size)
        answered = set(parents)
        yield [
            Draft(
                author=chance.choice(people),
                text=_text(chance),
                submitted_at=start + timedelta(minutes=7 * (first + place + 1)),
                parent=parents[place],
                status=_status(chance) if mixed and place not in answered else Status.PUBLISHED,
            )
            for place in range(size)
        ]


def _people(chance: random.Random) -> list[Author]:
    return [
        Author(
            name=f"{chance.choice(_FIRST_NAMES)} {chr(65 + number % 26)}.",
            email=f"personne{number}@exemple.invalid",
            language="fr",
            wants_mail=False,
        )
        for number in range(PEOPLE)
    ]


def _tree(chance: random.Random, size: int) -> list[int | None]:
    parents: list[int | None] = []
    depths: list[int] = []
    for place in range(size):
        parent = None if place == 0 or chance.random() < ROOTS else chance.randrange(place)
        if parent is not None and depths[parent] >= DEEPEST:
            parent = parents[parent]
        parents.append(parent)
        depths.append(0 if parent is None else depths[parent] + 1)
    return parents


def _status(chance: random.Random) -> Status:
    return chance.choice(OTHER_STATES) if chance.random() < 0.1 else Status.PUBLISHED


def _text(chance: random.Random) -> str:
    paragraphs = [
        " ".join(
            f"{chance.choice(_OPENINGS)}, {chance.choice(_SUBJECTS)} {chance.choice(_CLAIMS)}." for _ in range(chance.choice((1, 2, 2, 3)))
        )
        for _ in range(chance.choice((1, 1, 2, 3)))
    ]
    return "\n\n".join([*paragraphs, chance.choice(_ENDINGS)])
