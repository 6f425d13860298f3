"""Addresses of discussions and comments."""

app_name = "comments"
urlpatterns: list = []
