/**
 * What may stand beside a column's name without changing what it holds: in brackets behind it, or as the group before it.
 * Everything else may say "private", "old" or whose it is, so no word comes in here that could be part of that.
 */
const IN_BRACKETS = [
  'public|for the public|for publication|optional|required|mandatory|if any|if available|if known|if applicable|s|es|number|numbers',
  'text|free text|short text|list|drop down|dropdown|select one|select all that apply|choose one|choose all that apply|multiple choice|please specify|specify',
  'comma separated|separated by commas|separate with commas|separated by semicolons|separate with semicolons',
  'with country code|include country code|including country code|incl country code|with area code|international format',
  'landline|fixed line|mobile|office|main|general|switchboard|hotline|24 7|24h|decimal|decimal degrees|degrees|wgs84|wgs 84|gps',
  'years|in years|yrs|year|of service|of the service|service|of facility|of the facility|facility|of organisation|of the organisation|organisation|of organization|of the organization|organization',
  'acronym|full name|in full|official|official name|day month year|year month day',
  'publique|facultatif|facultative|optionnel|obligatoire|si disponible|s’il y en a|le cas échéant|texte|texte libre|liste|choix multiple|un seul choix',
  'séparés par des virgules|séparés par des points virgules|avec indicatif|avec l’indicatif du pays|fixe|ligne fixe|bureau|principal|général|ans|en années|années',
  'degrés décimaux|du service|de la structure|structure|de l’organisation|sigle|acronyme|nom complet|jour mois année',
  'público|pública|opcional|obligatorio|obligatoria|requerido|si aplica|si existe|si hay|texto|texto libre|lista|selección múltiple|opción múltiple',
  'separados por comas|separados por punto y coma|con código de país|con indicativo|fijo|línea fija|móvil|celular|oficina|años|en años|grados decimales',
  'del servicio|servicio|de la organización|organización|sigla|nombre completo|día mes año',
  'عام|علني|للنشر|اختياري|إلزامي|مطلوب|إن وجد|إن وجدت|نص|قائمة|اختيار متعدد|مع رمز الدولة|أرضي|خط أرضي|جوال|المكتب|الرئيسي',
  'بالسنوات|سنوات|سنة|درجات عشرية|يوم شهر سنة|للخدمة|الخدمة|للمنظمة|المنظمة|الاسم الكامل|الاختصار',
  'публічно|публічний|публічна|для публікації|необов’язково|за бажанням|обов’язково|якщо є|за наявності|текст|список|множинний вибір',
  'через кому|через крапку з комою|з кодом країни|стаціонарний|мобільний|офіс|основний|загальний|років|роки|десяткові градуси',
  'послуги|послуга|організації|організація|скорочення|повна назва|день місяць рік',
]
export const BRACKETS: readonly string[] = IN_BRACKETS.flatMap((line) => line.split('|'))

const IN_GROUPS = [
  'service services facility facilities organisation organization organisations organizations agency provider institution centre center site office',
  'information info details detail data profile general basic main public contact contacts group grp section sec part module page step form block table',
  'of the and for about a to at in how reach call phone telephone tel mobile number numbers hotline location locations place where address access',
  'opening hours time times description what gbv mapping directory gps geo geopoint geolocation point coordinates map record take capture',
  'structure organisme prestataire établissement informations infos détails données générales générale général de du des la le les l et sur coordonnées',
  'groupe partie téléphone numéro numéros localisation lieu adresse accès horaires géolocalisation',
  'servicio servicios organización entidad institución centro información datos detalles generales del el los las y sobre contacto contactos grupo sección parte',
  'teléfono número números ubicación lugar dirección acceso horario horarios descripción coordenadas',
  'الخدمة الخدمات المنظمة الجهة المركز المؤسسة معلومات بيانات تفاصيل عامة العامة عن الاتصال التواصل جهات مجموعة قسم القسم',
  'الهاتف رقم أرقام الموقع المكان العنوان الوصول ساعات العمل الإحداثيات',
  'послуга послуги послуг організація організації заклад закладу установа установи центр інформація загальна дані деталі про та і контакт контакти контактна',
  'група розділ частина секція телефон телефони номер номери місце розташування адреса доступ години роботи графік опис координати',
]
export const GROUPS: readonly string[] = IN_GROUPS.flatMap((line) => line.split(' '))
