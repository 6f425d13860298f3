"""How a request is read before any middleware sees it."""

import pytest

from config.wsgi import Utf8Request, application

NAMES = ["hex", "idna", "punycode", "undefined", "utf-16", "unicode_escape", "nonsense"]


def test_the_application_reads_requests_as_utf_8():
    assert application.request_class is Utf8Request


@pytest.mark.parametrize("name", NAMES)
def test_an_address_is_read_as_utf_8_whatever_character_set_is_named(rf, name):
    environ = rf.get("/?q=caf%C3%A9%5Cud800%FF").environ | {"CONTENT_TYPE": f"text/plain; charset={name}"}

    assert Utf8Request(environ).GET["q"] == "café\\ud800\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_read_as_utf_8_whatever_character_set_is_named(rf, kind, name):
    bodies = {
        "application": b"comment=caf%C3%A9",
        "multipart": b'--x\r\nContent-Disposition: form-data; name="comment"\r\n\r\ncaf\xc3\xa9\r\n--x--\r\n',
    }
    environ = rf.generic("POST", "/", bodies[kind.partition("/")[0]], content_type=kind).environ

    request = Utf8Request(environ | {"CONTENT_TYPE": f"{kind}; charset={name}"})

    assert request.POST["comment"] == "café"
