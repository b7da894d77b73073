import { normalise } from '../../../conversation/understand/tokens.ts'
import { remembered } from './remembered.ts'

/** What people and programs write into a cell that has nothing to say. */
const NOTHING = new Set(
  'null|nil|none|n a|na|not available|not applicable|not known|unknown|nan|undefined|tbd|tbc|no data|aucun|aucune|néant|non applicable|non disponible|non renseigné|s o|ninguno|ninguna|no aplica|no disponible|n d|sin dato|sin datos|لا يوجد|لا شيء|غير متوفر|غير متاح|لا ينطبق|немає|нема|відсутній|відсутня|відсутнє|н д|не застосовується|нет'
    .split('|')
    .map(normalise),
)
const LONGEST = 20
const ANYTHING = /[\p{L}\p{N}]/u

export const isNothing = remembered((cell) => {
  if (!ANYTHING.test(cell)) return true
  return cell.length <= LONGEST && (NOTHING.has(normalise(cell)) || cell === '#N/A' || isFailedFormula(cell))
})

/** A spreadsheet's own word for a formula that failed. */
export function isFailedFormula(cell: string): boolean {
  return /^#(?:REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/u.test(cell)
}
