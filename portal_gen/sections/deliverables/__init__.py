"""Deliverables: what the client gets, how both sides can tell that it is done, and who accepted it when."""

from portal_gen.contract import Section
from portal_gen.sections.deliverables.facts import facts
from portal_gen.sections.deliverables.model import DeliverablesRecords, load
from portal_gen.sections.deliverables.view import views

SECTION: Section[DeliverablesRecords] = Section(name="deliverables", order=40, load=load, facts=facts, views=views)
