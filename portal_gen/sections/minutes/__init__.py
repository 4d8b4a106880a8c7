"""Minutes: what each meeting decided and who does what by when, with registers of all decisions and actions."""

from portal_gen.contract import Section
from portal_gen.sections.minutes.facts import facts
from portal_gen.sections.minutes.model import MinutesRecords, load
from portal_gen.sections.minutes.view import views

SECTION: Section[MinutesRecords] = Section(name="minutes", order=50, load=load, facts=facts, views=views)
