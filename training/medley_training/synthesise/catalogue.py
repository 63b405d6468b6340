"""Which open test files show what, as seen by eye; phantoms, masks and statistics are left out on purpose.

Paths are relative to the corpus folder: <suite>/<path>.
"""
from __future__ import annotations

from typing import NamedTuple

HEAD, CHEST, ABDOMEN = "head/brain", "chest/lung", "abdomen/liver"


class VolumeEntry(NamedTuple):
    """A volume: a file or a glob of one series' files; planes that are worth looking at; windows by name; slab > 0 is a
    maximum projection through that fraction of the volume."""

    path: str
    name: str
    modality: str
    anatomy: str
    planes: tuple[str, ...] = ("axial", "coronal", "sagittal")
    windows: tuple[str, ...] = ("mr",)
    limit: int = 24
    span: tuple[float, float] = (0.15, 0.85)
    slab: float = 0.0


class PictureEntry(NamedTuple):
    """A single picture or a loop of frames."""

    path: str
    modality: str
    anatomy: str = ""
    plane: str = ""
    windows: tuple[str, ...] = ("own",)


CT_WINDOWS = ("soft", "lung", "bone", "full", "odd")

VOLUMES = (
    VolumeEntry("dcm_qa_12bit/Ref/2.nii", "epi", "MR", HEAD),
    VolumeEntry("elastix/Testing/Data/3DCT_lung_baseline_small.mha", "lung", "CT", CHEST, windows=CT_WINDOWS, limit=48),
    VolumeEntry("fo-dicom-samples/Core/DICOM Media/Data/Patient1/*.dcm", "lumbar", "MR", "spine", ("axial",)),
    VolumeEntry("dwv/tests/data/bbmri-*.dcm", "bbmri", "MR", HEAD, ("sagittal",), span=(0, 1)),
    VolumeEntry("nibabel/nibabel/tests/data/example4d.nii.gz", "example4d", "MR", HEAD),
    VolumeEntry("nibabel/nibabel/tests/data/anatomical.nii", "anatomical", "MR", HEAD, limit=9, span=(0.35, 0.65)),
    VolumeEntry("nibabel/nibabel/tests/data/scaled+tlrc.BRIK", "scaled", "MR", HEAD, limit=12, span=(0.3, 0.7)),
    VolumeEntry("nibabel/nibabel/tests/data/example4d+orig.BRIK.gz", "afni", "MR", HEAD, limit=9, span=(0.3, 0.7)),
    VolumeEntry("niivue-images/CT_AVM.nii.gz", "avm", "CT", HEAD, windows=("vessel",), limit=12, span=(0.4, 0.6), slab=0.8),
    VolumeEntry("niivue-images/CT_pitch.nii.gz", "pitch", "CT", HEAD, windows=("bytes",), limit=12, span=(0.1, 0.9)),
    VolumeEntry("niivue-images/MR_Gd.nii.gz", "gd", "MR", HEAD),
    VolumeEntry("niivue-images/chris_MRA.nii.gz", "mra", "MR", HEAD, windows=("mra",), limit=15, span=(0.35, 0.65), slab=0.7),
    VolumeEntry("niivue-images/chris_PD.nii.gz", "pd", "MR", HEAD),
    VolumeEntry("niivue-images/fmri_pitch.nii.gz", "fmri", "MR", HEAD),
    VolumeEntry("niivue-images/pcasl.nii.gz", "pcasl", "MR", HEAD),
    VolumeEntry("papaya/tests/data/dicom/brain_*.dcm", "brain", "MR", HEAD, ("axial",)),
    VolumeEntry("papaya/tests/data/sample_image.nii.gz", "sample", "MR", HEAD),
    VolumeEntry("papaya/tests/data/dti_FA.nii.gz", "fa", "MR", HEAD, limit=15),
)

_DWV, _PYDICOM = "dwv/tests/data/", "pydicom/src/pydicom/data/test_files/"
_STORE, _SKIMAGE = "pydicom-data/data_store/data/", "scikit-image/src/_skimage2/data/"
_BODY, _BRAIN = ("own", "soft", "lung", "bone", "full", "odd"), ("own", "brain", "bone", "soft", "full", "odd")

