import { Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs, wordSum } from '../members.ts'
import { type ImageHeader, MAGIC, membersOf, readImageHeader } from './parse.ts'

export const qnxImagefs: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'qnx-imagefs',
  title: 'QNX image file system',
  references: ['QNX, sys/image.h', 'dumpifs (github.com/askac/dumpifs), dumpifs.c'],
  limits: [
    'programs that run where they lie are shown as mkifs stored them: without sections, some with their addresses set',
    'further images that one names (chain) are only found where they lie',
  ],
  recognisedOnly:
    'mkifs is not public, and no image that may be passed on: made by a script, and compared with what dumpifs lists and extracts',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = readImageHeader(bytes, at)
    return header && { start: at, end: Math.min(at + header.size, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const header = readImageHeader(bytes, start) as ImageHeader
    if (start + header.size > bytes.size)
      problem('truncated', `${header.size} bytes are announced, ${bytes.size - start} are there`)
    else {
      const sum = wordSum(bytes, start, header.size - 4, header.endian)
      const stored = new Reader(bytes.view(start + header.size - 4, 4), header.endian).u32()
      if ((sum + stored) % 2 ** 32 !== 0) problem('checksum', 'the checksum of the image differs')
    }
    yield* membersOf(bytes, start, header, problem)
  }),
}
