import type { Bytes } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../contract.ts'
import { addCrc16, OWN_SUM, type PackedContent, showPacked } from './packed-member.ts'
import { ARSENIC, METHODS } from './stuffit-methods.ts'

/** A fork of a file in an archive of StuffIt. */
export interface StuffitFork {
  readonly content: PackedContent
  readonly method: number
  readonly isEncrypted: boolean
  /** CRC-16 of the plain content; Arsenic has a sum of its own instead. */
  readonly crc: number
}

/** A file of two forks, or a folder. */
export interface ForkedFile<Fork> {
  /** Undefined for a folder. */
  readonly forks: { readonly data: Fork; readonly resource: Fork } | undefined
  /** Seconds since 1970, where it is told. */
  readonly mtime?: number
}

export interface ForkMember<Fork> {
  readonly meta: EntryMeta
  readonly fork: Fork | undefined
}

const RESOURCE = '.rsrc'
/** Between the first second of 1904, from which a Macintosh counts, and that of 1970. */
const EPOCH = 2_082_844_800

/** Seconds since 1970, of a Macintosh's. */
export function macSeconds(seconds: number): number {
  return seconds - EPOCH
}

/** Where names have a slash, paths of a Macintosh have a colon. */
export function macName(name: string): string {
  return name.replaceAll('/', ':')
}

/** A folder, or the forks of a file that are not empty, the data fork first. */
export function* forkMembers<Fork extends { readonly content: { readonly size: number } }>(
  { forks, mtime }: ForkedFile<Fork>,
  path: string,
): Generator<ForkMember<Fork>> {
  const meta = { path, ...(mtime === undefined ? {} : { mtime }) }
  if (!forks) {
    yield { meta: { ...meta, type: 'directory' }, fork: undefined }
    return
  }
  const { data, resource } = forks
  const file = { ...meta, type: 'file' } as const
  if (data.content.size > 0 || resource.content.size === 0) yield { meta: file, fork: data }
  if (resource.content.size > 0) yield { meta: { ...file, path: `${path}${RESOURCE}` }, fork: resource }
}

/** Shows a fork. @param decrypt undone before what is packed, where it is encrypted and the key is there */
export function showFork(
  bytes: Bytes,
  meta: EntryMeta,
  fork: StuffitFork,
  sink: Sink,
  decrypt?: (packed: Uint8Array) => Uint8Array,
): void {
  const { content, method, crc } = fork
  if (fork.isEncrypted && !decrypt) {
    showPacked(bytes, meta, content, undefined, undefined, sink, 'encrypted')
    return
  }
  const unpack = METHODS.get(method)
  const sum = method === ARSENIC ? OWN_SUM : { told: crc, add: addCrc16 }
  const unread = `its compression (method ${method}) is not read`
  if (!unpack || !decrypt) showPacked(bytes, meta, content, unpack, sum, sink, unread)
  else
    showPacked(bytes, meta, content, (input, size, write) => unpack(decrypt(input), size, write), sum, sink)
}
