import { describe, expect, it } from 'vitest';
import { ANATOMY_WORDS } from './anatomy.ts';
import { DATASETS } from './datasets.ts';
import { LESION_WORDS, TUMOUR_WORDS, VESSEL_WORDS } from './findings.ts';
import { compile, find, plain, tokens } from './match.ts';
import { MODALITY_WORDS } from './modality.ts';
import { partsOf } from './path-words.ts';
import { anatomyIn, presenceIn } from './voices.ts';

const lexicon = compile({ LUNG: 'lung pulmon*', SPINE: 'c_spine', CANCER: '*karzinom*', ARM: 'arm?' });
const values = (text: string) => find(text, lexicon).map(({ value }) => value);

describe('tokens', () => {
  it('splits at punctuation, camelCase and numbers, and drops accents', () => {
    const words = (text: string) => tokens(text).map((token) => token.text);
    expect(words('Schädel_MRT^KopfHals')).toEqual(['schadel', 'mrt', 'kopf', 'hals']);
    expect(words('liver12 3DCT T1w L5-S1 CTHead')).toEqual(['liver', '12', '3d', 'ct', 't1w', 'l5', 's1', 'ct', 'head']);
    expect(words('Fuß œil Łódź')).toEqual(['fuss', 'oeil', 'lodz']);
    expect(words('')).toEqual([]);
  });
  it('makes plain', () => expect(plain('Öffnung ÇA')).toBe('offnung ca'));
});

describe('find', () => {
  it('finds whole words, beginnings, insides and phrases', () => {
    expect(values('Lung')).toEqual(['LUNG']);
    expect(values('pulmonary')).toEqual(['LUNG']);
    expect(values('Bronchialkarzinom')).toEqual(['CANCER']);
    expect(values('C-Spine')).toEqual(['SPINE']);
    expect(values('plunge lunge c spin')).toEqual([]);
  });
  it('marks ambiguous words', () => expect(find('arm', lexicon)[0]?.weight).toBeLessThan(0.5));
  it.each([
    'no lung',
    'ohne Lung',
    'without any lung',
    'sans lung',
    'sin lung',
    'senza lung',
    'sem lung',
    'zonder lung',
    'w/o lung',
    'keine lung',
    'lung negative',
  ])('hears the negation in "%s"', (text) => {
    expect(find(text, lexicon)).toMatchObject([{ value: 'LUNG', negated: true }]);
  });
  it.each(['no contrast, lung', 'without contrast; lung', 'ohne KM und lung', 'lung', 'knot lung', 'normal lung'])(
    'hears none in "%s"',
    (text) => {
      expect(find(text, lexicon)).toMatchObject([{ value: 'LUNG', negated: false }]);
    },
  );
  it('survives odd text', () => {
    expect(values('\u0000\uFFFD'.repeat(500))).toEqual([]);
    expect(find('x'.repeat(100_000), ANATOMY_WORDS)).toEqual([]);
  });
});

const speaker = { from: 'header', by: 't', odds: 3, what: 'text' } as const;
const part = (text: string) =>
  anatomyIn(text, speaker).reduce<{ value: string; logOdds: number } | undefined>(
    (a, b) => (a && a.logOdds >= b.logOdds ? a : b),
    undefined,
  )?.value;

