import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { copyStretch, inBatches, wrapped } from '../members.ts'
import { type FfsFile, walkFiles } from './files.ts'
import { leavesOf } from './leaves.ts'
import { named } from './names.ts'
import { FILE_SYSTEMS, MAGIC, MAGIC_AT, parseVolume, type VolumeHeader } from './volume.ts'

export const uefiVolume: ContainerFormat<readonly FfsFile[]> = {
  kind: 'container',
  name: 'uefi-volume',
  title: 'UEFI firmware volume (FFS2, FFS3)',
  references: [
    'UEFI Platform Initialization Specification 1.8, volume 3, chapters 2 and 3',
    'UEFI Specification 2.10, chapter 19 (compression)',
    'edk2, MdeModulePkg/Include/Guid/LzmaDecompress.h and BaseTools/Source/C/Include/Guid',
  ],
  limits: [
    'GUID-defined sections are undone where they are LZMA, Tiano, Brotli or plain: others are named and left as they are',
    'signatures within volumes are not checked',
    'what a file is called for people stands behind its program: where a cut lies between, its GUID has to do',
    'file systems other than FFS are shown as one content',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const volume = parseVolume(bytes, at)
    return volume && { start: at, end: Math.min(at + volume.length, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(filesOf(bytes, region, problem), ({ at, end }) => Math.min(end, bytes.size) - at),

  read(bytes, region, plan, sink) {
    for (const file of plan) {
      if (file.hasSections) showSections(bytes, region, file, sink)
      else sink.slice(wrapped(file.path), file.at, Math.min(file.end, region.end) - file.at)
    }
  },
}

function* filesOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<FfsFile> {
  const volume = parseVolume(bytes, start) as VolumeHeader
  const { length, sumMatches, mapMatches, fileSystem, filesAt } = volume
  if (start + length > end) problem('truncated', `${length} bytes are announced, ${end - start} are there`)
  if (!sumMatches) problem('checksum', 'the checksum of the header differs')
  if (!mapMatches) problem('structure', 'the block map does not add up to the length of the volume')
  const kind = FILE_SYSTEMS[fileSystem]
  if (kind === 'ffs2' || kind === 'ffs3') {
    yield* walkFiles(bytes, start, volume, kind === 'ffs3', problem)
    return
  }
  if (!kind) problem('unsupported', `the file system ${fileSystem} is not known`)
  const content = { at: start + filesAt, end, hasSections: false }
  if (content.at < end) yield { path: kind === 'nvram' ? 'variables' : 'content', type: 0, ...content }
}

function showSections(bytes: Bytes, region: Region, file: FfsFile, sink: Sink): void {
  const end = Math.min(file.end, region.end)
  const leaves = leavesOf(bytes, file.at, end, ({ code, message }) => sink.problem(code, message, file.path))
  if (leaves.length === 0) sink.slice(wrapped(file.path), file.at, end - file.at)
  for (const { name, leaf } of named(leaves)) {
    const meta = wrapped(`${file.path}/${name}`)
    if (leaf.problem) sink.problem(leaf.problem.code, leaf.problem.message, meta.path)
    if (leaf.bytes === bytes) sink.slice(meta, leaf.at, leaf.length)
    else sink.file(meta, leaf.length, (out) => copyStretch(leaf.bytes, leaf.at, out))
  }
}
