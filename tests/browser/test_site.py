"""The site's own pages in a browser: sign in, sign up, error pages, each accessible in both colour schemes."""

import pytest

from tests.factories import standard_page


@pytest.mark.parametrize("address", ["/", "/une-page-qui-manque/"])
def test_a_page_of_the_site_is_accessible(page, assert_accessible, address):
    page.goto(address)

    assert_accessible(page)
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_standard_page_fits_a_phone(phone):
    phone.goto(standard_page(title="Un titre " * 12).url)

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
