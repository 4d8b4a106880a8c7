"""People: who is who on both sides, what each decides, how to reach them, and when we are in touch."""

from portal_gen.contract import Section
from portal_gen.sections.people.model import PeopleRecords, load
from portal_gen.sections.people.view import facts, views

SECTION: Section[PeopleRecords] = Section(name="people", order=80, load=load, facts=facts, views=views)
