"""Reads a calendar with Debian's python3-icalendar; one JSON value on standard output."""
import json
import sys
from datetime import timezone

from icalendar import Calendar


def iso(value):
    return value.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = [
    {
        "uid": str(event["UID"]),
        "from": iso(event["DTSTART"]),
        "until": iso(event["DTEND"]),
        "summary": str(event["SUMMARY"]),
        "status": str(event["STATUS"]),
        "sequence": int(event["SEQUENCE"]),
        "modified": iso(event["LAST-MODIFIED"]),
    }
    for event in calendar.walk("VEVENT")
]
print(json.dumps({"python": sorted(events, key=lambda e: e["from"] + e["uid"])}))
