"""What the made-up rows say: as long and as varied as what people write, and no more real."""

from __future__ import annotations

from random import Random

WORK = (
    "Fewer falls", "Fewer pressure ulcers", "Opioids reviewed sooner", "Cord clamping at birth",
    "Sepsis antibiotics within the hour", "Warm admission of babies born early",
    "Deterioration seen and acted on", "Fewer missed doses of insulin", "Safer handover",
    "Fewer catheter infections", "Discharge before noon", "Medicines reconciled on admission",
    "Calls answered in two minutes", "Weight recorded at first contact", "Less restraint",
    "Shorter wait for a first appointment", "Steroids before an early birth", "Pain reviewed",
    "Fluid balance charts filled in", "Fewer repeat bloods",
)  # fmt: skip
PLACES = (
    "on Ward 4", "on the medical unit", "in the emergency department", "in theatres",
    "on the labour ward", "in community nursing", "at the Friday clinic", "in the day unit",
    "on the stroke ward", "in outpatients", "across three practices", "in the care home team",
)  # fmt: skip
WAYS = (
    "by a bedside checklist", "with a new template", "through a daily huddle",
    "by asking at every visit", "with a pharmacist on the round", "by a text the day before",
    "through peer review", "with one named nurse", "by a traffic light board", "",
)  # fmt: skip
CHANGES = (
    "Ask at every visit", "Checklist at the bedside, one shift", "Text reminder the day before",
    "Pharmacist joins the Tuesday round", "Board by the nurses’ station", "Huddle at eight",
    "New template in the record", "Letter in plain words", "Second check at noon",
    "Trolley with everything in one place",
)  # fmt: skip
NAMES = (
    "Ada", "Bola", "Chen", "Dilys", "Esme", "Farah", "Grace", "Hassan", "Iona", "Jo", "Kwame",
    "Leila", "Mina", "Nora", "Owen", "Priya", "Quentin", "Rosa", "Sam", "Tariq",
)  # fmt: skip
LAST_NAMES = (
    "Adeyemi", "Brown", "Clarke", "Davies", "Evans", "Fraser", "Green", "Hughes", "Iqbal",
    "Jones", "Khan", "Lewis", "Mensah", "Norris", "O’Neill", "Patel", "Reid", "Singh", "Walker",
)  # fmt: skip
PARTS = ("Lead", "Nurse", "Doctor", "Pharmacist", "Data", "Patient safety partner")
SENTENCES = (
    "Most people were asked, though not at the weekend when two of us were away.",
    "The form takes a minute longer than we thought, and nobody minded.",
    "Night staff had not heard of it; the huddle now ends with it.",
    "Two of the nine forms came back without a date and could not be counted.",
    "It worked where the box was in sight and not where it was in the drawer.",
    "We would try it on another ward before we say that it holds.",
)


def title(random: Random) -> str:
    """The title of a project."""
    words = (random.choice(WORK), random.choice(PLACES), random.choice(WAYS))
    return " ".join(filter(None, words))


def name(random: Random) -> str:
    """The name of a person."""
    return f"{random.choice(NAMES)} {random.choice(LAST_NAMES)}"


def prose(random: Random, sentences: int) -> str:
    """Some sentences."""
    return " ".join(random.choice(SENTENCES) for _ in range(sentences))
