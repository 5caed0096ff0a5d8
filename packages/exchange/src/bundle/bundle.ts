import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { faultOfName, readStrictZip, writeZip, ZipFault } from '@messlatte/bytes'
import type { ProductStatement, RuleIdentity, Text } from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { fingerprintOf, seal } from '../pack/dsse.ts'
import {
  keyIn,
  PAYLOAD_TYPE,
  payloadOf,
  readEnvelope,
  record,
  STATEMENT,
  signerOf,
} from '../pack/envelope.ts'

/** Our own predicate: the files of a bundle and what they are about. */
export const BUNDLE_PREDICATE = 'urn:messlatte:bundle:1'
export const MANIFEST = 'manifest.dsse.json'

/** What a bundle may hold, in writing as in reading. It is read whole into memory. */
export const BUNDLE_LIMITS = { members: 10_000, bytes: 1024 * 1024 * 1024 } as const

/** Bytes: ten thousand names and digests need less. */
const MOST_MANIFEST = 16 * 1024 * 1024

export interface BundleFile {
  /** Path in the archive, with `/`. */
  readonly name: string
  readonly content: Uint8Array
}

export interface BundleAbout {
  readonly product: ProductStatement
  /** Calendar day, ISO 8601. */
  readonly asOf: string
  readonly tool: string
  readonly rules: readonly RuleIdentity[]
}

/**
 * A ZIP archive with a signed manifest: an in-toto statement about the digest of every other member, in a DSSE envelope. The
 * same files, facts and key of Ed25519 give the same bytes. Throws FileProblems for a name that could not be unpacked everywhere.
 */
export function writeBundle(files: readonly BundleFile[], about: BundleAbout, key: KeyObject): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1))
  const problems = sorted.flatMap(({ name }) => {
    const fault = faultOfName(name)
    return fault === undefined
      ? []
      : [{ line: 1, field: '', message: { en: `its name ${fault}`, de: `sein Name: ${fault}` }, name }]
  })
  const [bad] = problems
  if (bad) throw new FileProblems(bad.name, [bad])
  const statement = {
    _type: STATEMENT,
    subject: sorted.map(({ name, content }) => ({ name, digest: { sha256: sha256(content) } })),
    predicateType: BUNDLE_PREDICATE,
    predicate: { signer: createPublicKey(key).export({ format: 'pem', type: 'spki' }), ...about },
  }
  const manifest = `${JSON.stringify(seal(PAYLOAD_TYPE, JSON.stringify(statement), key), null, 2)}\n`
  const archive = writeZip([
    [MANIFEST, manifest],
    ...sorted.map(({ name, content }) => [name, content] as const),
  ])
  readStrictZip(archive, BUNDLE_LIMITS)
  return archive
}

export interface OpenedBundle extends BundleAbout {
  /** SHA-256 (hex) of the key that signed. */
  readonly fingerprint: string
  /** True where it is one of the trusted keys: only then somebody that the reader knows has signed. */
  readonly trusted: boolean
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
}

/**
 * Opens a bundle whose every byte is accounted for: by the archive's strict reader, and every member by the signed manifest.
 * Throws FileProblems that say what is wrong.
 */
