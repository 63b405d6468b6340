// Words for findings: tumour (a mass that one would outline), lesion (another focal abnormality), vessels (as the subject of the picture). Syntax: match.ts.
// A word in a name says what was looked for more than what is there; the classifiers weigh it so.
import { compile } from './match.ts';

export const TUMOUR_WORDS = compile({
  yes: `tumor tumors tumour tumours tumoral* tumeur* tumore* tumoren tumores neoplas* neoplasia* cancer* krebs* karzinom* *karzinom* carcinom* *carcinom* kanker* malign* malignant maligne glioma* gliom* glioblastom* gbm? hgg lgg astrocytom* oligodendrogl* meningiom* meningeom* adenom* adenocarcin* sarcom* sarkom* lymphom*
    lymfom* linfom* melanom* metasta* *metasta* filiae mets? nodul* nodulo* nodule* nodo? rundherd* polyp* polip* cyst_adenom* fibroadenom* fibroma* fibrom* haemangiom* hemangiom* angiom* lipom* osteom? osteosarc* neuroblastom* neurinom* schwannom* craniopharyng* kraniopharyn* pituitary_tumor* mass? masses? raumforder* masa massa? hcc nsclc sclc crc? rcc_tumor gist
    gtv gtvp gtvn ctv? nevus naevus nevi keratos* basal_cell bcc? squamous_cell brats* chordom* teratom* hepatoblastom* nephroblastom* wilms ependymom* medulloblastom* seminom* thymom* insulinom* enhancing_tumor whole_tumor tumor_core kits19 kits21 kits23 lits? benign? krebsvorsorge?`,
  no: 'tumor_free tumorfrei no_tumor notumor no_tumour no_mass no_nodule* no_polyp* normal? healthy gesund sain? sano? sana? saudavel? gezond? unremarkable healthy_control* unauffallig*',
});

export const LESION_WORDS = compile({
  yes: `lesion* laesion* lasion* laesie* lesie? infarct* infarkt* stroke ischem* ischaem* ischam* schlaganfall hemorrh* haemorrh* hamorrh* blutung* bleed* bleeding hematom* haematom* hamatom* sdh? ich? sah? plaque plaques white_matter_hyper* wmh multiple_sclerosis ms_lesion* sclerosis_multiple entmark* abscess* abszess* absces*
    infiltrat* consolidat* konsolid* pneumon* opacit* ground_glass* ggo covid* tuberkul* tubercul* pneumothor* effusion* erguss* pleuraerguss* fracture* fraktur* *fraktur* fractura* frattura* ulcer* ulkus* geschwur exsudat* exudat* microaneurysm* retinopath* cyst? cysts? zyste* kyste* quiste* cisti? cisto? stone? stones? stein? calculi calculus calculs calcoli calculo_renal urolith* nephrolith* gallstone* emphysem* fibros*
    contusion* kontusion* ulceration* edema* oedem* odem? erosion* stenos* aneurysm* aneurisma* avm arteriovenous_malf* colitis esophagitis cerebral_infarct* demyelin*`,
  no: 'no_lesion* no_finding* no_fracture* normal healthy gesund unremarkable no_acute no_hemorrh* no_infarct* normals? unauffallig*',
});

export const VESSEL_WORDS = compile({
  yes: `angio angiogr* *angiogra* cta mra mrv ctv? ctpa tof tof_mra tof3d time_of_flight dsa vessel* vascul* vaskul* gefass* gefaess* vaisseau* vaso? vasos vasi vaten arter* arteri* carotid* karoti* carotis venogr* phlebogr* aorta* aortic* aortogr* coronar* koronar* coronair* avm aneurysm* aneurisma* arteriovenous* angio_ct angioct runoff run_off
    circle_of_willis angiogram power_doppler powerdoppler color_doppler? colour_doppler? duplex? portal_vein vena_cava jugular* dvt? thrombos* drive_retina stare_vessel chase_db* octa oct_angio* ccta bolus_track? pulmonary_embol* evar tevar becken_bein_angio* shunt? fistel? fundus fundus_photo* retinal_vessel* vessel_seg* hepatic_vessel* pfortader* hohlvene* tsa supraaort* troncs_supra* mesh_vessel*`,
  no: '',
});
