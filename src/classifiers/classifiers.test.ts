// All classifiers together on made-up items, as the pipeline asks them.
import { describe, expect, it } from 'vitest';
import type { Layout, Seen, SideFile } from '../core/classifier.ts';
import type { FeatureKind, Question } from '../core/evidence.ts';
import { features } from '../core/features.ts';
import { fuse } from '../core/fuse.ts';
import type { Header, Tags } from '../core/header.ts';
import type { Pixels } from '../core/pixels.ts';
import { ANATOMY, MODALITIES } from '../core/vocabulary.ts';
import { classifiers } from './index.ts';

interface Given {
  readonly tags?: Tags;
  readonly path?: string;
  readonly header?: Partial<Header>;
  readonly headers?: readonly Header[];
  readonly layout?: Partial<Layout>;
  readonly sideFiles?: readonly SideFile[];
  readonly pixels?: readonly Pixels[];
}

function seen({ tags = {}, path = 'x/IM0001', header, headers, layout, sideFiles = [], pixels }: Given): Seen {
  const whole: Header = { format: 'dicom', role: 'image', tags, ...header };
  const place: Layout = {
    columns: 256,
    rows: 256,
    slices: 1,
    frames: 1,
    files: 1,
    images: 1,
    parallel: true,
    even: true,
    spacingMm: null,
    ...layout,
  };
  return { header: whole, headers: headers ?? [whole], paths: [path], layout: place, sideFiles, pixels };
}

const heard = async (given: Given) =>
  (await Promise.all(classifiers.filter(({ needs }) => needs === 'header' || given.pixels).map((one) => one.classify(seen(given))))).flat();
const label = async (question: Question, given: Given) => fuse(question, await heard(given));
const value = async (question: Question, given: Given) => (await label(question, given)).value;
const present = async (kind: FeatureKind, given: Given) => features(await heard(given)).find((feature) => feature.kind === kind)?.present;

describe('the registry', () => {
  it('finds every plug-in, each with an id of its own', () => {
    expect(classifiers.map(({ id }) => id)).toEqual([
      'acquisition',
      'findings',
      'geometry',
      'header-modality',
      'header-words',
      'path',
      'role',
      'sidecar',
      'voxels',
    ]);
  });

  it('speaks only the vocabulary, on questions that a classifier says it answers', async () => {
    const codes = new Set([...MODALITIES, ...ANATOMY].map(({ code }) => code));
    const given: Given = {
      tags: { Modality: 'MR', BodyPartExamined: 'HEAD', SeriesDescription: 'T2 FLAIR glioma post KM', ContrastBolusAgent: 'Gadovist' },
      path: 'BraTS2021/sub-01_T1w_mask.nii.gz',
      sideFiles: [{ path: 'x.json', text: '{"Modality":"MR","BodyPart":"BRAIN"}' }],
    };
    for (const classifier of classifiers) {
      for (const { question, value: said, logOdds, because } of await classifier.classify(seen(given))) {
        expect(classifier.answers).toContain(question);
        if (question === 'modality' || question === 'anatomy') expect(codes.has(said)).toBe(true);
        expect(Number.isFinite(logOdds)).toBe(true);
        expect(because).not.toBe('');
      }
    }
  });

  it('never throws, whatever a header holds', async () => {
    const odd: Tags = {
      Modality: ['CT', 'MR'],
      SOPClassUID: 7,
      BodyPartExamined: '\u0000',
      SeriesDescription: ['a', 'b'],
      ImageType: 'X',
      EchoTime: 'long',
      MosaicImages: 'many',
      intent_code: [1, 2],
    };
    await expect(
      heard({
        tags: odd,
        path: '',
        layout: { columns: 0, rows: 0, normal: [Number.NaN, 0, 0] },
        sideFiles: [
          { path: 'a.csv', text: '"' },
          { path: 'b.json', text: '{' },
          { path: 'c.tsv', text: '' },
        ],
      }),
    ).resolves.toBeDefined();
    await expect(heard({})).resolves.toBeDefined();
  });
});

