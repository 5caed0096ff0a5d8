import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { type Collected, collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gzip } from '../gzip/index.ts'
import { tar } from '../tar/index.ts'
import { apk } from './index.ts'
import { apkParts } from './parse.ts'

function inner(found: Collected, part: string): Collected {
  return collect(tar, found.contents.get(part) as Buffer)
}

describe('apk', () => {
  it('gives signature, control and data, each an archive of its own', () => {
    const found = collect(apk, fixture('apk', 'signed.apk'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual(['signature.tar', 'control.tar', 'data.tar'])
    const [signature, control, data] = [...found.contents.keys()].map((part) => inner(found, part))
    expect([...(signature?.contents ?? [])].map(([path, content]) => [path, content.length])).toEqual([
      ['.SIGN.RSA.sample.rsa.pub', 256],
    ])
    expect(control?.contents.get('.PKGINFO')?.toString()).toMatch(/^pkgname = sample\n/)
    expect(entryOf(control as Collected, '.post-install')).toMatchObject({ mode: 0o755 })
    expect(data?.problems).toEqual([])
    expect(data?.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(data?.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(entryOf(data as Collected, 'bin/alias')).toMatchObject({ mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(data as Collected, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(data as Collected, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
  })

  it('reads packages without a signature, and signed indexes', () => {
    const names = (file: string) => [...collect(apk, fixture('apk', file)).contents.keys()]
    expect(names('unsigned.apk')).toEqual(['control.tar', 'data.tar'])
    expect(names('APKINDEX.tar.gz')).toEqual(['signature.tar', 'index.tar'])
  })

  it('takes members behind the data into the data', () => {
    const image = fixture('apk', 'unsigned.apk')
    const { parts } = apkParts(memoryBytes(image), 0)
    const data = image.subarray(parts[1]?.at)
    const { region, contents } = collect(apk, Buffer.concat([image, data, Buffer.from('more')]))
    expect(region.end).toBe(image.length + data.length)
    const once = collect(apk, image).contents.get('data.tar')
    expect(contents.get('data.tar')?.equals(Buffer.concat([once as Buffer, once as Buffer]))).toBe(true)
  })

  it('tells a hash of the data that differs', () => {
    const signed = fixture('apk', 'signed.apk')
    const other = fixture('apk', 'unsigned.apk')
    const [, , data] = apkParts(memoryBytes(signed), 0).parts
    const control = other.subarray(0, apkParts(memoryBytes(other), 0).parts[0]?.end)
    const changed = Buffer.from(signed.subarray(data?.at))
    changed[4] = 1
    const { problems } = collect(apk, Buffer.concat([control, changed]))
    expect(problems).toMatchObject([{ code: 'checksum', path: 'data.tar' }])
  })

  it('tells files and targets whose SHA-1 is not the one of their header', () => {
    const data = Buffer.from(collect(apk, fixture('apk', 'signed.apk')).contents.get('data.tar') as Buffer)
    data.write('R', data.indexOf('root:x:'))
    // Two letters change places: the sum of the header stays what it was.
    data.write('../etc/psaswd', data.indexOf('../etc/passwd'))
    const { contents, problems } = collect(tar, data)
    expect(problems).toMatchObject([
      { code: 'checksum', path: 'bin/link' },
      { code: 'checksum', path: 'etc/passwd' },
    ])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD.replace('r', 'R'))
  })

  it('leaves other gzip files to gzip', () => {
    for (const { content } of fixturesOf('apk', 'negative'))
      expect(gzip.recognise(memoryBytes(content), 0)).toBe(true)
    expect(gzip.recognise(memoryBytes(fixture('apk', 'signed.apk')), 0)).toBe(false)
  })

  it('still gives the parts before one that is cut off', () => {
    const { contents, problems } = collect(apk, fixture('apk', 'signed.apk').subarray(0, 2000))
    expect([...contents.keys()]).toEqual(['signature.tar', 'control.tar', 'data.tar'])
    expect(problems).toMatchObject([
      { code: 'checksum', path: 'data.tar' },
      { code: 'structure', path: 'data.tar' },
    ])
  })
})

for (const { content } of fixturesOf('apk', 'positive')) hostileSuite({ format: apk, fixture: content })
