import type { ChannelName, Channel } from '../../channels/channel.ts'
import { type Buckets, createBuckets } from '../../operations/buckets.ts'
import type { Clock } from '../../operations/environment.ts'
import type { DueParcel } from '../written/records.ts'

/** Keeps the courier to the pace of each platform, person by person. Known to this process only. */
export interface Paces {
  /** In how many milliseconds the platform will take one more message of this conversation; 0 for now. */
  wait(id: string, parcel: DueParcel, urgent: boolean): number
}

export function createPaces(clock: Clock, channels: ReadonlyMap<ChannelName, Channel>): Paces {
  const known = new Map<ChannelName, Buckets>()

  function bucketsOf(name: ChannelName): Buckets | undefined {
    const pace = channels.get(name)?.pace
    if (pace === undefined) return undefined
    const buckets = known.get(name) ?? createBuckets(clock, pace)
    known.set(name, buckets)
    return buckets
  }

  return {
    wait(id, parcel, urgent) {
      const buckets = bucketsOf(parcel.channel)
      if (buckets === undefined) return 0
      if (!urgent) return buckets.take(id)
      buckets.force(id)
      return 0
    },
  }
}
