/**
 * How organisations write the values of closed columns, in English, French, Spanish, Arabic and Ukrainian; compared like
 * headings, several separated by a bar. The value itself always counts and needs no line.
 */
export type Words = Readonly<Record<string, string>>

const YES = 'yes|y|true|1|x|oui|o|vrai|si|sí|verdadero|نعم|أجل|так|да|є'
const NO = 'no|n|false|0|non|faux|falso|لا|كلا|ні|нет|немає'
const UNKNOWN =
  'unknown|not known|do not know|inconnu|ne sait pas|desconocido|no se sabe|غير معروف|لا أعلم|невідомо|не відомо'

export const VOCABULARIES: Readonly<Record<string, Words>> = {
  categories: {
    health:
      'health|health care|healthcare|medical|medical care|health services|primary health care|santé|soins|soins médicaux|santé primaire|salud|atención médica|atención en salud|médico|الصحة|صحة|صحي|رعاية صحية|خدمات صحية|طبي|الرعاية الصحية|здоров’я|охорона здоров’я|медицина|медична допомога|медичні послуги',
    cmr: 'cmr|clinical management of rape|clinical care for survivors|post rape care|clinical care after rape|ipv clinical care|pep|gestion clinique du viol|prise en charge du viol|prise en charge clinique du viol|prise en charge médicale des survivantes|gcv|manejo clínico de la violación|atención clínica a violación|الإدارة السريرية للاغتصاب|المعالجة السريرية للاغتصاب|الرعاية بعد الاغتصاب|клінічне ведення випадків зґвалтування|допомога після зґвалтування|медична допомога після зґвалтування',
    mhpss:
      'mhpss|psychosocial|psychosocial support|pss|mental health|mental health and psychosocial support|counselling|counseling|psychological support|soutien psychosocial|psychosociale|santé mentale|smaps|appui psychosocial|soutien psychologique|apoyo psicosocial|salud mental|smaps|psicosocial|apoyo psicológico|الدعم النفسي|الدعم النفسي الاجتماعي|دعم نفسي اجتماعي|دعم نفسي|الصحة النفسية|психосоціальна підтримка|психологічна допомога|психічне здоров’я|псп|мзпсп',
    case_management:
      'case management|gbv case management|social work|gestion de cas|gestion des cas|gestión de casos|manejo de casos|إدارة الحالة|إدارة الحالات|ведення випадку|ведення випадків|кейс менеджмент|соціальний супровід',
    safe_space:
      'safe space|safe spaces|women and girls safe space|women and girls safe spaces|wgss|women safe space|women centre|womens center|womens centre|espace sûr|espaces sûrs|espace sûr pour femmes et filles|espace amie des femmes|espacio seguro|espacios seguros|espacio seguro para mujeres y niñas|مساحة آمنة|المساحة الآمنة|مساحات آمنة|مساحة آمنة للنساء والفتيات|безпечний простір|безпечні простори|безпечний простір для жінок і дівчат',
    shelter:
      'shelter|shelters|safe house|safehouse|safe shelter|womens shelter|emergency shelter|refuge|accommodation|hébergement|maison d’hébergement|abri|foyer|centre d’hébergement|hébergement sûr|maison sûre|albergue|refugio|casa de acogida|casa refugio|alojamiento|casa hogar|مأوى|المأوى|ملجأ|دار إيواء|بيت آمن|إيواء|دار حماية|السكن الآمن|притулок|шелтер|прихисток|кризова кімната|безпечне житло|тимчасове житло',
    legal:
      'legal|legal aid|legal assistance|legal advice|legal services|juridique|aide juridique|assistance juridique|aide légale|conseil juridique|asistencia legal|ayuda legal|asesoría jurídica|asesoría legal|jurídico|المساعدة القانونية|قانوني|قانونية|مساعدة قانونية|الدعم القانوني|правова допомога|юридична допомога|безоплатна правова допомога|бпд|юридичні послуги',
    police:
      'police|security|police and security|law enforcement|police et sécurité|gendarmerie|policía|seguridad|comisaría|الشرطة|شرطة|الأمن|поліція|безпека і поліція|правоохоронні органи',
    cash: 'cash|cash assistance|cash and voucher assistance|cva|mpca|financial assistance|transfert monétaire|aide en espèces|aide financière|transferts monétaires|asistencia en efectivo|transferencias monetarias|efectivo|ayuda económica|مساعدة نقدية|المساعدات النقدية|نقد|грошова допомога|фінансова допомога',
    nfi: 'nfi|nfis|non food items|core relief items|cri|articles non alimentaires|bna|biens non alimentaires|ana|artículos no alimentarios|مواد غير غذائية|المواد غير الغذائية|непродовольчі товари|непродовольча допомога',
    dignity_kit:
      'dignity kit|dignity kits|hygiene kit|hygiene kits|kit de dignité|kits de dignité|kit d’hygiène|kit de dignidad|kits de dignidad|kit de higiene|حقيبة الكرامة|حقائب الكرامة|حقيبة نظافة|набір гідності|набори гідності|гігієнічний набір',
    food: 'food|food assistance|nutrition|alimentation|aide alimentaire|nourriture|alimentos|asistencia alimentaria|alimentación|غذاء|مساعدات غذائية|الغذاء|харчування|їжа|продовольча допомога|продукти',
    livelihood:
      'livelihood|livelihoods|vocational training|income generating activities|iga|job training|employment|moyens de subsistance|moyens d’existence|agr|formation professionnelle|emploi|medios de vida|formación profesional|empleo|generación de ingresos|سبل العيش|سبل كسب العيش|تدريب مهني|التدريب المهني|засоби до існування|працевлаштування|професійне навчання',
    business_grant:
      'business grant|business grants|small business grant|grant|start up grant|microcredit|subvention|microcrédit|subvención|capital semilla|microcrédito|منحة مشروع|منح المشاريع|منحة صغيرة|грант|гранти|грант на бізнес|мікрогрант',
    childcare:
      'childcare|child care|day care|creche|nursery|garde d’enfants|crèche|garderie|cuidado infantil|guardería|رعاية الأطفال|حضانة|روضة|догляд за дітьми|дитячий садок|ясла',
    education:
      'education|school|learning|éducation|école|enseignement|educación|escuela|التعليم|تعليم|مدرسة|освіта|навчання|школа',
    anti_trafficking:
      'anti trafficking|trafficking|counter trafficking|human trafficking|lutte contre la traite|traite|traite des personnes|trata|trata de personas|lucha contra la trata|مكافحة الاتجار|الاتجار بالبشر|مكافحة الاتجار بالبشر|протидія торгівлі людьми|торгівля людьми',
    child_protection:
      'child protection|protection de l’enfance|protection de l’enfant|protección de la niñez|protección infantil|protección de la infancia|حماية الطفل|حماية الأطفال|захист дітей|захист дитини',
    psea: 'psea|sea|protection from sexual exploitation and abuse|peas|eas|protection contre l’exploitation et les abus sexuels|protección contra la explotación y el abuso sexual|الحماية من الاستغلال والاعتداء الجنسيين|захист від сексуальної експлуатації та наруги|псен',
    hotline:
      'hotline|helpline|hot line|help line|phone line|call centre|call center|ligne d’écoute|ligne d’urgence|numéro d’urgence|ligne d’aide|línea de ayuda|línea de atención|línea telefónica|línea de emergencia|الخط الساخن|خط ساخن|خط المساعدة|гаряча лінія|лінія допомоги|телефон довіри',
    registration_asylum:
      'registration|asylum|registration and asylum|documentation|civil documentation|enregistrement|asile|demande d’asile|documentation civile|registro|asilo|solicitud de asilo|documentación|التسجيل|اللجوء|تسجيل|الوثائق المدنية|реєстрація|притулок і реєстрація|документування|міжнародний захист',
    family_tracing:
      'family tracing|family tracing and reunification|ftr|restoring family links|recherche familiale|réunification familiale|rétablissement des liens familiaux|búsqueda de familiares|reunificación familiar|البحث عن الأسرة|لم الشمل|لم شمل الأسرة|розшук рідних|возз’єднання сімей',
    disability:
      'disability|disability services|rehabilitation|handicap|réadaptation|discapacidad|rehabilitación|الإعاقة|إعاقة|إعادة التأهيل|інвалідність|реабілітація|послуги для людей з інвалідністю',
    lgbtiq: 'lgbtiq|lgbt|lgbtq|lgbti|lgbtqi|lgbtiq+|lgbtqia|مجتمع الميم|лгбт|лгбтік',
    other: 'other|others|autre|autres|otro|otros|otra|أخرى|آخر|غير ذلك|інше|інші|другое',
  },
  serves: {
    women: 'women|woman|adult women|females|femmes|femme|mujeres|mujer|نساء|النساء|امرأة|سيدات|жінки|жінка',
    girls:
      'girls|girl|adolescent girls|filles|fille|adolescentes|niñas|niña|فتيات|الفتيات|بنات|дівчата|дівчатка|дівчина',
    men: 'men|man|adult men|males|hommes|homme|hombres|hombre|رجال|الرجال|чоловіки|чоловік',
    boys: 'boys|boy|adolescent boys|garçons|garçon|niños|فتيان|الفتيان|أولاد|хлопці|хлопчики',
    children_with_mother:
      'children with mother|children with their mother|women with children|mothers with children|enfants avec leur mère|mères avec enfants|femmes avec enfants|mujeres con hijos|madres con hijos|نساء مع أطفال|الأمهات مع أطفالهن|діти з матір’ю|жінки з дітьми|мами з дітьми',
    lgbtiq: 'lgbtiq|lgbt|lgbtq|lgbti|lgbtqi|lgbtiq+|personnes lgbt|personas lgbt|مجتمع الميم|лгбт|лгбтік',
    older_people:
      'older people|older persons|elderly|personnes âgées|personas mayores|adultos mayores|كبار السن|المسنون|المسنين|люди похилого віку|літні люди',
    people_with_disabilities:
      'people with disabilities|persons with disabilities|pwd|disabled|personnes handicapées|personnes en situation de handicap|personas con discapacidad|ذوو الإعاقة|ذوي الإعاقة|الأشخاص ذوو الإعاقة|люди з інвалідністю|особи з інвалідністю',
    refugees:
      'refugees|refugee|réfugiés|réfugiées|réfugié|refugiados|refugiadas|لاجئون|لاجئين|اللاجئون|اللاجئين|لاجئات|біженці',
    asylum_seekers:
      'asylum seekers|asylum seeker|demandeurs d’asile|solicitantes de asilo|طالبو اللجوء|طالبي اللجوء|шукачі притулку|шукачі захисту',
    migrants: 'migrants|migrant|migrantes|مهاجرون|مهاجرين|المهاجرون|المهاجرين|мігранти|мігрантки',
    undocumented:
      'undocumented|irregular migrants|without papers|sans papiers|indocumentados|sin papeles|بدون وثائق|غير الموثقين|без документів',
    idps: 'idps|idp|internally displaced|internally displaced people|internally displaced persons|displaced|pdi|déplacés|personnes déplacées|déplacés internes|desplazados|desplazados internos|personas desplazadas|نازحون|نازحين|النازحون|النازحين|внутрішньо переміщені особи|впо|переселенці',
    host_community:
      'host community|host communities|local community|locals|communauté hôte|population hôte|communautés hôtes|comunidad de acogida|comunidad local|المجتمع المضيف|المجتمع المحلي|приймаюча громада|місцеве населення',
    everyone:
      'everyone|all|anyone|everybody|general population|all people|tous|tout le monde|toutes et tous|todos|todas|todas las personas|población general|الجميع|الكل|كل الناس|усі|всі|для всіх|усі охочі',
  },
  how_to_access: {
    walk_in:
      'walk in|walkin|drop in|in person|direct|self referral|visit|sans rendez vous|accès libre|sur place|en personne|présentiel|presencial|sin cita|acceso directo|الحضور المباشر|زيارة مباشرة|حضوري|بدون موعد|особисто|без запису|прийти|очно',
    phone:
      'phone|call|by phone|telephone|hotline|téléphone|par téléphone|appel|teléfono|por teléfono|llamada|هاتف|الهاتف|اتصال|بالهاتف|телефон|телефоном|дзвінок|подзвонити',
    whatsapp: 'whatsapp|واتساب|вотсап|ватсап',
    sms: 'sms|text message|texto|mensaje de texto|رسالة نصية|смс',
    email: 'email|e mail|courriel|correo|correo electrónico|بريد إلكتروني|електронна пошта',
    web: 'web|online|website|en ligne|internet|en línea|عبر الإنترنت|أونلاين|онлайн|сайт',
    appointment:
      'appointment|by appointment|rendez vous|sur rendez vous|cita|con cita|cita previa|موعد|بموعد|بموعد مسبق|запис|за записом|за попереднім записом',
    referral:
      'referral|referrals|referrals only|by referral|orientation|référencement|sur orientation|remisión|derivación|por remisión|إحالة|بالإحالة|направлення|за направленням|перенаправлення',
    outreach:
      'outreach|mobile team|mobile teams|mobile|home visit|community outreach|équipe mobile|équipes mobiles|sensibilisation de proximité|equipo móvil|brigada móvil|فريق متنقل|فرق متنقلة|فرق جوالة|виїзна|мобільна бригада|мобільна група|виїзд',
  },
  accessibility: {
    step_free_entrance:
      'step free entrance|step free|ramp|ramps|wheelchair|wheelchair accessible|wheelchair access|sans marche|rampe|rampe d’accès|fauteuil roulant|accès fauteuil|rampa|silla de ruedas|acceso en silla de ruedas|منحدر|كرسي متحرك|مدخل بدون درج|пандус|без сходів|інвалідний візок|крісло колісне',
    accessible_toilet:
      'accessible toilet|accessible toilets|accessible latrine|toilettes accessibles|toilettes adaptées|baño accesible|baños accesibles|مرحاض مهيأ|دورة مياه مهيأة|доступний туалет',
    lift: 'lift|elevator|ascenseur|ascensor|مصعد|ліфт',
    sign_language:
      'sign language|langue des signes|lengua de señas|lenguaje de señas|لغة الإشارة|жестова мова',
    easy_read: 'easy read|easy to read|facile à lire|lectura fácil|قراءة سهلة|легке читання|проста мова',
    large_print: 'large print|gros caractères|letra grande|خط كبير|великий шрифт',
    braille: 'braille|برايل|брайль|шрифт брайля',
    hearing_loop: 'hearing loop|induction loop|boucle magnétique|bucle magnético|індукційна петля',
    home_visit:
      'home visit|home visits|visite à domicile|visites à domicile|visita domiciliaria|زيارة منزلية|زيارات منزلية|візит додому|виїзд додому',
    transport_help:
      'transport help|transport|transportation|transport support|transport pris en charge|apoyo de transporte|transporte|مواصلات|دعم المواصلات|النقل|транспорт|допомога з транспортом',
    text_relay: 'text relay|relais texte',
  },
  status: {
    active:
      'active|open|operational|functional|functioning|running|ongoing|actif|active|ouvert|fonctionnel|en cours|opérationnel|activo|activa|abierto|en funcionamiento|operativo|نشط|نشطة|مفتوح|فعال|فعالة|يعمل|تعمل|مستمر|активна|активний|активно|діє|працює|відкрито|діюча|yes|oui|sí|نعم|так',
    temporarily_closed:
      'temporarily closed|closed for now|suspended|on hold|paused|temporairement fermé|suspendu|suspendue|fermé temporairement|cerrado temporalmente|suspendido|مغلق مؤقتا|معلق|متوقف مؤقتا|тимчасово закрито|тимчасово не працює|призупинено',
    closed:
      'closed|ended|inactive|non functional|not functional|not operational|defunct|fermé|inactif|terminé|non fonctionnel|cerrado|inactivo|finalizado|مغلق|مغلقة|غير نشط|منتهي|متوقف|закрито|не працює|неактивна|завершено|припинено',
    draft: 'draft|planned|brouillon|prévu|borrador|planificado|مسودة|مخطط|чернетка|заплановано',
  },
  visibility: {
    public:
      'public|open|everyone|publique|público|pública|عام|علني|للجميع|публічно|публічна|публічний|відкрито',
    on_request:
      'on request|confidential|phone only|by phone only|sur demande|confidentiel|confidencial|a petición|bajo solicitud|سري|عند الطلب|بالهاتف فقط|за запитом|конфіденційно|лише телефоном',
    staff_only:
      'staff only|internal|not public|staff|interne|personnel uniquement|interno|solo personal|solo para el personal|داخلي|للموظفين فقط|لا ينشر|для персоналу|тільки для персоналу|внутрішнє|не публікувати',
  },
  coverage: {
    site: 'site|only here|walking distance|on site|facility|sur place|lieu|distance de marche|sitio|en el lugar|الموقع فقط|في الموقع|лише на місці|на місці|за місцем',
    adm2: 'adm2|admin2|district|municipality|raion|département|commune|municipio|distrito|قضاء|مديرية|بلدية|район',
    adm1: 'adm1|admin1|province|governorate|state|region|oblast|région|departamento|provincia|región|محافظة|ولاية|منطقة|область|регіон',
    country:
      'country|national|nationwide|countrywide|country wide|whole country|pays|tout le pays|nationale|national|país|nacional|todo el país|وطني|كل البلد|كامل البلاد|كل أنحاء البلاد|країна|вся країна|національний|національна|по всій країні|загальнонаціональна',
    cross_border:
      'cross border|crossborder|transfrontalier|transfronterizo|عبر الحدود|عابر للحدود|транскордонно|через кордон',
    online: 'online|remote|en ligne|à distance|en línea|remoto|عبر الإنترنت|عن بعد|онлайн|дистанційно',
  },
  cost: {
    free: 'free|free of charge|no cost|no fee|0|yes free|gratuit|gratuite|gratuitement|sans frais|gratis|gratuito|gratuita|sin costo|مجاني|مجانا|مجانية|بدون مقابل|безкоштовно|безоплатно|безкоштовна|безоплатна',
    paid: 'paid|fee|at a fee|payant|payante|de pago|pagado|مدفوع|مدفوعة|برسوم|платно|платна|за плату',
    means_tested:
      'means tested|sliding scale|depends on income|selon les revenus|según ingresos|حسب الدخل|залежно від доходу',
    unknown: UNKNOWN,
  },
  documents: {
    none: 'none|no|not needed|not required|no documents|no papers|no documents needed|aucun|aucune|aucun document|non|non requis|sans papiers|ninguno|ninguna|no se requiere|no requiere|sin documentos|لا شيء|لا يوجد|غير مطلوب|غير مطلوبة|لا|بدون|بدون وثائق|не потрібні|не потрібно|немає|ні|без документів|жодних|0|false',
    some: 'some|yes|required|needed|id|oui|requis|obligatoire|sí|si|requerido|requeridos|مطلوب|مطلوبة|نعم|потрібні|потрібно|так|необхідні|1|true',
    unknown: UNKNOWN,
  },
  interpretation: {
    none: 'none|no|not available|aucune|aucun|non|no disponible|ninguna|لا|لا يوجد|غير متوفر|немає|ні',
    phone:
      'phone|by phone|telephone|téléphone|par téléphone|teléfono|por teléfono|هاتف|بالهاتف|телефоном|телефон',
    in_person: 'in person|on site|sur place|en personne|presencial|en persona|حضوري|شخصيا|особисто|очно',
    on_request: 'on request|by request|sur demande|a petición|bajo solicitud|عند الطلب|за запитом',
  },
  gbv_trained: { yes: YES, no: NO, unknown: UNKNOWN },
  referral_needed: { yes: YES, no: NO },
  female_staff: { yes: YES, no: NO },
  children_welcome: { yes: YES, no: NO },
  address_public: {
    yes: `${YES}|public|publique|pública|публічна|علني`,
    no: `${NO}|secret|private|confidential|secrète|privée|confidentielle|secreta|privada|سري|таємна|конфіденційна`,
  },
  location_precision: {
    exact: 'exact|exacte|exacta|دقيق|точно|точна',
    street: 'street|rue|calle|شارع|вулиця',
    town: 'town|city|village|ville|ciudad|مدينة|місто|село',
    adm2: 'adm2|district|municipio|район',
  },
  verified_method: {
    phone: 'phone|call|called|by phone|téléphone|appel|teléfono|llamada|هاتف|اتصال|телефон|дзвінок|телефоном',
    visit: 'visit|site visit|in person|visite|visita|زيارة|візит|відвідування',
    email:
      'email|e mail|by email|courriel|par courriel|correo|correo electrónico|البريد الإلكتروني|електронна пошта|електронною поштою',
    partner: 'partner|partners|partenaire|socio|aliado|شريك|партнер',
    unknown: UNKNOWN,
  },
  confidence: {
    high: 'high|sure|haute|élevée|forte|alta|elevada|عالية|عال|висока|високий',
    medium: 'medium|moderate|moyenne|media|mediana|متوسطة|متوسط|середня|середній',
    low: 'low|unsure|faible|basse|baja|منخفضة|منخفض|низька|низький',
  },
}

/** Columns of one cell with several values. */
export const LISTS: ReadonlySet<string> = new Set(['categories', 'serves', 'how_to_access', 'accessibility'])
