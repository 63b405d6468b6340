// Public datasets by the names that their folders and files carry, and what every image in them is. A name may be kept by people who changed the content:
// it is a hint, not a proof. Value: question=value pairs. Search lower-case text, so that BraTS is not taken for two words.
import { compile } from './match.ts';

export const DATASETS = compile({
  'modality=MR anatomy=BRAIN tumour=yes':
    'brats brats2017 brats2018 brats2019 brats2020 brats2021 brats2023 brats20 brats21 upenn_gbm tcga_gbm tcga_lgg ucsf_pdgm lgg_mri task01_brain* task_01_brain*',
  'modality=MR anatomy=BRAIN':
    'adni adni1 adni2 adni3 oasis oasis1 oasis2 oasis3 ixi hcp_1200 abide abcd_study mrbrains iseg2017 mindboggle openneuro? ppmi camcan nki_rs iseg task04_hippo* mni152 colin27 icbm152 ukbiobank_brain',
  'modality=MR anatomy=BRAIN lesion=yes': 'atlas_r2 isles isles2015 isles2022 msseg mslub wmh2017 ms_lesion_challenge msisbi',
  'modality=CT anatomy=LIVER tumour=yes': 'lits lits17 task03_liver* task_03_liver* ircadb 3dircadb hcc_tace',
  'modality=CT anatomy=LIVER': 'task08_hepatic* task_08_hepatic* sliver07 chaos_ct',
  'modality=CT anatomy=KIDNEY tumour=yes': 'kits kits19 kits21 kits23 tcga_kirc c4kc_kits',
  'modality=CT anatomy=PANCREAS': 'task07_pancreas* nih_pancreas pancreas_ct msd_pancreas',
  'modality=CT anatomy=SPLEEN': 'task09_spleen* msd_spleen',
  'modality=CT anatomy=COLON tumour=yes': 'task10_colon* msd_colon',
  'modality=CT anatomy=LUNG tumour=yes': 'lidc lidc_idri luna16 luna nsclc_radiomics nsclc task06_lung* tcga_luad tcga_lusc lung_pet_ct_dx',
  'modality=CT anatomy=LUNG': 'nlst lola11 vessel12 covid_ct mosmed mosmeddata stoic2021 lungct lctsc osic_pulmonary',
  'modality=CT anatomy=ABDOMEN': 'btcv flare21 flare22 amos22 word_dataset abdomenct_1k abdomenatlas abdomen1k',
  'modality=CT anatomy=WHOLEBODY': 'autopet totalsegmentator?',
  'modality=CT anatomy=BRAIN lesion=yes': 'cq500 rsna_ich rsna_intracranial ct_ich aisd instance2022 physionet_ich',
  'modality=CT anatomy=SPINE': 'verse19 verse20 verse2020 ctspine1k csi2014',
  'modality=MR anatomy=SPINE': 'spider_lumbar lumbar_spine_mri',
  'modality=CT anatomy=HEART vessels=yes': 'imagecas asoca coronary_ct',
  'modality=MR anatomy=HEART': 'acdc acdc2017 mnms mms2 sunnybrook_cardiac emidec task02_heart* hvsmr mmwhs_mr lascarqs kaggle_dsb2',
  'modality=MR anatomy=PROSTATE': 'task05_prostate* promise12 prostatex picai pi_cai isbi_prostate qin_prostate',
  'modality=MR anatomy=KNEE': 'mrnet oai_zib skm_tea',
  'modality=MR anatomy=KNEE ': 'fastmri_knee',
  'modality=MR anatomy=BREAST': 'duke_breast ispy1 ispy2 acrin_6698 tcga_brca?',
  'modality=DX anatomy=CHEST':
    'chexpert mimic_cxr mimiccxr nih_chest* chestx_ray14 chestx_ray8 chestxray14 chest_xray* chestxray* vindr_cxr padchest jsrt montgomery shenzhen covidx rsna_pneumonia siim_acr* candid_ptx brixia openi_cxr iu_xray cxr14 chestmnist pneumoniamnist',
  'modality=DX anatomy=UPPERLIMB': 'mura mura_v1',
  'modality=DX anatomy=HAND': 'rsna_bone_age boneage rsna_boneage handmnist',
  'modality=DX anatomy=WRIST': 'grazpedwri*',
  'modality=PX anatomy=JAW': 'tufts_dental dentex ufba_uesc',
  'modality=MG anatomy=BREAST': 'ddsm cbis cbis_ddsm inbreast mias mini_mias vindr_mammo cmmd optimam embed_mammo rsna_breast_cancer bcdr',
  'modality=US anatomy=BREAST': 'busi dataset_busi* bus_bra busbra buid buscot breastmnist',
  'modality=US anatomy=THYROID': 'ddti tn3k tg3k tnscui',
  'modality=US anatomy=HEART': 'echonet camus_public camus echonet_dynamic tmed2',
  'modality=US anatomy=FETUS': 'hc18 fetal_planes*',
  'modality=OP anatomy=EYE vessels=yes':
    'drive_training? drive_test? chasedb1 chase_db1 chasedb stare_db hrf iostar les_av fives_retinal rite_retina drive_dataset',
  'modality=OP anatomy=EYE':
    'eyepacs messidor messidor2 idrid aptos aptos2019 odir odir5k refuge refuge2 rim_one drishti diaretdb* ddr_dataset origa retinamnist papila airogs g1020 rfmid drive? stare?',
  'modality=OPT anatomy=EYE': 'octmnist oct2017 kermany octa500 octa_500 oct_c8 olives_dataset retouch octdl',
  'modality=ES anatomy=COLON tumour=yes':
    'kvasir_seg cvc_clinicdb cvc_colondb cvc_300 cvc300 etis_larib etis_laribpolypdb polypgen bkai_igh neopolyp sun_seg cvc clinicdb colondb kvasirseg piccolo_polyp',
  'modality=ES anatomy=GITRACT': 'kvasir hyperkvasir hyper_kvasir kvasir_capsule kvasir_v2 gastrovision kid_capsule',
  'modality=DMS anatomy=SKIN tumour=yes':
    'isic isic2016 isic2017 isic2018 isic2019 isic2020 ham10000 ph2 derm7pt bcn20000 siim_isic* dermamnist ph2dataset pad_ufes*?',
  'modality=SM anatomy=TISSUE':
    'camelyon16 camelyon17 pannuke monuseg consep glas warwick_qu crag_dataset pcam patchcamelyon nct_crc* crc_val_he lc25000 breakhis bach_challenge tcga_brca_slide pathmnist tissuemnist panda_prostate lizard_dataset kumar_dataset',
  'modality=SM anatomy=BLOOD': 'bccd bloodmnist all_idb all_idb1 all_idb2 c_nmc raabin_wbc lisc_wbc wbc_dataset malaria_cell* nih_malaria',
});
