import { type Bytes, gzipStream, latin1, sliceBytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { inBatches, whatIsThere, wrapped } from '../members.ts'
import { type Deafbead, type DeafbeadEntry, MAGICS, parseDeafbead } from './parse.ts'

const GZIP = '\x1f\x8b\x08'

export const deafbead: ContainerFormat<readonly DeafbeadEntry[]> = {
  kind: 'container',
  name: 'deafbead',
  title: 'D-Link DEAFBEAD archive (DSL-500G, DSL-504G)',
  references: ['unblob, handlers/archive/dlink/deafbead.py'],
  limits: ['there is no checksum but those of the packed files'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const archive = parseDeafbead(bytes, at)
    return archive && { start: at, end: Math.min(archive.end, bytes.size) }
  },

  open: (bytes, { start }) =>
    inBatches((parseDeafbead(bytes, start) as Deafbead).entries, ({ content }) => content?.length ?? 0),

  read(bytes, _region, plan, sink) {
    for (const entry of plan) show(bytes, entry, sink)
  },
}

function show(bytes: Bytes, { path, content }: DeafbeadEntry, sink: Sink): void {
  if (!content) {
    sink.entry({ ...wrapped(path), type: 'directory' })
    return
  }
  const cut = content.at + content.length > bytes.size
  if (cut) sink.problem('truncated', 'the archive ends within this content', path)
  const { at, length } = cut ? whatIsThere(bytes, content.at) : content
  if (length < GZIP.length || latin1(bytes.view(at, GZIP.length)) !== GZIP)
    sink.slice(wrapped(path), at, length)
  else
    sink.stream(wrapped(path), (write) => {
      const result = gzipStream(sliceBytes(bytes, at, length), 0, write)
      return { ...result, end: at + result.end }
    })
}
