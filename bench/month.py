#!/usr/bin/env python3
"""The month in virtual time: how long a harvest takes, and what holds it back. Sends nothing.

The whole plan (16,886,658 documents, 66 scripts on 4 instances) is played step by step with the program's own rules:
each instance sends at most 0.98 of its rate and has a place for each of its concurrent requests, running scripts share
both evenly, a script of ecourts stops at a captcha until a person has typed it, a portal that is away is asked again
after at most 5 minutes. Everything random is drawn from the seed: two runs print the same.

    bench/month.py                           the three roads at their defaults
    bench/month.py links --rate 10           one road, with settings of its own
"""
import argparse
import math
import random

DOCUMENTS, PAGE_SIZE, SCRIPTS = 16_886_658, 100, 66
USED_SHARE = 0.98  # of the rate: portal.http.Pace
LONGEST_WAIT = 300  # seconds between two looks at a portal that is away
DAY = 86_400
REQUESTS = {"links": 1, "ecourts": 2}  # for a document; ecourts asks for its address first
PLAN_DAYS = 30  # the operator's own
OPEN_DATA, GAP = 17_700_000, 236_000  # documents in the open data, and listed documents that it lacks


class Person:
    """Types captchas, first come first served, in some hours of the day."""

    def __init__(self, seconds, begin, end):
        self.seconds, self.begin, self.end = seconds, begin * 3600, end * 3600
        self.free = 0.0
        self.answers = 0

    def answer(self, now):
        """When a captcha that a script shows now is answered."""
        self.free = self.awake(max(now, self.free)) + self.seconds
        self.answers += 1
        return self.free

    def awake(self, time):
        hour = time % DAY
        if hour < self.begin:
            return time - hour + self.begin
        return time if hour < self.end else time - hour + DAY + self.begin


class Outages:
    """The portal is down now and then; up and down times are exponential."""

    def __init__(self, chance, every_days, minutes):
        self.chance, self.every, self.length = chance, every_days * DAY, minutes * 60
        self.begin = chance.expovariate(1 / self.every)
        self.end = self.begin + chance.expovariate(1 / self.length)
        self.sum = 0.0

    def away(self, now):
        while now >= self.end + LONGEST_WAIT:
            self.begin = self.end + self.chance.expovariate(1 / self.every)
            self.end = self.begin + self.chance.expovariate(1 / self.length)
        return self.begin <= now < self.end + LONGEST_WAIT / 2


def script_work(road, failing):
    """Requests of each script: its pages, its documents, and those that fail once and are repeated."""
    pages = math.ceil(DOCUMENTS / PAGE_SIZE)
    each = math.ceil(pages / SCRIPTS)
    left, work = pages, []
    for _ in range(SCRIPTS):
        mine = min(each, left)
        left -= mine
        work.append(mine * (1 + PAGE_SIZE * REQUESTS[road] * (1 + failing)))
    return work


