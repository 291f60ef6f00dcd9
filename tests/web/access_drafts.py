"""Who may open the pages of the sheet's editor: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Job, SheetDraft, SheetVersion
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule
from tests.web.scored import scored
from tests.work.drafted import begin

SEE, EDIT, APPROVE = "sheet.drafts", "sheet.edit", "sheet.approve"


def _draft(cast: Cast, **more: Any) -> dict[str, Any]:
    """The plant's draft, the same one when asked again."""
    found = SheetDraft.objects.filter(plant=cast.plant).first()
    return {"pk": (found or begin(cast)).pk, **more}


def _item(cast: Cast) -> dict[str, Any]:
    return _draft(cast, code="B3")


def _job(cast: Cast) -> dict[str, Any]:
    draft = _draft(cast)["pk"]
    found = Job.objects.filter(kind="whatif", plant=cast.plant).first()
    job = found or Job.objects.create(
        kind="whatif", label="推演", plant=cast.plant, args={"draft": draft, "months": 3}, created_at=AT
    )
    return {"pk": draft, "job": job.pk}


def _version(cast: Cast) -> dict[str, Any]:
    scored(cast)
    return {"number": SheetVersion.objects.get(plant=cast.plant).version}


def _published(cast: Cast) -> dict[str, Any]:
    scored(cast)
    return {}


DRAFTS: dict[str, Rule] = {
    "drafts": Rule(SEE),
    "draft_new": Rule(EDIT),
    "draft_admin": Rule(EDIT),
    "draft_admin_end": Rule(EDIT, ok=405, kwargs=lambda cast: {"pk": 1}),
    "version_diff": Rule("rules.see", kwargs=_published, blind=BESIDE),
    "version_yaml": Rule("rules.see", kwargs=_version, blind=BESIDE),
    "draft": Rule(SEE, kwargs=_draft),
    "draft_head": Rule(EDIT, kwargs=_draft),
    "draft_move": Rule(EDIT, ok=405, kwargs=_draft),
    "draft_propose": Rule(EDIT, ok=405, kwargs=_draft),
    "draft_approve": Rule(APPROVE, ok=405, kwargs=_draft),
    "draft_back": Rule(SEE, ok=405, kwargs=_draft),
    "draft_discard": Rule(EDIT, ok=405, kwargs=_draft),
    "draft_xlsx": Rule(SEE, kwargs=_draft),
    "draft_choose": Rule(EDIT, kwargs=_draft),
    # without a shape chosen there is no form
    "draft_item_new": Rule(EDIT, ok=404, kwargs=_draft),
    "draft_item": Rule(EDIT, kwargs=_item),
    "draft_drop": Rule(EDIT, ok=405, kwargs=_item),
    "draft_examples": Rule(EDIT, kwargs=_item),
    "draft_whatif": Rule(SEE, kwargs=_draft),
    "draft_whatif_start": Rule(EDIT, ok=405, kwargs=_draft),
    "draft_whatif_row": Rule(SEE, kwargs=_job),
    "draft_whatif_cancel": Rule(EDIT, ok=405, kwargs=_job),
}
