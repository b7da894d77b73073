import {
  createPlatforms as createReal,
  type PlatformParts,
  type Platforms,
} from '../../../src/main/platforms.ts'
import { watched } from './reach.ts'

/** The channels, with points around what leaves. They never reject, whatever happens; they only die. */
export async function createPlatforms(parts: PlatformParts): Promise<Platforms> {
  const real = await createReal(parts)
  return {
    ...real,
    channels: real.channels.map((channel) => watched(channel.name, channel, ['send', 'forget'], ['kill'])),
  }
}
