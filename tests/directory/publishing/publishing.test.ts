import { beforeEach, describe, expect, it } from 'vitest'
import { changesInWords } from '../../../src/directory/publishing/changes-in-words.ts'
import { cliAuthor, deskAuthor } from '../../../src/directory/publishing/author.ts'
import { createPublishing } from '../../../src/directory/publishing/create-publishing.ts'
import { writeServices } from '../../../src/directory/publishing/edition-content.ts'
import type { Publishing } from '../../../src/directory/publishing/publishing.ts'
import type { Service } from '../../../src/directory/service.ts'
import { memoryPublications } from '../../../src/storage/memory-publications.ts'
import type { Author, Publications } from '../../../src/storage/publications.ts'
import { demoPack } from '../demo.ts'

const NOW = Date.UTC(2026, 10, 2, 10)
const pack = demoPack()
const [officer, lead] = [cliAuthor('IM officer') as Author, deskAuthor('lead')]
let store: Publications
let publishing: Publishing
let told = 0
beforeEach(() => {
  store = memoryPublications()
  told = 0
  publishing = createPublishing({
    publications: store,
    packs: [pack],
    clock: { now: () => NOW },
    published: () => Promise.resolve(void (told += 1)),
  })
})

const withService = (id: string, change: Partial<Service>, from: readonly Service[] = pack.services) =>
  from.map((service) => (service.id === id ? { ...service, ...change } : service))
const phone = (value: string): Partial<Service> => ({ contacts: [{ kind: 'phone', value }] })
async function propose(services: readonly Service[], by = officer): Promise<number> {
  const proposed = await publishing.proposeList({ pack: 'demo', services, by, about: 'import' })
  if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
  return proposed.id
}
async function live(): Promise<readonly Service[]> {
  const served = await publishing.served('demo')
  return typeof served === 'string' ? [] : served.pack.services
}
const phoneOf = async (id: string) => (await live()).find((one) => one.id === id)?.contacts[0]?.value

