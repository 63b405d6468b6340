#!/usr/bin/env python3
"""DICOM files with a wrong Modality or Body Part Examined, made from labelled ones, as people make such mistakes; and the same files unharmed.

usage: make_header_errors.py --corpus DIR --truth truth.csv --out DIR [--count 100] [--seed 1]

DIR holds <suite>/<path> as truth.csv names them (one line a file, with what reference tools read and what is expected). Taken are image files with a
Modality that the truth confirms, in turn over their series, the same pixels once (and again with another mistake where there are too few files).
Left out, as the truth or the file tells:
- phantoms and test patterns: no body part is expected, or "phantom" among those that are, or "phantom" or "synthetic" in a description
- pictures without contents (one value) and thumbnails (a side below 24 pixels)
- files that the standard's preamble does not open
Modality is swapped to another kind of machine; in every second file SOP Class UID goes with it, else only the tag is wrong. Body Part Examined is
swapped to (or filled in with) an unrelated region, never a neighbour such as chest and abdomen.
Every copy lies in a folder of its own under names that say nothing, with UIDs of its own, so that each is one item. All come twice: descriptions as
they are, and with every text and code removed that tells what is shown (REMOVED below), so that only pixels can tell. errors.json says what was done.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import json
import random
import re
import warnings
from itertools import cycle, islice
from pathlib import Path

import pydicom

SMALLEST = 24
STORAGE = "1.2.840.10008.5.1.4.1.1."
#: SOP class suffixes by modality: plain, and enhanced where there is one.
CLASSES = {"CT": ("2", "2.1"), "MR": ("4", "4.1"), "PT": ("128", "130"), "CR": ("1",), "DX": ("1.1",), "US": ("6.1",), "XA": ("12.1", "12.1.1"), "NM": ("20",)}
#: What a Modality may be mistaken for; never for what looks the same (CR and DX, NM and PT).
MISTAKEN = {
    "CT": ("MR", "PT", "CR", "US"), "MR": ("CT", "PT", "CT", "US"), "CR": ("CT", "MR", "US"), "DX": ("CT", "MR", "US"), "US": ("MR", "CT", "XA"),
    "NM": ("CT", "MR", "US"), "PT": ("CT", "MR", "US"), "XA": ("US", "MR", "CT"), "OP": ("US", "MR", "CT"), "SM": ("US", "MR", "CT"),
}  # fmt: skip
#: The corpus' words for a body part, by region.
REGION = {
    "brain": "HEAD", "head": "HEAD", "orbit": "HEAD", "eye": "HEAD", "neck": "NECK", "chest": "CHEST", "lung": "CHEST", "heart": "CHEST", "breast": "CHEST",
    "abdomen": "ABDOMEN", "liver": "ABDOMEN", "pancreas": "ABDOMEN", "stomach": "ABDOMEN", "colon": "ABDOMEN", "prostate": "PELVIS", "spine": "SPINE",
    "shoulder": "ARM", "elbow": "ARM", "wrist": "ARM", "extremity": "ARM", "ankle": "LEG", "leg": "LEG",
}  # fmt: skip
#: Terms of Body Part Examined (PS3.16 annex L) by region.
TERMS = {"HEAD": ("HEAD", "BRAIN"), "NECK": ("NECK",), "CHEST": ("CHEST", "HEART"), "ABDOMEN": ("ABDOMEN", "LIVER"), "PELVIS": ("PELVIS", "PROSTATE"), "SPINE": ("LSPINE",), "ARM": ("HAND", "WRIST"), "LEG": ("KNEE", "FOOT")}
#: Regions that a picture may show together.
NEIGHBOURS = {frozenset(pair.split()) for pair in ("HEAD NECK", "NECK CHEST", "CHEST ABDOMEN", "ABDOMEN PELVIS", "PELVIS LEG", "CHEST ARM", "ARM LEG")} | {
    frozenset(("SPINE", other)) for other in ("HEAD", "NECK", "CHEST", "ABDOMEN", "PELVIS")
}
REMOVED = (
    "SeriesDescription", "StudyDescription", "ProtocolName", "RequestedProcedureDescription", "RequestedProcedureCodeSequence", "RequestAttributesSequence",
    "PerformedProcedureStepDescription", "PerformedProtocolCodeSequence", "ProcedureCodeSequence", "ImageComments", "DerivationDescription",
    "AnatomicRegionSequence", "PrimaryAnatomicStructureSequence", "ReasonForStudy", "AdmittingDiagnosesDescription", "PatientName", "PatientID",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "truth", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = make(options.corpus, options.truth, options.out, options.count, options.seed)
    print(f"{len(rows)} files from {len({row['file'] for row in rows})}")


def make(corpus: Path, truth: Path, out: Path, count: int, seed: int) -> list[dict]:
    """Writes the files and errors.json beside their folders' parent; one row a file."""
    random_ = random.Random(seed)
    order = in_turn([row for row in csv.DictReader(open(truth, newline="")) if phantom(row) is None and readable(corpus, row)], random_)
    # Files at the ends of the order: those of the two kinds overlap as little as possible.
    placed = [row for row in reversed(order) if regions(row)]
    tasks = [(row, "modality") for row in islice(cycle(order), count)] + [(row, "anatomy") for row in islice(cycle(placed), count)]
    chosen = {row["path"]: row for row, _ in tasks}
    tasks += [(row, "none") for row in chosen.values()]
    rows = []
    for number, (row, kind) in enumerate(tasks):
        harm = harm_of(row, kind, number, random_)
        for descriptions in ("kept", "removed"):
            path = copy(corpus / row["suite"] / row["path"], out, f"{seed} {number} {descriptions}", harm, descriptions == "removed")
            rows.append({"path": path, "kind": kind, "descriptions": descriptions, "file": f"{row['suite']}/{row['path']}", **harm_told(harm), **expected(row)})
    (out.parent / f"{out.name}.errors.json").write_text(json.dumps(rows, indent=1) + "\n")
    return rows


