export const FR: Readonly<Record<string, string>> = {
  service_id: 'identifiant|identifiant du service|id du service|code du service',
  org_id: "id de l'organisation|identifiant de l'organisation",
  org: "organisation|nom de l'organisation|organisme|structure|nom de la structure|prestataire|prestataire de services|partenaire|acteur|agence|institution|ong|association",
  name: "nom|nom du service|service|intitulé|nom du centre|établissement|nom de l'établissement|titre|centre",
  description:
    'description|description du service|descriptif|services offerts|services fournis|services proposés|résumé|présentation|détails',
  safe_note: 'note de sécurité|sécurité|consigne de sécurité|que dire',
  keywords: 'mots clés|mots clefs',
  categories:
    "catégories|catégorie|type|type de service|types de services|secteur|domaine|domaine d'intervention|activité|type d'activité",
  status: 'statut|état|statut du service|état du service|fonctionnalité|actif',
  visibility: 'visibilité|confidentialité',
  country: 'pays|code pays|code du pays',
  adm1_pcode: 'région|province|gouvernorat|état fédéré|wilaya|zone|code région',
  adm2_pcode: 'district|département|commune|arrondissement|cercle|préfecture|territoire|moughataa',
  place: 'lieu|ville|village|localité|quartier|camp|site',
  address: 'adresse|adresse physique|rue|adresse complète',
  address_public: "adresse publique|l'adresse peut être publiée|adresse peut être partagée",
  lat: 'latitude',
  lon: 'longitude',
  geopoint: 'coordonnées|coordonnées gps|gps|géolocalisation|localisation',
  coverage: 'couverture|zone couverte|zone de couverture|couverture géographique|zones couvertes',
  phone:
    'téléphone|tél|numéro de téléphone|n° de téléphone|contact téléphonique|portable|mobile|numéro de contact|ligne téléphonique|téléphones|n° tél',
  phone_hours: "horaires du téléphone|horaires de la ligne|horaires d'appel",
  tollfree: "numéro vert|numéro gratuit|ligne verte|appel gratuit|numéro d'appel gratuit",
  whatsapp: 'whatsapp|numéro whatsapp',
  sms: 'sms|numéro sms|texto',
  email: 'courriel|e mail|email|adresse e mail|adresse électronique|mail|mél|adresse email',
  website: 'site web|site|site internet|lien|page web',
  hours:
    "horaires|horaire|heures d'ouverture|horaires d'ouverture|jours et heures|jours et horaires|jours et heures d'ouverture|disponibilité|heures de travail|jours d'ouverture",
  hours_note: 'note sur les horaires|remarque sur les horaires',
  time_zone: 'fuseau horaire',
  languages: 'langues|langue|langues parlées|langue parlée',
  interpretation: 'interprétation|interprète|interprétariat|traduction',
  serves:
    'public|public cible|bénéficiaires|population cible|groupe cible|groupes cibles|public accueilli|pour qui|personnes accueillies',
  min_age: 'âge minimum|âge minimal|âge min|à partir de',
  max_age: 'âge maximum|âge maximal|âge max',
  nationality: 'nationalité|nationalités',
  conditions: "conditions|conditions d'accès|critères|critères d'admission",
  documents: 'documents|papiers|documents requis|documents nécessaires|pièces à fournir|papiers nécessaires',
  cost: 'coût|prix|tarif|tarifs|frais|coûts',
  how_to_access: "accès|modalités d'accès|comment y accéder|mode d'accès|modalité d'accès",
  referral_needed: 'orientation nécessaire|référencement nécessaire|référencement obligatoire',
  accessibility: 'accessibilité|accès handicapé|accessibilité handicap|accès pmr',
  female_staff: 'personnel féminin',
  children_welcome: 'enfants acceptés|enfants bienvenus|accueil des enfants',
  mandatory_reporting: 'signalement obligatoire|obligation de signalement',
  gbv_trained: 'formé vbg|personnel formé vbg|formation vbg|formés aux vbg',
  verified_on: 'vérifié le|date de vérification|dernière mise à jour|date de mise à jour|mis à jour le',
  verified_by: 'vérifié par|mis à jour par',
  verified_method: 'méthode de vérification',
  review_by:
    'à revoir le|à vérifier avant|prochaine vérification|date de révision|à revoir avant|valable jusqu’au|prochaine mise à jour',
  ends_on: 'date de fin|fin du projet|fin de projet',
  telegram: 'telegram|nom telegram|canal telegram|compte telegram',
  location_precision:
    'précision|précision gps|précision de la localisation|précision des coordonnées|précision du lieu',
  documents_text:
    'quels documents|quels papiers|liste des documents|détail des documents|précisions sur les documents',
  cost_text: 'détail du coût|détails du coût|détail du tarif|précisions sur le coût|précisions sur le tarif',
  phone_abroad:
    "téléphone de l'étranger|téléphone depuis l'étranger|numéro depuis l'étranger|numéro de l'étranger|numéro international|téléphone international",
  phone_abroad_note:
    "note sur le numéro de l'étranger|note sur le numéro international|note sur le téléphone international|à quoi sert le numéro international",
  source_url:
    'page source|lien de la source|lien source|lien vers la source|adresse de la source|url de la source|url source',
  source_on: 'date de la source|date source|date de la page',
  confidence:
    'confiance|niveau de confiance|degré de confiance|fiabilité|fiabilité de la source|degré de certitude',
}
