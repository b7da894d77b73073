import { WORDS } from '../webhook/dialogue.ts'

/** Turns of the dialogue, one person after the other, for each second of processor time of this process and its threads. */
const WARM_PEOPLE = 4_000
const PEOPLE = 1_500

export async function turnsPerCoreSecond(
  turn: (person: string, text: string) => Promise<void>,
): Promise<number> {
  let people = 0
  async function talk(many: number): Promise<void> {
    for (let n = 0; n < many; n += 1) {
      people += 1
      for (const word of WORDS) await turn(String(people), word)
    }
  }
  await talk(WARM_PEOPLE)
  const before = process.cpuUsage()
  await talk(PEOPLE)
  const { user, system } = process.cpuUsage(before)
  return (PEOPLE * WORDS.length) / ((user + system) / 1e6)
}
