/** A device tree to be built, for tests. */
export interface TreeSpec {
  /** Name and value; a string is a byte string and gets no NUL of its own. */
  readonly properties?: readonly (readonly [name: string, value: string | Uint8Array])[]
  readonly children?: Readonly<Record<string, TreeSpec>>
  /** Properties behind the sub-nodes, where they do not belong. */
  readonly behind?: TreeSpec['properties']
  /** Words of the structure block; then nothing else of this counts. */
  readonly struct?: readonly number[]
}

/** A flattened device tree, version 17, packed: header, empty reserve map, structure, strings. */
export function buildFdt(tree: TreeSpec): Buffer {
  const strings: string[] = []
  const struct = tree.struct
    ? Buffer.concat(tree.struct.map(word))
    : Buffer.concat([...node('', tree, strings), word(9)])
  const names = Buffer.from(strings.map((name) => `${name}\0`).join(''), 'latin1')
  const stringsAt = 56 + struct.length
  const fields = [
    0xd00dfeed,
    stringsAt + names.length,
    56,
    stringsAt,
    40,
    17,
    16,
    0,
    names.length,
    struct.length,
  ]
  return Buffer.concat([...fields.map(word), Buffer.alloc(16), struct, names])
}

function node(name: string, spec: TreeSpec, strings: string[]): readonly Buffer[] {
  return [
    word(1),
    padded(Buffer.from(`${name}\0`, 'latin1')),
    ...(spec.properties ?? []).map((one) => property(one, strings)),
    ...Object.entries(spec.children ?? {}).flatMap(([child, inside]) => node(child, inside, strings)),
    ...(spec.behind ?? []).map((one) => property(one, strings)),
    word(2),
  ]
}

function property([name, value]: readonly [string, string | Uint8Array], strings: string[]): Buffer {
  if (!strings.includes(name)) strings.push(name)
  const nameAt = strings.slice(0, strings.indexOf(name)).reduce((sum, one) => sum + one.length + 1, 0)
  const data = typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value)
  return Buffer.concat([word(3), word(data.length), word(nameAt), padded(data)])
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
}

function word(value: number): Buffer {
  const cell = Buffer.alloc(4)
  cell.writeUInt32BE(value >>> 0)
  return cell
}