describe('a list', () => {
  it('is served when a second person lets it go live, and not before', async () => {
    const id = await propose(withService('portavel-clinic', phone('+999 000 0444')))
    expect(await phoneOf('portavel-clinic')).toBe('+999 000 0004')
    expect(await publishing.review(id)).toMatchObject({
      live: 0,
      changes: { services: [{ kind: 'changed', fields: [{ field: 'phone', to: '+999 000 0444' }] }] },
    })
    expect(await publishing.approve(id, { by: lead, on: 0 })).toMatchObject({ kind: 'published', number: 1 })
    expect([await phoneOf('portavel-clinic'), told]).toEqual(['+999 000 0444', 1])
    expect(await publishing.editions('demo')).toMatchObject([{ number: 1, by: officer, approvedBy: lead }])
    expect(await publishing.approve(id, { by: lead })).toEqual({ kind: 'gone' })
  })

  it('is not let go live by whoever proposed it, however the role is typed', async () => {
    const id = await propose(withService('portavel-clinic', phone('+999 000 0444')))
    for (const role of ['IM officer', ' im  OFFICER'])
      expect(await publishing.approve(id, { by: cliAuthor(role) as Author })).toEqual({ kind: 'samePerson' })
    expect([await phoneOf('portavel-clinic'), told]).toEqual(['+999 000 0004', 0])
  })

  it('that changes nothing is not proposed', async () => {
    const wish = { pack: 'demo', services: pack.services, by: officer, about: '' }
    expect(await publishing.proposeList(wish)).toEqual({ kind: 'noChange' })
    expect(await publishing.proposeList({ ...wish, pack: 'nowhere' })).toEqual({ kind: 'unknownPack' })
  })

  it('with a secret place or a person in its texts is refused, also when it was proposed otherwise', async () => {
    const shelter = { address: { en: '5 Hidden Street' } }
    const person = { summary: { en: 'Ask for Maria on Mondays.' } }
    for (const [id, change, field] of [
      ['house-of-rest', shelter, 'address'],
      ['portavel-clinic', person, 'description_en'],
    ] as const) {
      const services = withService(id, change)
      const wish = { pack: 'demo', services, by: officer, about: '' }
      const refused = { kind: 'faulty', faults: [expect.objectContaining({ service: id, field })] }
      expect(await publishing.proposeList(wish)).toEqual(refused)
      const content = writeServices(services)
      const past = await store.propose({
        pack: 'demo',
        kind: 'list',
        base: 0,
        by: officer,
        at: 0,
        about: '',
        content,
      })
      expect(await publishing.approve(past, { by: lead, evenSo: true })).toEqual(refused)
      expect(await publishing.review(past)).toMatchObject({ hindrance: refused })
    }
  })

  it('that leaves the pack without a fresh health service or hotline is refused unless it is asked for twice', async () => {
    const id = await propose(pack.services.filter(({ categories }) => !categories.includes('hotline')))
    const refused = { kind: 'notServed', missing: ['hotline'] }
    expect(await publishing.review(id)).toMatchObject({ hindrance: refused })
    expect(await publishing.approve(id, { by: lead })).toEqual(refused)
    expect(await publishing.approve(id, { by: lead, evenSo: true })).toMatchObject({ kind: 'published' })
  })

  it('keeps a check that came after it was proposed, and is refused where both changed the same', async () => {
    const id = await propose(withService('portavel-clinic', phone('+999 000 0444')))
    await publishing.check({ pack: 'demo', service: 'portavel-clinic', by: lead })
    expect(await publishing.approve(id, { by: lead, on: 0 })).toEqual({ kind: 'stale' })
    expect(await publishing.approve(id, { by: lead })).toMatchObject({ kind: 'published', number: 2 })
    const clinic = (await live()).find((one) => one.id === 'portavel-clinic')
    expect([clinic?.verified.on, clinic?.contacts[0]?.value]).toEqual(['2026-11-02', '+999 000 0444'])

    const [one, other] = [
      await propose(withService('portavel-clinic', phone('+999 000 0555'), await live())),
      await propose(withService('portavel-clinic', phone('+999 000 0666'), await live())),
    ]
    await publishing.approve(one, { by: lead })
    const clash = { kind: 'clash', services: ['portavel-clinic'] }
    expect(await publishing.approve(other, { by: lead })).toEqual(clash)
    expect(await publishing.review(other)).toMatchObject({ hindrance: clash, changes: { services: [] } })
  })

  it('that cannot be read is refused, and so is all but a step back while the live one cannot be read', async () => {
    const base = { pack: 'demo', by: officer, at: 0, about: '', content: '{"version":9}' }
    const id = await store.propose({ ...base, kind: 'list', base: 0 })
    expect(await publishing.approve(id, { by: lead })).toEqual({ kind: 'unreadable' })
    await publishing.check({ pack: 'demo', service: 'portavel-clinic', by: lead })
    await store.publish({ ...base, base: 1 })
    expect(await publishing.served('demo')).toBe('unreadable')
    expect(await publishing.check({ pack: 'demo', service: 'portavel-clinic', by: lead })).toEqual({
      kind: 'unreadable',
    })
    expect(await publishing.back('demo', { by: lead })).toMatchObject({
      kind: 'published',
      number: 3,
      backTo: 1,
    })
    expect((await live()).length).toBe(pack.services.length)
  })
})

