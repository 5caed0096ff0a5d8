import { gzipStream, type StreamEnd, sliceBytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat } from '../../contract.ts'
import { announced, program, type StoredMember, showStored, wrapped } from '../members.ts'
import { decodeBlocks } from './blocks.ts'
import { HEADER, MAGICS, readStartupHeader, type StartupHeader } from './parse.ts'

type Codec = 'gzip' | 'lzo' | 'ucl'

/** What is stored as it is, or where the packed image file system begins. */
type Plan =
  | { readonly stored: StoredMember }
  | { readonly codec: Codec; readonly at: number; readonly size: number }

const IMAGE = 'imagefs'

export const qnxIfs: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'qnx-ifs',
  title: 'QNX boot image (startup header; LZO, UCL and gzip)',
  references: ['QNX, sys/startup.h', 'dumpifs (github.com/askac/dumpifs), dumpifs.c'],
  limits: [
    'the checksum of the startup code is not compared',
    'other compressions than LZO, UCL and gzip (newer mkifs: LZ4) are told, not undone: no description of them is public',
    'what lies before the startup header (preboot) is not part of it',
  ],
  recognisedOnly:
    'mkifs is not public, and no image that may be passed on: made by a script, and compared with what dumpifs lists and extracts',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = readStartupHeader(bytes, at)
    return header && { start: at, end: Math.min(at + header.storedSize, bytes.size) }
  },

  *open(bytes, { start }, problem): Generator<Batch<Plan>> {
    const { compression, startupSize, storedSize, imageSize } = readStartupHeader(
      bytes,
      start,
    ) as StartupHeader
    // Without the header, by which it would be a boot image once more.
    const code = { at: start + HEADER, length: startupSize - HEADER }
    const startup = announced(bytes, 'startup', code, problem)
    yield { cost: code.length, entries: 1, plan: { stored: { ...startup, meta: program('startup') } } }
    const at = start + startupSize
    if (at >= bytes.size) return
    if (compression === 'none' || compression === undefined) {
      if (compression === undefined)
        problem('unsupported', 'it is compressed in a way that is not described', IMAGE)
      const stored = announced(bytes, IMAGE, { at, length: storedSize - startupSize }, problem)
      yield { cost: storedSize - startupSize, entries: 1, plan: { stored } }
    } else yield { cost: imageSize, entries: 1, plan: { codec: compression, at, size: imageSize } }
  },

  read(bytes, { end }, plan, sink) {
    if ('stored' in plan) {
      showStored(plan.stored, sink)
      return
    }
    const within = sliceBytes(bytes, 0, end)
    sink.stream(wrapped(IMAGE), (write) => {
      let written = 0
      const count = (chunk: Uint8Array): void => {
        written += chunk.length
        write(chunk)
      }
      const stream: StreamEnd =
        plan.codec === 'gzip'
          ? gzipStream(within, plan.at, count)
          : decodeBlocks(within, plan.at, plan.codec, count)
      if (!stream.problem && written < plan.size)
        sink.problem('structure', `${plan.size} bytes are announced, ${written} came out`, IMAGE)
      return stream
    })
  },
}
