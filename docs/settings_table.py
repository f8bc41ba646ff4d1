"""Write docs/settings.md from ``library.settings``: ``python -m docs.settings_table``."""

from pathlib import Path

from library.settings import PREFIX, Settings

_HEAD = """# Settings

Every setting is an environment variable. A wrong value or an unknown name stops the program with
one line that says so. This page is made by `python -m docs.settings_table`; a test keeps it true.

| name | default | what it does |
| --- | --- | --- |
"""


def table() -> str:
    """Give the page as Markdown."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "`var` beside the code" if name == "home" else f"`{field.default}`"
        default = "none" if field.default in (None, "", ()) else default
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |\n")
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    Path(__file__).with_name("settings.md").write_text(table(), "utf-8")
