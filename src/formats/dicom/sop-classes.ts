// What kinds of DICOM objects there are, in words, and which of them are pictures (PS3.4 B.5, PS3.6 Annex A).

import type { Role } from '../../core/header.ts';
import { lookup } from '../../core/lookup.ts';

export interface SopClass {
  readonly what: string;
  readonly role: Role;
}

const STORAGE = '1.2.840.10008.5.1.4.1.1.';

/** Storage classes that are no plain images; suffix after 1.2.840.10008.5.1.4.1.1. */
const OBJECTS = lookup<string>({
  '4.2': 'MR spectroscopy',
  '9': 'Curve',
  '10': 'Modality lookup table',
  '11': 'VOI lookup table',
  '8': 'Overlay',
  '66': 'Raw data',
  '66.1': 'Spatial registration',
  '66.2': 'Spatial fiducials',
  '66.3': 'Deformable spatial registration',
  '66.5': 'Surface segmentation',
  '66.6': 'Tractography results',
  '67': 'Real world value mapping',
  '68.1': 'Surface mesh',
  '68.2': 'Surface mesh',
  '30': 'Parametric map',
  '91.1': 'Microscopy bulk annotations',
  '90.1': 'Content assessment',
  '77.1.5.3': 'Stereometric relationship',
  '78.1': 'Lensometry measurements',
  '78.2': 'Autorefraction measurements',
  '78.3': 'Keratometry measurements',
  '78.4': 'Subjective refraction measurements',
  '78.5': 'Visual acuity measurements',
  '78.6': 'Spectacle prescription',
  '78.7': 'Ophthalmic axial measurements',
  '78.8': 'Intraocular lens calculation',
  '79.1': 'Macular grid report',
  '80.1': 'Ophthalmic visual field measurements',
  '104.1': 'PDF document',
  '104.2': 'CDA document',
  '104.3': '3D model (STL)',
  '104.4': '3D model (OBJ)',
  '104.5': '3D model (MTL)',
  '200.1': 'CT performed procedure protocol',
  '200.2': 'CT performed procedure protocol',
  '200.3': 'Protocol approval',
  '200.7': 'XA performed procedure protocol',
  '201.1': 'Inventory',
  '481.2': 'Radiotherapy dose grid',
  '481.4': 'Radiotherapy treatment record',
  '481.5': 'Radiotherapy plan',
  '481.6': 'Radiotherapy treatment record',
  '481.7': 'Radiotherapy treatment summary',
  '481.8': 'Radiotherapy ion plan',
  '481.9': 'Radiotherapy treatment record',
  '481.10': 'Radiotherapy physician intent',
  '481.11': 'Radiotherapy segment annotation',
  '481.12': 'Radiotherapy radiation set',
  '481.13': 'Radiotherapy radiation',
  '481.14': 'Radiotherapy radiation',
  '481.15': 'Radiotherapy radiation',
  '481.16': 'Radiotherapy radiation record set',
  '481.17': 'Radiotherapy salvage record',
  '481.18': 'Radiotherapy radiation record',
  '481.19': 'Radiotherapy radiation record',
  '481.20': 'Radiotherapy radiation record',
  '481.21': 'Radiotherapy radiation set delivery',
  '481.22': 'Radiotherapy treatment preparation',
  '481.24': 'Radiotherapy patient position',
  '481.25': 'Radiotherapy patient position',
});
const MASKS = lookup<string>({
  '66.4': 'Segmentation',
  '66.7': 'Label map segmentation',
  '66.8': 'Height map segmentation',
  '481.3': 'Radiotherapy structure set',
});