describe('a correction', () => {
  const correct = (changes: object, note = 'They said it on the phone.', service = 'portavel-clinic') =>
    publishing.proposeCorrection({ pack: 'demo', service, changes, note, by: officer })
  const idOf = (proposed: Awaited<ReturnType<typeof correct>>) => ('id' in proposed ? proposed.id : 0)

  it('changes its fields and nothing else when another person lets it go live', async () => {
    const id = idOf(await correct({ ...phone('+999 000 0444'), safetyNote: null }))
    expect(await publishing.review(id)).toMatchObject({ note: 'They said it on the phone.' })
    expect(await publishing.approve(id, { by: officer })).toEqual({ kind: 'samePerson' })
    expect(await publishing.approve(id, { by: lead })).toMatchObject({ kind: 'published' })
    const clinic = (await live()).find((one) => one.id === 'portavel-clinic')
    const { safetyNote: _, ...before } = pack.services.find((one) => one.id === 'portavel-clinic') as Service
    expect(clinic).toEqual({ ...before, ...phone('+999 000 0444') })
  })

  it('is not taken with what no service may hold, a person in its note, or nothing to change', async () => {
    const faulty = (field: string) => ({ kind: 'faulty', faults: [expect.objectContaining({ field })] })
    expect(await correct({ cost: 'gift' })).toEqual(faulty('cost'))
    expect(await correct({ cost: 'paid' }, 'Ask for Maria.')).toEqual(faulty('note'))
    expect(await correct({ address: { en: '5 Hidden Street' } }, '', 'house-of-rest')).toEqual(
      faulty('address'),
    )
    expect(await correct({ name: null })).toEqual(faulty('name'))
    expect(await correct({ cost: 'free' })).toEqual({ kind: 'noChange' })
    expect(await correct({ cost: 'paid' }, '', 'nobody')).toEqual({ kind: 'unknownService' })
    expect(await publishing.waiting()).toEqual([])
  })

  it('is refused when the same field changed since, and stands when another one did', async () => {
    const [cost, number, gone] = [
      idOf(await correct({ cost: 'paid' })),
      idOf(await correct(phone('+999 000 0555'))),
      idOf(await correct({ cost: 'paid' }, '', 'almar-clinic')),
    ]
    const changed = withService('portavel-clinic', phone('+999 000 0444'))
    const next = await propose(changed.filter(({ id }) => id !== 'almar-clinic'))
    await publishing.approve(next, { by: lead })
    expect(await publishing.approve(cost, { by: lead })).toMatchObject({ kind: 'published' })
    expect(await publishing.approve(number, { by: lead })).toEqual({
      kind: 'clash',
      services: ['portavel-clinic'],
    })
    expect(await publishing.approve(gone, { by: lead })).toEqual({ kind: 'unknownService' })
    expect(await phoneOf('portavel-clinic')).toBe('+999 000 0444')
  })

  it('of the address takes the old point away, and says so to whoever lets it go live', async () => {
    const at = async () => (await live()).find((one) => one.id === 'portavel-clinic')
    const before = await at()
    expect(before).toMatchObject({ location: expect.anything(), address: { en: expect.anything() } })
    const id = idOf(await correct({ address: { en: '9 Other Road' } }))
    const review = await publishing.review(id)
    if (review.kind !== 'review') throw new Error(review.kind)
    expect(review.changes.services[0]?.fields).toContainEqual(
      expect.objectContaining({ field: 'location', to: '' }),
    )
    expect(changesInWords(review.changes).join('\n')).toMatch(
      /point on the map is no longer given .*since it was that of the old address/u,
    )
    await publishing.approve(id, { by: lead })
    expect(await at()).toMatchObject({ address: { en: '9 Other Road' } })
    expect(await at()).not.toHaveProperty('location')
  })

  it('that only adds a language to the address, or changes another field, leaves the point', async () => {
    const before = pack.services.find((one) => one.id === 'portavel-clinic')
    const address = { ...before?.address, ha: 'Titin Kasuwa 1' }
    for (const changes of [{ address }, { cost: 'paid' }] as const) {
      await publishing.approve(idOf(await correct({ ...changes })), { by: lead })
      expect((await live()).find((one) => one.id === 'portavel-clinic')?.location).toEqual(before?.location)
    }
  })

  it('leaves the list when it is refused, once', async () => {
    const id = idOf(await correct({ cost: 'paid' }))
    expect([await publishing.refuse(id), await publishing.refuse(id)]).toEqual(['refused', 'gone'])
    expect(await publishing.review(id)).toEqual({ kind: 'gone' })
  })
})

