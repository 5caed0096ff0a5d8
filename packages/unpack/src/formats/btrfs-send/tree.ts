import type { EntryMeta, EntryType, Region } from '../../contract.ts'
import { encodePath } from '../../names.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import { gathered, type Piece, Pieces, type Trouble } from '../pieces.ts'
import { type Command, hexOf } from './parse.ts'

const KIND = {
  subvolume: 1,
  snapshot: 2,
  file: 3,
  directory: 4,
  device: 5,
  fifo: 6,
  socket: 7,
  symlink: 8,
  rename: 9,
  link: 10,
  unlink: 11,
  rmdir: 12,
  setXattr: 13,
  removeXattr: 14,
  write: 15,
  clone: 16,
  truncate: 17,
  chmod: 18,
  chown: 19,
  utimes: 20,
  end: 21,
  encodedWrite: 25,
} as const
const VALUE = {
  uuid: 1,
  size: 4,
  mode: 5,
  uid: 6,
  gid: 7,
  device: 8,
  mtime: 10,
  xattrName: 13,
  xattrData: 14,
  path: 15,
  pathTo: 16,
  pathLink: 17,
  offset: 18,
  data: 19,
  cloneUuid: 20,
  clonePath: 22,
  cloneOffset: 23,
  cloneLength: 24,
} as const
const MOST_PIECES = 2_000_000
const MOST_DEPTH = 256

export const END = KIND.end

export interface Node {
  type: EntryType
  /** Undefined until a command sets it. */
  mode: number | undefined
  uid: number | undefined
  gid: number | undefined
  mtime: number | undefined
  size: number
  target: string | undefined
  device: EntryMeta['device']
  readonly xattrs: Map<string, string>
  readonly pieces: Pieces
  readonly troubles: ReturnType<typeof gathered>
  readonly children: Map<string, Node>
  /** Whether its times, which come last, have not been told yet. */
  isOpen: boolean
}

/** What a stream builds. Of a change to a snapshot, what is not there is made when it is first written to. */
export class SendTree {
  readonly root: Node
  readonly #region: Region
  readonly #tell: Trouble
  #uuid = ''
  #pieces = 0
  /** Whether the stream changes a snapshot that is not in it. */
  isChange = false

  constructor(region: Region, tell: Trouble) {
    this.#region = region
    this.#tell = tell
    this.root = this.#node('directory')
  }

  #node(type: EntryType): Node {
    const troubles = gathered()
    return {
      type,
      mode: undefined,
      uid: undefined,
      gid: undefined,
      mtime: undefined,
      size: 0,
      target: undefined,
      device: undefined,
      xattrs: new Map(),
      pieces: new Pieces(this.#region, Number.MAX_SAFE_INTEGER, troubles.trouble),
      troubles,
      children: new Map(),
      isOpen: true,
    }
  }

