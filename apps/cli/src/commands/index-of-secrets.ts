import { basename, resolve } from 'node:path'
import { indexedSecrets, sandboxKeyOf } from '@messlatte/inspect'
import type { IndexedRelease, Language, SecretIndex } from '@messlatte/model'
import { pick, visible } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { inspect } from '../inspect.ts'
import { type LimitFlags, parseCount, readKeys, readLimits, today } from '../options.ts'
import { progress } from '../progress.ts'
import { indexFolder } from '../secret-index/folder.ts'
import { changeIndex, forgetIndex, openOrMakeIndex, readIndex } from '../secret-index/store.ts'

export interface IndexAddFlags extends LimitFlags {
  readonly name?: string
  readonly guesses: string
  readonly lang: Language
  readonly quiet: boolean
}

export interface IndexListFlags {
  readonly json?: boolean
  readonly lang: Language
}

const MOST_NAME = 200

/** Keeps fingerprints of the secrets of each release. */
export async function indexAddCommand(paths: readonly string[], flags: IndexAddFlags): Promise<number> {
  const folder = indexFolder()
  const names = paths.map((path) => nameOf(flags.name ?? basename(resolve(path))))
  const settings = {
    kind: 'inspect',
    trusted: [],
    trustedDigests: [],
    readouts: [],
    guesses: parseCount('--guesses', flags.guesses),
    productWords: [],
    wordlist: [],
    reveal: false,
  } as const
  const [limits, keys] = [readLimits(flags), readKeys(flags)]
  const { index, key } = await openOrMakeIndex(folder)
  const bar = progress(flags.quiet, flags.lang)
  const added: IndexedRelease[] = []
  try {
    for (const [at, path] of paths.entries()) {
      const product = names[at] as string
      bar.about(product)
      const { found, images } = await inspect([path], {
        settings: { ...settings, secrets: { keyHex: sandboxKeyOf(key), values: false } },
        limits,
        keys,
        onProgress: bar.update,
      })
      const secrets = indexedSecrets(found.secrets ?? [], key)
      added.push({ product, added: today('UTC'), images, secrets })
    }
  } finally {
    bar.end()
  }
  await changeIndex(folder, index.keyId, (now) => withReleases(now, added))
  if (!flags.quiet) for (const one of added) process.stdout.write(`${lineOf(one, flags.lang)}\n`)
  return 0
}

function nameOf(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > MOST_NAME)
    throw new CliError('bad-option', {
      en: `--name: write a name of 1 to ${MOST_NAME} characters`,
      de: `--name: einen Namen von 1 bis ${MOST_NAME} Zeichen angeben`,
    })
  return trimmed
}

/** The same files under the same name are kept once, as they were read last. */
function withReleases(index: SecretIndex, added: readonly IndexedRelease[]): SecretIndex {
  const key = ({ product, images }: IndexedRelease) =>
    [product, ...images.map(({ sha256 }) => sha256).sort()].join('\0')
  const all = new Map([...index.releases, ...added].map((one) => [key(one), one]))
  return { ...index, releases: [...all.values()] }
}

/** What is kept, without any fingerprint. */
export function indexListCommand(flags: IndexListFlags): number {
  const folder = indexFolder()
  const releases = readIndex(folder)?.index.releases ?? []
  if (flags.json) {
    const told = releases.map(({ product, added, images, secrets }) => ({
      product,
      added,
      images,
      secrets: secrets.length,
    }))
    process.stdout.write(`${JSON.stringify({ folder, releases: told }, null, 2)}\n`)
    return 0
  }
  if (releases.length === 0) process.stdout.write(`${pick(EMPTY, flags.lang)}\n`)
  for (const one of releases) process.stdout.write(`${lineOf(one, flags.lang)}\n`)
  return 0
}

const EMPTY = {
  en: 'The index holds nothing (messlatte index add FILE --name PRODUCT).',
  de: 'Das Verzeichnis enthält nichts (messlatte index add DATEI --name PRODUKT).',
}

function lineOf({ product, added, images, secrets }: IndexedRelease, language: Language): string {
  const count = pick({ en: `${secrets.length} secrets`, de: `${secrets.length} Geheimnisse` }, language)
  const files = images.slice(0, 3).map(({ name, sha256 }) => `${name} ${sha256.slice(0, 16)}…`)
  return visible(`${product}  ${added}  ${count}  ${files.join(', ')}`)
}

/** Takes out a product, or the releases with a file of this digest. */
export async function indexRemoveCommand(what: string): Promise<number> {
  const folder = indexFolder()
  const open = readIndex(folder)
  const isMeant = ({ product, images }: IndexedRelease) =>
    product === what.trim() || images.some(({ sha256 }) => sha256 === what.trim().toLowerCase())
  if (!open?.index.releases.some(isMeant))
    throw new CliError('not-found', {
      en: `${visible(what)}: the index has no such product and no file with this SHA-256 (messlatte index list)`,
      de: `${visible(what)}: der Index kennt kein solches Produkt und keine Datei mit dieser SHA-256 (messlatte index list)`,
    })
  await changeIndex(folder, open.index.keyId, (now) => ({
    ...now,
    releases: now.releases.filter((one) => !isMeant(one)),
  }))
  return 0
}

/** Deletes all of it, with its key. */
export async function indexForgetCommand(flags: { readonly yes?: boolean }): Promise<number> {
  if (!flags.yes)
    throw new CliError('bad-option', {
      en: 'index forget deletes all fingerprints and their key for good: say so with --yes',
      de: 'index forget löscht alle Fingerabdrücke und ihren Schlüssel endgültig: mit --yes bestätigen',
    })
  await forgetIndex(indexFolder())
  return 0
}
