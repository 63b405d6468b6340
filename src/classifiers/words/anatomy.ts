// Words for body parts in English, German, French, Spanish, Italian, Portuguese, Dutch and Latin, and the abbreviations of radiology departments.
// Words that are common in other meanings carry a question mark; phrases keep "femoral head" away from HEAD. Syntax: match.ts.
import { compile, type Lexicon } from './match.ts';

const WORDS: Lexicon = {
  HEAD: `head kopf* tete? cabeza testa? cabeca hoofd caput face facial* gesicht visage sinus sinuses nnh nasennebenhohle* nasal nose ear ears mastoid* felsenbein* petrous temporal_bone rocher parotid* parotis
    nasopharyn* orl ohr capo? aangezicht neuskeelholte neusbijholte* hno inner_ear innenohr iac internal_auditory* head_neck head_and_neck hals_kopf paranasal* seios_paranasais senos_paranasales sinusitis`,
  BRAIN: `brain brains cerebr* cereb* gehirn* hirn* cerveau cerebro cervello encefal* encephal* hersen* neuro* neurocranium intracranial intrakranial* intracranien* pituitar* hypophys* hypofys* ipofis* hipofis* hippocamp* hipocamp* cerebell* kleinhirn
    thalam* cortex cortical stroke? schlaganfall circle_of_willis tof_brain glioma* gliom* glioblastom* astrocytom* meningiom* skull_stripped skullstripped whole_brain cranioencephal* cranio_encephal* sella sellar* ventrikel* white_matter gray_matter grey_matter mprage memprage mp2rage fmri fmrif bold? restingstate resting_state rsfmri dti pcasl flair? mni152 mni_152 talairach tal_lin icbm
    alzheimer* brainstem hirnstamm trigemin* epilep* parkinson*`,
  SKULL: `skull* schadel* schaedel* crane craniu* craneo cranio cranial* kranial* teschio schedel* calvari* kalott* facial_bones gesichtsschadel mittelgesicht viscerocran* zygoma*`,
  EYE: `eye eyes auge augen oog ogen ojo ojos occhio occhi oeil yeux olho olhos orbit orbits orbita* orbital* retina* fundus* funduscop* augenhintergrund fond_d_oeil macula* makula* optic_nerve optic_disc optic_disk cornea* hornhaut glaucom* glaukom* ophthal* ophtal* oftalm* diabetic_retinopathy iris? papille oculus octa?`,
  JAW: `jaw jaws mandib* maxill* kiefer* unterkiefer* oberkiefer* machoire mandibol* mascella kaak* tooth teeth dental* dent? dents? zahn* zahne diente* denti dente dentes tand tanden tmj opg? orthopantomogra* panorex panoramica? ortopantomogra* molar* bitewing* periapical* atm? kiefergelenk*`,
  NECK: `neck hals halsweich* halsgef* cou? cervical_soft cuello collo pescoco nek carotid* karoti* carotis larynx laryn* kehlkopf pharyn* rachen hypopharyn* oropharyn* throat soft_tissue_neck tsa_cou troncs_supra* tsa? supraaort* supraclavicular vertebralis`,
  THYROID: `thyroid* thyreoid* schilddrus* schilddrues* tiroid* tireoid* schildklier* parathyroid* nebenschilddrus* struma`,
  CHEST: `chest chests thorax* thorac* thoraco* toraco* torac* torax torace brustkorb cxr thx mediastin* borstkas rib ribs ripp* rippen* cote? cotes costill* costole costela* stern* clavicle_chest aorta_thorac* thoracic_aorta aortic_arch pulmonary_artery pulmonary_embol* lungenarterienembol* lae? ctpa chest_pa chest_ap chestpa axilla* diaphragm* zwerchfell pneumoperi*`,
  LUNG: `lung lungs lunge* lungen* lungs pulmon* poumon* polmon* pulmao pulmoes long_parenchym* longen hrct bronch* trachea* pneumon* pneumothora* covid* covid19 sars tubercul* tuberkul* emphysem* copd interstitial_lung ild? parenchyme_pulm* low_dose_lung ldct?`,
  HEART: `heart hearts herz* coeur cardi* cuore corazon coracao hart hartkath* coronar* koronar* coronair* coronari* myocard* miocard* myokard* lv? left_ventricle right_ventricle ventricular lvef ejection_fraction echocardi* ecocardi* echokardi* transesophageal_echo* transthoracic* tte tee? pericard* perikard* mitral* aortic_valve aortenklapp* tavi tavr calcium_score* calciumscor* calcium_scoring smartscore kardio* cardiac ccta lad? rca? apical_4 a4c a2c plax psax 4ch 2ch 3ch short_axis? kurze_achse? sax?`,
  BREAST: `breast breasts brust brustdruse* mamma mammae mammo* mamogra* mammar* mama mamas mamario seno seni sein seins mammella borst borsten mlo lcc rcc lmlo rmlo birads bi_rads tomosynthes* tomosintes* areola`,
  ESOPHAGUS: `esophag* oesophag* osophag* speiserohre esofag* slokdarm barium_swallow barrett* breischluck`,
  GITRACT: `gi? gi_tract gitract gastrointestin* gastroenter* bowel small_bowel darm* dunndarm* duodenum duodeno* duoden* jejun* ileum ileo* enterograph* enteroklys* sellink intestin* digestive digestif capsule_endoscop* appendi* appendicitis endoscop*? mdp? magen_darm enterorm enterocl* crohn*`,
  STOMACH: `stomach* magen* estomac estomago stomaco maag* gastr* pylor* gastroscop* prepylor* antrum_gastr*`,
  COLON: `colon* kolon* colorect* kolorekt* dickdarm* rectum rectal* rekt* rektum recto retto retal sigm* sigmoid* anal_canal polyp* dikke_darm colonoscop* coloscop* koloskop* coecum cecum cecal defecograph* defakograph* anorect* cologra*`,
  ABDOMEN: `abdomen* abdom* abdo abd bauch* oberbauch* unterbauch* addom* ventre buik* adrenal* nebenniere* surrenal* surrenale* suprarenal* mesenter* retroperit* periton* gallblad* gallenblas* vesicul* colecist* aorta_abdom* abdominal_aorta aaa? bauchaorta upper_abdomen kub_abdomen abdomensono* galblaas aortoiliac*`,
  LIVER: `liver livers leber* foie hepat* epat* fegato higado figado lever? hcc mrcp? bile biliar* gallengang* gallenweg* voies_biliaires cholangi* colangi* primovist? eovist? hepatobil* cirrho* zirrho* portal_vein pfortader*`,
  KIDNEY: `kidney* niere* nieren* rein? reins renal* renale* rinon* rene? reni? rim? rins? nier? nefro* nephro* kub? ureter* urinary_tract urotract urogra* uro_ct uroct urolith* nierenstein* pyelogra*`,
  PANCREAS: `pancrea* pankrea* alvleesklier`,
  SPLEEN: `spleen* milz* milt splen* splenic* bazo milza baco?`,
  PELVIS: `pelvi* pelves becken* bassin bacino bacia? bekken bladder* harnblase* blase? vessie vejiga vescica bexiga blaas? sacrum sacral* sakr* iliosac* sacroili* sakroiliak* si_joint* isg ilium iliac* scrot* hoden* testis testes testic* testicul* penis perineum perine* groin inguinal* leist* rectum_pelvis pubis schambein* symphys* coccyx coccyg* steissbein urethra* miction* zystogra* cystogra*`,
  PROSTATE: `prostat* mpmri pirads pi_rads`,
  UTERUS: `uterus uterin* uteru* utero gebarmutter baarmoeder endometri* ovar* eierstock* ovaire* ovaio cervix_uteri cervix uterine_cervix gynaec* gynec* gynak* ginec* hysterosalping* transvagin* tvus vagina* mutterleib pap_smear_cervix`,
  FETUS: `fetus* foetus* fetal* foetal* fetale feto obstet* pregnan* schwanger* embara* gravid* gestation* embryo* amnio* placent* plazent* nuchal* crown_rump crl? ob_us`,
  SPINE: `spine spinal* wirbelsaul* wirbelsaeul* rachis? colonne colonna_vert* columna_vert* coluna_vert* coluna wervel* vertebra* vertebre* wirbel* myelo* myelon spinalkanal* scolio* skolio* escolio* whole_spine full_spine intervertebr* bandscheib* disc_hern* disk_hern* hernia_discal spondyl* ganzwirbels*`,
  CSPINE: `c_spine cspine c_sp cervical* zervikal* hws halswirbel* cervicale* rachis_cervical columna_cervical coluna_cervical colonna_cervicale cwk cwz dens? atlas_axis atlantoaxial* dens_axis cervicothor* cwervel*`,
  TSPINE: `t_spine tspine thoracic_spine dorsal_spine d_spine bws brustwirbel* rachis_dorsal columna_dorsal coluna_dorsal colonna_dorsale rachide_dorsale columna_toracica dorsal? twk thoracolumb* thorakolumb*`,
  LSPINE: `l_spine lspine lumbar lumbal* lumbo* ls_spine lws lendenwirbel* lombar lombaire* lombosac* lumbosac* lombo* rachis_lombaire columna_lumbar coluna_lombar lombare lwk lwz lumb* lss? l5_s1 l5s1 l4_l5`,
  UPPERLIMB: `upper_limb upper_extremit* upper_limbs obere_extremit* membre_superieur miembro_superior membro_superior* arto_superiore xr_upper bovenste_extremit* extremity_upper`,
  SHOULDER: `shoulder* schulter* epaule* hombro* spalla spalle ombro* schouder* clavic* klavik* schlusselbein* scapula* skapula* schulterblatt* omoplate escapula* rotator_cuff rotatorenmansch* acromio* akromio* humeral_head glenohumer* ac_joint acg sleutelbeen`,
  ARM: `arm? arms? upper_arm oberarm* bras? brazo braccio braco bovenarm humer* humeral* humerus`,
  ELBOW: `elbow* ellenbog* ellbog* coude codo gomito cotovelo elleboog olecran* radial_head radiusk*`,
  FOREARM: `forearm* unterarm* avant_bras antebrazo avambraccio antebraco onderarm radius? ulna radius_ulna speiche cubito*`,
  WRIST: `wrist* handgelenk* poignet* muneca polso* punho* carp* karp* handwurzel* scaphoid* skaphoid* kahnbein* pols? carpal_tunnel`,
  HAND: `hand? hands? hand_ap hand_pa xr_hand finger fingers fingergel* thumb* daumen* doigt* pouce dedo* dito? pulgar polegar vinger* metacarp* metakarp* mittelhand* mano? manos mao? bone_age boneage knochenalter`,
  LOWERLIMB: `lower_limb lower_extremit* untere_extremit* membre_inferieur* miembro_inferior* membro_inferior* arto_inferiore arti_inferiori legs beine beinart* beinven* beinangio* becken_bein* runoff run_off long_leg ganzbein* onderste_extremit* extremity_lower phlebo* varic*`,
  HIP: `hip hips huft* hueft* hanche* cadera* anca quadril heup* acetabul* azetabul* pfanne femoral_head femoral_neck femur_neck neck_of_femur coxa coxarthr* hip_joint schenkelhals*`,
  THIGH: `thigh* oberschenkel* cuisse muslo coscia coxas dijbeen bovenbeen femur* femoral* fem?`,
  KNEE: `knee* knie* genou* genu rodilla* ginocchi* joelho* patell* kniescheib* rotula* menisc* menisk* meniskus cruciate* kreuzband* lca? acl? popliteal* tibial_plateau femorotib*`,
  LEG: `lower_leg unterschenkel* jambe* pierna* gamba gambe perna* onderbeen tibia* fibula* crus? wade* calf calves tib_fib schienbein* wadenbein* pantorrilla leg?`,
  ANKLE: `ankle* sprunggelenk* osg? cheville* tobillo* caviglia caviglie tornozelo* enkel? malleol* knochel* talus achill* oberes_sprunggelenk tarsus`,
  FOOT: `foot? foot_ap foot_lat xr_foot feet fuss fusse vorfuss* ruckfuss* mittelfuss* pied? pieds piede piedi pie? pies? voet* calcane* kalkan* ferse* fersenbein heel toe? toes zeh* zehen metatars* metatarso* hallux orteil* hiel`,
  SKIN: `skin* haut? hautkrebs dermat* dermos* dermo* derm? cutane* kutan* melanom* naev* nevus nevi mole? moles? piel pele? pelle? peau huid* lentigo* seborrh* isic? wart? psoria* basal_cell basaliom*`,
  TISSUE: `tissue* gewebe* histo* histopath* biops* patholog*? he_stain hematoxylin* immunohist* wsi whole_slide lymph_node lymphnode* lymphknot* ganglion? adenocarcinom*? tma slide?`,
  BLOOD: `blood_cell* blood_smear* bloodsmear wbc rbc leuko* leuco* leukem* leukam* platelet* erythro* bone_marrow knochenmark* malaria* blutausstrich* haemato* hemato* lymphoblast* bccd`,
  WHOLEBODY: `whole_body wholebody ganzkorper* ganzkoerper* corps_entier cuerpo_entero corpo_intero corpo_inteiro total_body skull_to_thigh skull_base_to* base_of_skull_to* wb? fullbody full_body hele_lichaam polytrauma* body_scan traumascan* eyes_to_thighs pet_body babygram`,
};

