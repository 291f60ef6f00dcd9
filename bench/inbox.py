"""(f): the inbox page with a hundred thousand open cases against the same page with a thousand, for three kinds of readers."""

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench import loops_made
from bench.line import Line, in_turn

FEW, MANY = 1_000, 100_000
LIMIT, QUERIES, BYTES = 3.0, 15, 60_000
URL = "/inbox/"


def measure() -> list[Line]:
    plant, accounts, crews = loops_made.plant()
    with override_settings(ALLOWED_HOSTS=["*"], TODAY=str(loops_made.TODAY)):
        clients = {name: _client(account) for name, account in accounts.items()}
        loops_made.cases(plant, crews, accounts, range(FEW))
        before = _times(clients)
        loops_made.cases(plant, crews, accounts, range(FEW, MANY))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        after = _times(clients)
        for client in clients.values():
            _check(client)
    return [
        Line(f"(f) inbox of {kind}: {MANY:,} open cases / {FEW:,}", after[name], before[name], LIMIT)
        for name, kind in zip(clients, ("a plant-wide role", "a role over 25 units", "one who holds them"), strict=True)
    ]


def _client(account: object) -> Client:
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _times(clients: dict[str, Client]) -> dict[str, float]:
    calls = [lambda client=client: client.get(URL) for client in clients.values()]
    return dict(zip(clients, in_turn(*calls, rounds=9), strict=True))


def _check(client: Client) -> None:
    """The same limits that the tests hold, here with all the cases there."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(URL)
    if response.status_code != 200 or len(asked) > QUERIES or len(response.content) > BYTES:
        raise AssertionError(f"{response.status_code}, {len(asked)} queries, {len(response.content)} bytes")
