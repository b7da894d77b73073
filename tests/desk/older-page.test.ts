import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildDeskPage } from '../../src/desk/page.ts'
import { PAGE_HEADER } from '../../src/desk/wire.ts'
import { type Someone, startDesk, type Started } from './start-desk.ts'

/** A page from before the server was renewed: typed words still arrive, and all else asks it to load anew. */
const FILES = { html: '', script: '//', style: '', icon: '', words: {} }
const OLDER = { [PAGE_HEADER]: 'of before' }
const OURS = { [PAGE_HEADER]: 'ours' }
const key = () => randomBytes(16).toString('base64url')

let started: Started
let worker: Someone
beforeEach(async () => {
  started = startDesk({ page: async () => ({ ...FILES, build: 'ours' }) })
  worker = await started.someone('caseworker', 'Worker')
})
afterEach(() => started.stop())

/** By hand, as in the wire: what signs in, takes words, shows a sign of life or ends the session. */
const TAKEN = [
  'POST /desk/api/sign-in/passkey/options',
  'POST /desk/api/sign-in/passkey',
  'POST /desk/api/sign-in/password',
  'POST /desk/api/me',
  'POST /desk/api/sign-out',
  'POST /desk/api/me/session/end-all',
  'POST /desk/api/cases/:id/write',
  'POST /desk/api/cases/:id/note',
]

describe('an older page', () => {
  test('is refused every route but those, signed in or not, and nothing was done', async () => {
    await started.server.ready()
    const { cookie } = await started.someone('supervisor')
    const refused: string[] = []
    for (const { method, path } of started.routes) {
      if (path === '/desk/api/events') continue
      const url = path.replace('/desk', '').replace(':id', '12345678')
      for (const by of [undefined, cookie]) {
        const answer = await (method === 'GET'
          ? started.get(url, by, OLDER)
          : started.post(url, {}, by, OLDER))
        const isStale = answer.body === '{"refused":"stale"}' && answer.statusCode === 409
        if (isStale) refused.push(`${method} ${path}`)
        else expect(TAKEN, `${method} ${path}`).toContain(`${method} ${path}`)
      }
    }
    expect(new Set(refused).size).toBe(started.routes.length - 1 - TAKEN.length)
  })

  test('sends its words, in order and once, and hears what is new', async () => {
    const id = started.cases.add({ holder: worker.id })
    const [entry, note] = [key(), key()]
    const write = { after: 0, entry, text: 'words that were typed before' }
    for (const _ of [1, 2]) {
      const answer = await started.post(`/api/cases/${id}/write`, write, worker.cookie, OLDER)
      expect(answer.json()).toMatchObject({ entries: [{ id: entry, seq: 1, text: write.text }] })
    }
    const noted = await started.post(
      `/api/cases/${id}/note`,
      { after: 1, entry: note, text: 'a note' },
      worker.cookie,
      OLDER,
    )
    expect(noted.json()).toMatchObject({ entries: [{ id: note, seq: 2 }] })
    expect((await started.post('/api/me', {}, worker.cookie, OLDER)).statusCode).toBe(200)
  })

  test('does nothing else in a case, and is no way around a role or a session', async () => {
    const id = started.cases.add({ holder: worker.id })
    const closing = await started.post(
      `/api/cases/${id}/close`,
      { after: 0, outcome: 'helped' },
      worker.cookie,
      OLDER,
    )
    expect([closing.statusCode, closing.json()]).toEqual([409, { refused: 'stale' }])
    expect(await started.cases.find(id)).toMatchObject({ holder: worker.id })
    const body = { after: 0, entry: key(), text: 'x' }
    const write = (cookie?: string) => started.post(`/api/cases/${id}/write`, body, cookie, OLDER)
    const auditor = await started.someone('auditor')
    const other = await started.someone('caseworker', 'Other')
    expect([(await write()).statusCode, (await write(auditor.cookie)).statusCode]).toEqual([401, 403])
    expect((await write(other.cookie)).json()).toEqual({ refused: 'notYours' })
  })

  test('ends its session, here and everywhere', async () => {
    expect((await started.post('/api/sign-out', {}, worker.cookie, OLDER)).statusCode).toBe(200)
    expect((await started.get('/api/me', worker.cookie)).statusCode).toBe(401)
    const again = await started.cookieOf(worker.id)
    expect((await started.post('/api/me/session/end-all', {}, again, OLDER)).statusCode).toBe(200)
    expect((await started.get('/api/me', again)).statusCode).toBe(401)
  })
})

describe('whoever is not older', () => {
  test('is answered: our page, and one that says nothing', async () => {
    expect((await started.get('/api/queue', worker.cookie, OURS)).statusCode).toBe(200)
    expect((await started.get('/api/queue', worker.cookie)).statusCode).toBe(200)
  })

  test('is answered while the server has no page yet, or has none that says which it is', async () => {
    const unbuilt = startDesk({ page: () => Promise.reject(new Error('not built')) })
    const { cookie } = await unbuilt.someone('caseworker')
    expect((await unbuilt.get('/api/queue', cookie, OLDER)).statusCode).toBe(200)
    await unbuilt.stop()
    const nameless = startDesk({ page: async () => FILES })
    const somebody = await nameless.someone('caseworker')
    expect((await nameless.get('/api/queue', somebody.cookie, OLDER)).statusCode).toBe(200)
    await nameless.stop()
  })
})

test('the page carries its hash, the same for the same page', async () => {
  const [one, two] = [await buildDeskPage(), await buildDeskPage()]
  expect(one.build).toBe(two.build)
  expect(one.html).toContain(`data-build="${one.build}"`)
  expect(one.build).toMatch(/^[\w-]{16}$/u)
})
