"""The colours a facilitator chooses among: each is there, and legible in light and in dark."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from networks.states import Colour

AA = 4.5
LIGHT, DARK = 0, 1


@pytest.fixture(scope="module")
def palette():
    """`palette[colour][token]`: its value in light and in dark."""
    sheet = Path(finders.find("networks/css/colours.css")).read_text()
    return {name: _tokens(body) for name, body in re.findall(r"\.network-colour-([a-z]+) \{(.*?)\}", sheet, re.DOTALL)}


def _tokens(body):
    return {name: values for name, *values in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", body)}


@pytest.fixture(scope="module")
def papers():
    """What the site's pages are written on, in light and in dark."""
    sheet = Path(finders.find("site/css/tokens.css")).read_text()
    blocks = re.findall(r"color-scheme: (light|dark);(.*?)\}", sheet, re.DOTALL)
    by_scheme = {scheme: dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", body)) for scheme, body in reversed(blocks)}
    return [[by_scheme[scheme][name] for name in ["paper", "surface", "surface-2"]] for scheme in ["light", "dark"]]


def _luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_of_the_choice_has_its_class(palette):
    assert set(palette) == set(Colour.values)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", Colour.values)
def test_a_colour_is_legible_wherever_it_is_used(palette, papers, colour, scheme):
    tokens = {name: values[scheme] for name, values in palette[colour].items()}
    pairs = [(tokens["network"], paper) for paper in [*papers[scheme], tokens["network-soft"]]]
    pairs += [(tokens["network-strong"], paper) for paper in [*papers[scheme], tokens["network-soft"]]]
    pairs += [
        (tokens["on-network"], tokens["network"]),
        (tokens["on-network"], tokens["network-strong"]),
        ("#fffaf2", tokens["network-band"]),
    ]

    assert [pair for pair in pairs if contrast(*pair) < AA] == []
