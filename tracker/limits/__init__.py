"""How often something may be tried: counted in the database, so that every process agrees.

A limit is a value, and any room can have one:

    RESETS = Limit("reset.account", most=3, within=timedelta(hours=1))

Ask `services.wait` and call `services.count` in the same unit of work; refuse with 429.
"""
