"""The people of the demo, plainly fictional: their key in the other files, display name and place in the networks."""

DOMAIN = "demo.palabre.test"

ACCOUNTS = {
    "admin": "Administration (démo)",
    "editrice": "Édith Riche (démo)",
    "moderation": "Maud Ération (démo)",
    "animation": "Anne Imatrice (démo)",
    "membre": "Basile Membre (démo)",
    "lectrice": "Aline Lectrice (démo)",
}
"""Accounts with the demo's password; the key is the local part of the address."""

PEOPLE = {
    "camille": "Camille Exemple",
    "noe": "Noé Modèle",
    "sacha": "Sacha Témoin",
    "ines": "Inès Fictive",
    "marius": "Marius Spécimen",
    "odile": "Odile Hypothèse",
    "karim": "Karim Prototype",
    "lou": "Lou Esquisse",
    "yael": "Yaël Maquette",
    "theo": "Théo Brouillon",
    "fanta": "Fanta Échantillon",
    "remi": "Rémi Croquis",
}
"""Members who never sign in: they make the conversations."""

MEMBERSHIPS = {
    "AIDANTS": {"animation": "facilitator", "membre": "member", "camille": "member", "noe": "moderator", "ines": "member"},
    "CHŒURS": {"sacha": "facilitator", "lou": "member", "odile": "member"},
    "CINÉCLUBS": {"marius": "facilitator", "yael": "member", "lou": "member"},
    "ÉCOLES-OUV": {"odile": "facilitator", "karim": "member", "theo": "member", "camille": "member"},
    "JARDINS": {"fanta": "facilitator", "noe": "member", "remi": "member"},
    "LUDO": {"lou": "facilitator", "ines": "member", "theo": "member"},
    "RADIOS": {"karim": "facilitator", "sacha": "member", "yael": "member"},
    "REFUGES": {"ines": "facilitator", "remi": "member", "marius": "member"},
    "RIVIÈRES": {"remi": "facilitator", "fanta": "member", "noe": "member"},
    "SPORT-SANTÉ": {"theo": "facilitator", "odile": "member", "karim": "member"},
    "TIERS-LIEUX": {"yael": "facilitator", "camille": "member", "fanta": "member"},
}
"""Who is what in which network, by acronym."""
