"""The first words of the legal pages: true of the software as it is, plain about what the association has to add.

They are content, in the language of the site; editors rewrite them in the admin.
"""

TO_COMPLETE = "À compléter par l’association qui publie ce site."


def _text(html: str) -> dict[str, str]:
    return {"type": "text", "value": html}


def _heading(text: str) -> dict[str, object]:
    return {"type": "heading", "value": {"text": text, "level": "h2"}}


ACCESSIBILITY = [
    _text(
        "<p>Ce site est conçu pour être lu et utilisé par toutes et tous : au clavier, avec un lecteur d’écran, agrandi, "
        "sur un petit écran, sans JavaScript.</p>"
    ),
    _heading("État de conformité"),
    _text(
        "<p>Aucun audit de conformité au référentiel général d’amélioration de l’accessibilité (RGAA) n’a encore été "
        "mené : ce site est donc déclaré <b>non conforme</b> jusqu’à ce qu’un audit dise ce qu’il en est.</p>"
    ),
    _heading("Signaler une difficulté"),
    _text(
        f"<p>Si un contenu ou un service vous reste inaccessible, dites-le nous. {TO_COMPLETE}</p>"
        "<p>Sans réponse satisfaisante, vous pouvez saisir le "
        '<a href="https://formulaire.defenseurdesdroits.fr/">Défenseur des droits</a>.</p>'
    ),
]

PRIVACY = [
    _heading("Ce que ce site ne fait pas"),
    _text(
        "<p>Il n’y a ici ni traceur, ni publicité, ni mesure d’audience par un tiers. Les polices, les images et les scripts "
        "viennent de ce site. Une vidéo hébergée ailleurs ne se charge que si vous le demandez.</p>"
    ),
    _heading("Ce qui est conservé"),
    _text(
        "<ul><li>Si vous commentez sans compte : le nom et le texte, qui sont publics, et l’adresse e-mail, qui ne l’est "
        "pas et sert à vous demander confirmation puis à vous prévenir.</li>"
        "<li>Si vous ouvrez un compte : votre adresse, le nom affiché, la langue choisie et vos réseaux.</li>"
        "<li>À chaque commentaire, modification ou confirmation : l’adresse IP et le port d’où il vient, la date et l’heure, à part des "
        "commentaires, parce que la loi le demande aux hébergeurs (article 6 de la loi du 21 juin 2004 pour la confiance dans l’économie "
        "numérique, décret n° 2021-1362). Ils sont effacés au bout d’un an, sauf demande de la justice, et ne le sont pas plus tôt, même "
        "si le commentaire ou le compte est supprimé. Seules les personnes chargées de répondre à la justice peuvent les consulter, et "
        "chaque consultation est notée.</li>"
        "<li>Des cookies nécessaires au fonctionnement : votre session, la protection des formulaires et la langue choisie ; "
        "et, si vous avez confirmé un commentaire sans compte, de quoi vous reconnaître sur ce navigateur, 180 jours au plus.</li></ul>"
    ),
    _heading("Vos droits"),
    _text(
        "<p>Vous pouvez consulter, corriger et faire effacer ce qui vous concerne.</p>"
        f"<p>Responsable du traitement et contact : {TO_COMPLETE.lower()}</p>"
    ),
]

LEGAL_NOTICE = [
    _heading("Éditeur"),
    _text(f"<p>{TO_COMPLETE}</p>"),
    _heading("Direction de la publication"),
    _text(f"<p>{TO_COMPLETE}</p>"),
    _heading("Hébergement"),
    _text(f"<p>{TO_COMPLETE}</p>"),
    _heading("Logiciel"),
    _text("<p>Ce site fonctionne avec Palabre, un logiciel libre (licence BSD à trois clauses).</p>"),
]

CHARTER = [
    _text("<p>Les discussions de ce site servent à améliorer le guide ensemble. Quelques règles les gardent utiles et agréables.</p>"),
    _heading("Ce que nous attendons"),
    _text(
        "<ul><li>Parler depuis son expérience, et dire d’où l’on parle.</li><li>Discuter les idées, jamais les personnes.</li>"
        "<li>Rester sur le sujet de l’article ou de l’espace.</li><li>Citer ses sources quand on avance un fait.</li></ul>"
    ),
    _heading("Ce que nous retirons"),
    _text(
        "<p>Les propos injurieux, diffamatoires, discriminatoires ou illicites, la publicité, les données personnelles d’autrui "
        "et les messages répétés. Une personne modératrice décide, donne un motif, et sa décision est conservée.</p>"
    ),
    _heading("Si vous n’êtes pas d’accord"),
    _text("<p>Vous pouvez demander qu’une décision soit revue en répondant au message qui vous l’annonce.</p>"),
]

LEGAL_PAGES = [
    ("mentions-legales", "Mentions légales", LEGAL_NOTICE),
    ("confidentialite", "Confidentialité", PRIVACY),
    ("accessibilite", "Accessibilité", ACCESSIBILITY),
    ("charte", "Charte des discussions", CHARTER),
]
