"""The least that Flask can answer: what every other number is read beside."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.get("/")
def page() -> str:
    """A page without a template, a database or a person."""
    return "<!DOCTYPE html><title>Bare</title><p>Nothing but a page.</p>"
