"""What meets what: words as they are written and words as they are typed."""

import pytest

from search.analysis import stem_of, stems, words


@pytest.mark.parametrize(
    "family",
    [
        "réseau réseaux reseau reseaux RÉSEAU Réseaux",
        "cœur coeur cœurs CŒUR",
        "œuvre oeuvres Œuvres",
        "élu élue élus élues elu ELUES",
        "élevé élevée élevés élevées eleve elevees",
        "financé financée financées financement financements finance",
        "influence influences influencer influencé influencée INFLUENCES",
        "premier première premiers premières premiere",
        "adhérent adhérente adhérents adhérentes adherent",
        "salarié salariée salariés salariées salarie",
        "animateur animatrice animateurs animatrices animation",
        "acteur actrice acteurs actrices",
        "citoyen citoyenne citoyens citoyennes",
        "public publique publics publiques",
        "national nationale nationaux nationales",
        "général générale généraux generaux",
        "consulter consultation consultations consulté consultée",
        "fédération fédérations federation",
        "plaidoyer plaidoyers",
        "association associations associatif associative associatives",
        "subvention subventions",
        "intérêt intérêts interet",
        "enjeu enjeux",
        "milieu milieux",
        "vœu vœux voeux",
        "travail travaux",
        "loi lois",
        "idée idées idee",
        "métier métiers",
        "leader leaders",
        "tête têtes tete",
        "Noël noel",
        "re\u0301seau réseau",
        "ﬁnance finance",
        "１９０１ 1901",
    ],
)
def test_words_of_a_family_meet(family):
    assert len({stem_of(word) for word in family.split()}) == 1, [(word, stem_of(word)) for word in family.split()]


@pytest.mark.parametrize(
    ("one", "other"),
    [("réseau", "réserve"), ("plaidoyer", "plaisir"), ("loi", "lieu"), ("élu", "élève"), ("public", "publier"), ("enjeu", "engin")],
)
def test_words_of_different_families_do_not_meet(one, other):
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’éducation d'abord, qu’elle dure", "educ abord dur"),
        ("jusqu’aux têtes de réseau", "tet reseau"),
        ("porte-parole", "port parol"),
        ("adhérent·e·s", "adherent e"),
        ("la loi de 1901", "loi 1901"),
        ("le et de la", ""),
        ("", ""),
        ("!? « … » 🙂 -- ' * ^ : ( ) \"", ""),
    ],
)
def test_stems_of_a_text_leave_out_signs_elisions_and_common_words(text, expected):
    assert stems(text) == expected


def test_words_say_where_they_stand_in_the_text_as_it_is_written():
    text = "Têtes de RÉSEAU, l’œuvre"

    assert [(text[word.start : word.end], word.stem) for word in words(text)] == [
        ("Têtes", "tet"),
        ("RÉSEAU", "reseau"),
        ("œuvre", "oeuvr"),
    ]


def test_stems_are_letters_and_digits_only_whatever_the_text():
    text = "".join(chr(code) for code in range(0x20, 0x3000)) + "ﷺ㏂½²ﬃ" + "x" * 5_000

    assert all(word.isalnum() and len(word) <= 64 for word in stems(text).split())
