import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { macho } from './index.ts'
import { parseMachO } from './parse.ts'

describe('macho', () => {
  it('knows processors and kinds', () => {
    const found = fixturesOf('macho', 'positive').map(({ name, content }) => {
      const program = parseMachO(memoryBytes(content), 0)
      return [name, program?.processor, program?.kind]
    })
    expect(found).toEqual([
      ['arm64.o', 'arm64', 1],
      ['armv7.o', 'arm', 1],
      ['far.dylib', 'arm64', 6],
      ['x86_64.o', 'x86_64', 1],
    ])
  })

  it('reads the other byte order', () => {
    const words = [0xfeedface, 18, 0, 1, 1, 24, 0, 2, 24, 52, 1, 64, 8]
    const image = Buffer.alloc(100)
    for (const [index, word] of words.entries()) image.writeUInt32BE(word, index * 4)
    expect(parseMachO(memoryBytes(image), 0)).toEqual({ processor: 'ppc', kind: 1, size: 72 })
  })

  it('tells when the end of one is missing', () => {
    const cut = memoryBytes(fixture('macho', 'far.dylib').subarray(0, 20_000))
    const region = macho.recognise(cut, 0)
    expect(region).toEqual({ start: 0, end: 20_000 })
    const problems: string[] = []
    macho.examine?.(cut, region as NonNullable<typeof region>, (code) => problems.push(code))
    expect(problems).toEqual(['truncated'])
  })
})

for (const { content } of fixturesOf('macho', 'positive')) hostileSuite({ format: macho, fixture: content })