def phantom(row: dict[str, str]) -> str | None:
    """Why this is no picture of a patient, or none that anybody could tell; None where it is one."""
    parts = row["expected_anatomy"].split("|")
    if row["format"] != "dicom" or row["decodable"] != "yes" or row["expected_dimension"] == "none" or row["modality_tag"] not in MISTAKEN:
        return "no labelled image"
    if parts == [""] or "phantom" in parts:
        return "no body part expected, or a phantom"
    if re.search("phantom|synthetic", f"{row['study_description']} {row['series_description']}", re.I):
        return "called a phantom or synthetic"
    if min(int(row["rows"]), int(row["cols"])) < SMALLEST:
        return "a thumbnail"
    return "one value" if row["pixel_min"] and row["pixel_min"] == row["pixel_max"] else None


def readable(corpus: Path, row: dict[str, str]) -> bool:
    file = corpus / row["suite"] / row["path"]
    return file.is_file() and pydicom.misc.is_dicom(file)


def in_turn(rows: list[dict[str, str]], random_: random.Random) -> list[dict[str, str]]:
    """One file of each series after the other; the same pixels only once."""
    seen, series = set(), collections.defaultdict(list)
    for row in rows:
        if row["pixel_sha256"] not in seen:
            seen.add(row["pixel_sha256"])
            series[row["series_uid"] or row["path"]].append(row)
    queues = [series[key] for key in sorted(series)]
    random_.shuffle(queues)
    return [queue[turn] for turn in range(max(map(len, queues))) for queue in queues if turn < len(queue)]


def regions(row: dict[str, str]) -> set[str]:
    """Regions that it shows; none where a word is not known here, as whole bodies are."""
    words = row["expected_anatomy"].split("|")
    return {REGION[word] for word in words} if all(word in REGION for word in words) else set()


def harm_of(row: dict[str, str], kind: str, number: int, random_: random.Random) -> dict[str, str]:
    """The elements that are changed."""
    if kind == "modality":
        value = random_.choice(MISTAKEN[row["modality_tag"]])
        harm = {"Modality": value}
        suffix = row["sop_class"].removeprefix(STORAGE)
        is_enhanced = any(len(classes) > 1 and suffix == classes[1] for classes in CLASSES.values())
        if number % 2:
            harm["SOPClassUID"] = STORAGE + (CLASSES[value][1] if is_enhanced and len(CLASSES[value]) > 1 else CLASSES[value][0])
        return harm
    if kind == "anatomy":
        far = [one for one in TERMS if all(one != shown and frozenset((one, shown)) not in NEIGHBOURS for shown in regions(row))]
        return {"BodyPartExamined": random_.choice(TERMS[random_.choice(far)])}
    return {}


def harm_told(harm: dict[str, str]) -> dict[str, str | None]:
    return {"wrong": harm.get("Modality") or harm.get("BodyPartExamined"), "sopClass": "swapped" if "SOPClassUID" in harm else "left"}


def expected(row: dict[str, str]) -> dict[str, str]:
    return {"modality": row["expected_modality"], "modalityTag": row["modality_tag"], "anatomy": row["expected_anatomy"], "bodyPartTag": row["body_part_tag"]}


def copy(file: Path, out: Path, name: str, harm: dict[str, str], bare: bool) -> str:
    """Writes the copy; its path inside `out`."""
    code = hashlib.sha256(name.encode()).hexdigest()
    path = Path(code[:12]) / f"{code[12:24]}.dcm"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one = pydicom.dcmread(file)
        for element in REMOVED if bare else ():
            if element in one:
                delattr(one, element)
        for element, value in harm.items():
            setattr(one, element, value)
        for i, element in enumerate(("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")):
            setattr(one, element, f"2.25.{int(code[i : i + 28], 16)}")
        one.file_meta.MediaStorageSOPInstanceUID, one.file_meta.MediaStorageSOPClassUID = one.SOPInstanceUID, one.SOPClassUID
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        one.save_as(out / path, write_like_original=True)
    return str(path)


if __name__ == "__main__":
    main()
