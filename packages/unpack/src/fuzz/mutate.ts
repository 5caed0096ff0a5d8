import type { Random } from './random.ts'

/** Values at which readers of sizes and counts go wrong. */
const INTERESTING = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1023, 1024, 4095, 4096,
  32_767, 32_768, 65_535, 65_536, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
]
const LONGEST = 64 * 1024

type Mutation = (content: Buffer, random: Random, others: readonly Buffer[]) => Buffer

function flipBit(content: Buffer, random: Random): Buffer {
  const at = random.below(content.length)
  content[at] = (content[at] as number) ^ (1 << random.below(8))
  return content
}

function setByte(content: Buffer, random: Random): Buffer {
  content[random.below(content.length)] = random.below(256)
  return content
}

function addToByte(content: Buffer, random: Random): Buffer {
  const at = random.below(content.length)
  content[at] = ((content[at] as number) + random.below(9) - 4) & 0xff
  return content
}

function setNumber(content: Buffer, random: Random): Buffer {
  const value = random.oneOf(INTERESTING) >>> 0
  const size = random.oneOf([2, 4] as const)
  if (content.length < size) return content
  const at = random.below(content.length - size + 1)
  if (size === 2) content[random.below(2) === 0 ? 'writeUInt16LE' : 'writeUInt16BE'](value & 0xffff, at)
  else content[random.below(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](value, at)
  return content
}

/** Offsets and sizes often are near to those of the file itself. */
function setToPlace(content: Buffer, random: Random): Buffer {
  if (content.length < 4) return content
  const value = Math.max(0, random.below(content.length + 1) + random.below(17) - 8)
  const at = random.below(content.length - 3)
  content[random.below(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](value, at)
  return content
}

function copyStretch(content: Buffer, random: Random): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const from = random.below(content.length - length + 1)
  content.copy(content, random.below(content.length - length + 1), from, from + length)
  return content
}

function removeStretch(content: Buffer, random: Random): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const at = random.below(content.length - length + 1)
  return Buffer.concat([content.subarray(0, at), content.subarray(at + length)])
}

function repeatStretch(content: Buffer, random: Random): Buffer {
  const length = 1 + random.below(Math.min(64, content.length))
  const at = random.below(content.length - length + 1)
  return Buffer.concat([content.subarray(0, at + length), content.subarray(at)])
}

function fillStretch(content: Buffer, random: Random): Buffer {
  const length = 1 + random.below(Math.min(32, content.length))
  const at = random.below(content.length - length + 1)
  return content.fill(random.oneOf([0, 0xff, 0x7f, 0x20]), at, at + length)
}

function cut(content: Buffer, random: Random): Buffer {
  return content.subarray(0, 1 + random.below(content.length))
}

function splice(content: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const other = random.oneOf(others)
  const at = random.below(content.length)
  return Buffer.concat([content.subarray(0, at), other.subarray(random.below(other.length))])
}

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  setByte,
  addToByte,
  setNumber,
  setNumber,
  setToPlace,
  copyStretch,
  removeStretch,
  repeatStretch,
  fillStretch,
  cut,
  splice,
]

/** A changed copy: one to eight mutations, few more often than many. */
export function mutate(content: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let changed = Buffer.from(content)
  const count = 1 << random.below(4)
  for (let i = 0; i < count; i++) {
    if (changed.length === 0) return Buffer.from(content)
    changed = Buffer.from(random.oneOf(MUTATIONS)(changed, random, others))
  }
  return changed.length > LONGEST ? changed.subarray(0, LONGEST) : changed
}