PICTURES = (
    PictureEntry("cornerstone-wado/testImages/CT1_J2KR", "CT", CHEST, "axial", _BODY),
    PictureEntry("cornerstone-wado/testImages/CT2_J2KR", "CT", HEAD, "axial", _BRAIN),
    PictureEntry("cornerstone-wado/testImages/CTImage.dcm", "CT", CHEST, "axial", _BODY),
    PictureEntry("cornerstone-wado/testImages/US-YBR_FULL_422-EVRLE.dcm", "US", "upper extremity"),
    PictureEntry("cornerstone-wado/testImages/no-pixel-spacing.dcm", "US", "heart"),
    PictureEntry("dcm_qa_12bit/In/12bitSigned_0x0F0F.dcm", "MR", HEAD, "", ("own", "mr")),
    PictureEntry("dcmjs/examples/data/IM-0001-0001.dcm", "MR", "upper extremity", "coronal", ("own", "mr")),
    PictureEntry("dcmjs/test/cine-test.dcm", "MR", HEAD, "sagittal", ("own", "mr")),
    PictureEntry("dcmjs/test/sample-dicom.dcm", "MR", ABDOMEN, "axial", ("own", "mr")),
    PictureEntry("dicomParser/testImages/encapsulated/multi-frame/IM00001.implicit_little_endian.dcm", "US", "heart"),
    PictureEntry(_DWV + "dicompyler-ct.0.dcm", "CT", "", "axial", _BODY),
    PictureEntry(_DWV + "gdcm-CR-MONO1-10-chest.dcm", "X-ray", CHEST, "", ("own", "mr")),
    PictureEntry(_DWV + "gdcm-CT-MONO2-8-abdo.dcm", "CT", ABDOMEN, "axial"),
    PictureEntry(_DWV + "gdcm-US-RGB-8-epicard.dcm", "US", "heart"),
    PictureEntry(_DWV + "gdcm-US-RGB-8-esopecho.dcm", "US", "heart"),
    PictureEntry(_DWV + "multiframe-test1.dcm", "MR", "heart", "", ("own", "mr")),
    PictureEntry(_DWV + "nema-mr1_jply.dcm", "MR", HEAD, "axial", ("own", "mr")),
    PictureEntry(_DWV + "nema-nm1_j2kr.dcm", "NM/PET", "whole body", "", ("own", "nm", "inverse")),
    PictureEntry(_DWV + "nema-vl2_j2kr.dcm", "ES", "gastrointestinal tract"),
    PictureEntry(_DWV + "osirix-cerebrix.dcm", "MR", HEAD, "axial", ("own", "mr")),
    PictureEntry(_DWV + "osirix-goudurix.dcm", "CT", "heart", "axial", _BODY),
    PictureEntry(_DWV + "osirix-toutatix-100.dcm", "CT", "heart", "axial", _BODY),
    PictureEntry(_DWV + "osirix-toutatix-101.dcm", "CT", "heart", "axial", _BODY),
    PictureEntry(_DWV + "leadtools-flowers-8-mono2-rle.dcm", "NOT-MEDICAL"),
    PictureEntry("highdicom/data/test_files/ct_image.dcm", "CT", "spine", "axial", _BODY),
    PictureEntry(_STORE + "693_J2KR.dcm", "CT", HEAD, "axial", _BRAIN),
    PictureEntry(_STORE + "JPGLosslessP14SV1_1s_1f_8b.dcm", "US", "heart"),
    PictureEntry(_STORE + "MR-SIEMENS-DICOM-WithOverlays.dcm", "MR", ABDOMEN, "axial", ("own", "mr")),
    PictureEntry(_STORE + "MR2_J2KI.dcm", "MR", "upper extremity", "coronal", ("own", "mr")),
    PictureEntry(_STORE + "RG3_J2KR.dcm", "X-ray", "lower extremity", "", ("own", "mr", "inverse")),
    PictureEntry(_STORE + "US1_J2KI.dcm", "US"),
    PictureEntry(_STORE + "bad_sequence.dcm", "CT", "", "axial", _BODY),
    PictureEntry(_STORE + "color-pl.dcm", "US", "heart"),
    PictureEntry(_STORE + "emri_small.dcm", "MR", "", "", ("own", "mr")),
    PictureEntry(_STORE + "explicit_VR-UN.dcm", "CT", ABDOMEN, "axial", _BODY),
    PictureEntry(_STORE + "gdcm-US-ALOKA-16_big.dcm", "US"),
    PictureEntry(_PYDICOM + "J2K_pixelrep_mismatch.dcm", "CT", HEAD, "axial", _BRAIN),
    PictureEntry(_PYDICOM + "MR_small.dcm", "MR", "", "", ("own", "mr")),
    PictureEntry(_PYDICOM + "GDCMJ2K_TextGBR.dcm", "NOT-MEDICAL"),
    PictureEntry("sedghi-dicom-test/src/sample_dicom_petct.dcm", "CT", "", "axial", _BODY),
    PictureEntry("suyashkumar-dicom/testdata/1.dcm", "NM/PET", "", "axial", ("nm", "inverse", "mr")),
    PictureEntry("suyashkumar-dicom/testdata/2.dcm", "NM/PET", "", "axial", ("nm", "inverse", "mr")),
    PictureEntry("suyashkumar-dicom/testdata/3.dcm", "MR", "pelvis/prostate", "axial", ("own", "mr")),
    PictureEntry("simpleitk/Testing/Data/Input/r16slice.nii.gz", "MR", HEAD, "axial", ("mr",)),
    PictureEntry("simpleitk/Testing/Data/Input/r64slice.nii.gz", "MR", HEAD, "axial", ("mr",)),
    PictureEntry("elastix/Testing/Data/2DMRI-T1_brain.mha", "MR", HEAD, "axial", ("mr",)),
    PictureEntry("elastix/dox/exampleinput/fixed.mhd", "MR", HEAD, "axial", ("mr",)),
    PictureEntry(_SKIMAGE + "retina.jpg", "OP", "eye/retina"),
    PictureEntry(_SKIMAGE + "microaneurysms.png", "OP", "eye/retina"),
    PictureEntry(_SKIMAGE + "ihc.png", "SM", "blood/tissue"),
    PictureEntry(_SKIMAGE + "camera.png", "NOT-MEDICAL"),
    PictureEntry(_SKIMAGE + "coins.png", "NOT-MEDICAL"),
    PictureEntry(_SKIMAGE + "page.png", "NOT-MEDICAL"),
)