describe('modality', () => {
  const CT = '1.2.840.10008.5.1.4.1.1.2';
  it('comes from the tag and the class, with evidence for people', async () => {
    const ct = await label('modality', { tags: { Modality: 'CT', SOPClassUID: CT } });
    expect(ct).toMatchObject({ value: 'CT', conflict: false });
    expect(ct.confidence).toBeGreaterThan(0.98);
    expect(ct.evidence.map(({ because }) => because)).toContain('(0008,0060) Modality = CT');
  });
  it('trusts the class more than a wrong tag, and says that they disagree', async () => {
    expect(await label('modality', { tags: { Modality: 'MR', SOPClassUID: CT } })).toMatchObject({ value: 'CT', conflict: true });
  });
  it('lets the tag be finer than the class', async () => {
    expect(await label('modality', { tags: { Modality: 'IVUS', SOPClassUID: '1.2.840.10008.5.1.4.1.1.6.1' } })).toMatchObject({
      value: 'IVUS',
      conflict: false,
    });
    expect(await value('modality', { tags: { Modality: 'PX', SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1' } })).toBe('PX');
  });
  it.each(['OT', 'SC', 'XYZ', ''])('hears nothing in %s', async (Modality) =>
    expect(await value('modality', { tags: { Modality, SOPClassUID: '1.2.840.10008.5.1.4.1.1.7' } })).toBe('UNKNOWN'),
  );
  it('takes secondary captures by their words', async () =>
    expect(await value('modality', { tags: { Modality: 'OT', SeriesDescription: 'Ultraschall Abdomen' } })).toBe('US'));
  it('reads MetaImage and NIfTI', async () => {
    expect(await value('modality', { header: { format: 'mha' }, tags: { Modality: 'MET_MOD_CT' } })).toBe('CT');
    expect(await value('modality', { header: { format: 'nifti' }, tags: { descrip: 'TE=2.9;Time=123456.000;phase=1' } })).toBe('MR');
  });
  it.each([
    ['a/sub-01/anat/sub-01_T1w.nii.gz', 'MR'],
    ['sub-02_ses-1_task-rest_bold.nii.gz', 'MR'],
    ['sub-02_ct.nii.gz', 'CT'],
    ['sub-9_trc-fdg_pet.nii', 'PT'],
    ['BraTS20_Training_001/x.nii', 'MR'],
    ['LiTS/volume-0.nii', 'CT'],
    ['Task03_Liver/imagesTr/liver_0.nii.gz', 'CT'],
    ['CheXpert-v1.0/train/patient00001/view1.jpg', 'DX'],
    ['chest_xray/NORMAL/IM-0001.jpeg', 'DX'],
    ['HAM10000/ISIC_0027419.jpg', 'DMS'],
    ['Kvasir-SEG/images/a.jpg', 'ES'],
    ['Dataset_BUSI_with_GT/benign/benign (1).png', 'US'],
    ['CBIS-DDSM/Mass-Training/1.png', 'MG'],
    ['mammographie/links/12.png', 'MG'],
    ['DRIVE/training/images/21.tif', 'OP'],
    ['radiografias/001.jpg', 'DX'],
    ['PannuKe/fold1/3.png', 'SM'],
    ['EyePACS/train/10_left.jpeg', 'OP'],
    ['echographie/12.png', 'US'],
    ['screenshots/screenshot-1.png', 'OTHER'],
  ])('%s is %s', async (path, expected) => expect(await value('modality', { path, header: { format: 'png' } })).toBe(expected));
  it.each([
    'img/us/0001.png',
    'patients/pt-12/a.png',
    'photos/IMG_2001.jpg',
    'a/9fct8e7d6c5b.png',
    'data/train/001.png',
    'contact/me.png',
    'doctor/mrsmith.png',
    'actions/x.png',
    'mr-jones.jpg',
  ])('%s says too little', async (path) => {
    const found = await label('modality', { path, header: { format: 'png' } });
    expect(found.confidence).toBeLessThan(0.72);
  });
});

describe('anatomy', () => {
  it('comes from Body Part Examined and codes', async () => {
    expect(await value('anatomy', { tags: { BodyPartExamined: 'THORAX' } })).toBe('CHEST');
    expect(await value('anatomy', { tags: { AnatomicRegionCode: 'T-A0100', AnatomicRegion: 'Hirn' } })).toBe('BRAIN');
    expect(await value('anatomy', { tags: { AnatomicRegion: 'Right knee joint' } })).toBe('KNEE');
    expect(await value('anatomy', { tags: { BodyPartExamined: 'Schulter re.' } })).toBe('SHOULDER');
  });
  it('follows the series into the organ', async () =>
    expect(await value('anatomy', { tags: { BodyPartExamined: 'CHEST', SeriesDescription: 'CORONARY CTA' } })).toBe('HEART'));
  it('shows a conflict between header and description', async () => {
    expect(
      (
        await label('anatomy', {
          tags: { BodyPartExamined: 'KNEE', AnatomicRegion: 'Knee', SeriesDescription: 'Thorax p.a.', StudyDescription: 'Rö Thorax' },
        })
      ).conflict,
    ).toBe(true);
  });
  it('guesses the leading region of several, unsurely', async () => {
    const label3 = await label('anatomy', { tags: { BodyPartExamined: 'CHESTABDPELVIS' } });
    expect(label3).toMatchObject({ value: 'CHEST', conflict: false });
    expect(label3.confidence).toBeLessThan(0.85);
  });
  it.each([
    ['MG', 'BREAST'],
    ['OP', 'EYE'],
    ['OPT', 'EYE'],
    ['PX', 'JAW'],
    ['DMS', 'SKIN'],
  ])('knows what %s shows', async (Modality, expected) => expect(await value('anatomy', { tags: { Modality } })).toBe(expected));
  it('trusts short words in a header and not in a path', async () => {
    expect(await value('anatomy', { tags: { SeriesDescription: 'Hand rechts in 2 Ebenen' } })).toBe('HAND');
    expect(await value('anatomy', { tags: { StudyDescription: 'RX mano' } })).toBe('HAND');
    expect(await value('anatomy', { tags: { StudyDescription: 'KUB' } })).toBe('KIDNEY');
    expect(await value('anatomy', { path: 'treatment/arm/001.png' })).toBe('UNKNOWN');
    expect(await value('modality', { path: 'sorted/US/001.png', header: { format: 'png' } })).toBe('US');
    expect(await value('modality', { path: 'states/us/001.png', header: { format: 'png' } })).toBe('UNKNOWN');
  });
  it('reads views', async () => expect(await value('anatomy', { tags: { ViewPosition: 'MLO', Modality: 'CR' } })).toBe('BREAST'));
  it('hears nothing in bare headers and names', async () =>
    expect(await value('anatomy', { tags: { Modality: 'CT', StudyDescription: 'e+1' }, path: 'a/b/IM0001.dcm' })).toBe('UNKNOWN'));
});

describe('dimension and plane', () => {
  it.each([
    [{}, '2D'],
    [{ slices: 2, images: 2, files: 2 }, '2D'],
    [{ slices: 20, files: 20, images: 20 }, '3D'],
    [{ slices: 20, frames: 4, images: 80 }, '3D+t'],
    [{ frames: 30, images: 30 }, '2D+t'],
    [{ slices: 5, parallel: false, files: 5 }, '2D'],
    [{ slices: 2, frames: 10 }, '2D+t'],
  ] as const)('%j is %s', async (layout, expected) => expect(await value('dimension', { layout })).toBe(expected));
  it('counts a mosaic as a volume, tiles of a slide as one picture', async () => {
    expect(await value('dimension', { tags: { MosaicImages: 48 } })).toBe('3D');
    expect(await value('dimension', { tags: { MosaicImages: 48 }, layout: { frames: 100, files: 100 } })).toBe('3D+t');
    expect(await value('dimension', { tags: { Modality: 'SM' }, layout: { frames: 25 } })).toBe('2D');
  });
  it('does not take copies of one image for a cine', async () => {
    const copy: Header = { format: 'dicom', role: 'image', tags: { AcquisitionTime: '1', InstanceNumber: 1 } };
    const later: Header = { ...copy, tags: { AcquisitionTime: '2', InstanceNumber: 2 } };
    expect(await value('dimension', { headers: [copy, copy], layout: { frames: 2, files: 2 } })).toBe('2D');
    expect(await value('dimension', { headers: [copy, later], layout: { frames: 2, files: 2 } })).toBe('2D+t');
  });
  it.each([
    [[0, 0, 1], 'axial'],
    [[1, 0, 0], 'sagittal'],
    [[0, -1, 0], 'coronal'],
    [[0, 0.26, 0.97], 'axial'],
    [[0, 0.6, 0.8], 'oblique'],
  ] as const)('normal %j is %s', async (normal, expected) => {
    expect(await value('plane', { header: { geometry: { orientation: [1, 0, 0, 0, 1, 0] } }, layout: { normal } })).toBe(expected);
  });
  it('knows no plane without orientation', async () => expect(await value('plane', {})).toBe('UNKNOWN'));
});

describe('sequence and contrast', () => {
  const mr = (tags: Tags): Given => ({ tags: { Modality: 'MR', ...tags } });
  it.each([
    [{ SeriesDescription: 't1_mprage_sag_p2_iso' }, 'T1'],
    [{ SeriesDescription: 'AX T2 FLAIR' }, 'FLAIR'],
    [{ SeriesDescription: 't2_tirm_tra_dark-fluid' }, 'FLAIR'],
    [{ SeriesDescription: 'T2_TSE_cor' }, 'T2'],
    [{ SeriesDescription: 'ep2d_diff_b1000' }, 'DWI'],
    [{ SeriesDescription: 'ep2d_diff_ADC', ImageType: ['DERIVED', 'PRIMARY', 'DIFFUSION', 'ADC'] }, 'ADC'],
    [{ SeriesDescription: 'SWI_Images' }, 'SWI'],
    [{ ProtocolName: 'TOF_3D_multi-slab' }, 'TOF'],
    [{ SeriesDescription: 'rest fMRI' }, 'BOLD'],
    [{ SeriesDescription: 'Survey' }, 'localizer'],
    [{ ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' }, 'localizer'],
    [{ EchoTime: 12, RepetitionTime: 500, ScanningSequence: 'SE' }, 'T1'],
    [{ EchoTime: 100, RepetitionTime: 4000, ScanningSequence: 'SE' }, 'T2'],
    [{ EchoTime: 120, RepetitionTime: 9000, InversionTime: 2500, ScanningSequence: 'IR' }, 'FLAIR'],
    [{ AcquisitionContrast: 'DIFFUSION' }, 'DWI'],
    [{ SeriesDescription: 'gre_field_mapping' }, 'UNKNOWN'],
  ] as const)('%j is %s', async (tags, expected) => expect(await value('sequence', mr(tags as Tags))).toBe(expected));
  it('says nothing on sequences of CT', async () =>
    expect(await value('sequence', { tags: { Modality: 'CT', SeriesDescription: 'T2 spine' } })).toBe('UNKNOWN'));

  it.each([
    ['ContrastBolusAgent', 'ULTRAVIST 370', 'yes'],
    ['ContrastBolusAgent', 'Ohne', 'no'],
    ['ContrastBolusAgent', 'NONE', 'no'],
    ['SeriesDescription', 'Abdomen pv KM', 'yes'],
    ['SeriesDescription', 'Schädel nativ', 'no'],
    ['SeriesDescription', 'Schädel ohne KM', 'no'],
    ['SeriesDescription', 'CT HEAD WO CONTRAST', 'no'],
    ['SeriesDescription', 'sans injection', 'no'],
    ['SeriesDescription', 'avec injection', 'yes'],
    ['SeriesDescription', 'sin contraste', 'no'],
    ['SeriesDescription', 'con contraste iv', 'yes'],
    ['SeriesDescription', 'senza mdc', 'no'],
    ['SeriesDescription', 'sem contraste', 'no'],
    ['SeriesDescription', 'zonder contrast', 'no'],
    ['SeriesDescription', 'HEAD C+', 'yes'],
    ['SeriesDescription', 'HEAD C-', 'no'],
    ['SeriesDescription', 'AX T1 POST GAD', 'yes'],
    ['SeriesDescription', 'arterial phase', 'yes'],
    ['SeriesDescription', 'Chest 5.0 B31f', 'UNKNOWN'],
    ['SeriesDescription', 'non-contrast head', 'no'],
  ])('%s %s: contrast %s', async (field, text, expected) =>
    expect(await value('contrast', { tags: { Modality: 'CT', [field]: text } })).toBe(expected),
  );
});

describe('features', () => {
  it('knows pictures that are of vessels', async () => {
    expect(await present('vessels', { tags: { Modality: 'XA' } })).toBe(true);
    expect(await present('vessels', { tags: { Modality: 'OP' } })).toBe(true);
    expect(await present('vessels', { tags: { Modality: 'CT', StudyDescription: 'CTA Becken-Bein' } })).toBe(true);
    expect(await present('vessels', { tags: { Modality: 'MR', ImageType: ['ORIGINAL', 'PRIMARY', 'TOF'] } })).toBe(true);
    expect(await present('vessels', { tags: { Modality: 'CT', StudyDescription: 'CT Schädel nativ' } })).toBe(null);
  });
  it('hears tumours and lesions in descriptions, names of segments and folders', async () => {
    expect(await present('tumour', { tags: { Modality: 'MR', StudyDescription: 'V.a. Glioblastom' } })).toBe(true);
    expect(await present('tumour', { tags: { StudyDescription: 'kein Tumor' } })).toBe(false);
    expect(await present('lesion', { path: 'ds/infarct/001.png' })).toBe(true);
    expect(await present('tumour', { path: 'brain/notumor/001.png' })).toBe(false);
    expect(await present('tumour', { headers: [{ format: 'dicom', role: 'image', tags: {}, segments: ['GTVp'] }] })).toBe(true);
    expect(await present('tumour', { path: 'a/b/001.png' })).toBe(null);
  });
});

describe('role', () => {
  it.each([
    'ds/masks/a.png',
    'a/benign (1)_mask.png',
    'x_seg.nii.gz',
    'seg-04.nii',
    'labelsTr/liver_1.nii.gz',
    'sub-01_dseg.nii.gz',
    'ground_truth/3.png',
    '1st_manual/21_manual1.gif',
    'case/segmentation.nii.gz',
    'sub/aparc+aseg.nii.gz',
    'x_GT.png',
    'ISIC_0000001_segmentation.png',
  ])('%s is a mask', async (path) => expect(await value('role', { path, header: { format: 'png' } })).toBe('mask'));
  it.each([
    'ds/images/a.png',
    'imagesTr/liver_1.nii.gz',
    'face-mask/with_mask.jpg',
    'masked_brain.nii',
    'segments/overview.png',
    'legend.png',
    'labels.png.d/photo.png',
    'defaced_T1w.nii.gz',
    'CT_chest_label-free.png',
    'segmented/volume.nii',
    'annotations/photo1.jpg',
  ])('%s is none', async (path) => expect(await value('role', { path, header: { format: 'png' } })).not.toBe('mask'));
  it('believes a DICOM header more than a name', async () =>
    expect(await value('role', { path: 'labelsTr/a_mask.dcm', tags: { Modality: 'CT' } })).not.toBe('mask'));
});

describe('side files', () => {
  it('reads BIDS JSON', async () => {
    const given: Given = {
      path: 'a/x.nii',
      header: { format: 'nifti' },
      sideFiles: [{ path: 'a/x.json', text: '{"Modality":"MR","BodyPartExamined":"KNEE","ProtocolName":"t2_tse_sag"}' }],
    };
    expect(await value('modality', given)).toBe('MR');
    expect(await value('anatomy', given)).toBe('KNEE');
    expect(await value('sequence', given)).toBe('T2');
  });
  it('reads the row of a table that names the image', async () => {
    const table = {
      path: 'labels.csv',
      text: 'image_id;Körperteil;dx;modality\nISIC_1;Rücken;nv;dermoscopy\nIM7.png;Knie;"normal, no tumor";X-ray',
    };
    const csv = {
      path: 'labels.csv',
      text: 'file,organ,diagnosis,modality\nother.png,Lunge,carcinoma,CT\nIM7.png,Knie,"normal, no tumor",X-ray\n',
    };
    expect(await value('modality', { path: 'd/IM7.png', header: { format: 'png' }, sideFiles: [csv] })).toBe('DX');
    expect(await value('anatomy', { path: 'd/IM7.png', header: { format: 'png' }, sideFiles: [csv] })).toBe('KNEE');
    expect(await present('tumour', { path: 'd/IM7.png', header: { format: 'png' }, sideFiles: [csv] })).toBe(false);
    expect(await value('modality', { path: 'd/IM7.png', header: { format: 'png' }, sideFiles: [table] })).toBe('DX');
    expect(await value('modality', { path: 'd/IM9.png', header: { format: 'png' }, sideFiles: [csv] })).toBe('UNKNOWN');
  });
  it('reads columns of findings', async () => {
    const csv = (cell: string) => ({ path: 'train.csv', text: `Path,Pneumonia,Nodule\nIM7.png,${cell},0` });
    expect(await present('lesion', { path: 'IM7.png', sideFiles: [csv('1.0')] })).toBe(true);
    expect(await present('lesion', { path: 'IM7.png', sideFiles: [csv('-1.0')] })).toBe(null);
    expect(await present('tumour', { path: 'IM7.png', sideFiles: [csv('1')] })).toBe(false);
  });
  it('reads the card of a decathlon task', async () => {
    const card = { path: 'dataset.json', text: '{"name":"Spleen","modality":{"0":"CT"}}' };
    expect(await value('modality', { path: 'imagesTr/a.nii', header: { format: 'nifti' }, sideFiles: [card] })).toBe('CT');
    expect(await value('anatomy', { path: 'imagesTr/a.nii', header: { format: 'nifti' }, sideFiles: [card] })).toBe('SPLEEN');
  });
});

describe('voxels', () => {
  const frame = (data: Pixels['data'], more: Partial<Pixels> = {}): Pixels => ({
    columns: 64,
    rows: 64,
    frames: 1,
    samples: 1,
    data,
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    ...more,
  });
  const volume = { header: { format: 'nifti', role: 'image' as const }, path: 'v.nii' };
  const noise = (i: number): number => ((i * 7919) % 101) / 101;
  it('knows Hounsfield numbers, rescaled or not', async () => {
    const hu = Int16Array.from({ length: 4096 }, (_, i) => (i % 64 < 30 ? -1000 + 20 * noise(i) : 40 + 40 * noise(i)));
    expect(await value('modality', { ...volume, pixels: [frame(hu)] })).toBe('CT');
    expect(
      await value('modality', {
        ...volume,
        pixels: [
          frame(
            hu.map((v) => v + 1024),
            { intercept: -1024 },
          ),
        ],
      }),
    ).toBe('CT');
  });
  it('takes arbitrary units with a dark background for MR', async () => {
    const data = Uint16Array.from({ length: 4096 }, (_, i) => (i % 64 < 25 ? 5 * noise(i) : 300 + 500 * noise(i)));
    expect(await value('modality', { ...volume, pixels: [frame(data)] })).toBe('MR');
  });
  it('says nothing of constant or empty pictures', async () => {
    for (const data of [new Uint8Array(4096), new Uint8Array(4096).fill(7), new Uint8Array(0)])
      expect((await heard({ ...volume, pixels: [frame(data)] })).filter(({ from }) => from === 'voxels')).toEqual([]);
  });
  it('helps a doubtful name of a label volume', async () => {
    const labels = Uint8Array.from({ length: 4096 }, (_, i) => (i > 2000 && i < 2600 ? 2 : 0));
    expect((await heard({ ...volume, pixels: [frame(labels)] })).filter(({ question }) => question === 'role')).toMatchObject([
      { value: 'mask', from: 'voxels' },
    ]);
    expect(await value('role', { ...volume, path: 'annotations/a.nii', pixels: [frame(labels)] })).toBe('mask');
  });
  it('knows the orange disc of a fundus and leaves other colours alone', async () => {
    const disc = (r: number, g: number, b: number) =>
      Uint8Array.from({ length: 4096 * 3 }, (_, i) => {
        const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 192)];
        return Math.hypot(x - 31.5, y - 31.5) < 30 ? ([r, g, b][i % 3] ?? 0) : 0;
      });
    const png = { header: { format: 'png', role: 'image' as const }, path: 'p.png' };
    const rgb = { samples: 3, photometric: 'RGB' as const };
    expect(await value('modality', { ...png, pixels: [frame(disc(190, 90, 30), rgb)] })).toBe('OP');
    expect(await value('anatomy', { ...png, pixels: [frame(disc(190, 90, 30), rgb)] })).toBe('EYE');
    expect(await value('modality', { ...png, pixels: [frame(disc(90, 90, 190), rgb)] })).toBe('UNKNOWN');
    expect(await value('modality', { ...png, pixels: [frame(new Uint8Array(4096 * 3).fill(120), rgb)] })).toBe('UNKNOWN');
  });
});
