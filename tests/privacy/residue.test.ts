import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findResidue, forms } from './residue.ts'

const CANARY = 'qv7-Zulu-+999-55'

it.each([
  ['plain', Buffer.from(`xx${CANARY}yy`)],
  ['hex', Buffer.from(Buffer.from(`x${CANARY}`).toString('hex'))],
  ['HEX', Buffer.from(Buffer.from(`x${CANARY}`).toString('hex').toUpperCase())],
  ['utf16', Buffer.from(CANARY, 'utf16le')],
  ['utf16 the other way round', Buffer.from(CANARY, 'utf16le').swap16()],
  ['part of an address', Buffer.from(`/x?a=${encodeURIComponent(CANARY)}`)],
  ['a form', Buffer.from(new URLSearchParams({ a: CANARY }).toString())],
  [
    'escaped byte by byte',
    Buffer.from(Array.from(CANARY, (c) => `%${c.charCodeAt(0).toString(16)}`).join('')),
  ],
  ['base64 at any place', Buffer.from(Buffer.from(`{"a":"${CANARY}"}`).toString('base64'))],
  ['base64url one further', Buffer.from(Buffer.from(`{"ab":"${CANARY}"}`).toString('base64url'))],
  ['base64 two further', Buffer.from(Buffer.from(`{"abc":"${CANARY}"}`).toString('base64'))],
])('the scanner finds a canary that lies there as %s, and nothing else', (_form, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-residue-'))
  writeFileSync(join(folder, 'file'), content)
  expect(findResidue([folder], [CANARY]).length).toBeGreaterThan(0)
  expect(findResidue([folder], ['another-canary-77'])).toEqual([])
})

it.each([
  ['as JSON.stringify writes it', JSON.stringify({ a: 'she said “naïve” \\ "no" 😶' })],
  ['with all but ASCII escaped', '{"a":"she said \\u201cna\\u00efve\\u201d \\\\ \\"no\\" \\ud83d\\ude36"}'],
])('the scanner finds a text inside JSON, %s', (_form, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-residue-'))
  writeFileSync(join(folder, 'file'), content)
  expect(findResidue([folder], ['she said “naïve” \\ "no" 😶']).map(({ form }) => form)).toEqual(['json'])
})

it('the scanner finds a canary of bytes in every form of it', () => {
  const canary = { name: 'a key', bytes: Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256) }
  for (const { form, bytes } of forms(canary)) {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-residue-'))
    writeFileSync(join(folder, 'file'), Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')]))
    expect(findResidue([folder], [canary]).map((found) => found.form)).toContain(form)
  }
})
