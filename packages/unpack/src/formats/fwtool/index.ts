import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { chunkStarts, fwtoolChunks } from './parse.ts'

const WINDOW = 256 * 1024
const NAMES = { metadata: ['metadata', '.json'], signature: ['signature', '.ucert'] } as const

export const fwtool: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'fwtool',
  title: 'OpenWrt metadata and signature behind an image (fwtool)',
  references: ['OpenWrt, fwtool, fwimage.h'],
  limits: ['the CRC is that of the whole artefact: images within larger ones differ'],
  magic: [],
  carve: false,
  candidates: chunkStarts,

  recognise(bytes, at) {
    const last = fwtoolChunks(bytes, at).at(-1)
    return last && { start: at, end: last.end }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const counts = { metadata: 0, signature: 0 }
  let sum = 0
  let summed = 0
  for (const { type, content, crc, trailerAt } of fwtoolChunks(bytes, start)) {
    const [name, ending] = NAMES[type]
    const index = counts[type]++
    const path = `${name}${index === 0 ? '' : `-${index}`}${ending}`
    sum = addTo(sum, bytes, summed, trailerAt)
    summed = trailerAt
    if (~sum >>> 0 !== crc) problem('checksum', 'the CRC is not the one of all that comes before it', path)
    yield { meta: wrapped(path), content }
  }
}

/** A CRC-32 goes on from one chunk to the next, so that large images are read once. */
function addTo(sum: number, bytes: Bytes, from: number, to: number): number {
  let next = sum
  forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
    next = crc32(window, next)
    return true
  })
  return next
}
