import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBytes } from '@messlatte/bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HashTreeAsk, TreeAlgorithm, TreeAnswer } from '../../contract.ts'
import { answerOf } from './index.ts'
import { treeLayout } from './tree-layout.ts'

const UNCOUNTED = { addBytes: () => {} }

function content(length: number): Buffer {
  const pieces = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  )
  return Buffer.concat(pieces).subarray(0, length)
}

function ask(more: Partial<HashTreeAsk>): HashTreeAsk {
  const usual = { algorithm: 'sha256', dataBlock: 4096, hashBlock: 4096, salt: '', hashType: 1 } as const
  return { kind: 'hash-tree', id: '', path: 'data', offset: 0, length: 0, ...usual, ...more }
}

function answer(question: HashTreeAsk, data: Uint8Array, tree?: Uint8Array): TreeAnswer | undefined {
  const pinned = new Map([['data', memoryBytes(data)]])
  if (tree) pinned.set('tree', memoryBytes(tree))
  return answerOf({ ask: question }, pinned, UNCOUNTED) as TreeAnswer | undefined
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

const sha256 = (...pieces: readonly Uint8Array[]) =>
  createHash('sha256').update(Buffer.concat(pieces)).digest()

describe('a hash tree', () => {
  it('of one block is its digest, and of two the digest of a block with both', () => {
    const data = content(8192)
    const salt = Buffer.from('0102', 'hex')
    const one = answer(ask({ length: 4096, salt: '0102' }), data)
    expect(one).toEqual({
      root: sha256(salt, data.subarray(0, 4096)).toString('hex'),
      dataBlocks: 1,
      treeBlocks: 0,
    })
    const leaves = Buffer.alloc(4096)
    leaves.set(sha256(salt, data.subarray(0, 4096)))
    leaves.set(sha256(salt, data.subarray(4096)), 32)
    const two = answer(ask({ length: 8192, salt: '0102' }), data)
    expect(two).toEqual({ root: sha256(salt, leaves).toString('hex'), dataBlocks: 2, treeBlocks: 1 })
  })

  it('fills the last block with zeros', () => {
    const data = content(5000)
    const whole = Buffer.concat([data, Buffer.alloc(8192 - 5000)])
    expect(answer(ask({ length: 5000 }), data)).toEqual(answer(ask({ length: 8192 }), whole))
  })

  it('is refused for numbers that none has, and for ranges that are not there', () => {
    const data = content(8192)
    for (const more of [
      { length: 0 },
      { length: 8193 },
      { length: -1 },
      { offset: -1, length: 1 },
      { offset: 8192, length: 1 },
      { offset: Number.NaN, length: 1 },
      { length: Number.POSITIVE_INFINITY },
      { length: 8192, dataBlock: 0 },
      { length: 8192, dataBlock: 1000 },
      { length: 8192, hashBlock: 256 },
      { length: 8192, hashBlock: 128 * 1024 },
      { length: 8192, path: 'elsewhere' },
    ])
      expect(answer(ask(more), data), JSON.stringify(more)).toBeUndefined()
    expect(treeLayout(ask({ length: 2 ** 53 - 1, dataBlock: 512, hashBlock: 512 }))).toBeDefined()
  })

  it('that ends too early is not compared', () => {
    const data = content(8192)
    const question = ask({ length: 8192, tree: { path: 'tree', offset: 1 } })
    expect(answer(question, data, Buffer.alloc(4096))?.tree).toBeUndefined()
    expect(answer(question, data, Buffer.alloc(4097))?.tree).toBeDefined()
  })

  it('counts as work', () => {
    let counted = 0
    const work = {
      addBytes(count: number) {
        counted += count
      },
    }
    answerOf({ ask: ask({ length: 8192 }) }, new Map([['data', memoryBytes(content(8192))]]), work)
    expect(counted).toBe(8192)
  })
})

describe('few bytes', () => {
  const data = content(100_000)
  const bytes = (offset: number, length: number) =>
    answerOf(
      { ask: { kind: 'bytes', id: '', path: 'data', offset, length } },
      new Map([['data', memoryBytes(data)]]),
      UNCOUNTED,
    )

  it('come as base64', () => {
    expect(bytes(5, 9)).toBe(data.subarray(5, 14).toString('base64'))
    expect(bytes(100_000, 0)).toBe('')
  })

  it('do not come from outside, and no more than a few', () => {
    for (const [offset, length] of [
      [-1, 2],
      [0, -1],
      [99_999, 2],
      [0, 65_537],
      [Number.NaN, 1],
    ])
      expect(bytes(offset as number, length as number)).toBeUndefined()
  })
})

const veritysetup = (() => {
  try {
    return execFileSync('veritysetup', ['--version'], { stdio: 'pipe' }).toString()
  } catch {
    return undefined
  }
})()

describe.skipIf(!veritysetup)('beside veritysetup (skipped without it)', () => {
  let work = ''
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'messlatte-tree-'))
  })
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  const cases: readonly (readonly [number, Partial<HashTreeAsk>])[] = [
    ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const).flatMap((algorithm: TreeAlgorithm) =>
      ([0, 1] as const).map((hashType) => [300, { algorithm, hashType, salt: '0102030405' }] as const),
    ),
    [1, {}],
    [2, { salt: 'ff' }],
    [128, {}],
    [129, {}],
    [3000, { dataBlock: 512, hashBlock: 512, salt: '00'.repeat(32) }],
    [3000, { dataBlock: 512, hashBlock: 4096 }],
    [700, { dataBlock: 4096, hashBlock: 1024, salt: 'aa'.repeat(256) }],
    [700, { dataBlock: 1024, hashBlock: 1024, hashType: 0, algorithm: 'sha1' }],
  ]

  it.each(cases)('comes to the same root: %i blocks, %j', (blocks, more) => {
    const { algorithm, dataBlock, hashBlock, salt, hashType } = ask(more)
    const data = content(blocks * dataBlock)
    const [at, tree] = [join(work, 'data'), join(work, 'tree')]
    writeFileSync(at, data)
    writeFileSync(tree, '')
    const numbers = [
      `--data-block-size=${dataBlock}`,
      `--hash-block-size=${hashBlock}`,
      `--format=${hashType}`,
    ]
    const options = [...numbers, `--hash=${algorithm}`, `--salt=${salt || '-'}`, '--no-superblock']
    const said = execFileSync('veritysetup', ['format', at, tree, ...options], { stdio: 'pipe' }).toString()
    const root = /Root hash:\s+([0-9a-f]+)/.exec(said)?.[1]
    const stored = readFileSync(tree)
    const question = ask({ ...more, length: data.length, tree: { path: 'tree', offset: 0 } })
    const found = answer(question, data, stored)
    expect(found?.root).toBe(root)
    if (blocks === 1) return
    expect(found).toMatchObject({ data: { differing: 0 }, tree: { root, differing: 0 } })

    const last = blocks - 1
    const other = answer(question, flipped(data, last * dataBlock + 7), stored)
    expect(other?.root).not.toBe(root)
    expect(other).toMatchObject({ data: { differing: 1, first: last }, tree: { root, differing: 0 } })
    // A digest of the leaves: its block is not what its parent tells, and its data block is not what it tells.
    const layout = treeLayout(question)
    const first = (layout?.starts[0] ?? 0) * hashBlock
    const damaged = answer(question, data, flipped(stored, first))
    expect(damaged).toMatchObject({ root, data: { differing: 1, first: 0 } })
    expect(damaged?.tree?.root === root).toBe((layout?.levels.length ?? 0) > 1)
    expect(damaged?.tree?.differing).toBe((layout?.levels.length ?? 0) > 1 ? 1 : 0)
  })
})
