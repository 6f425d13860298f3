"""The six articles of the demo's guide: every block an editor may use stands in at least one of them."""

from typing import Any

Block = dict[str, Any]


def _h2(text: str) -> Block:
    return {"type": "heading", "value": {"text": text, "level": "h2"}}


def _h3(text: str) -> Block:
    return {"type": "heading", "value": {"text": text, "level": "h3"}}


def _text(*paragraphs: str) -> Block:
    return {"type": "text", "value": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}


def _bullets(introduction: str, *items: str) -> Block:
    return {"type": "text", "value": f"<p>{introduction}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"}


def _steps(*items: str) -> Block:
    return {"type": "list", "value": {"ordered": True, "items": [f"<p>{item}</p>" for item in items]}}


def _key_point(title: str, text: str) -> Block:
    return {"type": "key_point", "value": {"title": title, "text": f"<p>{text}</p>"}}


def _quote(text: str, author: str, source: str = "") -> Block:
    return {"type": "quote", "value": {"text": text, "author": author, "source": source, "url": ""}}


def _figures(*figures: tuple[str, str]) -> Block:
    return {"type": "figures", "value": [{"number": number, "label": label, "source": ""} for number, label in figures]}


def _table(caption: str, headings: list[str], *rows: list[str]) -> Block:
    table = {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
    }
    return {"type": "table", "value": {"table": table, "row_headers": True, "source": ""}}


def _accordion(*folds: tuple[str, str]) -> Block:
    return {"type": "accordion", "value": [{"title": title, "text": f"<p>{text}</p>"} for title, text in folds]}


def picture(name: str, alt: str, caption: str = "") -> Block:
    """A picture block naming a file of the demo's media, put in its place by demo.loading."""
    return {"type": "picture", "value": {"image": {"image": name, "alt_text": alt, "decorative": False}, "caption": caption, "credit": ""}}


def _file(name: str, title: str, description: str = "") -> Block:
    return {"type": "document", "value": {"document": name, "title": title, "description": description}}


def _link(url: str, title: str, description: str = "", language: str = "fr") -> Block:
    return {"type": "link", "value": {"title": title, "page": None, "url": url, "description": description, "language": language}}


def _resources(title: str, *items: Block) -> Block:
    return {"type": "resources", "value": {"title": title, "items": list(items)}}


