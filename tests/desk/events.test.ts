import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { IDLE_MS } from '../../src/desk/server/auth/sessions.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { type Line, listen as listenAt, told } from './listen.ts'
import { cookieIn, ORIGIN, type Someone, startDesk, type Started } from './start-desk.ts'

/** Over a real socket: what a page that listens is told, and when the line ends. */
let started: Started
let worker: Someone
const streams: Line[] = []
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  started = startDesk()
  worker = await started.someone('caseworker', 'Worker')
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await started.stop()
  vi.useRealTimers()
})

async function listen(cookie: string, last?: string): Promise<Line> {
  const line = await listenAt(started, cookie, last)
  streams.push(line)
  return line
}

describe('the line of events', () => {
  test('says which case changed to its holder, and to others only that the queue did', async () => {
    const other = await started.someone('caseworker', 'Other')
    const auditor = await started.someone('auditor', 'Auditor')
    const [mine, theirs, unrelated] = [
      await listen(worker.cookie),
      await listen(other.cookie),
      await listen(auditor.cookie),
    ]
    expect(mine.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(mine.response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const id = started.cases.add({ holder: worker.id })
    started.cases.say(id, 'words that no event carries')
    expect(told(await mine.until('"queue"')).slice(0, 2)).toEqual([{ kind: 'case', id }, { kind: 'queue' }])
    await theirs.until('"queue"')
    expect(theirs.text()).not.toContain(id)
    started.desk.alarm(id, 'unanswered')
    expect(await mine.until('alarm')).not.toContain('words')
    expect(unrelated.text()).not.toContain('data:')
  })

  test('tells whoever had the case open that it is withdrawn', async () => {
    const id = started.cases.add({ holder: worker.id })
    await started.get(`/api/cases/${id}`, worker.cookie)
    const line = await listen(worker.cookie)
    started.cases.remove(id)
    expect(told(await line.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id })
  })

  test('tells them so too when it was found gone before anybody said why', async () => {
    const id = started.cases.add({ holder: worker.id })
    await started.get(`/api/cases/${id}`, worker.cookie)
    const line = await listen(worker.cookie)
    await started.cases.close(id, worker.id, 'ended')
    expect(told(await line.until('lost'))).toContainEqual({ kind: 'lost', id })
    started.cases.remove(id)
    expect(told(await line.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id })
  })

  test('a page that comes back gets what it missed, and after too long a time is told to ask anew', async () => {
    const first = await listen(worker.cookie)
    const id = started.cases.add({ holder: worker.id })
    await first.until('"queue"')
    const lastId = first.lastId()
    started.desk.alarm(id, 'released')
    const again = await listen(worker.cookie, lastId)
    expect(told(await again.until('alarm'))).toEqual([{ kind: 'alarm', id, why: 'released' }])
    const alarm = { kind: 'alarm', id, why: 'released' }
    const stale = await listen(worker.cookie, '1')
    expect(told(await stale.until('"me"'))).toEqual([alarm, { kind: 'queue' }, { kind: 'me' }])
    started.clock.pass(60_000)
    const late = await listen(worker.cookie, '1')
    expect(told(await late.until('"me"'))).toEqual([{ kind: 'queue' }, { kind: 'me' }])
  })

  test('ends with the sign-out and with the disabling of its account', async () => {
    const line = await listen(worker.cookie)
    await started.post('/api/sign-out', {}, worker.cookie)
    expect(await line.ended()).toBe(true)
    const cookie = await started.cookieOf(worker.id)
    const second = await listen(cookie)
    const { cookie: admin } = await started.someone('administrator')
    await started.post(`/api/accounts/${worker.id}/disable`, {}, admin)
    expect(await second.ended()).toBe(true)
    expect((await started.get('/api/events', cookie)).statusCode).toBe(401)
  })

  test('ends within half a minute when another process disabled the account, and carries nothing meanwhile', async () => {
    const [quiet, busy] = [await listen(worker.cookie), await listen(worker.cookie)]
    const command = openSqliteAccounts(started.folder)
    await command.change(worker.id, { disabled: true })
    await command.close()
    started.cases.add({ holder: worker.id })
    expect(await busy.ended()).toBe(true)
    expect(busy.text()).not.toContain('data:')
    vi.advanceTimersByTime(30_000)
    expect(await quiet.ended()).toBe(true)
  })

  test('does not keep a session alive, and ends when it is over', async () => {
    const line = await listen(worker.cookie)
    started.clock.pass(IDLE_MS)
    vi.advanceTimersByTime(30_000)
    expect(await line.ended()).toBe(true)
  })

  test('goes on over a fresh touch, and ends with the session that it became', async () => {
    const device = createAuthenticator(ORIGIN)
    const { token } = await started.staff.invite({ purpose: 'invite', role: 'caseworker', name: 'Amina' })
    const optionsAt = async (path: string, body: object, cookie?: string) =>
      (await started.post(path, body, cookie)).json<{ options: unknown }>().options
    const made = device.make(await optionsAt('/api/invite/accept/passkey/options', { token }))
    const before = cookieIn(await started.post('/api/invite/accept/passkey', { token, response: made }))
    const line = await listen(before)
    const response = device.touch(await optionsAt('/api/again/passkey/options', {}, before))
    const after = cookieIn(await started.post('/api/again/passkey', { response }, before))
    started.desk.alarm('12345678', 'unanswered')
    expect(await line.until('alarm')).toContain('12345678')
    await started.post('/api/sign-out', {}, after)
    expect(await line.ended()).toBe(true)
  })

  test('shows a sign of life', async () => {
    const line = await listen(worker.cookie)
    vi.advanceTimersByTime(15_000)
    expect(await line.until('still here')).toContain(': still here')
  })

  test('a reader who tries to open ever more of them keeps six', async () => {
    const first = await listen(worker.cookie)
    for (let at = 0; at < 6; at += 1) await listen(worker.cookie)
    expect(await first.ended()).toBe(true)
  })

  test('says to colleagues that somebody broke the glass', async () => {
    const supervisor = await started.someone('supervisor', 'One')
    const second = await started.someone('supervisor', 'Two')
    const [holder, colleague] = [await listen(worker.cookie), await listen(second.cookie)]
    const id = started.cases.add({ holder: worker.id })
    await started.post(`/api/cases/${id}/break-glass`, { reason: 'absence' }, supervisor.cookie)
    for (const line of [holder, colleague])
      expect(told(await line.until('glass'))).toContainEqual(
        expect.objectContaining({ kind: 'glass', id, by: supervisor.id }),
      )
  })
})
