import { memoryBytes } from '@messlatte/bytes'
import { expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { readSuperblock, type Superblock } from './superblock.ts'
import { Volume } from './volume.ts'

const [HEADER, ITEM, PLACE] = [101, 25, 17]

it('gives no more of a node than it has, where items lead to the same bytes', () => {
  const image = fixture('btrfs', 'plain.img')
  const { nodeSize, id, root } = readSuperblock(memoryBytes(image), 0) as Superblock
  const region = { start: 0, end: image.length }
  const clean = new Volume(memoryBytes(image), region)
  const leaf = clean.placeOf(root, nodeSize)
  expect(image.subarray(leaf + 32, leaf + 48).equals(Buffer.from(id))).toBe(true)
  expect(image[leaf + 100]).toBe(0)
  const most = Math.floor((nodeSize - HEADER) / ITEM / 2)
  image.writeUInt32LE(most, leaf + 96)
  for (let index = 0; index < most; index++) {
    const at = leaf + HEADER + index * ITEM
    image.copy(image, at, leaf + HEADER, leaf + HEADER + PLACE)
    image.writeUInt32LE(nodeSize / 2, at + PLACE)
    image.writeUInt32LE(nodeSize / 4, at + PLACE + 4)
  }
  const items = [...new Volume(memoryBytes(image), region).items({ address: root, level: 0 }, () => {})]
  expect(items.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(nodeSize)
})
