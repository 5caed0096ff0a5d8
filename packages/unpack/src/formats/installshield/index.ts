import { type Bytes, BytesError } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { distinctPaths, inBatches, wrapped } from '../members.ts'
import { decodeFile, type Part } from './content.ts'
import type { ShieldFile } from './files.ts'
import { MAGIC } from './header.ts'
import { contentsOf, type Found } from './parts.ts'
import { type Cabinet, cabinetAt } from './volumes.ts'

type Content = Pick<ShieldFile, 'flags' | 'expanded' | 'md5'>

interface Member {
  readonly meta: EntryMeta
  /** Undefined for links. */
  readonly content?: Content & { readonly parts: readonly Part[] }
}

export const installshield: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'installshield',
  title: 'InstallShield cabinets (data1.hdr, data1.cab …; 3 and 5 to 40)',
  references: ['unshield, lib/cabfile.h, lib/libunshield.c, lib/file.c and lib/file_group.c'],
  limits: [
    'file groups and components are not shown',
    'of a set, the header and all cabinets have to be handed in together, or to lie in one folder',
    'single programs (setup.exe) with cabinets inside, _inst32i.ex_ and archives of InstallShield 3 (.z) are not read',
  ],
  recognisedOnly:
    'InstallShield is not public, and no cabinet that may be passed on: made by a script, and compared with what unshield finds in it',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const cabinet = quietCabinetAt(bytes, at)
    return cabinet && { start: at, end: Math.min(cabinet.end, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), ({ content }) => content?.expanded ?? 0),

  read(bytes, _region, plan, sink) {
    for (const { meta, content } of plan) {
      if (!content) sink.entry(meta)
      else if (content.expanded === 0) sink.file(meta, 0, () => {})
      else sink.stream(meta, (write) => decodeFile(bytes, content, content.parts, write))
    }
  },
}

/** What a cut has taken away speaks for nothing. */
function quietCabinetAt(bytes: Bytes, at: number): Cabinet | undefined {
  try {
    return cabinetAt(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<Member> {
  const cabinet = cabinetAt(bytes, start) as Cabinet
  const { files, lost } = cabinet
  if (!files)
    return problem('unsupported', 'the list of its members lies in a header (.hdr) that is not there')
  if (cabinet.end > end)
    problem('truncated', `${cabinet.end - start} bytes are announced, ${end - start} are there`)
  if (lost.length > 0) problem('structure', `${lost.length} members cannot be read`)
  const distinct = distinctPaths()
  const contents = contentsOf(cabinet, files, bytes.size)
  const shown = new Map<number, string>()
  for (const file of files) {
    const content = contents.get(file.index)
    if (!content) continue
    const path = distinct(file.path, file.index)
    const member = memberOf(bytes, file, path, content, shown, problem)
    if (!member) continue
    shown.set(file.index, member.meta.path)
    yield member
  }
}

/** @param shown paths of those before it, by their numbers */
function memberOf(
  bytes: Bytes,
  { flags, expanded, md5 }: ShieldFile,
  path: string,
  found: Found,
  shown: ReadonlyMap<number, string>,
  problem: Sink['problem'],
): Member | undefined {
  switch (found.kind) {
    case 'parts':
      return {
        meta: wrapped(path),
        content: { flags, expanded, md5, parts: clipped(found.parts, bytes.size) },
      }
    case 'same': {
      const target = shown.get(found.index)
      if (target !== undefined) return { meta: { ...wrapped(path), type: 'hardlink', target } }
      problem('structure', `it is the same as the member ${found.index}, which is not there`, path)
      return undefined
    }
    case 'elsewhere':
      problem('unsupported', 'it lies in a cabinet that is not there', path)
      return undefined
    case 'outside':
      problem('truncated', 'its content is not in the cabinet', path)
      return undefined
    case 'shared':
      problem('structure', 'its bytes belong to another member too', path)
      return undefined
  }
}

/** As far as the bytes go. */
function clipped(parts: readonly Part[], size: number): readonly Part[] {
  return parts
    .map(({ from, length }) => ({ from, length: Math.max(0, Math.min(length, size - from)) }))
    .filter(({ length }) => length > 0)
}
