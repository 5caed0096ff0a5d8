import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, jsonText, program, showText } from '../members.ts'
import { nameOfAddress, type Stretch, tellOverlap } from '../stretches.ts'
import { FAMILIES } from './families.ts'
import { BLOCK, dataOf, MAGIC, readUf2File, type Uf2File, type Uf2Part, type Uf2Tag } from './parse.ts'

interface Uf2Stretch extends Pick<Uf2Part, 'family' | 'fileName'> {
  readonly path: string
  readonly stretch: Stretch
}

type Uf2Member = Uf2Stretch | { readonly path: string; readonly text: string }

export const uf2: ContainerFormat<readonly Uf2Member[]> = {
  kind: 'container',
  name: 'uf2',
  title: 'UF2 (USB Flashing Format)',
  references: ['microsoft/uf2, README.md', 'microsoft/uf2, utils/uf2families.json'],
  limits: ['checksums (MD5) of areas that the file does not have whole are not compared'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = readUf2File(bytes, at)
    return file && { start: at, end: endOf(bytes, file) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) =>
      'text' in member ? member.text.length : member.stretch.length,
    ),

  read(bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('text' in member) {
        showText(member.path, member.text, sink)
        continue
      }
      const { path, stretch, ...part } = member
      sink.file(program(path), stretch.length, (out) => {
        for (const run of stretch.runs) {
          let at = run.address - stretch.address
          for (const data of dataOf(bytes, part, run.from, run.to)) {
            out.set(data, at)
            at += data.length
          }
        }
      })
    }
  },
}

const TAGS = 'tags.json'

/** A last block that is cut off belongs to the file, too. */
function endOf(bytes: Bytes, { end }: Uf2File): number {
  const left = bytes.size - end
  const length = Math.min(left, MAGIC.length)
  const begins = Buffer.from(bytes.view(end, length)).toString('latin1') === MAGIC.slice(0, length)
  return left < BLOCK && begins ? bytes.size : end
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<Uf2Member> {
  const file = readUf2File(bytes, region.start) as Uf2File
  // Most blocks are missed where others announce them.
  if (endOf(bytes, file) > file.end && file.parts.every(({ missing }) => missing === 0))
    problem('truncated', 'the last block is cut off')
  if (file.notFlash > 0)
    problem('unsupported', `${file.notFlash} blocks are not for the flash; they are left out`)
  for (const part of file.parts) {
    const { family, fileName, stretches, missing } = part
    const folder = family === undefined ? '' : `${nameOfFamily(family)}/`
    const wrong = wrongAreas(bytes, part)
    if (wrong > 0) problem('checksum', `the MD5 of ${wrong} areas differs`)
    if (part.tags.length > 0) yield { path: `${folder}${TAGS}`, text: jsonText(part.tags.map(describe)) }
    for (const stretch of stretches) {
      const path = `${folder}${nameOf(fileName, stretch)}`
      tellOverlap(stretch, path, problem)
      if (missing > 0) problem('truncated', `${missing} of the blocks are not there`, path)
      yield { path, stretch, family, fileName }
    }
  }
}

/** How many of the areas whose MD5 is told, and that are there, have another one; of hostile files, of as many as they are long. */
function wrongAreas(bytes: Bytes, { areas, places }: Uf2Part): number {
  let [wrong, left] = [0, bytes.size * 2]
  for (const { address, length, md5 } of areas) {
    left -= length
    if (left < 0) break
    const hash = createHash('md5')
    let at = address
    const end = address + length
    for (let place = places.get(at); place && place.length > 0 && at < end; place = places.get(at)) {
      const taken = Math.min(place.length, end - at)
      hash.update(bytes.view(place.at, taken))
      at += taken
    }
    if (at === end && hash.digest('hex') !== md5) wrong++
  }
  return wrong
}

function describe({ type, value }: Uf2Tag): object {
  return { type: `0x${type.toString(16).padStart(6, '0')}`, ...namedTag(type, value) }
}

/** microsoft/uf2, README.md, "Extension tags". */
function namedTag(type: number, value: Uint8Array): object {
  switch (type) {
    case 0x9fc7bc:
      return { name: 'version', value: Buffer.from(value).toString() }
    case 0x650d9d:
      return { name: 'device', value: Buffer.from(value).toString() }
    default:
      return { value: Buffer.from(value).toString('hex') }
  }
}

function nameOfFamily(family: number): string {
  return FAMILIES.get(family) ?? `family-0x${family.toString(16).padStart(8, '0')}`
}

/** Files are told by name; what of them does not begin at their start has its offset in the name. */
function nameOf(fileName: string | undefined, { address }: Stretch): string {
  const steps = fileName?.split('/').filter((step) => step !== '' && step !== '.' && step !== '..') ?? []
  if (steps.length === 0) return nameOfAddress(address)
  return address === 0 ? steps.join('/') : `${steps.join('/')}@0x${address.toString(16)}`
}
