import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { nsis } from './index.ts'
import { patched } from './patches.ts'
import { stringsOf, textAt } from './strings.ts'

describe('nsis', () => {
  it.each(fixturesOf('nsis', 'positive').map(({ name }) => name))('shows what %s writes', (name) => {
    const found = collect(nsis, fixture('nsis', name))
    expect(found.problems).toEqual([])
    const euro = name.includes('false') ? '\x80' : '\xe2\x82\xac'
    expect([...found.contents.keys()].sort()).toEqual(
      [
        ...[
          '$COMMONFILES/Messlatte/numbers',
          '$PLUGINSDIR/passwd',
          '$COMMONFILES/Messlatte/$SYSDIR/drivers/numbers.sys',
        ],
        ...['etc/passwd', 'numbers', `numb${euro}rs.txt`, 'uninstall.exe.nsis'],
      ].sort(),
    )
    for (const path of ['numbers', `numb${euro}rs.txt`, '$COMMONFILES/Messlatte/$SYSDIR/drivers/numbers.sys'])
      expect(found.contents.get(path)?.toString(), path).toBe(NUMBERS)
    for (const path of ['etc/passwd', '$PLUGINSDIR/passwd'])
      expect(found.contents.get(path)?.toString(), path).toBe(PASSWD)
    expect(entryOf(found, 'numbers')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
    const uninstaller = found.contents.get('uninstall.exe.nsis') as Buffer
    expect(collect(nsis, uninstaller)).toMatchObject({ problems: [] })
  })

  it('compares the CRC over program and archive', () => {
    const image = withProgram(fixture('nsis', 'lzma-true.bin'))
    image.writeUInt32LE(crc32(image.subarray(512, image.length - 4)), image.length - 4)
    expect(codes(image)).toEqual(['structure'])
    image[600] = (image[600] as number) ^ 1
    expect(codes(image)).toEqual(['checksum', 'structure'])
  })

  it('tells what a cut takes away', () => {
    const whole = fixture('nsis', 'zlib-solid-true.bin')
    const { contents, problems } = collect(nsis, whole.subarray(0, whole.length - 100))
    expect(contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'uninstall.exe' }])
  })
})

describe('the changes to a program', () => {
  const change = (place: number, text: string) => {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(text.length)
    head.writeUInt32LE(place, 4)
    return Buffer.concat([head, Buffer.from(text)])
  }

  it('are made in place', () => {
    const program = Buffer.from('a program')
    expect(patched(program, Buffer.concat([change(2, 'P'), change(7, 'me'), Buffer.alloc(4)]))).toBe(true)
    expect(program.toString()).toBe('a Progrme')
  })

  it('do not hold where they lie outside, or do not end', () => {
    const program = Buffer.from('a program')
    expect(patched(program, Buffer.concat([change(8, 'me'), Buffer.alloc(4)]))).toBe(false)
    expect(patched(program, change(0, 'A'))).toBe(false)
  })
})

describe('the texts of a script', () => {
  it('of NSIS 2 name variables, folders and texts of a language', () => {
    const table = Buffer.from('\0\xfd\x95\x80\\\xfe\x25\x25\xff\x81\x80\xfc\xfd\xfd\xa0\x80\0', 'latin1')
    expect(textAt(stringsOf(Buffer.concat([table, Buffer.alloc(3)])), 1)).toBe(
      '$INSTDIR\\$SYSDIR$(LSTR_1)\xfd$_0_',
    )
  })

  it('of Jim Park do so in a range of Unicode', () => {
    const table = Buffer.from('\0\ue001\x15\\\ue002\u2525\ue000\ue001\0', 'utf16le')
    expect(textAt(stringsOf(table), 1)).toBe(`$INSTDIR\\$SYSDIR${Buffer.from('\ue001').toString('latin1')}`)
  })

  it('of a registry value are the folders that it stands for', () => {
    const table = Buffer.from('\0ProgramFilesDir\0\x02\x81\x20\0\x03\x95\x80\0', 'latin1')
    expect(textAt(stringsOf(table), 17)).toBe('$PROGRAMFILES')
  })
})

for (const name of ['zlib-true.bin', 'bzip2-solid-false.bin', 'lzma-solid-true.bin'])
  hostileSuite({
    format: nsis,
    fixture: fixture('nsis', name),
    needsItsEnd: 'of all that is packed, nothing comes out before its blocks are whole',
  })

/** The end of a region lies behind a program that fills whole blocks of 512 bytes. */
function withProgram(archive: Buffer): Buffer {
  const program = fixture('pe', 'symbols.exe')
  return Buffer.concat([program, Buffer.alloc(-program.length & 511), archive])
}

function codes(image: Buffer): readonly string[] {
  const region = nsis.recognise(memoryBytes(image), image.indexOf('NullsoftInst') - 8)
  return collect(nsis, image, region).problems.map(({ code }) => code)
}
