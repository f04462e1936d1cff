"""For a WSGI server: ``waitress-serve wsgi:app`` or ``gunicorn wsgi:app``."""

from cpi1540.app import create_app

app = create_app()
