"""Cookies that hold no session."""

import pytest


@pytest.mark.parametrize("cookie", ['"aaaaaaaaaaaa\\000bbbbbbb"', '"\\355\\240\\200aaaaaaaa"', "é" * 32, "' OR 1=1 --", "a" * 5000, "x"])
def test_a_cookie_that_holds_no_key_of_ours_is_no_session(client, db, cookie):
    answer = client.get("/compte/profil/", headers={"cookie": f"sessionid={cookie}"})

    assert answer.status_code == 302
    assert answer.url.startswith("/compte/login/")


def test_a_session_is_found_again(client, reader):
    client.force_login(reader)

    assert client.get("/compte/profil/").status_code == 200