/** Abbreviations of several regions in one examination: value is the regions, the leading one first. */
const COMPOUNDS: Lexicon = {
  'CHEST ABDOMEN PELVIS': `cap? tap? c_a_p t_a_p chest_abd_pelvis chest_abd_pel chest_abdomen_pelvis thorax_abdomen_pelvis thorax_abdomen_becken chest_abdo_pelvis thx_abd_pel thoraco_abdomino_pelv* torax_abdomen_pelvis torace_addome_pelvi`,
  'ABDOMEN PELVIS': `abd_pel abd_pelvis abdomen_pelvis abdomen_and_pelvis abdomen_becken abdomino_pelv* abdominopelv* abdo_pelvis abdpel addome_pelvi abdomen_pelvien`,
  'CHEST ABDOMEN': `chest_abdomen thorax_abdomen thorax_oberbauch thoraco_abdom* torax_abdomen thorax_abd chest_abd torace_addome`,
  'HEAD NECK': `headneck head_neck head_and_neck head_n_neck kopf_hals kop_hals tete_et_cou cabeza_y_cuello hnscc hno`,
  'NECK CHEST': `neck_chest neck_thorax hals_thorax neck_and_chest`,
};

/** Words that look like body parts and are none: a machine's way of lying, buttons, coils. */
const NOTHING: Lexicon = {
  '': `head_first headfirst head_coil head_holder headspace bone_window feet_first foot_first first_hand second_hand right_hand_side left_hand_side hand_labeled hand_labelled hand_segment* hand_annotat*
    hand_crafted treatment_arm arm_a arm_b arm_1 arm_2 two_arm radius_mm search_radius pelvis_phased arm64 legend leg_a foot_print skin_dose skin_mask spine_coil body_coil chest_coil heart_rate herzfrequenz
    knee_coil hip_hop face_mask neck_coil eye_tracking frontal_view lateral_view liver_window lung_window lung_kernel head_kernel brain_window brain_lab brainlab brainvoyager brain_voyager mark_up body_part body_part_examined
    head_of headers page_head head_tilt`,
};

/** Body parts named by words. Values may be several regions ('ABDOMEN PELVIS'), or '' for words to be overlooked. */
export const ANATOMY_WORDS = compile(merged(WORDS, COMPOUNDS, NOTHING));

function merged(...lexicons: Lexicon[]): Lexicon {
  return Object.assign({}, ...lexicons);
}
