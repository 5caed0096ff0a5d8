import type { SavedEvidence, SavedResult, SignatureLevel } from '@messlatte/model'
import { isRecord, stepsOf, textsIn } from '../parts.ts'

/** A number or text that rises from one update to the next. */
export interface Counter {
  readonly name: string
  readonly value: number | string
  readonly signed: boolean
}

/** An update file of a release, as its checks tell of it. */
export interface UpdateSeen {
  readonly scheme: string
  readonly path: string
  readonly signature: 'fails' | 'holds' | 'not-verified' | 'unsigned'
  readonly level: SignatureLevel | null
  /** SHA-256 (hex) of the certificates and keys that it verifies with, from the signer's to the last. */
  readonly keys: readonly string[]
  /** Of the first of these alone. */
  readonly signer: readonly string[]
  /** A key verifies it, and no certificate: no other one does. */
  readonly bare: boolean
  /** A part is not what the signed part says. */
  readonly damaged: boolean
  readonly counters: readonly Counter[]
  readonly hardware: readonly string[]
}

/** An update client of a release, with the keys that its configuration names and that are there. */
export interface ClientSeen {
  readonly client: string
  readonly path: string
  readonly verification: 'off' | 'required' | 'unknown'
  readonly installed: boolean
  readonly keys: readonly { readonly path: string; readonly digests: readonly string[] }[]
  readonly hardware: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
}

/** Names of schemes for people, the client that installs each, and where a description says what hardware it is for. */
export const SCHEMES: Readonly<
  Record<string, { readonly title: string; readonly client?: string; readonly hardware: readonly string[] }>
> = {
  swu: { title: 'SWUpdate', client: 'swupdate', hardware: ['hardware'] },
  rauc: { title: 'RAUC', client: 'rauc', hardware: ['compatible'] },
  mender: { title: 'Mender', client: 'mender', hardware: ['devices'] },
  sysupgrade: { title: 'OpenWrt sysupgrade', client: 'sysupgrade', hardware: ['devices'] },
  opkg: { title: 'opkg', client: 'opkg', hardware: [] },
  apt: { title: 'apt', client: 'apt', hardware: [] },
  apk: { title: 'apk', client: 'apk', hardware: [] },
  payload: { title: 'Android OTA', client: 'android', hardware: [] },
  'boot-image': { title: 'boot image', hardware: ['hardware'] },
  'matter-ota': { title: 'Matter OTA', hardware: ['vendor', 'product'] },
  'zigbee-ota': { title: 'Zigbee OTA', hardware: ['manufacturer', 'imageType'] },
  suit: { title: 'SUIT', hardware: ['vendors', 'classes'] },
  tuf: { title: 'TUF', hardware: [] },
  'vendor-image': { title: 'vendor image', hardware: [] },
}

/** RAUC takes no bundle without a signature, and apt no repository unless it is told to: apt-secure(8). */
const ALWAYS: ReadonlySet<string> = new Set(['apt', 'rauc'])

/** Settings of a description that are versions, where the chain does not tell them. */
const VERSIONS = ['version', 'fileVersion', 'sequence', 'artifact'] as const

export function updatesOf(result: SavedResult): readonly UpdateSeen[] {
  const counters = new Map(stepsOf(result).map(({ step }) => [step.path ?? '', step.rollback] as const))
  const at = (path: string, kind: string) =>
    result.evidence.find((one) => one.path === path && one.kind === kind)
  return result.evidence.flatMap((one): readonly UpdateSeen[] => {
    const scheme = /^update\.([a-z-]+)\.description$/.exec(one.kind)?.[1]
    if (scheme === undefined || !isRecord(one.observation)) return []
    const { path, observation } = one
    const signature = at(path, `update.${scheme}.signature`)
    const { keys, signer, bare } = keysOf(signature)
    return [
      {
        scheme,
        path,
        signature: stateOf(signature),
        level: signature?.level ?? at(path, `update.${scheme}.unsigned`)?.level ?? null,
        keys,
        signer,
        bare,
        damaged: at(path, `update.${scheme}.content`) !== undefined,
        counters: countersOf(counters.get(path) ?? [], observation, signature !== undefined),
        hardware: (SCHEMES[scheme]?.hardware ?? []).flatMap((name) => textsIn(observation[name])),
      },
    ]
  })
}

