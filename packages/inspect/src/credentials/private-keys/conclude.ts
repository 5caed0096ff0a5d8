import type { Facts, ReduceOut } from '../../contract.ts'
import { knownKey } from '../../known-keys/index.ts'
import { knownEvidence, pairedEvidence, privateEvidence } from './evidence.ts'

/** Reduce: what the private keys come to, and which certificates of the release they belong to. */
export function concludeKeys(facts: Facts, out: ReduceOut): void {
  const privateKeys = facts.of('key.private')
  for (const key of privateKeys) {
    const known = knownKey(key.data.spkiSha256)
    out.evidence(known ? knownEvidence(key, known) : privateEvidence(key))
  }
  for (const certificate of facts.of('key.public')) {
    if (certificate.data.certificateSha256 === undefined) continue
    const keys = privateKeys.filter(({ data }) => data.spkiSha256 === certificate.data.spkiSha256)
    if (keys.length > 0) out.evidence(pairedEvidence(certificate, keys))
  }
}
