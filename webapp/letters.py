"""Waiting mail -> the letter that somebody reads. Called by the worker, at the moment of sending.

In: a row that tells the kind of mail and to whom it goes. Out: a letter with its words and its link,
or nothing when it is not to be sent any more: nobody has the address, the account is closed, or the
mail waited so long that whoever asked has given up.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from index import Index
from library.contact import contact_of
from library.mail import Compose, Letter
from library.settings import Settings
from library.store import Mail, Store
from library.store.accounts import INVITATION_LIVES, LINK_LIVES
from webapp import formats
from webapp.following import (
    CONFIRM,
    CONFIRM_LIVES,
    MOST_NEWS,
    STOP,
    news_of,
    search_in_words,
)
from webapp.hits import document_address, title_of
from webapp.insight_pages import ReportSection
from webapp.messages import DECLINE_REASONS, FACTOR_MAILS, HEALTH, JUDGEMENT_MAILS, say
from webapp.partner_report import STOP as STOP_MONTHLY
from webapp.partner_report import report_of, sections_of
from webapp.proofs import sign_with
from webapp.submissions import PURPOSE, WORKING_DAYS
from webapp.trial import found_lines

TEST_MAIL = "test-mail"
TEST_MAIL_LIVES = timedelta(days=1)
HEALTH_LIVES = timedelta(days=1)


def composing(settings: Settings, store: Store, index: Index, key: str) -> Compose:
    """Make what writes the letters of an installation; ``key`` signs links to status pages."""
    writers = _Writers(settings, store, index, key)
    by_kind: dict[str, Callable[[Mail, datetime], Letter | None]] = {
        "sign-in": writers.sign_in,
        "invitation": writers.invitation,
        "passkey": writers.passkey,
        "second-factor": writers.second_factor,
        "test": writers.test,
        "health": writers.health,
        "submission-confirm": writers.confirm,
        "submission-received": writers.received,
        "submission-tried": writers.tried,
        "submission-judged": writers.judged,
        "follow-confirm": writers.follow_confirm,
        "follow-news": writers.follow_news,
        "missed": writers.missed,
        "monthly": writers.monthly,
    }
    return lambda mail, now: by_kind[mail.kind](mail, now)


def judgement(state: str, url: str, reason: str, message: str) -> tuple[str, str]:
    """Subject and text of the mail on a judgement: the moderator reads them before they are sent."""
    why = DECLINE_REASONS.get(reason, "")
    subject, text = JUDGEMENT_MAILS[state]
    return subject, "\n\n".join(filter(None, (text.format(url=url), why, message)))


class _Writers:
    """One method for each kind of mail."""

    def __init__(self, settings: Settings, store: Store, index: Index, key: str) -> None:
        self._settings, self._store, self._index, self._key = settings, store, index, key

    def sign_in(self, mail: Mail, now: datetime) -> Letter | None:
        account = self._store.accounts.find_by_email(mail.recipient)
        if account is None or account.is_closed or mail.created_at + LINK_LIVES <= now:
            return None
        if not self._store.accounts.may_have_link(account.id, now):
            return None
        token = self._store.accounts.sign_in_link(account.id, now, by_mail=True)
        return self._letter(
            mail, say("mail.sign-in.subject"), say("mail.sign-in"), self._link(f"/inloggen/{token}")
        )

    def invitation(self, mail: Mail, now: datetime) -> Letter | None:
        account = self._store.accounts.find_by_email(mail.recipient)
        if account is None or account.is_closed:
            return None
        token = self._store.accounts.sign_in_link(
            account.id, now, by_mail=True, lives=INVITATION_LIVES
        )
        return self._letter(
            mail,
            say("mail.invitation.subject"),
            say("mail.invitation", name=account.name, sender=mail.details["from"]),
            self._link(f"/inloggen/{token}"),
            say("mail.invitation.later", link=self._link("/inloggen")),
        )

    def passkey(self, mail: Mail, now: datetime) -> Letter | None:
        return self._letter(
            mail,
            say("mail.passkey.subject"),
            say("mail.passkey", name=mail.details["name"]),
            self._link("/account"),
        )

    def second_factor(self, mail: Mail, now: datetime) -> Letter | None:
        what = FACTOR_MAILS[str(mail.details["what"])]
        return self._letter(
            mail, say("mail.factor.subject"), say("mail.factor", what=what), self._link("/account")
        )

    def health(self, mail: Mail, now: datetime) -> Letter | None:
        """What needed a person when it was looked at; of no use once that is long ago."""
        if mail.created_at + HEALTH_LIVES <= now:
            return None
        told = (HEALTH[code].format(**values) for code, values in mail.details["findings"])
        return self._letter(
            mail,
            say("mail.health.subject"),
            say("mail.health"),
            "\n".join(f"- {text}" for text in told),
            say("mail.health.link"),
            self._link("/beheer/gezondheid"),
            say("mail.health.end"),
        )

    def test(self, mail: Mail, now: datetime) -> Letter | None:
        if mail.created_at + TEST_MAIL_LIVES <= now:
            return None
        token = sign_with(self._key, TEST_MAIL, mail.id)
        return self._letter(
            mail,
            say("mail.test.subject"),
            say("mail.test"),
            self._link(f"/beheer/proefmail/{token}"),
        )

    def confirm(self, mail: Mail, now: datetime) -> Letter | None:
        batch = int(mail.details["batch"])
        found = self._store.submissions.of_batch(batch)
        if not any(one.state == "unconfirmed" for one in found):
            return None
        return self._letter(
            mail,
            say("mail.confirm.subject"),
            say("mail.confirm"),
            "\n".join(one.url for one in found),
            self._status(batch),
        )

    def received(self, mail: Mail, now: datetime) -> Letter | None:
        batch = int(mail.details["batch"])
        found = self._store.submissions.of_batch(batch)
        return self._letter(
            mail,
            say("mail.received.subject", nr=batch),
            say("mail.received", nr=batch, n=WORKING_DAYS),
            "\n".join(one.url for one in found),
            self._status(batch),
        )

    def tried(self, mail: Mail, now: datetime) -> Letter | None:
        """Tell what the worker found at the addresses of one form, as far as they still wait."""
        batch = int(mail.details["batch"])
        found = [one for one in self._store.submissions.of_batch(batch) if one.is_open]
        if not found:
            return None
        told = ("\n".join((one.url, *found_lines(one.trial or {}))) for one in found)
        return self._letter(
            mail,
            say("mail.tried.subject", nr=batch),
            say("mail.tried"),
            *told,
            say("mail.tried.link"),
            self._status(batch),
        )

    def judged(self, mail: Mail, now: datetime) -> Letter | None:
        """Tell what became of a submission, as it is now; what was changed meanwhile is not told."""
        one = self._store.submissions.find(int(mail.details["submission"]))
        if one is None or one.state != mail.details["state"] or not one.email:
            return None
        subject, text = judgement(one.state, one.url, one.reason, one.message)
        return self._letter(mail, subject, text, self._status(one.batch))

    def follow_confirm(self, mail: Mail, now: datetime) -> Letter | None:
        if mail.created_at + CONFIRM_LIVES <= now:
            return None
        search = str(mail.details["search"])
        token = sign_with(self._key, CONFIRM, [mail.recipient, search])
        return self._letter(
            mail,
            say("mail.follow.subject"),
            say("mail.follow", search=search_in_words(search)),
            self._link(f"/volgen/{token}"),
            say("mail.follow.ignore"),
        )

    def follow_news(self, mail: Mail, now: datetime) -> Letter | None:
        """Tell what is new for a search; without news there is no mail."""
        follow = self._store.follows.find(int(mail.details["follow"]))
        if follow is None:
            return None
        since = datetime.fromisoformat(mail.details["since"])
        new = news_of(follow.search, since, self._store, self._index)
        if not new:
            return None
        shown = [
            f"{title_of(one.document.title, one.document.url)} ({one.document.organisation})\n"
            + self._link(document_address(one.document.id))
            for one in new[:MOST_NEWS]
        ]
        stop = self._link(f"/volgen/stop/{sign_with(self._key, STOP, follow.id)}")
        letter = self._letter(
            mail,
            say("mail.news.subject", search=search_in_words(follow.search)),
            say("mail.news", search=search_in_words(follow.search)),
            *shown,
            say("mail.news.all"),
            self._link(f"/zoeken?{follow.search}"),
            say("mail.stop"),
            stop,
        )
        return replace(letter, stop=stop)

    def missed(self, mail: Mail, now: datetime) -> Letter | None:
        """Tell a partner what people look for and do not find."""
        account = self._store.accounts.find_by_email(mail.recipient)
        if account is None or account.is_closed:
            return None
        query = mail.details["query"]
        return self._letter(
            mail,
            say("mail.missed.subject", q=query),
            say("mail.missed", q=query),
            self._link("/bron-aanmelden"),
            *filter(None, (mail.details["note"],)),
        )

    def monthly(self, mail: Mail, now: datetime) -> Letter | None:
        """Tell a partner what its documents did in a month; who has none in it gets no mail."""
        account = self._store.accounts.find_by_email(mail.recipient)
        if account is None or account.is_closed or not account.monthly_mail:
            return None
        since, until = (date.fromisoformat(mail.details[name]) for name in ("since", "until"))
        report = report_of(self._store, self._index, account.organisation, since, until)
        if not report.documents:
            return None
        month = formats.month(since)
        stop = self._link(
            f"/partner/maandbericht/stop/{sign_with(self._key, STOP_MONTHLY, account.id)}"
        )
        letter = self._letter(
            mail,
            say("mail.monthly.subject", month=month.capitalize()),
            say("mail.monthly", name=account.name, organisation=account.organisation, month=month),
            *map(_section, sections_of(report, self._store)),
            say("mail.monthly.page"),
            self._link("/partner"),
            say("mail.stop"),
            stop,
        )
        return replace(letter, stop=stop)

    def _status(self, batch: int) -> str:
        return self._link(f"/aanmelding/{sign_with(self._key, PURPOSE, batch)}")

    def _link(self, path: str) -> str:
        return self._settings.site_url + path

    def _letter(self, mail: Mail, subject: str, *parts: str) -> Letter:
        settings = self._settings
        ending = [say("mail.ending"), settings.site_url]
        reach = contact_of(settings, self._store.texts.all()).reach
        if reach:
            ending.append(say("mail.help", reach=reach))
        return Letter(mail.recipient, subject, "\n\n".join([*parts, *ending]) + "\n")


def _section(section: ReportSection) -> str:
    """A part of a report as plain text."""
    lines = (f"- {line.text}: {line.told}" for line in section.lines)
    return "\n".join((section.heading.upper(), section.text, *lines))
