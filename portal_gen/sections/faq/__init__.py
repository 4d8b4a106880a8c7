"""FAQ: the house's, the client's and the projects' questions in one page."""

from portal_gen.contract import Section
from portal_gen.sections.faq.model import FaqRecords, load
from portal_gen.sections.faq.view import facts, views

SECTION: Section[FaqRecords] = Section(name="faq", order=60, load=load, facts=facts, views=views)