def _sources(*items: Block) -> Block:
    return {"type": "sources", "value": {"title": "", "items": list(items)}}


ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "pourquoi-ce-guide",
        "title": "Pourquoi ce guide ?",
        "hero": "chapitre-1-pourquoi.svg",
        "hero_alt": "Des silhouettes assises en cercle sous un grand arbre, une bulle de parole au-dessus de chacune",
        "introduction": "Onze têtes de réseau ont passé trois jours à se demander comment elles pèsent sur la vie publique, et pourquoi elles "
        "ont parfois le sentiment de peser moins. Ce guide est ce qu’elles en ont tiré. Il n’est pas fini : il attend vos réponses.",
        "tags": ["influence", "têtes de réseau", "méthode"],
        "authors": ["La rédaction du guide"],
        "networks": ["AIDANTS", "CHŒURS", "JARDINS", "LUDO", "RIVIÈRES"],
        "published_on": "2026-03-16",
        "updated_on": "2026-10-05",
        "body": [
            _h2("Un mot qui gêne"),
            _text(
                "Demandez à un conseil d’administration s’il fait de l’influence : la moitié de la salle regarde ses chaussures. Le mot sent le "
                "couloir, le carnet d’adresses, l’intérêt de quelques-uns. Pourtant, se constituer en réseau, c’est déjà vouloir <b>peser "
                "ensemble</b> sur une loi, sur un budget, sur une manière de faire.",
                "Nous avons choisi de garder le mot et de lui rendre son sens : l’influence d’intérêt général est la capacité de faire évoluer "
                "des règles, des pratiques ou des regards <i>au grand jour</i>, au nom de celles et ceux que l’on rassemble.",
            ),
            _quote(
                "Nous avons longtemps dit que nous ne faisions pas de politique. Nous voulions dire que nous n’étions d’aucun parti.",
                "Une présidente de fédération",
                "Deuxième journée du séminaire",
            ),
            _h2("Ce que nous avons fait"),
            _text(
                "Une vingtaine de représentantes et de représentants, administrateurs et salariés, se sont retrouvés trois fois. La première "
                "journée a porté sur les changements que chaque réseau veut voir dans la société. La deuxième, sur les moyens dont il dispose. "
                "La troisième, sur ce qui se gagne à le faire à plusieurs."
            ),
            _figures(
                ("11", "têtes de réseau nationales autour de la table"),
                ("3 jours", "de séminaire, de mars à juin"),
                ("27", "exemples versés par les réseaux"),
            ),
            _key_point(
                "L’ordre compte", "Parler d’abord des changements voulus, ensuite des moyens : l’inverse fait toujours gagner l’habitude."
            ),
            _h2("Comment lire ce guide, et y répondre"),
            _steps(
                "Lisez un chapitre : chacun tient en moins de dix minutes.",
                "Laissez un commentaire sous le chapitre, en votre nom ou au titre de votre réseau.",
                "Discutez-en entre vous dans l’espace de votre réseau, si vous préférez commencer à huis clos.",
                "Retrouvez vos remarques dans la version suivante : ce qui a été dit sera cité.",
            ),
            _accordion(
                (
                    "Qu’est-ce qu’une tête de réseau ?",
                    "Une association dont les membres sont des associations. Elle les relie, les outille et parle en leur nom quand elles le lui demandent.",
                ),
                (
                    "Faut-il un compte pour commenter ?",
                    "Non. Un nom et une adresse suffisent ; un message vous demande de confirmer l’adresse, qui n’est jamais montrée.",
                ),
                (
                    "Que deviennent les commentaires ?",
                    "Ils sont lus par l’équipe de modération, publiés, et repris dans la synthèse qui prépare la version suivante.",
                ),
            ),
            _sources(
                _file(
                    "synthese-du-seminaire.pdf", "Synthèse des trois journées", "Les échanges, anonymisés et relus par les participants."
                ),
                _file("exemples-verses.csv", "Les 27 exemples versés par les réseaux", "Tableau à ouvrir dans un tableur."),
                _link("https://www.associations.gouv.fr/", "Le site public de la vie associative"),
            ),
        ],
    },
    {
        "slug": "qui-a-de-l-influence",
        "title": "Qui a de l’influence, et sur qui ?",
        "hero": "chapitre-2-qui.svg",
        "hero_alt": "Des ronds dans l’eau, petits et grands, qui se croisent",
        "introduction": "L’influence ne se possède pas comme un trésor : elle circule. Avant de chercher à en gagner, il faut dessiner la carte de "
        "celles et ceux qui décident, de ceux qu’ils écoutent, et de l’endroit où l’on se tient soi-même.",
        "tags": ["influence", "cartographie"],
        "authors": ["La rédaction du guide", "Groupe de travail « cartes »"],
        "networks": ["ÉCOLES-OUV", "RADIOS", "RIVIÈRES"],
        "published_on": "2026-04-02",
        "body": [
            _h2("Trois cercles autour d’une décision"),
            _bullets(
                "Une décision publique a presque toujours trois cercles :",
                "<b>celles et ceux qui signent</b>, et dont on connaît le nom ;",
                "<b>celles et ceux qui préparent</b>, et dont on connaît rarement le nom ;",
                "<b>celles et ceux qu’on écoute</b> : la presse locale, les usagers, les pairs, un beau-frère parfois.",
            ),
            _text(
                "La plupart des réseaux parlent au premier cercle, connaissent un peu le deuxième et oublient le troisième. Or c’est par lui "
                "que les idées deviennent évidentes."
            ),
            picture(
                "cle-influence.svg",
                "Schéma en forme de clé : l’anneau, ce qui nous unit ; la tige, le temps long ; cinq dents, écouter, relier, proposer, peser, mesurer",
                "La clé de l’influence associative : se parler d’abord, agir ensemble, puis le faire savoir.",
            ),
            _h2("Dessiner sa carte"),
            _h3("Le matériel"),
            _text("Une grande feuille, des papillons de deux couleurs, une heure et demie, et quelqu’un qui ne connaît pas le dossier."),
            _h3("Le déroulé"),
            _steps(
                "Écrire au centre la décision que l’on veut voir changer, en une phrase.",
                "Placer les personnes, pas les institutions : « la directrice adjointe », pas « le ministère ».",
                "Relier qui écoute qui. Les flèches valent plus que les noms.",
                "Se placer soi-même, honnêtement.",
            ),
            _table(
                "Ce que chaque cercle attend de nous",
                ["Cercle", "Ce qu’il attend", "Ce qui le lasse"],
                ["Celles et ceux qui signent", "Une proposition qui tient sur une page", "Un constat de plus"],
                ["Celles et ceux qui préparent", "Des chiffres, des cas, du temps", "Être mis en copie"],
                ["Celles et ceux qu’on écoute", "Des histoires vraies et des visages", "Notre vocabulaire"],
            ),
            _key_point("Une carte se périme", "Elle vaut six mois. Après une élection ou un remaniement, on la redessine."),
            _sources(
                _file("atelier-carte.pdf", "Fiche d’animation : dessiner sa carte en 90 minutes"),
                _link("https://fr.wikipedia.org/wiki/Groupe_d%27int%C3%A9r%C3%AAt", "Groupe d’intérêt : définitions et débats"),
            ),
        ],
    },
    {
        "slug": "s-allier-entre-reseaux",
        "title": "S’allier entre réseaux sans se perdre",
        "hero": "chapitre-3-alliances.svg",
        "hero_alt": "Deux rives reliées par un pont de planches de couleurs différentes",
        "introduction": "Ensemble, on pèse plus ; ensemble, on va moins vite. Ce chapitre parle de ce que l’on met en commun, de ce que l’on garde "
        "pour soi, et du moment où il vaut mieux se séparer bons amis.",
        "tags": ["alliances", "gouvernance"],
        "authors": ["Groupe de travail « alliances »"],
        "networks": ["CHŒURS", "CINÉCLUBS", "LUDO", "TIERS-LIEUX"],
        "published_on": "2026-05-11",
        "body": [
            _h2("L’alliance n’est pas la fusion"),
            _text(
                "Une alliance est un accord limité : sur un objet, pour un temps, avec une porte de sortie. Elle échoue le plus souvent non par "
                "désaccord, mais parce que personne n’a dit à quoi elle servait.",
            ),
            _bullets(
                "Trois questions à poser avant la première réunion :",
                "Que saurons-nous faire ensemble que nous ne savons pas faire seuls ?",
                "Qui parle au nom de qui, et après avoir demandé à qui ?",
                "À quoi verrons-nous que c’est fini ?",
            ),
            _quote("Nous avons mis deux ans à écrire quatre pages communes. Depuis, tout va vite.", "Un délégué général"),
            _h2("Décider à plusieurs"),
            _accordion(
                ("Le consentement", "On n’attend pas que tout le monde soit d’accord, mais que personne n’ait d’objection qui tienne."),
                ("Le porte-parolat tournant", "Chaque réseau parle six mois pour tous, avec un mandat écrit d’une page."),
                ("La réserve", "Un réseau peut ne pas signer une position sans quitter l’alliance ; on le dit dans la position."),
            ),
            {
                "type": "video",
                "value": {
                    "title": "Exemple de vidéo hébergée ailleurs",
                    "url": "https://vimeo.com/76979871",
                    "file": None,
                    "caption": "Rien n’est chargé depuis l’autre site tant que vous ne l’avez pas demandé.",
                    "transcript": "<p>Une voix présente un lecteur vidéo : la vidéo sert ici d’exemple.</p>",
                },
            },
            _key_point("Écrire la fin", "Une alliance qui sait comment elle finira se noue deux fois plus facilement."),
            _resources(
                "Pour préparer la première réunion", _file("convention-d-alliance.txt", "Modèle de convention d’alliance, à recopier")
            ),
        ],
    },
    {
        "slug": "les-leviers",
        "title": "Les leviers : du plaidoyer à la preuve par l’exemple",
        "hero": "chapitre-4-leviers.svg",
        "hero_alt": "Un long levier soulève une pierre ; plusieurs mains de tailles différentes appuient à l’autre bout",
        "introduction": "On réduit souvent l’influence au plaidoyer. C’est un levier parmi d’autres, et rarement le premier que l’on devrait saisir. "
        "Tour d’horizon de ce que les onze réseaux font déjà, parfois sans le nommer.",
        "tags": ["plaidoyer", "leviers", "influence"],
        "authors": ["La rédaction du guide"],
        "networks": ["AIDANTS", "RADIOS", "SPORT-SANTÉ"],
        "published_on": "2026-06-22",
        "body": [
            _h2("Cinq leviers, cinq temps"),
            _table(
                "Les cinq leviers relevés pendant le parcours",
                ["Levier", "Ce qu’il change", "En combien de temps"],
                ["Le plaidoyer", "Une règle, un budget", "Un à trois ans"],
                ["L’expertise", "La manière de poser le problème", "Deux à cinq ans"],
                ["La preuve par l’exemple", "Une pratique", "Six mois à deux ans"],
                ["Le récit", "Un regard", "Dix ans, ou un mois"],
                ["Le contentieux", "Un droit", "Un à huit ans"],
            ),
            _h2("La preuve par l’exemple"),
            _text(
                "Une ludothèque s’installe dans un service de pédiatrie. Rien n’est demandé à personne ; on mesure, on invite, on raconte. Deux "
                "ans plus tard, l’hôpital l’inscrit à son projet d’établissement, et trois autres appellent. Personne n’a parlé d’influence.",
                "La preuve par l’exemple a un coût : il faut accepter de commencer petit, et de ne pas être seul à en tirer gloire.",
            ),
            _h2("Le contentieux, levier discret"),
            _text(
                "Aller devant le juge n’est pas se fâcher. Quatre des onze réseaux l’ont fait, toujours après avoir prévenu, et presque toujours "
                "en continuant de travailler avec l’administration concernée."
            ),
            _key_point(
                "Ne pas tout faire", "Un réseau qui tire cinq leviers à la fois n’en soulève aucun. Choisissez-en deux, dites lesquels."
            ),
            _figures(("2", "leviers choisis en moyenne, quand le choix est écrit"), ("4 sur 11", "réseaux déjà allés devant le juge")),
        ],
    },
    {
        "slug": "mesurer-ce-qui-change",
        "title": "Mesurer ce qui change",
        "hero": "chapitre-5-mesurer.svg",
        "hero_alt": "Des tiges de hauteurs différentes poussent le long d’une règle graduée",
        "introduction": "Comment savoir que l’on a pesé ? Compter les rendez-vous rassure et ne dit rien. Ce chapitre propose de mesurer peu, "
        "longtemps, et d’accepter de ne pas être seul à l’origine d’un changement.",
        "tags": ["évaluation", "méthode"],
        "authors": ["Groupe de travail « mesure »"],
        "networks": ["ÉCOLES-OUV", "JARDINS", "REFUGES"],
        "published_on": "2026-09-14",
        "body": [
            _h2("Ce que l’on compte, et ce qui compte"),
            _text(
                "Les rapports d’activité sont pleins de verbes à la première personne : nous avons rencontré, publié, participé. Rayez-les, et "
                "regardez ce qui reste. Ce qui reste est ce qui a changé.",
            ),
            _bullets(
                "Quatre signes que l’on peut suivre sans cabinet d’études :",
                "nos mots sont repris par d’autres, sans nous citer ;",
                "on nous appelle avant, et plus seulement après ;",
                "une pratique est copiée par quelqu’un que nous ne connaissons pas ;",
                "nos contradicteurs répondent à nos arguments.",
            ),
            _quote(
                "La première fois qu’une élue a prononcé notre phrase en la croyant d’elle, nous avons débouché une bouteille.",
                "Une bénévole",
            ),
            _h2("Une page, deux fois par an"),
            _steps(
                "Ce que nous voulions voir changer.",
                "Ce qui a changé, que nous y soyons pour quelque chose ou non.",
                "Ce que nous y avons fait, et ce que d’autres y ont fait.",
                "Ce que nous ne comprenons pas.",
            ),
            _key_point("Partager le mérite", "Dire « nous y avons contribué » ouvre des portes que « grâce à nous » referme."),
            _sources(_file("grille-de-suivi.csv", "Grille de suivi sur une page", "Quatre questions, à remplir deux fois par an.")),
        ],
    },
    {
        "slug": "parler-avec-les-institutions",
        "title": "Parler avec les institutions sans leur ressembler",
        "hero": "chapitre-6-institutions.svg",
        "hero_alt": "Une table ronde devant un fronton à colonnes, des chaises de toutes formes autour",
        "introduction": "Une audition, une commission, un coup de fil un vendredi soir : les occasions de parler aux institutions sont nombreuses, "
        "et souvent mal préparées. Quelques règles simples, et deux ou trois choses à ne jamais faire.",
        "tags": ["institutions", "plaidoyer"],
        "authors": ["Groupe de travail « institutions »", "La rédaction du guide"],
        "networks": ["AIDANTS", "CINÉCLUBS", "RIVIÈRES"],
        "published_on": "2026-10-19",
        "body": [
            _h2("Avant"),
            _bullets(
                "La préparation prend plus de temps que la rencontre :",
                "une demande, une seule, écrite en une phrase ;",
                "deux personnes, dont une qui vit ce dont on parle ;",
                "la liste de ce que l’on n’acceptera pas.",
            ),
            _h2("Pendant"),
            _text(
                "Écoutez plus que vous ne parlez. Notez les mots exacts. Si l’on vous promet quelque chose, demandez <i>qui</i> s’en charge et "
                "<i>pour quand</i>, avec le sourire.",
            ),
            _accordion(
                ("On nous demande de revenir seuls", "Répondez que vous vous en parlerez entre alliés. C’est une réponse complète."),
                (
                    "On nous oppose l’absence de chiffres",
                    "Proposez de les chercher ensemble : c’est souvent ainsi que commencent les meilleures relations.",
                ),
                ("On nous félicite beaucoup", "Méfiance. Redites la demande."),
            ),
            _h2("Après"),
            _text(
                "Le compte rendu part le soir même : ce qui a été dit, ce qui a été promis, la date du prochain point. Une demi-page suffit."
            ),
            _key_point("Rester soi", "On vous reçoit parce que vous n’êtes pas de la maison. Gardez votre accent."),
            _sources(
                _file("preparer-une-audition.pdf", "Fiche : préparer une audition en une heure"),
                _link("https://www.hatvp.fr/le-repertoire/", "Le répertoire des représentants d’intérêts"),
                _link("https://transparency-register.europa.eu/", "EU Transparency Register", language="en"),
            ),
        ],
    },
]

