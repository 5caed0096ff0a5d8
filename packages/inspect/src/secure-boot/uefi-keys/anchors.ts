import type { Fact, Facts } from '../../contract.ts'
import { type AnchorCertificate, certificateOf } from '../pkcs7/verify.ts'
import type { KeyListFact, ListName } from './facts.ts'

type KeyList = Fact<'boot.uefi.keys'>

/** Lists that firmware or shim would take: not those that only lie in a file or an update. */
function inForce(facts: Facts, names: readonly ListName[]): readonly KeyList[] {
  return facts
    .of('boot.uefi.keys')
    .filter(({ data }) => names.includes(data.name) && data.kept !== 'file' && data.kept !== 'update')
}

/** What is in force is told apart by where it is kept: `db (default)`. */
export function keptName({ name, kept }: KeyListFact): string {
  return `${name} (${kept})`
}

/** Certificates that verify what these lists are for. */
export function anchorsOf(facts: Facts, names: readonly ListName[]): readonly AnchorCertificate[] {
  return inForce(facts, names).flatMap(({ place, data }) =>
    data.certificates.map(({ der }) => ({ certificate: certificateOf(der), place, kept: keptName(data) })),
  )
}

/** Everything that is revoked, with the list that says so. */
export interface Revoked {
  /** By `image:sha256:HEX` or `certificate:sha256:HEX`. */
  readonly hashes: ReadonlyMap<string, KeyList>
  /** By the SHA-256 of a certificate. */
  readonly certificates: ReadonlyMap<string, KeyList>
}

export function revokedBy(facts: Facts): Revoked {
  const hashes = new Map<string, KeyList>()
  const certificates = new Map<string, KeyList>()
  for (const list of inForce(facts, ['dbx', 'MokListX'])) {
    for (const { of, algorithm, value } of list.data.hashes) hashes.set(`${of}:${algorithm}:${value}`, list)
    for (const { sha256 } of list.data.certificates) certificates.set(sha256, list)
  }
  return { hashes, certificates }
}

/** Images that are allowed by their digest, by `sha256:HEX`, with the list that says so. */
export function allowedBy(facts: Facts): ReadonlyMap<string, KeyList> {
  return new Map(
    inForce(facts, ['db', 'MokList']).flatMap((list) =>
      list.data.hashes
        .filter(({ of }) => of === 'image')
        .map(({ algorithm, value }) => [`${algorithm}:${value}`, list] as const),
    ),
  )
}
