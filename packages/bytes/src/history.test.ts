import { describe, expect, it } from 'vitest'
import { History } from './history.ts'

const KIBIBYTE = 1024
const REACH = 300 * KIBIBYTE

/** Literals and matches up to `total` bytes, and the same made without a history. */
function comeOut(reach: number, total: number): { readonly out: Buffer; readonly expected: Buffer } {
  const chunks: Buffer[] = []
  const expected = Buffer.alloc(total)
  const history = new History(reach, (chunk) => chunks.push(Buffer.from(chunk)))
  let at = 0
  for (let step = 1; at < total; step++) {
    const distance = 1 + ((step * 7919) % reach)
    const length = Math.min(1 + ((step * 104_729) % 5000), total - at)
    if (distance > at) {
      history.literal(step & 0xff)
      expected[at++] = step & 0xff
    } else {
      history.match(distance, length)
      for (let end = at + length; at < end; at++) expected[at] = expected[at - distance] as number
    }
  }
  history.flush()
  return { out: Buffer.concat(chunks), expected }
}

describe('a history of what came out', () => {
  it.each([
    ['less than it has room for at first', REACH, 20 * KIBIBYTE],
    ['more than it has room for at first', REACH, 200 * KIBIBYTE],
    ['more than it will ever have room for', REACH, 2000 * KIBIBYTE],
    ['much, with matches that reach back a little', 100, 1000 * KIBIBYTE],
  ])('gives all of %s', (_, reach, total) => {
    const { out, expected } = comeOut(reach, total)
    expect(out.length).toBe(total)
    expect(out.equals(expected)).toBe(true)
  })

  it('gives one long match out of little', () => {
    const chunks: Buffer[] = []
    const history = new History(REACH, (chunk) => chunks.push(Buffer.from(chunk)))
    history.literal(7)
    history.match(1, 250 * KIBIBYTE)
    history.flush()
    expect(Buffer.concat(chunks).equals(Buffer.alloc(250 * KIBIBYTE + 1, 7))).toBe(true)
  })

  it('reaches no further back than it is told, nor than there is', () => {
    const history = new History(4, () => {})
    for (let byte = 0; byte < 3; byte++) history.literal(byte)
    expect(() => history.match(4, 1)).toThrow('too far back')
    for (let byte = 0; byte < 3; byte++) history.literal(byte)
    expect(() => history.match(5, 1)).toThrow('too far back')
    history.match(4, 1)
    expect(history.total).toBe(7)
  })
})
