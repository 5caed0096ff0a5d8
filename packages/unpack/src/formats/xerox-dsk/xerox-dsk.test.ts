import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { xeroxDsk } from './index.ts'

const IMAGE = fixture('xerox-dsk', 'numbers.dsk')

function decoded(image: Buffer) {
  return collectStream((write) => xeroxDsk.decode(memoryBytes(image), 0, write))
}

function dsk(text: string): Buffer {
  const header = Buffer.from(IMAGE.subarray(0, 24))
  header.writeUInt32LE(text.length, 12)
  return Buffer.concat([header, Buffer.from(text)])
}

describe('xerox-dsk', () => {
  it('decodes its text, and knows where it ends', () => {
    const { content, end } = decoded(Buffer.concat([IMAGE, Buffer.from('AAAA')]))
    expect(content.toString()).toBe(lines(1, 300))
    expect(end).toEqual({ end: IMAGE.length, checksum: 'none' })
  })

  it('decodes text whose lines do not fit what is looked at in one go', () => {
    const plain = Buffer.alloc(600_000, 'messlatte')
    const text = (plain.toString('base64').match(/.{1,61}/g) ?? []).join('\r\n')
    expect(decoded(dsk(text)).content.equals(plain)).toBe(true)
  })

  it('tells text that breaks off or is none', () => {
    const cut = decoded(IMAGE.subarray(0, 525))
    expect(cut.end.problem?.code).toBe('truncated')
    expect(lines(1, 300).startsWith(cut.content.toString())).toBe(true)
    expect(decoded(dsk(`${'A'.repeat(80)}==AAAA`)).end.problem?.code).toBe('corrupt')
  })
})

hostileSuite({ format: xeroxDsk, fixture: IMAGE })
