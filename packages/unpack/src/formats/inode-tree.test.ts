import { expect, it } from 'vitest'
import type { InodeName, InodeTree } from './inode-tree.ts'
import { listInodes } from './inode-tree.ts'

/** Two hundred directories below the root, each of which has the same hundred names. */
const SHARED: InodeTree<number> = {
  root: 0,
  describe: (inode, path) => ({ path, type: inode <= 200 ? 'directory' : 'file', mode: 0o644 }),
  within: (directory) => named(directory === 0 ? 1 : 201, directory === 0 ? 200 : 100),
  content: (inode) => inode,
  *parents() {},
}

function named(first: number, count: number): readonly InodeName[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `n${first + index}`,
    inode: first + index,
    isDirectory: false,
  }))
}

it('lists names of directories that are the same up to a bound, and says where the rest is missing', () => {
  const problems: string[] = []
  const tell = (_code: string, message: string, path = '') => void problems.push(`${path}: ${message}`)
  const members = [...listInodes(SHARED, tell, 1050)]
  expect(members).toHaveLength(1 + 1050)
  expect(problems).toEqual(['n9: over 1050 names; the rest is not listed'])
  expect(members.filter(({ file }) => file !== undefined)).toHaveLength(100)
})

it('lists all where there is room', () => {
  expect([...listInodes(SHARED, () => {})]).toHaveLength(1 + 200 + 200 * 100)
})
