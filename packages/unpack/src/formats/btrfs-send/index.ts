import type { Bytes } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import type { Piece } from '../pieces.ts'
import { type Command, commandAt, HEADER, MAGIC, versionAt } from './parse.ts'
import { END, type Node, SendTree } from './tree.ts'

const MOST_COMMANDS = 20_000_000
const MOST_DEPTH = 256

interface SendMember {
  readonly meta: EntryMeta
  readonly size: number
  readonly pieces: readonly Piece[]
}

export const btrfsSend: ContainerFormat<readonly SendMember[]> = {
  kind: 'container',
  name: 'btrfs-send',
  title: 'Stream of btrfs send (versions 1 to 3)',
  references: ['Linux, fs/btrfs/send.h', 'btrfs-progs, Documentation/dev/dev-send-stream.rst'],
  limits: [
    'of a change to a snapshot, what lies in that one is not there: files hold what was written to them, and zeros',
    'data that the stream holds packed (btrfs send --compressed-data) is told and not unpacked',
    'streams that follow each other in one file are regions of their own',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const version = versionAt(bytes, at)
    if (version === undefined) return undefined
    let end: number | undefined
    for (const command of commandsOf(bytes, at, version)) {
      if (end === undefined && !command.holds) return undefined
      ;({ end } = command)
    }
    return end === undefined ? undefined : { start: at, end }
  },

  *open(bytes, region, problem) {
    const version = versionAt(bytes, region.start) as number
    const tree = new SendTree(region, problem)
    let [last, wrong] = [0, 0]
    for (const command of commandsOf(bytes, region.start, version)) {
      last = command.kind
      if (command.holds) tree.apply(command)
      else wrong++
    }
    if (wrong > 0) problem('checksum', `the CRC of ${wrong} commands differs; they are left out`)
    if (last !== END) problem('truncated', 'the stream has no end')
    if (tree.isChange)
      problem(
        'unsupported',
        'it changes a snapshot that is not there: what it does not tell is missing, or zero',
      )
    yield* inBatches(membersOf(tree.root, last === END, problem), ({ size }) => size)
  },

  read(_bytes, _region, plan, sink) {
    for (const { meta, size, pieces } of plan) {
      // Its name may stand far behind its data: it is no slice that a cut could leave whole.
      if (meta.type === 'file') sink.mapped(meta, size, pieces)
      else sink.entry(meta)
    }
  },
}

function* commandsOf(bytes: Bytes, start: number, version: number): Generator<Command> {
  let at = start + HEADER
  for (let count = 0; count < MOST_COMMANDS; count++) {
    const command = commandAt(bytes, at, version)
    if (!command) return
    yield command
    if (command.kind === END) return
    at = command.end
  }
  throw new FormatError('unsupported', `over ${MOST_COMMANDS} commands`)
}

/** Each file once; its other names lead to the first one. */
function* membersOf(root: Node, isWhole: boolean, problem: Sink['problem']): Generator<SendMember> {
  const named = new Map<Node, string>()
  const left = [{ path: '', node: root, depth: 0 }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { path, node, depth } = next
    const target = named.get(node)
    if (path !== '') yield target === undefined ? memberOf(path, node) : linkTo(path, node, target)
    if (target !== undefined) continue
    if (!isWhole && node.isOpen && node.type === 'file')
      node.troubles.trouble('truncated', 'the stream ends before all of it came')
    node.troubles.tell({ problem }, path)
    named.set(node, path)
    if (depth < MOST_DEPTH)
      for (const [name, child] of [...node.children].reverse())
        left.push({ path: path === '' ? name : `${path}/${name}`, node: child, depth: depth + 1 })
  }
}

function memberOf(path: string, node: Node): SendMember {
  const { type, mtime, target, device, xattrs, size } = node
  const pieces = node.pieces.list.flatMap(({ at, length, from }) =>
    at < size ? [{ at, length: Math.min(length, size - at), from }] : [],
  )
  const meta: EntryMeta = {
    path,
    type,
    ...rightsOf(node),
    ...(mtime !== undefined && { mtime }),
    ...(target !== undefined && { target }),
    ...(device && { device }),
    ...(xattrs.size > 0 && { xattrs: Object.fromEntries(xattrs) }),
  }
  return { meta, size, pieces }
}

function linkTo(path: string, node: Node, target: string): SendMember {
  return { meta: { path, type: 'hardlink', ...rightsOf(node), target }, size: 0, pieces: [] }
}

function rightsOf({ mode, uid, gid }: Node): Pick<EntryMeta, 'mode' | 'uid' | 'gid'> {
  return {
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  }
}
