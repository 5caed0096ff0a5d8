import { createHash } from 'node:crypto'
import { type Bytes, latin1, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { ContainerFormat, Format } from '../contract.ts'
import { attempt } from './attempt.ts'
import { type Collected, collect, collectStream, isTyped } from './collect.ts'

export interface HostileCase {
  readonly format: Format
  /** A small file of that format, which begins at its first byte. */
  readonly fixture: Uint8Array
  /** Why damage of members that lie before a cut is no fault: with what a format keeps at its end, all is lost. */
  readonly needsItsEnd?: string
  /** Members that are stored as they are are lost so as well, in what is still recognised. */
  readonly storedNeedsItsEnd?: true
  /** Why a cut may go untold: such as in a text whose last line need not say that it is the last. */
  readonly needsNoEnd?: string
}

/** How many places are tried; always the same ones. */
const PLACES = 200
const MOST_STEPS = 1000
/** Bytes that no noise yields. */
const CONVINCING = 4096

let noise: Buffer = Buffer.alloc(0)

/** What every format has to stand. Work is counted, so that the suite means the same on every machine. */
export function hostileSuite({
  format,
  fixture,
  needsItsEnd,
  storedNeedsItsEnd,
  needsNoEnd,
}: HostileCase): void {
  describe(`${format.name}, with hostile bytes`, () => {
    it('stands a cut at any place', () => {
      for (const length of cuts(fixture)) attempt(format, fixture.subarray(0, length))
    })

    it('stands a flipped byte at any place', () => {
      for (const [index, at] of places(fixture.length).entries()) {
        const damaged = Buffer.from(fixture)
        damaged[at] = (damaged[at] as number) ^ (index % 3 === 0 ? 0xff : 1 << (index % 8))
        attempt(format, damaged)
      }
    })

    it('stands words that are the wrong way round', () => {
      for (let at = 0; at + 4 <= Math.min(fixture.length, 512); at += 4) {
        const damaged = Buffer.from(fixture)
        damaged.subarray(at, at + 4).swap32()
        attempt(format, damaged)
      }
    })

    it('stands numbers that are as large as they can be', () => {
      for (let at = 0; at + 4 <= Math.min(fixture.length, 512); at += 4) {
        for (const filler of [0, 0x7f, 0xff, 0x37])
          attempt(format, Buffer.from(fixture).fill(filler, at, at + 4))
      }
    })

    it('stands nothing, and a tail that says nothing', () => {
      attempt(format, Buffer.alloc(0))
      for (const share of [0.1, 0.5, 0.9]) {
        for (const filler of [0, 0xff])
          attempt(format, Buffer.from(fixture).fill(filler, Math.floor(fixture.length * share)))
      }
    })

    it('stands itself within itself', () => {
      const half = Math.floor(fixture.length / 2)
      attempt(format, Buffer.concat([fixture, fixture, fixture]))
      attempt(format, Buffer.concat([fixture.subarray(0, half), fixture, fixture.subarray(half)]))
      attempt(format, Buffer.concat(Array.from({ length: 50 }, () => fixture.subarray(0, 64))))
    })

    it('sees nothing in noise that has its magic', () => {
      for (const magic of format.magic) {
        const bytes = createNoise(Math.max(65_536, magic.at + 8192))
        bytes.write(magic.bytes, 100 + magic.at, 'latin1')
        expect(
          recognised(format, memoryBytes(bytes), 100),
          `with its magic ${JSON.stringify(magic.bytes)}`,
        ).toBe(false)
      }
    })

    if (format.kind === 'container') {
      it('keeps what lies before a cut', () => {
        const whole = collect(format, fixture)
        const lost = new Map<string, number>()
        let most = 0
        for (const length of cuts(fixture).toReversed()) {
          const there = contentsBefore(format, whole, fixture.subarray(0, length), needsNoEnd !== undefined)
          most = Math.max(most, there?.size ?? 0)
          for (const [path, end] of whole.slices) {
            if (end <= length && there && storedNeedsItsEnd === undefined)
              expect(there.has(path), `${path}, cut at ${length}`).toBe(true)
          }
          // What a longer cut has lost, a shorter one cannot have.
          for (const path of whole.contents.keys()) {
            if (!there?.has(path)) lost.set(path, lost.get(path) ?? length)
            else expect(lost.get(path), `${path} is there when cut at ${length}`).toBeUndefined()
          }
        }
        // Without this, a format that recognises nothing would pass.
        if (needsItsEnd === undefined) expect(most).toBeGreaterThan(0)
      })
    }
  })
}

/** All of the first bytes, a thousand or fewer multiples of 512, and places in between. */
function cuts(fixture: Uint8Array): readonly number[] {
  const lengths = new Set<number>()
  const step = 512 * Math.max(1, Math.ceil(fixture.length / 512 / MOST_STEPS))
  for (let length = 0; length < Math.min(fixture.length, 128); length++) lengths.add(length)
  for (let length = 0; length < fixture.length; length += step) lengths.add(length)
  for (const place of places(fixture.length)) lengths.add(place)
  return [...lengths].sort((a, b) => a - b)
}

/** Pseudo-random, and the same in every run. */
function places(size: number): readonly number[] {
  const noise = createNoise(PLACES * 4)
  return Array.from({ length: PLACES }, (_, index) => noise.readUInt32LE(index * 4) % size)
}

/** A copy; formats with hundreds of magics ask for as many. */
function createNoise(length: number): Buffer {
  if (noise.length < length) noise = makeNoise(length)
  return Buffer.from(noise.subarray(0, length))
}

function makeNoise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`noise ${index}`).digest(),
  )
  return Buffer.concat(blocks)
}

/** As the engine sees it: a magic has to stand there, and a stream has to come out, or at least a convincing part of it. */
function recognised(format: Format, bytes: Bytes, at: number): boolean {
  try {
    if (
      format.magic.length > 0 &&
      !format.candidates &&
      !format.magic.some((magic) => standsAt(bytes, at + magic.at, magic.bytes))
    )
      return false
    if (format.kind !== 'stream') return format.recognise(bytes, at) !== undefined
    if (!format.recognise(bytes, at)) return false
    const { content, end } = collectStream((write) => format.decode(bytes, at, write))
    return end.problem === undefined || content.length >= CONVINCING
  } catch (error) {
    if (!isTyped(error)) throw error
    return false
  }
}

function standsAt(bytes: Bytes, at: number, text: string): boolean {
  return at + text.length <= bytes.size && latin1(bytes.view(at, text.length)) === text
}

/** The contents that still come out whole; undefined when the format is not recognised any more. */
function contentsBefore(
  format: ContainerFormat,
  whole: Collected,
  cut: Uint8Array,
  untold: boolean,
): ReadonlySet<string> | undefined {
  const bytes = memoryBytes(cut)
  if (!recognised(format, bytes, 0)) return undefined
  const { contents, problems } = collect(format, bytes)
  const kept = new Set<string>()
  for (const [path, content] of contents) {
    if (whole.contents.get(path)?.equals(content)) kept.add(path)
    // A dump does not say how long the chip was.
    else if (whole.contents.has(path) && !format.spreads && !untold)
      expect(problems, `${path} is another one, cut at ${cut.length}`).toContainEqual(
        expect.objectContaining({ path }),
      )
  }
  return kept
}
