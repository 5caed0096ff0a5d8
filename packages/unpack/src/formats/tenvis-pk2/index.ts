import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { MAGIC, type Pk2, type Pk2Section, parsePk2, unmix } from './parse.ts'

const WINDOW = 256 * 1024

export const tenvisPk2: ContainerFormat<readonly Named[]> = {
  kind: 'container',
  name: 'tenvis-pk2',
  title: 'Tenvis PK2 (cameras)',
  references: ['FACT extractor, tenvis_pk2.py'],
  limits: ['the digests of the sections, whose kind is not public, are not compared'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const update = parsePk2(bytes, at)
    return update && { start: at, end: Math.min(update.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { sections, whole } = parsePk2(bytes, start) as Pk2
    if (!whole) problem('truncated', 'the update ends before its last section')
    yield* inBatches(
      sections.map((section, index) => ({ section, path: section.path ?? `command-${index}` })),
      ({ section }) => section.content.length,
    )
  },

  read(bytes, _region, plan, sink) {
    for (const named of plan) show(bytes, named, sink)
  },
}

interface Named {
  readonly section: Pk2Section
  readonly path: string
}

function show(bytes: Bytes, { section, path }: Named, sink: Sink): void {
  const { at, length } = section.content
  const end = Math.min(at + length, bytes.size)
  if (end < at + length) sink.problem('truncated', 'the update ends within this content', path)
  sink.stream(wrapped(path), (write) => {
    forEachWindow(bytes, at, end, WINDOW, 0, (window) => {
      unmix(window)
      write(window)
      return true
    })
    return { end, checksum: 'none' }
  })
}
