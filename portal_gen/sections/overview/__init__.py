"""Overview: is it on track, what is next, what do you need from me? It owns no data and reads Derived alone."""

from portal_gen.contract import Section
from portal_gen.sections.overview.model import OverviewRecords, load
from portal_gen.sections.overview.view import facts, views

SECTION: Section[OverviewRecords] = Section(name="overview", order=0, load=load, facts=facts, views=views)
