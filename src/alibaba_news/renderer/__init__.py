"""Archive in, pages as bytes out: addresses, view types, Jinja templates, feeds, linked data, drawings."""

from alibaba_news.renderer.pages import Page, plan_pages
from alibaba_news.renderer.render import Renderer

__all__ = ["Page", "Renderer", "plan_pages"]
