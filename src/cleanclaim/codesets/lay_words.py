"""What patients say, and the words or the code that the code set has for it. General usage, own words."""

from __future__ import annotations

LAY_WORDS: dict[str, tuple[str, ...]] = {
    "ache": ("pain",),
    "acid reflux": ("gastro esophageal reflux",),
    "adhd": ("attention deficit hyperactivity",),
    "alcoholism": ("alcohol dependence",),
    "allergie": (
        "allergic",
        "=T78.40XA",
    ),
    "allergy": (
        "allergic",
        "allergy",
    ),
    "ankle sprain": (
        "=S93.40",
        "sprain ankle",
    ),
    "annual exam": ("=Z00.00",),
    "annual physical": (
        "=Z00.00",
        "=Z00.01",
    ),
    "arm": (
        "upper limb",
        "arm",
    ),
    "arm pain": ("=M79.603",),
    "arthritis": (
        "osteoarthritis",
        "=M19.90",
    ),
    "bacterial vaginosis": (
        "=N76.0",
        "acute vaginitis",
    ),
    "bad breath": ("=R19.6",),
    "bed sore": ("pressure ulcer",),
    "bedsore": ("pressure ulcer",),
    "bee sting": (
        "=T63.441A",
        "venom bee",
    ),
    "belly": (
        "abdominal",
        "abdomen",
    ),
    "birth control": (
        "contraception",
        "contraceptive",
    ),
    "bite dog": ("bitten dog",),
    "black stool": ("=K92.1",),
    "bladder infection": (
        "=N30.90",
        "cystitis",
    ),
    "bladder stone": ("calculus bladder",),
    "bleed": (
        "hemorrhage",
        "bleeding",
    ),
    "bleeding": ("hemorrhage",),
    "blood clot": (
        "embolism",
        "thrombosis",
    ),
    "blood poisoning": (
        "=A41.9",
        "sepsis",
    ),
    "blood pressure high": ("hypertension",),
    "blood thinner": ("=Z79.01",),
    "blurry vision": (
        "=H53.8",
        "blurred vision",
    ),
    "bone metastases": ("=C79.51",),
    "bowel obstruction": (
        "=K56.609",
        "intestinal obstruction",
    ),
    "brain bleed": (
        "=I61.9",
        "=I62.9",
        "intracranial hemorrhage",
    ),
    "brain tumor": (
        "=D49.6",
        "neoplasm brain",
    ),
    "breast lump": (
        "=N63.0",
        "lump breast",
    ),
    "broken": ("fracture",),
    "bruise": ("contusion",),
    "bulging disc": ("disc displacement",),
    "c diff": (
        "=A04.72",
        "clostridium difficile",
    ),
    "c section": ("cesarean",),
    "cancer": (
        "malignant neoplasm",
        "neoplasm malignant",
    ),
    "cancer screening": ("screening malignant neoplasm",),
    "car accident": (
        "=V89.2XXA",
        "car occupant injured traffic accident",
    ),
    "cellulitis leg": (
        "=L03.119",
        "cellulitis lower limb",
    ),
    "cellulitis of leg": ("=L03.119",),
    "check up": ("=Z00.00",),
    "checkup": ("=Z00.00",),
    "chemo": ("antineoplastic chemotherapy",),
    "chemotherapy": (
        "=Z51.11",
        "chemotherapy",
    ),
    "chest cold": ("acute bronchitis",),
    "chicken pox": ("varicella",),
    "chickenpox": ("varicella",),
    "cholesterol screening": ("=Z13.220",),
    "clogged arterie": ("atherosclerosis",),
    "cocaine": ("cocaine",),
    "cold": ("=J00",),
    "cold sore": ("=B00.1",),
    "collapsed lung": ("pneumothorax",),
    "collarbone": ("clavicle",),
    "congestive heart failure": (
        "=I50.9",
        "heart failure",
    ),
    "coronary artery disease": (
        "=I25.10",
        "atherosclerotic heart disease",
    ),
    "covid": ("=U07.1",),
    "covid 19": ("=U07.1",),
    "crohn disease": ("crohn",),
    "cut": ("laceration",),
    "cyst ovary": ("ovarian cyst",),
    "depression screening": ("=Z13.31",),
    "diabetes": (
        "=E11.9",
        "diabetes",
    ),
    "diabetes screening": ("=Z13.1",),
    "diabetic": (
        "type 2 diabetes",
        "diabetic",
    ),
    "diabetic eye disease": ("type 2 diabetes ophthalmic",),
    "dialysis": (
        "=Z99.2",
        "dialysis",
    ),
    "dizzy": ("dizziness",),
    "do not resuscitate": ("=Z66",),
    "dog bite": (
        "=W54.0XXA",
        "bitten by dog",
    ),
    "drunk": ("alcohol intoxication",),
    "ear infection": (
        "=H66.90",
        "otitis media",
    ),
    "ear wax": (
        "=H61.20",
        "impacted cerumen",
    ),
    "earache": (
        "=H92.09",
        "otalgia",
    ),
    "enlarged prostate": (
        "=N40.0",
        "benign prostatic hyperplasia",
    ),
    "eye infection": ("conjunctivitis",),
    "fainting": (
        "=R55",
        "syncope",
    ),
    "fall": (
        "=W19.XXXA",
        "fall",
    ),
    "family history breast cancer": ("=Z80.3",),
    "family history colon cancer": ("=Z80.0",),
    "farsighted": ("hypermetropia",),
    "fast heart rate": (
        "=R00.0",
        "tachycardia",
    ),
    "fat": (
        "obesity",
        "lipid",
    ),
    "fatty liver": (
        "=K76.0",
        "fatty liver",
    ),
    "fever": (
        "=R50.9",
        "fever",
    ),
    "fibroid": (
        "=D25.9",
        "leiomyoma uterus",
    ),
    "flu": (
        "=J11.1",
        "influenza",
    ),
    "flu shot": ("=Z23",),
    "fluid in lung": (
        "pulmonary edema",
        "pleural effusion",
    ),
    "fluid retention": ("=R60.9",),
    "food poisoning": (
        "=A05.9",
        "foodborne intoxication",
    ),
    "forgetful": ("=R41.3",),
    "frequent urination": ("=R35.0",),
    "frozen shoulder": ("adhesive capsulitis shoulder",),
    "fungal infection": (
        "mycosis",
        "tinea",
    ),
    "gallstone": (
        "=K80.20",
        "calculus gallbladder",
    ),
    "gas": (
        "=R14.3",
        "flatulence",
    ),
    "generalized anxiety": ("=F41.1",),
    "genital wart": ("=A63.0",),
    "german measles": ("rubella",),
    "gi bleed": (
        "=K92.2",
        "gastrointestinal hemorrhage",
    ),
    "gonorrhea": ("gonococcal infection",),
    "hair loss": (
        "=L65.9",
        "alopecia",
    ),
    "hardening arterie": ("atherosclerosis",),
    "head cold": ("=J00",),
    "head injury": (
        "=S09.90XA",
        "injury head",
    ),
    "hearing loss": (
        "=H91.90",
        "hearing loss",
    ),
    "heart": (
        "cardiac",
        "heart",
    ),
    "heart attack": (
        "=I21.9",
        "myocardial infarction",
    ),
    "heavy menstrual bleeding": ("=N92.0",),
    "heavy period": (
        "=N92.0",
        "excessive menstruation",
    ),
    "hernia belly button": ("umbilical hernia",),
    "herniated disc": (
        "=M51.26",
        "disc displacement",
    ),
    "heroin": ("opioid",),
    "herpes": (
        "=B00.9",
        "herpesviral infection",
    ),
    "hiatal": ("diaphragmatic",),
    "hiatal hernia": ("=K44.9",),
    "high blood pressure": (
        "=I10",
        "hypertension",
    ),
    "high blood sugar": (
        "=R73.9",
        "hyperglycemia",
    ),
    "high calcium": ("=E83.52",),
    "high cholesterol": (
        "=E78.00",
        "hypercholesterolemia",
    ),
    "high fever": ("=R50.9",),
    "high potassium": (
        "=E87.5",
        "hyperkalemia",
    ),
    "high risk pregnancy": ("supervision high risk pregnancy",),
    "high sodium": ("=E87.0",),
    "high triglyceride": ("hypertriglyceridemia",),
    "high white blood cell count": ("=D72.829",),
    "hip replacement status": (
        "=Z96.649",
        "presence artificial hip joint",
    ),
    "history breast cancer": ("=Z85.3",),
    "history colon cancer": ("=Z85.038",),
    "history prostate cancer": ("=Z85.46",),
    "history stroke": ("=Z86.73",),
    "hive": ("urticaria",),
    "hives": (
        "=L50.9",
        "urticaria",
    ),
    "hoarse": ("=R49.0",),
    "hoarseness": ("=R49.0",),
    "homeless": (
        "=Z59.00",
        "homelessness",
    ),
    "hot flash": (
        "=N95.1",
        "=R23.2",
    ),
    "hot flashe": (
        "=N95.1",
        "=R23.2",
    ),
    "hypoxia": (
        "=R09.02",
        "hypoxemia",
    ),
    "incontinence": (
        "=R32",
        "incontinence",
    ),
    "inflammation": ("inflammatory",),
    "ingrown nail": ("=L60.0",),
    "ingrown toenail": (
        "=L60.0",
        "ingrowing nail",
    ),
    "insomnia": (
        "=G47.00",
        "insomnia",
    ),
    "insulin use": ("=Z79.4",),
    "irregular heartbeat": ("=I49.9",),
    "itching": (
        "=L29.9",
        "pruritus",
    ),
    "itchy": ("pruritus",),
    "jaw": (
        "mandible",
        "jaw",
    ),
    "jock itch": ("=B35.6",),
    "kidney": (
        "renal",
        "kidney",
    ),
    "kidney failure": (
        "=N19",
        "kidney failure",
    ),
    "kidney infection": (
        "=N12",
        "=N10",
    ),
    "kidney stone": (
        "=N20.0",
        "calculus kidney",
    ),
    "knee replacement status": (
        "=Z96.659",
        "presence artificial knee joint",
    ),
    "kneecap": ("patella",),
    "latex allergy": ("=Z91.040",),
    "leg": (
        "lower limb",
        "leg",
    ),
    "leg pain": (
        "=M79.606",
        "pain lower limb",
    ),
    "leg swelling": (
        "=R60.0",
        "localized edema",
    ),
    "lice": ("pediculosis",),
    "light headed": ("=R42",),
    "liver": (
        "hepatic",
        "liver",
    ),
    "liver failure": (
        "=K72.90",
        "hepatic failure",
    ),
    "lockjaw": ("tetanus",),
    "long covid": ("=U09.9",),
    "loss of smell": ("=R43.0",),
    "low blood pressure": (
        "=I95.9",
        "hypotension",
    ),
    "low blood sugar": (
        "=E16.2",
        "hypoglycemia",
    ),
    "low calcium": ("=E83.51",),
    "low iron": (
        "=D50.9",
        "iron deficiency",
    ),
    "low magnesium": ("=E83.42",),
    "low platelet": (
        "=D69.6",
        "thrombocytopenia",
    ),
    "low potassium": (
        "=E87.6",
        "hypokalemia",
    ),
    "low sodium": (
        "=E87.1",
        "hyponatremia",
    ),
    "low testosterone": ("=E29.1",),
    "low white blood cell count": ("=D72.819",),
    "lump breast": ("=N63.0",),
    "lung": (
        "pulmonary",
        "lung",
    ),
    "lupus": (
        "=M32.9",
        "lupus erythematosus",
    ),
    "lyme": (
        "=A69.20",
        "lyme disease",
    ),
    "mammogram screening": ("=Z12.31",),
    "marijuana": ("cannabis",),
    "measle": (
        "=B05.9",
        "measles",
    ),
    "medication refill": ("=Z76.0",),
    "memory loss": (
        "=R41.3",
        "amnesia",
    ),
    "menopause": (
        "=N95.1",
        "menopausal",
    ),
    "menstrual cramp": ("=N94.6",),
    "meth": (
        "methamphetamine",
        "stimulant",
    ),
    "mini stroke": (
        "=G45.9",
        "transient cerebral ischemic attack",
    ),
    "miscarriage": (
        "=O03.9",
        "spontaneous abortion",
    ),
    "missed period": (
        "=N91.2",
        "amenorrhea",
    ),
    "mole": (
        "=D22.9",
        "nevus",
    ),
    "mono": (
        "=B27.90",
        "infectious mononucleosis",
    ),
    "morning sickness": (
        "=O21.0",
        "hyperemesis gravidarum",
    ),
    "nail fungus": ("=B35.1",),
    "nearsighted": ("myopia",),
    "nearsightedness": ("myopia",),
    "nervous": ("anxiety",),
    "nervousness": ("=R45.0",),
    "newborn": (
        "=Z38.00",
        "newborn",
    ),
    "normal delivery": ("=O80",),
    "nose bleed": ("=R04.0",),
    "nosebleed": (
        "=R04.0",
        "epistaxis",
    ),
    "numbness": (
        "=R20.0",
        "anesthesia skin",
    ),
    "obese": ("obesity",),
    "overactive bladder": ("=N32.81",),
    "overactive thyroid": (
        "=E05.90",
        "hyperthyroidism",
    ),
    "overdose": ("poisoning",),
    "pain in arm": ("=M79.603",),
    "pain in leg": ("=M79.606",),
    "pain swallowing": ("=R13.10",),
    "painful period": (
        "=N94.6",
        "dysmenorrhea",
    ),
    "painful urination": (
        "=R30.9",
        "=R30.0",
    ),
    "palsy bell": ("=G51.0",),
    "panic attack": (
        "=F41.0",
        "panic disorder",
    ),
    "pap smear": ("=Z12.4",),
    "passed out": (
        "=R55",
        "syncope",
    ),
    "passing out": ("=R55",),
    "peanut allergy": ("=Z91.010",),
    "penicillin allergy": ("=Z88.0",),
    "period": (
        "menstruation",
        "period",
    ),
    "physical exam": ("=Z00.00",),
    "pimple": ("acne",),
    "pinched nerve": (
        "radiculopathy",
        "nerve compression",
    ),
    "pink eye": (
        "=H10.9",
        "conjunctivitis",
    ),
    "pinkeye": (
        "=H10.9",
        "conjunctivitis",
    ),
    "plantar fasciitis": (
        "=M67.A09",
        "=M72.2",
    ),
    "preeclampsia": (
        "=O14.90",
        "pre eclampsia",
    ),
    "pregnancy": (
        "=Z33.1",
        "pregnancy",
    ),
    "pregnancy high risk": ("supervision high risk pregnancy",),
    "pregnant": ("pregnancy",),
    "premature baby": ("preterm newborn",),
    "prenatal visit": (
        "=Z34.90",
        "supervision normal pregnancy",
    ),
    "racing heart": (
        "=R00.0",
        "=R00.2",
    ),
    "radiation therapy": ("=Z51.0",),
    "refill": ("=Z76.0",),
    "ringing ear": (
        "=H93.19",
        "tinnitus",
    ),
    "ringing in ears": (
        "=H93.19",
        "tinnitus",
    ),
    "ringworm": (
        "=B35.4",
        "tinea",
    ),
    "runny nose": (
        "=J34.89",
        "rhinitis",
    ),
    "sad": ("depression",),
    "scar": (
        "cicatrix",
        "scar",
    ),
    "school physical": ("=Z02.0",),
    "scrape": ("abrasion",),
    "screening colonoscopy": ("=Z12.11",),
    "screening mammogram": ("=Z12.31",),
    "seasonal allergie": ("=J30.2",),
    "seasonal allergy": ("=J30.2",),
    "seizure": (
        "=R56.9",
        "convulsion",
        "seizure",
    ),
    "sepsis": (
        "=A41.9",
        "sepsis",
    ),
    "septic shock": ("=R65.21",),
    "shakes": ("tremor",),
    "shaking": ("tremor",),
    "shin": ("tibia",),
    "shingle": (
        "=B02.9",
        "zoster",
    ),
    "shingles": (
        "=B02.9",
        "zoster",
    ),
    "shoulder blade": ("scapula",),
    "sick stomach": ("nausea",),
    "sinus infection": (
        "=J32.9",
        "sinusitis",
    ),
    "skin cancer": (
        "=C44.90",
        "malignant neoplasm skin",
    ),
    "skin infection": (
        "=L08.9",
        "cellulitis",
    ),
    "skipped beat": ("=R00.2",),
    "sleep apnea": (
        "=G47.30",
        "sleep apnea",
    ),
    "slipped disc": (
        "=M51.26",
        "disc displacement",
    ),
    "slow heart rate": (
        "=R00.1",
        "bradycardia",
    ),
    "slow heartbeat": ("=R00.1",),
    "smoker": (
        "=F17.210",
        "nicotine dependence",
    ),
    "smoking": (
        "=F17.210",
        "nicotine dependence",
    ),
    "snoring": ("=R06.83",),
    "sore": (
        "ulcer",
        "pain",
    ),
    "spinal": (
        "vertebra",
        "spinal",
    ),
    "spine": (
        "vertebra",
        "spine",
    ),
    "sports physical": ("=Z02.5",),
    "stillborn": ("stillbirth",),
    "stomach": (
        "abdominal",
        "gastric",
        "stomach",
    ),
    "stomach ache": (
        "=R10.9",
        "abdominal pain",
    ),
    "stomach bug": ("=A08.4",),
    "stomach cancer": ("malignant neoplasm stomach",),
    "stomach flu": ("=A08.4",),
    "stomach pain": (
        "=R10.9",
        "abdominal pain",
    ),
    "stomach ulcer": ("gastric ulcer",),
    "strep throat": (
        "=J02.0",
        "streptococcal pharyngitis",
    ),
    "stroke": (
        "=I63.9",
        "cerebral infarction",
    ),
    "stye": ("hordeolum",),
    "sugar diabetes": ("diabetes",),
    "suicidal thought": ("=R45.851",),
    "sunburn": ("=L55.9",),
    "swelling": (
        "edema",
        "swelling",
    ),
    "swelling leg": (
        "=R60.0",
        "localized edema",
    ),
    "swelling of leg": ("=R60.0",),
    "swollen leg": (
        "=R60.0",
        "localized edema",
    ),
    "swollen lymph node": (
        "=R59.9",
        "enlarged lymph node",
    ),
    "syncope": ("=R55",),
    "tailbone": ("coccyx",),
    "tendonitis": ("tendinitis",),
    "tennis elbow": ("lateral epicondylitis",),
    "thigh bone": ("femur",),
    "thin": ("underweight",),
    "throat strep": ("=J02.0",),
    "throwing up": (
        "=R11.10",
        "vomiting",
    ),
    "thrush": (
        "=B37.0",
        "candidal stomatitis",
    ),
    "tingling": ("=R20.2",),
    "tired": (
        "=R53.83",
        "fatigue",
    ),
    "toenail fungus": (
        "=B35.1",
        "tinea unguium",
    ),
    "tooth ache": ("=K08.89",),
    "toothache": ("=K08.89",),
    "torn rotator cuff": ("rotator cuff tear",),
    "trouble breathing": ("dyspnea",),
    "trouble sleeping": (
        "=G47.00",
        "=G47.9",
    ),
    "trouble swallowing": (
        "=R13.10",
        "dysphagia",
    ),
    "tumor": ("neoplasm",),
    "twisted": ("sprain",),
    "twisted ankle": (
        "=S93.409A",
        "sprain ankle",
    ),
    "underactive thyroid": (
        "=E03.9",
        "hypothyroidism",
    ),
    "underweight": ("=R63.6",),
    "upset stomach": ("=K30",),
    "urinary retention": (
        "=R33.9",
        "retention urine",
    ),
    "urinary tract infection": (
        "=N39.0",
        "urinary tract infection",
    ),
    "vaccination": (
        "=Z23",
        "immunization",
    ),
    "vaccine": (
        "=Z23",
        "immunization",
    ),
    "vaginal discharge": ("=N89.8",),
    "vaginal yeast infection": (
        "=B37.31",
        "candidiasis vulva vagina",
    ),
    "wart": (
        "=B07.9",
        "wart",
    ),
    "water pill": ("diuretic",),
    "weight gain": ("=R63.5",),
    "weight loss": ("=R63.4",),
    "well child": ("=Z00.129",),
    "well child visit": (
        "=Z00.129",
        "=Z00.121",
    ),
    "well woman exam": ("=Z01.419",),
    "whooping cough": ("=A37.90",),
    "windpipe": ("trachea",),
    "womb": ("uterus",),
    "wound": (
        "open wound",
        "laceration",
    ),
    "yeast infection": (
        "=B37.31",
        "candidiasis",
    ),
    "yellow skin": ("=R17",),
}
"""Words in lower case, plurals cut as the index cuts them, and what they may stand for.

An entry that begins with ``=`` is a code, offered first; any other must be there with all its words.
"""