HOME = {
    "title": "Le guide de l’influence associative",
    "introduction": "<p>Onze réseaux d’associations écrivent ensemble un guide sur leur manière de peser dans la vie publique. "
    "Lisez-le, discutez-le : la version suivante s’écrit avec vous.</p>",
    "hero": "hero.svg",
    "hero_alt": "Des personnes assises en cercle sous un arbre à palabres, au soleil couchant",
    "sections": [
        {"type": "latest_articles", "value": {"title": "Les derniers chapitres", "count": 3}},
        {
            "type": "key_point",
            "value": {
                "title": "Une consultation est ouverte",
                "text": "<p>Jusqu’à la fin de l’année, chaque réseau est invité à discuter le guide, chapitre par chapitre, dans son espace ou sous les articles.</p>",
            },
        },
        {
            "type": "networks",
            "value": {
                "title": "Les réseaux",
                "text": "<p>Chaque tête de réseau a ici son espace : public, réservé à ses membres, ou secret.</p>",
            },
        },
    ],
}

GUIDE = {
    "title": "Le guide",
    "introduction": "<p>Six chapitres, à lire dans l’ordre ou non. Chacun se termine par une discussion : elle fait partie du guide.</p>",
}

FOOTER = "<p>Site de démonstration : les réseaux, les personnes et leurs propos sont imaginaires.</p>"
