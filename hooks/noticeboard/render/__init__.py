"""From data to HTML: the Jinja environment, HTML helpers, templates, and the pages’ Content-Security-Policy."""
