"""The data a card names: the table of SOURCES.md beside the labelled pictures, licences as their repositories state them."""

from __future__ import annotations

from pathlib import Path


def read_sources(file: Path) -> dict[str, dict[str, str]]:
    """source id → original data set, repository and licence as stated."""
    out = {}
    for line in file.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) >= 7 and cells[1].isdigit():
            out[cells[0]] = {"repository": cells[3], "original": cells[5], "licence": cells[6]}
    return out
