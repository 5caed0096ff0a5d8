import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryBytes } from './bytes.ts'
import { createSearch } from './search.ts'

function matches(literals: readonly string[], content: Uint8Array): readonly (readonly [string, number])[] {
  const found: [string, number][] = []
  createSearch(literals)(memoryBytes(content), (index, offset) => {
    found.push([literals[index] as string, offset])
    return true
  })
  return found.toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
}

function naive(literals: readonly string[], content: Uint8Array): readonly (readonly [string, number])[] {
  const text = Buffer.from(content).toString('latin1')
  const found: [string, number][] = []
  for (const literal of literals) {
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1))
      found.push([literal, at])
  }
  return found.toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
}

describe('the search for many literals', () => {
  it('finds what a search for each of them finds', () => {
    const literal = fc
      .array(fc.constantFrom('a', 'b', '\0', '\xff'), { minLength: 3, maxLength: 7 })
      .map((parts) => parts.join(''))
    const content = fc
      .array(fc.constantFrom(97, 98, 0, 255), { maxLength: 400 })
      .map((bytes) => Uint8Array.from(bytes))
    fc.assert(
      fc.property(fc.uniqueArray(literal, { minLength: 1, maxLength: 20 }), content, (literals, bytes) => {
        expect(matches(literals, bytes)).toEqual(naive(literals, bytes))
      }),
      { numRuns: 400 },
    )
  })

  it('finds literals that straddle windows, at the very start and at the very end', () => {
    for (const at of [0, 1, 131_060, 131_071, 131_072, 262_140, 299_990]) {
      const content = Buffer.alloc(300_000, 0x2e)
      content.write('ssh-rsa\0\0\0', at, 'latin1')
      expect(matches(['ssh-rsa\0\0\0', '-----BEGIN '], content)).toEqual([['ssh-rsa\0\0\0', at]])
    }
  })

  it('finds them all where there are more than fit into one turn', () => {
    const content = Buffer.from('abcd'.repeat(100_000))
    expect(matches(['abcd'], content).length).toBe(100_000)
  })

  it('ends when it is told to', () => {
    let told = 0
    createSearch(['abcd'])(memoryBytes(Buffer.from('abcd'.repeat(1000))), () => ++told < 3)
    expect(told).toBe(3)
  })
})
