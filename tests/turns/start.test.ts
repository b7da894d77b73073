import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { serve } from './served.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-start-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the program', () => {
  it('prints one line, the address, and ends with 0 when it is told to stop', async () => {
    const served = await serve(folder, { DESK: 'off' })
    expect(served.output()).toBe(`${served.address}\n`)
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u)
    const page = await fetch(served.address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<html')
    await served.kill('SIGTERM')
    expect(served.process.exitCode).toBe(0)
  })

  it('tells the way to the first account of the desk beside it, while there is none', async () => {
    const served = await serve(folder)
    expect(served.output()).toMatch(
      /^The desk has no account yet\. First administrator: http:\/\/localhost:\d+\/desk\/#invite=\S+$/mu,
    )
    await served.kill('SIGTERM')
    expect(served.process.exitCode).toBe(0)
  })
})

/** `serve` rejects only when the process has ended, so each of these also shows that nothing keeps it alive. */
describe('a start that cannot succeed ends with 1 and one line', () => {
  const ended = (line: string) => new RegExp(`^it ended with 1: ${line}[^\\n]*\\n$`, 'u')

  it('when another program has the port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = other.address()
    const port = typeof taken === 'object' && taken !== null ? String(taken.port) : ''
    await expect(serve(folder, { PORT: port })).rejects.toThrow(ended(`PORT ${port} is used`))
    other.close()
  })

  it('when the folder for the data cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '')
    const settings = { DATA_DIR: join(folder, 'file', 'data') }
    await expect(serve(folder, settings)).rejects.toThrow(ended('DATA_DIR names a folder'))
  })

  it('when another process has the vault', async () => {
    const served = await serve(folder)
    await expect(serve(folder)).rejects.toThrow(ended('DATA_DIR or VAULT_DIR: '))
    await served.kill('SIGTERM')
  })

  it('when the folder of the vault or of the data is empty and the other is not, as when it is not mounted', async () => {
    const served = await serve(folder, { DESK: 'off' })
    const phone = { 'x-phone': `whatsapp/${'a'.repeat(22)}`, 'sec-fetch-site': 'same-origin' }
    const body = JSON.stringify({ tag: 'b'.repeat(22), content: { kind: 'text', text: 'hello' } })
    const headers = { ...phone, 'content-type': 'application/json' }
    const url = `${served.address}/simulator/api/write`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    await served.kill('SIGTERM')
    const elsewhere = join(folder, 'elsewhere')
    await expect(serve(folder, { VAULT_DIR: elsewhere })).rejects.toThrow(ended('VAULT_DIR holds no vault'))
    await expect(serve(folder, { DATA_DIR: elsewhere })).rejects.toThrow(ended('DATA_DIR holds no data'))
    const again = await serve(folder, { DESK: 'off' })
    const kept = await fetch(`${again.address}/simulator/api/kept`, { headers: phone })
    expect(((await kept.json()) as { kept?: unknown }).kept).toBeDefined()
    await again.kill('SIGTERM')
  }, 90_000)

  it('when .env is there and cannot be read', async () => {
    mkdirSync(join(folder, '.env'))
    await expect(serve(folder)).rejects.toThrow(ended('\\.env cannot be read'))
  })

  it('when .env says something else in production than what starts the program: it would not be obeyed', async () => {
    writeFileSync(join(folder, '.env'), 'BACKUP_ROOTS=/var\nPACKS=demo\nTELEGRAM_BOT_TOKEN=\n')
    const line = 'BACKUP_ROOTS in \\.env is not obeyed'
    const above = { NODE_ENV: 'production', BACKUP_ROOTS: '/srv', PACKS: 'demo', TELEGRAM_BOT_TOKEN: ' ' }
    await expect(serve(folder, above)).rejects.toThrow(ended(line))
  })

  it('when Telegram refuses the token, which it does not print', async () => {
    const telegram = await startFakeTelegram({ clock: { now: () => Date.now() } })
    const token = `99999:${'x'.repeat(35)}`
    const settings = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: telegram.apiRoot }
    const failure = await serve(folder, settings).catch((error: unknown) => error)
    expect(String(failure)).toContain('it ended with 1')
    expect(String(failure)).toContain('Telegram refuses TELEGRAM_BOT_TOKEN')
    expect(String(failure)).not.toContain(token)
    await telegram.stop()
  })
})
