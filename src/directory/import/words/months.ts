/** January to December in five languages, in the forms that dates have; both Arabic namings. */
export const MONTHS: readonly string[] = [
  'january|jan|janvier|janv|enero|ene|يناير|كانون الثاني|جانفي|січня|січень|січ|января|январь',
  'february|feb|février|févr|fév|febrero|فبراير|شباط|فيفري|лютого|лютий|лют|февраля|февраль',
  'march|mar|mars|marzo|مارس|آذار|березня|березень|бер|марта|март',
  'april|apr|avril|avr|abril|abr|أبريل|ابريل|نيسان|أفريل|квітня|квітень|кві|апреля|апрель',
  'may|mai|mayo|مايو|أيار|ماي|травня|травень|тра|мая|май',
  'june|jun|juin|junio|يونيو|حزيران|جوان|червня|червень|чер|июня|июнь',
  'july|jul|juillet|juil|julio|يوليو|تموز|جويلية|липня|липень|лип|июля|июль',
  'august|aug|août|agosto|ago|أغسطس|اغسطس|آب|أوت|серпня|серпень|сер|августа|август',
  'september|sep|sept|septembre|septiembre|setiembre|سبتمبر|أيلول|вересня|вересень|вер|сентября|сентябрь',
  'october|oct|octobre|octubre|أكتوبر|اكتوبر|تشرين الأول|жовтня|жовтень|жов|октября|октябрь',
  'november|nov|novembre|noviembre|نوفمبر|تشرين الثاني|листопада|листопад|лис|ноября|ноябрь',
  'december|dec|décembre|déc|diciembre|dic|ديسمبر|كانون الأول|грудня|грудень|гру|декабря|декабрь',
]
