"""Addresses of the account beside those of sign-in and sign-up."""

urlpatterns: list = []
