import { gzipSync } from 'node:zlib'
import { type Browser, startChromium } from '../../tests/browser/chromium.ts'

/** The desk's page in a real Chromium that is slowed down, against the real server. */
export interface PageSize {
  /** gzip, bytes. */
  compressed: number
  /** As the server sends it. */
  sent: number
  encoding: string
}

export interface PageTimes {
  firstPaint: number
  queueShown: number
  /** First paint of the server's shortest answer, in the same browser. */
  bare: number
}

const SLOWDOWN = 4
const FILES = ['', 'page.js', 'page.css'] as const

export async function pageSize(address: string): Promise<PageSize> {
  let compressed = 0
  let sent = 0
  let encoding = 'none'
  for (const file of FILES) {
    const answer = await fetch(`${address}/desk/${file}`, { headers: { 'accept-encoding': 'gzip, br' } })
    if (!answer.ok) throw new Error(`/desk/${file} was answered ${answer.status}`)
    encoding = answer.headers.get('content-encoding') ?? encoding
    const bytes = Buffer.from(await answer.arrayBuffer())
    const packed = gzipSync(bytes, { level: 6 }).length
    compressed += packed
    sent += Number(answer.headers.get('content-length') ?? bytes.length)
  }
  return { compressed, sent, encoding }
}

/** Each with an empty cache; `cookie` is a caseworker's session. */
export async function pageTimes(
  address: string,
  cookie: string,
  rows: number,
  rounds: number,
): Promise<PageTimes[]> {
  const origin = `http://localhost:${new URL(address).port}`
  const browser = await startChromium()
  try {
    const [name = '', value = ''] = cookie.split('=')
    await browser.context.addCookies([{ name, value, url: `${origin}/` }])
    const times: PageTimes[] = []
    for (let round = 0; round < rounds; round += 1) {
      const bare = await paint(browser, `${origin}/health/live`, 0)
      const { firstPaint, queueShown } = await paint(browser, `${origin}/desk/`, rows)
      times.push({ bare: bare.firstPaint, firstPaint, queueShown })
    }
    return times
  } finally {
    await browser.close()
  }
}

async function paint({ context }: Browser, url: string, rows: number) {
  const page = await context.newPage()
  try {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    await page.addInitScript(watchForRows, rows)
    await page.goto(url)
    const read = await page.waitForFunction(() => {
      const [first] = performance.getEntriesByName('first-contentful-paint')
      const { shown } = window as unknown as { shown?: number }
      return first === undefined || shown === undefined
        ? undefined
        : { firstPaint: first.startTime, queueShown: shown }
    })
    const times = await read.jsonValue()
    if (times === undefined) throw new Error('the page painted nothing')
    return times
  } finally {
    await page.close()
  }
}

/** Runs in the page: notes when so many rows of the queue are there and the frame that shows them is over. */
function watchForRows(rows: number): void {
  const look = () => {
    if (document.querySelectorAll('ol.rows > li').length < rows) requestAnimationFrame(look)
    else
      requestAnimationFrame(() =>
        setTimeout(() => {
          ;(window as unknown as { shown?: number }).shown = performance.now()
        }),
      )
  }
  look()
}
