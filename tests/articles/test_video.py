"""Which addresses are videos, and what frame each would load."""

import pytest

from articles.video import video_of


@pytest.mark.parametrize(
    ("url", "provider", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://youtu.be/dQw4w9WgXcQ", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        ("https://vimeo.com/76979871/abcdef0123", "Vimeo", "https://player.vimeo.com/video/76979871?h=abcdef0123&dnt=1&autoplay=1"),
        (
            "https://video.example.org/w/9c9de5e8",
            "PeerTube (video.example.org)",
            "https://video.example.org/videos/embed/9c9de5e8?autoplay=1&p2p=0",
        ),
    ],
)
def test_the_address_of_a_video_gives_its_frame(settings, url, provider, frame):
    settings.PEERTUBE_HOSTS = ["video.example.org"]

    video = video_of(url)

    assert (video.provider, video.page, video.frame) == (provider, url, frame)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "https://example.org/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=../../evil",
        "https://www.youtube.com/",
        "https://vimeo.com/channels/staffpicks",
        "https://unknown-peertube.example/w/abc",
        "http://[::1",
    ],
)
def test_another_address_is_no_video(url):
    assert video_of(url) is None
