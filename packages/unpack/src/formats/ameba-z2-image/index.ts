import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, asProgram, distinctPaths, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { nameOfAddress } from '../stretches.ts'
import { type AmebaZ2Image, type AmebaZ2Part, MAGIC_AT, parseAmebaZ2, VALID } from './parse.ts'

const ERASED = 0xffffffff

export const amebaZ2Image: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ameba-z2-image',
  title: 'Realtek AmebaZ2 firmware and OTA file (RTL8710C, RTL8720C)',
  references: ['ltchiptool 4.15.0 (PyPI), soc/ambz2/util/models'],
  limits: [
    'its hashes are not compared: those of devices are made with a key',
    'encrypted images are shown as they are',
    'boot loaders are shown by ameba-z2-flash only: nothing marks them',
  ],
  magic: [{ bytes: VALID, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseAmebaZ2(bytes, at)
    // One that is cut off has little to speak for it: numbers that ascend stand in tables of other programs, too.
    if (at > 0 && image && image.end >= bytes.size && image.sumAt === undefined) return undefined
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { parts, sumAt, end } = parseAmebaZ2(bytes, start) as AmebaZ2Image
  if (sumAt === undefined) problem('truncated', 'further images are announced')
  else if (end <= bytes.size) {
    const sum = new Reader(bytes.view(sumAt, end - sumAt), 'little').u32()
    if (sum !== ERASED && sum !== sumOf(bytes, start, sumAt - start))
      problem('checksum', 'the sum of its bytes differs')
  }
  const distinct = distinctPaths()
  for (const part of parts) yield* contentsOf(bytes, part, distinct, start, problem)
}

function* contentsOf(
  bytes: Bytes,
  { kind, encrypted, at, length, sections }: AmebaZ2Part,
  distinct: (name: string, place: number) => string,
  start: number,
  problem: Sink['problem'],
): Generator<StoredMember> {
  const folder = distinct(kind, at - start)
  if (encrypted) {
    problem('unsupported', 'it is encrypted', folder)
    yield announced(bytes, folder, { at, length }, problem)
    return
  }
  for (const section of sections) {
    const path = distinct(`${folder}/${section.memory}-${nameOfAddress(section.address)}`, section.at - start)
    yield asProgram(announced(bytes, path, { at: section.at, length: section.length }, problem))
  }
}
