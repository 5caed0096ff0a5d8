import type { PartData, Text } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import '../../credentials/private-keys/facts.ts'
import { knownCertificate, knownKey } from '../../known-keys/index.ts'
import type { LinkSignature } from '../../secure-boot/chain/facts.ts'
import { strengthOf } from '../../secure-boot/chain/strength.ts'
import type { Client, PartFact } from './facts.ts'
import { systemOf } from './join.ts'
import { pathIn } from './systems.ts'

export type PublicKey = Fact<'key.public'>

const CURVES: Readonly<Record<string, string>> = {
  'ec-prime256v1': 'P-256',
  'ec-secp384r1': 'P-384',
  'ec-secp521r1': 'P-521',
}
const MOST = 40

/** Public keys of the same system at a path, or below it. @param path as the system itself knows it */
export function keysAt(facts: Facts, place: Place, path: string): readonly PublicKey[] {
  const folder = path.endsWith('/') ? path : `${path}/`
  return facts
    .of('key.public')
    .filter(
      (key) =>
        systemOf(key.place) === systemOf(place) &&
        (pathIn(key.place) === path || pathIn(key.place).startsWith(folder)),
    )
    .slice(0, MOST)
}

/** How a key was found to be one that a client verifies with. */
export interface Found extends Pick<PartFact, 'confidence' | 'how'> {
  /** Kind that was stated at the place of each key. */
  readonly evidence?: string
  /** Where the client lies, where its keys lie in an archive of their own. */
  readonly system?: string
}

export const IN_KEY_FILE: Found = {
  confidence: {
    grade: 'high',
    reason: {
      en: 'The key lies where the client looks for it.',
      de: 'Der Schlüssel liegt dort, wo das Programm ihn sucht.',
    },
  },
  how: 'key-file',
}

/** Gives each key that a client verifies with, once. */
export function giveAnchors(
  keys: readonly PublicKey[],
  client: Client,
  facts: Facts,
  out: ReduceOut,
  { confidence, how, evidence, system }: Found = IN_KEY_FILE,
): void {
  const leaked = new Set(facts.of('key.private').map(({ data }) => data.spkiSha256))
  const once = new Map(keys.map((key) => [`${key.place.path} ${key.data.spkiSha256}`, key]))
  for (const { place, data } of once.values()) {
    const known =
      knownKey(data.spkiSha256) ??
      (data.certificateSha256 === undefined ? undefined : knownCertificate(data.certificateSha256))
    const part = anchorPart(data, known !== undefined, leaked.has(data.spkiSha256))
    const isOpen = part.everybody || part.leaked
    out.fact('update.part', place, {
      part,
      client,
      ...(system === undefined ? {} : { system }),
      statement: statementOf(part, known?.what),
      polarity: isOpen ? 'against' : 'neutral',
      confidence,
      how,
      observation: { name: data.name, container: data.container, repeat: repeatOf(place, data) },
      ...(isOpen ? { overturnedBy: OTHER_KEY } : evidence === undefined ? {} : { evidence }),
    })
  }
}

const OTHER_KEY: Text = {
  en: 'Proof that units verify updates with another key, of which nobody else has the private half.',
  de: 'Der Nachweis, dass Geräte Updates mit einem anderen Schlüssel prüfen, dessen private Hälfte sonst niemand hat.',
}

type AnchorPart = Extract<PartData, { id: 'anchor' }>

function anchorPart(data: PublicKey['data'], everybody: boolean, leaked: boolean): AnchorPart {
  const signature = signatureOf(data)
  return {
    id: 'anchor',
    algorithm: nameOf(signature),
    fingerprint: data.spkiSha256,
    strength: strengthOf(signature, undefined)?.grade ?? 'unknown',
    everybody,
    leaked,
  }
}

/** What such a key signs with; of RSA only the size is judged, the padding is the client's. */
function signatureOf({ algorithm, bits }: PublicKey['data']): LinkSignature {
  if (algorithm === 'rsa' || algorithm === 'rsa-pss') return { type: 'rsa', bits, padding: 'raw' }
  if (algorithm === 'ed25519') return { type: 'ed25519' }
  if (algorithm.startsWith('ec-')) return { type: 'ecdsa', curve: CURVES[algorithm] ?? algorithm.slice(3) }
  return { type: 'other', name: algorithm.toUpperCase() }
}

function nameOf(signature: LinkSignature): string {
  switch (signature.type) {
    case 'rsa':
      return `RSA-${signature.bits}`
    case 'ecdsa':
      return `ECDSA ${signature.curve}`
    case 'ed25519':
      return 'Ed25519'
    case 'mac':
    case 'other':
      return signature.name
  }
}

function statementOf(
  { algorithm, fingerprint, everybody, leaked }: AnchorPart,
  what: Text | undefined,
): Text {
  const digest = `SHA-256 ${fingerprint?.slice(0, 16)}…`
  const short = `${algorithm}, ${digest}`
  if (everybody && what)
    return {
      en: `Updates are verified with a key that everybody can sign with: it is ${what.en} (${short}).`,
      de: `Updates werden mit einem Schlüssel geprüft, mit dem jeder signieren kann: Er ist ${what.de} (${short}).`,
    }
  if (leaked)
    return {
      en: `Updates are verified with a key whose private half lies in the release (${short}).`,
      de: `Updates werden mit einem Schlüssel geprüft, dessen private Hälfte in der Firmware liegt (${short}).`,
    }
  return {
    en: `Updates are verified with this key: ${algorithm} (${digest}).`,
    de: `Updates werden mit diesem Schlüssel geprüft: ${algorithm} (${digest}).`,
  }
}

function repeatOf({ inner }: Place, { container }: PublicKey['data']): string {
  if (container === 'certificate') return `openssl x509 -in ${inner} -noout -subject -pubkey`
  if (container === 'pgp') return `gpg --show-keys --with-subkey-fingerprints ${inner}`
  return container === 'spki' ? `openssl pkey -pubin -in ${inner} -text -noout` : `cat ${inner}`
}
