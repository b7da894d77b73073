import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Proxy, startProxy } from './proxy.ts'

/** An echo behind the proxy, which notes what it heard and from where. */
let echo: Server
let heard: string[]
let seenFrom: string[]
let proxy: Proxy
let line: Socket
beforeEach(async () => {
  heard = []
  seenFrom = []
  echo = createServer((socket) => {
    seenFrom.push(socket.remoteAddress ?? '')
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard.push(bytes.toString())
      socket.write(bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const { port } = echo.address() as AddressInfo
  proxy = await startProxy({ to: () => ({ host: '127.0.0.1', port }), from: () => '127.9.8.7' })
  line = await dial()
})
afterEach(async () => {
  line.destroy()
  await proxy.stop()
  echo.close()
})

async function dial(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** `once` would reject with the error that a reset is. */
const closeOf = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()))

async function answered(text: string): Promise<string> {
  line.write(text)
  const [bytes] = (await once(line, 'data')) as [Buffer]
  return bytes.toString()
}

it('passes bytes on, from the address that it was given', async () => {
  expect(await answered('one')).toBe('one')
  expect(seenFrom).toEqual(['127.9.8.7'])
})

it('cuts what is there, and serves who comes after', async () => {
  await answered('one')
  const closed = closeOf(line)
  proxy.cut()
  await closed
  line = await dial()
  expect(await answered('two')).toBe('two')
})

it('keeps the order of what is slow', async () => {
  proxy.slow(30)
  line.write('one')
  await new Promise((resolve) => void setTimeout(resolve, 5))
  line.write('two')
  let got = ''
  line.on('data', (bytes: Buffer) => (got += bytes.toString()))
  proxy.heal()
  line.write('three')
  while (got.length < 11) await once(line, 'data')
  expect(got).toBe('onetwothree')
})

it('lets through what is asked and no answer while it is half open', async () => {
  await answered('one')
  proxy.halfOpen()
  let got = ''
  line.on('data', (bytes: Buffer) => (got += bytes.toString()))
  line.write('two')
  while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve))
  const closed = closeOf(line)
  proxy.heal()
  await closed
  expect(heard).toEqual(['one', 'two'])
  expect(got).toBe('')
})

it('lets nobody through while it refuses', async () => {
  const closed = closeOf(line)
  proxy.refuse()
  await closed
  const refused = connect(proxy.port, '127.0.0.1')
  refused.on('error', () => {})
  await closeOf(refused)
  expect(heard).toEqual([])
  proxy.heal()
  line = await dial()
  expect(await answered('back')).toBe('back')
})
