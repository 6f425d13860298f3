"""The blocks editors write with, one body for each kind of page."""

from articles.blocks.bodies import ArticleBody, HomeSections, StandardBody

__all__ = ["ArticleBody", "HomeSections", "StandardBody"]
