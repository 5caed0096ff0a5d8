import { TREE_DIGESTS } from '../../engine/answers/tree-layout.ts'

/** Where a tree lies and what it is, told from outside of it: a tree without a superblock has no other place for that. */
export interface VerityTable {
  readonly algorithm: string
  readonly hashType: 0 | 1
  /** Bytes. */
  readonly dataBlock: number
  readonly hashBlock: number
  readonly dataBlocks: number
  /** Where the tree begins, in bytes from the start of the device. */
  readonly treeAt: number
  /** Hex. */
  readonly salt: string
  readonly root: string
  /** Data and tree lie on one device. */
  readonly together: boolean
}

/** A table, and where in the text its root hash stands. */
export interface FoundTable extends VerityTable {
  readonly offset: number
}

/** Of one text. */
const MOST_TABLES = 16
const MOST_LINE = 4096
const HEX = /^(?:[0-9a-f]{2})+$/i
/** Device-mapper's own form: Linux kernel, Documentation/admin-guide/device-mapper/verity.rst. */
const TARGET =
  /\bverity\s+([01])\s+(\S{1,128})\s+(\S{1,128})\s+(\d{3,6})\s+(\d{3,6})\s+(\d{1,12})\s+(\d{1,12})\s+([a-z0-9-]{2,16})\s+([0-9a-f]{32,128})\s+([0-9a-f]{1,512}|-)(?![0-9a-f])/gi
const COMMAND = /\bveritysetup\b([^\n;|&]{1,4096})/g
/** systemd-veritysetup-generator(8). */
const OPTIONS = /\bsystemd\.verity_(root|usr)_options=([^\s"]{1,1024})/
const HASHES = { root: /\broothash=([0-9a-f]{32,128})\b/i, usr: /\busrhash=([0-9a-f]{32,128})\b/i } as const
/** veritytab(5): name, data, tree, root hash, options. */
const TAB = /^[^#\s]\S{0,127}\s+(\S{1,256})\s+(\S{1,256})\s+([0-9a-f]{32,128})\s+(\S{1,1024})/gim

/** The tables that a command line or a script writes out. What it puts together from variables is not told. */
export function tablesIn(text: string): readonly FoundTable[] {
  return [...targets(text), ...commands(text), ...generated(text)].slice(0, MOST_TABLES)
}

/** The tables of `/etc/veritytab`. */
export function tablesOfTab(text: string): readonly FoundTable[] {
  const found: FoundTable[] = []
  for (const match of text.matchAll(TAB)) {
    const [all, data, tree, root, options] = match as unknown as readonly [
      string,
      string,
      string,
      string,
      string,
    ]
    const offset = match.index + all.indexOf(root)
    const table = fromOptions(options.split(','), root, offset, data === tree)
    if (table && found.length < MOST_TABLES) found.push(table)
  }
  return found
}

function* targets(text: string): Generator<FoundTable> {
  for (const match of text.matchAll(TARGET)) {
    const [all, type, data, tree, dataBlock, hashBlock, blocks, start, algorithm, root, salt] =
      match as unknown as readonly string[] & { readonly 0: string }
    const table = sound({
      algorithm: (algorithm as string).toLowerCase(),
      hashType: type === '0' ? 0 : 1,
      dataBlock: Number(dataBlock),
      hashBlock: Number(hashBlock),
      dataBlocks: Number(blocks),
      treeAt: Number(start) * Number(hashBlock),
      salt: salt === '-' ? '' : (salt as string).toLowerCase(),
      root: (root as string).toLowerCase(),
      together: data === tree,
    })
    if (table) yield { ...table, offset: match.index + all.lastIndexOf(` ${root} `.trim()) }
  }
}

/** `veritysetup open DATA NAME TREE ROOT`, or `create NAME DATA TREE ROOT` as it was; options may stand anywhere. */
function* commands(text: string): Generator<FoundTable> {
  // A line that goes on in the next one keeps its length.
  for (const match of text.replaceAll('\\\n', '  ').matchAll(COMMAND)) {
    const words = [...(match[1] as string).matchAll(/\S+/g)].map(([word]) => word.replaceAll(/["']/g, ''))
    const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2))
    const plain = words.filter((word) => !word.startsWith('-'))
    const root = plain.at(-1) ?? ''
    const isOpen = plain[0] === 'open' || plain[0] === 'create' || plain[0] === 'verify'
    if (!isOpen || !options.includes('no-superblock') || !HEX.test(root)) continue
    const [data, tree] = plain[0] === 'open' ? [plain[1], plain[3]] : plain.slice(-3, -1)
    const offset = match.index + match[0].lastIndexOf(root)
    const table = fromOptions(['superblock=false', ...options], root, offset, data === tree)
    if (table) yield table
  }
}

function* generated(text: string): Generator<FoundTable> {
  const options = OPTIONS.exec(text.slice(0, 2 * MOST_LINE))
  const root = options && HASHES[options[1] as 'root' | 'usr'].exec(text.slice(0, 2 * MOST_LINE))
  if (!options || !root) return
  const of = (what: string) =>
    new RegExp(`\\bsystemd\\.verity_${options[1]}_${what}=(\\S{1,256})`).exec(text)?.[1]
  const together = of('data') !== undefined && of('data') === of('hash')
  const table = fromOptions(
    (options[2] as string).split(','),
    root[1] as string,
    root.index + root[0].length - (root[1] as string).length,
    together,
  )
  if (table) yield table
}

/** By the names that veritysetup and systemd share; undefined for a tree that has a superblock. */
function fromOptions(
  options: readonly string[],
  root: string,
  offset: number,
  together: boolean,
): FoundTable | undefined {
  const values = new Map(
    options.map((option) => {
      const at = option.indexOf('=')
      return at < 0 ? ([option, ''] as const) : ([option.slice(0, at), option.slice(at + 1)] as const)
    }),
  )
  if (!/^(?:0|no|false|off)$/.test(values.get('superblock') ?? '')) return undefined
  const table = sound({
    algorithm: (values.get('hash') ?? 'sha256').toLowerCase(),
    hashType: values.get('format') === '0' ? 0 : 1,
    dataBlock: Number(values.get('data-block-size') ?? 4096),
    hashBlock: Number(values.get('hash-block-size') ?? 4096),
    dataBlocks: Number(values.get('data-blocks') ?? 0),
    treeAt: Number(values.get('hash-offset') ?? 0),
    salt: (values.get('salt') ?? '').replace(/^-$/, '').toLowerCase(),
    root: root.toLowerCase(),
    together,
  })
  return table && { ...table, offset }
}

/** Numbers that a kernel takes, and a root hash of the algorithm's length. */
export function sound(table: VerityTable): VerityTable | undefined {
  const { algorithm, dataBlock, hashBlock, dataBlocks, treeAt, salt, root } = table
  const isSize = (size: number) => size >= 512 && size <= 65_536 && Number.isInteger(Math.log2(size))
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0
  const digest = Object.hasOwn(TREE_DIGESTS, algorithm)
    ? TREE_DIGESTS[algorithm as keyof typeof TREE_DIGESTS]
    : undefined
  if (digest === undefined || root.length !== 2 * digest || !HEX.test(root)) return undefined
  if (!isSize(dataBlock) || !isSize(hashBlock) || salt.length > 512) return undefined
  if (!isCount(dataBlocks * dataBlock) || dataBlocks === 0 || !isCount(treeAt)) return undefined
  return salt === '' || HEX.test(salt) ? table : undefined
}
