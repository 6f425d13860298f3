"""Mails shown in the terminal, as a person reads them: `make run` has no mail server."""

from django.core.mail import EmailMessage
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Prints who is written to, the subject and the text; Django's own prints encoded headers and the HTML as well."""

    def write_message(self, message: EmailMessage) -> None:
        lines = [f"To: {', '.join(message.to)}", f"Subject: {message.subject}", "", message.body.strip()]
        width = 79
        self.stream.write("\n".join(["─ ✉ ".ljust(width, "─"), *lines, "─" * width, ""]))
