import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { KeyMaterial } from '../../contract.ts'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { CODE, rarVolumesSuite } from '../../testing/rar-volumes.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { rar4 } from './index.ts'
import { nameOf } from './name.ts'

const UMLAUT = Buffer.from('Größe 中/ß').toString('latin1')

describe('rar4', () => {
  rarVolumesSuite(rar4, ['solid.rar', 'solid.r00', 'solid.r01', 'solid.r02'])

  it.each(['stored.rar', 'fastest.rar', 'solid.rar'])('lists %s with its metadata and contents', (name) => {
    const found = collect(rar4, fixture('rar4', name))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path).sort()).toEqual(
      [
        ...['bin', 'bin/alias', 'bin/code', 'bin/link', 'bin/numbers', 'etc', 'etc/empty', 'etc/init.d'],
        ...['etc/init.d/rcS', 'etc/passwd', 'etc/shadow', 'very', 'very/deep', UMLAUT.split('/')[0], UMLAUT],
      ].sort(),
    )
    expect(sha256(found.contents.get('bin/code'))).toBe(CODE)
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get(UMLAUT)?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_001 })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ type: 'file', mode: 0o600 })
    expect(entryOf(found, 'very/deep')).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
  })

  it.each([
    // As `fixtures/make.py` writes them.
    ['sound.rar', 'tone.wav', '81f59f0a5f9dd3059e470e623bde9744b371eaf3fc7bb5290a514d51640826b9'],
    ['picture.rar', 'points.bmp', 'c3ab65b8db6f8107a21cadcc733c9f428d056a5db331ebc6fdbd517317c8c8ca'],
    ['columns.rar', 'columns.bin', 'aa44be3de5063af6dedcf9cf1f11773cdbb755c2e8cff44385ecfbc2426ffaff'],
    ['code.rar', 'x86.elf', 'cacfd3bb6453bdc47a4e99068ecd8cf3ed2d942f9c2d7817760d01bdf3f8c422'],
  ])('undoes the filter of %s', (name, path, digest) => {
    const { contents, problems } = collect(rar4, fixture('rar4', name))
    expect(problems).toEqual([])
    expect(sha256(contents.get(path))).toBe(digest)
  })

  it('undoes what is compressed as text', () => {
    const { contents, problems } = collect(rar4, fixture('rar4', 'text.rar'))
    expect(problems).toEqual([])
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('shows stored contents where they lie', () => {
    expect(collect(rar4, fixture('rar4', 'stored.rar')).slices.has('etc/passwd')).toBe(true)
  })

  it('names what is encrypted, where no password fits', () => {
    const problemsOf = (name: string, keys?: readonly KeyMaterial[]) =>
      collect(rar4, fixture('rar4', `../keyed/${name}`), undefined, keys).problems
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

  it.each(['encrypted.rar', 'encrypted-headers.rar'])('opens %s with its password', (name) => {
    const archive = fixture('rar4', `../keyed/${name}`)
    const keys = [{ name: 'wrong', bytes: Buffer.from('Secret') }, keyOf('rar4', 'password.txt')]
    const region = rar4.recognise(memoryBytes(archive), 0, keys)
    expect(region).toEqual({ start: 0, end: archive.length })
    const { contents, problems } = collect(rar4, archive, region, keys)
    expect(problems).toEqual([])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    if (name !== 'encrypted-headers.rar') expect(sha256(contents.get('bin/code'))).toBe(CODE)
  })

  it('tells that what is encrypted was changed', () => {
    const archive = fixture('rar4', '../keyed/encrypted.rar')
    const at = archive.length - 200
    archive[at] = (archive[at] as number) ^ 1
    const { problems } = collect(rar4, archive, undefined, [keyOf('rar4', 'password.txt')])
    expect(problems.length).toBe(1)
  })

  it('names a compression that it does not know, and what is packed with it', () => {
    const archive = fixture('rar4', 'solid.rar')
    const name = archive.indexOf('bin\\alias')
    const start = name - 32
    archive[name - 8] = 20
    archive.writeUInt16LE(
      crc32(archive.subarray(start + 2, start + archive.readUInt16LE(start + 5))) & 0xffff,
      start,
    )
    const { contents, problems } = collect(rar4, archive)
    expect(problems[0]).toMatchObject({ path: 'bin/alias', message: expect.stringMatching(/version 20/) })
    expect(problems[1]).toMatchObject({
      path: 'bin/code',
      message: 'it is packed with a member that is not read',
    })
    expect([...contents.keys()]).toEqual([])
  })

  it('tells a CRC that differs, and shows the content all the same', () => {
    const archive = fixture('rar4', 'stored.rar')
    archive[archive.indexOf('root:x:')] = 0x52
    const { contents, problems } = collect(rar4, archive)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(contents.get(problems[0]?.path as string)?.toString()).toBe(PASSWD.replace('root', 'Root'))
  })

  it('shows what comes before damage, and says what is lost', () => {
    const archive = fixture('rar4', 'solid.rar')
    const at = archive.indexOf('bin\\code') + 600
    archive.fill(0xff, at, at + 20)
    const { contents, problems } = collect(rar4, archive)
    expect(problems.length).toBeGreaterThan(0)
    expect(contents.get('bin/alias')?.toString()).toBe(NUMBERS)
  })

  it('ends behind its mark, and tells where there is none', () => {
    const archive = fixture('rar4', 'solid.rar')
    const bytes = memoryBytes(Buffer.concat([archive, Buffer.alloc(100)]))
    expect(rar4.recognise(bytes, 0)).toEqual({ start: 0, end: archive.length })
    expect(collect(rar4, archive.subarray(0, -7)).problems).toMatchObject([{ code: 'truncated' }])
  })

  it('reads names that are kept twice', () => {
    const plain = [...Buffer.from('ab_cdef')]
    // 'ä' as a byte, 'б' of the upper half 4, '中' as two bytes, a run of two, and a run of two that is moved by one.
    const encoded = [0x04, 0b00_01_10_11, 0xe4, 0x31, 0x2d, 0x4e, 0x00, 0b11_000000, 0x80, 0x01]
    const name = nameOf(Uint8Array.from([...plain, 0, ...encoded]), true)
    expect(Buffer.from(name, 'latin1').toString()).toBe('äб中cd\u0466\u0467')
    expect(nameOf(Uint8Array.from(plain), true)).toBe('ab_cdef')
    expect(nameOf(Uint8Array.from([...plain, 0, 1]), false)).toBe('ab_cdef')
  })
})

for (const name of ['stored.rar', 'solid.rar']) hostileSuite({ format: rar4, fixture: fixture('rar4', name) })

hostileSuite({
  format: rar4,
  fixture: Buffer.concat(
    ['solid.rar', 'solid.r00', 'solid.r01', 'solid.r02'].map((name) => fixture('rar4', `../split/${name}`)),
  ),
})

hostileSuite({
  format: withKeys(rar4, [keyOf('rar4', 'password.txt')]),
  fixture: fixture('rar4', '../keyed/encrypted-headers.rar'),
})
