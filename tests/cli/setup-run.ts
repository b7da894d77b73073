import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { HOUSE } from '../../src/cli/house.ts'
import type { Environment } from '../../src/operations/environment.ts'
import { startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { startFakeWhatsApp } from '../fakes/whatsapp/fake-whatsapp.ts'

const AS_A_TERMINAL = pathToFileURL(join(import.meta.dirname, 'as-a-terminal.js')).href

/** Both platforms, a Lantern that answers Meta's question, and the real command line in a process of its own. */
export const clock: Environment['clock'] = { now: () => Date.now() }

export const PLANTED = {
  webhookSecret: 'planted_webhook_secret_0001',
  appSecret: 'aaaabbbbccccddddeeeeffff00001111',
  verifyToken: 'planted_verify_token_0002',
} as const

export async function startPlatforms() {
  const door = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const right = query.get('hub.verify_token') === PLANTED.verifyToken
    response.writeHead(right ? 200 : 403).end(right ? query.get('hub.challenge') : '')
  })
  await new Promise<void>((resolve) => {
    door.listen(0, '127.0.0.1', resolve)
  })
  const address = door.address()
  const publicUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const telegram = await startFakeTelegram({ clock })
  const whatsapp = await startFakeWhatsApp({
    clock,
    webhook: 'http://127.0.0.1:9/nowhere',
    appSecret: PLANTED.appSecret,
    verifyToken: PLANTED.verifyToken,
    numbers: ['111222333'],
  })
  whatsapp.setup.subscribed = false
  const folder = mkdtempSync(join(tmpdir(), 'lantern-setup-'))
  return {
    publicUrl,
    telegram,
    whatsapp,
    ofTelegram: {
      PUBLIC_URL: publicUrl,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_URL: telegram.apiRoot,
      TELEGRAM_WEBHOOK_SECRET: PLANTED.webhookSecret,
    },
    ofWhatsapp: {
      PUBLIC_URL: publicUrl,
      WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
      WHATSAPP_APP_SECRET: PLANTED.appSecret,
      WHATSAPP_VERIFY_TOKEN: PLANTED.verifyToken,
      WHATSAPP_PHONE_NUMBER_ID: '111222333',
      WHATSAPP_API_URL: whatsapp.apiUrl,
    },
    /** In a folder without .env. */
    run: (args: string[], environment: Record<string, string>) => run(args, environment, folder),
    runWithTyped: (args: string[], environment: Record<string, string>, typed: string) =>
      run(args, environment, folder, typed),
    async stop() {
      rmSync(folder, { recursive: true })
      door.closeAllConnections()
      door.close()
      await Promise.all([telegram.stop(), whatsapp.stop()])
    },
  }
}
export type Platforms = Awaited<ReturnType<typeof startPlatforms>>

/** `typed`: as at a terminal, as soon as something is asked. */
async function run(args: string[], environment: Record<string, string>, cwd: string, typed?: string) {
  const atTerminal = typed === undefined ? [] : ['--import', AS_A_TERMINAL]
  const child = spawn(process.execPath, [...atTerminal, join(HOUSE, 'src/cli/preflight.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, TERM: 'dumb', ...environment },
    stdio: 'pipe',
  })
  let shown = ''
  child.stdout.on('data', (part: Buffer) => {
    shown += part.toString()
    if (typed !== undefined && shown.includes('[Y/n]') && child.stdin.writable) child.stdin.end(typed)
  })
  if (typed === undefined) child.stdin.end()
  const failed = text(child.stderr)
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  return { code, shown: shown.replaceAll('\r', ''), failed: await failed }
}