export function openBundle(name: string, archive: Uint8Array, trusted: readonly KeyObject[]): OpenedBundle {
  const refuse = (field: string, message: Text): never => {
    throw new FileProblems(name, [{ line: 1, field, message }])
  }
  const members = membersOf(name, archive)
  const manifest = members.get(MANIFEST)
  if (manifest === undefined)
    return refuse(MANIFEST, {
      en: 'is not in it: this is no bundle of Messlatte',
      de: 'ist nicht darin: Das ist kein Bündel von Messlatte',
    })
  if (manifest.length > MOST_MANIFEST)
    return refuse(MANIFEST, {
      en: `is larger than ${MOST_MANIFEST} bytes`,
      de: `ist größer als ${MOST_MANIFEST} Byte`,
    })
  const envelope = readEnvelope(`${name}: ${MANIFEST}`, Buffer.from(manifest).toString('utf8'))
  if (envelope.payloadType !== PAYLOAD_TYPE)
    return refuse(MANIFEST, {
      en: `payloadType must be ${PAYLOAD_TYPE}`,
      de: `payloadType muss ${PAYLOAD_TYPE} sein`,
    })
  const statement = payloadOf(envelope)
  const predicate = record(statement?.predicate)
  if (statement?._type !== STATEMENT || statement.predicateType !== BUNDLE_PREDICATE || !predicate)
    return refuse(MANIFEST, { en: 'is no manifest of a bundle', de: 'ist kein Manifest eines Bündels' })
  const signer = signerOf(envelope, keyIn(predicate.signer), trusted)
  if (!signer)
    return refuse(MANIFEST, {
      en: 'no signature verifies: it was changed, or its key is another',
      de: 'keine Signatur stimmt: Es wurde geändert, oder sein Schlüssel ist ein anderer',
    })
  const about =
    aboutIn(predicate) ??
    refuse(MANIFEST, { en: 'does not say what it is about', de: 'sagt nicht, wovon es handelt' })
  const signed =
    subjectsIn(statement.subject) ??
    refuse(MANIFEST, {
      en: 'names a file twice, or without its SHA-256',
      de: 'nennt eine Datei doppelt oder ohne ihre SHA-256',
    })
  const files = [...members]
    .filter(([member]) => member !== MANIFEST)
    .map(([member, content]) => ({ name: member, size: content.length, sha256: sha256(content) }))
  const problems = [
    ...files.flatMap((file) => {
      const digest = signed.get(file.name)
      if (digest === undefined)
        return [
          {
            en: `${file.name} is in the archive and not in the manifest`,
            de: `${file.name} ist im Archiv und nicht im Manifest`,
          },
        ]
      return digest === file.sha256
        ? []
        : [
            {
              en: `${file.name} is not the file that was signed (SHA-256 differs)`,
              de: `${file.name} ist nicht die signierte Datei (SHA-256 weicht ab)`,
            },
          ]
    }),
    ...[...signed.keys()]
      .filter((file) => !members.has(file) || file === MANIFEST)
      .map((file) => ({
        en: `${file} is in the manifest and not in the archive`,
        de: `${file} ist im Manifest und nicht im Archiv`,
      })),
  ]
  if (problems.length > 0)
    throw new FileProblems(
      name,
      problems.map((message) => ({ line: 1, field: '', message })),
    )
  return { ...about, fingerprint: fingerprintOf(signer.key), trusted: signer.trusted, files }
}

function membersOf(name: string, archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  try {
    return readStrictZip(archive, BUNDLE_LIMITS)
  } catch (error) {
    if (!(error instanceof ZipFault)) throw error
    throw new FileProblems(name, [{ line: 1, field: '', message: { en: error.message, de: error.message } }])
  }
}

function subjectsIn(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!Array.isArray(value)) return undefined
  const found = new Map<string, string>()
  for (const one of value) {
    const subject = record(one)
    const digest = record(subject?.digest)?.sha256
    const known = typeof subject?.name === 'string' && typeof digest === 'string'
    if (!known || found.has(subject.name as string)) return undefined
    found.set(subject.name as string, digest as string)
  }
  return found
}

/** Only texts are taken over: whoever signs may have written anything. */
function aboutIn(predicate: Readonly<Record<string, unknown>>): BundleAbout | undefined {
  const { product, asOf, tool, rules } = predicate
  const stated = record(product)
  if (!stated || typeof asOf !== 'string' || typeof tool !== 'string' || !Array.isArray(rules))
    return undefined
  const said = (field: string) => (typeof stated[field] === 'string' ? (stated[field] as string) : null)
  const known = rules.flatMap((rule) => {
    const { id, version, digest } = record(rule) ?? {}
    return typeof id === 'string' && typeof version === 'string' && typeof digest === 'string'
      ? [{ id, version, digest }]
      : []
  })
  if (known.length !== rules.length) return undefined
  return {
    product: {
      maker: said('maker'),
      model: said('model'),
      hardware: said('hardware'),
      firmware: said('firmware'),
      batch: said('batch'),
    },
    asOf,
    tool,
    rules: known,
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
