import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { fdt } from './index.ts'
import { fdtNode, fdtProperty, fdtStrings, parseFdt } from './parse.ts'

describe('fdt', () => {
  it.each(fixturesOf('fdt', 'positive'))('reads $name as dtc wrote it', ({ content }) => {
    const tree = parseFdt(memoryBytes(content), 0)
    const compatible = fdtProperty(tree.root, 'compatible')
    expect(compatible && fdtStrings(tree, compatible)).toEqual(['maker,board', 'maker,soc'])
    expect(fdtNode(tree, '/memory@80000000')?.depth).toBe(1)
  })

  it('tells the layouts of flash that it describes, and that its command line has', () => {
    const tree = fixture('fdt', 'flash.dtb')
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(100), tree]))
    const layouts = fdt.layouts?.(bytes, { start: 100, end: 100 + tree.length })
    expect(layouts).toEqual([
      {
        chip: '/flash@0/partitions',
        partitions: [
          { name: 'u-boot', offset: 0, size: 0x10000, readOnly: true },
          { name: 'firmware', offset: 0x10000, size: 0x7f0000, readOnly: false },
        ],
      },
      {
        chip: 'nand0',
        partitions: [
          { name: 'boot', offset: 0, size: 2 ** 20, readOnly: true },
          { name: 'ubi', offset: 2 ** 20, size: undefined, readOnly: false },
        ],
      },
    ])
    const other = fixture('fdt', 'board.dtb')
    expect(fdt.layouts?.(memoryBytes(other), { start: 0, end: other.length })).toEqual([])
  })

  it('ends where its header says, wherever it lies', () => {
    const content = fixture('fdt', 'board.dtb')
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(100), content, Buffer.alloc(100)]))
    expect(fdt.recognise(bytes, 100)).toEqual({ start: 100, end: 100 + content.length })
  })
})

hostileSuite({ format: fdt, fixture: fixture('fdt', 'board.dtb') })
hostileSuite({ format: fdt, fixture: fixture('fdt', 'version-16.dtb') })
