import { Reader } from '@messlatte/bytes'
import { dynamicSymbols, type Elf, elfDynamic, elfOffsetOf } from '@messlatte/unpack'

const TAG = {
  relocationBytes: 2,
  kind: 20,
  relocations: 23,
  got: 3,
  localGot: 0x7000000a,
  firstGlobal: 0x70000013,
}
const RELA = 7
const MOST_RELOCATIONS = 65_536

/** By the address of the word through which it is called: names of imported functions, of those that are wanted. */
export function slotsOf(elf: Elf, wanted: ReadonlySet<string>): ReadonlyMap<number, string> {
  const names = importsOf(elf, wanted)
  const slots = new Map<number, string>()
  if (names.size === 0) return slots
  const tags = new Map(elfDynamic(elf).map(({ tag, value }) => [tag, value]))
  const address = tags.get(TAG.relocations)
  const from = address === undefined ? undefined : elfOffsetOf(elf, address)
  if (from === undefined) return slots
  const withAddend = tags.get(TAG.kind) === RELA
  const size = (elf.bits === 64 ? 8 : 4) * (withAddend ? 3 : 2)
  const room = Math.min(tags.get(TAG.relocationBytes) ?? 0, elf.bytes.size - elf.at - from)
  const count = Math.min(Math.floor(room / size), MOST_RELOCATIONS)
  if (!(count > 0)) return slots
  const reader = new Reader(elf.bytes.view(elf.at + from, count * size), elf.endian)
  for (let i = 0; i < count; i++) {
    const slot = elf.bits === 64 ? reader.size64() : reader.u32()
    const symbol = elf.bits === 64 ? Number(reader.u64() >> 32n) : reader.u32() >>> 8
    if (withAddend) reader.skip(elf.bits / 8)
    const name = names.get(symbol)
    if (name !== undefined) slots.set(slot, name)
  }
  return slots
}

/** On MIPS: by the distance of their words from the global pointer (System V ABI, MIPS supplement, chapter 5). */
export function mipsSlotsOf(elf: Elf, wanted: ReadonlySet<string>): ReadonlyMap<number, string> {
  const tags = new Map(elfDynamic(elf).map(({ tag, value }) => [tag, value]))
  const [local, first] = [tags.get(TAG.localGot), tags.get(TAG.firstGlobal)]
  if (local === undefined || first === undefined) return new Map()
  const BIAS = 0x7ff0
  return new Map(
    [...importsOf(elf, wanted)]
      .filter(([symbol]) => symbol >= first)
      .map(([symbol, name]) => [(local + symbol - first) * 4 - BIAS, name]),
  )
}

/** Names of imported functions by the index of their symbol. */
function importsOf(elf: Elf, wanted: ReadonlySet<string>): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let index = 0
  for (const { name, section } of dynamicSymbols(elf)) {
    if (section === 0 && wanted.has(name)) found.set(index, name)
    index++
  }
  return found
}
