"""The people of a network and their roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from networks import services
from networks.accounts import name_of
from networks.doors import membership_in
from networks.forms import RoleForm
from networks.keys import key_in
from networks.models import Membership
from networks.models.memberships import MembershipQuerySet
from networks.states import Role
from networks.views.inside import InsideSpace, page_key

MEMBERS_PER_PAGE = 50


class MemberListView(InsideSpace, TemplateView):
    """The members: those who run the space, then the others in the order they joined."""

    needs = "can_see_members"
    section = "members"
    template_name = "networks/member_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of members; who runs the space stands above the first, or is gone through in pages of their own (`?equipe=`)."""
        key, team_key = page_key(self.request), key_in(self.request.GET.get("equipe", ""))
        memberships = self.standing.network.memberships.select_related("user")
        team, team_next = _page(memberships.running_after(team_key)) if key is None else ([], None)
        members, next_key = _page(memberships.filter(role=Role.MEMBER).following(key)) if team_key is None else ([], None)
        is_first = key is None and team_key is None
        return super().get_context_data(
            team=team,
            team_next=team_next,
            members=members,
            next_key=next_key,
            is_of_team=team_key is not None,
            roles=Role.choices,
            people_page="members",
            lacks_facilitator=is_first and self.standing.can_manage_members and not _is_run(team),
            **kwargs,
        )


def _page(memberships: MembershipQuerySet) -> tuple[list[Membership], int | None]:
    """A page of memberships, and the key from which the next one goes on."""
    found = list(memberships[: MEMBERS_PER_PAGE + 1])
    shown = found[:MEMBERS_PER_PAGE]
    return shown, shown[-1].pk if len(found) > MEMBERS_PER_PAGE else None


def _is_run(team: list[Membership]) -> bool:
    return any(membership.role == Role.FACILITATOR and membership.user.is_active for membership in team)


class _OneMember(InsideSpace):
    """Something done to one membership of the space."""

    needs = "can_manage_members"
    section = "members"
    membership: Membership

    def fetch(self) -> None:
        self.membership = membership_in(self.standing, self.kwargs["pk"])


class RoleView(_OneMember, View):
    """The role of a member."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Give the member another role; a role that does not exist changes nothing and says so."""
        form = RoleForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose one of the roles of the list."))
            return self.to("members")
        role = Role(form.cleaned_data["role"])
        done = _("%(name)s: the role is now “%(role)s”.") % {"name": name_of(self.membership.user), "role": role.label}
        self.attempt(lambda: services.set_role(self.membership, role, by=request.user), done)
        return self.to("members")


class RemoveMemberView(_OneMember, TemplateView):
    """Ending somebody's membership, asked once before it is done."""

    template_name = "networks/remove_member.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The membership in question."""
        return super().get_context_data(membership=self.membership, **kwargs)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """End the membership."""
        done = _("%(name)s is no longer a member.") % {"name": name_of(self.membership.user)}
        self.attempt(lambda: services.remove_member(self.membership, by=request.user), done)
        return self.to("members")
