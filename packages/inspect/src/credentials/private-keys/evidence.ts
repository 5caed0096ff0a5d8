import type { CaseRef, Polarity, ProvisionRef } from '@messlatte/model'
import type { EvidenceDraft, Fact, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { KnownKey } from '../../known-keys/index.ts'
import type { KeyContainer, KeyIdentity, PrivateKeyFact } from './facts.ts'
import { repeat } from './repeat.ts'
import * as say from './say.ts'

type PrivateKey = Fact<'key.private'>

/** A private key in the clear: the same in every unit with this image. */
export function privateEvidence(key: PrivateKey): EvidenceDraft {
  const { data, place } = key
  return {
    ...weight(data),
    ...touched(data.container),
    kind: 'key.private',
    place,
    title: say.privateKey(data),
    observation: observed(key),
    confidence: { grade: 'high', reason: data.sample ? say.SAMPLE_REASON[data.sample] : say.WHOLE },
  }
}

/** A private key that was published: who wants it has it. */
export function knownEvidence(key: PrivateKey, known: KnownKey): EvidenceDraft {
  const { data, place } = key
  return {
    ...weight(data),
    ...touched(data.container),
    kind: 'key.private.known',
    place,
    title: say.knownKey(known),
    observation: { ...observed(key), published: known.id },
    confidence: { grade: 'high', reason: data.sample ? say.SAMPLE_REASON[data.sample] : say.KNOWN },
  }
}

/** A certificate of the release whose private key lies in the release too. */
export function pairedEvidence(certificate: Fact<'key.public'>, keys: readonly PrivateKey[]): EvidenceDraft {
  const { data, place } = certificate
  const counted = keys.filter(({ data: { sample } }) => sample === undefined)
  const first = counted[0] ?? keys[0]
  return {
    ...weight({ sample: counted.length > 0 ? undefined : first?.data.sample }),
    provisions: provisions(['5.4-3', '5.4-4']),
    cases: cases('5.4-3-1', '5.4-3-2', '5.4-4-1'),
    kind: 'key.certificate.paired',
    place,
    title: say.PAIRED,
    observation: {
      subject: data.name,
      certificateSha256: data.certificateSha256 ?? null,
      spkiSha256: data.spkiSha256,
      privateKeys: keys.map(({ place: { path, offset } }) => ({ path, offset })),
    },
    confidence: {
      grade: 'high',
      reason: first?.data.sample && counted.length === 0 ? say.SAMPLE_REASON[first.data.sample] : say.EQUAL,
    },
  }
}

/** A private key that needs a passphrase: who holds the passphrase is not in the image. */
export function encryptedEvidence(
  place: Place,
  container: KeyContainer,
  identity: KeyIdentity | undefined,
): EvidenceDraft {
  return {
    kind: 'key.private.encrypted',
    polarity: 'neutral',
    ...touched(container),
    place,
    title: say.ENCRYPTED,
    observation: { container, ...(identity ?? {}) },
    confidence: { grade: 'low', reason: say.NOT_OPENED },
  }
}

function observed({ data, place }: PrivateKey): { readonly [key: string]: Observation } {
  const { algorithm, bits, container, encoding, name, spkiSha256, sample } = data
  return {
    algorithm,
    bits,
    container,
    encoding,
    spkiSha256,
    ...(name === '' ? {} : { name }),
    ...(sample === undefined ? {} : { sample }),
    repeat: repeat(data, place),
  }
}

function weight({
  sample,
}: Pick<PrivateKeyFact, 'sample'>): Pick<EvidenceDraft, 'overturnedBy'> & { readonly polarity: Polarity } {
  return sample === undefined
    ? { polarity: 'against', overturnedBy: say.OVERTURNED }
    : { polarity: 'neutral' }
}

/** Keys in the formats of SSH programs log people in and name hosts; they neither check updates nor speak to services. */
function touched(container: KeyContainer): {
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
} {
  if (container === 'openssh' || container === 'dropbear') {
    return { provisions: provisions(['5.4-3']), cases: cases('5.4-3-1', '5.4-3-2') }
  }
  return { provisions: provisions(['5.4-3', '5.4-4']), cases: cases('5.4-3-1', '5.4-3-2', '5.4-4-1') }
}
