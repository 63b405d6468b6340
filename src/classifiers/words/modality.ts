// Words for kinds of pictures in seven languages, and the abbreviations in file names. Two-letter ones are ambiguous ("us", "pt", "mr"). Syntax: match.ts.
import { compile } from './match.ts';

export const MODALITY_WORDS = compile({
  CT: `ct cts ctscan ct_scan cat_scan tdm tac scanner? tomodensit* computertomogra* computed_tomogra* computerised_tomogra* computerized_tomogra* tomografia_comp* tomografia_assiale tc? cect ncct hrct cta ctpa cbct angio_ct angioct ct_angio* angioscanner
    uroct ldct computed_tomography helical? hounsfield pet_ct_ct plain_ct low_dose_ct`,
  MR: `mr? mri mris mrt irm rmn rm? nmr? magnetic_resonance magnetresonan* magneetresonan* kernspin* resonance_magnet* fmrif anatomical_scan epi? resonancia* risonanza* ressonancia* mra mrcp mrv fmri smri mprage mp_rage memprage flair t1w t2w t1ce t1c t1gd t1_weighted t2_weighted t2star swan? dwi dti adc? tof? bold?
    angio_mr angio_irm mrangio* mp2rage fse? tse? spgr gre? tirm stir haste? vibe? blade? trufi space? mpmri diffusion_weighted pdw gadolin* tesla cine_mri restingstate arterial_spin_label* pcasl`,
  DX: `xray xrays x_ray x_rays cxr dx? xr? rx? rontgen* roentgen* rtg radiograph* radiogra* radiografi* rayos_x raio_x raios_x rayons_x raggi_x rontgenfoto chestxray* chest_x_ray* cxr8 thoraxubersicht* plain_film dr?`,
  CR: 'cr? computed_radiography',
  RG: 'film_digitiz* digitized_film digitised_film scanned_film',
  IO: 'intraoral* intra_oral* bitewing* periapical* zahnfilm*',
  PX: 'panoramic_x* opg? orthopantomogra* ortopantomogra* panorex pantomogra* panoramaaufnahme* panoramic_dental dental_panoramic',
  MG: 'mg? mammogra* mamogra* mammografi* mammo mammos mlo? ffdm tomosynthes* tomosintes* dbt? cesm',
  US: `us? ultrasound* ultrasonogr* ultra_sound sono* ultraschall* echogra* ecograf* ecografi* echografi* ultrasonido ultrassom ecocardi* echocardi* echokardi* echo? tte? tee? doppler* doppl* dopler fast_scan? b_mode bmode
    abdomensono* usg? duplex? elastogra* transvagin* endosono*`,
  IVUS: 'ivus intravascular_ultrasound',
  NM: 'nm? spect scintigra* szintigra* scintigr* gammagraf* cintilogra* cintigraf* nuclear_medicine nuklearmed* bone_scan skelettszinti* datscan mibi tc99m myocardial_perfusion? medecine_nucleaire medicina_nuclear mag3 dmsa',
  PT: 'pet? pt? petct? pet_scan tep? positron* fdg fluorodeoxygluc* amyloid_pet psma_pet suv? suvbw tomografia_por_emis*',
  XA: 'xa? dsa dsa_run angiogra* angiografi* coronarogra* koronarangio* coronary_angio* cathlab cath_lab katheter? coronariograf* arteriogra* phlebogra* cineangio* subtraction_angio*',
  RF: 'rf? fluoroscop* durchleucht* fluoroscopi* radioscop* scopie? barium* videofluoro* breischluck defecogra* ogd?',
  OPT: 'oct optical_coherence* oct_b_scan octa oct_angio* cirrus? spectralis? sd_oct',
  OP: 'retina? retinal? microaneurysm*? fundus_photo* fundusphoto* fundus retinograph* retinal_photo* retinal_image* color_fundus colour_fundus cfp? fondo_de_ojo fondo_oculare fond_d_oeil augenhintergrund* diabetic_retinopath* slit_lamp* spaltlampe*',
  ES: 'endoscop* endoskop* colonoscop* koloskop* coloscop* gastroscop* gastroskop* bronchoscop* bronchoskop* laparoscop* laparoskop* cystoscop* zystoskop* arthroscop* arthroskop* capsule_endoscop* wireless_capsule hysteroscop* sigmoidoscop* laryngoscop* polypectom* narrow_band_imag* nbi?',
  XC: 'clinical_photo* medical_photo* wound_photo* wundfoto* wound wounds external_camera',
  DMS: 'dermoscop* dermatoscop* dermatoskop* dermoscopic isic dermoscopie epiluminescen*',
  SM: `wsi whole_slide histopatho* histolog* histo? histological pathology_slide hematoxylin* haematoxylin* h_e_stain he_stained virtual_slide blood_smear* bloodsmear peripheral_blood pap_smear papsmear papanicolaou cytolog* zytolog* tissue_microarray
    immunohistochem* ihc? camelyon* pathologie? biopsy_slide blutausstrich*`,
  GM: 'microscop* mikroskop* microscopi* confocal* konfokal* electron_microscop* fluorescence_microscop* tem_image sem_image brightfield phase_contrast_micro*',
  OTHER:
    'logo logos favicon icon? icons? banner? screenshot* bildschirmfoto confusion_matrix roc_curve loss_curve learning_curve training_curve training_loss accuracy_plot flowchart flow_chart diagram? architecture_diagram histogram_plot barplot boxplot scatterplot avatar badge? emoji powered_by sponsor?',
});
