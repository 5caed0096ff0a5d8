import type { Adb, AdbValue } from './adb.ts'

type Scalar = 'text' | 'int' | 'hex'
type Schema =
  | Scalar
  | { readonly array: Schema }
  | { readonly object: readonly (readonly [string, Schema])[] }

/** Fields by their slots, from 1 on (apk-tools, src/apk_adb.h). */
const DEPENDENCIES: Schema = {
  array: {
    object: [
      ['name', 'text'],
      ['version', 'text'],
      ['match', 'int'],
    ],
  },
}

const INFO: Schema = {
  object: [
    ['name', 'text'],
    ['version', 'text'],
    ['hashes', 'hex'],
    ['description', 'text'],
    ['arch', 'text'],
    ['license', 'text'],
    ['origin', 'text'],
    ['maintainer', 'text'],
    ['url', 'text'],
    ['repo-commit', 'hex'],
    ['build-time', 'int'],
    ['installed-size', 'int'],
    ['file-size', 'int'],
    ['provider-priority', 'int'],
    ['depends', DEPENDENCIES],
    ['provides', DEPENDENCIES],
    ['replaces', DEPENDENCIES],
    ['install-if', DEPENDENCIES],
    ['recommends', DEPENDENCIES],
    ['layer', 'int'],
    ['tags', { array: 'text' }],
  ],
}

const INDEX: Schema = {
  object: [
    ['description', 'text'],
    ['packages', { array: INFO }],
    ['pkgname-spec', 'text'],
  ],
}

/** What a package says about itself, as plain data. @throws FormatError */
export function packageInfo(adb: Adb): unknown {
  const [, info = 0, , , triggers = 0, priority = 0] = adb.slots(adb.root())
  return {
    info: plain(adb, info, INFO),
    triggers: plain(adb, triggers, { array: 'text' }),
    'replaces-priority': plain(adb, priority, 'int'),
  }
}

/** The packages of an index, as plain data. @throws FormatError */
export function indexInfo(adb: Adb): unknown {
  return plain(adb, adb.root(), INDEX)
}

function plain(adb: Adb, value: AdbValue, schema: Schema): unknown {
  if (value === 0) return undefined
  if (schema === 'int') return adb.int(value)
  if (schema === 'text' || schema === 'hex') {
    const blob = adb.blob(value)
    return blob && Buffer.from(blob).toString(schema === 'hex' ? 'hex' : 'utf8')
  }
  const values = adb.slots(value).slice(1)
  if ('array' in schema) return values.map((one) => plain(adb, one, schema.array) ?? null)
  return Object.fromEntries(
    schema.object.map(([name, field], index) => [name, plain(adb, values[index] ?? 0, field)]),
  )
}
