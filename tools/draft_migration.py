"""Draft a migration: the difference between the models and what the migrations so far make.

Compares in a database of its own, so that nobody's data is touched. Read what it writes: it sees
tables and columns, not what should become of the rows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tracker import create_app
from tracker.config import Settings
from tracker.db import migrations


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(database_url=f"sqlite:///{folder}/draft.db", secret_key="x" * 32, dev=True)
        )
        if migrations.head() is not None:
            migrations.upgrade(app)
        written = migrations.draft(app, message)
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "check", "--fix", "--quiet", written], check=False)
    subprocess.run([ruff, "format", "--quiet", written], check=True)
    print(written.relative_to(Path.cwd()))


if __name__ == "__main__":
    main(sys.argv[1])
