"""What the demo's networks do in their spaces besides talking: dates, documents, contributions, and a consultation."""

LINKS = {
    "AIDANTS": [
        ("La permanence téléphonique", "https://aidants.palabre.test/permanence"),
        ("Trouver un relais", "https://aidants.palabre.test/relais"),
    ],
    "JARDINS": [("La carte des jardins", "https://jardins.palabre.test/carte")],
}
CONTACTS = {
    "AIDANTS": ("Anne Imatrice", "animation@demo.palabre.test"),
    "JARDINS": ("Fanta Échantillon", "fanta@demo.palabre.test"),
}

DATES = [
    ("AIDANTS", "Journée nationale des aidantes et des aidants", 45, 9, 8, "Maison des associations, Rennes"),
    ("AIDANTS", "Réunion de relecture de notre position", 6, 18, 2, "En visioconférence"),
    ("AIDANTS", "Assemblée d’automne", -40, 10, 6, "Nantes"),
    ("JARDINS", "Bourse aux graines", 20, 14, 4, "Jardin des Lilas"),
    ("LUDO", "Nuit du jeu", 33, 20, 5, "Partout"),
]
"""Network, what happens, days from today, the hour, how many hours, where."""

DOCUMENTS = [
    ("AIDANTS", "Synthèse du séminaire", "synthese-du-seminaire.pdf", False),
    ("AIDANTS", "Exemples versés par les membres", "exemples-verses.csv", True),
    ("JARDINS", "Convention d’alliance, modèle", "convention-d-alliance.txt", False),
]
"""Network, title, file, whether it is for members only."""

POSITION = (
    "AIDANTS",
    "membre",
    "les-leviers",
    """Nous approuvons l’essentiel de ce chapitre, à une réserve près : **le temps**. Une aidante n’a pas une soirée par semaine à donner à une \
campagne.

Nous demandons que le guide ajoute un levier : *la disponibilité de celles et ceux qui n’en ont pas*, et ce qu’un réseau peut organiser pour eux.""",
)
WORKSHOP = (
    "JARDINS",
    "noe",
    "parler-avec-les-institutions",
    """Nous avons rejoué trois rendez-vous avec la mairie, en changeant de rôle à chaque fois.

- Ce qui revient : l’élu a **dix minutes**, pas une heure.
- Ce qui manque au chapitre : quoi faire quand le service technique dit non et l’élu oui.""",
    23,
    "Jardin des Lilas",
    "preparer-une-audition.pdf",
)
WAITING = (
    "AIDANTS",
    "camille",
    "pourquoi-ce-guide",
    "Nous proposons que le mot « aidant » soit expliqué dès l’introduction : la moitié de nos adhérentes ne s’y reconnaît pas.",
)
"""A contribution that the facilitator has still to validate."""

CONSULTATION = {
    "title": "Ce qui manque encore au guide",
    "words": """Trois chapitres changent avant l’édition de printemps. Dites-nous, réseau par réseau :

- ce qui est **faux** ou trop vite dit ;
- l’exemple de chez vous qui manque.

Tout ce qui aura été dit sera repris dans une synthèse publique.""",
    "chapters": ["les-leviers", "parler-avec-les-institutions", "s-allier-entre-reseaux"],
    "opened_days_ago": 60,
    "closes_in_days": 60,
}
