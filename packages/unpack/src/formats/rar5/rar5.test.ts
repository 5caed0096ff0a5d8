import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { KeyMaterial } from '../../contract.ts'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { CODE, rarVolumesSuite } from '../../testing/rar-volumes.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { rar5 } from './index.ts'

const UMLAUT = Buffer.from('Größe 中/ß').toString('latin1')

/** As `fixtures/make.py` writes them. */
const TONE = '750dfff5a9db50bb487af336fa9f5b48dbe33e49816abcfff74ca3d712c4696a'
const X86 = 'cacfd3bb6453bdc47a4e99068ecd8cf3ed2d942f9c2d7817760d01bdf3f8c422'

/** Changes one byte of the header that holds `path`, `at` bytes before that, and sets its CRC right again. */
function patched(archive: Buffer, path: string, at: number, value: number): Buffer {
  const name = archive.indexOf(path)
  for (let start = name - 8; start > 0; start--) {
    const header = archive.subarray(start + 4, start + 5 + (archive[start + 4] as number))
    if (crc32(header) !== archive.readUInt32LE(start)) continue
    archive[name - at] = value
    archive.writeUInt32LE(crc32(header), start)
    return archive
  }
  throw new Error(`no header holds ${path}`)
}

describe('rar5', () => {
  rarVolumesSuite(rar5, ['solid.part01.rar', 'solid.part02.rar', 'solid.part03.rar', 'solid.part04.rar'])

  it.each(fixturesOf('rar5', 'positive').filter(({ name }) => name !== 'filters.rar'))(
    'lists $name with its metadata and contents',
    ({ content }) => {
      const found = collect(rar5, content)
      expect(found.problems).toEqual([])
      expect(found.entries.map(({ path }) => path).sort()).toEqual(
        [
          ...['bin', 'bin/alias', 'bin/code', 'bin/link', 'bin/numbers', 'etc', 'etc/empty', 'etc/init.d'],
          ...[
            'etc/init.d/rcS',
            'etc/passwd',
            'etc/shadow',
            'very',
            'very/deep',
            UMLAUT.split('/')[0],
            UMLAUT,
          ],
        ].sort(),
      )
      expect(sha256(found.contents.get('bin/code'))).toBe(CODE)
      expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get(UMLAUT)?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
      expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, gid: 1001 })
      expect(entryOf(found, 'very/deep')).toMatchObject({ type: 'directory', mode: 0o755 })
      expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    },
  )

  it('undoes delta and x86 filters', () => {
    const { contents, problems } = collect(rar5, fixture('rar5', 'filters.rar'))
    expect(problems).toEqual([])
    expect(sha256(contents.get('tone.wav'))).toBe(TONE)
    expect(sha256(contents.get('x86.elf'))).toBe(X86)
  })

  it('shows stored contents where they lie', () => {
    expect(collect(rar5, fixture('rar5', 'stored.rar')).slices.has('etc/passwd')).toBe(true)
  })

  it('names what is encrypted, where no password fits', () => {
    const problemsOf = (name: string, keys?: readonly KeyMaterial[]) =>
      collect(rar5, fixture('rar5', `../keyed/${name}`), undefined, keys).problems
    expect(problemsOf('encrypted.rar')).toMatchObject([
      { code: 'unsupported', message: 'encrypted', path: 'bin/code' },
      { code: 'unsupported', message: 'encrypted', path: 'etc/passwd' },
    ])
    const wrong = [{ name: 'wrong', bytes: Buffer.from('Secret\n') }]
    expect(problemsOf('encrypted.rar', wrong)).toMatchObject([
      { message: 'encrypted, and no key fits', path: 'bin/code' },
      { message: 'encrypted, and no key fits', path: 'etc/passwd' },
    ])
    for (const keys of [[], wrong])
      expect(problemsOf('encrypted-headers.rar', keys)).toMatchObject([
        { code: 'unsupported', message: 'its headers are encrypted' },
      ])
  })

  it.each(['encrypted.rar', 'encrypted-headers.rar', 'encrypted-stored.rar', 'encrypted-solid.rar'])(
    'opens %s with its password',
    (name) => {
      const archive = fixture('rar5', `../keyed/${name}`)
      const keys = [{ name: 'wrong', bytes: Buffer.from('Secret') }, keyOf('rar5', 'password.txt')]
      const region = rar5.recognise(memoryBytes(archive), 0, keys)
      expect(region).toEqual({ start: 0, end: archive.length })
      const { contents, problems } = collect(rar5, archive, region, keys)
      expect(problems).toEqual([])
      expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      if (name !== 'encrypted-headers.rar') expect(sha256(contents.get('bin/code'))).toBe(CODE)
    },
  )

  it('tells that what is encrypted was changed', () => {
    const archive = fixture('rar5', '../keyed/encrypted-stored.rar')
    const at = 4000
    archive[at] = (archive[at] as number) ^ 1
    const { problems } = collect(rar5, archive, undefined, [keyOf('rar5', 'password.txt')])
    expect(problems.length).toBe(1)
  })

  it('opens what is encrypted over volumes', () => {
    const volumes = Buffer.concat([1, 2].map((part) => fixture('rar5', `../keyed/volumes.part${part}.rar`)))
    const { contents, problems } = collect(rar5, volumes, undefined, [keyOf('rar5', 'password.txt')])
    expect(problems).toEqual([])
    expect(sha256(contents.get('bin/code'))).toBe(CODE)
    expect([...contents.keys()].sort()).toEqual(['bin/code', 'bin/numbers', 'etc/passwd'])
  })

  it('names a compression that it does not know, and what is packed with it', () => {
    const unknown = patched(fixture('rar5', 'solid.rar'), 'bin/alias', 4, 0x81)
    const { contents, problems } = collect(rar5, unknown)
    expect(problems[0]).toMatchObject({
      path: 'bin/alias',
      message: expect.stringMatching(/version 1, method 5/),
    })
    expect(problems[1]).toMatchObject({
      path: 'bin/code',
      message: 'it is packed with a member that is not read',
    })
    expect([...contents.keys()]).toEqual(['etc/empty'])
  })

  it('tells a CRC that differs, and shows the content all the same', () => {
    const archive = fixture('rar5', 'stored.rar')
    archive[archive.indexOf('root:x:')] = 0x52
    const { contents, problems } = collect(rar5, archive)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(contents.get(problems[0]?.path as string)?.toString()).toBe(PASSWD.replace('root', 'Root'))
  })

  it('shows what comes before damage, and says what is lost', () => {
    const archive = fixture('rar5', 'solid.rar')
    const at = archive.indexOf('bin/code') + 600
    archive.fill(0xff, at, at + 20)
    const { contents, problems } = collect(rar5, archive)
    expect(problems.map(({ code }) => code)).toContain('structure')
    expect(contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(contents.size).toBeLessThan(7)
  })

  it('ends behind its mark, and tells where there is none', () => {
    const archive = fixture('rar5', 'solid.rar')
    const bytes = memoryBytes(Buffer.concat([archive, Buffer.alloc(100)]))
    expect(rar5.recognise(bytes, 0)).toEqual({ start: 0, end: archive.length })
    expect(collect(rar5, archive.subarray(0, -8)).problems).toMatchObject([{ code: 'truncated' }])
  })
})

for (const name of ['stored.rar', 'solid.rar', 'filters.rar'])
  hostileSuite({ format: rar5, fixture: fixture('rar5', name) })

hostileSuite({
  format: rar5,
  fixture: Buffer.concat(
    ['solid.part01.rar', 'solid.part02.rar', 'solid.part03.rar', 'solid.part04.rar'].map((name) =>
      fixture('rar5', `../split/${name}`),
    ),
  ),
})

hostileSuite({
  format: withKeys(rar5, [keyOf('rar5', 'password.txt')]),
  fixture: fixture('rar5', '../keyed/encrypted-headers.rar'),
})
