import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { number, parseTarHeader } from './header.ts'
import { tar } from './index.ts'

/** A ustar header with its checksum, and its content. */
function member(
  name: string,
  content: string | Buffer,
  fields: { type?: string; size?: string; link?: string } = {},
): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.from(content, 'latin1')
  const header = Buffer.alloc(512)
  header.write(name, 0, 'latin1')
  header.write('0000644\x000000000\x000000000\0', 100)
  header.write(fields.size ?? body.length.toString(8).padStart(11, '0'), 124, 'latin1')
  header.write('00000000000', 136)
  header.write('        ', 148)
  header.write(fields.type ?? '0', 156)
  header.write(fields.link ?? '', 157)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

function pax(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => record(` ${key}=${value}\n`))
    .join('')
}

function record(rest: string): string {
  const length = [rest.length + 1, rest.length + 2, rest.length + 3].find(
    (one) => String(one).length + rest.length === one,
  )
  return `${length}${rest}`
}

const CLOSED = Buffer.alloc(1024)
/** UTF-8, one character per byte. */
const NAIVE = Buffer.from('na\u00efve').toString('latin1')
const LONG = `long-${'7'.padStart(120, '0')}`

describe('tar', () => {
  it('lists a ustar archive with its metadata and contents', () => {
    const found = collect(tar, fixture('tar', 'ustar.tar'))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(13)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(entryOf(found, 'bin')).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ uid: 1000, gid: 1001 })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
  })

  it.each(['gnu.tar', 'pax.tar'])('reads the long names and links of %s', (name) => {
    const found = collect(tar, fixture('tar', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get(`deep/${LONG}/${LONG}.txt`)?.toString()).toBe('far down\n')
    expect(entryOf(found, 'deep/long-link')?.target).toBe(`${LONG}/${LONG}.txt`)
  })

  it.each(['gnu.tar', 'pax.tar', 'pax-sparse-0.0.tar', 'pax-sparse-0.1.tar'])(
    'puts the sparse file of %s together',
    (name) => {
      const whole = Buffer.alloc(1024 * 1024)
      whole.write('one', 8192)
      whole.write('end', whole.length - 3)
      expect(collect(tar, fixture('tar', name)).contents.get('sparse')?.equals(whole)).toBe(true)
    },
  )

  it('lets extended headers stand over the header, local over global', () => {
    expect(collect(tar, fixture('tar', 'pax-global.tar')).entries).toMatchObject([
      { path: 'etc/passwd', uid: 4711, mtime: 1_600_000_000 },
    ])
    const archive = [
      member('g', pax({ uid: '1', gid: '2' }), { type: 'g' }),
      member('x', pax({ uid: '3', path: NAIVE, 'SCHILY.xattr.security.capability': '\x01\x02' }), {
        type: 'x',
      }),
      member('a', 'A'),
      member('b', 'B'),
      CLOSED,
    ]
    expect(collect(tar, Buffer.concat(archive)).entries).toMatchObject([
      { path: NAIVE, uid: 3, gid: 2, xattrs: { 'security.capability': '0102' } },
      { path: 'b', uid: 1, gid: 2 },
    ])
  })

  it('reads numbers in base 256, also negative ones', () => {
    expect(collect(tar, fixture('tar', 'base-256.tar')).entries).toMatchObject([{ uid: 4_294_967_290 }])
    expect(number(Buffer.from([0xff, 0xff, 0xff, 0xfe]), 0, 4)).toBe(-2)
    expect(number(Buffer.from([0x80, 0, 1, 2]), 0, 4)).toBe(258)
    expect(number(Buffer.alloc(12, 0xbf), 0, 12)).toBeUndefined()
    expect(number(Buffer.from('12 x'), 0, 4)).toBeUndefined()
  })

  it('goes on over the zeros that close it, and not over what follows', () => {
    const archive = Buffer.concat([member('a', 'A'), CLOSED, member('b', 'B')])
    expect(tar.recognise(memoryBytes(archive), 0)).toEqual({ start: 0, end: 2048 })
    expect(collect(tar, archive).entries).toMatchObject([{ path: 'a' }])
    const filled = Buffer.concat([member('a', 'A'), Buffer.alloc(20_480)])
    expect(tar.recognise(memoryBytes(filled), 0)).toEqual({ start: 0, end: 10_240 })
  })

  it('takes an archive that nobody closed', () => {
    const found = collect(tar, member('a', 'A'))
    expect(found.contents.get('a')?.toString()).toBe('A')
    expect(found.problems).toEqual([])
  })

  it('tells that it is cut off where only what fills up a block is missing', () => {
    const found = collect(tar, member('a', 'A').subarray(0, 600))
    expect(found.contents.get('a')?.toString()).toBe('A')
    expect(found.problems).toMatchObject([{ code: 'truncated' }])
  })

  it('stops at a damaged header, and says where', () => {
    const found = collect(tar, Buffer.concat([member('a', 'A'), Buffer.alloc(512, 0x41), member('b', 'B')]))
    expect(found.region.end).toBe(1024)
    expect(found.problems).toMatchObject([{ code: 'structure' }])
  })

  it('does not believe sizes that cannot be', () => {
    for (const size of ['77777777777', '\x80\0\0\0\0\x1f\xff\xff\xff\xff\xff\xff']) {
      const found = collect(tar, Buffer.concat([member('a', 'A'), member('b', 'B', { size }), CLOSED]))
      expect(found.contents.get('a')?.toString()).toBe('A')
      expect(found.contents.get('b')).toHaveLength(512 + 1024)
      expect(found.problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: 'b' }))
    }
    expect(parseTarHeader(member('c', 'C', { size: '\xff'.repeat(12) }))).toBeUndefined()
  })

  it('goes on behind extended headers that are damaged or too long', () => {
    for (const content of [
      '99 path=x\n',
      '0 path=x\n',
      'path',
      '18446744073709551616 path=x\n',
      'x'.repeat(2_000_000),
    ]) {
      const found = collect(
        tar,
        Buffer.concat([member('x', content, { type: 'x' }), member('a', 'A'), CLOSED]),
      )
      expect(found.contents.get('a')?.toString(), content.slice(0, 30)).toBe('A')
      expect(found.problems, content.slice(0, 30)).toHaveLength(1)
    }
  })

  it('puts stretches together that are longer than any view', () => {
    const long = Buffer.alloc(17 * 1024 * 1024, 'long ')
    const records = { 'GNU.sparse.map': `5,${long.length}`, 'GNU.sparse.size': String(long.length + 5) }
    const found = collect(
      tar,
      Buffer.concat([member('x', pax(records), { type: 'x' }), member('s', long), CLOSED]),
    )
    expect(found.problems).toEqual([])
    expect(found.contents.get('s')?.equals(Buffer.concat([Buffer.alloc(5), long]))).toBe(true)
  })

  it('refuses maps of sparse files that contradict themselves', () => {
    const maps: readonly Readonly<Record<string, string>>[] = [
      { 'GNU.sparse.map': '0,5,3,5', 'GNU.sparse.size': '100' },
      { 'GNU.sparse.map': '0,5', 'GNU.sparse.size': '4' },
      { 'GNU.sparse.map': '0,5000', 'GNU.sparse.size': '10000' },
      { 'GNU.sparse.map': '0,zz', 'GNU.sparse.size': '100' },
      { 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '100' },
    ]
    for (const map of maps) {
      const archive = [member('x', pax(map), { type: 'x' }), member('s', 'seven..'), member('a', 'A'), CLOSED]
      const found = collect(tar, Buffer.concat(archive))
      expect([...found.contents.keys()], JSON.stringify(map)).toEqual(['a'])
      expect(found.problems, JSON.stringify(map)).toMatchObject([{ code: 'structure', path: 's' }])
    }
  })
})

hostileSuite({ format: tar, fixture: fixture('tar', 'ustar.tar') })
hostileSuite({ format: tar, fixture: fixture('tar', 'gnu.tar') })
hostileSuite({ format: tar, fixture: fixture('tar', 'pax.tar') })
