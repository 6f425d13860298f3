"""A date of an agenda as a file that calendars take in (iCalendar, RFC 5545)."""

from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from networks.models import AgendaDate


def calendar_file(date: AgendaDate, *, address: str, host: str) -> bytes:
    """Return the file; `address` is the absolute address of the agenda, `host` the site's name, which makes the date's key its own."""
    event = Event()
    event.add("uid", f"date-{date.pk}@{host}")
    event.add("dtstamp", date.changed_at)
    event.add("summary", date.title)
    if date.whole_days:
        event.add("dtstart", timezone.localdate(date.starts_at))
        event.add("dtend", timezone.localdate(date.ends_at) + timedelta(days=1))
    else:
        event.add("dtstart", date.starts_at)
        event.add("dtend", date.ends_at)
    for name, value in (("location", date.place), ("description", date.text), ("url", date.url or address)):
        if value:
            event.add(name, value)
    calendar = Calendar()
    calendar.add("prodid", "-//Palabre//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