describe('words for body parts', () => {
  it.each([
    ['CT HEAD W/O CONTRAST', 'HEAD'],
    ['cMRT Kopf nativ', 'HEAD'],
    ['Schädel-MRT', 'SKULL'],
    ['MR cerebral avec gadolinium', 'BRAIN'],
    ['RM Cerebro con contraste', 'BRAIN'],
    ['RM encefalo', 'BRAIN'],
    ['MRI hersenen', 'BRAIN'],
    ['Hirnstamm', 'BRAIN'],
    ['NNH koronar', 'HEAD'],
    ['Orbita bds', 'EYE'],
    ['OCT macula', 'EYE'],
    ['Unterkiefer', 'JAW'],
    ['CT Hals mit KM', 'NECK'],
    ['ECO TIROIDES', 'THYROID'],
    ['Schilddrüsensono', 'THYROID'],
    ['Thx ap', 'CHEST'],
    ['Thoraxübersicht', 'CHEST'],
    ['RX TORACE', 'CHEST'],
    ['Radiografía de tórax PA', 'CHEST'],
    ['CT longen', 'LUNG'],
    ['HRCT Lunge', 'LUNG'],
    ['TDM poumons', 'LUNG'],
    ['tac de pulmón', 'LUNG'],
    ['Herz-MRT', 'HEART'],
    ['IRM cardiaque', 'HEART'],
    ['coronary CTA', 'HEART'],
    ['Echokardiographie', 'HEART'],
    ['Mamografia bilateral', 'BREAST'],
    ['Brust-MRT', 'BREAST'],
    ['R MLO', 'BREAST'],
    ['Abd/Becken', 'ABDOMEN'],
    ['Oberbauch', 'ABDOMEN'],
    ['addome completo', 'ABDOMEN'],
    ['Leber 3-phasig', 'LIVER'],
    ['foie', 'LIVER'],
    ['hígado', 'LIVER'],
    ['Fegato', 'LIVER'],
    ['Nierensono', 'KIDNEY'],
    ['rins e vias', 'KIDNEY'],
    ['uro-CT', 'KIDNEY'],
    ['Pankreas', 'PANCREAS'],
    ['Milz', 'SPLEEN'],
    ['Coloscopie', 'COLON'],
    ['Koloskopie Polyp', 'COLON'],
    ['LWS in 2 Ebenen', 'LSPINE'],
    ['HWS seitlich', 'CSPINE'],
    ['c-spine lateral', 'CSPINE'],
    ['T-Spine AP', 'TSPINE'],
    ['rachis lombaire', 'LSPINE'],
    ['columna lumbar', 'LSPINE'],
    ['Wirbelsäule gesamt', 'SPINE'],
    ['Becken ap', 'PELVIS'],
    ['bacino', 'PELVIS'],
    ['mpMRT Prostata', 'PROSTATE'],
    ['Uterus TVUS', 'UTERUS'],
    ['fetal biometry', 'FETUS'],
    ['Schulter links', 'SHOULDER'],
    ['épaule droite', 'SHOULDER'],
    ['hombro', 'SHOULDER'],
    ['Ellenbogen', 'ELBOW'],
    ['Handgelenk dv', 'WRIST'],
    ['poignet', 'WRIST'],
    ['Finger II', 'HAND'],
    ['Hüfte axial', 'HIP'],
    ['femoral head', 'HIP'],
    ['Oberschenkel', 'THIGH'],
    ['Kniegelenk', 'KNEE'],
    ['genou gauche', 'KNEE'],
    ['rodilla', 'KNEE'],
    ['ginocchio', 'KNEE'],
    ['joelho', 'KNEE'],
    ['Knie MRT', 'KNEE'],
    ['Tibia/Fibula', 'LEG'],
    ['OSG', 'ANKLE'],
    ['Sprunggelenk', 'ANKLE'],
    ['caviglia', 'ANKLE'],
    ['Vorfuß', 'FOOT'],
    ['calcaneus', 'FOOT'],
    ['melanoma dermoscopy', 'SKIN'],
    ['blood smear', 'BLOOD'],
    ['Ganzkörper-PET', 'WHOLEBODY'],
    ['skull base to thigh', 'WHOLEBODY'],
    ['CT TAP with contrast', 'CHEST'],
    ['Thorax Abdomen Becken', 'CHEST'],
    ['HNSCC', 'HEAD'],
  ])('%s → %s', (text, value) => expect(part(text)).toBe(value));

  it.each([
    'header only',
    'alarm',
    'image series 12',
    'main branch',
    'headphones',
    'Feet first',
    'head first supine',
    'legend',
    'charm',
    'delivery note',
    'standard',
    'IM0001',
    'handle',
    'shipping',
    'chip',
  ])('hears none in "%s"', (text) => expect(part(text)).toBeUndefined());

  it('takes several regions of one text as one examination, none of them strong', () => {
    const heard = anatomyIn('CT chest abdomen pelvis', speaker);
    expect(heard.map(({ value }) => value)).toEqual(['CHEST', 'ABDOMEN', 'PELVIS']);
    expect(Math.max(...heard.map(({ logOdds }) => logOdds))).toBeLessThan(2.5);
  });
  it('hears the organ rather than its region', () =>
    expect(anatomyIn('abdomen liver', speaker).map(({ value }) => value)).toEqual(['LIVER']));
});

