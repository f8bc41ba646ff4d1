"""All settings, read once from the environment into one frozen value.

In: environment variables that begin with ``KENNISBANK_``. Out: ``Settings``, passed on as an
argument; nothing else reads the environment. A wrong value or an unknown name is a
``SettingsError`` that names the variable, so that a typing error is never silently ignored.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from library.errors import SettingsError

PREFIX = "KENNISBANK_"
SHORTEST_KEY = 32
"""Characters of the secret key: 192 bits and more, however they were chosen."""
_ADDRESS = re.compile(r"^(?P<host>\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})$")


class Settings(BaseSettings):
    """What an installation can choose. Every field carries its own help."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True
    )

    home: Path = Field(
        default=Path(__file__).resolve().parent.parent / "var",
        description="The one folder with all state: database, index, secret key. Local disk only.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address that the site listens on. Put a reverse proxy in front to publish it, and "
        "set KENNISBANK_PUBLIC_URL: other names and addresses are not answered.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port that the site listens on.")
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key that signs sessions and forms, at least 32 characters. "
        "`start` makes one and keeps it in the home folder; `serve` wants it to exist.",
    )
    public_url: str = Field(
        default="",
        description="Address at which visitors reach the site, for links in mail and the crawler's "
        "user agent. Empty: http://localhost:PORT.",
    )
    theme: Path | None = Field(
        default=None,
        description="A theme file of the NL Design System (CSS with design tokens): its colours, font and "
        "corners take the place of ours. The theme answers for its own contrast.",
    )
    contact_name: str = Field(
        default="", description="Who helps visitors; shown in the same place on every page."
    )
    contact_phone: str = Field(default="", description="Telephone number of that person.")
    contact_email: str = Field(
        default="",
        description="Mail address of that person; also told to the sites that we crawl.",
    )
    mail_server: str = Field(
        default="",
        description="Host and port of the server that sends our mail, for example "
        "smtp.voorbeeld.nl:587. Empty: no mail is sent, and `start` shows it where it runs.",
    )
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How mail travels to that server: starttls (port 587), tls (port 465) or none, "
        "for a server on this machine.",
    )
    mail_user: str = Field(default="", description="Name to sign in with at the mail server.")
    mail_password: SecretStr | None = Field(
        default=None, description="Password to sign in with at the mail server."
    )
    mail_from: str = Field(
        default="",
        description="Address that our mail comes from. Empty: KENNISBANK_CONTACT_EMAIL.",
    )
    four_eyes: Literal["no", "new-sites", "all"] = Field(
        default="no",
        description="Which submissions a second person has to approve too: no, new-sites (those of a "
        "website that has no source yet) or all. Set it only where two people judge.",
    )
    trusted_addresses: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Address and port pairs, divided by commas, that the crawler may reach though "
        "they are not public, for example 127.0.0.1:8101. `start --examples` adds its own.",
    )
    trusted_pace: float = Field(
        default=2.0,
        ge=0.0,
        le=60.0,
        description="Seconds between two requests to one trusted address. "
        "Everywhere else the pace is never below 2 seconds.",
    )
    page_budget: int = Field(
        default=5000,
        ge=1,
        le=100_000,
        description="Most pages that one crawl of one source fetches.",
    )
    crawls_at_once: int = Field(
        default=3,
        ge=1,
        le=20,
        description="Sources that the worker crawls side by side, each with some 200 MB of memory; "
        "sources on one host keep one pace together.",
    )
    kept_body_bytes: int = Field(
        default=5_000_000,
        ge=0,
        description="Largest fetched body, in bytes as received, that is kept for extracting again.",
    )
    generations_kept: int = Field(
        default=3, ge=1, le=20, description="Generations of the index that stay on disk."
    )
    search_cache_mb: int = Field(
        default=128,
        ge=0,
        le=65536,
        description="Memory in which the site keeps what it worked out for the words of searches. "
        "Less is slower and changes nothing else.",
    )
    web_processes: int = Field(
        default=1,
        ge=1,
        le=32,
        description="Processes that answer visitors, each with an open index of its own in memory. "
        "More of them use more cores: on two cores two gave 1.9 times the pages a second of one.",
    )
    web_threads: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Threads of each process that answers visitors. They share a core: more of them "
        "give no more pages a second, but a slow visitor then holds up nobody.",
    )
    searches_per_minute: int = Field(
        default=60,
        ge=0,
        description="Searches that one visitor may do in a minute, by page and API together; "
        "0 is no limit.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many proxies of your own stand before the site and add the visitor's "
        "address to X-Forwarded-For. With 0 nothing is counted that comes from this machine.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="Word that a monitor sends (Authorization: Bearer WORD) to read /metrics from another "
        "machine. Without it only this machine may.",
    )
    backup_days: int = Field(
        default=8,
        ge=1,
        le=366,
        description="Days after which the last copy is too old, and admins are told. 8 suits one copy a "
        "week, with a day to spare; with one every night set 2.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="debug, info, warning or error."
    )

    @field_validator("trusted_addresses", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_addresses")
    @classmethod
    def _check_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pair in value:
            match = _ADDRESS.match(pair)
            if match is None or not 0 < int(match["port"]) < 65536:
                raise ValueError(f"{pair!r} is not an address and port such as 127.0.0.1:8101")
        return value

    @field_validator("mail_server")
    @classmethod
    def _check_mail_server(cls, value: str) -> str:
        match = re.fullmatch(r"[^\s:/@]+:(\d{1,5})", value)
        if value and (match is None or not 0 < int(match[1]) < 65536):
            raise ValueError(f"{value!r} is not a host and port such as smtp.voorbeeld.nl:587")
        return value

    @model_validator(mode="after")
    def _check_sender(self) -> Self:
        if self.mail_server and not (self.mail_from or self.contact_email):
            raise ValueError("mail needs a sender: set KENNISBANK_MAIL_FROM")
        return self

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        # Only scheme, host and port: the pages link to each other from the root of the site.
        if value and not re.fullmatch(r"https?://[^\s/?#@]+/?", value):
            raise ValueError(f"{value!r} is not an address such as https://kennisbank.voorbeeld.nl")
        return value

    @field_validator("secret_key")
    @classmethod
    def _check_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"must have at least {SHORTEST_KEY} characters")
        return value

    @field_validator("home", "theme")
    @classmethod
    def _make_absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().resolve() if value else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment and nothing else, so that there is one place to look."""
        return init_settings, env_settings

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.home / "kennisbank.db"

    @property
    def index_folder(self) -> Path:
        """The folder with the generations of the index."""
        return self.home / "index"

    @property
    def site_url(self) -> str:
        """Where visitors reach the site, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


