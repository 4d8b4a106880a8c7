"""Small networks for tests, and a slow, obvious scheduler to compare with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from portal_gen.contract import Activity, DependsOn, LinkKind
from portal_gen.diagnostics import Place
from portal_gen.language import Localized

PLACE = Place("plan.yml")
FS, SS, FF, SF = LinkKind.FINISH_START, LinkKind.START_START, LinkKind.FINISH_FINISH, LinkKind.START_FINISH


def d(text):
    return date.fromisoformat(text)


def activity(name, duration, **values):
    return Activity(
        place=PLACE,
        id=name,
        title=Localized.plain(name),
        is_milestone=duration == 0,
        duration=duration,
        page="plan",
        anchor=name,
        **{k: d(v) if isinstance(v, str) else v for k, v in values.items()},
    )


def link(predecessor, successor, kind=FS, lag=0):
    return DependsOn(place=PLACE, predecessor=predecessor, successor=successor, kind=kind, lag=lag)


@dataclass
class SlowSchedule:
    """Pushes whatever violates a rule one working day later, until nothing does.

    `days` are all working days in question, in order; a position in them is both the beginning of that day and the
    end of the one before. `delay` pushes one activity further by some days: the definition of float.
    """

    days: list[date]
    activities: list[Activity]
    links: list[DependsOn]
    start: date
    as_of: date | None  # None: the plan, where nothing has happened
    waits: dict[str, date] = field(default_factory=dict)
    delay: dict[str, int] = field(default_factory=dict)

    def first(self, day):
        return next(i for i, w in enumerate(self.days) if w >= day)

    def over(self, day):
        return sum(w <= day for w in self.days)

    def positions(self):
        """Start and finish of each activity, as positions."""
        at, may_start_later, may_finish_later = {}, {}, {}
        zero = self.first(self.start)
        names = {a.id for a in self.activities}
        links = [k for k in self.links if {k.predecessor, k.successor} <= names]
        planned = None
        for a in self.activities:
            led = any(k.successor == a.id for k in links)
            happened = self.as_of is not None
            days = 0 if a.is_milestone else a.duration
            running = happened and not a.is_milestone and not a.finished and bool(a.started or a.done)
            may_start_later[a.id] = may_finish_later[a.id] = True
            if happened and a.finished:
                finish = self.over(a.finished)
                start = finish if a.is_milestone else self.first(a.started) if a.started else finish - days
                at[a.id] = [min(start, finish), finish]
                may_start_later[a.id] = may_finish_later[a.id] = False
                continue
            if running:
                if a.started:
                    start = self.first(a.started)
                else:
                    planned = planned or SlowSchedule(self.days, self.activities, links, self.start, None).positions()
                    start = min(planned[a.id][0], self.first(self.as_of))
                left = next(n for n in range(days + 1) if n * 100 >= days * (100 - a.done))
                at[a.id] = [start, max(max(start, self.first(self.as_of)) + left, start + 1)]
                may_start_later[a.id] = False
                continue
            stated = [a.forecast, a.promised, a.baseline] if happened else [a.baseline, a.promised, a.forecast]
            stated = next((s for s in stated if s), None)
            if a.is_milestone and stated and not led:
                start = self.over(stated)
            elif happened and not a.is_milestone:
                start = max(zero, self.first(self.as_of))
            else:
                start = zero
            for bound in (a.not_before, self.waits.get(a.id) if happened else None):
                if bound:
                    start = max(start, self.first(bound) + (1 if a.is_milestone else 0))
            at[a.id] = [start, start + days]
        self._push(at, links, may_start_later, may_finish_later)
        # What is delayed slips from where it was expected; of running work only the finish can.
        for name, k in self.delay.items():
            start, finish = at[name]
            at[name] = [start + k if may_start_later[name] else start, finish + k]
        self._push(at, links, may_start_later, may_finish_later)
        return {name: tuple(span) for name, span in at.items()}

    @staticmethod
    def _push(at, links, may_start_later, may_finish_later):
        moved = True
        while moved:
            moved = False
            for k in links:
                before, after = at[k.predecessor], at[k.successor]
                gap = {
                    FS: after[0] - before[1],
                    SS: after[0] - before[0],
                    FF: after[1] - before[1],
                    SF: after[1] - before[0],
                }[k.kind]
                if gap >= k.lag:
                    continue
                if may_start_later[k.successor]:
                    after[0] += 1
                    after[1] += 1
                    moved = True
                elif may_finish_later[k.successor] and k.kind in (FF, SF):
                    after[1] += 1
                    moved = True


def working_days(weekend, off, first, last):
    """The days from `first` to `last` that are neither in the weekend nor off."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in days if day.weekday() not in weekend and day not in off]
