import { createHash } from 'node:crypto'
import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, crc32Of, distinctPaths, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { type AmlogicImage, type AmlogicItem, MAGIC, MAGIC_AT, parseAmlogicImage } from './parse.ts'

export const amlogicImage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'amlogic-image',
  title: 'Amlogic burning image (TV boxes)',
  references: ['ampack (github.com/7Ji/ampack), src/image.rs and src/crc32.rs'],
  limits: [
    'parts that are encrypted for secure boot are shown as they are',
    'images of version 3 are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseAmlogicImage(bytes, at)
    return image && { start: at, end: Math.min(at + image.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { crc, size, items } = parseAmlogicImage(bytes, start) as AmlogicImage
  if (start + size > bytes.size)
    problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
  // The final inversion of the CRC is left out.
  else if (~crc32Of(bytes, start + 4, size - 4) >>> 0 !== crc) problem('checksum', 'the CRC-32 differs')
  const pathOf = distinctPaths()
  for (const [index, item] of items.entries()) {
    const path = pathOf(`${item.name}.${item.kind}`, index)
    if (differs(bytes, item, items[index + 1])) problem('checksum', 'the SHA-1 differs', path)
    yield announced(bytes, path, item, problem)
  }
}

const VERIFY = /^sha1sum ([0-9a-f]{40})$/

/** An item may be followed by one of the same name that holds its SHA-1. */
function differs(bytes: Bytes, item: AmlogicItem, next: AmlogicItem | undefined): boolean {
  if (next?.kind !== 'VERIFY' || next.name !== item.name || next.length !== 48) return false
  if (next.at + next.length > bytes.size || item.at + item.length > bytes.size) return false
  const told = VERIFY.exec(latin1(bytes.view(next.at, next.length)))?.[1]
  return (
    told !== undefined && hashStretch(createHash('sha1'), bytes, item.at, item.length).digest('hex') !== told
  )
}
