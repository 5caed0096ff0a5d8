import { latin1, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cab } from '../cab/index.ts'
import { pe } from '../pe/index.ts'
import { parsePe } from '../pe/parse.ts'
import { peResources } from './index.ts'

const PROGRAM = fixture('pe-resources', 'iexpress.exe')

describe('pe-resources', () => {
  it('shows the cabinet and the archive, and not what is no file', () => {
    const { contents, problems } = collect(peResources, PROGRAM)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['FIRMWARE/7', 'RCDATA/CABINET'])
    const files = collect(cab, contents.get('RCDATA/CABINET') as Buffer).contents
    expect(files.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(files.get('numbers')?.toString()).toBe(NUMBERS)
    expect(latin1(contents.get('FIRMWARE/7') as Buffer)).toMatch(/^PK/)
  })

  it('is no plain program', () => {
    expect(pe.recognise(memoryBytes(PROGRAM), 0)).toBeUndefined()
    const plain = memoryBytes(fixture('pe', 'symbols.exe'))
    expect(peResources.recognise(plain, 0)).toBeUndefined()
  })

  it('ends where a tree of resources leads to itself', () => {
    const image = Buffer.from(PROGRAM)
    const { at = 0, length = 0 } =
      parsePe(memoryBytes(image), 0)?.sections.find(({ name }) => name === '.rsrc') ?? {}
    for (let entry = at + 16; entry < at + length; entry += 8)
      if (image.readUInt32LE(entry + 4) >= 0x8000_0000) image.writeUInt32LE(0x8000_0000, entry + 4)
    expect(peResources.recognise(memoryBytes(image), 0)).toBeUndefined()
  })
})

hostileSuite({ format: peResources, fixture: PROGRAM })
