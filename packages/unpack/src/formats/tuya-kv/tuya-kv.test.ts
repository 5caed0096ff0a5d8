import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tuyaKv } from './index.ts'

describe('tuya-kv', () => {
  it('gives all values, over blocks', () => {
    const { contents, problems } = collect(tuyaKv, fixture('tuya-kv', 'storage.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['gw_bi', 'gw_wsm', 'schema', 'user_param_key', 'binary'])
    expect(JSON.parse(contents.get('gw_wsm')?.toString() ?? '')).toEqual({
      nc_tp: 9,
      ssid: 'Messlatte test net',
      passwd: 'not a secret',
    })
    expect(JSON.parse(contents.get('schema')?.toString() ?? '')).toHaveLength(40)
    expect(contents.get('user_param_key')?.toString()).toBe('{rl1_pin:24,bt1_pin:11,Jsonver:1.1.1,crc:83,}')
    expect(contents.get('binary')).toHaveLength(5000)
    expect(sha256(contents.get('binary'))).toBe(
      '0ff3b7458f733a358332c1f79d2eef1ab43c822112d7defa02340062edd34031',
    )
  })

  it('knows the keys of other platforms', () => {
    const { contents, problems } = collect(tuyaKv, fixture('tuya-kv', 'os3.bin'))
    expect(problems).toEqual([])
    expect(JSON.parse(contents.get('gw_bi')?.toString() ?? '')).toMatchObject({ ap_ssid: 'SmartLife' })
  })

  it('gives what is protected, too', () => {
    const { contents, problems } = collect(tuyaKv, fixture('tuya-kv', 'protected.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()].slice(0, 3)).toEqual(['protected/pid', 'protected/mac', 'gw_bi'])
    expect(contents.get('protected/pid')?.toString()).toBe('keyq3wsd4ea5rf6t')
    expect(contents.get('protected/mac')?.toString('hex')).toBe('c0ffee000102')
  })

  it('ends behind the last block, over erased ones', () => {
    const storage = fixture('tuya-kv', 'storage.bin')
    const erased = Buffer.alloc(4096, 0xff)
    const flash = Buffer.concat([storage, erased, erased, Buffer.alloc(4096)])
    expect(tuyaKv.recognise(memoryBytes(flash), 0)).toEqual({ start: 0, end: storage.length })
    const apart = Buffer.concat([storage.subarray(0, 8192), erased, storage.subarray(8192)])
    expect(tuyaKv.recognise(memoryBytes(apart), 0)).toEqual({ start: 0, end: apart.length })
    expect(collect(tuyaKv, apart).contents.size).toBe(5)
  })

  it('tells sums that differ, pages that are gone, and values that no key opens', () => {
    const storage = fixture('tuya-kv', 'storage.bin')
    const damaged = Buffer.from(storage)
    damaged.fill(0, 4096 + 256, 4096 + 272)
    expect(collect(tuyaKv, damaged).problems).toMatchObject([
      { code: 'checksum', message: 'the sums of 1 blocks differ' },
      { code: 'checksum', path: 'gw_bi' },
    ])
    expect(collect(tuyaKv, storage.subarray(0, 8192)).problems).toMatchObject([
      { code: 'structure', path: 'binary' },
    ])
    expect(collect(tuyaKv, storage.subarray(0, 4096)).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileSuite({ format: tuyaKv, fixture: fixture('tuya-kv', 'protected.bin') })
