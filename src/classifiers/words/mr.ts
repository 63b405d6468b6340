// Words for MR sequences and for contrast medium in CT and MR. Syntax: match.ts.
import { compile } from './match.ts';

export const SEQUENCE_WORDS = compile({
  T1: `t1 t1w t1_weighted t1wi t1_w t1_se t1_tse t1_fse t1_vibe t1ce t1c t1gd t1_gd t1km t1_km t1_fl2d t1_fl3d t1_fl t1_mprage t1_mpr mprage mp_rage mpr_t1? memprage mp2rage bravo ir_fspgr fspgr ir_spgr spgr? vibe thrive ethrive lava tfe_3d t1_tfe flash t1_tirm t1_ir t1fs t1_fs t1map? t1_dixon starvibe mnit1 t1_space t1w_mprage`,
  T2: `t2 t2w t2_weighted t2wi t2_w t2_tse t2_fse t2_space t2_blade t2_haste haste t2_stir stir tirm t2_tirm t2fs t2_fs t2_frfse frfse t2_propeller ssfse hasteirm t2_star? t2_cube cube_t2 t2_tra t2_sag t2_cor t2_dixon mrcp fiesta? ciss? trufi? t2_medic`,
  FLAIR:
    'flair t2_flair t2flair dark_fluid darkfluid t2_dark_fluid tirm_dark t2_tirm_tra_dark t2_spc_da_fl flair_3d cube_flair space_flair t2_space_flair',
  DWI: 'dwi diff* diffusion* dti trace tracew b1000 b800 b500 ep2d_diff* epi_diff* dw_se ivim? resolve? dwibs difus* diffusie* diffusione dmri noddi ssh_dwi',
  ADC: 'adc adc_map apparent_diff* dadc eadc',
  SWI: 'swi swan suszeptib* susceptib* swi_images mip_swi swip venobold t2_swi susz* qsm?',
  TOF: 'tof tof3d tof_3d fl3d_tof tof_fl3d tof_mra time_of_flight tof2d inhance?',
  BOLD: 'bold fmri epi_fmri ep2d_bold restingstate resting_state rest_fmri rsfmri rs_fmri func_task task_fmri fmrif epi_bold fbirn rest1? functional_mri',
  localizer:
    'localizer* localiser* lokalizer* lokalisation* scout* survey* topogram* pilot* 3_plane_loc 3plane* loc? planscan* reperage localizador* localizzatore* plan_scan aahead_scout aahscout ubersicht* smartbrain',
});

export const CONTRAST_WORDS = compile({
  yes: `km kontrast* kontrastmittel mit_km nach_km post_km with_contrast contrast? contrasted post_contrast postcontrast post_con? c_plus ce? cect contrast_enhanc* contrastenhanced post_gad postgad post_gd post_gadolin* gad gado gd? gd_dtpa gadovist dotarem magnevist
    primovist eovist multihance omniscan prohance gadolin* t1ce t1c t1gd t1_gd t1_ce t1_km t1km t1_c iv_contrast ivc? pv_phase portal_venous portalvenous portalvenos* portal_phase venous_phase venos* arterial arteriell* arterial_phase late_arterial nephrographic* delayed_phase? delays?
    excretory_phase injecte* injection iodine* iode omnipaque* ultravist* iopamid* iohexol* visipaque* xenetix* iomeron* imeron* isovue* iomeprol* accupaque* solutrast* con_contraste con_civ con_mdc mdc? con_mezzo com_contraste met_contrast avec_injection produit_de_contraste dce dynamic_contrast*
    perfusion_ct ct_perf* bolus_track* cta ctpa angio_ct angioct ct_angio* w_contrast w_con? with_iv wwo? ctap? subtraktion? after_contrast contraste? dynamisch? combi_contrast ap_phase? spatphase* postkontrast*`,
  no: `nativ native natif nativo sans_injection ohne_km ohne_kontrast* without_contrast wo_contrast w_o_contrast wo_con? non_contrast noncontrast non_con noncon non_enhanc* nonenhanced unenhanced ncct nect precontrast pre_contrast pre_gad pre_gd pre_km sin_contraste sin_civ senza_contrasto senza_mdc senza_mezzo sem_contraste zonder_contrast
    blanco? plain? c_minus basale? vuota? pra_km praekontrast* prakontrast* sc_contraste nc? calcium_score* smartscore low_dose? ldct? nativphase* no_contrast without_iv`,
});
