import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { Region } from '../../contract.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { elfBuildId, elfLinkage } from './dynamic.ts'
import { elf } from './index.ts'
import { type Elf, parseElf, sizeWhereCut } from './parse.ts'
import { dynamicSymbols, staticSymbols } from './symbols.ts'

function parsed(name: string): Elf {
  return parseElf(memoryBytes(fixture('elf', name)))
}

function names(symbols: Iterable<{ readonly name: string }>): readonly string[] {
  return [...symbols].map(({ name }) => name)
}

describe('elf', () => {
  it('reads headers of 32 and 64 bits, little and big endian', () => {
    expect(parsed('program.elf')).toMatchObject({
      bits: 64,
      endian: 'little',
      type: 3,
      machine: 62,
      cut: false,
    })
    expect(parsed('object-32.elf')).toMatchObject({
      bits: 32,
      endian: 'little',
      type: 1,
      machine: 3,
      segments: [],
    })
    expect(parsed('mips-big-endian.elf')).toMatchObject({
      bits: 32,
      endian: 'big',
      machine: 8,
      flags: 0x1007,
      sections: [],
      segments: [{ type: 1, flags: 5, address: 0x40_0000, fileSize: 116, memorySize: 200 }],
    })
  })

  it.each([
    ['program.elf', 0.95],
    ['program.elf', 0.25],
    ['object-32.elf', 0.5],
    ['without-sections.elf', 0.5],
  ] as const)('tells that %s is cut off, and nothing of one that is whole', (name, part) => {
    const content = fixture('elf', name)
    const problems = (bytes: Uint8Array) => {
      const told: string[] = []
      const source = memoryBytes(bytes)
      elf.examine?.(source, elf.recognise(source, 0) as Region, (code) => void told.push(code))
      return told
    }
    expect(problems(content)).toEqual([])
    expect(problems(content.subarray(0, content.length * part))).toEqual(['truncated'])
  })

  it('takes headers whose segments are files of their own for whole', () => {
    const headers = Buffer.from(fixture('elf', 'without-sections.elf'))
    const count = headers.readUInt16LE(56)
    for (let index = 0; index < count; index++) headers.writeUInt32LE(0x0700_0005, 64 + index * 56 + 4)
    expect(sizeWhereCut(memoryBytes(headers.subarray(0, 64 + count * 56 + 1)), 0)).toBeUndefined()
  })

  it('names sections', () => {
    const sections = parsed('program.elf').sections.map(({ name }) => name)
    expect(sections).toEqual(expect.arrayContaining(['.interp', '.dynsym', '.text', '.symtab', '.shstrtab']))
  })

  it('tells libraries, search paths and the interpreter', () => {
    expect(elfLinkage(parsed('program.elf'))).toEqual({
      needed: ['libanswer.so.1'],
      soname: undefined,
      rpath: undefined,
      runpath: '/opt/lib',
      interpreter: '/lib64/ld-linux-x86-64.so.2',
    })
    expect(elfLinkage(parsed('library.elf'))).toMatchObject({ needed: [], soname: 'libanswer.so.1' })
    expect(elfLinkage(parsed('mips-big-endian.elf')).needed).toEqual([])
  })

  it('lists symbols, with and without sections', () => {
    const library = [...dynamicSymbols(parsed('library.elf'))]
    expect(library.find(({ name }) => name === 'answer')).toMatchObject({ type: 2, binding: 1 })
    expect(library.find(({ name }) => name === 'counter')).toMatchObject({ type: 1, size: 4 })
    expect([...dynamicSymbols(parsed('program.elf'))].find(({ name }) => name === 'answer')).toMatchObject({
      section: 0,
    })
    expect(names(staticSymbols(parsed('program.elf')))).toContain('twice')
    expect(names(staticSymbols(parsed('object-32.elf')))).toContain('answer')
    expect(names(staticSymbols(parsed('stripped.elf')))).toEqual([])
    expect(names(dynamicSymbols(parsed('without-sections.elf')))).toEqual(
      names(dynamicSymbols(parsed('program.elf'))),
    )
  })

  it('tells the build id', () => {
    expect(elfBuildId(parsed('program.elf'))).toMatch(/^[0-9a-f]{40}$/)
    expect(elfBuildId(parsed('stripped.elf'))).toBe(elfBuildId(parsed('program.elf')))
    expect(elfBuildId(parsed('object-32.elf'))).toBeUndefined()
  })

  it('reads to the end of the bytes when the file is cut off', () => {
    const whole = fixture('elf', 'program.elf')
    const bytes = memoryBytes(whole.subarray(0, 3000))
    expect(parseElf(bytes)).toMatchObject({ cut: true, sections: [] })
    expect(elf.recognise(bytes, 0)).toEqual({ start: 0, end: 3000 })
  })

  it.each(fixturesOf('elf', 'positive'))(
    'stands flipped bytes of $name in all that it reads later',
    ({ content }) => {
      for (let at = 16; at < content.length; at += 3) {
        const damaged = Buffer.from(content)
        damaged[at] = (damaged[at] as number) ^ 0xff
        let file: Elf
        try {
          file = parseElf(memoryBytes(damaged))
        } catch {
          continue
        }
        expect(names(dynamicSymbols(file)).length + names(staticSymbols(file)).length).toBeLessThan(
          content.length,
        )
        expect(elfLinkage(file).needed.length).toBeLessThan(content.length)
        expect(elfBuildId(file)?.length ?? 0).toBeLessThan(content.length * 2)
      }
    },
  )
})

for (const { content } of fixturesOf('elf', 'positive')) hostileSuite({ format: elf, fixture: content })
