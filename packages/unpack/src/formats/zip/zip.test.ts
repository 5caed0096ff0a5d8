import { crc32, deflateRawSync } from 'node:zlib'
import { joinedBytes, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { KeyMaterial } from '../../contract.ts'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { countingBytes } from '../../testing/counting.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { lockOf } from './decrypt.ts'
import { zip } from './index.ts'
import { parseTransferList } from './transfer-list.ts'

const CENTRAL = Buffer.from('PK\x01\x02')

const LONG_PASSWORD = 'a-long-passphrase-7361\n'

function keyOf(password: string): KeyMaterial {
  return { name: 'password', bytes: Buffer.from(password) }
}

function withoutDirectory(name: string): Buffer {
  const archive = fixture('zip', name)
  return archive.subarray(0, archive.indexOf(CENTRAL))
}

/** Writes a 32-bit number into every central header, and at another place into every local one. */
function patched(name: string, central: number, local: number, value: number): Buffer {
  const archive = fixture('zip', name)
  for (const [signature, offset] of [
    ['PK\x01\x02', central],
    ['PK\x03\x04', local],
  ] as const) {
    for (let at = archive.indexOf(signature); at >= 0; at = archive.indexOf(signature, at + 4))
      archive.writeUInt32LE(value, at + offset)
  }
  return archive
}

describe('zip', () => {
  it('lists an archive of Unix with modes, owners and links', () => {
    const found = collect(zip, fixture('zip', 'unix.zip'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({
      type: 'file',
      mode: 0o4755,
      uid: 0,
      mtime: 1_700_000_000,
    })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'etc/init.d')).toMatchObject({ type: 'directory', mode: 0o755 })
  })

  it.each([
    ...['stored.zip', 'streamed.zip', 'zip64.zip', 'python.zip'],
    ...['method-lzma.zip', 'method-xz.zip', 'method-zstd.zip', 'method-deflate64.zip'],
    ...['method-shrink.zip', 'method-implode.zip', 'method-implode0.zip'],
  ])('reads the contents of %s', (name) => {
    const { contents, problems } = collect(zip, fixture('zip', name))
    expect(problems).toEqual([])
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('knows where a link leads whose target is packed by another method', () => {
    const { entries, problems } = collect(zip, fixture('zip', 'link-lzma.zip'))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([{ path: 'longlink', type: 'symlink', target: 'x'.repeat(300) }])
    const damaged = fixture('zip', 'link-lzma.zip')
    const data = damaged.indexOf('longlink') + 'longlink'.length
    damaged[data + 2] = 4
    expect(collect(zip, damaged)).toMatchObject({ entries: [], problems: [{ path: 'longlink' }] })
  })

  it('reads an archive over several disks, whose members begin and end anywhere', () => {
    const disks = ['z01', 'z02', 'zip'].map((end) => fixture('zip', `../split/split.${end}`))
    const { contents, problems, region } = collect(zip, joinedBytes(disks.map((disk) => memoryBytes(disk))))
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: disks.reduce((sum, { length }) => sum + length, 0) })
    expect(contents.get('long')?.toString()).toBe('0123456789abcde\n'.repeat(8750))
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    // As one file, nothing tells where a disk began: the local headers are there all the same.
    const flat = collect(zip, Buffer.concat(disks))
    expect(flat.contents).toEqual(contents)
    expect(flat.problems).toMatchObject([{ code: 'truncated' }])
  })

  it('takes the mark of an archive that needed one disk only as part of it', () => {
    const archive = Buffer.concat([Buffer.from('PK00'), fixture('zip', 'stored.zip')])
    for (let at = archive.indexOf(CENTRAL); at >= 0; at = archive.indexOf(CENTRAL, at + 4))
      archive.writeUInt32LE(archive.readUInt32LE(at + 42) + 4, at + 42)
    const end = archive.lastIndexOf('PK\x05\x06')
    archive.writeUInt32LE(archive.readUInt32LE(end + 16) + 4, end + 16)
    const { contents, problems, region } = collect(zip, archive)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: archive.length })
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it.each(['dahua.zip', 'instar.zip'])('reads what a maker of cameras marks its own way: %s', (name) => {
    const [plain, marked] = ['unix.zip', name].map((one) => collect(zip, fixture('zip', one)))
    expect(marked?.entries).toEqual(plain?.entries)
    expect(marked?.contents).toEqual(plain?.contents)
    expect(marked?.problems).toEqual([])
  })

  it('names what it cannot read: encrypted members and other methods', () => {
    expect(collect(zip, fixture('zip', 'encrypted.zip')).problems).toMatchObject([
      { code: 'unsupported', path: 'etc/passwd' },
    ])
    expect(collect(zip, fixture('zip', '../other/ppmd.zip')).problems).toContainEqual({
      code: 'unsupported',
      message: 'compression method 98',
      path: 'bin/numbers',
    })
  })

  it.each([
    '../keyed/aes-256.zip',
    '../keyed/aes-128-lzma.zip',
    '../keyed/aes-192-stored.zip',
    '../keyed/traditional-streamed.zip',
    'encrypted.zip',
  ])('decrypts %s with its password', (name) => {
    const archive = fixture('zip', name)
    // Many wrong ones: one in 256 passes what the head of a member tells.
    const wrong = Array.from({ length: 20 }, (_, index) => keyOf(`wrong ${index}`))
    const locked = collect(zip, archive, undefined, wrong)
    expect(locked.contents.size).toBe(0)
    expect(locked.problems.map(({ code }) => code)).toContain('unsupported')
    const right = name.endsWith('aes-256.zip') ? LONG_PASSWORD : 'secret\n'
    const { contents, problems } = collect(zip, archive, undefined, [...wrong.slice(0, 9), keyOf(right)])
    expect(problems).toEqual([])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    if (name !== 'encrypted.zip') expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
  })

  it('tells that what is encrypted was changed', () => {
    const archive = fixture('zip', '../keyed/aes-192-stored.zip')
    archive[200] = (archive[200] as number) ^ 1
    const { contents, problems } = collect(zip, archive, undefined, [keyOf('secret')])
    expect(problems).toMatchObject([{ path: 'bin/numbers' }])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('knows how a member is encrypted', () => {
    const member = { flags: 1, method: 8, extra: new Uint8Array(0), crc: 0xab00_0000, dosTime: 0xcd00 }
    expect(lockOf(member)).toEqual({ lock: { kind: 'traditional', check: 0xab }, method: 8 })
    expect(lockOf({ ...member, flags: 9 })?.lock).toEqual({ kind: 'traditional', check: 0xcd })
    expect(lockOf({ ...member, flags: 0x41 })).toBeUndefined()
    expect(lockOf({ ...member, method: 99 })).toBeUndefined()
    const field = Buffer.from('019907000200414504' + '0800', 'hex')
    expect(lockOf({ ...member, method: 99, extra: field })).toBeUndefined()
    field[8] = 3
    expect(lockOf({ ...member, method: 99, extra: field })).toEqual({
      lock: { kind: 'aes', keyLength: 32, hasCrc: false },
      method: 8,
    })
  })

  it('reads a member with bzip2, tells a CRC that differs, and shows what lies before damage', () => {
    const { contents, problems } = collect(zip, fixture('zip', 'bzip2.zip'))
    expect(problems).toEqual([])
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    const damaged = fixture('zip', 'method-lzma.zip')
    damaged[300] = (damaged[300] as number) ^ 1
    expect(collect(zip, damaged).problems).not.toEqual([])
    expect(collect(zip, patched('method-zstd.zip', 16, 14, 7)).problems).toContainEqual(
      expect.objectContaining({ message: 'the CRC differs', path: 'bin/numbers' }),
    )
    // Sizes that are smaller than what comes out.
    expect(collect(zip, patched('method-xz.zip', 24, 22, 9)).problems).toContainEqual(
      expect.objectContaining({ message: 'over 9 bytes come out', path: 'bin/numbers' }),
    )
  })

  it.each(['stored.zip', 'streamed.zip', 'zip64.zip', 'unix.zip'])(
    'follows the local headers of %s when its directory is gone',
    (name) => {
      const archive = withoutDirectory(name)
      const found = collect(zip, archive)
      expect(found.region.end).toBe(archive.length)
      expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
      expect(found.problems).toMatchObject([{ code: 'truncated', path: undefined }])
    },
  )

  it('follows the local headers when the directory is damaged, and still ends where the archive ends', () => {
    const archive = fixture('zip', 'stored.zip')
    archive[archive.lastIndexOf(CENTRAL)] = 0
    const found = collect(zip, Buffer.concat([archive, Buffer.alloc(100, 0x41)]))
    expect([...found.contents.keys()]).toEqual(['etc/passwd', 'bin/numbers'])
    expect(found.problems).toMatchObject([{ code: 'structure', path: undefined }])
    expect(found.region.end).toBe(archive.length)
  })

  it('finds each of two archives, and one behind a loader that counts from its start', () => {
    const [first, second] = [fixture('zip', 'stored.zip'), fixture('zip', 'streamed.zip')]
    const both = memoryBytes(Buffer.concat([first, second]))
    expect(zip.recognise(both, 0)?.end).toBe(first.length)
    expect(zip.recognise(both, first.length)?.end).toBe(first.length + second.length)

    const loader = Buffer.alloc(40, 0x20)
    const moved = Buffer.from(first)
    for (let at = moved.indexOf(CENTRAL); at >= 0; at = moved.indexOf(CENTRAL, at + 4))
      moved.writeUInt32LE(moved.readUInt32LE(at + 42) + 40, at + 42)
    const end = moved.lastIndexOf('PK\x05\x06')
    moved.writeUInt32LE(moved.readUInt32LE(end + 16) + 40, end + 16)
    const bytes = memoryBytes(Buffer.concat([loader, moved]))
    const region = zip.recognise(bytes, 40)
    expect(region).toEqual({ start: 40, end: 40 + first.length })
    expect(collect(zip, bytes, region).contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('refuses members that use the bytes of others', () => {
    const archive = fixture('zip', 'stored.zip')
    const second = archive.lastIndexOf(CENTRAL)
    archive.writeUInt32LE(0, second + 42)
    const found = collect(zip, archive)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'bin/numbers' }])
    expect([...found.contents.keys()]).toEqual(['etc/passwd'])
  })

  it('refuses sizes that DEFLATE cannot yield before it makes room for them', () => {
    const found = collect(zip, patched('streamed.zip', 24, 22, 0x7fff_ffff))
    expect(found.contents.size).toBe(0)
    expect(found.problems).toMatchObject([{ code: 'structure' }, { code: 'structure' }])
  })

  it('tells when a CRC differs, and when less comes out than announced', () => {
    expect(collect(zip, patched('stored.zip', 16, 14, 1)).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'checksum' },
    ])
    expect(
      collect(zip, patched('unix.zip', 16, 14, 1)).problems.every(({ code }) => code === 'checksum'),
    ).toBe(true)
    const found = collect(zip, patched('python.zip', 24, 22, 1000))
    expect(found.problems.length).toBeGreaterThan(0)
    expect(found.contents.size).toBe(0)
  })

  it('reads members that are longer than any view', () => {
    const content = Buffer.alloc(17 * 1024 * 1024, 'long ')
    const deflated = deflateRawSync(content)
    const local = Buffer.alloc(31)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(deflated.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(1, 26)
    local.write('a', 30)
    const found = collect(zip, Buffer.concat([local, deflated]))
    expect(found.contents.get('a')?.equals(content)).toBe(true)
    expect(found.problems.map(({ code }) => code)).toEqual(['truncated'])

    local.writeUInt32LE(1, 14)
    const wrong = collect(zip, Buffer.concat([local, deflated]))
    expect(wrong.problems).toContainEqual(expect.objectContaining({ message: 'the CRC differs', path: 'a' }))
  })

  it('takes the signatures within a program that reads archives for none', () => {
    const program = `var LOCAL="PK\x03\x04",c.CENTRAL="PK\x01\x02",c.END="PK\x05\x06";${'f(a,b);'.repeat(9000)}`
    const content = memoryBytes(Buffer.from(program, 'latin1'))
    expect(zip.recognise(content, program.indexOf('PK'))).toBeUndefined()
  })

  it.each([
    ['a system', 5, 20],
    ['a method', 8, 21],
    ['a method', 8, 92],
  ])('takes a local header alone for none that has %s which does not exist', (_, at, value) => {
    const alone = withoutDirectory('stored.zip')
    expect(zip.recognise(memoryBytes(alone), 0)).toBeDefined()
    alone[at] = value
    expect(zip.recognise(memoryBytes(alone), 0)).toBeUndefined()
  })

  it('searches a source once, however many archives seem to begin in it', () => {
    const header = withoutDirectory('streamed.zip').subarray(0, 50)
    const content = Buffer.concat(Array.from({ length: 2000 }, () => header))
    const bytes = countingBytes(content, content.length * 4, content.length * 40)
    for (let at = 0; at < content.length; at += header.length) zip.recognise(bytes, at)
  })
})

describe('a package of Android 5 to 9', () => {
  const FOLDER = ['system.img', 'vendor.img', 'odm.img']

  /** A partition as the commands of the fixture make it. */
  function partition(): Buffer {
    const image = Buffer.alloc(40 * 4096)
    image.write(lines(1, 400), 0)
    image.write(lines(5000, 5700), 7 * 4096)
    image.write(lines(1, 300), 20 * 4096)
    return image
  }

  it('has its partitions put together, beside the members that they come from', () => {
    const { contents, problems } = collect(zip, fixture('zip', 'block-ota.zip'))
    for (const name of FOLDER) expect(contents.get(name)?.equals(partition()), name).toBe(true)
    expect(contents.get('odm.new.dat')).toHaveLength(3 * 4096)
    expect(contents.has('product.img')).toBe(false)
    expect(contents.has('product.new.dat')).toBe(true)
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'unsupported',
        path: 'product.img',
        message: expect.stringContaining('1 of 2'),
      }),
    ])
  })

  it('tells what is damaged of them', () => {
    const archive = fixture('zip', 'block-ota.zip')
    archive.fill(0x55, archive.indexOf('system.new.dat.br') + 300, archive.indexOf('system.new.dat.br') + 320)
    const { contents, problems } = collect(zip, archive)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'system.img' }))
    expect(contents.get('vendor.img')?.equals(partition())).toBe(true)
  })

  it.each([
    ['', undefined],
    ['5\n1\n0\n0\nnew 2,0,1\n', undefined],
    ['1\n1\nnew 3,0,1\n', undefined],
    ['1\n1\nnew 2,1,1\n', undefined],
    ['1\n1\nnew 2,0,1e99\n', undefined],
    ['1\n2\nnew 2,0,2\nnew 2,1,3\n', undefined],
    ['1\n2\ndance 2,0,2\n', undefined],
    ['4\n1\n0\n0\nerase 2,0,9\nnew 2,3,5\n', { size: 9 * 4096, fresh: [{ start: 3, count: 2 }], needOld: 0 }],
    ['2\r\n1\r\n0\r\n0\r\nnew 2,3,5\r\nfree 1\r\nstash 1 2,0,1\r\n', { size: 5 * 4096, needOld: 1 }],
  ])('takes no other text for a list: %j', (text, expected) => {
    const list = parseTransferList(text)
    if (expected === undefined) expect(list).toBeUndefined()
    else expect(list).toMatchObject(expected)
  })
})

hostileSuite({ format: zip, fixture: fixture('zip', 'stored.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'streamed.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'zip64.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'unix.zip') })
for (const name of ['method-deflate64.zip', 'method-shrink.zip', 'method-implode.zip'])
  hostileSuite({ format: zip, fixture: fixture('zip', name) })
hostileSuite({ format: zip, fixture: fixture('zip', 'block-ota.zip') })

for (const name of ['aes-128-lzma.zip', 'traditional-streamed.zip'])
  hostileSuite({
    format: withKeys(zip, [keyOf('secret')]),
    fixture: fixture('zip', `../keyed/${name}`),
  })