def harvest(road, options):
    """Simulates one way of harvesting; returns the seconds it takes and where they went."""
    chance = random.Random(options.seed)
    person = Person(options.captcha_seconds, *options.hours)
    outages = Outages(chance, 5, 30)
    left = script_work(road, options.failing)
    if options.documents:
        share = options.documents / DOCUMENTS
        left = [work * share for work in left]
    instance = [min(script // 17, options.instances - 1) for script in range(SCRIPTS)]
    captcha_after = [captcha(road, options, chance) for _ in left]
    blocked = [0.0] * SCRIPTS
    now, step = 0.0, options.step
    lost = {"rate": 0.0, "concurrency": 0.0, "captchas": 0.0, "outages": 0.0}
    mean, drawn = latency(options, chance), 0.0
    while any(work > 0 for work in left):
        if now - drawn >= 3600:
            mean, drawn = latency(options, chance), now
        if outages.away(now):
            lost["outages"] += step
            now += step
            continue
        held = set()
        for one in range(options.instances):
            mine = [s for s in range(SCRIPTS) if instance[s] == one and left[s] > 0]
            running = [s for s in mine if blocked[s] <= now]
            if not running:
                if mine:
                    held.add("captchas")
                continue
            by_rate = USED_SHARE * options.rate if options.rate else math.inf
            by_places = options.concurrency / mean
            held.add("rate" if by_rate <= by_places else "concurrency")
            each = min(by_rate, by_places) * step / len(running)
            for script in running:
                sent = min(each, left[script], captcha_after[script])
                left[script] -= sent
                captcha_after[script] -= sent
                if captcha_after[script] <= 0 < left[script]:
                    blocked[script] = person.answer(now)
                    captcha_after[script] = captcha(road, options, chance)
        for reason in held:
            lost[reason] += step / len(held)
        now += step
    return now, lost, person


def captcha(road, options, chance):
    """Requests of a script until its portal asks for the next captcha."""
    if road == "links":
        return math.inf
    return REQUESTS[road] * chance.expovariate(1 / options.captcha_every)


def latency(options, chance):
    """Mean seconds of a response in the hour to come: it follows the portal's load."""
    return options.latency * chance.lognormvariate(0, 0.4)


def days(seconds):
    return f"{seconds / DAY:.1f} days" if seconds >= 2 * DAY else f"{seconds / 3600:.1f} hours"


def tell(title, seconds, lost, person, note=""):
    print(f"{title}: {days(seconds)}{note}")
    whole = sum(lost.values())
    held = sorted(((share / whole, name) for name, share in lost.items() if share > 0), reverse=True)
    print("  held back by " + ", ".join(f"{name} {share:.0%}" for share, name in held))
    if person.answers:
        hours = person.answers * person.seconds / 3600
        print(f"  {person.answers:,} captchas, {hours:,.0f} hours of typing")


def compare(seconds):
    verdict = "within" if seconds <= PLAN_DAYS * DAY else "NOT within"
    return f" ({verdict} the {PLAN_DAYS} days of the plan)"


def open_data(options):
    seconds = OPEN_DATA / (options.open_rate * options.instances)
    print(f"opendata: {days(seconds)} for {OPEN_DATA:,} documents at {options.open_rate:g} a second on each of"
          f" {options.instances}, one server alone {days(seconds * options.instances)}")
    options.documents = GAP
    gap, lost, person = harvest("ecourts", options)
    tell(f"  then the {GAP:,} documents that it lacks, from the portal", gap, lost, person,
         compare(gap + seconds))


def main():
    parser = argparse.ArgumentParser(description="how long a harvest takes, in virtual time")
    parser.add_argument("road", nargs="?", choices=["links", "ecourts", "opendata"])
    parser.add_argument("--rate", type=float, default=5, help="portal.rate of each instance; 0 for no limit")
    parser.add_argument("--concurrency", type=int, default=8, help="portal.concurrency of each instance")
    parser.add_argument("--instances", type=int, default=4, choices=range(1, 5))
    parser.add_argument("--latency", type=float, default=0.4, help="mean seconds of a response")
    parser.add_argument("--failing", type=float, default=0.005, help="share of documents asked for twice")
    parser.add_argument("--captcha-every", type=float, default=25, help="documents of a script between captchas")
    parser.add_argument("--captcha-seconds", type=float, default=12, help="seconds to read and type one")
    parser.add_argument("--hours", type=float, nargs=2, default=(8, 22), metavar=("FROM", "TO"),
                        help="when somebody types captchas")
    parser.add_argument("--open-rate", type=float, default=300, help="documents a second of one instance, opendata")
    parser.add_argument("--step", type=float, default=30, help="seconds of a step")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.documents = 0
    for road in [options.road] if options.road else ["links", "ecourts", "opendata"]:
        if road == "opendata":
            open_data(options)
        else:
            seconds, lost, person = harvest(road, options)
            tell(f"{road}: {DOCUMENTS:,} documents, {options.instances} instances", seconds, lost, person,
                 compare(seconds))


if __name__ == "__main__":
    main()