function stateOf(signature: SavedEvidence | undefined): UpdateSeen['signature'] {
  const result = isRecord(signature?.observation) ? signature.observation.result : undefined
  if (signature === undefined) return 'unsigned'
  return result === 'holds' || result === 'fails' ? result : 'not-verified'
}

/** What a signature verifies with, as the checks of updates observe it: a path of certificates, or keys. */
export function keysOf(signature: SavedEvidence | undefined): {
  readonly keys: readonly string[]
  readonly signer: readonly string[]
  readonly bare: boolean
} {
  const observation = isRecord(signature?.observation) ? signature.observation : {}
  const signed = isRecord(observation.signed) ? observation.signed : {}
  const digests = (list: unknown) =>
    (Array.isArray(list) ? list.slice(0, 64) : []).map((one: unknown) =>
      isRecord(one) ? [...textsIn(one.spkiSha256), ...textsIn(one.sha256)] : [],
    )
  const path = digests(signed.path)
  const keys = digests(signed.keys)
  // A key of the other release is trusted under its digest.
  const trusted = textsIn(signed.trusted).filter((name) => /^[0-9a-f]{64}$/.test(name))
  return {
    keys: [...path, ...keys, trusted].flat(),
    signer: path.length > 0 ? (path[0] ?? []) : keys.flat(),
    bare: path.length === 0 && keys.length > 0,
  }
}

function countersOf(
  rollback: ReturnType<typeof stepsOf>[number]['step']['rollback'],
  observation: Readonly<Record<string, unknown>>,
  signed: boolean,
): readonly Counter[] {
  const told = rollback.flatMap(({ name, value, signed: inside }) =>
    value === null || value === '' ? [] : [{ name, value, signed: inside }],
  )
  if (told.length > 0) return told
  return VERSIONS.flatMap((name) => {
    const value = observation[name]
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value, signed }] : []
  }).slice(0, 1)
}

export function clientsOf({ evidence }: SavedResult): readonly ClientSeen[] {
  const about = (client: string, kind: string) =>
    evidence.filter(
      (one) => one.kind === kind && isRecord(one.observation) && one.observation.client === client,
    )
  return evidence.flatMap((one): readonly ClientSeen[] => {
    if (one.kind !== 'update.client' || !isRecord(one.observation)) return []
    const { observation, path } = one
    const client = String(observation.client)
    const off = about(client, 'update.signature.disabled').length > 0
    const required = ALWAYS.has(client) || about(client, 'update.signature.required').length > 0
    return [
      {
        client,
        path,
        verification: off ? 'off' : required ? 'required' : 'unknown',
        installed: observation.installed === true,
        keys: about(client, 'update.keyring').map((key) => {
          const inner = isRecord(key.observation) ? key.observation.key : undefined
          const digests = isRecord(inner)
            ? [...textsIn(inner.spkiSha256), ...textsIn(inner.certificateSha256)]
            : []
          return { path: key.path, digests }
        }),
        hardware: textsIn(observation.compatible),
        details: observation,
      },
    ]
  })
}

/** What is wrong with the certificates of a signature that holds, and makes clients refuse it unless they are told otherwise. */
const REFUSED = [
  'extended-key-usage',
  'key-usage',
  'not-an-authority',
  'path-too-long',
  'revoked',
  'unknown-critical',
]

export function problemsOf(signature: SavedEvidence | undefined): readonly string[] {
  const problems = isRecord(signature?.observation) ? signature.observation.problems : undefined
  const codes = (Array.isArray(problems) ? problems.slice(0, 64) : []).flatMap((one: unknown) =>
    isRecord(one) ? textsIn(one.code) : [],
  )
  return [...new Set(codes)].filter((code) => REFUSED.includes(code))
}
