#!/usr/bin/env python3
"""Writes tests/fixtures/<format>/*: tiny files of every format, each beside a .json of what it should read as.

usage: python3 tools/make_fixtures.py [folder]     (needs pydicom, nibabel, numpy and Pillow; the files are committed, so only a maintainer runs it)
The JSON: file, also (neighbours), format, role, shape [columns, rows, slices, frames], samples, bits, modality, pixelSha256 (of stored values,
little-endian, frame row column RGB; absent where lossy or without pixels), tags (a few that must be read exactly).
"""
import gzip, hashlib, io, json, os, struct, sys, warnings, zlib
import numpy as np
from PIL import Image
import pydicom, nibabel
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID

warnings.simplefilter('ignore')
ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), '../tests/fixtures')
CT, MR, SC = '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.4', '1.2.840.10008.5.1.4.1.1.7'
rng = np.random.default_rng(20261123)


def sha(values): return hashlib.sha256(np.ascontiguousarray(values).astype(values.dtype.newbyteorder('<')).tobytes()).hexdigest()


def smooth(rows, columns, low, high, dtype):
    y, x = np.mgrid[0:rows, 0:columns]
    v = low + (high - low) * (0.5 + 0.5 * np.sin(x / 3.1) * np.cos(y / 4.3)) + rng.normal(0, (high - low) / 90, (rows, columns))
    return np.clip(np.round(v), low, high).astype(dtype)


def put(folder, name, data, also=None, **expect):
    path = os.path.join(ROOT, folder); os.makedirs(path, exist_ok=True)
    for n, d in {name: data, **(also or {})}.items():
        with open(os.path.join(path, n), 'wb') as f: f.write(d)
    told = {'file': name, **({'also': list(also)} if also else {}), **{k: v for k, v in expect.items() if v is not None}}
    with open(os.path.join(path, name + '.json'), 'w') as f: json.dump(told, f, indent=1, ensure_ascii=False); f.write('\n')


def dataset(sop_class, modality, pixels=None, frames=None, **tags):
    d = Dataset(); d.SOPClassUID = sop_class; d.SOPInstanceUID = UID('2.25.%d' % rng.integers(1, 2**62)); d.Modality = modality
    d.StudyInstanceUID = '2.25.11'; d.SeriesInstanceUID = '2.25.12'; d.PatientName = 'Phantom^Fixture'; d.PatientID = 'PHANTOM'
    d.StudyDate = '20261123'; d.InstanceNumber = 1
    if pixels is not None:
        plane = pixels.shape[1:] if frames else pixels.shape
        d.Rows, d.Columns = int(plane[0]), int(plane[1])
        d.SamplesPerPixel = 3 if len(plane) == 3 else 1
        d.PhotometricInterpretation = 'RGB' if len(plane) == 3 else 'MONOCHROME2'
        if len(plane) == 3: d.PlanarConfiguration = 0
        d.BitsAllocated = d.BitsStored = pixels.dtype.itemsize * 8; d.HighBit = d.BitsStored - 1
        d.PixelRepresentation = 1 if pixels.dtype.kind == 'i' else 0
        if frames: d.NumberOfFrames = frames
    for k, v in tags.items(): setattr(d, k, v)
    return d


def write(d, syntax='1.2.840.10008.1.2.1', preamble=True, meta=True):
    little, implicit = syntax != '1.2.840.10008.1.2.2', syntax == '1.2.840.10008.1.2'
    d.is_little_endian, d.is_implicit_VR = little, implicit
    m = FileMetaDataset(); m.MediaStorageSOPClassUID = d.SOPClassUID; m.MediaStorageSOPInstanceUID = d.SOPInstanceUID
    m.TransferSyntaxUID = UID(syntax); m.ImplementationClassUID = '2.25.20261123'
    b = io.BytesIO()
    if not meta: pydicom.dcmwrite(b, d, write_like_original=True); return b.getvalue()
    f = FileDataset(b, d, file_meta=m, preamble=b'\0' * 128); f.is_little_endian, f.is_implicit_VR = little, implicit
    if syntax.endswith('1.99'): f.is_little_endian, f.is_implicit_VR = True, False
    f.save_as(b, write_like_original=False); out = b.getvalue()
    return out if preamble else out[132:]


