import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, program } from '../members.ts'
import { nameOfAddress, type Stretch, tellOverlap } from '../stretches.ts'
import { FAMILIES } from './families.ts'
import { BLOCK, dataOf, MAGIC, readUf2File, type Uf2File, type Uf2Part } from './parse.ts'

interface Uf2Member extends Pick<Uf2Part, 'family' | 'fileName'> {
  readonly path: string
  readonly stretch: Stretch
}

export const uf2: ContainerFormat<readonly Uf2Member[]> = {
  kind: 'container',
  name: 'uf2',
  title: 'UF2 (USB Flashing Format)',
  references: ['microsoft/uf2, README.md', 'microsoft/uf2, utils/uf2families.json'],
  limits: ['checksums (MD5) and extension tags within blocks are not looked at'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = readUf2File(bytes, at)
    return file && { start: at, end: endOf(bytes, file) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), ({ stretch }) => stretch.length),

  read(bytes, _region, plan, sink) {
    for (const { path, stretch, ...part } of plan) {
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

/** A last block that is cut off belongs to the file, too. */
function endOf(bytes: Bytes, { end }: Uf2File): number {
  const left = bytes.size - end
  const length = Math.min(left, MAGIC.length)
  const begins = Buffer.from(bytes.view(end, length)).toString('latin1') === MAGIC.slice(0, length)
  return left < BLOCK && begins ? bytes.size : end
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<Uf2Member> {
  const file = readUf2File(bytes, region.start) as Uf2File
  if (file.notFlash > 0)
    problem('unsupported', `${file.notFlash} blocks are not for the flash; they are left out`)
  for (const { family, fileName, stretches, missing } of file.parts) {
    const folder = family === undefined ? '' : `${nameOfFamily(family)}/`
    for (const stretch of stretches) {
      const path = `${folder}${nameOf(fileName, stretch)}`
      tellOverlap(stretch, path, problem)
      if (missing > 0) problem('truncated', `${missing} of the blocks are not there`, path)
      yield { path, stretch, family, fileName }
    }
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
