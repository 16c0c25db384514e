"""`tracker spc`, as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli.spc import spc

GOOD = {"chart": "run", "args": {}, "input": {"x": [1, 2, 3], "y": [4, None, 6]}}
BAD = {"chart": "pie", "input": {}}


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(spc, arguments, input=stdin)


def test_a_file_is_answered_with_points_and_chart(tmp_path: Path) -> None:
    path = tmp_path / "falls.json"
    path.write_text(json.dumps(GOOD))
    result = run(str(path))
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["points", "chart"]
    assert found["points"]["centre"] == [5, 5, 5]


def test_a_byte_order_mark_is_read_past(tmp_path: Path) -> None:
    path = tmp_path / "falls.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8-sig")
    assert run(str(path)).exit_code == 0


@pytest.mark.parametrize("text", [json.dumps(BAD), "", "{", "[" * 100_000, '{"chart": NaN}'])
def test_a_refused_file_gives_its_error_and_exit_code_2(tmp_path: Path, text: str) -> None:
    path = tmp_path / "falls.json"
    path.write_text(text)
    result = run(str(path))
    assert result.exit_code == 2
    assert list(json.loads(result.stdout)) == ["error"]


def test_a_file_that_cannot_be_read_gives_an_error_and_exit_code_2(tmp_path: Path) -> None:
    for name in (str(tmp_path / "absent.json"), str(tmp_path)):
        result = run(name)
        assert result.exit_code == 2
        assert json.loads(result.stdout)["error"].startswith("The file cannot be read")


def test_lines_are_answered_one_by_one_and_a_bad_one_does_not_stop_the_rest() -> None:
    lines = [json.dumps(GOOD), json.dumps(BAD), "", "nonsense", json.dumps(GOOD)]
    result = run("-", stdin="\n".join(lines))
    assert result.exit_code == 0
    kinds = [sorted(json.loads(line)) for line in result.stdout.splitlines()]
    answered, refused = ["chart", "points"], ["error"]
    assert kinds == [answered, refused, refused, answered]


def test_lines_that_are_not_text_do_not_stop_the_rest() -> None:
    result = run("-", stdin=b"\xff\xfe\n" + json.dumps(GOOD).encode() + b"\r\n")
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {"error": "The document is not UTF-8 text."}
    assert second["points"]["y"] == [4, None, 6]


def test_no_lines_give_no_answers() -> None:
    result = run("-", stdin="")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_command_loads_no_web_app_and_no_database() -> None:
    program = (
        "import sys; from tracker.cli import main\n"
        "main(['spc', '-'], standalone_mode=False)\n"
        "print(sorted({'flask', 'sqlalchemy', 'tracker.web', 'tracker.db'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        input=json.dumps(GOOD),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={},
    )
    answer, heavy = done.stdout.splitlines()
    assert json.loads(answer)["points"]["x"] == [1, 2, 3]
    assert heavy == "[]"
