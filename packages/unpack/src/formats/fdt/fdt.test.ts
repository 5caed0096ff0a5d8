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

  it('ends where its header says, wherever it lies', () => {
    const content = fixture('fdt', 'board.dtb')
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(100), content, Buffer.alloc(100)]))
    expect(fdt.recognise(bytes, 100)).toEqual({ start: 100, end: 100 + content.length })
  })
})

hostileSuite({ format: fdt, fixture: fixture('fdt', 'board.dtb') })
hostileSuite({ format: fdt, fixture: fixture('fdt', 'version-16.dtb') })
