import { type Bytes, lzmaAloneBlock } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { MAGIC, type Minifs, type MinifsChunk, type MinifsFile, parseMinifs } from './parse.ts'

interface Plan {
  readonly chunk: MinifsChunk
  readonly files: readonly MinifsFile[]
}

export const minifs: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'minifs',
  title: 'MiniFS (TP-Link)',
  references: [
    'unblob, handlers/filesystem/minifs.py',
    'arXiv 2407.05064, "Reverse Engineered MiniFS File System"',
  ],
  limits: ['an image whose tables are cut off is not recognised', 'chunks of over 16 MiB are not read'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseMinifs(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, { start }) {
    const { files, chunks } = parseMinifs(bytes, start) as Minifs
    const byChunk = Map.groupBy(files, ({ chunk }) => chunk)
    for (const [index, chunk] of chunks.entries()) {
      const within = byChunk.get(index) ?? []
      if (within.length > 0)
        yield { cost: chunk.length, entries: within.length, plan: { chunk, files: within } }
    }
  },

  read(bytes, _region, { chunk, files }, sink) {
    let unpacked: Uint8Array | undefined
    for (const { path, offset, length } of files) {
      sink.file(wrapped(path), length, (out) => {
        unpacked ??= unpack(bytes, chunk)
        out.set(unpacked.subarray(offset, offset + length))
      })
    }
  },
}

/** @throws FormatError, DecodeError, BytesError */
function unpack(bytes: Bytes, { at, packed, length }: MinifsChunk): Uint8Array {
  const out = new Uint8Array(length)
  const written = lzmaAloneBlock(bytes.view(at, packed), out)
  if (written !== length) throw new FormatError('structure', `${written} bytes came out instead of ${length}`)
  return out
}