def dicom(name, d, pixels=None, frames=None, syntax='1.2.840.10008.1.2.1', role='image', big=False, tags=None, data=None, hashed=True, **how):
    if pixels is not None and data is None: d.PixelData = (pixels.astype(pixels.dtype.newbyteorder('>')) if big else pixels).tobytes() + (b'\0' if pixels.nbytes % 2 else b''); d['PixelData'].VR = 'OW' if d.BitsAllocated > 8 else 'OB'
    if data is not None: d.PixelData = data; d['PixelData'].VR = 'OB'; d['PixelData'].is_undefined_length = True
    plane = None if pixels is None else pixels.shape[1:] if frames else pixels.shape
    put('dicom', name, write(d, syntax, **how), format='dicom', role=role, modality=d.get('Modality'), tags=tags,
        **({} if plane is None else {'shape': [plane[1], plane[0], 1, frames or 1], 'samples': d.SamplesPerPixel, 'bits': d.BitsAllocated,
                                     'pixelSha256': sha(pixels) if hashed else None}))


def rle(frame):
    """PackBits segments, most significant byte first (PS3.5 G); literal runs only, which is legal."""
    planes = [frame[..., c] for c in range(3)] if frame.ndim == 3 else [(frame.view(np.uint16) >> s & 255).astype('u1') for s in (8, 0)] if frame.dtype.itemsize == 2 else [frame]
    segments = []
    for p in planes:
        raw = p.astype('u1').tobytes(); s = b''.join(bytes([len(raw[i:i + 128]) - 1]) + raw[i:i + 128] for i in range(0, len(raw), 128))
        segments.append(s + (b'\0' if len(s) % 2 else b''))
    offsets = [64 + sum(map(len, segments[:i])) for i in range(len(segments))]
    body = struct.pack('<16I', len(segments), *(offsets + [0] * (15 - len(offsets)))) + b''.join(segments)
    return body


def all_dicom():
    p = smooth(24, 20, -1000, 1200, '<i2'); ct = dict(RescaleIntercept=0, RescaleSlope=1, BodyPartExamined='CHEST', ImagePositionPatient=[0, 0, 5], ImageOrientationPatient=[1, 0, 0, 0, 1, 0], PixelSpacing=[0.7, 0.7])
    new = lambda: dataset(CT, 'CT', p, **ct)
    dicom('explicit.dcm', new(), p); dicom('implicit.dcm', new(), p, syntax='1.2.840.10008.1.2'); dicom('big-endian.dcm', new(), p, syntax='1.2.840.10008.1.2.2', big=True)
    dicom('deflated.dcm', new(), p, syntax='1.2.840.10008.1.2.1.99'); dicom('no-preamble.dcm', new(), p, preamble=False)
    dicom('no-meta.dcm', new(), p, syntax='1.2.840.10008.1.2', meta=False)
    u8 = smooth(15, 17, 0, 255, 'u1'); dicom('odd-8bit.dcm', dataset(SC, 'OT', u8), u8)
    cine = np.stack([smooth(12, 16, 0, 255, 'u1') for _ in range(5)]); dicom('multi-frame.dcm', dataset('1.2.840.10008.5.1.4.1.1.3.1', 'US', cine, frames=5, FrameTime=40), cine, frames=5)
    rgb = np.stack([smooth(10, 14, 0, 255, 'u1') for _ in range(3)], -1); dicom('rgb.dcm', dataset('1.2.840.10008.5.1.4.1.1.77.1.4', 'XC', rgb), rgb)
    dicom('rle.dcm', new(), p, syntax='1.2.840.10008.1.2.5', data=pydicom.encaps.encapsulate([rle(p)]))
    dicom('rle-rgb.dcm', dataset('1.2.840.10008.5.1.4.1.1.77.1.4', 'XC', rgb), rgb, syntax='1.2.840.10008.1.2.5', data=pydicom.encaps.encapsulate([rle(rgb)]))
    jpeg = io.BytesIO(); Image.fromarray(u8).save(jpeg, 'JPEG', quality=92)
    dicom('jpeg.dcm', dataset(SC, 'OT', u8, LossyImageCompression='01'), u8, syntax='1.2.840.10008.1.2.4.50', data=pydicom.encaps.encapsulate([jpeg.getvalue()]), hashed=False)
    seg = Dataset(); seg.SegmentNumber = 1; seg.SegmentLabel = 'Tumor'; seg.SegmentAlgorithmType = 'AUTOMATIC'
    bits = (smooth(16, 16, 0, 99, 'u1') > 60).astype('u1'); d = dataset('1.2.840.10008.5.1.4.1.1.66.4', 'SEG', bits[None], frames=1, SegmentSequence=Sequence([seg]), SegmentationType='BINARY')
    d.BitsAllocated = d.BitsStored = 1; d.HighBit = 0; d.PixelData = np.packbits(bits.ravel(), bitorder='little').tobytes(); d['PixelData'].VR = 'OB'
    put('dicom', 'segmentation.dcm', write(d), format='dicom', role='mask', modality='SEG', shape=[16, 16, 1, 1], samples=1, bits=1, pixelSha256=sha(bits))
    dicom('structured-report.dcm', dataset('1.2.840.10008.5.1.4.1.1.88.11', 'SR', ValueType='CONTAINER', ContinuityOfContent='SEPARATE'), role='object')
    roi = Dataset(); roi.ROINumber = 1; roi.ROIName = 'GTV'; roi.ReferencedFrameOfReferenceUID = '2.25.9'; roi.ROIGenerationAlgorithm = ''
    put('dicom', 'structure-set.dcm', write(dataset('1.2.840.10008.5.1.4.1.1.481.3', 'RTSTRUCT', StructureSetLabel='Phantom', StructureSetROISequence=Sequence([roi]))), format='dicom', role='mask', modality='RTSTRUCT')
    record = Dataset(); record.OffsetOfTheNextDirectoryRecord = 0; record.RecordInUseFlag = 65535; record.OffsetOfReferencedLowerLevelDirectoryEntity = 0; record.DirectoryRecordType = 'PATIENT'; record.PatientName = 'Phantom^Fixture'; record.PatientID = 'PHANTOM'
    d = Dataset(); d.SOPClassUID = '1.2.840.10008.1.3.10'; d.SOPInstanceUID = '2.25.77'; d.FileSetID = 'PHANTOM'
    d.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = 0; d.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity = 0; d.FileSetConsistencyFlag = 0; d.DirectoryRecordSequence = Sequence([record])
    put('dicom', 'DICOMDIR', write(d), format='dicom', role='object')
    for name, charset, text in (('charset-latin1', 'ISO_IR 100', 'Schädel koronal'), ('charset-cyrillic', 'ISO_IR 144', 'Голова'), ('charset-greek', 'ISO_IR 126', 'Κεφάλι'),
                                ('charset-utf8', 'ISO_IR 192', '頭部 MR Köpfe'), ('charset-gb18030', 'GB18030', '头部'), ('charset-japanese', ['', 'ISO 2022 IR 87'], 'CT 頭部'), ('charset-korean', ['', 'ISO 2022 IR 149'], '머리')):
        q = smooth(8, 8, 0, 900, '<u2'); d = dataset(MR, 'MR', q); d.SpecificCharacterSet = charset; d.SeriesDescription = text
        dicom(name + '.dcm', d, q, tags={'SeriesDescription': text})


