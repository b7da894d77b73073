import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DockerfileParser, type Instruction, type ModifiableInstruction } from 'dockerfile-ast'

/** The Dockerfile, read instruction by instruction. */
const HOUSE = join(import.meta.dirname, '../..')

export interface Step {
  keyword: string
  /** `--chown=1:1` and the like. */
  flags: string[]
  /** The rest, as words; of an exec form its list. */
  words: string[]
  /** Without the flags. */
  raw: string
}
export interface Stage {
  base: string
  name: string | undefined
  steps: Step[]
}

export function stagesIn(dockerfile: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const step = stepOf(instruction)
    if (step.keyword === 'FROM') {
      const [base = '', as, name] = step.words
      if (as !== undefined && as !== 'AS') throw new Error(`not understood: ${step.raw}`)
      stages.push({ base, name, steps: [] })
    } else {
      const stage = stages.at(-1)
      if (stage === undefined) throw new Error('an instruction before the first FROM')
      stage.steps.push(step)
    }
  }
  return stages
}

function stepOf(instruction: Instruction): Step {
  const raw = instruction.getRawArgumentsContent() ?? ''
  const list = raw.match(/(?:^|\s)(\[.*\])$/su)?.[1]
  const words = instruction.getArguments().map((argument) => argument.getValue())
  return {
    keyword: instruction.getKeyword(),
    flags: 'getFlags' in instruction ? (instruction as ModifiableInstruction).getFlags().map(String) : [],
    words: list === undefined ? words : (JSON.parse(list) as string[]),
    raw,
  }
}

export function imageStages(): Stage[] {
  return stagesIn(readFileSync(join(HOUSE, 'deploy/Dockerfile'), 'utf8'))
}

/** What the image sets of the settings. */
export function imageSettings(): Record<string, string> {
  const steps = imageStages().at(-1)?.steps ?? []
  const pairs = steps.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => words)
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]))
}
