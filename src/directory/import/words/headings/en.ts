export const EN: Readonly<Record<string, string>> = {
  service_id: 'service id|id|code|service code|unique id|ref|reference|record id',
  org_id: 'org id|organisation id|organization id|agency id',
  org: 'org|organisation|organization|organisation name|organization name|name of organisation|name of organization|agency|agency name|provider|service provider|name of service provider|partner|partner name|implementing partner|implementing organisation|implementing organization|ngo|actor|institution|lead organisation',
  name: 'name|service name|name of service|name of the service|service|title|facility|facility name|name of facility|health facility|centre|center|centre name|center name|site name',
  description:
    'description|service description|description of service|description of services|services provided|services offered|services available|summary|details|activity description|what we do|about',
  safe_note: 'safe note|safety note|safety|how to ask safely|what to say',
  keywords: 'keywords|key words|search words|tags',
  categories:
    'categories|category|type|type of service|service type|types of services|types of service|service category|sector|sub sector|service sector|activity|activity type|area of service|specialisation|theme',
  status: 'status|service status|functional status|functionality|operational status|state of service|active',
  visibility: 'visibility|who may see it|confidentiality',
  country: 'country|country code|country name|admin0|adm0|admin 0|iso country',
  adm1_pcode:
    'adm1 pcode|adm1|admin1|admin 1|admin1 pcode|admin 1 pcode|adm1 code|admin1 code|admin1pcode|province|state|region|governorate|oblast|department|division|area|admin1 name|area id',
  adm2_pcode:
    'adm2 pcode|adm2|admin2|admin 2|admin2 pcode|adm2 code|admin2 code|admin2pcode|district|municipality|raion|county|lga|local government area|upazila|sub district',
  place:
    'place|town|city|village|location name|locality|settlement|camp|community|hromada|neighbourhood|ward',
  address: 'address|street address|physical address|street|full address|address of service|office address',
  address_public:
    'address public|public address|is the address public|may the address be shown|can the address be shared|address can be shared|may the address be published',
  lat: 'lat|latitude|gps latitude|y|gps lat|lat y',
  lon: 'lon|lng|long|longitude|gps longitude|x|gps lon|gps long|long x',
  geopoint:
    'gps|gps coordinates|coordinates|geopoint|geo point|gps location|geolocation|lat lon|lat long|location',
  location_precision: 'location precision|gps precision|precision|accuracy of location',
  coverage: 'coverage|area covered|coverage area|geographic coverage|catchment area|area of coverage',
  phone:
    'phone|telephone|tel|phone number|telephone number|contact number|contact phone|phone contact|mobile|mobile number|mobile phone|phone no|tel no|telephone no|contact no|phonenumber|hotline number|phones|phone numbers|call',
  phone_hours: 'phone hours|hours of phone|telephone hours|hotline hours|hours of hotline',
  tollfree:
    'tollfree|toll free|toll free number|free number|freephone|free phone|free call number|free hotline',
  whatsapp: 'whatsapp|whatsapp number|whats app|wa',
  telegram: 'telegram|telegram name|telegram channel|telegram bot',
  sms: 'sms|sms number|text number|text message|text messages',
  email: 'email|e mail|email address|e mail address|mail|contact email|mailbox',
  website: 'website|web site|web|url|link|web page|webpage|homepage|web address|site web',
  hours:
    'hours|opening hours|working hours|operating hours|hours of operation|opening times|days and hours|working days and hours|schedule|availability|time|business hours|days open|office hours|working days|service hours',
  hours_note: 'hours note|note on hours|hours comment|hours in words|remarks on hours',
  time_zone: 'time zone|timezone',
  languages: 'languages|language|languages spoken|spoken languages|language of service|languages available',
  interpretation: 'interpretation|interpreter|interpreters|interpretation available|translation',
  serves:
    'serves|who is served|target group|target groups|beneficiaries|population|population served|population group|target population|for whom|eligibility|clients|who can access|eligible groups',
  min_age: 'min age|minimum age|age from|youngest age|from age',
  max_age: 'max age|maximum age|age to|oldest age|to age|up to age',
  nationality: 'nationality|nationalities',
  conditions: 'conditions|requirements|intake criteria|eligibility criteria|criteria|other conditions',
  documents:
    'documents|papers|documents needed|documents required|documentation|required documents|papers needed|id needed|id required|documentation required',
  documents_text: 'documents text|which documents|which papers',
  cost: 'cost|costs|fee|fees|price|charges|cost of service',
  cost_text: 'cost text|cost details|price details',
  how_to_access:
    'how to access|access|access modality|how to get in|way of access|referral method|modality|how to reach|access type|accessibility type',
  referral_needed: 'referral needed|referral required|needs referral|is a referral needed|referral',
  accessibility:
    'accessibility|disability access|access for people with disabilities|physical access|accessibility for persons with disabilities|wheelchair access|disability accessibility',
  female_staff: 'female staff|women staff|are there female staff|female workers',
  children_welcome: 'children welcome|can children come|children allowed|child friendly',
  mandatory_reporting: 'mandatory reporting|duty to report|reporting duty',
  gbv_trained: 'gbv trained|trained on gbv|staff trained in gbv|gbv training|trained',
  verified_on:
    'verified on|date verified|verification date|last verified|last verified on|last updated|last update|date updated|date of update|updated on|checked on|date checked|date of last update|last checked|update date',
  verified_by: 'verified by|checked by|updated by|verified by role|who verified',
  verified_method: 'verified method|method of verification|how verified|verification method',
  review_by:
    'review by|review date|next review|check again by|next update|valid until|to be reviewed by|next verification',
  ends_on: 'ends on|end date|project end|project end date|end of project|date end|closing date|enddate',
  phone_abroad:
    'phone from abroad|phone number from abroad|number from abroad|phone abroad|international phone|international number|number for callers abroad|phone for callers abroad',
  phone_abroad_note:
    'phone abroad note|note on phone from abroad|note on number from abroad|what the number from abroad is for',
  source_url:
    'source url|source link|source page|link to source|link to the source|page of source|url of source|web page of source|source web page|source website',
  source_on: 'source on|source date|date of source|date of the source|source as of|page date|date of page',
  confidence:
    'confidence|confidence level|level of confidence|confidence in source|how sure|how sure is the source|certainty|reliability|reliability of source',
}