  apply(command: Command): void {
    const path = command.text(VALUE.path) ?? ''
    const made = this.#madeBy(command)
    if (made) {
      this.#put(path, made)
      return
    }
    switch (command.kind) {
      case KIND.snapshot:
      case KIND.subvolume:
        this.isChange = command.kind === KIND.snapshot
        this.#uuid = hexOf(command.value(VALUE.uuid)?.view ?? new Uint8Array(0))
        break
      case KIND.rename:
        this.#put(command.text(VALUE.pathTo) ?? '', this.#take(path) ?? this.#node('file'))
        break
      case KIND.link: {
        const node = this.#find(command.text(VALUE.pathLink) ?? '')
        if (node && node.type !== 'directory') this.#put(path, node)
        break
      }
      case KIND.unlink:
      case KIND.rmdir:
        this.#take(path)
        break
      case KIND.encodedWrite:
        this.#tell(
          'unsupported',
          `"${encodePath(path)}" holds data that is packed in the stream; it is zero here`,
        )
        break
      default:
        this.#change(command, path)
    }
  }

  /** What a command makes anew. */
  #madeBy(command: Command): Node | undefined {
    switch (command.kind) {
      case KIND.file:
        return this.#node('file')
      case KIND.directory:
        return this.#node('directory')
      case KIND.fifo:
        return this.#node('fifo')
      case KIND.socket:
        return this.#node('socket')
      case KIND.device:
        return this.#deviceOf(command)
      case KIND.symlink:
        return { ...this.#node('symlink'), target: command.text(VALUE.pathLink) }
      default:
        return undefined
    }
  }

  #change(command: Command, path: string): void {
    const node = this.#made(path)
    if (!node) return
    const { kind } = command
    node.isOpen = kind !== KIND.utimes
    const name = command.text(VALUE.xattrName)
    if (kind === KIND.write) this.#write(node, command)
    else if (kind === KIND.clone) this.#clone(node, command)
    else if (kind === KIND.truncate) node.size = command.number(VALUE.size) ?? node.size
    else if (kind === KIND.chmod) node.mode = command.number(VALUE.mode) ?? node.mode
    else if (kind === KIND.utimes) node.mtime = command.time(VALUE.mtime) ?? node.mtime
    else if (kind === KIND.chown) {
      node.uid = command.number(VALUE.uid) ?? node.uid
      node.gid = command.number(VALUE.gid) ?? node.gid
    } else if (kind === KIND.setXattr && name)
      node.xattrs.set(name, hexOf(command.value(VALUE.xattrData)?.view ?? new Uint8Array(0)))
    else if (kind === KIND.removeXattr && name) node.xattrs.delete(name)
  }

  #write(node: Node, command: Command): void {
    const data = command.value(VALUE.data)
    const offset = command.number(VALUE.offset)
    if (!data || offset === undefined) return
    this.#add(node, { at: offset, length: data.view.length, from: data.at })
  }

  /** Out of a file that the stream has told itself. */
  #clone(node: Node, command: Command): void {
    const [offset, from, length] = [
      command.number(VALUE.offset),
      command.number(VALUE.cloneOffset),
      command.number(VALUE.cloneLength),
    ]
    const source = this.#find(command.text(VALUE.clonePath) ?? '')
    const isOwn = hexOf(command.value(VALUE.cloneUuid)?.view ?? new Uint8Array(0)) === this.#uuid
    if (offset === undefined || from === undefined || length === undefined) return
    if (!source || !isOwn || source === node)
      node.troubles.trouble('unsupported', 'a part of it lies in another snapshot; it is shown as zeros')
    else
      for (const piece of source.pieces.list) {
        const start = Math.max(piece.at, from)
        const end = Math.min(piece.at + piece.length, from + length)
        if (start < end)
          this.#add(node, {
            at: offset + start - from,
            length: end - start,
            from: piece.from + start - piece.at,
          })
      }
    node.size = Math.max(node.size, offset + length)
  }

  #add(node: Node, { at, length, from }: Piece): void {
    if (this.#pieces++ < MOST_PIECES) node.pieces.add(at, length, from)
    else node.troubles.trouble('unsupported', `over ${MOST_PIECES} pieces; the rest is shown as zeros`)
    node.size = Math.max(node.size, at + length)
  }

  #deviceOf(command: Command): Node {
    const mode = command.number(VALUE.mode) ?? 0
    const node = this.#node(typeOfMode(mode) ?? 'character')
    node.device = deviceOfNumber(command.number(VALUE.device) ?? 0)
    return node
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.root
    for (const name of namesOf(path)) node = node?.children.get(name)
    return node
  }

  /** What a change speaks of is made, where it is not there. */
  #made(path: string): Node | undefined {
    const found = this.#find(path)
    if (found || !this.isChange) return found
    const node = this.#node('file')
    this.#put(path, node)
    return node
  }

  #put(path: string, node: Node): void {
    const names = namesOf(path)
    const name = names.pop()
    if (name === undefined || names.length >= MOST_DEPTH) return
    let folder = this.root
    for (const each of names) {
      const next = folder.children.get(each) ?? this.#node('directory')
      folder.children.set(each, next)
      // A folder within itself would never end.
      if (next === node) return
      folder = next
    }
    folder.children.set(name, node)
  }

  #take(path: string): Node | undefined {
    const names = namesOf(path)
    const name = names.pop()
    const folder = this.#find(names.join('/'))
    const node = name === undefined ? undefined : folder?.children.get(name)
    if (name !== undefined) folder?.children.delete(name)
    return node
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}
