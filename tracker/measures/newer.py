"""The page on which a team takes up a newer version of a measure's national definition."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, notice
from tracker.permissions import Permission, requires
from tracker.safe.dates import today

from . import services, upgrading
from .blueprint import ONE, bp
from .forms import NewerForm
from .models import Measure


@bp.route(f"{ONE}/newer", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Measure)
def newer(measure: Measure) -> ResponseReturnValue:
    """What the newer version says, field by field, and from when to count by it."""
    home = url_for("measures.show", project_id=measure.project_id, measure_id=measure.id)
    offer = upgrading.offer_for(measure)
    if offer is None:
        notice("It is counted by the newest national definition", kind="information")
        return done(home)
    form = open_form(
        NewerForm,
        f"newer/{measure.id}/{offer.new.version}",
        initial=lambda: {"version": services.figures(measure).version, "starts_on": today()},
        record=services.figures(measure),
    )
    if not offer.why_apart and form.accepted():
        taken = offer
        if form.save(
            lambda: upgrading.take_up(measure, taken, on=form.starts_on.filled, by=current_user)
        ):
            return done(
                home,
                announce=f"Counted by version {offer.new.version} from now on",
                undo=url_for(".undo_newer", project_id=measure.project_id, measure_id=measure.id),
            )
    return form_page(
        "measures/newer.html", form, project=measure.project, measure=measure, offer=offer
    )


@bp.post(f"{ONE}/newer/undo")
@requires(Permission.MEASURE_EDIT, Measure)
def undo_newer(measure: Measure) -> ResponseReturnValue:
    """Go back to the version before, while nothing has been entered since."""
    home = url_for("measures.show", project_id=measure.project_id, measure_id=measure.id)
    try:
        with unit_of_work():
            upgrading.undo(measure, by=current_user)
    except upgrading.CannotUpgrade as error:
        notice(f"It stays as it is: {error}", kind="information")
        return done(home)
    return done(home, announce="Counted by the version before again")
