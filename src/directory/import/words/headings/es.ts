export const ES: Readonly<Record<string, string>> = {
  service_id: 'identificador|código|código del servicio|id del servicio',
  org_id: 'id de la organización',
  org: 'organización|nombre de la organización|entidad|institución|prestador|proveedor|socio|agencia|ong|actor',
  name: 'nombre|nombre del servicio|servicio|título|nombre del centro|centro',
  description:
    'descripción|descripción del servicio|servicios ofrecidos|servicios que presta|resumen|detalle',
  safe_note: 'nota de seguridad|seguridad|qué decir',
  keywords: 'palabras clave',
  categories:
    'categorías|categoría|tipo|tipo de servicio|tipos de servicio|sector|área|actividad|tipo de actividad',
  status: 'estado|estado del servicio|situación|activo',
  visibility: 'visibilidad|confidencialidad',
  country: 'país|código de país|código del país',
  adm1_pcode: 'departamento|región|provincia|estado federal|código del departamento',
  adm2_pcode: 'municipio|distrito|cantón|comuna|código del municipio',
  place: 'lugar|ciudad|localidad|barrio|pueblo|población',
  address: 'dirección|domicilio|dirección física|calle',
  address_public: 'dirección pública|se puede publicar la dirección',
  lat: 'latitud',
  lon: 'longitud',
  geopoint: 'coordenadas|coordenadas gps|ubicación|geolocalización',
  coverage: 'cobertura|área de cobertura|cobertura geográfica|zona de cobertura',
  phone:
    'teléfono|tel|número de teléfono|teléfono de contacto|número de contacto|celular|móvil|teléfonos|línea telefónica|número telefónico',
  phone_hours: 'horario telefónico|horario de la línea|horario de atención telefónica',
  tollfree: 'línea gratuita|número gratuito|teléfono gratuito',
  whatsapp: 'whatsapp|número de whatsapp',
  sms: 'sms|mensajes de texto',
  email: 'correo|correo electrónico|e mail|email|dirección de correo',
  website: 'sitio web|página web|web|enlace|página',
  hours:
    'horario|horarios|horario de atención|horas de atención|días y horas|días y horarios|horas de apertura|disponibilidad|días de atención|horario de apertura',
  hours_note: 'nota sobre el horario',
  time_zone: 'zona horaria|huso horario',
  languages: 'idiomas|idioma|lenguas|lengua|idiomas hablados',
  interpretation: 'interpretación|intérprete|traducción',
  serves:
    'a quién atiende|población|población objetivo|población atendida|beneficiarios|beneficiarias|grupo objetivo|público|personas atendidas|dirigido a',
  min_age: 'edad mínima|edad desde|desde edad',
  max_age: 'edad máxima|edad hasta|hasta edad',
  nationality: 'nacionalidad|nacionalidades',
  conditions: 'condiciones|requisitos|criterios',
  documents: 'documentos|papeles|documentos requeridos|documentación|documentos necesarios',
  cost: 'costo|coste|precio|tarifa|costos',
  how_to_access: 'acceso|cómo acceder|forma de acceso|modalidad de acceso|ruta de acceso|modalidad',
  referral_needed: 'remisión necesaria|requiere remisión|derivación necesaria',
  accessibility: 'accesibilidad|acceso para personas con discapacidad',
  female_staff: 'personal femenino',
  children_welcome: 'se admiten niños|niños bienvenidos',
  mandatory_reporting: 'denuncia obligatoria|obligación de denunciar',
  gbv_trained: 'capacitado en vbg|formación en vbg|personal capacitado en vbg',
  verified_on:
    'verificado el|fecha de verificación|última actualización|fecha de actualización|actualizado el',
  verified_by: 'verificado por|actualizado por',
  verified_method: 'método de verificación',
  review_by:
    'revisar antes de|revisar antes del|próxima revisión|fecha de revisión|válido hasta|próxima actualización',
  ends_on: 'fecha de fin|fin del proyecto|fecha de cierre|fecha final',
  telegram: 'telegram|usuario de telegram|canal de telegram|cuenta de telegram',
  location_precision:
    'precisión|precisión gps|precisión de la ubicación|precisión de las coordenadas|precisión del lugar',
  documents_text:
    'qué documentos|cuáles documentos|qué papeles|lista de documentos|detalle de los documentos',
  cost_text:
    'detalle del costo|detalles del costo|detalle del precio|detalles del precio|detalle del coste|explicación del costo',
  phone_abroad:
    'teléfono desde el extranjero|teléfono desde el exterior|número desde el extranjero|número desde el exterior|número internacional|teléfono internacional',
  phone_abroad_note:
    'nota sobre el número desde el extranjero|nota sobre el número internacional|nota sobre el teléfono internacional|para qué es el número internacional',
  source_url:
    'página de la fuente|enlace de la fuente|enlace a la fuente|dirección de la fuente|url de la fuente|página fuente|enlace fuente',
  source_on: 'fecha de la fuente|fecha fuente|fecha de la página',
  confidence:
    'confianza|nivel de confianza|grado de confianza|fiabilidad|fiabilidad de la fuente|confiabilidad|confiabilidad de la fuente',
}
