import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'

/** Which room may import which: the arrows of the design. Everyone may read `model`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/model': [],
  'packages/bytes': [],
  'packages/unpack': ['packages/bytes'],
  'packages/inspect': ['packages/unpack', 'packages/bytes'],
  'packages/conformity': [],
  'packages/portfolio': ['packages/conformity'],
  'packages/exchange': ['packages/bytes', 'packages/conformity', 'packages/portfolio'],
  'packages/report': ['packages/bytes', 'packages/conformity', 'packages/portfolio'],
  'apps/cli': [
    'packages/bytes',
    'packages/unpack',
    'packages/inspect',
    'packages/conformity',
    'packages/portfolio',
    'packages/exchange',
    'packages/report',
  ],
}

const ROOM_OF_PACKAGE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(ALLOWED)
    .filter((room) => room.startsWith('packages/'))
    .map((room) => [room.replace('packages/', '@messlatte/'), room]),
)

export interface Import {
  readonly from: string
  readonly to: string
}

/** Every import and export-from of a source text, values and types alike. */
export function importsOf(file: string, source: string): readonly string[] {
  const { module } = parseSync(file, source)
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map((one) =>
      source.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1),
    ),
  ]
}

function roomOf(path: string): string | undefined {
  return Object.keys(ALLOWED).find((room) => path === room || path.startsWith(`${room}/`))
}

/** Imports that go from one room into another that it may not know, or past its front door. */
export function forbidden(root: string, file: string, source: string): readonly Import[] {
  const from = roomOf(relative(root, file))
  if (from === undefined) return []
  return importsOf(file, source).flatMap((specifier): Import[] => {
    const target = specifier.startsWith('.')
      ? roomOf(relative(root, resolve(file, '..', specifier)))
      : ROOM_OF_PACKAGE[specifier.split('/').slice(0, 2).join('/')]
    if (target === undefined || target === from) return []
    const known = target === 'packages/model' || ALLOWED[from]?.includes(target)
    const byFrontDoor = specifier.split('/').length === 2 && !specifier.startsWith('.')
    return known && byFrontDoor ? [] : [{ from: relative(root, file), to: specifier }]
  })
}

/** All TypeScript sources of the rooms. */
export function sources(root: string): readonly string[] {
  return Object.keys(ALLOWED).flatMap((room) => {
    const folder = join(root, room, 'src')
    return existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
          .map((name) => join(folder, name))
      : []
  })
}

export function read(file: string): string {
  return readFileSync(file, 'utf8')
}