def read_settings(environment: Mapping[str, str] | None = None, **changes: Any) -> Settings:
    """Read the settings, with ``changes`` over them; raise ``SettingsError`` in plain words."""
    names = [
        n for n in (os.environ if environment is None else environment) if n.startswith(PREFIX)
    ]
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    for name in sorted(names):
        if name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SettingsError(f"{name} is not a setting of Kennisbank.{hint}")
    try:
        if environment is None:
            return Settings(**changes)
        given = {n[len(PREFIX) :].lower(): environment[n] for n in names if environment[n] != ""}
        return _Given(**{**given, **changes})
    except ValidationError as error:
        raise _explained(error) from error


def described() -> Iterator[str]:
    """Give every setting with its default and its help."""
    for name, field in Settings.model_fields.items():
        default = "none" if field.default in (None, "", ()) else field.default
        yield f"{PREFIX}{name.upper()} (default: {default})\n    {field.description}"


class _Given(Settings):
    """Settings from the values that are given, and nothing else."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is passed."""
        return (init_settings,)


def _explained(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    # What is wrong with several together has no place of its own.
    name = PREFIX + "_".join(str(part) for part in first["loc"][:1] or ("mail_from",)).upper()
    return SettingsError(f"{name} is wrong: {first['msg'].removeprefix('Value error, ')}")
