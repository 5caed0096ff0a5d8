import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../../contract.ts'
import { fdtCell, fdtNode, fdtProperty, fdtStrings, fdtValue, parseFdt } from './parse.ts'
import { buildFdt, type TreeSpec } from './testing.ts'

const TREE: TreeSpec = {
  properties: [
    ['compatible', 'acme,board\0acme,family\0'],
    ['#address-cells', Buffer.from([0, 0, 0, 2])],
    ['odd', Buffer.from([1, 2, 3, 4, 5])],
  ],
  children: {
    chosen: { properties: [['bootargs', 'quiet\0']] },
    'memory@0': { properties: [['empty', '']], children: { deeper: {} } },
  },
}

function parse(image: Uint8Array, at = 0) {
  return parseFdt(memoryBytes(image), at)
}

function code(image: Uint8Array): string {
  try {
    parse(image)
    return 'fine'
  } catch (error) {
    return error instanceof FormatError ? error.code : String(error)
  }
}

/** The same image with a 32-bit number of the header changed. */
function withHeader(image: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(image)
  changed.writeUInt32BE(value, at)
  return changed
}

describe('parseFdt', () => {
  it('reads nodes, properties and values, wherever the tree lies', () => {
    const image = buildFdt(TREE)
    for (const at of [0, 1, 4096]) {
      const fdt = parse(Buffer.concat([Buffer.alloc(at, 0xff), image, Buffer.from('behind')]), at)
      expect(fdt.totalSize).toBe(image.length)
      expect(fdt.root.properties.map(({ name }) => name)).toEqual(['compatible', '#address-cells', 'odd'])
      const [compatible, cells, odd] = fdt.root.properties
      if (!compatible || !cells || !odd) throw new Error('properties are missing')
      expect(fdtStrings(fdt, compatible)).toEqual(['acme,board', 'acme,family'])
      expect(fdtCell(fdt, cells)).toBe(2)
      expect(fdtCell(fdt, odd)).toBeUndefined()
      expect(fdtStrings(fdt, odd)).toBeUndefined()
      expect([...fdtValue(fdt, odd)]).toEqual([1, 2, 3, 4, 5])
      expect(fdtNode(fdt, '/memory@0/deeper')?.depth).toBe(2)
      expect(fdtNode(fdt, '/memory')).toBeUndefined()
      expect(fdtNode(fdt, '/chosen')?.path).toBe('/chosen')
    }
  })

  it('gives the tokens with their padding, without a gap', () => {
    const fdt = parse(buildFdt(TREE))
    let at = fdt.structOffset
    for (const token of fdt.tokens) {
      expect(token.offset).toBe(at)
      at += token.length
    }
    expect(at).toBe(fdt.structOffset + fdt.structSize)
    expect(fdt.tokens.map(({ kind }) => kind).filter((kind) => kind === 'begin')).toHaveLength(4)
    expect(fdt.tokens.at(-1)?.kind).toBe('finish')
  })

  it('keeps properties of one name and says which one counts', () => {
    const fdt = parse(
      buildFdt({
        properties: [
          ['a', 'x'],
          ['a', 'yz'],
        ],
      }),
    )
    expect(fdt.root.properties).toHaveLength(2)
    expect(fdtProperty(fdt.root, 'a')?.length).toBe(1)
  })

  it('leaves out what stands behind a sub-node, except among the tokens', () => {
    const fdt = parse(buildFdt({ children: { sub: {} }, behind: [['late', 'x']] }))
    expect(fdt.root.properties).toEqual([])
    expect(fdt.tokens.filter(({ kind }) => kind === 'property')).toHaveLength(1)
  })

  it('refuses headers whose blocks do not fit', () => {
    const image = buildFdt(TREE)
    expect(code(withHeader(image, 0, 0xd00dfeef))).toBe('structure')
    expect(code(withHeader(image, 4, 39))).toBe('structure')
    expect(code(withHeader(image, 4, image.length + 1))).toBe('truncated')
    expect(code(withHeader(image, 8, 57))).toBe('structure')
    expect(code(withHeader(image, 8, 0xffff_fffc))).toBe('structure')
    expect(code(withHeader(image, 12, image.length))).toBe('structure')
    expect(code(withHeader(image, 16, 44))).toBe('structure')
    expect(code(withHeader(image, 20, 3))).toBe('unsupported')
    expect(code(withHeader(image, 24, 18))).toBe('unsupported')
    expect(code(withHeader(image, 36, image.readUInt32BE(36) - 4))).toBe('structure')
    expect(code(image.subarray(0, 39))).toBe('truncated')
    expect(code(Buffer.alloc(0))).toBe('truncated')
  })

  it('refuses broken structures', () => {
    const struct = (...words: readonly number[]) => buildFdt({ struct: words })
    expect(code(struct(1, 0, 2, 9))).toBe('fine')
    expect(code(struct(1, 0, 4, 2, 9))).toBe('fine')
    expect(code(struct(9))).toBe('structure')
    expect(code(struct(2, 9))).toBe('structure')
    expect(code(struct(1, 0, 9))).toBe('structure')
    expect(code(struct(1, 0, 2, 1, 0, 2, 9))).toBe('structure')
    expect(code(struct(3, 0, 0, 9))).toBe('structure')
    expect(code(struct(1, 0, 5, 2, 9))).toBe('structure')
    expect(code(struct(1, 0, 2))).toBe('structure')
    expect(code(struct(1, 0x61000000, 2, 9))).toBe('structure')
    expect(code(struct(1, 0, 1, 0x2f000000, 2, 2, 9))).toBe('structure')
    expect(code(struct(1, 0, 1, 0, 2, 2, 9))).toBe('structure')
    expect(code(struct(1, 0, 3, 0xffffffff, 0, 2, 9))).toBe('structure')
    expect(code(struct(1, 0, 3, 0, 0x7fffffff, 2, 9))).toBe('structure')
  })

  it('bounds depth, nodes and paths', () => {
    const nested = (depth: number) => [
      1,
      0,
      ...Array(depth).fill([1, 0x61000000]).flat(),
      ...Array(depth + 1).fill(2),
      9,
    ]
    expect(code(buildFdt({ struct: nested(63) }))).toBe('fine')
    expect(code(buildFdt({ struct: nested(64) }))).toBe('unsupported')
    expect(code(buildFdt({ struct: [1, 0, ...Array(65_535).fill([1, 0x61000000, 2]).flat(), 2, 9] }))).toBe(
      'fine',
    )
    expect(code(buildFdt({ struct: [1, 0, ...Array(65_536).fill([1, 0x61000000, 2]).flat(), 2, 9] }))).toBe(
      'unsupported',
    )
    const long = 'n'.repeat(600)
    expect(code(buildFdt({ children: { [long]: {} } }))).toBe('fine')
    expect(code(buildFdt({ children: { [long]: { children: { [long]: {} } } } }))).toBe('unsupported')
  })

  it('gives a tree or a typed error for any bytes', () => {
    const image = buildFdt(TREE)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(image.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(image.length),
        (changes, length) => {
          const changed = Buffer.from(image)
          for (const [at, value] of changes) changed[at] = value
          expect(['fine', 'structure', 'truncated', 'unsupported']).toContain(code(changed))
          expect(code(changed.subarray(0, length))).not.toMatch(/Error/)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