describe('a check', () => {
  const check = (service: string, more = {}) => publishing.check({ pack: 'demo', service, by: lead, ...more })
  const datesOf = async (id: string) => {
    const found = (await live()).find((one) => one.id === id)
    return [found?.verified.on, found?.verified.by, found?.reviewBy]
  }

  it('holds as long as the one before was meant to, at most 180 days, and 90 when nothing is known', async () => {
    const spans = { 'almar-clinic': 30, 'serrin-clinic': 400, 'luma-clinic': 0 }
    const changed = pack.services.map((service) => {
      const days = Object.entries(spans).find(([id]) => id === service.id)?.[1]
      if (days === undefined) return service
      const reviewBy = new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
      return { ...service, verified: { ...service.verified, on: '2026-01-01' }, reviewBy }
    })
    await publishing.approve(await propose(changed), { by: lead })
    for (const id of Object.keys(spans)) expect((await check(id)).kind).toBe('published')
    expect(await datesOf('almar-clinic')).toEqual(['2026-11-02', 'Demo desk', '2026-12-02'])
    expect(await datesOf('serrin-clinic')).toEqual(['2026-11-02', 'Demo desk', '2027-05-01'])
    expect(await datesOf('luma-clinic')).toEqual(['2026-11-02', 'Demo desk', '2027-01-31'])
    expect(await publishing.editions('demo')).toMatchObject([
      { about: 'checked: luma-clinic', by: lead, approvedBy: lead },
      {},
      {},
      {},
    ])
  })

  it('takes a day that is given within 180 days, and the role that is given', async () => {
    expect(await check('almar-clinic', { until: '2026-11-30', role: 'GBV coordinator' })).toMatchObject({
      kind: 'published',
    })
    expect(await datesOf('almar-clinic')).toEqual(['2026-11-02', 'GBV coordinator', '2026-11-30'])
    for (const until of ['2026-11-01', '2027-05-02'])
      expect(await check('almar-clinic', { until })).toEqual({ kind: 'wrongDate', latest: '2027-05-01' })
  })

  it('shows an overdue service again, and does not revive one that has ended', async () => {
    expect(await check('old-clinic')).toMatchObject({
      changes: { services: [{ kind: 'checked', shown: { before: false, after: true } }] },
    })
    expect((await check('ended-project')).kind).toBe('ended')
    expect(await check('nobody')).toEqual({ kind: 'unknownService' })
  })

  it('loses nothing when several are made in the same moment', async () => {
    const ids = ['almar-clinic', 'serrin-clinic', 'luma-clinic']
    const done = await Promise.all(ids.map((id) => check(id)))
    expect(done.map(({ kind }) => kind)).toEqual(['published', 'published', 'published'])
    for (const id of ids) expect((await datesOf(id))[0]).toBe('2026-11-02')
  })
})

