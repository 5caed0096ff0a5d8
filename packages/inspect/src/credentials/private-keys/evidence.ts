import type { CaseRef, Confidence, ProvisionRef, Text } from '@messlatte/model'
import type { EvidenceDraft, Fact, Observation, Place } from '../../contract.ts'
import { cases, provisions, secret } from '../../drafts.ts'
import type { KnownKey } from '../../known-keys/index.ts'
import type { TriedProtection } from './containers/store.ts'
import type { KeyContainer, KeyIdentity } from './facts.ts'
import { repeat } from './repeat.ts'
import * as say from './say.ts'
import { BELOW, strengthOf } from './strength.ts'
import type { KeyMentions } from './uses.ts'

type PrivateKey = Fact<'key.private'>

/** A private key in the clear, or under a passphrase that everybody tries first: the same in every unit with this image. */
export function privateEvidence(key: PrivateKey, mentions: KeyMentions): EvidenceDraft {
  const { data, place } = key
  return {
    polarity: 'against',
    ...touched(data.container),
    kind: 'key.private',
    place,
    title: say.privateKey(data),
    observation: observed(key, mentions),
    confidence: confidence(key, mentions),
    overturnedBy: say.OVERTURNED,
  }
}

/** A private key that was published: who wants it has it. */
export function knownEvidence(key: PrivateKey, known: KnownKey, mentions: KeyMentions): EvidenceDraft {
  const { data, place } = key
  return {
    polarity: 'against',
    ...touched(data.container),
    kind: 'key.private.known',
    place,
    title: say.knownKey(known),
    observation: { ...observed(key, mentions), published: known.id },
    confidence: { grade: 'high', reason: say.KNOWN },
    overturnedBy: say.OVERTURNED,
  }
}

/** A certificate of the release whose private key lies in the release too. */
export function pairedEvidence(certificate: Fact<'key.public'>, keys: readonly PrivateKey[]): EvidenceDraft {
  const { data, place } = certificate
  const { certificate: facts } = data
  return {
    polarity: 'against',
    provisions: provisions(['5.4-3', '5.4-4']),
    cases: cases('5.4-3-1', '5.4-3-2', '5.4-4-1'),
    kind: 'key.certificate.paired',
    place,
    title: facts?.ca ? say.PAIRED_AUTHORITY : say.PAIRED,
    observation: {
      subject: data.name,
      certificateSha256: data.certificateSha256 ?? null,
      spkiSha256: data.spkiSha256,
      ...(facts
        ? {
            notBefore: facts.notBefore,
            notAfter: facts.notAfter,
            signatureAlgorithm: facts.signature,
            selfIssued: facts.selfIssued,
            ca: facts.ca,
          }
        : {}),
      privateKeys: keys.map(({ place: { path, offset } }) => ({ path, offset })),
    },
    confidence: { grade: 'high', reason: say.EQUAL },
    overturnedBy: say.OVERTURNED,
  }
}

/** A private key that needs a passphrase which is none of the usual ones. */
export function encryptedEvidence(
  place: Place,
  container: KeyContainer,
  identity: KeyIdentity | undefined,
  protection: TriedProtection | undefined,
): EvidenceDraft {
  return {
    kind: 'key.private.encrypted',
    polarity: 'neutral',
    ...touched(container),
    place,
    title: isStore(container) ? say.CLOSED_STORE : say.ENCRYPTED,
    observation: {
      container,
      ...(identity ?? {}),
      ...(protection ? { protection: protection.name, tried: protection.tried, of: protection.of } : {}),
    },
    confidence: { grade: 'low', reason: protection && protection.tried > 0 ? say.NOT_OPENED : say.NOT_TRIED },
  }
}

function isStore(container: KeyContainer): boolean {
  return ['pkcs12', 'jks', 'jceks', 'bks', 'uber'].includes(container)
}

function observed(
  { data, place }: PrivateKey,
  { usedBy, generatedBy }: KeyMentions,
): { readonly [key: string]: Observation } {
  const { algorithm, bits, container, encoding, name, spkiSha256, opened } = data
  const strength = strengthOf(data)
  return {
    algorithm,
    bits,
    container,
    encoding,
    spkiSha256,
    ...(name === '' ? {} : { name }),
    ...(strength ? { tr02102: strength.tr02102, sogis: strength.sogis } : {}),
    ...(opened
      ? {
          passphrase: secret('password', opened.passphrase),
          list: opened.list,
          candidates: opened.candidates,
        }
      : {}),
    ...(usedBy.length === 0 ? {} : { usedBy: usedBy.map(({ service, file = null }) => ({ service, file })) }),
    ...(generatedBy.length === 0 ? {} : { generatedBy }),
    repeat: repeat(data, place),
  }
}

function confidence({ data }: PrivateKey, { generatedBy }: KeyMentions): Confidence {
  const [grade, reason] =
    generatedBy.length > 0
      ? (['medium', say.REPLACED] as const)
      : ([
          'high',
          data.opened ? say.OPENED_REASON : data.container === 'wireguard' ? say.SHAPE : say.WHOLE,
        ] as const)
  return { grade, reason: strengthOf(data)?.sogis === 'below' ? joined(reason, BELOW) : reason }
}

function joined(first: Text, second: Text): Text {
  return { en: `${first.en} ${second.en}`, de: `${first.de} ${second.de}` }
}

const SSH_CONTAINERS: readonly KeyContainer[] = ['openssh', 'dropbear', 'putty']

export function isSshContainer(container: KeyContainer): boolean {
  return SSH_CONTAINERS.includes(container)
}

/** Keys in the formats of SSH programs log people in and name hosts; they neither check updates nor speak to services. */
function touched(container: KeyContainer): {
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
} {
  if (isSshContainer(container)) {
    return { provisions: provisions(['5.4-3']), cases: cases('5.4-3-1', '5.4-3-2') }
  }
  return { provisions: provisions(['5.4-3', '5.4-4']), cases: cases('5.4-3-1', '5.4-3-2', '5.4-4-1') }
}
