"""Settings: read once, frozen, wrong ones explained, every one documented."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from docs.settings_table import table
from library.errors import SettingsError
from library.secret import secret_key
from library.settings import PREFIX, Settings, read_settings

ROOT = Path(__file__).parents[2]


def test_every_setting_has_help_and_the_page_of_settings_is_up_to_date() -> None:
    assert all(field.description for field in Settings.model_fields.values())
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == table()
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in table()


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("KENNISBANK_PORT", "abc", "valid integer"),
        ("KENNISBANK_PORT", "70000", "less than or equal to 65535"),
        ("KENNISBANK_TRUSTED_ADDRESSES", "127.0.0.1", "not an address and port"),
        ("KENNISBANK_TRUSTED_ADDRESSES", "localhost:80", "not an address and port"),
        ("KENNISBANK_TRUSTED_ADDRESSES", "127.0.0.1:0", "not an address and port"),
        ("KENNISBANK_SECRET_KEY", "short", "32 characters"),
        ("KENNISBANK_PUBLIC_URL", "kennisbank.voorbeeld.nl", "not an address such as https://"),
        ("KENNISBANK_PUBLIC_URL", "https://voorbeeld.nl/kennis", "not an address such as https://"),
        ("KENNISBANK_LOG_LEVEL", "loud", "'warning'"),
        ("KENNISBANK_TRUSTED_PACE", "-1", "greater than or equal to 0"),
    ],
)
def test_a_wrong_value_is_explained_with_its_name(name: str, value: str, part: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})
    assert name in str(caught.value)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_is_refused_with_a_hint() -> None:
    with pytest.raises(SettingsError, match="Did you mean KENNISBANK_PORT"):
        read_settings({"KENNISBANK_PROT": "8000"})


def test_settings_are_frozen() -> None:
    settings = read_settings({})
    with pytest.raises(ValidationError):
        settings.port = 9  # type: ignore[misc] # The test is that this fails.


def test_an_environment_that_is_given_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENNISBANK_PORT", "9999")
    assert read_settings({}).port == 8000
    assert read_settings().port == 9999


def test_trusted_addresses_are_divided_by_commas() -> None:
    settings = read_settings({"KENNISBANK_TRUSTED_ADDRESSES": "127.0.0.1:81, [::1]:82"})
    assert settings.trusted_addresses == ("127.0.0.1:81", "[::1]:82")
    assert read_settings({}).trusted_addresses == ()


def test_an_empty_value_is_the_default() -> None:
    assert read_settings({"KENNISBANK_PORT": ""}).port == 8000


def test_secret_key_is_wanted_made_once_and_kept(tmp_path: Path) -> None:
    settings = read_settings({"KENNISBANK_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match="KENNISBANK_SECRET_KEY"):
        secret_key(settings)
    made = secret_key(settings, make=True)
    assert len(made) >= 32
    assert secret_key(settings) == secret_key(settings, make=True) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    given = read_settings({"KENNISBANK_HOME": str(tmp_path), "KENNISBANK_SECRET_KEY": "k" * 32})
    assert secret_key(given) == "k" * 32


def test_secret_key_never_stands_in_a_print_of_the_settings() -> None:
    settings = read_settings({"KENNISBANK_SECRET_KEY": "geheim" * 8})
    assert "geheim" not in repr(settings)
