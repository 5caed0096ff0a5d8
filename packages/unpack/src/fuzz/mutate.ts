import type { Random } from './random.ts'

/** Values at which readers of sizes and counts go wrong. */
const INTERESTING = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1023, 1024, 4095, 4096,
  32_767, 32_768, 65_535, 65_536, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
]
/** Bytes up to which an input is copied for each change; a larger one is changed in place. */
const LONGEST = 64 * 1024
/** Bytes of a large input that one mutation sees. */
const WINDOW = 64
/** Bytes that lie beside each other and are looked at together for whether something is written there. */
const BLOCK = 32

interface Surroundings {
  readonly random: Random
  readonly others: readonly Seed[]
  /** Bytes of the whole input. */
  readonly size: number
}

type Mutation = (content: Buffer, surroundings: Surroundings) => Buffer

/** Bytes to run, put together when they are asked for and as they were before afterwards. */
export interface Input {
  use<T>(run: (content: Buffer) => T): T
}

/** Makes changed inputs of one. */
export interface Seed {
  readonly content: Buffer
  mutate(random: Random, others: readonly Seed[]): Input
}

interface Change {
  readonly at: number
  readonly bytes: Buffer
}

function flipBit(content: Buffer, { random }: Surroundings): Buffer {
  const at = random.below(content.length)
  content[at] = (content[at] as number) ^ (1 << random.below(8))
  return content
}

function setByte(content: Buffer, { random }: Surroundings): Buffer {
  content[random.below(content.length)] = random.below(256)
  return content
}

function addToByte(content: Buffer, { random }: Surroundings): Buffer {
  const at = random.below(content.length)
  content[at] = ((content[at] as number) + random.below(9) - 4) & 0xff
  return content
}

function setNumber(content: Buffer, { random }: Surroundings): Buffer {
  const value = random.oneOf(INTERESTING) >>> 0
  const size = random.oneOf([2, 4] as const)
  if (content.length < size) return content
  const at = random.below(content.length - size + 1)
  if (size === 2) content[random.below(2) === 0 ? 'writeUInt16LE' : 'writeUInt16BE'](value & 0xffff, at)
  else content[random.below(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](value, at)
  return content
}

/** Offsets and sizes often are near to those of the file itself. */
function setToPlace(content: Buffer, { random, size }: Surroundings): Buffer {
  if (content.length < 4) return content
  const value = Math.max(0, random.below(size + 1) + random.below(17) - 8)
  const at = random.below(content.length - 3)
  content[random.below(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](value, at)
  return content
}

function copyStretch(content: Buffer, { random }: Surroundings): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const from = random.below(content.length - length + 1)
  content.copy(content, random.below(content.length - length + 1), from, from + length)
  return content
}

function removeStretch(content: Buffer, { random }: Surroundings): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const at = random.below(content.length - length + 1)
  return Buffer.concat([content.subarray(0, at), content.subarray(at + length)])
}

function repeatStretch(content: Buffer, { random }: Surroundings): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const at = random.below(content.length - length + 1)
  return Buffer.concat([content.subarray(0, at + length), content.subarray(at)])
}

function fillStretch(content: Buffer, { random }: Surroundings): Buffer {
  const length = 1 + random.below(Math.min(32, content.length))
  const at = random.below(content.length - length + 1)
  return content.fill(random.oneOf([0, 0xff, 0x7f, 0x20]), at, at + length)
}

function cut(content: Buffer, { random }: Surroundings): Buffer {
  return content.subarray(0, 1 + random.below(content.length))
}

function splice(content: Buffer, { random, others }: Surroundings): Buffer {
  const other = random.oneOf(others).content
  const at = random.below(content.length)
  const from = random.below(other.length)
  return Buffer.concat([content.subarray(0, at), other.subarray(from, from + LONGEST - at)])
}

/** Mutations that leave the size as it is. */
const IN_PLACE: readonly Mutation[] = [
  flipBit,
  setByte,
  addToByte,
  setNumber,
  setNumber,
  setToPlace,
  copyStretch,
  fillStretch,
]
const MUTATIONS: readonly Mutation[] = [...IN_PLACE, removeStretch, repeatStretch, cut, splice]

/** One to eight, few more often than many. */
function mutationCount(random: Random): number {
  return 1 << random.below(4)
}

export function seedOf(content: Buffer): Seed {
  return content.length > LONGEST ? largeSeed(content) : smallSeed(content)
}

function smallSeed(content: Buffer): Seed {
  return {
    content,
    mutate(random, others) {
      let changed: Buffer = Buffer.from(content)
      for (let left = mutationCount(random); left > 0 && changed.length > 0; left--)
        changed = random.oneOf(MUTATIONS)(changed, { random, others, size: changed.length })
      if (changed.length === 0) changed = Buffer.from(content)
      return inputOf(changed.length > LONGEST ? Buffer.from(changed.subarray(0, LONGEST)) : changed)
    },
  }
}

export function inputOf(content: Buffer): Input {
  return { use: (run) => run(content) }
}

/** An image of megabytes is not copied for every flipped bit, and what is changed lies where something is written. */
function largeSeed(content: Buffer): Seed {
  const places = writtenBlocks(content)
  return {
    content,
    mutate(random) {
      const changes: Change[] = []
      for (let left = mutationCount(random); left > 0; left--) {
        const at = Math.min(random.oneOf(places) + random.below(BLOCK), content.length - WINDOW)
        const bytes = Buffer.from(content.subarray(at, at + WINDOW))
        changes.push({
          at,
          bytes: random.oneOf(IN_PLACE)(bytes, { random, others: [], size: content.length }),
        })
      }
      return { use: (run) => withChanges(content, changes, run) }
    },
  }
}

function writtenBlocks(content: Buffer): readonly number[] {
  const places: number[] = [0]
  for (let at = 0; at < content.length; at += BLOCK) {
    const block = content.subarray(at, at + BLOCK)
    if (block.some((byte) => byte !== block[0])) places.push(at)
  }
  return places
}

function withChanges<T>(content: Buffer, changes: readonly Change[], run: (content: Buffer) => T): T {
  const before = changes.map(({ at, bytes }) => {
    const old = Buffer.from(content.subarray(at, at + bytes.length))
    bytes.copy(content, at)
    return { at, bytes: old }
  })
  try {
    return run(content)
  } finally {
    for (const { at, bytes } of before.toReversed()) bytes.copy(content, at)
  }
}
