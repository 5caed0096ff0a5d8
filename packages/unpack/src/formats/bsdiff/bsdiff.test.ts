import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { bsdiff } from './index.ts'

const PATCH = fixture('bsdiff', 'patch.bsdiff')
const OLD = Buffer.from(lines(1, 2000))
const NEW = `${lines(1, 900)}something new\n${lines(2000, 2100)}${lines(1000, 2000).replaceAll(/^15/gm, '16')}`

/** As bspatch does. */
function patched(control: Buffer, difference: Buffer, extra: Buffer): string {
  const parts: Buffer[] = []
  let [old, differenceAt, extraAt] = [0, 0, 0]
  const number = (at: number) => {
    const value = control.readBigUInt64LE(at)
    return Number(value & 0x7fff_ffff_ffff_ffffn) * (value >> 63n === 1n ? -1 : 1)
  }
  for (let at = 0; at < control.length; at += 24) {
    const [added, fresh, seek] = [number(at), number(at + 8), number(at + 16)]
    parts.push(
      Buffer.from(difference.subarray(differenceAt, differenceAt + added)).map(
        (byte, index) => byte + (OLD[old + index] ?? 0),
      ) as Buffer,
      extra.subarray(extraAt, extraAt + fresh),
    )
    old += added + seek
    differenceAt += added
    extraAt += fresh
  }
  return Buffer.concat(parts).toString()
}

describe('bsdiff', () => {
  it('gives the three streams, of which the new file is made', () => {
    const { contents, problems, region } = collect(bsdiff, PATCH)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: PATCH.length })
    expect([...contents.keys()]).toEqual(['control', 'difference', 'extra'])
    const [control, difference, extra] = [...contents.values()] as [Buffer, Buffer, Buffer]
    expect(patched(control, difference, extra)).toBe(NEW)
  })

  it('gives the one stream of the other form', () => {
    const { contents, problems } = collect(bsdiff, fixture('bsdiff', 'single.bsdiff'))
    expect(problems).toEqual([])
    // Three numbers first, and the beginning of both files is the same.
    expect(
      contents
        .get('patch')
        ?.subarray(24, 1024)
        .every((byte) => byte === 0),
    ).toBe(true)
    expect(contents.get('patch')?.toString('latin1')).toContain('something new')
  })

  it('ends where its last stream does, and tells what is damaged', () => {
    expect(collect(bsdiff, Buffer.concat([PATCH, Buffer.from('behind')])).region.end).toBe(PATCH.length)
    const damaged = Buffer.from(PATCH)
    damaged[PATCH.length - 40] = (damaged[PATCH.length - 40] as number) ^ 0xff
    expect(collect(bsdiff, damaged).problems).toMatchObject([{ path: 'extra' }])
  })
})

hostileSuite({
  format: bsdiff,
  fixture: PATCH,
  needsItsEnd: 'a stream of one block has its content at its end',
})
