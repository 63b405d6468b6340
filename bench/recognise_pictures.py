"""Labelled pictures drawn from a set (manifest.csv, labels.json) and written as the formats people have, under names that say nothing.

Not training data: nothing here teaches a network. Drawn from a seed, balanced over modality × anatomy and, within, over sources.
Every picture is written in every format that can hold it, so that formats can be compared picture by picture:

png         8 bits, grey or RGB
jpeg        quality 85
dicom       secondary capture of 8 bits, without Modality, Body Part or any description
dicom-m1    the same, grey only, MONOCHROME1 (stored inverted, PS3.3 C.7.6.3.1.2)
dicom12     grey only: 12 of 16 bits with rescale and window; CT around its soft tissue window in Hounsfield units, others by a slope of their own
nifti-itk   grey only: one slice [x, y, 1] as ITK writes a picture, rows from the top, affine diag(-1, -1, 1)
nifti-flip  as DICOM converters write it: rows from the bottom, affine diag(-1, 1, 1)
nifti-numpy as hurried people write it: the array [row, column, 1] with an identity
"""

from __future__ import annotations

import collections
import csv
import hashlib
import json
import random
import warnings
from pathlib import Path
from typing import NamedTuple

import nibabel
import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

FORMATS = ("png", "jpeg", "dicom", "dicom-m1", "dicom12", "nifti-itk", "nifti-flip", "nifti-numpy")
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
#: A UID root for numbers made from a hash (PS3.5 B.2).
ROOT = "2.25."


class Drawn(NamedTuple):
    file: Path
    source: str
    modality: str
    anatomy: str


def draw(data: Path, count: int, seed: int) -> list[Drawn]:
    """`count` pictures (all where there are fewer): cells in turn, and within a cell its sources in turn. The same seed draws the same."""
    cells: dict[tuple[str, str], dict[str, list[Drawn]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(data / "manifest.csv", newline="") as file:
        for row in csv.DictReader(file):
            one = Drawn(data / row["file"], row["source_id"], row["modality"], row["anatomy"])
            cells[row["modality"], row["anatomy"]][row["source_id"]].append(one)
    rng = random.Random(seed)
    queues = []
    for key in sorted(cells):
        sources = [sorted(cells[key][name]) for name in sorted(cells[key])]
        for one in sources:
            rng.shuffle(one)
        rng.shuffle(sources)
        queues.append([one for turn in range(max(map(len, sources))) for one in (s[turn] for s in sources if turn < len(s))])
    turns = max(map(len, queues))
    return [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)][:count]


def pixels_of(file: Path) -> np.ndarray:
    """`[rows, columns]` or `[rows, columns, 3]` bytes; grey where the three channels are the same, but for the rounding of lossy files."""
    picture = Image.open(file).convert("RGB")
    rgb = np.asarray(picture)
    if np.ptp(rgb.astype(int), axis=2).max() <= 1:
        return np.asarray(picture.convert("L")).copy()
    return rgb.copy()


def name_of(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:20]


def uid_of(name: str) -> str:
    return ROOT + str(int(hashlib.sha256(name.encode()).hexdigest()[:30], 16))


def write(picture: np.ndarray, form: str, into: Path, drawn: Drawn, seed: int) -> Path | None:
    """The file, or None where the format cannot hold such a picture."""
    name = name_of(seed, form, drawn.file.name, drawn.source)
    rng = random.Random(name)
    if form in ("png", "jpeg"):
        path = into / f"{name}.{'jpg' if form == 'jpeg' else 'png'}"
        Image.fromarray(picture).save(path, **({"quality": 85} if form == "jpeg" else {}))
        return path
    if form == "dicom":
        return save_dicom(picture, into / f"{name}.dcm")
    if picture.ndim == 3:
        return None
    if form == "dicom-m1":
        return save_dicom(255 - picture, into / f"{name}.dcm", PhotometricInterpretation="MONOCHROME1")
    if form == "dicom12":
        return save_dicom12(picture, into / f"{name}.dcm", drawn.modality == "CT", rng)
    return save_nifti(picture, form, into / f"{name}.nii", rng)


def save_dicom(stored: np.ndarray, path: Path, **elements: object) -> Path:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = SECONDARY_CAPTURE, uid_of(f"{path.stem} instance")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    one.is_little_endian, one.is_implicit_VR = True, False
    one.SOPClassUID, one.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    one.StudyInstanceUID, one.SeriesInstanceUID = uid_of(f"{path.stem} study"), uid_of(f"{path.stem} series")
    one.PatientID = one.PatientName = path.stem
    one.Rows, one.Columns = stored.shape[:2]
    one.SamplesPerPixel = 3 if stored.ndim == 3 else 1
    one.PhotometricInterpretation = "RGB" if stored.ndim == 3 else "MONOCHROME2"
    if stored.ndim == 3:
        one.PlanarConfiguration = 0
    bits = stored.dtype.itemsize * 8
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation = bits, bits, bits - 1, 0
    for key, value in elements.items():
        setattr(one, key, value)
    raw = stored.tobytes()
    one.PixelData = raw + b"\0" * (len(raw) % 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pydicom.dcmwrite(str(path), one, write_like_original=False)
    return path


def save_dicom12(picture: np.ndarray, path: Path, is_ct: bool, rng: random.Random) -> Path:
    twelve = {"BitsStored": 12, "HighBit": 11}
    if is_ct:
        # The soft tissue window: 40 ± 200 HU.
        hounsfield = np.round(picture / 255 * 400 - 160)
        return save_dicom((hounsfield + 1024).astype(np.uint16), path, RescaleIntercept=-1024, RescaleSlope=1, WindowCenter=40, WindowWidth=400, **twelve)
    most, slope, intercept = rng.choice((1023, 2047, 4095)), rng.choice((1, 0.5, 2)), rng.choice((0, 0, 10))
    stored = np.round(picture / 255 * most).astype(np.uint16)
    width = most * slope
    return save_dicom(stored, path, RescaleIntercept=intercept, RescaleSlope=slope, WindowCenter=intercept + width / 2, WindowWidth=width, **twelve)


def save_nifti(picture: np.ndarray, form: str, path: Path, rng: random.Random) -> Path:
    kind = rng.choice((np.uint8, np.int16, np.float32))
    values = picture.astype(np.float64) if kind is np.uint8 else picture * rng.choice((1.0, 4.0, 10.0))
    if form == "nifti-itk":
        data, affine = values.T, np.diag([-1.0, -1, 1, 1])
    elif form == "nifti-flip":
        data, affine = values[::-1].T, np.diag([-1.0, 1, 1, 1])
    else:
        data, affine = values, np.eye(4)
    nibabel.save(nibabel.Nifti1Image(np.ascontiguousarray(data[:, :, None]).astype(kind), affine), str(path))
    return path


def read_labels(data: Path) -> dict[str, dict[str, list[str]]]:
    """question → class → values of the report that count as right."""
    labels = json.loads((data / "labels.json").read_text())
    return {question: labels[question] for question in ("modality", "anatomy")}
