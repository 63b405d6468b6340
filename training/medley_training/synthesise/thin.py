"""All pictures for the thinly collected classes: angiograms, scintigrams and PET, radiographs from CT, OCT B-scans."""
from __future__ import annotations

import random
from pathlib import Path

from .angiograms import cerebral, coronary, projected
from .drawing import Album, Labels
from .reading import read_metaimage, read_nifti, read_picture
from .retina import retina
from .scintigrams import bone_scan, heart, kidneys, lungs, thyroid
from .tomography import bare_skull, body_projection, brain_slice, brain_uptake, radiograph

COUNTS = {
    "coronary": 200, "cerebral": 36, "projected": 74, "retina": 250, "thyroid": 36, "kidneys": 46, "lungs": 20, "heart": 46,
    "bone": 90, "brain": 100, "body": 50, "lateral": 24, "skull": 60,
}
BRAINS = ("niivue-images/MR_Gd.nii.gz", "papaya/tests/data/sample_image.nii.gz")


def _angiograms(album: Album, corpus: Path, images: Path | None, draw: random.Random) -> None:
    sources = [images / name for name in ("nih_kcr", "talo_covid")] if images else []
    radiographs = sorted(p for source in sources for p in source.glob("*.*"))
    for _ in range(COUNTS["coronary"]):
        album.add(coronary(draw, radiographs), Labels("synth_xa_coronary", "XA", "heart", "", "coronary"))
    for _ in range(COUNTS["cerebral"]):
        album.add(cerebral(draw), Labels("synth_xa_cerebral", "XA", "head/brain", "", "cerebral"))
    for name in ("chris_MRA", "CT_AVM"):
        vessels = read_nifti(corpus / "niivue-images" / f"{name}.nii.gz")
        for _ in range(COUNTS["projected"] // 2):
            album.add(projected(vessels, draw), Labels("synth_xa_projected", "XA", "head/brain", "", name))


def _nuclear(album: Album, corpus: Path, draw: random.Random) -> None:
    for name, generate, anatomy in (("thyroid", thyroid, "neck/thyroid"), ("kidneys", kidneys, "kidney"), ("lungs", lungs, "chest/lung"), ("heart", heart, "heart"), ("body", body_projection, "whole body")):
        for _ in range(COUNTS[name]):
            album.add(generate(draw), Labels(f"synth_nm_{name}", "NM/PET", anatomy, "", name))
    scan = read_picture(corpus / "dwv/tests/data/nema-nm1_j2kr.dcm")
    for index in range(COUNTS["bone"] if scan else 0):
        part = index % 4 == 3
        album.add(bone_scan(scan.data, draw, part), Labels("synth_nm_bone", "NM/PET", "" if part else "whole body", "", "nema-nm1"))
    for path in BRAINS:
        uptake = brain_uptake(read_nifti(corpus / path))
        for _ in range(COUNTS["brain"] // len(BRAINS)):
            plane = draw.choice(["axial", "axial", "coronal", "sagittal"])
            album.add(brain_slice(uptake, plane, draw), Labels("synth_pet_brain", "NM/PET", "head/brain", plane, path.split("/")[0]))


def _radiographs(album: Album, corpus: Path, draw: random.Random) -> None:
    lung = read_metaimage(corpus / "elastix/Testing/Data/3DCT_lung_baseline_small.mha")
    for _ in range(COUNTS["lateral"]):
        album.add(radiograph(lung, 0, draw), Labels("synth_drr_chest", "X-ray", "chest/lung", "", "lung"))
    skull = bare_skull(read_nifti(corpus / "niivue-images/CT_pitch.nii.gz"))
    for index in range(COUNTS["skull"]):
        album.add(radiograph(skull, index % 2, draw), Labels("synth_drr_skull", "X-ray", "head/brain", "", "pitch"))


def make(album: Album, corpus: Path, images: Path | None, seed: int) -> None:
    """Draws every generator."""
    draw = random.Random(seed)
    _angiograms(album, corpus, images, draw)
    _nuclear(album, corpus, draw)
    _radiographs(album, corpus, draw)
    for _ in range(COUNTS["retina"]):
        album.add(retina(draw), Labels("synth_opt", "OPT", "eye/retina", "", "retina"))
