"""The eleven networks of the demo: imaginary federations, three public, five members-only and three secret spaces."""

NETWORKS = [
    {
        "name": "Alliance des aidantes et des aidants",
        "acronym": "AIDANTS",
        "slug": "aidants",
        "colour": "raspberry",
        "logo": "reseau-aidants.svg",
        "visibility": "members",
        "tagline": "Personne n’aide seul.",
        "presentation": """Nous réunissons **212 associations** qui soutiennent celles et ceux qui accompagnent un proche malade, âgé ou en situation de handicap.

Ce que nous faisons ensemble :

- former les bénévoles qui tiennent les permanences ;
- porter la voix des aidants auprès des départements et des caisses ;
- partager ce qui marche, et ce qui ne marche pas.""",
    },
    {
        "name": "Chœurs et chorales en fédération",
        "acronym": "CHŒURS",
        "slug": "choeurs",
        "colour": "plum",
        "logo": "reseau-choeurs.svg",
        "visibility": "public",
        "tagline": "Chanter ensemble, s’écouter d’abord.",
        "presentation": """Mille quatre cents chœurs d’amateurs, de la chorale de quartier à l’ensemble de chambre.

Notre espace est **ouvert à la lecture** : les collectivités qui nous financent y trouvent ce que nous débattons, et c’est très bien ainsi.""",
    },
    {
        "name": "Ciné-clubs associés",
        "acronym": "CINÉCLUBS",
        "slug": "cineclubs",
        "colour": "ink",
        "logo": "reseau-cineclubs.svg",
        "visibility": "members",
        "tagline": "Un film, puis la parole à la salle.",
        "presentation": """Nous fédérons des ciné-clubs ruraux et de quartier. Notre métier : donner envie de voir *autre chose*, et d’en parler après.""",
    },
    {
        "name": "Écoles ouvertes",
        "acronym": "ÉCOLES-OUV",
        "slug": "ecoles-ouvertes",
        "colour": "ochre",
        "logo": "reseau-ecoles-ouv.svg",
        "visibility": "members",
        "tagline": "L’école ne s’arrête pas au portail.",
        "presentation": """Parents, enseignants et éducateurs qui ouvrent l’école le soir, le mercredi et l’été.

> Une salle de classe vide est une salle qui attend quelqu’un.""",
    },
    {
        "name": "Jardins partagés de France et d’ailleurs",
        "acronym": "JARDINS",
        "slug": "jardins",
        "colour": "forest",
        "logo": "reseau-jardins.svg",
        "visibility": "public",
        "tagline": "Cultiver le commun.",
        "presentation": """Six cents jardins, autant de manières de décider ensemble de la place des tomates.

Nous publions nos débats : ils servent souvent aux communes qui veulent ouvrir un jardin.""",
    },
    {
        "name": "Ludothèques réunies",
        "acronym": "LUDO",
        "slug": "ludotheques",
        "colour": "poppy",
        "logo": "reseau-ludo.svg",
        "visibility": "public",
        "tagline": "Jouer est une affaire sérieuse.",
        "presentation": """Le réseau des ludothèques associatives. Nous prêtons des jeux, nous formons des ludothécaires, et nous défendons le **droit au jeu** à tous les âges.""",
    },
    {
        "name": "Radios associatives en réseau",
        "acronym": "RADIOS",
        "slug": "radios",
        "colour": "lavender",
        "logo": "reseau-radios.svg",
        "visibility": "members",
        "tagline": "La parole est à l’antenne.",
        "presentation": """Quatre-vingts radios non commerciales, et un micro pour qui n’en a pas.""",
    },
    {
        "name": "Refuges et maisons d’accueil",
        "acronym": "REFUGES",
        "slug": "refuges",
        "colour": "earth",
        "logo": "reseau-refuges.svg",
        "visibility": "secret",
        "tagline": "Un toit, une écoute, du temps.",
        "presentation": """Nos maisons accueillent des personnes en danger. Cet espace n’est connu que de ses membres : nos adresses ne se partagent pas.""",
    },
    {
        "name": "Rivières vivantes",
        "acronym": "RIVIÈRES",
        "slug": "rivieres",
        "colour": "lake",
        "logo": "reseau-rivieres.svg",
        "visibility": "members",
        "tagline": "Une rivière n’a pas de propriétaire.",
        "presentation": """Associations de riverains, de pêcheurs et de naturalistes, du ruisseau au delta. Nous siégeons dans quarante commissions locales de l’eau.""",
    },
    {
        "name": "Sport et santé pour tous",
        "acronym": "SPORT-SANTÉ",
        "slug": "sport-sante",
        "colour": "lagoon",
        "logo": "reseau-sport-sante.svg",
        "visibility": "secret",
        "tagline": "Bouger, chacun à son rythme.",
        "presentation": """Nous préparons une prise de position commune sur le sport prescrit par les médecins. L’espace restera fermé jusqu’à sa publication.""",
    },
    {
        "name": "Tiers-lieux solidaires",
        "acronym": "TIERS-LIEUX",
        "slug": "tiers-lieux",
        "colour": "olive",
        "logo": "reseau-tiers-lieux.svg",
        "visibility": "secret",
        "tagline": "Faire lieu, faire lien.",
        "presentation": """Espace de travail du comité de rapprochement avec deux autres réseaux. À garder entre nous pour le moment.""",
    },
]