def all_nifti():
    v = np.stack([smooth(9, 11, -200, 900, '<i2') for _ in range(6)], -1).transpose(1, 0, 2); aff = np.diag([1.5, 1.5, 2, 1])
    for name, kind in (('one.nii', nibabel.Nifti1Image), ('two.nii', nibabel.Nifti2Image)):
        data = kind(v, aff).to_bytes(); put('nifti', name, data, format='nifti', role='image', shape=[11, 9, 6, 1], samples=1, bits=16, pixelSha256=sha(v.ravel('F')))
    f = np.stack([v, v * 2], -1).astype('<f4') / 7; four = nibabel.Nifti1Image(f, aff).to_bytes()
    put('nifti', 'time.nii', four, format='nifti', role='image', shape=[11, 9, 6, 2], samples=1, bits=32, pixelSha256=sha(f.ravel('F')))
    put('nifti', 'packed.nii.gz', gzip.compress(nibabel.Nifti1Image(v, aff).to_bytes(), mtime=0), format='nifti', role='image', shape=[11, 9, 6, 1], samples=1, bits=16, pixelSha256=sha(v.ravel('F')))
    put('mgh', 'head.mgh', nibabel.MGHImage(v, aff).to_bytes(), format='mgh', role='image', shape=[11, 9, 6, 1], samples=1, bits=16, pixelSha256=sha(v.ravel('F')))
    for folder, name, kind in (('nifti', 'pair', nibabel.Nifti1Pair), ('analyze', 'old', nibabel.analyze.AnalyzeImage)):
        im = kind(v, aff); im.file_map = kind.make_file_map(); h, d = io.BytesIO(), io.BytesIO(); im.file_map['header'].fileobj, im.file_map['image'].fileobj = h, d; im.to_file_map()
        put(folder, name + '.hdr', h.getvalue(), also={name + '.img': d.getvalue()}, format=folder, role='image', shape=[11, 9, 6, 1], samples=1, bits=16, pixelSha256=sha(v.ravel('F')))


