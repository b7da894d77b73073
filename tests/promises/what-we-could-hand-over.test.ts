import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fieldsOf } from '../../src/cli/disclose/field-names.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { serve } from '../turns/served.ts'
import { disclose, heldIn } from './disclose.ts'
import { CASE, type Person, storesWith } from './held-of-a-person.ts'
import { listedFields } from './listed-fields.ts'

const PROMISES = readFileSync(join(import.meta.dirname, '../../docs/promises.md'), 'utf8')
const TELEGRAM: Person = { channel: 'telegram', address: '7100000071', name: '7100000071' }

async function stores(person: Person = TELEGRAM) {
  const opened = await storesWith(person)
  onTestFinished(() => opened.close())
  return opened
}
const namesOf = (held: ReturnType<typeof heldIn>) =>
  new Set(held.flatMap((one) => fieldsOf(one).map(([name]) => name)))

describe('what is kept of one person', () => {
  it('is what the list in docs/promises.md names, and the list names nothing else', async () => {
    const { folder, environment } = await stores()
    const told = await disclose(folder, environment, 'telegram', '7100000071', '--json')
    expect([...namesOf(heldIn(told))].toSorted()).toEqual(listedFields(PROMISES).toSorted())
  })

  it('is shown beside the process that has the stores open, which is not disturbed', async () => {
    const { folder, environment, conversations, vault, id, keys } = await stores()
    const before = await conversations.load(id)
    const told = await disclose(folder, environment, 'telegram', '7100000071')
    expect(told.status).toBe(0)
    expect(told.stdout).toContain('conversation.page: "health.within72h"')
    expect(told.stdout).toContain('messageId.id: "message-77"')
    expect(told.stdout).toContain('caseEntry.text: "a note about her"')
    expect(await conversations.load(id)).toEqual(before)
    await vault.destroy(keys.case)
    expect(await conversations.compact()).toBe(true)
  })

  it('is nothing after everything of her was erased', async () => {
    const { folder, environment, conversations, cases, remains, vault, id, keys } = await stores()
    await remains.drop('40770013' as CaseId)
    await vault.destroy(keys.case)
    await cases.erase(CASE)
    await vault.destroy(keys.conversation)
    await conversations.erase(id)
    const told = await disclose(folder, environment, 'telegram', '7100000071', '--json')
    expect(heldIn(told)).toEqual([])
  })

  it('is bytes that nobody can read once the key is gone, with the rows still there', async () => {
    const { folder, environment, remains, vault, keys } = await stores()
    await remains.drop('40770013' as CaseId)
    await vault.destroy(keys.case)
    await vault.destroy(keys.conversation)
    const told = await disclose(folder, environment, 'telegram', '7100000071', '--json')
    const held = heldIn(told)
    // The case cannot even be found by her any more.
    expect(held.map(({ kind }) => kind)).toEqual(['conversation', 'waiting', 'messageId', 'seenEvent'])
    for (const { readable } of held) expect(readable).toBeUndefined()
    const inWords = await disclose(folder, environment, 'telegram', '7100000071')
    expect(inWords.stdout).toContain('(its key is gone)')
  })

  it('is found under each of our WhatsApp numbers, by her number or her id', async () => {
    const { folder, environment } = await stores({
      channel: 'whatsapp',
      address: '222|US.1349|491701234567',
      name: '222|US.1349',
    })
    const settings = {
      ...environment,
      WHATSAPP_ACCESS_TOKEN: 'a'.repeat(30),
      WHATSAPP_APP_SECRET: 'a'.repeat(32),
      WHATSAPP_VERIFY_TOKEN: 'v'.repeat(20),
      WHATSAPP_PHONE_NUMBER_ID: '111,222',
    }
    const byId = await disclose(folder, settings, 'whatsapp', 'US.1349', '--json')
    expect(new Set(heldIn(byId).map(({ kind }) => kind)).size).toBe(10)
    const byNumber = await disclose(folder, settings, 'whatsapp', '+49 170 1234567', '--json')
    expect(heldIn(byNumber).map(({ kind }) => kind)).toContain('case')
    const another = await disclose(folder, settings, 'whatsapp', '+49 170 1234568', '--json')
    expect(heldIn(another)).toEqual([])
    const unset = await disclose(folder, environment, 'whatsapp', 'US.1349')
    expect(unset).toMatchObject({ status: 1, stdout: '' })
    expect(unset.stderr).toMatch(/^WHATSAPP_PHONE_NUMBER_ID is not set/u)
  })

  it('is nobody else’s, and writing it wrong is answered with how to use it', async () => {
    const { folder, environment } = await stores()
    const other = await disclose(folder, environment, 'telegram', '7100000072')
    expect(other).toMatchObject({ status: 0, stdout: 'Nothing is kept of this address.\n' })
    for (const args of [
      [],
      ['telegram'],
      ['post', 'x'],
      ['telegram', 'x', 'y'],
      ['telegram', 'x', '--all'],
    ]) {
      const told = await disclose(folder, environment, ...args)
      expect([told.status, told.stdout]).toEqual([1, ''])
      expect(told.stderr).toContain('Usage: npm run -s lantern -- disclose')
    }
  }, 60_000)

  it('makes no key and no file where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-nothing-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const environment = { DATA_DIR: join(folder, 'data'), VAULT_DIR: join(folder, 'vault') }
    const told = await disclose(folder, environment, 'telegram', '1')
    expect(told).toMatchObject({ status: 1, stdout: '' })
    expect(told.stderr).toMatch(/^ROOT_KEY_FILE is not there/u)
  })
})

describe('the whole program', () => {
  it('holds of a person what can be shown while it runs, and nothing after she erased', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-shown-'))
    const telegram = await startFakeTelegram({ clock: { now: () => Date.now() } })
    const settings = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.apiRoot, DESK: 'off' }
    const served = await serve(folder, settings)
    const person = 7_100_000_071
    const environment = { DATA_DIR: join(folder, 'data'), VAULT_DIR: join(folder, 'vault') }
    const answered = (count: number) => telegram.until(() => telegram.callsOf('sendMessage').length >= count)
    for (const [turn, text] of ['hello', 'yes', 'I understand'].entries()) {
      telegram.personWrites(person, text)
      await answered(turn + 1)
    }
    const told = heldIn(await disclose(folder, environment, 'telegram', String(person), '--json'))
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['conversation', 'messageId', 'seenEvent']))
    expect(told[0]?.readable).toMatchObject({ page: 'menu.start', remembers: { language: 'en' } })
    expect(JSON.stringify(told)).not.toContain('I understand')
    for (const name of namesOf(told)) expect(listedFields(PROMISES)).toContain(name)

    telegram.personWrites(person, 'erase')
    await answered(4)
    telegram.personWrites(person, '1')
    await answered(5)
    const after = await disclose(folder, environment, 'telegram', String(person), '--json')
    expect(heldIn(after)).toEqual([])
    await served.kill('SIGTERM')
    await telegram.stop()
    rmSync(folder, { recursive: true })
  }, 90_000)
})
