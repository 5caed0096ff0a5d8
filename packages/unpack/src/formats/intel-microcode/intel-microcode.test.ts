import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { intelMicrocode } from './index.ts'

const UPDATE = fixture('intel-microcode', '06-03-02.bin')

function problemsOf(content: Buffer): readonly string[] {
  const bytes = memoryBytes(content)
  const region = intelMicrocode.recognise(bytes, 0)
  const codes: string[] = []
  if (region) intelMicrocode.examine?.(bytes, region, (code) => codes.push(code))
  return codes
}

describe('intel-microcode', () => {
  it('is found behind other bytes, with its exact end', () => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(48, 0xa5), UPDATE, UPDATE]))
    const found = [...(intelMicrocode.candidates?.(bytes, { start: 0, end: bytes.size }) ?? [])]
    expect(found).toContain(48)
    expect(found).toContain(48 + UPDATE.length)
    expect(intelMicrocode.recognise(bytes, 48)).toEqual({ start: 48, end: 48 + UPDATE.length })
  })

  it('tells a sum that differs, and an end that is not there', () => {
    expect(problemsOf(UPDATE)).toEqual([])
    expect(problemsOf(UPDATE.subarray(0, 1000))).toEqual(['truncated'])
    const damaged = Buffer.from(UPDATE)
    damaged[100] = (damaged[100] as number) ^ 1
    expect(problemsOf(damaged)).toEqual(['checksum'])
  })

  it.each(fixturesOf('intel-microcode', 'negative'))('refuses $name', ({ content }) => {
    expect(intelMicrocode.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

hostileSuite({ format: intelMicrocode, fixture: UPDATE })
