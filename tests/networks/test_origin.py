"""Whom the browser's own headers name as the sender of a form."""

import pytest

from networks.origin import sent_by_this_site

HERE, ELSEWHERE = "http://testserver", "https://elsewhere.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://trusted.example"},
        {"Origin": HERE},
        {"Origin": "https://testserver"},
        {},
    ],
    ids=str,
)
def test_what_this_site_sends_is_taken(rf, settings, headers):
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]

    assert sent_by_this_site(rf.post("/", headers=headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": ELSEWHERE},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"},
        {"Origin": ELSEWHERE},
        {"Origin": "http://testserver:8001"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[testserver"},
    ],
    ids=str,
)
def test_what_another_site_sends_is_refused(rf, headers):
    assert not sent_by_this_site(rf.post("/", headers=headers))
