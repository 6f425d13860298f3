"""Every address of the site; the names of the public ones are fixed in docs/contract."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config import preferences, views
from users.admin_views import OwnAccountView

urlpatterns = [
    path("sante/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("langue/setlang/", preferences.choose_language, name="set_language"),
    path("apparence/", preferences.choose_scheme, name="appearance"),
    path("admin/login/", views.door, name="admin_login"),
    path("admin/account/", require_admin_access(OwnAccountView.as_view()), name="admin_account"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("compte/entree/", views.door, name="door"),
    path("compte/", include("users.urls")),
    path("compte/", include("allauth.urls")),
    path("reseaux/", include("comments.space_urls")),
    path("reseaux/", include("networks.urls")),
    path("", include("comments.urls")),
    path("recherche/", include("search.urls")),
    path("", include(wagtail_urls)),
]

if settings.SERVE_MEDIA:
    media = cache_control(public=True, max_age=24 * 60 * 60)(serve)
    urlpatterns.insert(0, path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, {"document_root": settings.MEDIA_ROOT}, name="media"))

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
