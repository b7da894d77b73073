/**
 * How texts of a directory speak of a place that must stay secret, in the languages of the chat and some of the countries
 * that packs are of. Folded like headings; a star stands for any ending. The words for the category shelter count too and
 * need no line here. A word too many makes somebody look twice, one too few may show where people hide.
 */
export const SECRET_PLACES: readonly string[] = [
  // English
  'shelter*|safe house*|safehouse*|safe home*|safe haven|refuge|refuges|refuge house|womens house|womens home*|home for women|homes for women|halfway house*|crisis house*|crisis home*|crisis room*|crisis center*|crisis centre*|transit house*|transit home*|transitional house*|transitional home*|transitional housing|temporary housing|emergency housing|accommodation*|accomodation*|lodging*|hostel*|dormitor*|sleep here|sleeping place*|place to sleep|somewhere to sleep|sleep over|spend the night*|place to stay|somewhere to stay|can stay here',
  // French
  'foyer|foyers|abri|abris|refuge d’urgence|maison sûre|maisons sûres|maison d’accueil|maison d’hébergement|maison de transit|maisons de transit|centre d’hébergement|centre de crise|centres de crise|héberge*|mise à l’abri|passer la nuit|dormir ici',
  // Spanish
  'refugio|refugios|albergue*|alojamiento*|hospedaje*|casa de acogida|casas de acogida|casa refugio|casas refugio|casa hogar|casa segura|casas seguras|casa de la mujer|casa de tránsito|casas de tránsito|casa de paso|centro de crisis|centros de crisis|dormir aquí|pasar la noche',
  // Arabic
  'مأوى|المأوى|للمأوى|بالمأوى|ومأوى|مآوي|ملجأ|الملجأ|للملجأ|إيواء|الإيواء|للإيواء|بالإيواء|بيت آمن|بيوت آمنة|البيت الآمن|البيوت الآمنة|منزل آمن|منازل آمنة|سكن آمن|دار حماية|دور حماية|دار الأمان|سكن مؤقت|السكن المؤقت|سكن طارئ|دار عبور|بيت عبور|بيت انتقالي|مركز أزمات|مركز الأزمات|مبيت|المبيت|للمبيت|مكان للنوم',
  // Ukrainian and Russian
  'притулок|притулк*|шелтер*|прихист*|кризов* кімнат*|кризов* центр*|кризов* квартир*|безпечн* житл*|безпечн* дім|безпечн* дом*|тимчасов* житл*|місц* тимчасов* проживан*|транзитн* будин*|транзитн* дім|транзитн* центр*|ночівл*|ночліг*|ночува*|переночува*',
  'приют|приют*|убежищ*|кризисн* квартир*|кризисн* центр*|кризисн* комнат*|безопасн* жил*|безопасн* дом*|временн* жил*|мест* временн* проживан*|пункт* временн*|транзитн* дом*|транзитн* центр*|ночлег*|ночева*|ночёвк*|переночева*',
  // Azerbaijani, Bangla, Hausa, Somali, Polish, Romanian
  'sığınacaq*|sığınacağ*|böhran mərkəz*|gecələmə*|gecələyə*',
  'আশ্রয়কেন্দ্র*|আশ্রয় কেন্দ্র*|আশ্রয়স্থল*|নিরাপদ আশ্রয়*|শেল্টার*|ক্রাইসিস সেন্টার*|আবাসন*|রাত্রিযাপন*|রাত যাপন*',
  'mafaka*|gidan mafaka|masauki|masaukin*|wurin kwana',
  'guri badbaado|guriga badbaadada|hoyga badbaadada|hoy badbaado|hoy ku meel gaar*',
  'schronisk*|schronieni*|dom dla ofiar|hostel*|nocleg*|zakwaterowan*|centrum kryzysow*',
  'adăpost*|cazare|cazarea|cazări|găzduire*|centru de criză|centrul de criză|casă de tranzit|casa de tranzit|înnopta*',
]

/**
 * How texts say that people stay the night. A hospital says it too, and whoever hands out beds and blankets: it counts
 * where a service is neither.
 */
export const NIGHT_PLACES: readonly string[] = [
  'beds|bed space*|bedroom*|bed nights|overnight*|over night|can sleep',
  'lits|nuitée*|chambres|peuvent dormir',
  'camas|literas|pernocta*|habitaciones|dormitorios|pueden dormir',
  'سرير|سريرا|أسرة للنوم|غرف نوم|غرف للنوم',
  'ліжка|ліжок|ліжко місц*|ліжкомісц*|койк*|кровати|кроватей|спальн* мест*|спальн* місц*',
  'çarpayı*|yataq yer*',
  'শয্যা*|বিছানা*',
  'gadaje|sariiro*|łóżka|łóżek|miejsc do spania|paturi|locuri de dormit',
]
