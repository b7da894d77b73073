import type { Format } from './foreign.ts'
import { activityInfo } from './formats/activity-info.ts'
import { hsdsJson } from './formats/hsds/hsds-json.ts'
import { hsdsPackageFormat } from './formats/hsds/hsds-package.ts'
import { signpost } from './formats/signpost.ts'

/** Every foreign format that an import reads, the most particular first. */
export const FORMATS: readonly Format[] = [activityInfo, signpost, hsdsPackageFormat, hsdsJson]
