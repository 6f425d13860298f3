"""The guide's pages, pictures, files, authors and navigation."""

from articles.models.article import ArticlePage, ArticleTag, Authorship
from articles.models.authors import Author
from articles.models.media import GuideDocument, GuideImage, GuideRendition
from articles.models.navigation import Navigation
from articles.models.pages import GuideIndexPage, HomePage, StandardPage

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Author",
    "Authorship",
    "GuideDocument",
    "GuideImage",
    "GuideIndexPage",
    "GuideRendition",
    "HomePage",
    "Navigation",
    "StandardPage",
]
