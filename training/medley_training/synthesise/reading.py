"""Reads DICOM, NIfTI, MetaImage and AFNI files into plain arrays with spacing, for making training pictures.

Not the product's reader: it leans on pydicom, GDCM and nibabel and gives up (None) where they do.
"""
from __future__ import annotations

import bz2
import gzip
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import nibabel
import numpy as np
import pydicom
from pydicom.pixel_data_handlers.util import apply_color_lut, convert_color_space

warnings.filterwarnings("ignore")


@dataclass
class Volume:
    """A volume in RAS+ order (x to the right, y to the front, z up), spacing in mm."""

    data: np.ndarray
    spacing: tuple[float, float, float]


@dataclass
class Picture:
    """One frame: grey values (rows, columns) in the file's real units, or RGB bytes (rows, columns, 3)."""

    data: np.ndarray
    window: tuple[float, float] | None = None
    inverted: bool = False
    spacing: tuple[float, float] = (1.0, 1.0)
    frames: list[np.ndarray] = field(default_factory=list)


def read_nifti(path: Path) -> Volume:
    """Anything nibabel knows, the first time point, turned to RAS+."""
    image = nibabel.load(str(path))
    if image.ndim == 2:
        image = nibabel.Nifti1Image(np.asarray(image.dataobj, dtype=np.float32)[..., None], image.affine)
    image = nibabel.as_closest_canonical(image)
    data = np.asarray(image.dataobj, dtype=np.float32)
    while data.ndim > 3:
        data = data[..., 0]
    zooms = [float(z) or 1.0 for z in image.header.get_zooms()[:3]]
    return Volume(np.nan_to_num(data), (zooms[0], zooms[1], zooms[2]))


def read_metaimage(path: Path) -> Volume:
    """A MetaImage with its samples in the same or another file; LPS order becomes RAS+."""
    types = {"MET_SHORT": "<i2", "MET_USHORT": "<u2", "MET_UCHAR": "u1", "MET_FLOAT": "<f4", "MET_INT": "<i4"}
    raw = path.read_bytes()
    header: dict[str, str] = {}
    at = 0
    while True:
        end = raw.index(b"\n", at)
        key, value = (part.strip() for part in raw[at:end].decode("latin-1").split("=", 1))
        header[key], at = value, end + 1
        if key == "ElementDataFile":
            break
    body = raw[at:] if header["ElementDataFile"] == "LOCAL" else (path.parent / header["ElementDataFile"]).read_bytes()
    if header.get("CompressedData") == "True":
        import zlib

        body = zlib.decompress(body)
    size = [int(n) for n in header["DimSize"].split()]
    data = np.frombuffer(body, types[header["ElementType"]])[: int(np.prod(size))].reshape(size[::-1]).astype(np.float32)
    spacing = [float(n) for n in header.get("ElementSpacing", " ".join("1" for _ in size)).split()]
    if data.ndim == 2:
        data, spacing = data[None], [*spacing, 1.0]
    return Volume(data.transpose(2, 1, 0)[::-1, ::-1, :], (spacing[0], spacing[1], spacing[2]))


def open_dicom(path: Path) -> pydicom.Dataset | None:
    """A data set with pixels, also from a gz or bz2 file; None where there is none."""
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    elif raw[:3] == b"BZh":
        raw = bz2.decompress(raw)
    data = pydicom.dcmread(pydicom.filebase.DicomBytesIO(raw), force=True)
    return data if "PixelData" in data else None


def _first(value: object) -> float:
    return float(value[0] if isinstance(value, pydicom.multival.MultiValue) else value)  # type: ignore[arg-type]


def read_picture(path: Path) -> Picture | None:
    """One DICOM file's frames as pictures with their own window (PS3.3 C.11.2)."""
    ds = open_dicom(path)
    if ds is None:
        return None
    pixels, photometric = ds.pixel_array, str(ds.PhotometricInterpretation)
    if photometric == "PALETTE COLOR":
        pixels = (apply_color_lut(pixels, ds) >> 8).astype(np.uint8)
    elif photometric.startswith("YBR") and pixels.shape[-1] == 3 and not _decoded_as_rgb(ds):
        pixels = convert_color_space(pixels, photometric, "RGB")
    colour = pixels.shape[-1] == 3 and int(ds.get("SamplesPerPixel", 1)) == 3 or photometric == "PALETTE COLOR"
    if colour and pixels.dtype != np.uint8:
        pixels = (pixels / max(1, pixels.max()) * 255).astype(np.uint8)
    frames = list(pixels) if pixels.ndim == (4 if colour else 3) else [pixels]
    if not colour:
        frames = [_rescaled(f, ds) for f in frames]
    window = None
    if ds.get("WindowCenter") and ds.get("WindowWidth") and not colour:
        window = (_first(ds.WindowCenter), _first(ds.WindowWidth))
    spacing = ds.get("PixelSpacing") or ds.get("ImagerPixelSpacing") or (1.0, 1.0)
    row_mm, column_mm = (float(s or 0) for s in list(spacing)[:2])
    spacing = (row_mm, column_mm) if row_mm and column_mm else (1.0, 1.0)
    return Picture(frames[len(frames) // 2], window, photometric == "MONOCHROME1", spacing, frames)


def _rescaled(values: np.ndarray, ds: pydicom.Dataset) -> np.ndarray:
    return values.astype(np.float32) * float(ds.get("RescaleSlope") or 1) + float(ds.get("RescaleIntercept") or 0)


def _decoded_as_rgb(ds: pydicom.Dataset) -> bool:
    """JPEG 2000 decoders hand back RGB although the tag says YBR."""
    return str(ds.file_meta.get("TransferSyntaxUID", "")).startswith("1.2.840.10008.1.2.4.9")


def read_series(paths: list[Path]) -> Volume | None:
    """Slices of one series stacked along their normal and turned to RAS+ (PS3.3 C.7.6.2)."""
    slices = []
    for path in paths:
        ds = open_dicom(path)
        if ds is not None and "ImagePositionPatient" in ds and "ImageOrientationPatient" in ds:
            slices.append(ds)
    if len(slices) < 3:
        return None
    cosines = np.array([float(v) for v in slices[0].ImageOrientationPatient]).reshape(2, 3)
    normal = np.cross(cosines[0], cosines[1])
    slices.sort(key=lambda ds: float(np.dot(normal, [float(v) for v in ds.ImagePositionPatient])))
    first, last = (np.dot(normal, [float(v) for v in s.ImagePositionPatient]) for s in (slices[0], slices[-1]))
    gap = abs(float(last - first)) / (len(slices) - 1) or 1.0
    data = np.stack([_rescaled(ds.pixel_array, ds) for ds in slices])
    row_mm, column_mm = (float(v) for v in slices[0].PixelSpacing)
    affine = np.eye(4)
    affine[:3, 0], affine[:3, 1], affine[:3, 2] = cosines[0] * column_mm, cosines[1] * row_mm, normal * gap
    affine[:2] *= -1
    image = nibabel.as_closest_canonical(nibabel.Nifti1Image(data.transpose(2, 1, 0), affine))
    zooms = image.header.get_zooms()
    return Volume(np.asarray(image.dataobj), (float(zooms[0]), float(zooms[1]), float(zooms[2])))
