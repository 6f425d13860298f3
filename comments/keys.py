"""How addresses name rows."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A number that a key can be: longer ones are no address, rather than an error of the database."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")
