import { describe, expect, it } from 'vitest'
import { createFence } from '../../src/turns/leaving/fence.ts'

/** What keeps everything in after an exit or a wipe. */

const later = () => Promise.withResolvers<void>()
/** Lets everything run that does not wait for anything. */
const moment = () => new Promise<void>((resolve) => void setImmediate(resolve))

async function isOver(work: Promise<unknown>): Promise<boolean> {
  let over = false
  void work.finally(() => {
    over = true
  })
  await moment()
  return over
}

describe('a raised fence', () => {
  it('cancels what was taken before it, of this conversation alone', () => {
    const fence = createFence()
    const before = fence.count()
    expect(fence.raisedSince('a', before)).toBe(false)
    fence.raise('a')
    expect(fence.raisedSince('a', before)).toBe(true)
    expect(fence.raisedSince('b', before)).toBe(false)
    expect(fence.raisedSince('a', fence.count())).toBe(false)
    fence.raise('b')
    expect(fence.count()).toBe(before + 2)
    expect(fence.raisedSince('a', before + 1)).toBe(false)
  })

  it('is remembered for 10,000 conversations, those that were left last', () => {
    const fence = createFence()
    const before = fence.count()
    fence.raise('first')
    fence.raise('second')
    fence.raise('first')
    for (let n = 0; n < 9_998; n += 1) fence.raise(`other-${n}`)
    expect([fence.raisedSince('first', before), fence.raisedSince('second', before)]).toEqual([true, true])
    fence.raise('one more')
    expect([fence.raisedSince('first', before), fence.raisedSince('second', before)]).toEqual([true, false])
  })
})

describe('a held conversation', () => {
  it('has something in its way until every hold is let go, and others have not', async () => {
    const fence = createFence()
    const [one, two] = [fence.hold('a'), fence.hold('a')]
    expect(fence.inTheWay('b')).toBeUndefined()
    const inTheWay = fence.inTheWay('a')
    expect(await isOver(inTheWay ?? Promise.resolve())).toBe(false)
    one()
    expect(await isOver(inTheWay ?? Promise.resolve())).toBe(true)
    expect(fence.inTheWay('a')).toBeDefined()
    two()
    two()
    expect(fence.inTheWay('a')).toBeUndefined()
  })
})

describe('a message on its way out', () => {
  it('is in the way of the next one of its conversation until it is out, and gives its answer', async () => {
    const fence = createFence()
    const { promise, resolve } = later()
    const sent = fence.sending('a', async () => {
      await promise
      return 'taken'
    })
    const inTheWay = fence.inTheWay('a')
    expect([inTheWay === undefined, fence.inTheWay('b')]).toEqual([false, undefined])
    expect(await isOver(inTheWay ?? Promise.resolve())).toBe(false)
    resolve()
    expect(await sent).toBe('taken')
    expect(fence.inTheWay('a')).toBeUndefined()
    expect(await isOver(inTheWay ?? later().promise)).toBe(true)
  })

  it('that fails rejects for whoever sent it and for nobody else, and frees the way', async () => {
    const fence = createFence()
    const { promise, reject } = later()
    const sent = fence.sending('a', () => promise)
    const [inTheWay, quiet] = [fence.inTheWay('a'), fence.quiet('a')]
    reject(new Error('down'))
    await expect(sent).rejects.toThrow('down')
    await expect(inTheWay).resolves.toBeUndefined()
    await expect(quiet).resolves.toBeUndefined()
    expect(fence.inTheWay('a')).toBeUndefined()
  })

  it('is waited for, with those that begin meanwhile, and holds do not count', async () => {
    const fence = createFence()
    const [one, two] = [later(), later()]
    const sends = [fence.sending('a', () => one.promise), fence.sending('a', () => two.promise)]
    const release = fence.hold('a')
    const quiet = fence.quiet('a')
    expect(await isOver(fence.quiet('b'))).toBe(true)
    one.resolve()
    expect(await isOver(quiet)).toBe(false)
    two.resolve()
    expect(await isOver(quiet)).toBe(true)
    await Promise.all(sends)
    release()
  })

  it('comes after a hold: what holds is what stands in the way', async () => {
    const fence = createFence()
    const { promise, resolve } = later()
    const sent = fence.sending('a', () => promise)
    const release = fence.hold('a')
    const inTheWay = fence.inTheWay('a') ?? Promise.resolve()
    resolve()
    await sent
    expect(await isOver(inTheWay)).toBe(false)
    release()
    expect(await isOver(inTheWay)).toBe(true)
  })
})
