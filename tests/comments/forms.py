"""What a browser finds in a page to send back: tests that fill real forms know nothing else of them."""

from html.parser import HTMLParser


class _CommentForm(HTMLParser):
    """The first form with a field named `comment`: where it goes, and what stands in its fields already."""

    def __init__(self):
        super().__init__()
        self.address = ""
        self.fields = {}
        self._done = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if self._done:
            return
        if tag == "form":
            self.address, self.fields = given.get("action", ""), {}
        elif tag in {"input", "textarea", "select"} and given.get("name"):
            self.fields[given["name"]] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form" and "comment" in self.fields:
            self._done = True


def comment_form_in(html):
    """Return where the comment form of a page goes, and its fields as the page gives them."""
    parser = _CommentForm()
    parser.feed(html)
    assert "comment" in parser.fields, "The page has no comment form."
    return parser.address, parser.fields