const IMAGES = lookup<string>({
  '1': 'Computed radiography image',
  '1.1': 'Digital X-ray image',
  '1.1.1': 'Digital X-ray image for processing',
  '1.2': 'Mammography image',
  '1.2.1': 'Mammography image for processing',
  '1.3': 'Intra-oral X-ray image',
  '1.3.1': 'Intra-oral X-ray image for processing',
  '2': 'CT image',
  '2.1': 'Enhanced CT image',
  '2.2': 'Legacy converted enhanced CT image',
  '3': 'Ultrasound clip',
  '3.1': 'Ultrasound clip',
  '4': 'MR image',
  '4.1': 'Enhanced MR image',
  '4.3': 'Enhanced MR colour image',
  '4.4': 'Legacy converted enhanced MR image',
  '5': 'Nuclear medicine image',
  '6': 'Ultrasound image',
  '6.1': 'Ultrasound image',
  '6.2': 'Enhanced ultrasound volume',
  '6.3': 'Photoacoustic image',
  '7': 'Secondary capture image',
  '7.1': 'Secondary capture clip',
  '7.2': 'Secondary capture clip',
  '7.3': 'Secondary capture clip',
  '7.4': 'Secondary capture clip',
  '12.1': 'X-ray angiography image',
  '12.1.1': 'Enhanced X-ray angiography image',
  '12.2': 'X-ray fluoroscopy image',
  '12.2.1': 'Enhanced X-ray fluoroscopy image',
  '12.3': 'X-ray angiography image',
  '13.1.1': 'X-ray 3D angiography image',
  '13.1.2': 'X-ray 3D craniofacial image',
  '13.1.3': 'Breast tomosynthesis image',
  '13.1.4': 'Breast projection image',
  '13.1.5': 'Breast projection image',
  '14.1': 'Intravascular OCT image',
  '14.2': 'Intravascular OCT image',
  '20': 'Nuclear medicine image',
  '77.1.1': 'Endoscopic image',
  '77.1.1.1': 'Endoscopic video',
  '77.1.2': 'Microscopic image',
  '77.1.2.1': 'Microscopic video',
  '77.1.3': 'Slide-coordinates microscopic image',
  '77.1.4': 'Photograph',
  '77.1.4.1': 'Photographic video',
  '77.1.5.1': 'Ophthalmic photograph',
  '77.1.5.2': 'Ophthalmic photograph',
  '77.1.5.4': 'Ophthalmic tomography image',
  '77.1.5.5': 'Wide-field ophthalmic photograph',
  '77.1.5.6': 'Wide-field ophthalmic photograph',
  '77.1.5.7': 'Ophthalmic OCT en-face image',
  '77.1.5.8': 'Ophthalmic OCT B-scan',
  '77.1.6': 'Whole-slide microscopy image',
  '77.1.7': 'Dermoscopy photograph',
  '77.1.8': 'Confocal microscopy image',
  '77.1.9': 'Confocal microscopy image',
  '81.1': 'Ophthalmic thickness map',
  '82.1': 'Corneal topography map',
  '128': 'PET image',
  '128.1': 'Legacy converted enhanced PET image',
  '130': 'Enhanced PET image',
  '481.1': 'Radiotherapy image',
  '481.23': 'Enhanced radiotherapy image',
  '481.26': 'Enhanced continuous radiotherapy image',
});

/** Families whose every member is the same thing: prefix → words. */
const FAMILIES: readonly (readonly [string, string])[] = [
  ['88.59', 'Key object selection'],
  ['88.67', 'Radiation dose report'],
  ['88.68', 'Radiation dose report'],
  ['88.50', 'Mammography CAD report'],
  ['88.65', 'Chest CAD report'],
  ['88.69', 'Colon CAD report'],
  ['88.40', 'Procedure log'],
  ['88', 'Structured report'],
  ['9.1.1', 'ECG waveform'],
  ['9.1.2', 'ECG waveform'],
  ['9.1.3', 'ECG waveform'],
  ['9.2.1', 'Haemodynamic waveform'],
  ['9', 'Waveform'],
  ['11', 'Presentation state'],
  ['34', 'Radiotherapy structures'],
];

/** The object a SOP class stands for; undefined for private and unknown classes. */
export function sopClass(uid: string): SopClass | undefined {
  if (uid === '1.2.840.10008.1.3.10') return { what: 'DICOMDIR', role: 'object' };
  if (uid.startsWith('1.2.840.10008.5.1.4.34.')) return { what: 'Radiotherapy delivery instruction', role: 'object' };
  if (/^1\.2\.840\.10008\.5\.1\.4\.(38|39|43|44|45)\./.test(uid)) return { what: 'Protocol, palette or template', role: 'object' };
  if (!uid.startsWith(STORAGE)) return undefined;
  const suffix = uid.slice(STORAGE.length);
  if (MASKS[suffix]) return { what: MASKS[suffix], role: 'mask' };
  if (IMAGES[suffix]) return { what: IMAGES[suffix], role: 'image' };
  if (OBJECTS[suffix]) return { what: OBJECTS[suffix], role: 'object' };
  const family = FAMILIES.find(([prefix]) => suffix === prefix || suffix.startsWith(`${prefix}.`));
  return family ? { what: family[1], role: 'object' } : undefined;
}
