"""Timeline: phases, tasks and milestones with their dates, drawn and in tables, and what we need from the client."""

from portal_gen.contract import Section
from portal_gen.sections.timeline.facts import facts
from portal_gen.sections.timeline.model import TimelineRecords, load
from portal_gen.sections.timeline.view import views

SECTION: Section[TimelineRecords] = Section(name="timeline", order=30, load=load, facts=facts, views=views)
