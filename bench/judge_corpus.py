#!/usr/bin/env python3
"""Holds a report (npm run analyze -- <unpacked corpus> --no-pixels --hash-pixels --json r.json) against the corpus' reference truth.

usage: judge_corpus.py report.json truth.csv vocabulary.json [--list KIND]
Prints one line a figure; --list prints the files that fell short of one: missing, recognised, decoded, exact, dimension, modality, non-image, anatomy.
"""
import csv, json, sys

report, truth, words = (json.load(open(sys.argv[1])), list(csv.DictReader(open(sys.argv[2]))), json.load(open(sys.argv[3]))["expected_modality"])
kind = sys.argv[sys.argv.index("--list") + 1] if "--list" in sys.argv else None
seen = {}
for file in report["files"]:
    seen.setdefault(file["path"], []).append(file)
item_of = {path: item for item in report["items"] for path in item["paths"]}
figures, short = {}, {}


def told(row):
    """The row's records, whether the corpus was opened at its top or at files/."""
    name = f"{row['suite']}/{row['path']}"
    for path in (f"files/{name}", name):
        if path in seen:
            return path, seen[path]
    return name, []


def count(figure, ok, row, note=""):
    good, of = figures.get(figure, (0, 0))
    figures[figure] = (good + bool(ok), of + 1)
    if not ok:
        short.setdefault(figure, []).append(f"{row['suite']}/{row['path']}: {note}")


ANATOMY = {"brain": "BRAIN", "head": "HEAD", "chest": "CHEST", "spine": "SPINE", "heart": "HEART", "liver": "LIVER", "eye": "EYE", "abdomen": "ABDOMEN",
           "neck": "NECK", "ankle": "ANKLE", "leg": "LEG", "breast": "BREAST", "elbow": "ELBOW", "wrist": "WRIST", "stomach": "STOMACH", "shoulder": "SHOULDER",
           "pancreas": "PANCREAS", "colon": "COLON", "prostate": "PROSTATE", "whole body": "WHOLEBODY", "lung": "LUNG"}
IMAGES = {"dicom", "nifti", "analyze", "nrrd", "mha", "png", "jpeg", "tiff", "bmp", "gif", "webp"}
for row in truth:
    path, records = told(row)
    count("accounted", len(records) == 1, row, f"{len(records)} records")
    if not records:
        continue
    record, item = records[0], item_of.get(path)
    status, reason = record["status"], record.get("reason", "")
    if row["readable_by_reference"] == "yes":
        count("recognised", status != "unreadable", row, f"{status}: {reason}")
    if row["decodable"] == "yes" and row["format"] in IMAGES:
        count("decoded", "pixelSha256" in record, row, f"{row['transfer_syntax_name']} {status} {reason}")
        if row["hash_is_exact"].startswith("yes") and "pixelSha256" in record:
            accepted = {row[key] for key in ("pixel_sha256", "pixel_sha256_native", "pixel_sha256_masked")} | set(row["pixel_sha256_alt"].replace("|", " ").split())
            count("exact", record["pixelSha256"] in accepted, row, f"{row['transfer_syntax_name']} {row['photometric']} {row['shape']} {row['dtype']}")
    if row["expected_dimension"] == "none":
        count("non-image", status != "image", row, f"{status} {row['sop_class_name']} {row['expected_modality']}")
    if row["expected_dimension"] in ("2D", "3D", "2D+t") and row["expected_modality"] in words:
        got = item["dimension"]["value"] if item else status
        accepted = {row["expected_dimension"], *row["accept_dimension_also"].split("|"), *(["3D+t"] if "3D" in (row["expected_dimension"], row["accept_dimension_also"]) else [])}
        count("dimension", got in accepted, row, f"{got}, expected {row['expected_dimension']} {row['dimension_note']} {reason}")
        got = item["modality"]["value"] if item else status
        figure = "modality" if row["modality_tag"] not in ("", "OT") else "modality without header"
        count(figure, got in words[row["expected_modality"]], row, f"{got}, expected {row['expected_modality']}")
        wanted = {ANATOMY[one] for one in row["expected_anatomy"].split("|") if one in ANATOMY}
        if wanted and item:
            value, above = item["anatomy"]["value"], item["anatomy"].get("ancestors", [])
            count("anatomy answered", value != "UNKNOWN", row, "UNKNOWN")
            if value != "UNKNOWN":
                count("anatomy", wanted & {value, *above} or any(value in (a,) for a in wanted), row, f"{value}, expected {row['expected_anatomy']}")

for figure, (good, of) in figures.items():
    print(f"{figure:26} {good:4} of {of:4}  {100 * good / of:6.2f} %")
for line in short.get(kind, []) if kind else []:
    print("  " + line)
