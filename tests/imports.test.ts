import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { forbidden, importsOf, read, sources } from './imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

describe('the direction of imports', () => {
  it('is that of the design in every source', () => {
    const files = sources(root)
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap((file) => forbidden(root, file, read(file)))).toEqual([])
  })

  it('finds a planted violation, whatever its form', () => {
    const law = join(root, 'packages/conformity/src/planted.ts')
    for (const source of [
      "import { Walk } from '@messlatte/unpack'",
      "import type { Check } from '@messlatte/inspect'",
      "export { Walk } from '@messlatte/unpack'",
      "export type * from '../../unpack/src/contract.ts'",
      "const engine = await import('@messlatte/inspect')",
    ]) {
      expect(forbidden(root, law, source), source).toHaveLength(1)
    }
  })

  it('finds an import past a front door, and lets the allowed ones through', () => {
    const check = join(root, 'packages/inspect/src/planted.ts')
    expect(forbidden(root, check, "import { Walk } from '../../unpack/src/walk.ts'")).toHaveLength(1)
    expect(forbidden(root, check, "import { Walk } from '@messlatte/unpack'")).toEqual([])
    expect(forbidden(root, check, "import type { Text } from '@messlatte/model'")).toEqual([])
  })

  it('sees real imports', () => {
    const walk = join(root, 'packages/unpack/src/walk.ts')
    expect(importsOf(walk, read(walk))).toContain('@messlatte/bytes')
  })

  it('knows every room', () => {
    const rooms = ['packages', 'apps'].flatMap((group) =>
      readdirSync(join(root, group)).map((name) => `${group}/${name}`),
    )
    const unknown = rooms.filter(
      (room) => forbidden(root, join(root, room, 'src/x.ts'), "import '@messlatte/none'") === undefined,
    )
    expect(unknown).toEqual([])
  })
})
