import type { EntryMeta, FormatErrorCode, Sink } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { type Run, runsOf } from './blocks.ts'
import { FLAG, readInode } from './inode.ts'
import { inlineContent } from './tree.ts'
import type { Volume } from './volume.ts'

/** Holes of so many bytes are told, not filled: a file of petabytes costs nothing to make. */
const MOST_HOLES = 2 ** 31

/** Shows a file: where it lies in one piece, as it is there; else put together. */
export function showFile(volume: Volume, number: number, meta: EntryMeta, sink: Sink): void {
  const troubles = new Map<FormatErrorCode, string>()
  const trouble = (code: FormatErrorCode, message: string) => {
    if (!troubles.has(code)) troubles.set(code, message)
  }
  const inode = readInode(volume, number)
  const { size, flags } = inode
  if ((flags & (FLAG.encrypted | FLAG.compressed)) !== 0) {
    const how = (flags & FLAG.encrypted) !== 0 ? 'encrypted' : 'compressed'
    sink.problem('unsupported', `its content is ${how}`, meta.path)
    sink.entry(meta)
    return
  }
  if ((flags & FLAG.inline) !== 0) {
    sink.file(meta, size, (out) => out.set(inlineContent(volume, inode, trouble)))
  } else {
    const runs = runsOf(volume, inode, trouble)
    const whole = inOnePiece(volume, runs, size)
    const stored = runs.reduce((sum, run) => sum + run.length, 0) * volume.superblock.blockSize
    if (size - stored > MOST_HOLES) {
      sink.problem(
        'unsupported',
        `${size} bytes, ${stored} of them stored: it is not put together`,
        meta.path,
      )
      sink.entry(meta)
    } else if (whole !== undefined) {
      sink.slice(meta, whole, size)
    } else {
      sink.file(meta, size, (out) => fill(volume, runs, out, trouble))
    }
  }
  for (const [code, message] of troubles) sink.problem(code, message, meta.path)
}

/** Where a file lies that is one run, whole and there. */
function inOnePiece(volume: Volume, runs: readonly Run[], size: number): number | undefined {
  const { blockSize, blocks } = volume.superblock
  const [run, ...others] = runs
  if (!run || others.length > 0 || run.logical !== 0 || run.length * blockSize < size) return undefined
  if (run.physical === 0 || run.physical + run.length > blocks) return undefined
  const at = volume.region.start + run.physical * blockSize
  return at + size <= volume.region.end ? at : undefined
}

/** `out` is zeroed: holes are. What lies behind the end of the bytes stays zero. */
function fill(
  volume: Volume,
  runs: readonly Run[],
  out: Uint8Array,
  trouble: (code: FormatErrorCode, message: string) => void,
): void {
  const { blockSize, blocks } = volume.superblock
  for (const { logical, physical, length } of runs) {
    const from = logical * blockSize
    const part = out.subarray(from, from + length * blockSize)
    const at = volume.region.start + physical * blockSize
    const there = Math.max(0, Math.min(part.length, volume.region.end - at))
    if (physical === 0 || physical + length > blocks) {
      trouble('structure', 'a part of it lies outside of the file system; it is shown as zeros')
      continue
    }
    if (there < part.length) trouble('truncated', 'the image ends within it; the rest is shown as zeros')
    copyStretch(volume.bytes, at, part.subarray(0, there))
  }
}
