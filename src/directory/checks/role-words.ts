import { tokens } from '../../conversation/understand/tokens.ts'

/**
 * Words of which roles and organisations are made and persons' names are not, in the languages of sheets that come in. A
 * star stands for any ending. They tell "Case Manager" and "help.desk@" from somebody's name; where none stands, a person
 * must look.
 */
const WORDS: readonly string[] = [
  // English: roles
  'admin*|adviser*|advisor*|advocate*|agent*|analyst*|assistant*|caller|case|caseload|caseworker*|chief|clerk*|consultant*|coordinat*|counsel*|data|deputy|desk|director*|doctor*|enumerator*|field|focal|head|im|info|information|intake|lawyer*|lead|manag*|midwi*|monitor*|nurse*|officer*|operator*|point|protection|psycholog*|reception*|reporting|secretar*|senior|site|social|specialist*|staff|supervisor*|support*|team*|therap*|visit|volunteer*|worker*',
  // English: organisations and what they do
  'aid|agency|alliance|association*|care|center*|centre*|charity|child*|corps|clinic*|cluster|coalition|committee*|commission*|community|contact*|council|crescent|department*|disab*|district|emergency|family|federation|foundation*|free|fund*|gbv|gender|girls|global|government*|group*|health*|help*|hospital*|hotline*|house|human*|ingo|initiative*|institute*|international|la|legal|line|local|médecins|mail|medic*|migrant*|migration|ministry|mission*|mobile|municip*|nations|national|network*|ngo|office*|operations|organi*|partner*|people|phone|police*|post|program*|project*|red|referral*|refugee*|regional|registr*|relief|rescue*|response|rights|room|safe*|save|school*|sector|service*|shelter*|society|state|talk*|trust|union*|unit|united|university|victim*|vision|welcome*|welfare|women*|world|youth',
  // French
  'accueil|action|aide*|animat*|avocat*|bureau*|chargé*|cellule|conseil*|croix|croissant|écoute|équipe*|fondation*|gestion*|infirmi*|juriste*|maison|ministère|ong|psychologue*|réseau|responsable*|rouge|femme*|santé|secours|urgence*|secrétari*',
  // Spanish
  'abogad*|apoyo|asesor*|asociaci*|atenci*|ayuda|casa|comisar*|consejer*|defensor*|encargad*|enfermer*|equipo*|fundaci*|gestor*|hogar|línea|mujer*|oficial*|oficina*|promotor*|psicolog*|red|roja|salud|servicio*|trabajador*|voluntari*',
  // Ukrainian and Russian
  'адміністрат*|администрат*|асоціаці*|ассоциаци*|благодійн*|благотворит*|бюро|відділ*|волонтер*|гаряч*|горяч*|громадськ*|департамент*|директор*|жіноч*|женск*|завідувач*|заступник*|захист*|здоров*|керівник*|команда|координат*|куратор*|лікар*|лінія|линия|менеджер*|міграц*|міністерств*|министерств*|міськ*|мобільн*|національн*|обласн*|організаці*|организаци*|отдел*|офіс*|офис*|офіцер*|офицер*|оператор*|партнер*|поліці*|полици*|помічни*|право*|представни*|працівни*|проект*|проєкт*|психолог*|районн*|руководит*|служба*|служби|совет|соціальн*|социальн*|союз|спеціаліст*|специалист*|співробітни*|сотрудни*|спілка|фахів*|фонд*|хрест|крест|центр*|червон*|красн*|юрист*',
  // Polish, Romanian, Azerbaijani, Hausa, Somali
  'biuro|fundacj*|koordynat*|specjalist*|stowarzysz*|zespół|pracowni*|asistent*|asociați*|centrul|fundați*|echip*|specialist*|birliy*|mərkəz*|koordinator*|mütəxəssis*|şöbə*|jami*|kungiya*|ofishin|xafiis*|xarun*|kooxda',
]

const STEMS = WORDS.flatMap((line) => line.split('|')).map((word) => ({
  stem: tokens(word).join(''),
  isOpen: word.endsWith('*'),
}))
const WHOLE = new Set(STEMS.map(({ stem }) => stem))
const OPEN = Map.groupBy(
  STEMS.filter(({ isOpen }) => isOpen).map(({ stem }) => stem),
  (stem) => stem.slice(0, 3),
)

/** Of one word that is folded already. */
export function isRoleWord(word: string): boolean {
  return WHOLE.has(word) || (OPEN.get(word.slice(0, 3)) ?? []).some((stem) => word.startsWith(stem))
}

/** Any word of a text. */
export function holdsRole(text: string): boolean {
  return tokens(text).some(isRoleWord)
}

/** "womencentrekyiv" is made of several; short words are found in any name by chance. */
const SHORTEST_INSIDE = 5
const INSIDE = STEMS.map(({ stem }) => stem).filter((stem) => stem.length >= SHORTEST_INSIDE)

export function holdsRoleWord(word: string): boolean {
  return isRoleWord(word) || INSIDE.some((stem) => word.includes(stem))
}
