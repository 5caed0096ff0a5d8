import type { CaseRef, ProvisionRef } from '@messlatte/model'
import type { Artefact, Place, Secret } from './contract.ts'

/** References to provisions of both editions: `provisions(['5.6-4'], ['5.6-4A'])`; one list where the ids are the same. */
export function provisions(v2020: readonly string[], v3: readonly string[] = v2020): readonly ProvisionRef[] {
  return [
    ...v2020.map((id): ProvisionRef => ({ edition: 'en303645-2020', id })),
    ...v3.map((id): ProvisionRef => ({ edition: 'en303645-v3.1.3', id })),
  ]
}

/** Test cases of TS 103 701 V1.1.1. */
export function cases(...ids: readonly string[]): readonly CaseRef[] {
  return ids.map((id): CaseRef => ({ spec: 'ts103701-v1.1.1', id }))
}

/** The place of a range of an artefact; of all of it when no range is given. */
export function placeOf(artefact: Artefact, offset = 0, length = artefact.bytes.size - offset): Place {
  return {
    path: artefact.path,
    root: artefact.root,
    inner: artefact.inner,
    offset,
    length,
    sha256: artefact.sha256(),
  }
}

export function secret(kind: Secret['$secret']['kind'], value: string): Secret {
  return { $secret: { kind, value } }
}
