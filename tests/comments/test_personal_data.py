"""How moderators meet a person is handed over with their data, and erased with it."""

from comments import personal_data, services
from comments.models import AuthorStanding


def test_a_standing_is_handed_over_and_erased(reader, member, network, admin):
    services.set_standing(f"user:{reader.pk}", "watched", by=admin, network=network, note="Pour nous")
    services.set_standing(f"user:{member.pk}", "trusted", by=admin)

    (told,) = personal_data.export(reader)["standings"]
    assert (told["standing"], told["network"]) == ("watched", network.name)
    assert "Pour nous" not in str(told)

    personal_data.erase(reader)
    assert AuthorStanding.objects.get().author_key == f"user:{member.pk}"
