import { type Bytes, BytesError } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import type { InodeMember } from '../inode-tree.ts'
import { inBatches } from '../members.ts'
import { type Boot, endOf, MAGIC, MAGIC_AT, readBoot } from './boot.ts'
import { type Attribute, DATA } from './record.ts'
import { listFiles, type NtfsFile, ROOT } from './tree.ts'
import { Volume } from './volume.ts'

type Member = InodeMember<NtfsFile>

export const ntfs: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'ntfs',
  title: 'NTFS (also compressed and sparse files, named streams)',
  references: [
    'Linux kernel, fs/ntfs3/ntfs.h',
    'NTFS-3G, include/ntfs-3g/layout.h',
    '[MS-XCA], section 2.5 (LZNT1)',
  ],
  limits: [
    'encrypted contents, and those that Windows deduplicates or packs in other ways, are not read',
    'links are files or directories without a content',
    'the journal is not replayed, and files of the system itself are not listed',
    'owners and rights are not told',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const boot = readBoot(bytes, at)
    if (!boot) return undefined
    const region = { start: at, end: endOf(bytes, at, boot) }
    return hasTable(bytes, region, boot) ? region : undefined
  },

  *open(bytes, region, problem) {
    const boot = readBoot(bytes, region.start) as Boot
    const length = boot.sectors * boot.sectorSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    yield* inBatches(listFiles(new Volume(bytes, region, boot), problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region, readBoot(bytes, region.start) as Boot)
    for (const { meta, file } of plan) {
      if (!file) sink.entry(meta)
      else {
        const contents = volume.contentsOf(file.records)
        show(volume, contents.get(''), meta, sink)
        for (const name of file.streams)
          show(volume, contents.get(name), { ...meta, path: `${meta.path}:${name}` }, sink)
      }
    }
  },
}

/** The table of files has to be there, and its first record has to lead to it. */
function hasTable(bytes: Bytes, region: Region, boot: Boot): boolean {
  try {
    return new Volume(bytes, region, boot).records > ROOT
  } catch (error) {
    if (error instanceof BytesError || error instanceof FormatError) return false
    throw error
  }
}

function show(volume: Volume, parts: readonly Attribute[] = [], meta: EntryMeta, sink: Sink): void {
  const [first, ...others] = parts
  const { flags = 0, resident, stored } = first ?? {}
  if (resident) sink.file(meta, resident.length, (out) => out.set(resident))
  else if (stored?.first !== 0) sink.entry(meta)
  else if ((flags & DATA.encrypted) !== 0) {
    sink.problem('unsupported', 'its content is encrypted', meta.path)
    sink.entry(meta)
  } else {
    const runs = [stored, ...others.map((other) => other.stored)].flatMap((part) => part?.runs ?? [])
    const { size, written, unit } = stored
    if ((flags & DATA.compressed) !== 0 && unit > 0) {
      sink.file(meta, size, (out) => volume.unpack(runs, unit, out.subarray(0, Math.min(written, size))))
      return
    }
    const { extents, whole } = volume.extentsOf(runs, Math.min(written, size))
    if (!whole) sink.problem('truncated', 'some of it is not there: it is shown as zeros', meta.path)
    const [only, ...more] = extents
    if (only && more.length === 0 && only.length === size) sink.slice(meta, only.from, size)
    else sink.mapped(meta, size, extents)
  }
}
