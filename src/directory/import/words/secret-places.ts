/**
 * How texts of a directory speak of a place that must stay secret, in the languages of the chat and some of the countries
 * that packs are of. Folded like headings; a star stands for any ending. A word too many makes somebody look twice, one
 * too few may show where people hide.
 */
export const SECRET_PLACES: readonly string[] = [
  // English
  'shelter*|safe house*|safehouse*|safe home*|safe haven|refuge|refuges|refuge house|womens house|crisis house*|crisis room*',
  // French
  'foyer|foyers|abri|abris|refuge d’urgence|maison sûre|maisons sûres|maison d’accueil|maison d’hébergement|centre d’hébergement|hébergement sûr|hébergement d’urgence|mise à l’abri',
  // Spanish
  'refugio|refugios|albergue*|casa de acogida|casas de acogida|casa refugio|casas refugio|casa hogar|casa segura|casas seguras|casa de la mujer',
  // Arabic
  'مأوى|المأوى|للمأوى|بالمأوى|ومأوى|مآوي|ملجأ|الملجأ|للملجأ|إيواء|الإيواء|للإيواء|بالإيواء|بيت آمن|بيوت آمنة|البيت الآمن|البيوت الآمنة|منزل آمن|منازل آمنة|دار حماية|دور حماية|دار الأمان',
  // Ukrainian and Russian
  'притулок|притулк*|шелтер*|прихист*|кризова кімната|кризову кімнату|кризовій кімнаті|кризові кімнати|безпечне житло|безпечний дім',
  'приют|приют*|убежищ*|кризисная квартира|кризисный центр|кризисного центра|безопасное жильё|безопасный дом',
  // Azerbaijani, Bangla, Hausa, Somali, Polish, Romanian
  'sığınacaq*|sığınacağ*',
  'আশ্রয়কেন্দ্র*|আশ্রয় কেন্দ্র*|আশ্রয়স্থল*|নিরাপদ আশ্রয়*|শেল্টার*',
  'mafaka*|gidan mafaka',
  'guri badbaado|guriga badbaadada|hoyga badbaadada|hoy badbaado',
  'schronisk*|dom dla ofiar',
  'adăpost*',
]
