import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { deriveKey, NotDerived } from './derive.ts'
import { luks } from './index.ts'

const PASSPHRASE = keyOf('luks', 'passphrase').bytes
const LINES = Array.from({ length: 1000 }, (_, line) => `line ${line} of a volume\n`)
  .join('')
  .slice(0, 8192)

/** A volume with its passphrase, or with what is handed in instead. */
function opened(name: string, ...keys: readonly Uint8Array[]) {
  const image = Buffer.from(fixture('luks', `../keyed/${name}`))
  return collect(
    luks,
    image,
    undefined,
    keys.map((bytes, index) => ({ name: `key-${index}`, bytes })),
  )
}

describe('luks', () => {
  it.each([
    ['luks1.img', 'aes-cbc-essiv:sha256'],
    ['luks2.img', 'aes-xts-plain64'],
  ])('says how %s is encrypted, and ends with its keys', (name, cipher) => {
    const image = fixture('luks', name)
    const within = Buffer.concat([Buffer.alloc(512), image, Buffer.alloc(4096, 0xa5)])
    const { region, problems } = collect(luks, within, luks.recognise(memoryBytes(within), 512))
    expect(region.end).toBe(512 + image.length)
    expect(problems).toEqual([
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(cipher) }),
    ])
  })

  it('shows the header of version 2', () => {
    const header = collect(luks, fixture('luks', 'luks2.img')).contents.get('header.json')
    const text = header?.toString('utf8').replace(/\0+$/, '') ?? ''
    expect(JSON.parse(text)).toMatchObject({ segments: { 0: { encryption: 'aes-xts-plain64' } } })
  })

  it('gives what is encrypted where the header tells its size', () => {
    const { contents, problems } = collect(luks, fixture('luks', 'sized.img'))
    expect(contents.get('payload')?.length).toBe(4096)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('takes all that follows where it begins a file', () => {
    const image = Buffer.concat([fixture('luks', 'luks1.img'), Buffer.alloc(4096, 0xa5)])
    const { region, contents } = collect(luks, image)
    expect(region.end).toBe(image.length)
    expect(contents.get('payload')?.length).toBe(4096)
  })

  it.each(['luks1.img.br', 'pbkdf2.img.br', 'argon2id.img.br'])('opens %s with its passphrase', (name) => {
    expect(opened(name).problems).toMatchObject([{ code: 'unsupported' }])
    for (const keys of [
      [PASSPHRASE],
      [Buffer.from('wrong'), Buffer.concat([PASSPHRASE, Buffer.from('\n')])],
    ]) {
      const { contents, problems } = opened(name, ...keys)
      expect(problems).toEqual([])
      expect(contents.get('payload')?.toString()).toBe(LINES)
    }
  })

  it('shows what is encrypted as it is where no key fits, and says so without the key', () => {
    const { contents, problems } = opened('pbkdf2.img.br', Buffer.from('another passphrase'))
    expect(contents.get('payload')?.length).toBe(8192)
    expect(problems).toEqual([
      {
        code: 'unsupported',
        message: 'encrypted with aes-xts-plain64; none of the keys handed in opens it',
        path: 'payload',
      },
    ])
    expect(JSON.stringify(problems)).not.toContain('another')
  })

  it('does not try what would take more than a bound', () => {
    const argon2 = {
      kind: 'argon2id',
      passes: 4,
      memory: 1024 * 1024 + 1,
      lanes: 4,
      salt: PASSPHRASE,
    } as const
    const rounds = { kind: 'pbkdf2', hash: 'sha256', iterations: 2 ** 31, salt: PASSPHRASE } as const
    const unknown = { kind: 'pbkdf2', hash: 'whirlpool', iterations: 1000, salt: PASSPHRASE } as const
    for (const how of [argon2, rounds, unknown])
      expect(() => deriveKey(PASSPHRASE, how, 32)).toThrow(NotDerived)
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(fixture('luks', 'luks2.img'))
    image[24] = 0x41
    expect(collect(luks, image).problems).toMatchObject([{ code: 'checksum' }, { code: 'unsupported' }])
  })
})

const needsItsEnd = 'it has no member but its header'
hostileSuite({ format: luks, fixture: fixture('luks', 'luks2.img').subarray(0, 16_384), needsItsEnd })
hostileSuite({ format: luks, fixture: fixture('luks', 'luks1.img').subarray(0, 4096), needsItsEnd })
