import type { Bytes } from '@messlatte/bytes'
import type { EntryMeta, Region } from './contract.ts'
import { encodePath } from './names.ts'
import type { Member } from './sink.ts'
import type { SetPart } from './split/sets.ts'

/** A content that is to be looked into. */
export interface ContentWork {
  readonly path: string
  readonly bytes: Bytes
  readonly depth: number
  /** Its container says that it is one, see `EntryMeta`. */
  readonly program: boolean
  /** Every byte of it is accounted for, also where nothing is found in it. */
  readonly image: boolean
  /** It begins where this format, which shows it, begins: there, that one would only find itself again. */
  readonly within?: string
}

/** A region whose batches are to be read. */
export interface RegionWork {
  readonly path: string
  readonly format: string
  readonly bytes: Bytes
  readonly region: Region
  readonly depth: number
}

export interface Content {
  readonly path: string
  readonly root: string
  readonly inner: string
  readonly meta: EntryMeta | undefined
  readonly bytes: Bytes
  readonly depth: number
  readonly program: boolean
  readonly within?: string
  readonly keep: () => Bytes
}

/** A content that another thread may take over; `image` says that it is a file of the release. */
export interface SharedContent extends Omit<Content, 'keep'> {
  readonly image: boolean
  /** As which it is shown. */
  readonly format?: string
}

/** A content that waits for others. */
export type HeldPart = Omit<SharedContent, 'format'> & SetPart

/** By byte: 1 for what no text holds, in ASCII or in UTF-8. */
const NOT_TEXT = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0xf5 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) ? 1 : 0,
)
/** Bytes by which parts are told from files that are alike. */
const HEAD = 32

/** Text and tiny files hold no containers. */
export function worthSearching(bytes: Bytes): boolean {
  if (bytes.size < 16) return false
  const head = bytes.view(0, Math.min(512, bytes.size))
  for (let i = 0; i < head.length; i++) if (NOT_TEXT[head[i] as number] === 1) return true
  return false
}

/** A byte string where its container has one. */
export function baseName({ meta, inner }: Content): string {
  const name = meta?.path ?? Buffer.from(inner, 'utf8').toString('latin1')
  return name.slice(name.lastIndexOf('/') + 1)
}

/** As parts have it, see `SetPart`. */
export function headOf(bytes: Bytes): string {
  const head = bytes.view(0, Math.min(HEAD, bytes.size))
  return head.every((byte) => byte === head[0]) ? '' : Buffer.from(head).toString('hex')
}

export function memberContent(root: string, { meta, ...member }: Member, depth: number): Content {
  const inner = encodePath(meta.path)
  const path = inner === '' ? root : `${root}/${inner}`
  return { path, root, inner, meta, depth, program: meta.program === true, ...member }
}
