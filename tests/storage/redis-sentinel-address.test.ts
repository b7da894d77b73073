import { describe, expect, it } from 'vitest'
import { sentinelAddress, urlOf } from '../../src/storage/redis/link/sentinel-address.ts'

describe('the address of sentinels', () => {
  it('names them, the primary that they watch, and the user of the data', () => {
    const read = sentinelAddress('rediss-sentinel://lan:p%40ss%2Fword@one:1,[::1]:2,three/my-data')
    expect(read).toEqual({
      sentinels: [
        { host: 'one', port: 1 },
        { host: '::1', port: 2 },
        { host: 'three', port: 26_379 },
      ],
      name: 'my-data',
      isTls: true,
      username: 'lan',
      password: 'p@ss/word',
    })
  })

  it('leads to the address of a server with the same user, password and lock', () => {
    const of = (url: string, host: string) => {
      const read = sentinelAddress(url)
      return read && urlOf(read, { host, port: 7 })
    }
    expect(of('rediss-sentinel://lan:p%40s@one/x', '::2')).toBe('rediss://lan:p%40s@[::2]:7')
    expect(of('redis-sentinel://:pw@one/x', 'two')).toBe('redis://:pw@two:7')
    expect(of('redis-sentinel://one/x', 'two')).toBe('redis://two:7')
  })

  it.each([
    'redis://one:26379/x',
    'redis-sentinel://one:26379',
    'redis-sentinel://one:26379/',
    'redis-sentinel:///name',
    'redis-sentinel://one:0/name',
    'redis-sentinel://one:65536/name',
    'redis-sentinel://one:1,,two:1/name',
    'redis-sentinel://:%E0%A4%A@one/name',
    'redis-sentinel://one/na me',
    'redis-sentinel://one/a/b',
  ])('%s is none', (url) => {
    expect(sentinelAddress(url)).toBeUndefined()
  })
})