def all_volumes():
    v = np.stack([smooth(7, 10, 0, 3000, '<u2') for _ in range(4)]); told = dict(role='image', shape=[10, 7, 4, 1], samples=1, bits=16, pixelSha256=sha(v))
    head = 'NRRD0004\ntype: uint16\ndimension: 3\nspace: left-posterior-superior\nsizes: 10 7 4\nspace directions: (0.5,0,0) (0,0.5,0) (0,0,2)\nkinds: domain domain domain\nendian: little\nencoding: %s\nspace origin: (0,0,0)\n'
    put('nrrd', 'raw.nrrd', (head % 'raw' + '\n').encode() + v.tobytes(), format='nrrd', **told)
    put('nrrd', 'gzip.nrrd', (head % 'gzip' + '\n').encode() + gzip.compress(v.tobytes(), mtime=0), format='nrrd', **told)
    put('nrrd', 'ascii.nrrd', (head % 'ascii' + '\n').encode() + ' '.join(map(str, v.ravel())).encode(), format='nrrd', **told)
    put('nrrd', 'detached.nhdr', (head % 'raw' + 'data file: detached.raw\n').encode(), also={'detached.raw': v.tobytes()}, format='nrrd', **told)
    meta = 'ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = %s\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\nElementSpacing = 0.5 0.5 2\nDimSize = 10 7 4\n%sElementType = MET_USHORT\nElementDataFile = %s\n'
    put('mha', 'raw.mha', (meta % ('False', '', 'LOCAL')).encode() + v.tobytes(), format='mha', **told)
    z = zlib.compress(v.tobytes()); put('mha', 'packed.mha', (meta % ('True', 'CompressedDataSize = %d\n' % len(z), 'LOCAL')).encode() + z, format='mha', **told)
    put('mha', 'detached.mhd', (meta % ('False', '', 'detached.raw')).encode(), also={'detached.raw': v.tobytes()}, format='mha', **told)


def all_rasters():
    grey, rgb, deep = smooth(21, 33, 0, 255, 'u1'), np.stack([smooth(13, 19, 0, 255, 'u1') for _ in range(3)], -1), smooth(11, 12, 0, 65535, '<u2')
    def as_(folder, name, array, format, hashed, pil, samples=None, **how):
        b = io.BytesIO(); Image.fromarray(array).save(b, pil, **how)
        put(folder, name, b.getvalue(), format=format, role='image', shape=[array.shape[1], array.shape[0], 1, 1], samples=samples, pixelSha256=sha(array) if hashed else None)
    as_('png', 'grey-8.png', grey, 'png', True, 'PNG', 1); as_('png', 'rgb-8.png', rgb, 'png', True, 'PNG', 3)
    raw = b''.join(b'\0' + row.astype('>u2').tobytes() for row in deep)
    chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    put('png', 'grey-16.png', b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 12, 11, 16, 0, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b''), format='png', role='image', shape=[12, 11, 1, 1], samples=1, bits=16, pixelSha256=sha(deep))
    index = (grey // 32).astype('u1')
    def palette(a): im = Image.fromarray(a, 'P'); im.putpalette([c for n in range(8) for c in (n * 36, 255 - n * 30, n * 8)]); return im
    b = io.BytesIO(); palette(index).save(b, 'PNG', bits=8); put('png', 'palette.png', b.getvalue(), format='png', role='image', shape=[33, 21, 1, 1], samples=1, bits=8, pixelSha256=sha(index))
    b = io.BytesIO(); palette(index).save(b, 'GIF'); put('gif', 'palette.gif', b.getvalue(), format='gif', role='image', shape=[33, 21, 1, 1])
    as_('jpeg', 'grey.jpg', grey, 'jpeg', False, 'JPEG', quality=90); as_('jpeg', 'rgb.jpg', rgb, 'jpeg', False, 'JPEG', quality=90)
    as_('webp', 'lossless.webp', rgb, 'webp', True, 'WEBP', lossless=True); as_('bmp', 'rgb.bmp', rgb, 'bmp', True, 'BMP', 3)
    as_('tiff', 'grey.tif', grey, 'tiff', True, 'TIFF', 1); as_('tiff', 'rgb-lzw.tif', rgb, 'tiff', True, 'TIFF', 3, compression='tiff_lzw')
    im = Image.fromarray(deep.astype('<u2')); b = io.BytesIO(); im.save(b, 'TIFF', compression='tiff_adobe_deflate'); put('tiff', 'deep-deflate.tif', b.getvalue(), format='tiff', role='image', shape=[12, 11, 1, 1], samples=1, bits=16, pixelSha256=sha(deep))


all_dicom(); all_nifti(); all_volumes(); all_rasters()