describe('back', () => {
  const back = async () => {
    const outcome = await publishing.back('demo', { by: lead })
    return outcome.kind === 'published' ? [outcome.number, outcome.backTo] : outcome.kind
  }
  async function publishPhone(value: string): Promise<void> {
    await publishing.approve(await propose(withService('portavel-clinic', phone(value), await live())), {
      by: lead,
    })
  }

  it('goes one edition further each time, as far as the table in the folder', async () => {
    expect(await back()).toBe('nothingBefore')
    await publishPhone('+999 000 0111')
    await publishPhone('+999 000 0222')
    expect([await back(), await phoneOf('portavel-clinic')]).toEqual([[3, 1], '+999 000 0111'])
    expect([await back(), await phoneOf('portavel-clinic')]).toEqual([[4, 0], '+999 000 0004'])
    expect(await back()).toBe('nothingBefore')
    expect(await publishing.back('nowhere', { by: lead })).toEqual({ kind: 'unknownPack' })
  })

  it('after something new goes to what was served before it', async () => {
    await publishPhone('+999 000 0111')
    await publishPhone('+999 000 0222')
    await back()
    await publishPhone('+999 000 0333')
    expect([await back(), await phoneOf('portavel-clinic')]).toEqual([[5, 1], '+999 000 0111'])
    expect([await back(), await phoneOf('portavel-clinic')]).toEqual([[6, 0], '+999 000 0004'])
  })

  const stepBack = () => publishing.back('demo', { by: lead, evenSo: true })
  const approveList = async (services: readonly Service[]) => {
    const proposal = await propose(services)
    expect(await publishing.approve(proposal, { by: lead })).toMatchObject({ kind: 'published' })
  }
  const refusedFor = (service: string) => ({ kind: 'wouldShow', services: [service] })
  const {
    address: _,
    location: __,
    ...clinic
  } = pack.services.find(({ id }) => id === 'portavel-clinic') as Service
  const { place: ___, ...clinicArea } = clinic.area
  const shelter: Service = { ...clinic, area: clinicArea, visibility: 'on_request', categories: ['shelter'] }
  const asShelter = (id = clinic.id) =>
    pack.services.map((service) => (service.id === clinic.id ? { ...shelter, id } : service))

  it.each([clinic.id, 'quiet-house'])(
    'never shows the address of a place that has become secret, as %s, however many steps there are',
    async (id) => {
      await approveList(asShelter(id))
      const toldBefore = told
      expect(await stepBack()).toEqual(refusedFor(clinic.id))
      expect((await live()).find((one) => one.id === id)).toEqual({ ...shelter, id })
      expect([told, (await publishing.editions('demo')).length]).toEqual([toldBefore, 1])
      await approveList(withService('almar-clinic', phone('+999 000 0888'), await live()))
      expect(await stepBack()).toMatchObject({ kind: 'published', backTo: 1 })
      expect(await stepBack()).toEqual(refusedFor(clinic.id))
    },
  )

  it('never gives a secret place the number or the words that were taken from it', async () => {
    const id = 'house-of-rest'
    const words = { summary: { en: 'Behind the old mill.' } }
    for (const earlier of [phone('+999 000 0777'), words] as const) {
      const before = await live()
      await approveList(withService(id, earlier, before))
      await approveList(before)
      expect(await stepBack()).toEqual(refusedFor(id))
    }
  })

  it('never shows again what was closed, kept from people or has ended since', async () => {
    const withdrawn = { status: 'temporarily_closed' } as const
    for (const change of [
      withdrawn,
      { status: 'closed' },
      { visibility: 'staff_only' },
      { endsOn: '2026-11-01' },
    ] as const) {
      await approveList(withService('almar-clinic', change, pack.services))
      expect(await stepBack()).toEqual(refusedFor('almar-clinic'))
      await approveList(pack.services)
    }
  })

  it('brings back what a list had lost, and undoes other changes of a secret place', async () => {
    await approveList(
      withService('house-of-rest', { cost: 'paid' }).filter(({ id }) => id !== 'almar-clinic'),
    )
    expect(await stepBack()).toMatchObject({ kind: 'published', backTo: 0 })
    expect(await live()).toEqual(pack.services)
  })

  it('is held to what an approval is held to', async () => {
    const person = withService('portavel-clinic', { summary: { en: 'Ask for Maria on Mondays.' } })
    const edition = { pack: 'demo', by: officer, at: 0, about: '' }
    await store.publish({ ...edition, base: 0, content: writeServices(person) })
    await store.publish({ ...edition, base: 1, content: writeServices(pack.services) })
    expect(await stepBack()).toMatchObject({
      kind: 'faulty',
      faults: [{ service: 'portavel-clinic', field: 'description_en' }],
    })
  })

  it('is not taken twice by two who saw the same edition', async () => {
    await publishPhone('+999 000 0111')
    await publishPhone('+999 000 0222')
    const both = await Promise.all([1, 2].map(() => publishing.back('demo', { by: lead, on: 2 })))
    expect(both.map(({ kind }) => kind)).toEqual(['published', 'stale'])
    expect(await phoneOf('portavel-clinic')).toBe('+999 000 0111')
  })
})

it('what is due comes by its day, with its number and who checked it, and without what is closed', async () => {
  await publishing.approve(
    await propose(
      pack.services.map((service) =>
        service.id === 'almar-clinic' ? { ...service, reviewBy: '2026-11-09' } : service,
      ),
    ),
    { by: lead },
  )
  const rows = await publishing.due(7)
  const almar = rows.find(({ id }) => id === 'almar-clinic')
  expect(almar).toMatchObject({ date: '2026-11-09', why: 'review', passed: false, checkedBy: 'Demo desk' })
  expect(almar?.numbers[0]).toMatch(/^\+999 /u)
  expect(rows.map(({ date }) => date)).toEqual(rows.map(({ date }) => date).toSorted())
  expect(rows.find(({ id }) => id === 'ended-project')).toMatchObject({ why: 'ends', passed: true })
  expect(rows.find(({ id }) => id === 'old-clinic')).toMatchObject({ why: 'review', passed: true })
  expect((await publishing.due(6)).some(({ id }) => id === 'almar-clinic')).toBe(false)
})