describe('other words', () => {
  const first = (text: string) => find(text, MODALITY_WORDS).find(({ weight }) => weight === 1)?.value;
  it.each([
    ['Röntgen Thorax', 'DX'],
    ['radiografía', 'DX'],
    ['Ultraschall', 'US'],
    ['échographie', 'US'],
    ['ecografia', 'US'],
    ['IRM', 'MR'],
    ['kernspintomographie', 'MR'],
    ['TDM', 'CT'],
    ['mammographie', 'MG'],
    ['Szintigraphie', 'NM'],
    ['FDG', 'PT'],
    ['DSA', 'XA'],
    ['Durchleuchtung', 'RF'],
    ['Gastroskopie', 'ES'],
    ['dermoscopic', 'DMS'],
    ['histopathology', 'SM'],
    ['OPG orthopantomogram', 'PX'],
  ])('%s is %s', (text, value) => expect(first(text)).toBe(value));
  it.each(['us', 'pt', 'mr', 'dr', 'us_census', 'pt-0042'])('%s alone is no clear word', (text) => expect(first(text)).toBeUndefined());

  const presence = (text: string, question: 'tumour' | 'lesion' | 'vessels') =>
    presenceIn(text, { question, lexicon: { tumour: TUMOUR_WORDS, lesion: LESION_WORDS, vessels: VESSEL_WORDS }[question], speaker }).map(
      ({ value }) => value,
    );
  it.each([
    ['glioblastoma', 'tumour', ['yes']],
    ['Bronchialkarzinom', 'tumour', ['yes']],
    ['Lungenmetastasen', 'tumour', ['yes']],
    ['no tumor', 'tumour', ['no']],
    ['kein Tumor', 'tumour', ['no']],
    ['sans tumeur', 'tumour', ['no']],
    ['notumor', 'tumour', ['no']],
    ['Non-ossifying fibroma', 'tumour', ['yes']],
    ['healthy', 'tumour', ['no']],
    ['Infarkt', 'lesion', ['yes']],
    ['Schenkelhalsfraktur', 'lesion', ['yes']],
    ['ohne Blutung', 'lesion', ['no']],
    ['CTA abdomen', 'vessels', ['yes']],
    ['Becken-Bein-Angio', 'vessels', ['yes']],
    ['Power Doppler', 'vessels', ['yes']],
    ['routine', 'vessels', []],
  ] as const)('%s, %s: %j', (text, question, expected) => expect(presence(text, question)).toEqual(expected));

  it('knows datasets by name', () => {
    expect(find('brats2021', DATASETS)[0]?.value).toContain('MR');
    expect(find('task03_liver', DATASETS)[0]?.value).toContain('LIVER');
    expect(find('isic_0024306', DATASETS)[0]?.value).toContain('SKIN');
    expect(find('hard drive', DATASETS).every(({ weight }) => weight < 0.5)).toBe(true);
  });
});

describe('partsOf', () => {
  it('takes endings, hashes, UIDs and running numbers away', () => {
    expect(partsOf('outer.zip!/a/1.2.840.113619.2.1/3f9ac1b7/liver_0001.nii.gz').map((name) => name.trim())).toEqual(
      ['outer', 'a', '', 'liver_0001'].map((name) => (name === 'liver_0001' ? 'liver_' : name)),
    );
    expect(partsOf('ab12cd34ef56/ct.png').at(-1)).toBe('ct');
    expect(partsOf('')).toEqual([]);
  });
});
