import type { Certificate } from '@messlatte/bytes'
import { knownCertificate, knownKey } from '../../known-keys/index.ts'
import type { Anchor, LinkSignature } from '../chain/facts.ts'
import type { Outcome } from './verify.ts'

/** How a signature was made, as links tell it. */
export function linkSignature(outcome: { readonly result: string }): LinkSignature {
  const { key } = outcome as Partial<Extract<Outcome, { readonly result: 'holds' }>>
  if (key?.type === 'rsa') return { type: 'rsa', bits: key.bits, padding: 'pkcs1' }
  if (key?.type === 'ec') return { type: 'ecdsa', curve: key.curve }
  return key ? { type: 'ed25519' } : { type: 'other', name: 'PKCS #7' }
}

/** Where the certificate lies in which the path of a signature ends. */
export function linkAnchors(
  outcome: { readonly result: string },
  leaked: ReadonlySet<string>,
): readonly Anchor[] {
  if (outcome.result !== 'holds') return []
  const holds = outcome as Extract<Outcome, { readonly result: 'holds' }>
  const last = holds.path.at(-1)
  const common = last ? certificateAnchor(last, leaked) : keyAnchor(holds.key.spkiSha256)
  if (holds.level === 'E6') return [{ ...common, lies: { in: 'trusted', name: holds.trusted ?? '' } }]
  if (holds.level === 'E5')
    return holds.anchors.map(({ place }) => ({ ...common, lies: { in: 'release', place } }))
  return [{ ...common, lies: { in: 'travelling' } }]
}

function keyAnchor(value: string): Omit<Anchor, 'lies'> {
  return { fingerprints: [{ form: 'spki-sha256', value }], name: '' }
}

export function certificateAnchor(
  { sha256, spkiSha256, subject }: Certificate,
  leaked: ReadonlySet<string>,
): Omit<Anchor, 'lies'> {
  const everybody = knownCertificate(sha256) ?? knownKey(spkiSha256)
  return {
    fingerprints: [
      { form: 'certificate-sha256', value: sha256 },
      { form: 'spki-sha256', value: spkiSha256 },
    ],
    name: subject.text,
    ...(everybody ? { everybody: everybody.id } : {}),
    ...(leaked.has(spkiSha256) ? { leaked: true } : {}),
  }
}
