"""One process of closers for test_closings_race: some threads, each trying every month in order; prints how many it closed.

Called as `python -m tests.work.closers THREADS ACCOUNT…`, with the data folder in RONGLU_HOME.
"""

import datetime as dt
import os
import sys
import threading

ON = dt.date(2031, 1, 1)
AT = dt.datetime(2031, 1, 1, 9)


def main(threads: int, accounts: list[int]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronglu.config.settings")
    django.setup()
    from django.db import connection

    from ronglu.store.models import Account, Closing
    from ronglu.work import closings

    won: list[int] = []

    def closer(account: int) -> None:
        by = Account.objects.get(pk=account)
        for month in Closing.objects.order_by("month").values_list("pk", flat=True):
            try:
                done = closings.close(closing=Closing.objects.get(pk=month), files={}, by=by, on=ON, at=AT)
            except closings.Closed:
                continue
            won.append(done.month)
        connection.close()

    running = [threading.Thread(target=closer, args=(accounts[n % len(accounts)],)) for n in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    print(" ".join(map(str, won)))


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(text) for text in sys.argv[2:]])
