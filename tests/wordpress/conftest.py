"""Exports of our own writing, and a storage that is empty when a test begins."""

from html import escape
from pathlib import Path

import pytest

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Un blog</title>
<link>https://blog.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://blog.example.org</wp:base_site_url>
<wp:base_blog_url>https://blog.example.org</wp:base_blog_url>
"""
TAIL = "</channel>\n</rss>\n"


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def author(login: str = "redaction", number: int = 2, email: str = "redaction@example.org", name: str = "La rédaction") -> str:
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(email)}</wp:author_email><wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>\n"
    )


def comment(number: object = 1, text: str = "Bonjour", **fields: object) -> str:
    values = {
        "author": "Une lectrice",
        "author_email": "lectrice@example.org",
        "date_gmt": "2023-02-01 10:00:00",
        "approved": "1",
        "type": "comment",
        "parent": "0",
        "user_id": "0",
        **fields,
    }
    parts = "".join(f"<wp:comment_{name}>{cdata(str(value))}</wp:comment_{name}>" for name, value in values.items())
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_content>{cdata(text)}</wp:comment_content>{parts}</wp:comment>\n"
    )


def item(number: object = 10, content: str = "", *, title: str = "Un article", extra: str = "", excerpt: str = "", **fields: object) -> str:
    values = {
        "post_date_gmt": "2023-01-17 10:30:00",
        "comment_status": "open",
        "post_name": f"article-{number}",
        "status": "publish",
        "post_parent": "0",
        "post_type": "post",
        **fields,
    }
    parts = "".join(f"<wp:{name}>{cdata(str(value))}</wp:{name}>\n" for name, value in values.items())
    return (
        f"<item>\n<title>{cdata(title)}</title>\n<link>https://blog.example.org/{escape(str(values['post_name']))}/</link>\n"
        f"<dc:creator>{cdata('redaction')}</dc:creator>\n<wp:post_id>{number}</wp:post_id>\n"
        f"<content:encoded>{cdata(content)}</content:encoded>\n<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>\n{parts}{extra}</item>\n"
    )


def meta(name: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{cdata(name)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>\n"


def attachment(number: int, path: str, *, alt: str = "", excerpt: str = "", title: str = "Une pièce") -> str:
    address = f"https://blog.example.org/wp-content/uploads/{path}"
    extra = f"<wp:attachment_url>{cdata(address)}</wp:attachment_url>" + meta("_wp_attached_file", path)
    extra += meta("_wp_attachment_image_alt", alt) if alt else ""
    return item(number, title=title, extra=extra, excerpt=excerpt, post_type="attachment", status="inherit", post_name=f"piece-{number}")


def term(name: str, domain: str = "post_tag", nicename: str = "") -> str:
    return f'<category domain="{domain}" nicename="{nicename or name.lower()}">{cdata(name)}</category>\n'


@pytest.fixture
def export(tmp_path):
    """Writes an export and returns its path."""

    def write(*items: str, head: str = HEAD, tail: str = TAIL, encoding: str = "utf-8", name: str = "export.xml") -> Path:
        path = tmp_path / name
        path.write_bytes((head + "".join(items) + tail).encode(encoding))
        return path

    return write


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """An empty media folder, so that what a test leaves in it is what the import left."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
