"""No spelling of a private address gets past the guard, and no answer of a name server."""

import asyncio
from collections.abc import Iterable, Sequence

import httpcore
import httpx
import pytest

from crawler.fetch import Fetcher, GuardNotInstalled, guarded_transport
from crawler.guard import (
    REMEMBERED_SECONDS,
    AddressRefused,
    ConnectFailed,
    Guard,
    GuardedBackend,
    NameNotFound,
    is_public,
)
from crawler.outcomes import Failed, Refused
from crawler.urls import normalise, problem, split

PRIVATE_IPV4 = (
    *("0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254"),
    *("127.0.0.1", "127.1.2.3", "127.255.255.255", "169.254.0.1", "169.254.169.254"),
    *("169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.170"),
    *("192.0.0.192", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1"),
    *("192.168.255.255", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("168.63.129.16", "100.100.100.200"),
)
PRIVATE_IPV6 = (
    *("::", "::1", "::127.0.0.1", "::93.184.216.34", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:169.254.169.254", "::ffff:7f00:1", "::ffff:0:127.0.0.1", "::ffff:0:93.184.216.34"),
    *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::5db8:d822", "64:ff9b:1::1", "100::1"),
    *("2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1"),
    *("2001:20::1", "2001:30::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1"),
    *("2002:5db8:d822::1", "2620:4f:8000::1", "3fff::1", "3ffe::1", "5f00::1", "fc00::1"),
    *("fd00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("ff02::1", "ff0e::1", "4000::1", "::ffff:168.63.129.16"),
)
PUBLIC = (
    *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "93.184.216.34", "100.63.255.255"),
    *("100.128.0.1", "126.255.255.255", "128.0.0.1", "145.97.1.1", "169.253.255.255"),
    *("169.255.0.1", "172.15.255.255", "172.32.0.1", "185.37.70.1", "192.0.1.1", "192.0.3.1"),
    *("192.167.255.255", "192.169.0.1", "193.78.237.1", "198.17.255.255", "198.20.0.1"),
    *("198.51.101.1", "203.0.114.1", "213.154.1.1", "223.255.255.254"),
    *("2001:7b8::1", "2001:67c:2e8::1", "2001:4860:4860::8888", "2606:4700:4700::1111"),
    *("2a00:1450::1", "2a02:a450::1", "2400:cb00::1", "::ffff:93.184.216.34"),
)
SPELLINGS = (
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1"),
    *("0177.0.0.1", "0177.1", "017700000001", "127.0.0.1.", "127.0.0.01", "0x7F.0X0.0.1"),
    *(
        "0",
        "0x0",
        "00",
        "0.0.0.0",
        "１２７.０.０.１",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "%31%32%37.0.0.1",
    ),
    *("127.0.0.1%2e", "0xa.0.0.1", "10.1", "167772161", "012.0.0.1", "192.168.1", "0xc0.0xa8.1"),
    *("192.0x00A80001", "3232235521", "0300.0250.0.1", "172.16.1", "2886729729", "169.254.43518"),
    *("2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "0xA9.0xFE.0xA9.0xFE", "169.254.169.254."),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:0001]"),
    *("[::FFFF:10.0.0.1]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]"),
    *("[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "[::]", "[ff02::1]", "[fe80::1%25lo]"),
    *(
        "localhost",
        "LOCALHOST",
        "localhost.",
        "ｌｏｃａｌｈｏｓｔ",
        "a.localhost",
        "router",
        "router.",
    ),
    *("printer.local", "db.internal", "nas.lan", "x.home.arpa", "abcdef.onion"),
    *("93.184.216.34:22", "93.184.216.34:8080", "[2001:4860:4860::8888]:25"),
    *("ik@127.0.0.1", "voorbeeld.nl:80@127.0.0.1", "256.256.256.256", "1.2.3.4.5", "0x7f.1.2.3.4"),
)


def test_there_are_as_many_vectors_as_promised() -> None:
    assert len(PRIVATE_IPV4) + len(PRIVATE_IPV6) >= 60
    assert len(SPELLINGS) >= 70
    assert len(PUBLIC) >= 30


@pytest.mark.parametrize("address", [*PRIVATE_IPV4, *PRIVATE_IPV6])
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "voorbeeld.nl", "1.2.3", "1.2.3.4/8", "0x7f.1"])
def test_what_is_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


async def nobody(host: str, port: int) -> Sequence[str]:
    raise AssertionError(f"{host}:{port} was asked of a name server")


async def refusal(url: str) -> str | None:
    """The reason why an address would not be dialled, by the same steps as a fetch."""
    form = normalise(url)
    if form is None:
        return "bad-url"
    if (reason := problem(form)) is not None:
        return reason
    parts = split(form)
    assert parts is not None
    try:
        await Guard(resolve=nobody).addresses(parts.host, parts.port)
    except AddressRefused as error:
        return error.reason
    return None


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_spelling_of_an_inside_address_is_refused(scheme: str, host: str) -> None:
    assert asyncio.run(refusal(f"{scheme}://{host}/")) is not None


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_dialled(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert asyncio.run(refusal(f"https://{host}/")) is None


class Names:
    """A name server with a script: each question gets the next answer, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.questions = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.questions += 1
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if not found:
            raise OSError("no such name")
        return found


class Dialler(httpcore.AsyncNetworkBackend):
    """Notes what is dialled; answers nobody."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        raise httpcore.ConnectError("this test dials nobody")


def dial(names: Names, times: int = 1, step: float = 0.0) -> tuple[list[str], list[str]]:
    """Connect a few times to one name; what was dialled, and what was refused."""
    now, dialler, refused = [0.0], Dialler(), []
    backend = GuardedBackend(Guard(resolve=names, clock=lambda: now[0]), dialler)

    async def run() -> None:
        for _ in range(times):
            try:
                await backend.connect_tcp("wisselend.nl", 443)
            except (AddressRefused, NameNotFound, ConnectFailed) as error:
                refused.append(type(error).__name__)
            now[0] += step

    asyncio.run(run())
    return dialler.dialled, refused


GOOD, INSIDE = "93.184.216.34", "127.0.0.1"


def test_rebinding_between_check_and_dial_finds_no_second_question() -> None:
    names = Names([GOOD], [INSIDE])
    assert dial(names) == ([GOOD], ["ConnectFailed"])
    assert names.questions == 1


def test_rebinding_within_a_minute_is_not_asked() -> None:
    names = Names([GOOD], [INSIDE])
    assert dial(names, times=5, step=REMEMBERED_SECONDS / 10)[0] == [GOOD] * 5
    assert names.questions == 1


def test_rebinding_after_a_minute_is_refused() -> None:
    dialled, refused = dial(Names([GOOD], [INSIDE]), times=2, step=REMEMBERED_SECONDS + 1)
    assert (dialled, refused) == ([GOOD], ["ConnectFailed", "AddressRefused"])


@pytest.mark.parametrize("answers", [[GOOD, INSIDE], [INSIDE, GOOD], [GOOD, "::1"]])
def test_one_bad_answer_refuses_the_name(answers: list[str]) -> None:
    assert dial(Names(answers)) == ([], ["AddressRefused"])


def test_an_address_hidden_in_ipv6_refuses_the_name() -> None:
    assert dial(Names([GOOD, "::ffff:10.0.0.1"])) == ([], ["AddressRefused"])


def test_a_flood_of_answers_refuses_the_name() -> None:
    many = [f"93.184.{n // 250}.{n % 250 + 1}" for n in range(500)]
    assert dial(Names(many)) == ([], ["AddressRefused"])


def test_a_refused_name_is_asked_again_later_and_may_then_be_good() -> None:
    dialled, refused = dial(Names([INSIDE], [GOOD]), times=2)
    assert (dialled, refused) == ([GOOD], ["AddressRefused", "ConnectFailed"])


def test_a_name_that_is_not_there() -> None:
    assert dial(Names([])) == ([], ["NameNotFound"])


def test_other_addresses_of_a_name_are_tried() -> None:
    several = ["93.184.216.34", "93.184.216.35", "93.184.216.36", "93.184.216.37"]
    assert dial(Names(several))[0] == several[:3]


def test_trusted_pairs_are_exact_and_literal() -> None:
    guard = Guard(("127.0.0.1:8101", "[::1]:8102"), nobody)

    async def check() -> None:
        assert await guard.addresses("127.0.0.1", 8101) == ("127.0.0.1",)
        assert await guard.addresses("::1", 8102) == ("::1",)
        for host, port in (("127.0.0.1", 80), ("127.0.0.2", 8101), ("localhost", 8101)):
            with pytest.raises(AddressRefused):
                await guard.addresses(host, port)

    asyncio.run(check())


def test_no_socket_of_this_machine_is_opened() -> None:
    backend = GuardedBackend(Guard(), Dialler())
    with pytest.raises(AddressRefused):
        asyncio.run(backend.connect_unix_socket("/run/docker.sock"))


def test_the_hook_into_httpx_is_where_we_think() -> None:
    """Contract: every connection of a client with our transport passes the guard."""
    names = Names([INSIDE])

    async def ask() -> None:
        async with httpx.AsyncClient(transport=guarded_transport(Guard(resolve=names))) as client:
            with pytest.raises(AddressRefused):
                await client.get("http://binnen.nl/")
            with pytest.raises(AddressRefused):
                await client.get("https://binnen.nl/")
            with pytest.raises(AddressRefused):
                await client.get("http://127.0.0.1/")

    asyncio.run(ask())
    assert names.questions == 2


def test_a_moved_hook_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    # The only patch: a version of httpx that does not exist yet.
    monkeypatch.setattr(httpx, "AsyncHTTPTransport", lambda **_: object())
    with pytest.raises(GuardNotInstalled):
        guarded_transport(Guard())


def test_a_fetch_tells_what_the_guard_said() -> None:
    async def ask(names: Names) -> object:
        async with Fetcher("Proef/1", Guard(resolve=names)) as fetcher:
            return await fetcher.get("https://wisselend.nl/")

    private = asyncio.run(ask(Names([INSIDE])))
    assert isinstance(private, Refused)
    assert private.reason == "private-address"
    unknown = asyncio.run(ask(Names([])))
    assert isinstance(unknown, Failed)
    assert unknown.reason == "dns-failed"
