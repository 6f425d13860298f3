"""Where a video is shown from, read from the address of its page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from django.conf import settings

_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d+)(?:/([0-9a-f]+))?")
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([\w-]+)")


@dataclass(frozen=True)
class Video:
    """A video of another site: who shows it, its page there, and the address a frame would load."""

    provider: str
    page: str
    frame: str


def video_of(url: str) -> Video | None:
    """The video at an address, None where no site we may show it from is recognised."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in {"https", "http"}:
        return None
    read = _PROVIDERS.get(host) or (_peertube if host in settings.PEERTUBE_HOSTS else None)
    return read(url) if read else None


def _youtube(url: str) -> Video | None:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    identifier = parse_qs(parts.query).get("v", segments[-1:])[:1]
    if not identifier or not _YOUTUBE_ID.fullmatch(identifier[0]):
        return None
    return Video("YouTube", url, f"https://www.youtube-nocookie.com/embed/{identifier[0]}?autoplay=1")


def _vimeo(url: str) -> Video | None:
    match = _VIMEO_PATH.fullmatch(urlsplit(url).path.rstrip("/"))
    if match is None:
        return None
    private = f"h={match[2]}&" if match[2] else ""
    return Video("Vimeo", url, f"https://player.vimeo.com/video/{match[1]}?{private}dnt=1&autoplay=1")


def _peertube(url: str) -> Video | None:
    parts = urlsplit(url)
    match = _PEERTUBE_PATH.fullmatch(parts.path.rstrip("/"))
    if match is None:
        return None
    return Video(f"PeerTube ({parts.hostname})", url, f"https://{parts.hostname}/videos/embed/{quote(match[1])}?autoplay=1&p2p=0")


_PROVIDERS: dict[str, Callable[[str], Video | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}
