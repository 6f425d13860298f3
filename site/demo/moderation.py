"""What moderators of the demo find to do: reports, a contested decision, a note; and what they often answer."""

from comments import services
from comments.models import CannedAnswer, OutgoingMail, Statement, ThreadComment
from comments.services import Reporter
from comments.states import ReportKind, Status
from users.models import User

REPORTS = [
    (ReportKind.OFF_TOPIC, "Intéressant, mais cela parle d’un autre chapitre."),
    (ReportKind.ABUSE, "Le ton vise une personne, pas ce qu’elle dit."),
    (ReportKind.ILLEGAL, "Il me semble que ce passage est diffamatoire envers notre association : les faits cités sont faux."),
]
ANSWERS = {
    "Relire la charte": "Votre message s’éloigne de ce dont nous sommes convenus dans la charte. Dites-le autrement : nous le publierons.",
    "Un autre chapitre": "Votre remarque est utile, mais elle a sa place sous un autre chapitre : vous pouvez l’y déposer.",
}


def load(people: dict[str, User]) -> None:
    """Write it down through the services, and tell nobody by mail: these people are made up."""
    for title, text in ANSWERS.items():
        CannedAnswer.objects.get_or_create(title=title, defaults={"text": text})
    _report(people)
    _contest(people)
    OutgoingMail.objects.filter(settled_at=None).delete()


def _report(people: dict[str, User]) -> None:
    reader = people["lectrice"]
    published = ThreadComment.objects.filter(status=Status.PUBLISHED, discussion__network=None).exclude(user=reader).order_by("-pk")
    for comment, (kind, words) in zip(published[:3], REPORTS, strict=False):
        by = Reporter(f"user:{reader.pk}", user=reader, name=reader.display_name, language="fr")
        services.report(comment, by=by, kind=kind, words=words, good_faith=kind == ReportKind.ILLEGAL)


def _contest(people: dict[str, User]) -> None:
    statement = Statement.objects.filter(restriction="hide", ended_at=None).exclude(user=None).order_by("pk").first()
    if statement is None or statement.comment is None:
        return
    services.appeal(statement, text="Je ne visais personne en particulier. Je peux retirer la dernière phrase si elle blesse.")
    services.note(statement.comment, by=people["moderation"], text="À relire à deux : le fond est utile, la fin l’est moins.")
