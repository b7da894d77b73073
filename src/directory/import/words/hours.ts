/** Words of opening hours in five languages (and Russian, which sheets from Ukraine and Moldova hold), separated by bars. */
export const DAY_NAMES: readonly string[] = [
  'monday|mondays|mon|mo|m0n|lundi|lundis|lun|lu|lunes|الاثنين|الإثنين|اثنين|إثنين|الأثنين|понеділок|понеділка|понеділках|пн|понедельник|понедельника',
  'tuesday|tuesdays|tues|tue|tu|mardi|mardis|mar|martes|الثلاثاء|ثلاثاء|الثلاثا|вівторок|вівторка|вт|вторник|вторника',
  'wednesday|wednesdays|weds|wed|we|mercredi|mercredis|mer|miércoles|mié|mie|الأربعاء|اربعاء|أربعاء|الاربعا|середа|середи|середу|ср|среда|среды|среду',
  'thursday|thursdays|thurs|thur|thu|th|jeudi|jeudis|jeu|jueves|jue|الخميس|خميس|четвер|четверга|чт|четверг',
  'friday|fridays|fri|fr|vendredi|vendredis|ven|viernes|vie|الجمعة|جمعة|п’ятниця|п’ятниці|п’ятницю|пт|пятница|пятницы|пятницу',
  'saturday|saturdays|sat|sa|samedi|samedis|sam|sábado|sábados|sab|السبت|سبت|субота|суботи|суботу|сб|суббота|субботы|субботу',
  'sunday|sundays|sun|su|dimanche|dimanches|dim|domingo|domingos|dom|الأحد|الاحد|أحد|неділя|неділі|неділю|нд|воскресенье|воскресенья|вс',
]

export const HOUR_WORDS = {
  /** Seven days. */
  everyDay:
    '7 j 7|daily|every day|everyday|all days|all week|7 days|7 days a week|7 days per week|seven days a week|7 7|7j 7|7 jours sur 7|7j sur 7|tous les jours|chaque jour|quotidien|quotidiennement|todos los días|cada día|a diario|diario|diariamente|toda la semana|يوميا|كل يوم|كل الأيام|كل أيام الأسبوع|طوال أيام الأسبوع|جميع أيام الأسبوع|щодня|щоденно|кожного дня|без вихідних|ежедневно',
  always:
    '24h 24 et 7 j 7|24h 24 7 j 7|24 7|24h 7|24 hours|24h|24 h|24hrs|24 hrs|24 hours a day|24hours|24 24|24h 24|24h sur 24|24 heures sur 24|24 sur 24|24 heures|24 horas|24 hours 7 days|24 hours 7 days a week|24 hours a day 7 days a week|24h 24 7j 7|24 24 7 7|24h 24 et 7j 7|24 heures sur 24 et 7 jours sur 7|24h 7j|24 7 365|24x7|always|always open|round the clock|around the clock|day and night|at any time|any time|anytime|toujours|toujours ouvert|en permanence|jour et nuit|en continu|siempre|siempre abierto|a toda hora|las 24 horas|24 horas al día|24 horas del día|día y noche|24 ساعة|على مدار الساعة|طوال الوقت|24 ساعة يوميا|على مدار 24 ساعة|دائما|دائما مفتوح|ليلا ونهارا|24 ساعة 7 أيام|цілодобово|24 години|24 год|24 години на добу|завжди|круглосуточно|постійно|цілодобово без вихідних',
  weekdays:
    'weekdays|week days|jours de semaine|jours ouvrables|en semaine|entre semana|días de semana|días laborables|días hábiles|будні|у будні|в будні|робочі дні|по буднях|будні дні',
  range:
    '-|to|till|until|through|thru|au|à|jusqu|jusqu à|jusqu au|jusque|al|a|hasta|hasta las|a las|إلى|الى|حتى|حتى الساعة|إلى الساعة|ل|до|по',
  and: ',|and|&|+|et|y|e|та|і|й|و|puis|luego|también|also|ثم',
  off: 'off|closed|close|fermé|fermée|fermeture|cerrado|cerrada|مغلق|مغلقة|عطلة|إجازة|вихідний|вихідні|зачинено|закрито|не працює|выходной',
  except: 'except|excluding|but not|sauf|excepté|excepto|salvo|menos|ما عدا|باستثناء|عدا|крім|окрім|кроме',
  holidays:
    'public holidays|public holiday|holidays|holiday|bank holidays|bank holiday|ph|official holidays|jours fériés|jour férié|fériés|les jours fériés|festivos|días festivos|feriados|días feriados|festivo|العطل الرسمية|العطل|أيام العطل|العطلات الرسمية|الأعياد|свята|святкові дні|святкові|державні свята|праздники',
  am: 'am|a m|in the morning|du matin|de la mañana|صباحا|ص|الصبح|ранку',
  pm: 'pm|p m|m|in the afternoon|in the evening|de l après midi|du soir|de la tarde|de la noche|مساء|م|بعد الظهر|ظهرا|عصرا|вечора|дня',
  noon: 'noon|midday|midi|mediodía|الظهر|полудень|опівдні',
  midnight: 'midnight|minuit|medianoche|منتصف الليل|північ|опівночі',
  /** Say nothing about when. */
  nothing:
    'from|open|opened|on|at|the|hours|hour|hrs|h|hs|time|times|working|opening|o clock|between|days|day|de|du|des|le|les|la|las|los|el|entre|ouvert|ouverte|heures|heure|horaires|abierto|abierta|horario|horas|hora|días|desde|من|الساعة|ساعة|ساعات|يوم|أيام|أوقات|العمل|الدوام|مفتوح|بين|з|із|від|о|год|година|години|годин|роб|працює|працюємо|графік|с|часов|ч|у|в|por|jours|jour|d|l',
} as const

/** Words of columns that hold one day, or one end of it. */
export const HOURS_COLUMN_WORDS = {
  from: 'open|opens|opening|start|starts|begins|ouverture|d’ouverture|ouvre|début|apertura|abre|inicio|فتح|الفتح|الافتتاح|افتتاح|بداية|البداية|البدء|відкриття|відкривається|початок',
  to: 'close|closes|closing|end|ends|fermeture|ferme|fin|cierre|cierra|إغلاق|الإغلاق|اغلاق|نهاية|النهاية|الانتهاء|закриття|закривається|кінець',
  behindFrom: 'from|de|desde|من|з|від',
  behindTo: 'to|till|until|à|hasta|إلى|حتى|до',
  /** "Monday opening hours" is both ends, "Monday opening hour" one. */
  both: 'hours|times|horaires|heures|horario|horarios|horas|ساعات|أوقات|години|графік',
  everyFrom:
    "opening time|opening hour|open time|opens at|opens|open from|time open|heure d'ouverture|ouvre à|heure de début|hora de apertura|hora de inicio|abre a las|وقت الفتح|ساعة الفتح|وقت الافتتاح|وقت البدء|час відкриття|година відкриття|початок роботи|час початку",
  everyTo:
    'closing time|closing hour|close time|closes at|closes|open until|time closed|heure de fermeture|ferme à|heure de fin|hora de cierre|hora de fin|cierra a las|وقت الإغلاق|ساعة الإغلاق|وقت الانتهاء|час закриття|година закриття|кінець роботи|час завершення',
  /** A group of a form under which a day is one on which the service is open. */
  group:
    '^(?!.*(?:phone|tel|hotline|line|distribution|outreach|mobile)).*(?:hour|open|time|schedule|day|working|horair|jour|ouvert|horari|dia|ساع|ايام|دوام|اوقات|годин|дні|днів|графік|розклад)',
} as const
