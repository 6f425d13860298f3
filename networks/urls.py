"""Addresses of networks, spaces and topics."""

app_name = "networks"
urlpatterns: list = []
