import { createPublicKey } from 'node:crypto'
import { ed25519Spki } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { canonicalJson } from '../package/canonical-json.ts'
import { isObject, type JsonObject, memberOf, parseObject, textsOf } from '../package/json.ts'
import { ROLES, type Role, type TufFact, type TufFile, type TufKey, type TufSignature } from './facts.ts'

export const METADATA: readonly RegExp[] = [
  /(?:^|\/)(?:\d{1,10}\.)?(?:root|targets|snapshot|timestamp)\.json$/,
]

const MOST_BYTES = 1024 * 1024
const MOST_SIGNATURES = 32
const MOST_KEYS = 64
const MOST_FILES = 1000
const TOLD = ['hardwareId', 'hardwareIds', 'ecuIdentifiers', 'releaseCounter', 'version', 'name']

/** Map: metadata of TUF, or what only has such a name. */
export function lookAtTuf(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file' || artefact.bytes.size > MOST_BYTES) return
  const text = Buffer.from(artefact.bytes.view(0, artefact.bytes.size)).toString('utf8')
  const json = parseObject(text)
  const signed = memberOf(json, 'signed')
  const role = ROLES.find((one) => one === String(memberOf(signed, '_type')).toLowerCase())
  const version = numberOf(signed, 'version')
  if (!isObject(signed) || !role || version === undefined || !Array.isArray(json?.signatures)) return
  out.fact('update.tuf', placeOf(artefact), {
    role,
    version,
    expires: textsOf(signed.expires)[0] ?? '',
    specification: textsOf(signed.spec_version)[0] ?? '',
    signatures: json.signatures.slice(0, MOST_SIGNATURES).flatMap(signatureIn),
    message: canonicalJson(signed)?.toString('base64'),
    keys: role === 'root' ? keysIn(signed) : [],
    roles: role === 'root' ? rolesIn(signed) : {},
    files: role === 'root' ? [] : filesIn(role === 'targets' ? signed.targets : signed.meta),
  })
}

/** TUF writes hex, Uptane's implementations base64. */
function signatureIn(value: unknown): readonly TufSignature[] {
  const [keyid] = textsOf(memberOf(value, 'keyid'))
  const sig = memberOf(value, 'sig')
  if (!keyid || typeof sig !== 'string' || sig.length > 4096) return []
  const encoding = /^(?:[0-9a-f]{2})+$/i.test(sig) ? 'hex' : 'base64'
  return [{ keyid, value: Buffer.from(sig, encoding).toString('base64') }]
}

function keysIn(signed: JsonObject): readonly TufKey[] {
  return Object.entries(isObject(signed.keys) ? signed.keys : {})
    .slice(0, MOST_KEYS)
    .map(([keyid, key]) => {
      const type = String(memberOf(key, 'keytype')).toLowerCase()
      const text = memberOf(memberOf(key, 'keyval'), 'public')
      return {
        keyid,
        scheme: schemeOf(type, String(memberOf(key, 'scheme') ?? memberOf(key, 'method') ?? '')),
        spki: typeof text === 'string' ? spkiOf(type, text)?.toString('base64') : undefined,
      }
    })
}

function schemeOf(type: string, scheme: string): TufKey['scheme'] {
  if (type === 'ed25519') return 'ed25519'
  if (type.startsWith('ecdsa')) return 'ecdsa'
  if (type !== 'rsa') return 'other'
  return scheme.startsWith('rsa-pkcs1') ? 'rsa-pkcs1' : 'rsa-pss'
}

function spkiOf(type: string, text: string): Buffer | undefined {
  if (type === 'ed25519' && /^[0-9a-f]{64}$/i.test(text)) return ed25519Spki(Buffer.from(text, 'hex'))
  try {
    return createPublicKey(text).export({ type: 'spki', format: 'der' })
  } catch {
    return undefined
  }
}

function rolesIn(signed: JsonObject): TufFact['roles'] {
  return Object.fromEntries(
    ROLES.flatMap((role): [Role, { keyids: readonly string[]; threshold: number }][] => {
      const one = memberOf(signed.roles, role)
      const threshold = numberOf(one, 'threshold')
      return threshold === undefined ? [] : [[role, { keyids: textsOf(memberOf(one, 'keyids')), threshold }]]
    }),
  )
}

function filesIn(value: unknown): readonly TufFile[] {
  return Object.entries(isObject(value) ? value : {})
    .slice(0, MOST_FILES)
    .map(([name, file]) => ({
      name: name.slice(0, 300),
      version: numberOf(file, 'version'),
      length: numberOf(file, 'length'),
      sha256: textsOf(memberOf(memberOf(file, 'hashes'), 'sha256'))[0]?.toLowerCase(),
      custom: customOf(memberOf(file, 'custom')),
    }))
}

function customOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    TOLD.flatMap((name) => {
      const one = memberOf(value, name)
      return one === undefined ? [] : [[name, JSON.stringify(one).slice(0, 200)]]
    }),
  )
}

function numberOf(value: unknown, name: string): number | undefined {
  const one = memberOf(value, name)
  return typeof one === 'number' && Number.isSafeInteger(one) && one >= 0 ? one : undefined
}
