import { createHash, createPrivateKey } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { TamperFile } from '@messlatte/model'
import { BudgetError, type Counters, type Mapper } from '@messlatte/unpack'
import { fileName, toldFile } from './describe.ts'
import { anatomyOf } from './formats/index.ts'
import { type MapStretch, unknownAnatomy } from './generic.ts'
import { type Plan, planTampering, type Variant } from './plan.ts'
import { throwAwayKeys } from './signing/keys.ts'

/** What the sandbox is asked to make of the one file of its release; plain JSON. */
export interface TamperSettings {
  readonly kind: 'tamper'
  /** Of the names of the files, with its dot. */
  readonly ending: string
  /** The maker's own: PKCS #8, DER, base64. */
  readonly signingKey?: string
  /** Where each stretch of the map is to have its flipped bit, whatever the file is. */
  readonly stretches?: readonly MapStretch[]
  /** Kinds, names or numbers; all of them where it is empty. */
  readonly only: readonly string[]
  /** Bytes that may be written. */
  readonly most: number
  /** Absolute, and empty: the one place to which the sandbox may write. Without one, the files are only told. */
  readonly folder?: string
}

/** What became of it. */
export type TamperOutcome =
  | ({
      readonly outcome: 'made'
      /** Nobody has looked at them yet. */
      readonly files: readonly TamperFile[]
    } & Pick<Plan, 'format' | 'signed' | 'sums' | 'unmade' | 'limits'>)
  /** Nothing here knows the parts of such a file. */
  | { readonly outcome: 'unknown' }
  /** Nothing that is made has this name. */
  | { readonly outcome: 'no-such'; readonly name: string; readonly kinds: readonly string[] }
  | { readonly outcome: 'too-large'; readonly files: number; readonly bytes: number }
  | { readonly outcome: 'not-written'; readonly file: string; readonly code: string }
  /** The budget of the run was used up. */
  | { readonly outcome: 'cut' }

export interface TamperResult {
  readonly kind: 'tamper'
  /** SHA-256 (hex) of the file. */
  readonly digests: readonly string[]
  readonly outcome: TamperOutcome
}

/** What a thread answers; a fault is told, because nobody would hear it thrown. */
export type TamperAnswered = TamperOutcome | { readonly outcome: 'fault'; readonly stack: string }

type Work = Pick<Counters, 'addBytes'>

const WINDOW = 1024 * 1024

/** Keeps the file of the release, and makes the set of it when it is asked. Its output says that this thread has it. */
export function tamperMapper(settings: TamperSettings): Mapper<true> {
  let file: Bytes | undefined
  let isNew = false
  return {
    visitor: {
      visit(found) {
        if (found.root !== '' || found.type !== 'file') return
        file = found.keep()
        isNew = true
      },
    },
    take() {
      const taken = isNew || undefined
      isNew = false
      return taken
    },
    answer(_, work): TamperAnswered | undefined {
      if (!file) return undefined
      try {
        return tamperedWith(file, settings, work)
      } catch (error) {
        if (error instanceof BudgetError) return { outcome: 'cut' }
        return {
          outcome: 'fault',
          stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }
      }
    },
  }
}

function tamperedWith(bytes: Bytes, settings: TamperSettings, work: Work): TamperOutcome {
  const { stretches, signingKey, only, most, folder, ending } = settings
  const anatomy = stretches ? unknownAnatomy(bytes, stretches) : anatomyOf(bytes)
  if (!anatomy) return { outcome: 'unknown' }
  const own =
    signingKey === undefined
      ? undefined
      : createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' })
  // Packing again and making keys take long; whoever watches has to see that this goes on.
  const { variants, ...plan } = planTampering(bytes, anatomy, { keys: throwAwayKeys(), own }, () =>
    work.addBytes(1),
  )
  const names = ({ number, what, kind }: Variant) => [String(number), what, kind]
  const name = only.find((one) => !variants.some((variant) => names(variant).includes(one)))
  if (name !== undefined)
    return { outcome: 'no-such', name, kinds: [...new Set(variants.map(({ kind }) => kind))] }
  const chosen = variants.filter((one) => only.length === 0 || names(one).some((word) => only.includes(word)))
  const size = chosen.reduce((sum, { rope }) => sum + rope.size, 0)
  if (size > most && folder !== undefined) return { outcome: 'too-large', files: chosen.length, bytes: size }
  const { format, signed, sums, unmade, limits } = plan
  const files: TamperFile[] = []
  for (const variant of chosen) {
    const file = fileName(variant, ending)
    const digest = folder === undefined ? null : written(join(folder, file), variant.rope, work)
    if (typeof digest === 'object' && digest) return { outcome: 'not-written', file, code: digest.code }
    files.push(toldFile(bytes, variant, ending, digest, null))
  }
  return { outcome: 'made', format, signed, sums, unmade, limits, files }
}

/** Writes a file that is not there yet. Gives its SHA-256 (hex), or why it could not be written. */
function written(path: string, content: Bytes, work: Work): string | { readonly code: string } {
  const hash = createHash('sha256')
  try {
    const descriptor = openSync(path, 'wx', 0o644)
    try {
      forEachWindow(content, 0, content.size, WINDOW, 0, (window) => {
        work.addBytes(window.length)
        hash.update(window)
        for (let done = 0; done < window.length; ) done += writeSync(descriptor, window, done)
        return true
      })
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { code }
  }
  return hash.digest('hex')
}
