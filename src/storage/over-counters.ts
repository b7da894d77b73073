/** Counters are kept until their week or month is over for so long; one whose name ends in neither stays. */
export interface OverBefore {
  /** `2026-W48` */
  week: string
  /** `2026-11` */
  month: string
}

export function isOver(name: string, { week, month }: OverBefore): boolean {
  if (/\.\d{4}-W\d{2}$/u.test(name)) return name.slice(-8) < week
  return /\.\d{4}-\d{2}$/u.test(name) && name.slice(-7) < month
}
